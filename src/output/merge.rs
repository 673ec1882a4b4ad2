//! The slices of a run (`--part I/N`) put together into what one run would have
//! left.

use super::{
    Counts, InputRead, Layout, Manifest, Mark, OutputError, Rates, Written,
    files::{self, PARTIAL, with_suffix},
    names::{ERRORS, JOURNAL, MANIFEST, part_stem},
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Name of the option that a slice has.
const PART: &str = "--part";

/// Why slices cannot be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// It is a run, but not a slice of one.
    #[error(
        "{0}: it was not run with --part I/N: what are no slices of one run need no merge, read their files side by side"
    )]
    NoSlice(PathBuf),
    /// Its layout counts over the whole run.
    #[error(
        "{0}: slices in the layout tables cannot be put together, since each counts its own names: read their files side by side, or run the slices without --layout tables (--as parquet writes the records as they are)"
    )]
    Tables(PathBuf),
    /// Two of them are not of the same run.
    #[error("{a} and {b} are not slices of one run: {}", differences.join("; "))]
    Differs {
        /// One of them.
        a: PathBuf,
        /// The other.
        b: PathBuf,
        /// One phrase each.
        differences: Vec<String>,
    },
    /// Not all of them are there.
    #[error(
        "slices are missing or there twice: of {of} there are {}; run the others with --part I/{of}",
        listed(there)
    )]
    Missing {
        /// How many there should be.
        of: u64,
        /// Numbers of those that were named.
        there: Vec<u64>,
    },
    /// A file is not as its manifest says.
    #[error("{0} is not as its manifest says: `glane verify` tells more")]
    Damaged(PathBuf),
    /// Something is there already.
    #[error(
        "{0} is there: choose another place with -o, or move it away first (merge replaces nothing)"
    )]
    Exists(PathBuf),
    /// The place cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

fn listed(numbers: &[u64]) -> String {
    let numbers: Vec<_> = numbers.iter().map(u64::to_string).collect();
    numbers.join(", ")
}

/// Puts slices, each the path of its manifest and what it says, together in the
/// folder `out`, which gets a copy of each part under its new number. Returns the
/// joined manifest.
///
/// # Errors
/// When a slice is missing, is of another run or damaged, or `out` cannot be
/// written or holds a run.
pub fn merge(slices: Vec<(PathBuf, Manifest)>, out: &Path) -> Result<Manifest, MergeError> {
    let slices = in_order(slices)?;
    let (target, journal) = (out.join(MANIFEST), out.join(JOURNAL));
    vacant(&target)?;
    vacant(&journal)?;
    fs::create_dir_all(out).map_err(OutputError::unwritable(out))?;
    // No run, and no other merge, writes there meanwhile.
    let _locked = files::lock(&journal)?;
    let mut made = Vec::new();
    let manifest = write(slices, out, &target, &mut made);
    if manifest.is_err() {
        // Best effort: the error is what is told.
        for path in &made {
            let _ = files::remove(path);
        }
    }
    files::remove(&journal)?;
    manifest
}

/// That nothing is there, which would be replaced.
fn vacant(path: &Path) -> Result<(), MergeError> {
    match path.exists() {
        true => Err(MergeError::Exists(path.to_owned())),
        false => Ok(()),
    }
}

/// Writes the whole; `made` gets the files that this has made.
fn write(
    slices: Vec<(PathBuf, Manifest)>,
    out: &Path,
    target: &Path,
    made: &mut Vec<PathBuf>,
) -> Result<Manifest, MergeError> {
    let mut parts: Vec<Mark> = Vec::new();
    for (path, manifest) in &slices {
        for part in &manifest.parts {
            let mut mark = part.clone();
            mark.part = parts.len() as u64;
            for file in &mut mark.files {
                // `records.jsonl.zst` and `part-00003.jsonl.zst` alike.
                let ending = file.file.split_once('.').map_or("", |(_, ending)| ending);
                let name = format!("{}.{ending}", part_stem(mark.part));
                let to = out.join(&name);
                vacant(&to)?;
                copy(&path.with_file_name(&file.file), &to, file)?;
                made.push(to);
                file.file = name;
            }
            parts.push(mark);
        }
    }
    let list = out.join(ERRORS);
    vacant(&list)?;
    let errors = errors(&slices, &list)?;
    made.push(list);
    let manifest = joined(slices, parts, errors);
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(io::Error::from)
        .map_err(OutputError::io(target))?;
    files::write_whole(target, &[&text[..], b"\n"].concat())?;
    Ok(manifest)
}

