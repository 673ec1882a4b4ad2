//! Rooms and their arrows: which module may know which.
//!
//! The table below is the architecture. The test reads the `use` lines and the
//! `crate::` and `super::` paths of `src/` (without comments, strings and test
//! code) and fails on an arrow that is not in the table, and on a cycle between
//! the modules inside a room.

#![allow(clippy::unwrap_used)] // A test that panics has failed, as it should.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A room and the rooms it may know, all of which stand above it: so that the
/// table can hold no cycle.
const ROOMS: &[(&str, &[&str])] = &[
    ("compression", &[]),
    ("digest", &[]),
    ("kinds", &[]),
    ("rule", &[]),
    ("fold", &[]),
    // The words of the language, and how tokens are cut.
    ("french", &["fold", "kinds"]),
    ("text", &["fold", "french", "kinds"]),
    ("calendar", &["fold", "french"]),
    ("numbers", &["fold", "french"]),
    ("language", &["french", "text"]),
    (
        "article",
        &[
            "calendar",
            "compression",
            "digest",
            "fold",
            "french",
            "kinds",
            "text",
        ],
    ),
    // Which parts of a text are not the article.
    (
        "zones",
        &["article", "calendar", "fold", "french", "kinds", "text"],
    ),
    (
        "money",
        &[
            "calendar", "fold", "french", "kinds", "numbers", "rule", "text",
        ],
    ),
    (
        "dates",
        &[
            "calendar", "fold", "french", "kinds", "numbers", "rule", "text",
        ],
    ),
    ("entities", &["digest", "fold", "french", "kinds", "text"]),
    ("record", &["digest", "kinds", "text"]),
    // Records as columns.
    ("table", &["kinds", "record"]),
    (
        "output",
        &["compression", "digest", "kinds", "record", "table"],
    ),
    // Records as a page.
    ("view", &["kinds", "record"]),
    (
        "pipeline",
        &[
            "article",
            "calendar",
            "compression",
            "dates",
            "digest",
            "french",
            "entities",
            "kinds",
            "language",
            "money",
            "output",
            "record",
            "text",
            "zones",
        ],
    ),
    (
        "verify",
        &[
            "article",
            "compression",
            "digest",
            "kinds",
            "output",
            "record",
            "table",
        ],
    ),
    // Nothing in the product depends on what follows.
    (
        "eval",
        &[
            "article", "dates", "entities", "kinds", "language", "numbers", "pipeline", "record",
            "view",
        ],
    ),
    // Gold for annotation tools and back.
    ("exchange", &["eval", "kinds", "record", "text"]),
    (
        "train",
        &[
            "article", "entities", "eval", "fold", "kinds", "record", "text",
        ],
    ),
    (
        "cli",
        &[
            "article",
            "compression",
            "dates",
            "digest",
            "entities",
            "eval",
            "exchange",
            "fold",
            "kinds",
            "language",
            "money",
            "output",
            "pipeline",
            "record",
            "text",
            "train",
            "verify",
            "view",
        ],
    ),
];

/// Rooms that know the command-line parser.
const KNOW_CLAP: &[&str] = &["cli"];

/// Path of a module inside the crate: `["dates", "reading"]`.
type Module = Vec<String>;

/// What each module uses.
struct Sources {
    /// By module: every path it names, from the root of the crate.
    paths: BTreeMap<Module, BTreeSet<Module>>,
    /// By module: names it re-exports and the paths they stand for.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
    /// Modules that name `clap`.
    clap: BTreeSet<Module>,
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn module_of(file: &Path) -> Module {
    let relative = file.strip_prefix(src()).unwrap().with_extension("");
    let mut module: Module = relative
        .iter()
        .map(|p| p.to_str().unwrap().to_owned())
        .collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

/// Code without comments, the insides of strings, and what stands behind
/// `#[cfg(test)]`.
fn bare(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('r', '"' | '#') if !at(i.wrapping_sub(1)).is_alphanumeric() => {
                let hashes = (i + 1..).take_while(|j| at(*j) == '#').count();
                if at(i + 1 + hashes) != '"' {
                    // A raw identifier.
                    out.push('r');
                    i += 1;
                    continue;
                }
                i += 2 + hashes;
                while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|h| at(i + h) == '#')) {
                    i += 1;
                }
                i += 1 + hashes;
                out.push_str("\"\"");
            }
            ('"', _) => {
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    i += 1 + usize::from(at(i) == '\\');
                }
                i += 1;
                out.push_str("\"\"");
            }
            ('\'', '\\') => {
                i += 2;
                while i < chars.len() && at(i + 1) != '\'' {
                    i += 1;
                }
                i += 2;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (c, _) => {
                out.push(c);
                i += 1;
            }
        }
    }
    without_tests(&out)
}

