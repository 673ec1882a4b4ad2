//! Values of flags that name something declared in the library: which there
//! are, and what each is, comes from the declarations.

use crate::{
    article::{Container, formats},
    compression::{self, Compression},
    entities::{
        bert::Precision,
        engines::{self, Engine},
    },
    exchange::{self, Tool},
    output::{self, Layout, SinkFormat},
};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::{num::NonZero, path::PathBuf};

/// Values of `--format`.
pub fn formats() -> impl TypedValueParser<Value = &'static Container> {
    let values = formats::ALL.iter().map(|c| {
        let extensions: Vec<_> = c.extensions.iter().map(|e| format!(".{e}")).collect();
        PossibleValue::new(c.name).aliases(c.aliases).help(format!(
            "{} ({})",
            c.holds,
            extensions.join(", ")
        ))
    });
    PossibleValuesParser::new(values).try_map(|name| name.parse::<&'static Container>())
}

/// Values of `--to` and `--from`.
pub fn tools() -> impl TypedValueParser<Value = &'static Tool> {
    let values = exchange::ALL
        .iter()
        .map(|t| PossibleValue::new(t.name).help(t.about));
    PossibleValuesParser::new(values).try_map(|name| Tool::named(&name).ok_or("no such tool"))
}

/// Values of `--layout`.
pub fn layouts() -> impl TypedValueParser<Value = &'static Layout> {
    some_layouts(Layout::ALL.iter().copied())
}

/// Values of `--layout` where its lines are spoken of.
pub fn layouts_with_lines() -> impl TypedValueParser<Value = &'static Layout> {
    some_layouts(Layout::with_lines())
}

fn some_layouts(
    layouts: impl Iterator<Item = &'static Layout>,
) -> impl TypedValueParser<Value = &'static Layout> {
    let values = layouts.map(|l| PossibleValue::new(l.name).help(l.holds));
    PossibleValuesParser::new(values).try_map(|name| Layout::named(&name).ok_or("no such layout"))
}

/// Values of `--as`.
pub fn sinks() -> impl TypedValueParser<Value = &'static SinkFormat> {
    let values = output::formats::ALL
        .iter()
        .map(|f| PossibleValue::new(f.name).help(f.writes));
    PossibleValuesParser::new(values)
        .try_map(|name| output::formats::named(&name).ok_or("no such format"))
}

/// Values of `--precision`.
pub fn precisions() -> impl TypedValueParser<Value = Precision> {
    PossibleValuesParser::new(Precision::ALL.map(|(name, _)| name)).try_map(|name| {
        let known = Precision::ALL.iter().find(|(n, _)| *n == name);
        known.map(|(_, p)| *p).ok_or("no such precision")
    })
}

/// Values of `--engine`.
pub fn engines() -> impl TypedValueParser<Value = &'static Engine> {
    let values = engines::ALL
        .iter()
        .map(|e| PossibleValue::new(e.name).help(e.about).hide(!e.built));
    PossibleValuesParser::new(values).try_map(|name| Engine::named(&name).ok_or("no such engine"))
}

/// Values of `--compress`.
pub fn compressions() -> impl TypedValueParser<Value = &'static Compression> {
    let values = compression::ALL.iter().map(|c| {
        let extension = (c.extension != c.name).then_some(c.extension);
        PossibleValue::new(c.name)
            .aliases(extension)
            .help(format!(".{}", c.extension))
    });
    PossibleValuesParser::new(values).try_map(|name| {
        let known = |c: &&&'static Compression| c.name == name || c.extension == name;
        let found = compression::ALL.iter().find(known);
        found.copied().ok_or("no such compression")
    })
}

/// Names from a file.
#[derive(Debug, Clone)]
pub struct List(pub Vec<PathBuf>);

/// The names in a file, one a line or each ended by a zero byte.
pub fn list(path: &str) -> Result<List, String> {
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|b| *b == end);
    let names = names.map(|name| match end {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    let names: Vec<_> = names.filter(|n| !n.is_empty()).map(path_of).collect();
    match names.is_empty() {
        true => Err("it names no file".to_owned()),
        false => Ok(List(names)),
    }
}

/// A name as the file system has it.
#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

/// A name as the file system has it.
#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// A number of bytes: `4096`, `64k`, `256M`, `1G`, in steps of 1,024.
pub fn bytes(text: &str) -> Result<u64, String> {
    let units = [('k', 10), ('m', 20), ('g', 30), ('t', 40)];
    let lower = text.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix('b').unwrap_or(&lower);
    let unit = units.iter().find(|(unit, _)| lower.ends_with(*unit));
    let (digits, shift) = match unit {
        Some((unit, shift)) => (lower.trim_end_matches(*unit), *shift),
        None => (lower, 0),
    };
    let number = digits.trim().parse::<u64>().ok();
    number
        .and_then(|n| n.checked_mul(1 << shift))
        .ok_or_else(|| "write a number of bytes such as 4096, 64k, 256M or 1G".to_owned())
}

/// The bytes that an article may have: at least one.
pub fn article_bytes(text: &str) -> Result<usize, String> {
    let size = usize::try_from(bytes(text)?).map_err(|e| e.to_string())?;
    match size {
        0 => Err("no article has 0 bytes: write at least 1".to_owned()),
        size => Ok(size),
    }
}

/// A number of threads.
pub fn threads(text: &str) -> Result<NonZero<usize>, String> {
    text.parse()
        .map_err(|_| "write a number from 1 on; without the flag there is one a core".to_owned())
}

/// A number of articles.
pub fn rows(text: &str) -> Result<NonZero<usize>, String> {
    text.parse()
        .map_err(|_| "write a number from 1 on".to_owned())
}

/// A number of articles that may be none.
pub fn whole(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| "write a whole number, from 0 on".to_owned())
}

/// A number from 0 to 1.
pub fn score(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|s| (0.0..=1.0).contains(s))
        .ok_or_else(|| "write a number from 0 to 1".to_owned())
}

/// A ratio: a number above 0.
pub fn ratio(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|r: &f64| r.is_finite() && *r > 0.0)
        .ok_or_else(|| "write a number above 0, such as 0.9".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, size) in [
            ("4096", Some(4096)),
            ("64k", Some(65_536)),
            ("256 MB", Some(268_435_456)),
            ("1G", Some(1_073_741_824)),
            ("0", Some(0)),
            ("", None),
            ("M", None),
            ("1.5G", None),
            ("-1", None),
            ("99999999T", None),
        ] {
            assert_eq!(bytes(text).ok(), size, "{text}");
        }
    }
}
