export type OtpauthWarning = string;
export type OtpauthReason = string;
export type RejectionCode = 'malformed' | 'wrong' | 'reused';
export type EntryErrorCode = string;
export type LeftOutCode = string;
export type ErrorCode = string;
