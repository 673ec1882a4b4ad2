//! Comparing what is found with what people annotated.

pub mod bio;
pub mod dates;
pub mod entities;
pub mod gold;
pub mod money;
mod score;
pub mod suite_dates;
pub mod suite_money;

pub use score::Score;

/// A span between `[` and `]` with some of the text around, on one line.
pub fn in_context(text: &str, start: usize, end: usize) -> String {
    let from = text[..start]
        .char_indices()
        .rev()
        .nth(40)
        .map_or(0, |(i, _)| i);
    let to = text[end..]
        .char_indices()
        .nth(40)
        .map_or(text.len(), |(i, _)| end + i);
    format!(
        "{}[{}]{}",
        &text[from..start],
        &text[start..end],
        &text[end..to]
    )
    .replace('\n', " ⏎ ")
}
