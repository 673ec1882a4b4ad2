//! Where records go: a layout says what a row holds, a sink how rows are
//! written, a place where, and the manifest what the run was.

mod destination;
pub mod formats;
mod jsonl;
pub mod layout;
mod manifest;
mod place;
mod sink;

pub use crate::record::{Kind, MentionRow};
pub use destination::Destination;
pub use jsonl::Discard;
pub use layout::Layout;
pub use manifest::{Counts, InputRead, Manifest, Rates, Run};
pub use place::{Output, OutputError, Place};
pub use sink::{Encode, Part, Sink, SinkFormat, own};
