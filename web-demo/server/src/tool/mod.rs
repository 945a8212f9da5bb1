//! The diagnostic tool's side of the portal: login with e-mail, password and code, brands and their rule, permits.
//!
//! A tool holds no cookie: after the login it has a bearer token, of which the database keeps a hash. Only a verified
//! technician gets that far. The record behind permits: `docs/decisions/permits.md`.

pub mod brands;
pub mod permit;
mod routes;
pub mod service;

pub use brands::Brands;
pub use routes::routes;
