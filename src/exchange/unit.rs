//! In what tools count.

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points, as Python does.
    CodePoints,
    /// UTF-16 code units, as JavaScript does: two for an emoji.
    Utf16,
}

impl Unit {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Self::CodePoints => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The map of a text.
    pub(super) fn map(self, text: &str) -> Map {
        let mut starts = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        for (byte, c) in text.char_indices() {
            starts.push((byte, at));
            at += self.of(c);
        }
        starts.push((text.len(), at));
        Map { starts }
    }
}

/// Bytes and units of one text.
pub(super) struct Map {
    /// First byte and first unit of each character, and the ends of the text.
    starts: Vec<(usize, usize)>,
}

impl Map {
    /// Units before a byte that begins a character; that before it where none does.
    pub fn unit(&self, byte: usize) -> usize {
        let after = self.starts.partition_point(|(b, _)| *b <= byte);
        self.starts[after.saturating_sub(1)].1
    }

    /// The byte of a unit; `None` beyond the text and inside a character.
    pub fn byte(&self, unit: usize) -> Option<usize> {
        let at = self.starts.binary_search_by_key(&unit, |(_, u)| *u).ok()?;
        Some(self.starts[at].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        let text = "😀 été";
        let (points, utf16) = (Unit::CodePoints.map(text), Unit::Utf16.map(text));
        let at = text.find("té").unwrap();
        assert_eq!((points.unit(at), utf16.unit(at)), (3, 4));
        assert_eq!((points.byte(3), utf16.byte(4)), (Some(at), Some(at)));
        assert_eq!(
            (points.byte(5), utf16.byte(6)),
            (Some(text.len()), Some(text.len()))
        );
        assert_eq!((points.byte(6), utf16.byte(1)), (None, None));
    }
}
