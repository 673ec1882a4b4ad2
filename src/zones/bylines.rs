//! Who wrote the article: « Par Jeanne Morel, le 4 mai 2024 », « (avec AFP) ».

use super::{
    lines::Line,
    words::{Class, Word, is_initial, words},
};
use crate::french::sets::{
    article,
    zones::{bylines as sets, captions},
};
use std::ops::Range;

/// The longest byline, in bytes.
const LONGEST: usize = 160;
/// The longest byline in capitals, in words: « PAR JEANNE MOREL ».
const CAPITALS: usize = 4;
/// The longest job behind a name, in words: « Par Jeanne Morel, envoyée spéciale ».
const JOB: usize = 6;
/// The longest line of a desk, in bytes.
const DESK: usize = 250;
/// The longest mark of writers, in bytes: « jmo-alt/bpe/cor ».
const MARK: usize = 60;

/// Whether a line says who wrote the article and nothing else.
pub fn is(line: &Line) -> bool {
    let text = line.text.trim_matches(['*', '_', '|', ' ']);
    let text = without_stop(text);
    let ends = text.ends_with(['!', '?', '…', ':', ';', ',', '»', '"'])
        || text.ends_with('.') && !text.ends_with(". .");
    if text.len() <= DESK && is_desk(text) {
        return true;
    }
    if text.len() > LONGEST {
        return false;
    }
    if is_mark(text) || is_initials(text) || is_agency(text) {
        return true;
    }
    let stop = ends && !ends_in_initial(text);
    // « ENQUÊTE DE LA RÉPRESSION DES FRAUDES »: capitals tell no names, « TEXTE : » does.
    if !text.contains(char::is_lowercase) {
        let labelled = || {
            sets::SIGNED
                .begins(text)
                .is_some_and(|end| text[..end].ends_with(':'))
        };
        return !stop
            && (sets::BY.begins(text).is_some() || labelled())
            && words(text).len() <= CAPITALS
            && is_signed(text);
    }
    !stop && (is_signed(text) || is_dated(text))
}

/// « Photos : Marc Olivé »: below a byline it says who wrote the article too.
pub fn is_photographer(line: &Line) -> bool {
    let label = captions::LABELS.begins(line.text);
    label.is_some_and(|end| {
        let names_of = |rest| {
            let words = words(rest);
            names(&words).is_some_and(|names| names.end == words.len())
        };
        let rest = line.text[end..].trim_start();
        rest.strip_prefix(':').is_some_and(names_of)
    })
}

/// « Article rédigé par Roger Pineau, correspondant local. »: a sentence, and a byline.
fn without_stop(text: &str) -> &str {
    let bare = text
        .strip_suffix('.')
        .filter(|bare| sets::CLOSING.begins(bare).is_some());
    bare.unwrap_or(text)
}

/// « (Reportage Inès Faure, version française Tom Le Gall, édité par Ali Nour) »: what each of
/// a desk has done, in brackets.
fn is_desk(text: &str) -> bool {
    let inner = text.strip_prefix(['(', '[']).and_then(|text| {
        let text = text.trim_end_matches('.');
        text.strip_suffix([')', ']'])
    });
    inner.is_some_and(|inner| {
        inner.split([',', ';']).all(|part| {
            let part = part.trim();
            sets::DESK.begins(part).is_some_and(|end| {
                let words = words(part[end..].trim_start_matches([':', ' ', '\u{a0}']));
                names(&words).is_some_and(|names| is_tail(&words[names.end..]))
            })
        })
    })
}

/// The agency in brackets that a paragraph ends with: « … a-t-il dit. (avec AFP) ».
pub fn tail(line: &Line) -> Option<Range<usize>> {
    let text = line.text.strip_suffix('.').unwrap_or(line.text);
    let open = text.strip_suffix(')')?.rfind('(')?;
    // « l'Agence France-Presse (AFP). » only spells its name.
    let with = || sets::WITH.begins(&text[open + 1..]).is_some();
    let over = || {
        text[..open]
            .trim_end()
            .ends_with(['.', '!', '?', '"', '»', '”', '…'])
    };
    let agency = open > 0 && text.len() - open <= MARK && (over() || with());
    (agency && is_agency(&text[open..])).then_some(line.start + open..line.start + text.len())
}

