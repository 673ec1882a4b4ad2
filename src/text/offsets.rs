//! Byte offsets to code point offsets.

/// Bytes between two remembered positions.
const STEP: usize = 512;

/// The map from byte to code point offsets of one text.
///
/// ```
/// use glane::text::offsets::CodePoints;
/// let map = CodePoints::new("à 5 €");
/// assert_eq!(map.at(3), 2);
/// assert_eq!(map.len(), 5);
/// ```
#[derive(Debug)]
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points before byte `i * STEP`.
    before: Vec<u32>,
    len: usize,
}

impl<'a> CodePoints<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut len = 0;
        for block in bytes.chunks(STEP) {
            before.push(len as u32);
            len += count(block);
        }
        Self { bytes, before, len }
    }

    /// Code points in the whole text.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Code points before byte `byte`, which lies on a character border;
    /// beyond the end it is the whole length.
    pub fn at(&self, byte: usize) -> usize {
        let Some(before) = self.before.get(byte / STEP) else {
            return self.len;
        };
        let from = byte / STEP * STEP;
        let to = byte.min(self.bytes.len());
        *before as usize + count(&self.bytes[from..to])
    }
}

/// Bytes that begin a character: all but the continuation bytes 10xxxxxx.
fn count(bytes: &[u8]) -> usize {
    /// Of so many bytes the sum fits into one, so that the compiler adds them up side by side.
    const FEW: usize = 255;
    let begins = |b: &u8| u8::from((*b as i8) >= -0x40);
    let few = |bytes: &[u8]| usize::from(bytes.iter().map(begins).sum::<u8>());
    bytes.chunks(FEW).map(few).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting_characters(unit in "\\PC{0,40}", times in 0usize..60) {
            let text = unit.repeat(times);
            let map = CodePoints::new(&text);
            prop_assert_eq!(map.len(), text.chars().count());
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.at(byte), n);
            }
            prop_assert_eq!(map.at(text.len()), map.len());
        }
    }
}
