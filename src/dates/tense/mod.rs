//! The tense of the clause around a mention, read from endings and
//! auxiliaries: enough to know whether « lundi » is behind or ahead.
//!
//! A word that introduces the mention settles it (`introduced`); else the
//! nearest verb form on either side does. `verbs` says what a word shows,
//! `compounds` what an auxiliary governs, `endings` what a simple tense ends in.

mod compounds;
mod endings;
mod introduced;
mod once;
mod participles;
mod verbs;
#[cfg(test)]
mod weekday_cases;

use super::{lexicon::Word, line::Line};
use crate::french::sets::dates::tense as sets;
pub(super) use compounds::infinitive;
pub(super) use introduced::{announced, introduced, planned, put_off_to};
pub(super) use once::{is_finite, reports, says_how, state_follows, told_once};
pub(super) use participles::bare_participle;
use participles::{bare, moves};
use verbs::signal;

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    /// No verb form that says.
    Unknown,
}

impl Tense {
    /// For the steps of [`super::explain`].
    pub fn words(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Present => "present",
            Self::Future => "future",
            Self::Unknown => "without a tense",
        }
    }
}

/// A tense and the token that shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    pub tense: Tense,
    pub token: Option<usize>,
}

/// How much farther a verb that only reports what was said stands, in words.
const REPORTING: usize = 20;

/// How many tokens may stand in quotes that a clause goes around or begins before.
const QUOTED: usize = 8;

/// How far a comma or a relative pronoun sets two words apart, in words.
const COMMA: usize = 10;
const RELATIVE: usize = 6;

/// The one of the three ways to tell a tense that counts: the word that
/// introduces the mention, else the verb of the clause, else what announces.
pub(super) fn ranked(
    introduced: Option<Tense>,
    clause: impl FnOnce() -> Tense,
    announced: impl FnOnce() -> bool,
) -> Tense {
    match introduced.unwrap_or_else(clause) {
        Tense::Unknown if announced() => Tense::Future,
        tense => tense,
    }
}

/// The tense of the clause, whatever introduces the mention: « on a dansé
/// jusqu'à 2 heures » is past.
pub(super) fn clause(line: &Line, start: usize, end: usize) -> Evidence {
    let left = scan(line, start, false);
    let right = scan(line, end, true);
    let best = match (left, right) {
        (Some(l), Some(r)) => Some(if r.1 < l.1 { r } else { l }),
        (l, r) => l.or(r),
    };
    match best {
        Some((tense, _, token)) => Evidence {
            tense,
            token: Some(token),
        },
        None => Evidence {
            tense: Tense::Unknown,
            token: None,
        },
    }
}

fn scan(line: &Line, from: usize, forward: bool) -> Option<(Tense, usize, usize)> {
    let mut distance = 0;
    let mut i = from;
    let mut same_segment = !forward;
    let mut quoted = false;
    loop {
        if forward {
            if i >= line.tokens.len() {
                return None;
            }
        } else {
            i = i.checked_sub(1)?;
        }
        let t = line.at(i);
        if t.word == Word::Punct {
            // « retrouvé à Reims (Marne) mardi »
            if let Some(other) = other_bracket(line, i, forward) {
                i = if forward { other + 1 } else { other };
                continue;
            }
            // « va faire « de grandes annonces » mardi », « va rouvrir « lundi » »
            if !forward && let Some(outside) = behind_quotes(line, i, from) {
                i = outside;
                distance += 1;
                quoted = true;
                continue;
            }
            if line.stops(i) || matches!(t.mark(), Some(';' | ':' | '"' | '(' | ')' | '–' | '—'))
            {
                return None;
            }
            if t.mark() == Some(',') && line.at(i + 1).gap {
                distance += COMMA;
                same_segment = false;
            }
        } else {
            distance += 1;
            // Behind us, a relative pronoun opens the clause we stand in;
            // ahead, it opens another.
            let opens = matches!(t.word, Word::Qui) || sets::RELATIVES.contains(line.bare(i));
            if opens {
                distance += RELATIVE;
            }
            // « Après l'audience de lundi, le juge entendra »
            if !forward
                && t.word == Word::Apres
                && line.opens_sentence(i)
                && !touches(line, i, from)
            {
                return Some((Tense::Past, distance, i));
            }
            if let Some(tense) = signal(line, i) {
                // « …, a indiqué le maire » reports, and seldom on that day.
                // Behind quotes only what is announced is sure: « il a dit que « tout
                // ira mieux » lundi ».
                if quoted && tense != Tense::Future {
                    return None;
                }
                let reporting = forward && distance > COMMA && says(line, i);
                return Some((tense, distance + usize::from(reporting) * REPORTING, i));
            }
            if same_segment
                && !quoted
                && distance <= 8
                && let Some(tense) = bare(line, i)
            {
                return Some((tense, distance, i));
            }
        }
        // Marks do not count, so a row of them is stepped over: not for ever.
        if distance > 60 || i.abs_diff(from) > 200 {
            return None;
        }
        if forward {
            i += 1;
        }
    }
}

