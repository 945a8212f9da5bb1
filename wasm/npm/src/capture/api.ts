// Everything of `gatepass/capture` except `init`, which each entry adds with its own loader.
export type {
	CaptureErrorCode,
	ErrorCode,
	Instruction,
	LumaErrorCode,
	MeasureName,
	PackageErrorCode,
	PictureErrorCode,
	Relation,
	TurnFinding,
	TurnFrameErrorCode,
	TurnMeasureName,
	TurnScriptErrorCode,
} from '../codes.js';
export { GatepassError } from '../error.js';
export type { DocumentKind, InitInput, LumaImage, Point, RgbaImage } from '../types.js';
export * from './picture.js';
export * from './report.js';
export * from './turn.js';
