//! Who a person is, as a document says it: which documents there are and which sides of them are asked, and whether a
//! typed name is the document's.

pub mod case;
pub mod country;
pub mod date;
pub mod document;
pub mod mrz;
pub mod name;
pub mod profile;
pub mod reasons;
pub mod verdict;
