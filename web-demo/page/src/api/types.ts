import type { components } from './schema';

/** Names for the shapes of the portal's API. Times are Unix milliseconds. */
type Schemas = components['schemas'];

export type Account = Schemas['AccountView'];
export type Brand = Schemas['BrandView'];
/** What an authenticator needs, shown once. Secret: never stored, never logged. */
export type Enrolment = Schemas['ToolEnrolment'];
export type IssuedPermit = Schemas['PermitView'];
export type Mail = Schemas['MailView'];
export type MailSummary = Schemas['MailLine'];
export type PendingEnrolment = Schemas['EnrolmentView'];
export type Registration = Schemas['Register'];
export type SecondFactor = Schemas['StatusView'];
/** `account` is there when the login is complete; else the authenticator's code is still wanted. */
export type Session = Schemas['SessionView'];
export type Technician = Schemas['TechnicianView'];

/** One of the two ways to prove the second factor. */
export type CodeProof = { readonly code: string } | { readonly recoveryCode: string };
