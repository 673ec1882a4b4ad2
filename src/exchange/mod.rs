//! Annotated articles as annotation tools take and give them: what was found goes to
//! a tool as a first draft, and what people made of it comes back as the mark-up that
//! `train` and `eval` read ([`crate::eval::markup`]).
//!
//! Offsets inside are bytes; each tool counts in a unit of its own ([`Unit`]), which
//! is said where its format is declared.

mod brat;
mod doccano;
mod draft;
mod label_studio;
mod prodigy;
mod settle;
mod task;
mod tool;
mod unit;
mod values;

pub use draft::draft;
pub use settle::{Settled, settle};
pub use task::Task;
pub use tool::{ExchangeError, File, Tool};
pub use unit::Unit;

/// The tools, in the order of the help.
// A tool is a file with its `Tool`, its `mod`, and its line here.
pub static ALL: &[&Tool] = &[
    &label_studio::LABEL_STUDIO,
    &prodigy::PRODIGY,
    &doccano::DOCCANO,
    &brat::BRAT,
];

impl Tool {
    /// The tool of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|tool| tool.name == name).copied()
    }
}

#[cfg(test)]
mod tests;
