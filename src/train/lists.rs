//! Lists of names for the lexicon.
//!
//! A folder holds one file per list; the part of its name before the first `.`
//! or `__` says the kind (see `lexicon::NAMES`): `company.txt`,
//! `company__france.txt`. One entry per line; in a `.tsv` the first column.

use crate::{
    entities::compact::{
        hash,
        lexicon::{Kind, Lexicon, NAMES},
    },
    fold::fold,
    text::analyse,
};
use std::{fs, io, path::Path};

/// Adds every list of a folder; gives the names of files whose kind is unknown.
pub fn read_folder(folder: &Path, lexicon: &mut Lexicon) -> io::Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|e| e.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    files.sort();
    let mut unknown = Vec::new();
    for path in files {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if !(name.ends_with(".txt") || name.ends_with(".tsv")) {
            continue;
        }
        let stem = name.split(['.']).next().unwrap_or_default();
        let stem = stem.split("__").next().unwrap_or_default();
        match NAMES.iter().position(|n| *n == stem) {
            Some(k) => add(&fs::read_to_string(&path)?, KINDS[k], lexicon),
            None => unknown.push(name),
        }
    }
    Ok(unknown)
}

/// Adds the lines of one list.
pub fn add(lines: &str, kind: Kind, lexicon: &mut Lexicon) {
    for line in lines.lines() {
        let name = line.split('\t').next().unwrap_or_default().trim();
        lexicon.add(&tokens(name), kind);
    }
}

/// Hashes of the folded tokens of a name.
pub fn tokens(name: &str) -> Vec<u64> {
    analyse(name)
        .tokens
        .iter()
        .map(|t| hash::text(&fold(t.of(name))))
        .collect()
}

const KINDS: [Kind; NAMES.len()] = [
    Kind::FirstName,
    Kind::RareFirstName,
    Kind::Surname,
    Kind::Person,
    Kind::PersonAlone,
    Kind::Town,
    Kind::Village,
    Kind::Country,
    Kind::Place,
    Kind::Company,
    Kind::ListedCompany,
    Kind::Institution,
    Kind::Acronym,
    Kind::Media,
    Kind::Team,
    Kind::Event,
    Kind::Work,
    Kind::Product,
    Kind::Law,
    Kind::CommonAcronym,
    Kind::PersonTitle,
    Kind::OrgHead,
    Kind::LocHead,
    Kind::MiscHead,
    Kind::Demonym,
    Kind::SeenPer,
    Kind::SeenLoc,
    Kind::SeenOrg,
    Kind::SeenMisc,
];
