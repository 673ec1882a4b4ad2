//! `glane view`: articles with their mentions marked, as one page for a browser.

use super::{
    NOTHING,
    held::{self, Held, Shown},
    input, print,
    sample::Drawn,
    say,
    summary::count,
    values,
};
use crate::{
    Extractor,
    article::{Published, reader::Parsed},
    fold::fold,
    record::Record,
    text::view::View,
    view::{self, About, Page},
};
use rayon::prelude::*;
use std::{
    fs,
    io::{self, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Flags of `glane view`.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    glane view dump.jsonl.zst -o view.html --sample 300\n  \
    glane view dump.jsonl.zst -o hulot.html --find \"Nicolas Hulot\" --from 2018-01 --to 2018-09\n\n\
    The page is one file that needs no network and no server. Exit codes: 0 all well, \
    1 nothing could be shown.")]
pub struct Args {
    #[command(flatten)]
    input: input::Args,
    /// The page to write, `-` for standard output.
    #[arg(
        short,
        long,
        alias = "out",
        value_name = "FILE",
        default_value = "view.html"
    )]
    output: PathBuf,
    /// Articles to show, drawn among those that fit; 0 for all.
    #[arg(long, value_name = "N", default_value = "1000")]
    sample: usize,
    /// Another seed draws other articles, the same one the same.
    #[arg(long, value_name = "S", default_value = "0")]
    seed: u64,
    /// Only articles that name this, whatever its case and accents.
    #[arg(long, value_name = "NAME")]
    find: Option<String>,
    /// Only articles published then or later: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    from: Option<Published>,
    /// Only articles published then or before.
    #[arg(long, value_name = "DATE")]
    to: Option<Published>,
    /// Replace a file that is no page of glane.
    #[arg(long)]
    force: bool,
    /// Worker threads [default: one a core].
    #[arg(long, short = 'j', value_name = "N", value_parser = values::threads)]
    threads: Option<NonZero<usize>>,
    /// Only errors.
    #[arg(long, short)]
    quiet: bool,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is no name for a page: let it end in .html, or write `-` for standard output")]
    NoPage(PathBuf),
    #[error("{0} exists and is no page of glane: choose another name with -o, or --force")]
    Exists(PathBuf),
    #[error("{0}")]
    Extractor(#[from] input::ExtractorError),
    #[error("{0}")]
    Held(#[from] held::Error),
    #[error("{path}: {error}")]
    Write { path: PathBuf, error: io::Error },
    #[error("no article fits{0}")]
    NoneFits(String),
    #[error("{0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    match make(args) {
        Ok(code) => code,
        Err(e) => {
            say!("glane: {e}");
            ExitCode::from(NOTHING)
        }
    }
}

