//! What words and names are known for, from lists: first names, towns,
//! companies, head nouns such as « ministère ».
//!
//! An entry is addressed by the hash of its folded tokens; what is stored is a
//! set of [`Kind`]s. Names of several tokens are found token by token: the
//! hash of every beginning of a name is stored too, as a set without kinds.

use super::hash::mix;
use std::collections::HashMap;

/// What an entry is known for; one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)] // The list of each is named in `models/compact-fr/README.md`.
pub enum Kind {
    FirstName,
    RareFirstName,
    Surname,
    Person,
    PersonAlone,
    Town,
    Village,
    Country,
    Place,
    Company,
    ListedCompany,
    Institution,
    Acronym,
    Media,
    Team,
    Event,
    Work,
    Product,
    Law,
    CommonAcronym,
    PersonTitle,
    OrgHead,
    LocHead,
    MiscHead,
    Demonym,
    SeenPer,
    SeenLoc,
    SeenOrg,
    SeenMisc,
}

/// How many kinds there are.
pub const KINDS: usize = Kind::SeenMisc as usize + 1;

/// Names of the kinds, as the files of lists are called.
pub const NAMES: [&str; KINDS] = [
    "first_name",
    "rare_first_name",
    "surname",
    "person",
    "person_alone",
    "town",
    "village",
    "country",
    "place",
    "company",
    "listed_company",
    "institution",
    "acronym",
    "media",
    "team",
    "event",
    "work",
    "product",
    "law",
    "common_acronym",
    "person_title",
    "org_head",
    "loc_head",
    "misc_head",
    "demonym",
    "seen_per",
    "seen_loc",
    "seen_org",
    "seen_misc",
];

/// Longest name in tokens.
pub const LONGEST: usize = 8;

/// Hash at the start of a name.
pub const START: u64 = 0x6c_65_78;

/// A set of kinds for each known name.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    entries: HashMap<u64, u32>,
}

impl Lexicon {
    /// Adds a name, given as the hashes of its folded tokens.
    pub fn add(&mut self, tokens: &[u64], kind: Kind) {
        if tokens.is_empty() || tokens.len() > LONGEST {
            return;
        }
        let mut h = START;
        for t in tokens {
            h = mix(h, *t);
            self.entries.entry(h).or_insert(0);
        }
        *self.entries.entry(h).or_insert(0) |= 1 << kind as u8;
    }

    /// The kinds under a hash; `None` when no name begins that way.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<u32> {
        self.entries.get(&hash).copied()
    }

    /// All entries, sorted by hash.
    pub fn entries(&self) -> Vec<(u64, u32)> {
        let mut all: Vec<_> = self.entries.iter().map(|(k, v)| (*k, *v)).collect();
        all.sort_unstable();
        all
    }
}
