//! Cuts a table into raw rows, and notices quotes that never close.
//!
//! The rules are those of RFC 4180 as the `csv` crate reads them: a quote opens
//! a field only at its start, and a doubled one is a quote. A quote that is
//! left open would swallow all rows after it; here it costs its own row, and
//! reading goes on with the next line.

use std::io::{self, BufRead, Read};

/// In a row larger than this (bytes) a quote has not been closed where it should,
/// unless longer articles are asked for.
const LONGEST: usize = 64 << 20;
/// Open quotes after which every line of the file is taken for a row, so that a
/// file full of them is not read again from each.
const RESCUES: u32 = 16;

/// One row, as it lies in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// With its line break.
    Whole {
        /// The bytes.
        bytes: Vec<u8>,
        /// The line of a closing quote after which the field goes on.
        stray: Option<u64>,
        /// A backslash before a quote keeps it inside its field.
        escapes: bool,
    },
    /// It holds a quote, opened in this line, that never closes.
    Unclosed(u64),
    /// So many bytes, more than an article may have.
    TooLong(u64),
}

/// Iterates over the rows of a table.
pub(super) struct Rows {
    inner: Ahead,
    delimiter: u8,
    /// 1-based line of the next byte.
    line: u64,
    /// Bytes of the longest row that is given.
    most: usize,
    /// Bytes after which a quote counts as left open.
    longest: usize,
    /// The rest of the line at hand is of a row that was given up.
    give_up: bool,
    rescues: u32,
    /// Quotes inside quotes are escaped by a backslash, as databases export them:
    /// since the first that stood before no end of its field.
    escapes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    FieldStart,
    Field,
    Quoted,
    /// Behind a quote inside a quoted field: the end of it, or half of a pair.
    Quote,
}

/// Where the row at hand stands.
struct State {
    place: Place,
    /// Line and place (bytes from the start of the row) of the last quote that
    /// opened a field.
    opened: (u64, usize),
    /// Line of the first quote after which its field went on, and where that
    /// field was opened.
    stray: Option<(u64, (u64, usize))>,
    escapes: bool,
    /// The quote at hand has a backslash before it (an odd number of them).
    behind_backslash: bool,
    /// Backslashes at the end of the last chunk.
    backslashes: usize,
}

impl State {
    /// The quote to blame for a row that does not end: the first that was
    /// closed, lines below, by what looks like the opening of another field,
    /// else the last.
    fn culprit(&self) -> (u64, usize) {
        match self.stray {
            Some((closed, opened)) if opened.0 < closed => opened,
            _ => self.opened,
        }
    }

    fn whole(&self, bytes: Vec<u8>) -> Row {
        Row::Whole {
            bytes,
            stray: self.stray.map(|(line, _)| line),
            escapes: self.escapes,
        }
    }
}

impl Rows {
    /// `skipped` lines stand before the first row; rows of up to `most` bytes are
    /// given.
    pub fn new(inner: Box<dyn BufRead + Send>, delimiter: u8, skipped: u64, most: usize) -> Self {
        Self {
            inner: Ahead::new(inner),
            delimiter,
            line: 1 + skipped,
            escapes: false,
            most,
            longest: LONGEST.max(most),
            give_up: false,
            rescues: 0,
        }
    }