/// Takes out each item behind `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once(MARK) {
        out.push_str(before);
        let mut depth = 0;
        let mut end = after.len();
        for (i, c) in after.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if (c == ';' || c == '}') && depth == 0 {
                end = i + 1;
                break;
            }
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// Paths of a `use` tree: `a::{b, c::d as e}` is `a::b` and `a::c::d`, each
/// with the name that it gets here.
fn tree(text: &str, prefix: &[String], out: &mut Vec<(Module, String)>) {
    let text = text.trim();
    let (head, group) = match text.find('{') {
        Some(open) => (
            text[..open].trim_end_matches(':'),
            Some(&text[open + 1..text.rfind('}').unwrap_or(text.len())]),
        ),
        None => (text, None),
    };
    let (head, name) = match head.split_once(" as ") {
        Some((head, name)) => (head, Some(name.trim())),
        None => (head, None),
    };
    let mut path = prefix.to_vec();
    path.extend(
        head.split("::")
            .map(str::trim)
            .filter(|s| !s.is_empty() && *s != "self")
            .map(str::to_owned),
    );
    match group {
        None => {
            let name = name.unwrap_or_else(|| path.last().map_or("", String::as_str));
            let name = name.to_owned();
            out.push((path, name));
        }
        Some(group) => {
            let (mut depth, mut from) = (0, 0);
            for (i, c) in group.char_indices().chain([(group.len(), ',')]) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        if !group[from..i].trim().is_empty() {
                            tree(&group[from..i], &path, out);
                        }
                        from = i + 1;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The path from the root of the crate that `path` means inside `module`;
/// `None` for another crate's.
fn absolute(path: &[String], module: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let mut base = module.clone();
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "super" => {
            base.pop();
            if rest.first().is_some_and(|s| s == "super") {
                return absolute(rest, &base, modules);
            }
            base.extend(rest.iter().cloned());
            Some(base)
        }
        _ => {
            base.push(first.clone());
            if !modules.contains(&base) {
                return None;
            }
            base.extend(rest.iter().cloned());
            Some(base)
        }
    }
}

fn read() -> Sources {
    let mut list = Vec::new();
    files(&src(), &mut list);
    let modules: BTreeSet<Module> = list.iter().map(|f| module_of(f)).collect();
    let mut out = Sources {
        paths: BTreeMap::new(),
        names: BTreeMap::new(),
        clap: BTreeSet::new(),
    };
    for file in &list {
        let module = module_of(file);
        // A file of tests beside its module: `reader/tests.rs`.
        if module.last().is_some_and(|m| m == "tests") {
            continue;
        }
        let code = bare(&fs::read_to_string(file).unwrap());
        let paths = out.paths.entry(module.clone()).or_default();
        let names = out.names.entry(module.clone()).or_default();
        for statement in code.split("use ").skip(1) {
            let Some((text, _)) = statement.split_once(';') else {
                continue;
            };
            let mut found = Vec::new();
            tree(text, &[], &mut found);
            for (path, name) in found {
                if path.first().is_some_and(|s| s == "clap") {
                    out.clap.insert(module.clone());
                }
                if let Some(path) = absolute(&path, &module, &modules) {
                    names.insert(name, path.clone());
                    paths.insert(path);
                }
            }
        }
        // Paths inside code.
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for path in code.split(|c| !word(c)).filter(|p| p.contains("::")) {
            let path: Module = path.split("::").map(str::to_owned).collect();
            if path[0] == "clap" {
                out.clap.insert(module.clone());
            }
            if matches!(path[0].as_str(), "crate" | "super")
                && let Some(path) = absolute(&path, &module, &modules)
            {
                paths.insert(path);
            }
        }
    }
    out
}

impl Sources {
    /// The module in which the item at `path` is written, re-exports followed.
    fn home(&self, path: &Module, depth: usize) -> Module {
        let known = (0..=path.len())
            .rev()
            .find(|n| self.paths.contains_key(&path[..*n]))
            .unwrap_or(0);
        let module = path[..known].to_vec();
        if let Some(name) = path.get(known)
            && depth < 8
            && let Some(target) = self.names.get(&module).and_then(|n| n.get(name))
            && target != path
        {
            let mut target = target.clone();
            target.extend(path[known + 1..].iter().cloned());
            return self.home(&target, depth + 1);
        }
        module
    }
}

fn room(module: &Module) -> Option<&str> {
    module.first().map(String::as_str)
}

#[test]
fn rooms_know_only_what_the_table_allows() {
    for (i, (name, known)) in ROOMS.iter().enumerate() {
        for k in *known {
            assert!(
                ROOMS[..i].iter().any(|(above, _)| above == k),
                "help: {k} must stand above {name} in the table"
            );
        }
    }
    let sources = read();
    let mut wrong = BTreeSet::new();
    for (module, paths) in &sources.paths {
        let Some(from) = room(module) else { continue };
        if from == "main" {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == from) else {
            wrong.insert(format!("{from} is a room that the table does not list"));
            continue;
        };
        for path in paths {
            let home = sources.home(path, 0);
            // The rooms that it names, and the one where the item lives.
            for to in [room(path), room(&home)].into_iter().flatten() {
                let listed = ROOMS.iter().any(|(name, _)| *name == to);
                if listed && to != from && !allowed.contains(&to) {
                    wrong.insert(format!("{} -> {}", module.join("::"), path.join("::")));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "help: an item that two rooms need lives below both; these arrows are not in the table:\n{}",
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn only_the_command_line_knows_its_parser() {
    let known = read().clap;
    let idle = KNOW_CLAP
        .iter()
        .find(|r| !known.iter().any(|m| room(m) == Some(r)));
    assert_eq!(idle, None, "help: take it off the list");
    let wrong: Vec<_> = known
        .into_iter()
        .filter(|m| !room(m).is_some_and(|r| KNOW_CLAP.contains(&r)))
        .collect();
    assert!(wrong.is_empty(), "help: these name clap: {wrong:?}");
}

/// The arrows between the modules directly inside a room.
fn inside(sources: &Sources, name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, paths) in &sources.paths {
        let [first, from, ..] = &module[..] else {
            continue;
        };
        if first != name {
            continue;
        }
        for path in paths {
            let home = sources.home(path, 0);
            if let [first, to, ..] = &home[..]
                && first == name
                && to != from
            {
                out.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    out
}

/// A cycle, if there is one: modules in order, the first again at the end.
fn cycle(arrows: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn visit<'a>(
        at: &'a str,
        arrows: &'a BTreeMap<String, BTreeSet<String>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<Vec<String>> {
        if let Some(i) = way.iter().position(|m| *m == at) {
            return Some(
                way[i..]
                    .iter()
                    .chain([&at])
                    .map(|s| (*s).to_owned())
                    .collect(),
            );
        }
        if !done.insert(at) {
            return None;
        }
        way.push(at);
        let found = arrows
            .get(at)
            .into_iter()
            .flatten()
            .find_map(|to| visit(to, arrows, way, done));
        way.pop();
        found
    }
    let mut done = BTreeSet::new();
    arrows
        .keys()
        .find_map(|m| visit(m, arrows, &mut Vec::new(), &mut done))
}

#[test]
fn no_cycle_inside_a_room() {
    let sources = read();
    let cycles: Vec<_> = ROOMS
        .iter()
        .filter_map(|(name, _)| Some((name, cycle(&inside(&sources, name))?)))
        .map(|(name, way)| format!("{name}: {}", way.join(" -> ")))
        .collect();
    assert!(cycles.is_empty(), "help: cycles in\n{}", cycles.join("\n"));
}

#[test]
fn the_reader_of_sources_sees_what_it_should() {
    let code = "use crate::{a::B, c::{d as e, f}}; // use crate::no;\nlet s = \"crate::no\"; let q = '\"'; crate::g::h();\n#[cfg(test)]\nmod tests { use crate::no; }\n";
    let bare = bare(code);
    assert!(!bare.contains("no"), "{bare}");
    assert!(bare.contains("crate::g::h"));
    let mut found = Vec::new();
    tree("crate::{a::B, c::{d as e, f}}", &[], &mut found);
    let found: Vec<_> = found
        .iter()
        .map(|(path, name)| format!("{} {name}", path.join("::")))
        .collect();
    assert_eq!(found, ["crate::a::B B", "crate::c::d e", "crate::c::f f"]);
    let arrows = |list: &[(&str, &str)]| {
        let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (a, b) in list {
            out.entry((*a).to_owned())
                .or_default()
                .insert((*b).to_owned());
        }
        out
    };
    assert_eq!(cycle(&arrows(&[("a", "b"), ("a", "c"), ("b", "c")])), None);
    let way = cycle(&arrows(&[("a", "b"), ("b", "c"), ("c", "b")])).unwrap();
    assert_eq!(way, ["b", "c", "b"]);
    // The program itself is read: an arrow that must be there.
    let sources = read();
    let pipeline = vec!["pipeline".to_owned(), "extract".to_owned()];
    assert!(
        sources.paths[&pipeline]
            .iter()
            .any(|p| room(&sources.home(p, 0)) == Some("dates"))
    );
}
