//! One place of a field that is read otherwise than it is written.

/// Bytes `start..end` of a field that are read as `with`, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mend {
    pub start: usize,
    pub end: usize,
    pub with: Option<char>,
}
