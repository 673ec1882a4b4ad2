//! Reading `sentencepiece.bpe.model`: the parts of SentencePiece's protocol
//! buffer that a unigram tokenizer is made of.
//!
//! Format: `sentencepiece_model.proto` of the SentencePiece project; wire
//! format: the protocol buffers encoding guide.

/// What a SentencePiece file holds for us.
#[derive(Debug, Default, PartialEq)]
pub struct Model {
    /// Pieces with their scores (log-probabilities), by number.
    pub pieces: Vec<(String, f64)>,
    /// 1 unigram, 2 byte-pair encoding, 3 word, 4 character.
    pub kind: u64,
    /// The compiled normalisation rules; empty when there are none.
    pub charsmap: Vec<u8>,
}

/// Why a SentencePiece file cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// The bytes are no protocol buffer.
    #[error("not a SentencePiece model (broken at byte {0})")]
    Broken(usize),
    /// There are no pieces.
    #[error("a SentencePiece model without pieces")]
    Empty,
    /// A kind of model that is not known.
    #[error(
        "a SentencePiece model of kind {0}, only unigram (1) is supported: save tokenizer.json with transformers"
    )]
    Kind(u64),
}

/// Reads the file's bytes.
pub fn read(bytes: &[u8]) -> Result<Model, Error> {
    let mut model = Model {
        kind: 1, // the default of the format
        ..Model::default()
    };
    let mut at = Cursor { bytes, position: 0 };
    while let Some((field, value)) = at.field()? {
        match (field, value) {
            (1, Value::Bytes(piece)) => model.pieces.push(read_piece(piece, &at)?),
            (2, Value::Bytes(trainer)) => {
                let mut inner = at.inside(trainer);
                while let Some((field, value)) = inner.field()? {
                    if let (3, Value::Number(kind)) = (field, value) {
                        model.kind = kind;
                    }
                }
            }
            (3, Value::Bytes(normalizer)) => {
                let mut inner = at.inside(normalizer);
                while let Some((field, value)) = inner.field()? {
                    if let (2, Value::Bytes(map)) = (field, value) {
                        model.charsmap = map.to_vec();
                    }
                }
            }
            _ => {}
        }
    }
    if model.pieces.is_empty() {
        return Err(Error::Empty);
    }
    if model.kind != 1 {
        return Err(Error::Kind(model.kind));
    }
    Ok(model)
}

fn read_piece(bytes: &[u8], outer: &Cursor) -> Result<(String, f64), Error> {
    let mut piece = (String::new(), 0.0);
    let mut inner = outer.inside(bytes);
    while let Some((field, value)) = inner.field()? {
        match (field, value) {
            (1, Value::Bytes(text)) => {
                piece.0 =
                    String::from_utf8(text.to_vec()).map_err(|_| Error::Broken(outer.position))?;
            }
            (2, Value::Fixed32(bits)) => piece.1 = f64::from(f32::from_bits(bits)),
            _ => {}
        }
    }
    Ok(piece)
}

enum Value<'b> {
    Number(u64),
    Bytes(&'b [u8]),
    Fixed32(u32),
    Fixed64,
}

struct Cursor<'b> {
    bytes: &'b [u8],
    position: usize,
}

impl<'b> Cursor<'b> {
    fn inside(&self, bytes: &'b [u8]) -> Cursor<'b> {
        Cursor { bytes, position: 0 }
    }

    /// The next field, or `None` at the end.
    fn field(&mut self) -> Result<Option<(u64, Value<'b>)>, Error> {
        if self.position == self.bytes.len() {
            return Ok(None);
        }
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => {
                self.take(8)?;
                Value::Fixed64
            }
            2 => {
                let length = self.varint()?;
                let length = usize::try_from(length).map_err(|_| Error::Broken(self.position))?;
                Value::Bytes(self.take(length)?)
            }
            5 => {
                let b = self.take(4)?;
                Value::Fixed32(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            }
            _ => return Err(Error::Broken(self.position)),
        };
        Ok(Some((key >> 3, value)))
    }

    fn varint(&mut self) -> Result<u64, Error> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Error::Broken(self.position))
    }

    fn take(&mut self, n: usize) -> Result<&'b [u8], Error> {
        let rest = &self.bytes[self.position..];
        if n > rest.len() {
            return Err(Error::Broken(self.position));
        }
        self.position += n;
        Ok(&rest[..n])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field with bytes in it.
    fn field(number: u8, content: &[u8]) -> Vec<u8> {
        [&[number << 3 | 2, content.len() as u8], content].concat()
    }

    fn piece(text: &str, score: f32) -> Vec<u8> {
        let mut inner = field(1, text.as_bytes());
        inner.push(2 << 3 | 5);
        inner.extend(score.to_le_bytes());
        field(1, &inner)
    }

    #[test]
    fn reads_pieces_kind_and_rules() {
        let bytes = [
            piece("<unk>", 0.0),
            piece("▁été", -3.5),
            field(2, &[3 << 3, 1]),
            field(3, &field(2, &[9, 8, 7])),
        ]
        .concat();
        let model = read(&bytes).unwrap();
        assert_eq!(model.pieces[1], ("▁été".to_owned(), -3.5));
        assert_eq!((model.kind, model.charsmap), (1, vec![9, 8, 7]));
    }

    #[test]
    fn refuses_what_is_something_else() {
        assert_eq!(read(b""), Err(Error::Empty));
        assert!(matches!(
            read(b"version https://git-lfs"),
            Err(Error::Broken(_))
        ));
        assert!(matches!(read(&piece("a", 0.0)[..6]), Err(Error::Broken(_))));
        let bpe = [piece("a", 0.0), field(2, &[3 << 3, 2])].concat();
        assert_eq!(read(&bpe), Err(Error::Kind(2)));
        assert!(read(&[0x0a; 40]).is_err());
        assert!(matches!(read(&[0xff; 40]), Err(Error::Broken(_))));
    }
}
