// Everything of `gatepass/identity` except `init`, which each entry adds with its own loader.
export type {
	CaseEffectType,
	CaseErrorCode,
	CaseEventType,
	CaseMail,
	CasePart,
	CaseStage,
	ErrorCode,
	IdentityErrorCode,
	MrzEmitErrorCode,
	MrzErrorCode,
	MrzProblemCode,
	NameAdviceKey,
	NameErrorCode,
	NameHint,
	NameLevel,
	NoteCode,
	PackageErrorCode,
	ProfileFault,
	ProfileField,
	ReasonCode,
} from '../codes.js';
export { GatepassError } from '../error.js';
export type { DocumentKind, InitInput } from '../types.js';
export * from './case.js';
export * from './country.js';
export * from './document.js';
export * from './mrz.js';
export * from './name.js';
export * from './profile.js';
export * from './reasons.js';