/// « jmo-alt/bpe/cor »: letters in lower case, two to four of each writer.
fn is_mark(text: &str) -> bool {
    text.len() <= MARK
        && text.contains('/')
        && text
            .split(['/', '-'])
            .all(|w| (2..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_lowercase()))
        && text.split(['/', '-']).count() >= 2
        && !sets::UNITS.contains(text)
}

/// « P. C. », « J.-M. D. »
fn is_initials(text: &str) -> bool {
    if text.len() > 3 * 6 {
        return false;
    }
    let words = words(text);
    (2..=3).contains(&words.len())
        && text.ends_with('.')
        && words
            .iter()
            .all(|w| w.class == Class::Name && w.text.ends_with('.') && w.text.len() <= 6)
}

/// « Par Jeanne M. »
fn ends_in_initial(text: &str) -> bool {
    text.ends_with('.') && is_initial(text, text.len() - 1)
}

/// « AFP », « (avec AFP) », « La rédaction avec Reuters »
fn is_agency(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', ' ', '.']);
    let mut rest = bare;
    let mut agency = false;
    loop {
        rest = rest.trim_start_matches([' ', '\u{a0}', '/', ',', '-', '–', '+', '|']);
        if rest.is_empty() {
            return agency;
        }
        if let Some(end) = sets::AGENCIES.begins(rest) {
            agency = true;
            rest = &rest[end..];
        } else if let Some(end) = sets::WITH
            .begins(rest)
            .or_else(|| sets::OFFICES.begins(rest))
        {
            rest = &rest[end..];
        } else {
            return false;
        }
    }
}

/// « Par Jeanne Morel, urbaniste », « Propos recueillis par Simon Vernet », « Texte et
/// photos : I. Calvez », « Écrit par Julien Faure avec Élodie Sarrat »
fn is_signed(text: &str) -> bool {
    let Some((end, sure)) = sets::SIGNED
        .begins(text)
        .map(|end| (end, true))
        .or_else(|| Some((sets::BY.begins(text)?, false)))
    else {
        return false;
    };
    let rest = text[end..].trim_start_matches([':', ' ', '\u{a0}']);
    let words = words(rest);
    let Some(names) = names(&words) else {
        return false;
    };
    // « Par Toulouse » may be a way, « Publié par Colette » is not.
    let enough = names.count >= 2 || sure || names.office;
    enough && is_tail(&words[names.end..])
}

/// What names a byline begins with.
struct Names {
    /// Words with a capital letter.
    count: usize,
    /// Whether an office or an agency is among them: « la rédaction ».
    office: bool,
    /// One past the last word.
    end: usize,
}

fn names(words: &[Word]) -> Option<Names> {
    let mut names = Names {
        count: 0,
        office: false,
        end: 0,
    };
    let mut i = 0;
    while let Some(word) = words.get(i) {
        let lower = word.text.to_lowercase();
        let joins = sets::JOINS.contains(&lower)
            || matches!(word.class, Class::Sign('&' | '/' | '|' | '-' | '–'));
        let next_is_name = || {
            words.get(i + 1).is_some_and(|next| {
                next.class == Class::Name || sets::JOINS.contains(&next.text.to_lowercase())
            })
        };
        if sets::OFFICE_WORDS.contains(&lower) {
            names.office = true;
            names.end = i + 1;
        } else if word.class == Class::Name {
            names.count += 1;
            names.end = i + 1;
        } else if !(joins || word.class == Class::Sign(',') && names.count > 0 && next_is_name()) {
            break;
        }
        i += 1;
    }
    (names.count > 0 || names.office).then_some(names)
}

/// What may stand behind the names: nothing, a job, a place, a date.
fn is_tail(words: &[Word]) -> bool {
    let dated = |words: &[Word]| words.iter().all(|w| !matches!(w.class, Class::Other));
    match words {
        [] => true,
        // « , urbaniste », « (avec Agreste) », « , envoyé spécial à Goma »
        [
            Word {
                class: Class::Sign(',' | '('),
                ..
            },
            rest @ ..,
        ] if rest.len() <= JOB => rest
            .iter()
            .all(|w| !matches!(w.class, Class::Sign('.' | ':' | '«' | '"'))),
        _ => dated(words),
    }
}

