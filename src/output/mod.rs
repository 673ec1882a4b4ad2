//! Where records go: a layout says what a row holds, a sink how rows are
//! written, a place where, the writer which files a run has, and the manifest what
//! the run was.

mod aside;
mod back;
mod csv;
mod destination;
mod error;
mod files;
pub mod formats;
mod journal;
mod jsonl;
pub mod layout;
mod manifest;
mod merge;
mod names;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod plan;
mod run;
mod sink;
mod spill;
mod tables;
mod tabular;
mod takeover;
mod target;

pub use crate::record::{Kind, MentionRow};
pub use aside::ErrorRow;
pub use destination::{Destination, SHARD_BYTES};
pub use error::OutputError;
pub(crate) use files::lock_in_turn;
pub use files::{Written, write_whole};
pub use jsonl::Discard;
pub use layout::Layout;
pub use manifest::{InputRead, Manifest, Rates, Run};
pub use merge::{MergeError, merge};
pub use names::{ERRORS, JOURNAL, MANIFEST, Names};
pub use place::{Output, Place};
pub use plan::{Counts, Mark, Plan, PlannedInput, SEEN};
pub use run::{Opened, Writer};
pub use sink::{Encode, Part, Sink, SinkFormat, own};
pub use takeover::Former;
pub use target::{PartDone, Target};
pub(crate) use {
    back::{Held, RowsBack},
    files::PARTIAL,
    names::PART,
};
