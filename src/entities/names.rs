//! Canonical names: mentions of one entity in an article get its fullest form.
//!
//! - Spellings of one form (case, accents, apostrophes) share the one that
//!   stands most often, capitals last.
//! - A surname or a first name alone gets the full name that it is an end of,
//!   when only one such person has been named so far (or, before any, in the
//!   whole article); two people of one surname stay apart, and the surname
//!   alone, which could be either, keeps its own form.
//! - « David Sacks » is « David O. Sacks »: initials in between do not part.
//! - « Nom long (SIGLE) » and « SIGLE (Nom long) » name one organisation,
//!   project or place; so do initials that spell the acronym, and a bracketed
//!   word made of them.
//! - « du Parisien » is « Le Parisien » where the article is part of the name: it has
//!   its capital inside a sentence, or the name without it stands only behind « du »,
//!   « des », « au » and « aux », which hold it.
//! - A legal form behind a company's name does not make another company.

use super::{Mention, key};
use crate::fold::{fold, fold_into, is_apostrophe};
use crate::french::sets::entities as sets;
use crate::kinds::Label;
use foldhash::HashMap;

/// Fills in the names of all mentions, which are sorted by `start`.
pub fn resolve(text: &str, mentions: &mut [Mention]) {
    let forms: Vec<Form> = mentions
        .iter()
        .map(|m| Form::new(&text[m.start..m.end], m.label))
        .collect();
    let spelling = spellings(&forms);
    let long = acronyms(text, mentions, &forms);
    let articles = articles(text, mentions, &forms);
    let people = People::new(&forms);
    for i in 0..mentions.len() {
        let form = &forms[i];
        let target = match form.label {
            Label::Per => people.full(i, form).unwrap_or(i),
            _ => {
                let key = form.key();
                let fuller = long.get(&key).or_else(|| articles.get(&key));
                fuller.copied().unwrap_or(i)
            }
        };
        let key = forms[target].key();
        mentions[i].name = spelling
            .get(&key)
            .map_or(forms[target].text, |s| s.text)
            .to_owned();
    }
}

/// A mention as the rules see it.
struct Form<'t> {
    text: &'t str,
    label: Label,
    /// Folded words, split at white space.
    words: Vec<String>,
    /// The same in one, one space between them.
    joined: String,
}

impl<'t> Form<'t> {
    fn new(text: &'t str, label: Label) -> Self {
        let mut words: Vec<String> = text.split_whitespace().map(fold).collect();
        if label == Label::Org {
            while words.len() > 1 && words.last().is_some_and(|w| sets::LEGAL_FORMS.contains(w)) {
                words.pop();
            }
        }
        let joined = words.join(" ");
        Self {
            text,
            label,
            words,
            joined,
        }
    }

    /// What the spellings of one form share. People are people whatever their
    /// case; other names are kept apart by label.
    fn key(&self) -> (Label, &str) {
        (self.label, &self.joined)
    }

    fn capitals(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 5 && letters.all(char::is_uppercase)
    }
}

/// The spelling that stands for a form.
struct Spelling<'t> {
    text: &'t str,
    count: usize,
    capitals: bool,
}

