//! The encrypted account store.