/// The slices from the first to the last, all of one run.
fn in_order(slices: Vec<(PathBuf, Manifest)>) -> Result<Vec<(PathBuf, Manifest)>, MergeError> {
    let mut by_number = BTreeMap::new();
    let (mut of, mut there) = (0, Vec::new());
    for (path, manifest) in slices {
        if Layout::named(&manifest.layout).is_some_and(Layout::has_files) {
            return Err(MergeError::Tables(path));
        }
        let told = manifest.options.get(PART).and_then(|v| v.first());
        let numbers = told.and_then(|told| told.split_once('/'));
        let Some((Ok(i), Ok(n))) = numbers.map(|(i, n)| (i.parse::<u64>(), n.parse::<u64>()))
        else {
            return Err(MergeError::NoSlice(path));
        };
        of = n;
        there.push(i);
        by_number.insert(i, (path, manifest));
    }
    there.sort_unstable();
    let plan = |manifest: &Manifest| {
        let mut plan = manifest.plan();
        let told = plan.options.remove(PART).unwrap_or_default();
        // Of how many, but not which.
        let of = told.iter().filter_map(|t| t.split_once('/'));
        let of = of.map(|(_, n)| n.to_owned()).collect();
        plan.options.insert(PART.to_owned(), of);
        plan
    };
    let mut all = by_number.values();
    if let Some((a, first)) = all.next() {
        for (b, other) in all {
            let differences = plan(first).differences(&plan(other));
            if !differences.is_empty() {
                let (a, b) = (a.clone(), b.clone());
                return Err(MergeError::Differs { a, b, differences });
            }
        }
    }
    if there.len() as u64 != of || !by_number.keys().copied().eq(1..=of) {
        return Err(MergeError::Missing { of, there });
    }
    Ok(by_number.into_values().collect())
}

/// Copies a file that must be what was told of it.
fn copy(from: &Path, to: &Path, told: &Written) -> Result<(), MergeError> {
    let partial = with_suffix(to, PARTIAL);
    fs::copy(from, &partial).map_err(OutputError::io(from))?;
    let copied = Written::of(&partial).map_err(OutputError::io(&partial))?;
    if (copied.bytes, &copied.sha256) != (told.bytes, &told.sha256) {
        files::remove(&partial)?;
        return Err(MergeError::Damaged(from.to_owned()));
    }
    let synced = File::open(&partial).and_then(|file| file.sync_all());
    synced.map_err(OutputError::io(&partial))?;
    Ok(files::rename(&partial, to)?)
}

/// The lists of errors, one after another.
fn errors(slices: &[(PathBuf, Manifest)], to: &Path) -> Result<Option<Written>, MergeError> {
    let mut text = Vec::new();
    for (path, manifest) in slices {
        if let Some(told) = &manifest.errors {
            let from = path.with_file_name(&told.file);
            let found = Written::of(&from).map_err(OutputError::io(&from))?;
            if (found.bytes, &found.sha256) != (told.bytes, &told.sha256) {
                return Err(MergeError::Damaged(from));
            }
            let mut one = fs::read(&from).map_err(OutputError::io(&from))?;
            text.append(&mut one);
        }
    }
    if text.is_empty() {
        return Ok(None);
    }
    files::write_whole(to, &text)?;
    Ok(Some(Written::of(to).map_err(OutputError::io(to))?))
}

/// One manifest of all; `parts` and `errors` are those of the new place.
fn joined(slices: Vec<(PathBuf, Manifest)>, parts: Vec<Mark>, errors: Option<Written>) -> Manifest {
    let mut counts = Counts::default();
    let mut manifests = slices.into_iter().map(|(_, manifest)| manifest);
    // There is a first one, since none is missing.
    let mut out = manifests.next().unwrap_or_else(|| unreachable!("no slice"));
    counts.add(&out.counts);
    for other in manifests {
        counts.add(&other.counts);
        for (a, b) in out.inputs.iter_mut().zip(other.inputs) {
            together(a, b);
        }
        let (a, b) = (out.rates, other.rates);
        out.rates = Rates {
            seconds: a.seconds.max(b.seconds),
            articles_per_second: a.articles_per_second + b.articles_per_second,
            text_bytes_per_second: a.text_bytes_per_second + b.text_bytes_per_second,
        };
        out.started = out.started.min(other.started);
        out.ended = out.ended.max(other.ended);
        out.resumed |= other.resumed;
    }
    out.complete = out.inputs.iter().all(|i| i.complete);
    out.options.remove(PART);
    let mut arguments = Vec::new();
    let mut old = out.arguments.into_iter();
    while let Some(argument) = old.next() {
        match argument.as_str() {
            PART => drop(old.next()),
            other if other.starts_with("--part=") => {}
            _ => arguments.push(argument),
        }
    }
    out.arguments = arguments;
    (out.counts, out.parts, out.errors) = (counts, parts, errors);
    out
}

/// What two slices have read of one input: the one that came to its end knows its
/// digest.
fn together(a: &mut InputRead, b: InputRead) {
    let rows = a.rows + b.rows;
    let problem = a.problem.take().or_else(|| b.problem.clone());
    if b.complete || b.bytes > a.bytes {
        *a = b;
    }
    a.rows = rows;
    a.complete &= problem.is_none();
    a.problem = problem;
}
