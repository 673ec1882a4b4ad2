//! Fields that the user named and no row has: said before the run, which may be
//! long.

use super::{Articles, Input, Options, reader::Reader};
use std::fmt;

/// Files looked into.
const FILES: usize = 20;
/// Rows of each of them looked at.
const ROWS: usize = 100;
/// Names that a message lists.
const LISTED: usize = 40;

/// A field that was named and that no row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownField {
    /// The flag that named it.
    flag: String,
    /// The name.
    name: String,
    /// Rows that were looked at; none of a table that names its columns.
    rows: usize,
    /// Names that the rows have, in the order of the file.
    there: Vec<String>,
}

impl std::error::Error for UnknownField {}

impl fmt::Display for UnknownField {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { flag, name, .. } = self;
        write!(f, "{flag} {name}: no field of this name in ")?;
        match self.rows {
            0 => f.write_str("the table")?,
            1 => f.write_str("the first row")?,
            n => write!(f, "the first {n} rows")?,
        }
        match self.nearest() {
            Some(near) => write!(f, "; did you mean `{near}`?")?,
            None => f.write_str(".")?,
        }
        let more = self.there.len().saturating_sub(LISTED);
        let shown = &self.there[..self.there.len().min(LISTED)];
        write!(f, " There are: {}", shown.join(", "))?;
        match more {
            0 => Ok(()),
            n => write!(f, " and {n} more"),
        }
    }
}

impl UnknownField {
    /// The name that was perhaps meant.
    fn nearest(&self) -> Option<&str> {
        /// Less alike (Jaro-Winkler, 0 to 1) and it is another word.
        const ALIKE: f64 = 0.8;
        let wanted = self.name.to_lowercase();
        let alike = |name: &String| {
            let name = name.to_lowercase();
            let last = name.rsplit('.').next().unwrap_or_default();
            strsim::jaro_winkler(&wanted, &name).max(strsim::jaro_winkler(&wanted, last))
        };
        let scored = self.there.iter().map(|name| (alike(name), name.as_str()));
        scored
            .filter(|(score, _)| *score >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, name)| name)
    }
}

/// The first field that was named and that no row among the first of `inputs`
/// has; `None` too where no row can be looked at (standard input, files of one
/// article, files that cannot be read: the run says why).
pub fn unknown_field(inputs: &[Input], options: &Options) -> Option<UnknownField> {
    let mut wanted: Vec<_> = options.fields.named().collect();
    let (mut there, mut rows) = (Vec::new(), 0);
    let files = inputs.iter().filter(|input| {
        input.format.is_some_and(|f| f.articles == Articles::Many)
            && input.path.as_ref().is_some_and(|path| path.is_file())
    });
    for input in files.take(FILES) {
        if wanted.is_empty() {
            return None;
        }
        let opened = Reader::open(
            input.clone(),
            options,
            Default::default(),
            Default::default(),
        );
        let Ok(reader) = opened else { continue };
        for item in reader.take(ROWS) {
            let names = item.fields();
            rows += usize::from(!names.is_empty());
            wanted.retain(|(_, path)| !names.iter().any(|n| n == path));
            for name in names {
                if !there.contains(&name) {
                    there.push(name);
                }
            }
        }
    }
    let (flag, name) = wanted.into_iter().next().filter(|_| rows > 0)?;
    Some(UnknownField {
        flag,
        name: name.to_owned(),
        rows,
        there,
    })
}

/// The first field that was named and is not among the columns `there` of a table.
#[cfg(feature = "arrow")]
pub(super) fn unknown_of(options: &Options, there: Vec<String>) -> Option<UnknownField> {
    let mut named = options.fields.named();
    let (flag, name) = named.find(|(_, path)| !there.iter().any(|n| n == path))?;
    Some(UnknownField {
        flag,
        name: name.to_owned(),
        rows: 0,
        there,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant() {
        let unknown = |name: &str| UnknownField {
            flag: "--text-field".into(),
            name: name.into(),
            rows: 3,
            there: ["id", "corps", "auteur.nom"].map(str::to_owned).to_vec(),
        };
        for (name, near) in [
            ("corp", Some("corps")),
            ("Corps", Some("corps")),
            ("nom", Some("auteur.nom")),
            ("zzz", None),
        ] {
            assert_eq!(unknown(name).nearest(), near, "{name}");
        }
        assert_eq!(
            unknown("corp").to_string(),
            "--text-field corp: no field of this name in the first 3 rows; did you mean \
             `corps`? There are: id, corps, auteur.nom"
        );
    }
}