/// The best spelling of each form: not in capitals, longest (legal form and
/// all), then most frequent, then first.
fn spellings<'f, 't>(forms: &'f [Form<'t>]) -> HashMap<(Label, &'f str), Spelling<'t>> {
    let mut counts: HashMap<(Label, &str), usize> = HashMap::default();
    for f in forms {
        *counts.entry((f.label, f.text)).or_insert(0) += 1;
    }
    let mut best: HashMap<(Label, &str), Spelling> = HashMap::default();
    for f in forms {
        let new = Spelling {
            text: f.text,
            count: counts[&(f.label, f.text)],
            capitals: f.capitals(),
        };
        let words = |s: &Spelling| s.text.split_whitespace().count();
        let rank = |s: &Spelling| (!s.capitals, words(s), s.count);
        best.entry(f.key())
            .and_modify(|old| {
                if rank(&new) > rank(old) {
                    *old = Spelling { ..new };
                }
            })
            .or_insert(Spelling {
                text: f.text,
                count: counts[&(f.label, f.text)],
                capitals: f.capitals(),
            });
    }
    best
}

/// Where the form with its article of each name of an organisation, work or product
/// stands, by the key of the form without it.
fn articles<'f>(
    text: &str,
    mentions: &[Mention],
    forms: &'f [Form],
) -> HashMap<(Label, &'f str), usize> {
    let fused = |m: &Mention| {
        let before = text[..m.start].trim_end_matches(['«', '"', '“', '\u{a0}', ' ']);
        let word = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        sets::FUSED.contains_folded(word)
    };
    let mut out = HashMap::default();
    // Keys of all mentions, and whether all of a key stand behind a fused article; read
    // once, and only where some name has an article.
    let mut keys: Option<HashMap<(Label, &str), bool>> = None;
    for (i, f) in forms.iter().enumerate() {
        if !matches!(f.label, Label::Org | Label::Misc) || f.capitals() {
            continue;
        }
        let Some(bare) = key::without_article(&f.joined) else {
            continue;
        };
        let bare = (f.label, bare);
        let keys = keys.get_or_insert_with(|| {
            let mut keys = HashMap::default();
            for (m, g) in mentions.iter().zip(forms) {
                let all = keys.entry(g.key()).or_insert(true);
                *all = *all && fused(m);
            }
            keys
        });
        let inside =
            f.text.starts_with(char::is_uppercase) && !begins_sentence(text, mentions[i].start);
        if keys.get(&bare).is_some_and(|all| inside || *all) {
            out.entry(bare).or_insert(i);
        }
    }
    out
}

/// Whether nothing or the end of a sentence stands before byte `at`.
fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}', '«', '"', '“', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '\n', '\r', '–', '—', '•', '-'])
}

/// Where the long form of each acronym stands, by the acronym's key.
fn acronyms<'f>(
    text: &str,
    mentions: &[Mention],
    forms: &'f [Form],
) -> HashMap<(Label, &'f str), usize> {
    let mut out: HashMap<(Label, &str), usize> = HashMap::default();
    for (i, pair) in mentions.windows(2).enumerate() {
        let gap = &text[pair[0].end..pair[1].start];
        let open = gap.trim();
        if !opens_other_form(open) {
            continue;
        }
        let (a, b) = (&forms[i], &forms[i + 1]);
        if stands_for(b, a) {
            out.entry(b.key()).or_insert(i);
        } else if stands_for(a, b) {
            out.entry(a.key()).or_insert(i + 1);
        }
    }
    let acronym = |f: &&Form| f.label != Label::Per && is_acronym(f.text);
    let mut asked = forms.iter().filter(acronym).peekable();
    if asked.peek().is_none() {
        return out;
    }
    let mut by_initials: HashMap<(Label, String), usize> = HashMap::default();
    let long = |f: &&Form| f.label != Label::Per && f.words.len() > 1;
    for (i, f) in forms.iter().enumerate().filter(|(_, f)| long(f)) {
        for spelt in initials(f.text) {
            by_initials.entry((f.label, spelt)).or_insert(i);
        }
    }
    for f in asked {
        if let Some(j) = by_initials.get(&(f.label, fold(f.text).replace('.', ""))) {
            out.entry(f.key()).or_insert(*j);
        }
    }
    out
}

/// Whether another form of a name follows: « (OMS) », « (l'OMS) », « , ou OMS ».
fn opens_other_form(gap: &str) -> bool {
    if let Some(word) = gap.strip_prefix(", ") {
        return sets::OR.contains(word);
    }
    gap.strip_prefix('(').is_some_and(|rest| {
        let article = rest.strip_suffix(is_apostrophe);
        matches!(rest, "" | "«" | "“") || article.is_some_and(|a| sets::ARTICLE_ELIDED.contains(a))
    })
}