/// « Jeanne Morel | Publié le 5.03.2024 à 10h25 », « AFP, publié le mardi 4 juin », « 21
/// juin 2015, rédigé par Monique »: a name, a date, and what stands around them.
fn is_dated(text: &str) -> bool {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let words = words(text);
    let has = |class: Class| words.iter().any(|w| w.class == class);
    let other = words.iter().filter(|w| w.class == Class::Other).count();
    let date = has(Class::Date) || has(Class::Calendar) && has(Class::Figures);
    let names = words.iter().filter(|w| w.class == Class::Name).count();
    let published = words
        .iter()
        .any(|w| article::PUBLISHED.contains(&w.text.to_lowercase()));
    // What a sentence has and a byline has not.
    let sentence = words.iter().any(|w| {
        matches!(
            w.class,
            Class::Sign('.' | '!' | '?' | ';' | '«' | '"' | '%' | '€')
        )
    });
    if other > 0 || sentence || !date || !(1..=6).contains(&names) {
        return false;
    }
    let by = has(Class::By);
    let apart = words.windows(2).any(|pair| {
        pair[0].class == Class::Name
            && matches!(
                pair[1].class,
                Class::Sign('|' | '-' | '–' | '•' | '·' | ',')
            )
    });
    by || published && apart && words[0].class == Class::Name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines::lines;

    #[test]
    fn who_wrote_it() {
        for (text, expected) in [
            ("Par Jeanne Morel", true),
            ("PAR JEANNE MOREL", true),
            ("Par Jeanne M.", true),
            ("Par Jeanne Morel, envoyée spéciale à Metz", true),
            ("Par Jeanne Morel et Tom de La Tour", true),
            ("Publié par Colette à 16:52", true),
            ("Posté par admin le 4 mai 2024", true),
            ("Rédigé par La Rédaction le Vendredi 8 Mars 2013", true),
            ("Publié le 02/09/2023 à 05:10 par Julie Gasc", true),
            ("Jeanne Morel | Publié le 5.03.2024 à 10h25", true),
            ("Propos recueillis par Simon Vernet", true),
            ("La rédaction avec AFP", true),
            ("(avec Reuters)", true),
            ("jmo-alt/bpe/cor", true),
            ("J.-P. M.", true),
            ("TEXTE : JEANNE MOREL", true),
            (
                "Article rédigé par Jeanne Morel, correspondante locale.",
                true,
            ),
            ("[Édité par Jeanne Morel]", true),
            (
                "(Reportage Jeanne Morel, version française Tom Ly, édité par Ali Nour)",
                true,
            ),
            ("(Rédigé par Jeanne Morel à Metz, avec Tom Ly à Rome)", true),
            // Articles say these, and a time alone is no byline.
            ("(Reportage sur les halles de Metz, avec des photos)", false),
            ("(avec les élus de Metz, qui ont dit non)", false),
            ("Publié le 4 mai 2024 à 18h32", false),
            ("Par Toulouse", false),
            ("Par ailleurs, Jeanne Morel a démissionné", false),
            ("Publié par Gallimard en 1951, le livre reparaît.", false),
            ("UNE FOIRE PROMISE PAR LE MAIRE POUR LE 3 MAI", false),
            ("Avec Jean Moulin", false),
            ("km/h", false),
        ] {
            assert_eq!(is(&lines(text)[0]), expected, "{text}");
        }
    }

    #[test]
    fn an_agency_at_the_end_of_a_paragraph() {
        for (text, expected) in [
            ("Le vent a soufflé mardi. (avec AFP)", Some("(avec AFP)")),
            ("« Il a plu », dit-il. (AFP).", Some("(AFP)")),
            (
                "Le vent a soufflé, selon l'Agence France-Presse (AFP).",
                None,
            ),
            ("Lisbonne (AFP) – Le Portugal emprunte", None),
        ] {
            assert_eq!(tail(&lines(text)[0]).map(|b| &text[b]), expected, "{text}");
        }
    }
}
