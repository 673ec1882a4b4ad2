//! Whether what a run has left is what it says: files against the manifest, records
//! against the schema and against each other, offsets against the text.

mod columns;
mod file;
mod lines;
mod listed;
mod record;
mod tables;

use crate::{
    article::{Article, Unreadable},
    output::{self, Counts, Layout, Manifest, Written, formats, layout::Line},
    record::{SCHEMA, Status},
};
use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

/// What was found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong, one sentence each, the first of each file and kind.
    pub problems: Vec<String>,
    /// Problems that are not listed, since there are too many.
    pub more: u64,
    /// What was not looked at, and why.
    pub notes: Vec<String>,
    /// Records or rows that were read.
    pub rows: u64,
    /// Records whose text was at hand.
    pub texts: u64,
}

/// Problems that are listed.
const LISTED: usize = 100;

impl Report {
    fn problem(&mut self, what: String) {
        if self.problems.len() < LISTED {
            self.problems.push(what);
        } else {
            self.more += 1;
        }
    }
}

/// The articles that the records were made of, in their order.
pub type Texts<'a> = &'a mut dyn Iterator<Item = Article>;

/// The manifest of the run that is, or whose records are, at `place`.
pub fn manifest_of(place: &Path) -> PathBuf {
    let name = place.to_string_lossy();
    match name.ends_with(output::MANIFEST) {
        true => place.to_owned(),
        false if place.is_dir() => place.join(output::MANIFEST),
        false => PathBuf::from(format!("{name}.{}", output::MANIFEST)),
    }
}

/// Reads the manifest at `path`.
///
/// # Errors
/// In words: it is not there, with what is; or it is no manifest.
pub fn read_manifest(path: &Path) -> Result<Manifest, String> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let name = path.to_string_lossy();
            let journal = name.replace(output::MANIFEST, output::JOURNAL);
            return Err(match Path::new(&journal).exists() {
                true => format!(
                    "{name} is not there, but {journal} is: the run is not complete; go on with it with --resume"
                ),
                false => format!(
                    "{name} is not there: without a manifest nothing is known of the run; name the \
                     folder or file that was given to glane extract with -o"
                ),
            });
        }
        Err(e) => return Err(format!("{}: {e}", path.display())),
    };
    serde_json::from_slice(&text).map_err(|e| format!("{}: no manifest: {e}", path.display()))
}

/// Checks the run of `manifest`, whose file is at `path`; with `texts`, its records
/// against what they were made of.
pub fn verify(path: &Path, manifest: &Manifest, mut texts: Option<Texts>) -> Report {
    let mut report = Report::default();
    whole(manifest, &mut report);
    strays(path, manifest, &mut report);
    let beside = |file: &Written| path.with_file_name(&file.file);
    let mut errors = listed::Listed::default();
    if let Some(file) = &manifest.errors
        && intact(&beside(file), file, &mut report)
    {
        errors = listed::Listed::open(&beside(file));
    }
    let Some(layout) = Layout::named(&manifest.layout) else {
        report.problem(format!("the manifest names no layout: {}", manifest.layout));
        return report;
    };
    let mut seen = file::Seen {
        uids: HashSet::new(),
        errors,
    };
    // Whether every record was read, which is what lists and texts are held against.
    let mut every_row = true;
    for part in &manifest.parts {
        let mut counts = Counts::default();
        let mut looked = true;
        let mut opened = tables::Opened::new();
        for written in &part.files {
            let path = beside(written);
            let whole = intact(&path, written, &mut report);
            let name = &written.file;
            let stem = name.split_once('.').map_or(&**name, |(stem, _)| stem);
            // That it is not there was said.
            let Ok(raw) = fs::File::open(&path) else {
                looked = false;
                continue;
            };
            let mut file = file::File {
                name,
                layout,
                counts: &mut counts,
                seen: &mut seen,
                texts: &mut texts,
                report: &mut report,
                told: 0,
            };
            match formats::of_name(name).map(|(format, by)| (format.back, by)) {
                Some((None, by)) => {
                    let raw = Box::new(io::BufReader::with_capacity(1 << 17, raw));
                    match (by.decode)(raw) {
                        Ok(plain) => lines::check(file, plain),
                        Err(e) => file.problem(e),
                    }
                }
                // Of what is damaged nothing comes but noise.
                Some((Some(_), _)) if !whole => looked = false,
                Some((Some(back), by)) => {
                    let Some(held) = layout.held(stem) else {
                        let note = format!(
                            "{name}: its rows were not read, since they repeat those of other files"
                        );
                        file.report.notes.push(note);
                        continue;
                    };
                    let rows = Unreadable::guard("read", || back(raw, by, held));
                    let rows = rows.unwrap_or_else(|_| Err(io::Error::other("damaged")));
                    match rows {
                        Err(e) => {
                            file.problem(e);
                            looked = false;
                        }
                        Ok(rows) if layout.line == Line::None => {
                            let rows = columns::Rows::new(rows);
                            opened.insert(stem.to_owned(), (name.clone(), rows));
                        }
                        Ok(rows) => columns::check(file, rows),
                    }
                }
                None => {
                    looked = false;
                    let note = format!("{name}: this build of glane does not read its rows");
                    report.notes.push(note);
                }
            }
        }
        if looked && layout.line == Line::None {
            let file = file::File {
                name: "tables",
                layout,
                counts: &mut counts,
                seen: &mut seen,
                texts: &mut texts,
                report: &mut report,
                told: 0,
            };
            tables::check(file, opened);
        }
        every_row &= looked;
        if looked {
            compare(
                part.part,
                &part.counts,
                &counts,
                manifest,
                layout,
                &mut report,
            );
        }
    }
    if layout.line == Line::Record && every_row {
        seen.errors.end(&mut report);
    }
    if let Some(article) = texts.as_mut().and_then(|texts| {
        // Those without a record are asked for, or their records were not read.
        let asked = !every_row || leaves_out(manifest);
        texts.find(|_| !asked)
    }) {
        report.problem(format!(
            "the inputs have an article that has no record: {}",
            article.id
        ));
    }
    report
}