/// Whether the first form, beside the second in brackets, is its acronym:
/// capitals, in whatever language (« Département de l'Énergie (DOE) »), or a
/// word of the name's initials (« … (Giec) »).
fn stands_for(short: &Form, long: &Form) -> bool {
    if long.words.len() < 2 || long.label == Label::Per || short.label == Label::Per {
        return false;
    }
    if is_acronym(short.text) {
        // « université d'été de la France insoumise (LFI) »: what the letters
        // spell is the end of the name alone.
        let letters = fold(short.text).replace('.', "");
        let spells = |name: &str| initials(name).contains(&letters);
        return spells(long.text) || !ends(long.text).any(spells);
    }
    let [_, all] = initials(long.text);
    let mut left = all.chars();
    let folded = fold(short.text);
    short.words.len() == 1
        && folded.chars().count() > 3
        && folded.chars().next() == all.chars().next()
        && folded.chars().all(|c| left.any(|l| l == c))
}

/// The ends of a name that begin with its second word or later.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    let mark = |c: char| c.is_whitespace() || is_apostrophe(c);
    name.match_indices(mark).map(|(i, c)| &name[i + c.len()..])
}

fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=8).contains(&letters)
        && !text.contains(char::is_whitespace)
        && text.chars().filter(|c| c.is_uppercase()).count() * 2 > letters
}

/// The acronyms that a name may spell: with and without its small words.
fn initials(name: &str) -> [String; 2] {
    let (mut all, mut great) = (String::new(), String::new());
    for word in name.split(|c: char| c.is_whitespace() || c == '-' || is_apostrophe(c)) {
        let Some(first) = word.chars().next() else {
            continue;
        };
        let mut letter = String::new();
        fold_into(first.encode_utf8(&mut [0; 4]), &mut letter);
        all.push_str(&letter);
        if !sets::PASSED_OVER.contains(&fold(word)) {
            great.push_str(&letter);
        }
    }
    [great, all]
}

/// Full names of people, by the words that may come back alone.
struct People {
    /// First and last words of each person → the mentions that hold the
    /// fullest form, one a person, each with where the person is first named.
    persons: Vec<Person>,
    by_end: HashMap<String, Vec<usize>>,
    of_skeleton: HashMap<(String, String), usize>,
}

struct Person {
    first_seen: usize,
    fullest: usize,
    words: usize,
}

impl People {
    fn new(forms: &[Form]) -> Self {
        let mut out = Self {
            persons: Vec::new(),
            by_end: HashMap::default(),
            of_skeleton: HashMap::default(),
        };
        for (i, f) in forms.iter().enumerate() {
            if f.label != Label::Per || f.words.len() < 2 {
                continue;
            }
            let p = match out.of_skeleton.get(&skeleton(f)) {
                Some(p) => *p,
                None => {
                    let p = out.persons.len();
                    out.persons.push(Person {
                        first_seen: i,
                        fullest: i,
                        words: 0,
                    });
                    out.of_skeleton.insert(skeleton(f), p);
                    // Every end of the name, and its first word.
                    for k in 1..f.words.len().min(5) {
                        let end = f.words[f.words.len() - k..].join(" ");
                        out.by_end.entry(end).or_default().push(p);
                    }
                    let first = out.by_end.entry(f.words[0].clone()).or_default();
                    if first.last() != Some(&p) {
                        first.push(p);
                    }
                    p
                }
            };
            let person = &mut out.persons[p];
            if f.words.len() > person.words {
                person.words = f.words.len();
                person.fullest = i;
            }
        }
        out
    }

    /// The mention with the fullest form of the person of mention `i`.
    fn full(&self, i: usize, f: &Form) -> Option<usize> {
        if f.words.len() > 1
            && let Some(p) = self.of_skeleton.get(&skeleton(f))
        {
            // « Le Pen » is an end of « Marine Le Pen » before it is itself.
            let ends = self.candidates(i, f);
            return Some(match ends {
                Some(q) if q != *p && self.persons[q].words > f.words.len() => {
                    self.persons[q].fullest
                }
                _ => self.persons[*p].fullest,
            });
        }
        self.candidates(i, f).map(|p| self.persons[p].fullest)
    }

    /// The one person that these words may be an end of.
    fn candidates(&self, i: usize, f: &Form) -> Option<usize> {
        let all = self.by_end.get(&f.words.join(" "))?;
        // In the order in which they are first named, so this ends early.
        let mut before = all.iter().take_while(|p| self.persons[**p].first_seen < i);
        match (before.next(), before.next()) {
            (Some(p), None) => Some(*p),
            (None, _) if all.len() == 1 => Some(all[0]),
            _ => None,
        }
    }
}

