//! Pictures of documents: the pixels of a file, the document in them, what is measured on it.

#![expect(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod decode;