fn make(args: &Args) -> Result<ExitCode, Error> {
    writable(&args.output, args.force)?;
    let threads = input::threads(args.threads);
    let extractor = args.input.extractor(threads)?;
    let mut options = args.input.options();
    options.fields.keep(view::ADDRESS);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()?;
    let wanted = Wanted {
        find: args.find.as_deref().map(words),
        from: args.from.map(|d| d.to_string()),
        to: args.to.map(|d| d.to_string()),
    };
    let mut drawn = Drawn::new(args.sample, args.seed);
    let mut read = 0u64;
    let mut doubted = Vec::new();
    let settle = |doubted: &mut Vec<Parsed>, drawn: &mut Drawn<Held>| {
        let named: Vec<bool> = pool.install(|| {
            let named = |p: &Parsed| wanted.named(&extractor, p);
            doubted.par_iter().map(named).collect()
        });
        for (parsed, named) in doubted.drain(..).zip(named) {
            if named {
                drawn.add(Held::Read(Box::new(parsed)));
            }
        }
    };
    held::each(&args.input, &options, &mut |held| {
        read += 1;
        if wanted.all() {
            drawn.add(held);
            return;
        }
        match held {
            Held::Known(record) => {
                if wanted.fits_record(&record) {
                    drawn.add(Held::Known(record));
                }
                return;
            }
            Held::Raw(item) => {
                let parsed = item.article(&options);
                if !wanted.fits(&parsed) {
                    return;
                }
                match wanted.find {
                    None => drawn.add(Held::Read(Box::new(parsed))),
                    Some(_) => doubted.push(parsed),
                }
            }
            Held::Read(parsed) => doubted.push(*parsed),
        }
        if doubted.len() == AT_ONCE {
            settle(&mut doubted, &mut drawn);
        }
    })?;
    settle(&mut doubted, &mut drawn);
    let fit = drawn.seen();
    if fit == 0 {
        return Err(Error::NoneFits(wanted.in_words()));
    }
    let taken = drawn.taken();
    let shown: Vec<Shown> = pool.install(|| {
        let held = taken.into_par_iter();
        held.map(|held| held.shown(&extractor, &options)).collect()
    });
    let mut page = Page::default();
    for shown in &shown {
        page.add(shown.record(), shown.text(), |row| shown.rule(row));
    }
    let choice = choice(page.len() as u64, fit, read, &wanted, args.seed);
    let html = page.html(&About {
        title: args.input.title(),
        choice: choice.clone(),
        command: command(),
    });
    if args.output == Path::new("-") {
        return Ok(print(&html));
    }
    write(&args.output, html.as_bytes()).map_err(|error| Error::Write {
        path: args.output.clone(),
        error,
    })?;
    if !args.quiet {
        say!(
            "glane: {}: {choice}, {:.1} MB; open it in a browser",
            args.output.display(),
            html.len() as f64 / 1e6
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Articles read at once to see whether they name what is looked for.
const AT_ONCE: usize = 256;

/// Which articles are asked for.
struct Wanted {
    /// Folded, one space between words.
    find: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Wanted {
    fn all(&self) -> bool {
        self.find.is_none() && self.from.is_none() && self.to.is_none()
    }

    /// Whether its date fits, as far as it is told, and its text holds the words
    /// that are looked for.
    fn fits(&self, parsed: &Parsed) -> bool {
        let article = &parsed.article;
        let published = article.published.as_ref().map(|(date, _)| date.to_string());
        self.in_time(published.as_deref())
            && self.find.as_ref().is_none_or(|find| {
                let view = View::new(article.title_apart(), &article.text);
                holds(&words(view.text()), find)
            })
    }

    /// Whether a record is what is looked for.
    fn fits_record(&self, record: &Record) -> bool {
        self.in_time(record.published.as_deref()) && self.names(record)
    }

    /// Whether a publication date fits, as far as it is told.
    fn in_time(&self, published: Option<&str>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let Some(published) = published else {
            return false;
        };
        // `2024-03` may be on either side of `2024-03-10`: it fits.
        let side = |limit: &String| {
            let n = published.len().min(limit.len());
            published[..n].cmp(&limit[..n])
        };
        !(self.from.as_ref().is_some_and(|from| side(from).is_lt())
            || self.to.as_ref().is_some_and(|to| side(to).is_gt()))
    }

    /// Whether one of its names is what is looked for.
    fn named(&self, extractor: &Extractor, parsed: &Parsed) -> bool {
        self.find.is_none() || self.names(&extractor.extract(&parsed.article))
    }

    /// Whether one of the names of a record is what is looked for.
    fn names(&self, record: &Record) -> bool {
        let Some(find) = &self.find else { return true };
        let mut names = record.entities.iter();
        names.any(|e| holds(&words(&e.name), find) || holds(&words(&e.span.text), find))
    }

    fn in_words(&self) -> String {
        let mut out = String::new();
        if let Some(find) = &self.find {
            out.push_str(&format!(" that names « {find} »"));
        }
        if let Some(from) = &self.from {
            out.push_str(&format!(", published from {from}"));
        }
        if let Some(to) = &self.to {
            out.push_str(&format!(", published up to {to}"));
        }
        out
    }
}

/// Folded, with one space between words.
fn words(text: &str) -> String {
    let folded = fold(text).to_string();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds these words, not merely their letters: « Nice » is not
/// in « venice ».
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn choice(shown: u64, fit: u64, read: u64, wanted: &Wanted, seed: u64) -> String {
    let mut out = match shown == fit {
        true => count(shown, "article"),
        false => format!(
            "{shown} of {}, drawn with seed {seed}",
            count(fit, "article")
        ),
    };
    if !wanted.all() {
        out.push_str(&format!("{}, of {read}", wanted.in_words()));
    }
    out
}

/// The command with the flags of file and environment, so that the page can be made
/// again.
fn command() -> String {
    let words = super::arguments().into_iter().map(|arg| {
        let plain = |c: char| c.is_alphanumeric() || "-_./=,:*".contains(c);
        match arg.chars().all(plain) {
            true => arg,
            false => format!("'{}'", arg.replace('\'', "'\\''")),
        }
    });
    let words: Vec<_> = words.collect();
    format!("glane {}", words.join(" "))
}

/// Whether the page may be written there.
pub fn writable(path: &Path, force: bool) -> Result<(), Error> {
    if path == Path::new("-") {
        return Ok(());
    }
    let html = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"));
    if !html || path.is_dir() {
        return Err(Error::NoPage(path.to_owned()));
    }
    if path.exists() && !force && !fs::read(path).is_ok_and(|bytes| view::is_page(&bytes)) {
        return Err(Error::Exists(path.to_owned()));
    }
    Ok(())
}

/// Whole or not there: written beside, then renamed.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let mut file = fs::File::create(&partial)?;
    let written = file
        .write_all(content)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_whatever_their_accents() {
        assert!(holds(&words("À Saint-\nÉtienne, Élise"), &words("elise")));
        assert!(holds(&words("Jean  Le\nGoff."), &words("le goff")));
        assert!(!holds(&words("Venice"), &words("Nice")));
    }
}