    /// Leaves the rest of a line out; gives its bytes.
    fn skip_line(&mut self) -> io::Result<u64> {
        let mut skipped = 0;
        loop {
            let chunk = match self.inner.fill_buf() {
                Ok(chunk) => chunk,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            let end = memchr::memchr(b'\n', chunk);
            let used = end.map_or(chunk.len(), |i| i + 1);
            let at_end = chunk.is_empty();
            self.inner.consume(used);
            skipped += used as u64;
            if end.is_some() || at_end {
                self.line += u64::from(end.is_some());
                return Ok(skipped);
            }
        }
    }

    /// The next row that is no blank line.
    pub fn next(&mut self) -> io::Result<Option<Row>> {
        if std::mem::take(&mut self.give_up) {
            self.skip_line()?;
        }
        let mut row = Vec::new();
        let mut state = State {
            place: Place::FieldStart,
            opened: (0, 0),
            stray: None,
            escapes: self.escapes,
            behind_backslash: false,
            backslashes: 0,
        };
        loop {
            let chunk = match self.inner.fill_buf() {
                Ok(chunk) => chunk,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            if row.is_empty()
                && let Some(blank @ (b'\n' | b'\r')) = chunk.first()
            {
                self.line += u64::from(*blank == b'\n');
                self.inner.consume(1);
                continue;
            }
            if chunk.is_empty() && state.place != Place::Quoted {
                return Ok((!row.is_empty()).then(|| self.given(row, &state)));
            }
            let by_lines = self.rescues >= RESCUES;
            let scan = Scan {
                delimiter: self.delimiter,
                by_lines,
            };
            let (used, ended) = scan.chunk(chunk, row.len(), &mut self.line, &mut state);
            self.escapes = state.escapes;
            let at_end = chunk.is_empty();
            row.extend_from_slice(&chunk[..used]);
            self.inner.consume(used);
            let open = state.place == Place::Quoted;
            if open && (at_end || ended || row.len() > self.longest) {
                let culprit = state.culprit();
                if !ended {
                    self.rescue(&row, culprit);
                }
                return Ok(Some(Row::Unclosed(culprit.0)));
            }
            if ended {
                return Ok(Some(self.given(row, &state)));
            }
            if row.len() > self.longest {
                let length = row.len() as u64;
                drop(row);
                return Ok(Some(Row::TooLong(length + self.skip_line()?)));
            }
        }
    }

    fn given(&self, row: Vec<u8>, state: &State) -> Row {
        match row.len() > self.most {
            true => Row::TooLong(row.len() as u64),
            false => state.whole(row),
        }
    }

    /// Puts back what stands after the line in which a quote was left open.
    fn rescue(&mut self, row: &[u8], (line, at): (u64, usize)) {
        self.rescues += 1;
        let rest = match memchr::memchr(b'\n', &row[at..]) {
            Some(i) => &row[at + i + 1..],
            None => {
                self.give_up = true;
                return;
            }
        };
        self.line = line + 1;
        self.inner.put_back(rest);
    }
}

/// A stream to which bytes can be given back.
struct Ahead {
    /// Bytes given back, those before `at` read again.
    front: Vec<u8>,
    at: usize,
    inner: Box<dyn BufRead + Send>,
}

impl Ahead {
    /// Bytes given at once of those that were given back, so that a row grows by
    /// little beyond the longest.
    const CHUNK: usize = 1 << 17;

    fn new(inner: Box<dyn BufRead + Send>) -> Self {
        Self {
            front: Vec::new(),
            at: 0,
            inner,
        }
    }

    fn put_back(&mut self, bytes: &[u8]) {
        let mut front = Vec::with_capacity(bytes.len() + self.front.len() - self.at);
        front.extend_from_slice(bytes);
        front.extend_from_slice(&self.front[self.at..]);
        (self.front, self.at) = (front, 0);
    }
}

impl Read for Ahead {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.front.len() {
            let end = self.front.len().min(self.at + Self::CHUNK);
            return Ok(&self.front[self.at..end]);
        }
        self.front = Vec::new();
        self.at = 0;
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        match self.at < self.front.len() {
            true => self.at += n,
            false => self.inner.consume(n),
        }
    }
}

struct Scan {
    delimiter: u8,
    /// A line break ends the row even inside quotes.
    by_lines: bool,
}

impl Scan {
    /// Reads on from `state`: bytes used, and whether the row ended with them.
    /// `before` bytes of the row went before the chunk.
    fn chunk(
        &self,
        chunk: &[u8],
        before: usize,
        line: &mut u64,
        state: &mut State,
    ) -> (usize, bool) {
        let mut i = 0;
        while i < chunk.len() {
            // Most bytes are inside a field: skip to the next that matters.
            let rest = &chunk[i..];
            let skip = match state.place {
                Place::Field => memchr::memchr3(self.delimiter, b'\n', b'\r', rest),
                Place::Quoted => memchr::memchr2(b'"', b'\n', rest),
                Place::FieldStart | Place::Quote => Some(0),
            };
            let Some(skip) = skip else {
                state.backslashes = backslashes(chunk, chunk.len(), state.backslashes);
                return (chunk.len(), false);
            };
            i += skip;
            let b = chunk[i];
            let escaped = b == b'"' && backslashes(chunk, i, state.backslashes) % 2 == 1;
            i += 1;
            *line += u64::from(b == b'\n');
            state.place = match (state.place, b) {
                (Place::Quoted, b'"') if escaped && state.escapes => Place::Quoted,
                (Place::Quoted, b'"') => {
                    state.behind_backslash = escaped;
                    Place::Quote
                }
                (Place::Quoted, _) if self.by_lines && b == b'\n' => return (i, true),
                (Place::Quoted, _) => Place::Quoted,
                (_, b'\n' | b'\r') => {
                    state.place = Place::FieldStart;
                    return (i, true);
                }
                (_, b) if b == self.delimiter => Place::FieldStart,
                (Place::Quote, b'"') => Place::Quoted,
                // The field goes on: the backslash kept the quote in it.
                (Place::Quote, _) if state.behind_backslash => {
                    state.escapes = true;
                    Place::Quoted
                }
                (Place::Quote, _) => {
                    state.stray.get_or_insert((*line, state.opened));
                    Place::Field
                }
                (Place::FieldStart, b'"') => {
                    state.opened = (*line, before + i - 1);
                    Place::Quoted
                }
                _ => Place::Field,
            };
        }
        state.backslashes = backslashes(chunk, chunk.len(), state.backslashes);
        (i, false)
    }
}

/// Backslashes right before place `i` of a chunk; `before` of them ended the chunk
/// before it.
fn backslashes(chunk: &[u8], i: usize, before: usize) -> usize {
    let here = chunk[..i].iter().rev().take_while(|b| **b == b'\\').count();
    if here == i { here + before } else { here }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn rows(text: &str, capacity: usize, longest: usize) -> Vec<Row> {
        let bytes = Cursor::new(text.as_bytes().to_vec());
        let mut rows = Rows::new(
            Box::new(io::BufReader::with_capacity(capacity, bytes)),
            b',',
            0,
            longest,
        );
        rows.longest = longest;
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    fn whole(bytes: &str) -> Row {
        Row::Whole {
            bytes: bytes.as_bytes().to_vec(),
            stray: None,
            escapes: false,
        }
    }

    #[test]
    fn a_backslash_keeps_a_quote_inside() {
        let text = "a,b\n1,\"dit \\\"oui, non\\\"\",x\n2,\"C:\\\\\",y\n";
        for capacity in [1, 2, 3, 100] {
            let all = rows(text, capacity, LONGEST);
            let bytes: Vec<_> = all
                .iter()
                .map(|r| match r {
                    Row::Whole {
                        bytes, stray: None, ..
                    } => std::str::from_utf8(bytes).unwrap(),
                    other => panic!("{other:?}"),
                })
                .collect();
            let lines: Vec<_> = text.split_inclusive('\n').collect();
            assert_eq!(bytes, lines, "{capacity}");
        }
        // Without one, a backslash is a letter like others.
        assert_eq!(
            rows("1,\"C:\\\",x\n2,y\n", 5, LONGEST),
            [whole("1,\"C:\\\",x\n"), whole("2,y\n")]
        );
    }

    #[test]
    fn rows_end_outside_quotes() {
        for capacity in [1, 3, 100] {
            assert_eq!(
                rows(
                    "a,b\r\n\r\n\"x\ny\",2\n\n1,\"dit \"\"oui\"\"\"\n3,d\"e\nfin",
                    capacity,
                    LONGEST
                ),
                [
                    whole("a,b\r"),
                    whole("\"x\ny\",2\n"),
                    whole("1,\"dit \"\"oui\"\"\"\n"),
                    whole("3,d\"e\n"),
                    whole("fin"),
                ]
            );
        }
    }

    #[test]
    fn an_open_quote_costs_its_row() {
        assert_eq!(
            rows("a,b\n1,\"x\n2,y\n\n3,z\n", 5, LONGEST),
            [
                whole("a,b\n"),
                Row::Unclosed(2),
                whole("2,y\n"),
                whole("3,z\n")
            ]
        );
        assert_eq!(rows("\"a", 5, LONGEST), [Row::Unclosed(1)]);
        // Beyond the longest field, without waiting for the end.
        let long = format!("1,\"x\n{}", "2,y\n".repeat(20));
        let all = rows(&long, 8, 30);
        assert_eq!((all.len(), &all[0]), (21, &Row::Unclosed(1)));
    }

    #[test]
    fn a_long_row_costs_itself() {
        let text = format!(
            "a,b\n1,{}\n2,\"{}\"\n3,z\n",
            "x".repeat(99),
            "y\n".repeat(60)
        );
        for capacity in [1, 7] {
            let all = rows(&text, capacity, 50);
            assert_eq!(all[1], Row::TooLong(102), "{capacity}");
            // The quoted one is taken for one that never closes.
            assert_eq!(all[2], Row::Unclosed(3));
            assert_eq!(all.last(), Some(&whole("3,z\n")));
        }
        let mut few = Rows::new(Box::new(Cursor::new(text.into_bytes())), b',', 0, 50);
        let all: Vec<_> = std::iter::from_fn(|| few.next().unwrap()).collect();
        assert_eq!(
            all[1..],
            [Row::TooLong(102), Row::TooLong(125), whole("3,z\n")]
        );
    }

    #[test]
    fn an_endless_quoted_line_is_left_at_its_end() {
        let text = format!("a\n1,\"{}\n2\n", "x".repeat(500));
        let all = rows(&text, 16, 50);
        assert_eq!(all, [whole("a\n"), Row::Unclosed(2), whole("2\n")]);
    }

    #[test]
    fn a_quote_inside_a_field_is_said() {
        let [_, Row::Whole { stray, .. }] = &rows("a\n\"il dit \"oui\" enfin\"\n", 9, LONGEST)[..]
        else {
            panic!("two rows")
        };
        assert_eq!(*stray, Some(2));
    }

    #[test]
    fn a_file_full_of_open_quotes_takes_linear_time() {
        // From each line on, the file is open up to its end.
        let text = "a\"b,\"c\n".repeat(200_000);
        let start = std::time::Instant::now();
        let all = rows(&text, 1 << 16, LONGEST);
        assert!((1..=200_000).map(Row::Unclosed).eq(all));
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    proptest! {
        /// Where every quote closes, the rows are those of the csv crate.
        #[test]
        fn as_the_csv_crate_reads_them(text in "[a\",\n\r]{0,40}", capacity in 1usize..9) {
            let read = |bytes: &[u8]| -> Vec<csv::ByteRecord> {
                csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(bytes)
                    .byte_records()
                    .map(Result::unwrap)
                    .collect()
            };
            let all = rows(&text, capacity, LONGEST);
            if !all.iter().any(|r| matches!(r, Row::Unclosed(_))) {
                let one_by_one: Vec<_> = all
                    .iter()
                    .flat_map(|r| match r {
                        Row::Whole { bytes, .. } => read(bytes),
                        Row::Unclosed(_) | Row::TooLong(_) => Vec::new(),
                    })
                    .collect();
                prop_assert_eq!(one_by_one, read(text.as_bytes()));
            }
        }
    }
}
