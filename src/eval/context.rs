//! A mention among its neighbours, for people who read what was missed.

/// A span between `[` and `]` with some of the text around, on one line.
///
/// `start` and `end` are bytes of `text`, on character borders.
pub fn in_context(text: &str, start: usize, end: usize) -> String {
    /// Characters shown on each side.
    const AROUND: usize = 40;
    let from = text[..start]
        .char_indices()
        .rev()
        .nth(AROUND)
        .map_or(0, |(i, _)| i);
    let to = text[end..]
        .char_indices()
        .nth(AROUND)
        .map_or(text.len(), |(i, _)| end + i);
    format!(
        "{}[{}]{}",
        &text[from..start],
        &text[start..end],
        &text[end..to]
    )
    .replace('\n', " ⏎ ")
}
