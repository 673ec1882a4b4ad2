//! JSON Lines: one line a record or a mention.

use super::{
    Encode, Layout, OutputError, Part, Place, Sink, SinkFormat, Target, layout, place::Output, sink,
};
use crate::record::Record;
use std::io::{self, Write};

/// JSON Lines.
pub static JSON_LINES: SinkFormat = SinkFormat {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    writes: "one JSON object per line",
    layouts: &[&layout::ARTICLES, &layout::MENTIONS],
    compressed: true,
    open: |mut place, layout| {
        let out = place.create_main()?;
        Ok(Box::new(JsonLines { place, layout, out }))
    },
    back: None,
};

struct JsonLines {
    place: Place,
    layout: &'static Layout,
    out: Output,
}

impl Sink for JsonLines {
    fn encoder(&self) -> Box<dyn Encode> {
        Box::new(Lines(self.layout))
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        self.out.write_all(&sink::own::<Vec<u8>>(part)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn finish(self: Box<Self>) -> Result<Place, OutputError> {
        self.out.finish()?;
        Ok(self.place)
    }
}

/// Makes lines in a layout; a part is their bytes.
pub(super) struct Lines(pub &'static Layout);

impl Encode for Lines {
    fn part(&self, records: &[Record]) -> Part {
        let mut out = Vec::new();
        for record in records {
            self.0.write(record, &mut out);
        }
        Box::new(out)
    }
}

/// Takes records and keeps nothing: to measure all but the writing.
pub struct Discard(&'static Layout);

impl Discard {
    /// Encodes as JSON Lines in this layout.
    pub fn new(layout: &'static Layout) -> Self {
        Self(layout)
    }
}

impl Target for Discard {
    fn encoder(&self) -> Box<dyn Encode> {
        Box::new(Lines(self.0))
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        sink::own::<Vec<u8>>(part).map(drop)
    }
}