/// First and last word: what initials and middle names leave alone.
fn skeleton(f: &Form) -> (String, String) {
    let first = f.words.first().cloned().unwrap_or_default();
    let last = f.words.last().cloned().unwrap_or_default();
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mentions are written `[PER Anne Martin]`; gives text and mentions.
    fn marked(case: &str) -> (String, Vec<Mention>) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for (i, part) in case.split(['[', ']']).enumerate() {
            if i % 2 == 0 {
                text.push_str(part);
                continue;
            }
            let (label, name) = part.split_once(' ').unwrap();
            let label = crate::eval::entities::label(label).unwrap();
            let start = text.len();
            text.push_str(name);
            mentions.push(Mention {
                start,
                end: text.len(),
                label,
                score: 1.0,
                name: String::new(),
            });
        }
        (text, mentions)
    }

    #[test]
    fn cases() {
        for (case, names) in [
            (
                "[PER Donald Trump] parle. [PER Trump] sourit, [PER Donald] aussi.",
                &["Donald Trump"; 3][..],
            ),
            (
                "[PER Le Pen] accuse. [PER Marine Le Pen] et [PER LE PEN]",
                &["Marine Le Pen"; 3],
            ),
            (
                "[PER Marine Le Pen] et [PER Jean-Marie Le Pen] : [PER Le Pen]",
                &["Marine Le Pen", "Jean-Marie Le Pen", "Le Pen"],
            ),
            (
                "[PER Anne Martin] dit oui. [PER Martin] insiste. [PER Paul Martin] dit non.",
                &["Anne Martin", "Anne Martin", "Paul Martin"],
            ),
            (
                "[PER David Sacks] puis [PER David O. Sacks] et [PER Sacks]",
                &["David O. Sacks"; 3],
            ),
            (
                "le [ORG département de l'Énergie] ([ORG DOE]) ; le [ORG DOE]",
                &["département de l'Énergie"; 3],
            ),
            (
                "la [ORG Banque centrale européenne] hésite, la [ORG BCE] attend",
                &["Banque centrale européenne"; 2],
            ),
            (
                "l'[ORG OMS] ([ORG Organisation mondiale de la santé]) et l’[ORG OMS]",
                &["Organisation mondiale de la santé"; 3],
            ),
            (
                "l'[ORG Office central des eaux et rivières] ([ORG Ocer]), dit l'[ORG Ocer]",
                &["Office central des eaux et rivières"; 3],
            ),
            (
                "le [ORG Comité de Sarlat] ([ORG Lalinde]) et [ORG Lalinde]",
                &["Comité de Sarlat", "Lalinde", "Lalinde"],
            ),
            (
                "[ORG Meta] grandit, dit [ORG Meta Platforms] ; [ORG Google DeepMind] n'est pas [ORG Google]",
                &[
                    "Meta Platforms",
                    "Meta Platforms",
                    "Google DeepMind",
                    "Google",
                ],
            ),
            (
                "l'[ORG université d'été de la France insoumise] ([ORG LFI]), où [ORG LFI] débat",
                &["université d'été de la France insoumise", "LFI", "LFI"],
            ),
            (
                "[ORG Le Phare] ouvre. Le patron du [ORG Phare] rit, le [ORG PHARE] ferme.",
                &["Le Phare", "Phare", "Phare"],
            ),
            (
                "[ORG Le Phare] paraît. Un article du [ORG Phare] et, au [ORG Phare], un avis.",
                &["Le Phare"; 3],
            ),
            (
                "Selon [ORG L'Écho], dit l'[ORG Écho], et « [ORG L’Écho] »",
                &["L'Écho"; 3],
            ),
            (
                "[LOC La Roselle] coule. Au bord de la [LOC Roselle].",
                &["La Roselle", "Roselle"],
            ),
            (
                "les [LOC ÉTATS-UNIS] et les [LOC États-Unis]",
                &["États-Unis"; 2],
            ),
        ] {
            let (text, mut mentions) = marked(case);
            resolve(&text, &mut mentions);
            let got: Vec<_> = mentions.iter().map(|m| m.name.as_str()).collect();
            assert_eq!(got, names, "help: the case was {case}");
        }
    }
}
