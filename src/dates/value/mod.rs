//! What an expression means, as a type: TIMEX3 values (TimeML 1.2.1) stay typed
//! until the record, and `Display` is their one writer.

mod length;
mod recurrence;

pub use length::{Designator, Length};
pub use recurrence::Recurrence;
