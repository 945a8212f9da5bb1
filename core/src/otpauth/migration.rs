//! `otpauth-migration://`: the export of Google Authenticator.