/// Only an article stands between the word at `i` and the mention at `from`:
/// « Après le 1er juin, les usines vont rouvrir ».
fn touches(line: &Line, i: usize, from: usize) -> bool {
    from == i + 1 || from == i + 2 && line.any(i + 1, &[Word::Le, Word::La, Word::L, Word::Les])
}

/// The token of the quotes at `i` behind which a clause goes on: their own where
/// the mention at `from` stands in them, else the other end.
fn behind_quotes(line: &Line, i: usize, from: usize) -> Option<usize> {
    let quote = |k: usize| line.punct(k, '"');
    if !quote(i) {
        return None;
    }
    if line.in_quotes(from) {
        return (from - i <= QUOTED).then_some(i);
    }
    (1..=QUOTED)
        .map_while(|by| i.checked_sub(by))
        .take_while(|&k| !line.stops(k))
        .find(|&k| quote(k))
}

/// « a indiqué », « a-t-on appris » at `i`.
fn says(line: &Line, i: usize) -> bool {
    (i + 1..i + 6).any(|k| sets::SAID.contains(line.str(k)))
}

/// How many tokens may stand in a bracket that a clause goes around.
const BRACKET: usize = 24;

/// The other end of the bracket that a scan meets at `i` from outside.
fn other_bracket(line: &Line, i: usize, forward: bool) -> Option<usize> {
    let (near, far) = if forward { ('(', ')') } else { (')', '(') };
    if !line.punct(i, near) {
        return None;
    }
    (1..=BRACKET)
        .map_while(|by| {
            if forward {
                Some(i + by)
            } else {
                i.checked_sub(by)
            }
        })
        .take_while(|&j| !line.punct(j, near))
        .find(|&j| line.punct(j, far))
        // « cela (lui) paraîtrait »: an editor's word, inside what is quoted.
        .filter(|&j| j.abs_diff(i) != 2 || line.at(j.min(i) + 1).cap)
}

/// « est interdite » at the verb that `seen` was read from: what lasts, and no
/// compound past (« est parti », « s'est tenue »).
pub(super) fn is_state(line: &Line, seen: Evidence) -> bool {
    seen.token.is_some_and(|i| {
        sets::IS.contains(line.str(i))
            && !moves(line, i)
            && !i
                .checked_sub(1)
                .is_some_and(|j| sets::REFLEXIVE.contains(line.bare(j)))
    })
}

#[cfg(test)]
mod tests {
    use super::{super::token::tokenize, *};

    fn tense(text: &str, mention: &str) -> Tense {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), &[], &mut tokens);
        let line = Line {
            text,
            tokens: &tokens,
            inner: |_, _, _| None,
        };
        let at = text.find(mention).expect("mention") as u32;
        let start = tokens.iter().position(|t| t.start == at).expect("token");
        ranked(
            introduced(&line, start),
            || clause(&line, start, start + 1).tense,
            || announced(&line, start),
        )
    }

    #[test]
    fn reads_the_clause() {
        for (text, want) in [
            ("Le ministre a annoncé lundi une réforme.", Tense::Past),
            ("Le ministre annoncera lundi une réforme.", Tense::Future),
            ("Elle doit se rendre lundi à Brest.", Tense::Future),
            ("Ils vont défiler lundi.", Tense::Future),
            ("Attendue lundi à Brest, elle a renoncé.", Tense::Future),
            ("La grève dure depuis lundi.", Tense::Past),
            ("La pluie tombait lundi sur Brest.", Tense::Past),
            (
                "Lors de l'annonce lundi à Brest, le maire a hésité.",
                Tense::Past,
            ),
            ("Une visite lundi a convaincu les élus.", Tense::Past),
            ("Elle l'annonce lundi à Brest.", Tense::Present),
            (
                "Lundi, les élus se sont réunis ; ils voteront ensuite.",
                Tense::Past,
            ),
            ("Le tribunal rendrait lundi sa décision.", Tense::Future),
            ("Il aurait quitté lundi son poste.", Tense::Past),
            ("Il déclara lundi que tout allait bien.", Tense::Past),
            ("Il montra lundi ses plans.", Tense::Past),
            ("Incendie lundi à la mairie.", Tense::Unknown),
            ("Réunion lundi à la mairie.", Tense::Future),
            ("A-t-il parlé lundi ?", Tense::Past),
        ] {
            let mention = if text.contains("Lundi") {
                "Lundi"
            } else {
                "lundi"
            };
            assert_eq!(tense(text, mention), want, "{text}");
        }
    }
}