/// Whether the run was told to leave articles without a record.
fn leaves_out(manifest: &Manifest) -> bool {
    let option = |name: &str| manifest.options.get(name).and_then(|v| v.first());
    Layout::named(&manifest.layout).is_none_or(|layout| layout.line != Line::Record)
        || option("--keep-skipped").is_some_and(|v| v == "false")
        || ["--skip", "--limit", "--part", "--seen", "--only-errors"]
            .iter()
            .any(|name| option(name).is_some_and(|v| v != "0"))
}

/// The manifest against itself.
fn whole(manifest: &Manifest, report: &mut Report) {
    let mut no = |what: String| report.problem(format!("manifest: {what}"));
    if manifest.schema != SCHEMA {
        no(format!("its schema is {}, not {SCHEMA}", manifest.schema));
    }
    let mut sum = Counts::default();
    for (i, part) in manifest.parts.iter().enumerate() {
        if part.part != i as u64 {
            no(format!("part {i} is missing"));
        }
        sum.add(&part.counts);
        let articles = part.counts.articles.values().sum::<u64>() + part.counts.seen;
        if articles != part.articles {
            no(format!(
                "part {} has {} articles, but counts {articles}",
                part.part, part.articles
            ));
        }
    }
    if sum != manifest.counts {
        no("its counts are not the sum of those of its parts".to_owned());
    }
    let failed = manifest.counts.of(Status::Error);
    if (failed > 0) != manifest.errors.is_some() {
        no(format!(
            "{failed} articles failed, but its list of errors says otherwise"
        ));
    }
    let unread = manifest
        .inputs
        .iter()
        .filter(|i| i.sha256.is_none() && i.problem.is_some());
    let rows: u64 = manifest.inputs.iter().map(|i| i.rows).sum::<u64>() + unread.count() as u64;
    let articles = manifest.counts.articles.values().sum::<u64>() + manifest.counts.seen;
    // A resumed run has read its inputs again, and counts them so.
    if rows != articles {
        no(format!(
            "its inputs have {rows} articles, its counts {articles}"
        ));
    }
    for (source, why) in manifest.problems() {
        no(format!("{source} was not read to its end: {why}"));
    }
    if manifest.complete && manifest.inputs.iter().any(|i| !i.complete) {
        no("it is called complete, but not every input was read to its end".to_owned());
    }
}

/// What lies beside the manifest and is not in it.
fn strays(path: &Path, manifest: &Manifest, report: &mut Report) {
    let parts = manifest.parts.iter().flat_map(|p| &p.files);
    let known: HashSet<&str> = parts
        .chain(&manifest.errors)
        .map(|f| f.file.as_str())
        .collect();
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    // Of a run into a file only that file is known to be its own.
    if own != output::MANIFEST {
        return;
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return;
    };
    let mut names: Vec<_> = entries
        .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    for name in names {
        let of_a_run = name.starts_with(output::PART)
            || name == output::ERRORS
            || name == output::JOURNAL
            || name.ends_with(output::PARTIAL)
            || Layout::ALL.iter().any(|l| {
                let mut stems = l.beside.iter().chain([&l.stem]);
                stems.any(|stem| {
                    name.strip_prefix(stem)
                        .is_some_and(|rest| rest.starts_with('.'))
                })
            });
        if of_a_run && !known.contains(name.as_str()) {
            report.problem(format!("{name} is there, but not in the manifest"));
        }
    }
}

/// Whether a file is as it was written.
fn intact(path: &Path, told: &Written, report: &mut Report) -> bool {
    match Written::of(path) {
        Err(e) => report.problem(format!("{}: {e}", path.display())),
        Ok(found) if found.bytes != told.bytes => report.problem(format!(
            "{}: it has {} bytes, the manifest says {}",
            path.display(),
            found.bytes,
            told.bytes
        )),
        Ok(found) if found.sha256 != told.sha256 => report.problem(format!(
            "{}: its SHA-256 is {:.12}…, the manifest says {:.12}…",
            path.display(),
            found.sha256,
            told.sha256
        )),
        Ok(_) => return true,
    }
    false
}

/// What a part has counted against what is in it.
fn compare(
    part: u64,
    told: &Counts,
    found: &Counts,
    manifest: &Manifest,
    layout: &Layout,
    report: &mut Report,
) {
    let mut differ = |what: &str, told: u64, found: u64| {
        if told != found {
            report.problem(format!(
                "part {part} has {found} {what}, the manifest says {told}"
            ));
        }
    };
    let of = |counts: &BTreeMap<String, u64>, key: &str| counts.get(key).copied().unwrap_or(0);
    let kept = manifest
        .options
        .get("--keep-skipped")
        .and_then(|v| v.first());
    if layout.line == Line::Record {
        differ(
            "near duplicates",
            told.near_duplicates,
            found.near_duplicates,
        );
    }
    for (status, n) in &told.articles {
        // What has no record cannot be counted here.
        let has_records =
            status != Status::SkippedLanguage.name() || kept.is_none_or(|v| v != "false");
        if layout.line == Line::Record && has_records {
            differ(
                &format!("articles `{status}`"),
                *n,
                of(&found.articles, status),
            );
        }
    }
    let keys: std::collections::BTreeSet<_> =
        told.mentions.keys().chain(found.mentions.keys()).collect();
    for key in keys {
        differ(key, of(&told.mentions, key), of(&found.mentions, key));
    }
}
