//! The embedded engine: a conditional random field over hashed features.

pub mod crf;
pub mod document;
pub mod features;
pub mod fold;
pub mod hash;
pub mod lexicon;
pub mod word;
