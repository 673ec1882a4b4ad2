//! Lines that were broken at a fixed width: by PDF, OCR or mail.
//!
//! A line break is undone where the text tells that its author made none:
//! - in a paragraph that is filled like wrapped prose: nearly every line has no
//!   room for the first word of the next, and most of those go on in lower case;
//! - behind a word that cannot end a line of its own (« le », « de », « 12 »
//!   before « % »), or a word cut at its hyphen;
//! - before a line in lower case, when the line is long, or full for its
//!   neighbours, and the sentence comes to its stop further down.
//!
//! Headings, lists, tables, verse and addresses fail these: their lines have
//! room, begin with capitals or bullets, or never come to a stop.

use super::patch::Mend;
use crate::{
    fold::fold,
    french::{
        lexicon::{
            calendar::{months, weekdays},
            numbers::numerals,
        },
        sets::text as sets,
    },
};

/// Code points of the widest column of wrapped prose; longer lines are
/// paragraphs.
const WIDEST: usize = 160;

/// Code points from which a column is prose and not a list.
const NARROWEST: usize = 30;

/// From this many code points on, a line without a stop is no heading that a
/// line in lower case could stand under.
const LONG: usize = 60;

/// Of ten breaks of wrapped prose, those behind a full line.
const FULL_OF_TEN: usize = 9;

/// What a word is cut with.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{ad}'];

/// A line without the blanks at its ends.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The line breaks of `text` that are none, in order.
pub(super) fn mends(text: &str) -> Vec<Mend> {
    let mut out = Vec::new();
    let mut block = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let inner = raw.trim();
        if inner.is_empty() {
            unwrap(&block, &mut out);
            block.clear();
        } else {
            let start = at + (raw.len() - raw.trim_start().len());
            block.push(Line { text: inner, start });
        }
        at += raw.len();
    }
    unwrap(&block, &mut out);
    out
}

/// Looks at the lines between two blank ones.
fn unwrap(block: &[Line], out: &mut Vec<Mend>) {
    let Some(last) = block.len().checked_sub(1) else {
        return;
    };
    let goes: Vec<bool> = block
        .windows(2)
        .map(|w| goes_on(w[0].text, w[1].text))
        .collect();
    let bound: Vec<bool> = block
        .windows(2)
        .map(|w| is_bound(w[0].text, w[1].text))
        .collect();
    let name: Vec<bool> = block
        .windows(2)
        .map(|w| may_cut_name(w[0].text, w[1].text))
        .collect();
    let any = |of: &[bool]| of.contains(&true);
    if !any(&goes) && !any(&bound) && !any(&name) {
        return;
    }
    let lengths: Vec<usize> = block.iter().map(|l| l.text.chars().count()).collect();
    let room = |i: usize| lengths[i] + 1 + first_word(block[i + 1].text).chars().count();
    let prose = is_prose(block, &lengths, &goes, &room);
    let mut i = 0;
    while i < last {
        // A run of lines each of which may go on in the next.
        let from = i;
        while i < last && (goes[i] || bound[i] || name[i]) {
            i += 1;
        }
        let width = lengths[from..=i].iter().copied().max().unwrap_or(0);
        let stops = ends_sentence(block[i].text);
        for k in from..i {
            let full = room(k) > width;
            let soft = goes[k] && stops && (full || lengths[k] >= LONG);
            let near = 3 * room(k) >= 2 * width;
            let cut = name[k] && stops && near && width <= WIDEST;
            let filled = prose.is_some_and(|width| room(k) > width);
            if bound[k] || soft || cut || filled {
                out.push(join(block[k], block[k + 1]));
            }
        }
        // The line behind a run of none is reached here too.
        if i < last {
            if prose.is_some_and(|width| room(i) > width) && !is_item(block[i + 1].text) {
                out.push(join(block[i], block[i + 1]));
            }
            i += 1;
        }
    }
}

/// The width of the column, where these lines are wrapped prose.
fn is_prose(
    block: &[Line],
    lengths: &[usize],
    goes: &[bool],
    room: &dyn Fn(usize) -> usize,
) -> Option<usize> {
    let width = lengths.iter().copied().max()?;
    if block.len() < 3 || !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    // A paragraph may end anywhere: only breaks inside sentences tell.
    let inside: Vec<usize> = (0..goes.len())
        .filter(|i| !ends_sentence(block[*i].text))
        .collect();
    let full = inside.iter().filter(|i| room(**i) > width).count();
    let lower = inside.iter().filter(|i| goes[**i]).count();
    (inside.len() >= 2 && full * 10 >= inside.len() * FULL_OF_TEN && lower * 2 >= inside.len())
        .then_some(width)
}

/// Whether the next line could be the rest of this one: no stop, then lower
/// case.
fn goes_on(line: &str, next: &str) -> bool {
    !ends_sentence(line)
        && !line.ends_with([':', ';'])
        && next
            .trim_start_matches(['«', '(', '"', '\u{a0}', ' '])
            .starts_with(char::is_lowercase)
        && !is_item(next)
        && !is_address(next)
}

/// Whether the two are one whatever stands around them: a word or an amount is
/// cut, or a word stands at the end that needs another.
fn is_bound(line: &str, next: &str) -> bool {
    let Some(first) = next.chars().next() else {
        return false;
    };
    if is_item(next) || is_address(next) {
        return false;
    }
    if is_cut(line) {
        // « Saint- / Malo », but not a heading between dashes.
        let bare = line.trim_end_matches(HYPHENS);
        let capitals = last_word(bare).starts_with(char::is_uppercase)
            && !sets::STARTERS.contains(first_word_letters(next));
        return !is_item(line) && (first.is_lowercase() || first.is_uppercase() && capitals);
    }
    let digit = line.ends_with(|c: char| c.is_ascii_digit());
    if matches!(first, '%' | '€' | '‰') {
        return digit || is_numeral(last_word(line));
    }
    if !first.is_alphanumeric() {
        return false;
    }
    let word = last_word(line);
    if sets::NEVER_LAST.contains(word) || is_elided(line) {
        // Alone on its line it is something else: a column, a label.
        return word.len() < line.len();
    }
    let year = next.get(..4).is_some_and(|y| {
        y.bytes().all(|b| b.is_ascii_digit())
            && !next[4..].starts_with(|c: char| c.is_alphanumeric())
    });
    if year && is_month(word) {
        return line.len() > word.len();
    }
    let unit = first_word_letters(next);
    if digit || is_numeral(word) {
        return first.is_lowercase()
            && (sets::BEFORE_UNIT.contains_folded(unit) || is_month(unit) || is_numeral(unit));
    }
    // « lundi / 4 mai ».
    let mut words = next.split_whitespace();
    weekdays::find(&fold(word)).is_some_and(|r| !r.short)
        && words
            .next()
            .is_some_and(|d| d.len() <= 2 && d.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_some_and(is_month)
}

fn is_month(word: &str) -> bool {
    months::find(&fold(word)).is_some_and(|r| !r.agenda)
}

fn is_numeral(word: &str) -> bool {
    numerals::find(&fold(word)).is_some()
}

/// Whether a first name could end this line and its surname begin the next:
/// « le président Jeanne / Martin a … ».
fn may_cut_name(line: &str, next: &str) -> bool {
    let word = last_word(line);
    let before = line[..line.len() - word.len()].trim_end();
    let capital = |s: &str| s.starts_with(char::is_uppercase);
    let small = |s: &str| s.chars().skip(1).any(char::is_lowercase);
    let first = first_word_letters(next);
    capital(word)
        && small(word)
        && last_word(before).starts_with(char::is_lowercase)
        && !before.ends_with([':', ';', '.', '!', '?', '»'])
        && capital(first)
        && small(first)
        && !sets::STARTERS.contains(first)
        && next[first.len()..]
            .trim_start()
            .starts_with(char::is_lowercase)
}

fn join(line: Line, next: Line) -> Mend {
    let bytes = line.text;
    let mut start = line.end();
    let mut with = Some(' ');
    if is_cut(bytes) {
        with = None;
        let bare = bytes.trim_end_matches(HYPHENS);
        let right = first_word_letters(next.text);
        let kept = right.starts_with(char::is_uppercase)
            || sets::BEFORE_HYPHEN.contains_folded(last_word(bare))
            || sets::AFTER_HYPHEN.contains_folded(right);
        if !kept || bytes.ends_with('\u{ad}') {
            start = line.start + bare.len();
        }
    } else if is_elided(bytes) {
        with = None;
    }
    Mend {
        start,
        end: next.start,
        with,
    }
}

/// Whether a line ends in an elided word: « l' ».
fn is_elided(line: &str) -> bool {
    line.strip_suffix(['\'', '’'])
        .is_some_and(|l| sets::ELIDED.contains(&last_word(l).to_lowercase()))
}

/// Whether a line ends in a letter and a hyphen.
fn is_cut(line: &str) -> bool {
    line.strip_suffix(HYPHENS)
        .is_some_and(|l| l.ends_with(char::is_alphabetic))
}

/// Whether a sentence may end with this line.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['»', '"', '”', ')', ']', ' ', '\u{a0}', '\u{202f}'])
        .ends_with(['.', '!', '?', '…'])
}

/// « - », « • », « b) », « 3. »: a line of a list.
fn is_item(line: &str) -> bool {
    let word = first_word(line);
    line.starts_with(['-', '–', '—', '•', '*', '·', '>', '|', '#', '+'])
        || word.ends_with(')') && !word.contains('(') && word.chars().count() <= 4
        || word.ends_with('.') && word.chars().count() <= 3
}

fn is_address(line: &str) -> bool {
    let word = first_word(line);
    word.contains(['@', '/']) || word.starts_with("www.")
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn first_word_letters(line: &str) -> &str {
    let end = line
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(line.len());
    &line[..end]
}

/// The letters at the end of a line.
fn last_word(line: &str) -> &str {
    let start = line
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(line.len(), |(i, _)| i);
    &line[start..]
}

#[cfg(test)]
mod tests {
    use crate::text::view::View;

    /// `¶` is a break that stays, `/` one that is undone for a space.
    fn check(case: &str) {
        let text = case.replace(['/', '¶'], "\n");
        let read = case.replace('/', " ").replace('¶', "\n");
        assert_eq!(View::new(None, &text).text(), read, "of {text:?}");
    }

    #[test]
    fn broken_lines_are_one() {
        for case in [
            // One break in a sentence.
            "Le musée a reçu 4 millions/de visiteurs.",
            "Le musée a rouvert le 3/mai dernier à Metz.",
            "Il est parti le 14 avril/2023 pour Brest.",
            "Le taux est passé de 8/% à 9 %",
            "La facture monte à 1 500/euros par foyer.",
            "Un don de 2 milliards/d'euros",
            "Le 12/mars, la halle de Metz a rouvert ses portes.",
            "Le conseil se tiendra lundi/4 mai à la mairie.",
            "Elle vit à Metz avec sa/Mère",
            // A name.
            "La ministre Jeanne/Martin viendra à Metz.",
            "Le maire Bruno/Martin est venu à Metz.",
            // Wrapped prose: capitals and figures too.
            "La mairie a annoncé que les travaux du pont/\
             commenceraient au printemps, après que Jean/\
             Dupont les eut confiés à une entreprise de/\
             Nantes. Le chantier coûtera 12 millions et/\
             durera deux ans.",
        ] {
            check(case);
        }
    }

    #[test]
    fn words_are_cut_at_hyphens() {
        for (text, read) in [
            (
                "Elle a trois mil-\nlions d'amis.",
                "Elle a trois millions d'amis.",
            ),
            ("à Saint-\nMalo hier", "à Saint-Malo hier"),
            ("la vice-\nprésidente", "la vice-présidente"),
            ("Qu'a-t-\nelle dit ?", "Qu'a-t-elle dit ?"),
            ("Où va-\nt-il ?", "Où va-t-il ?"),
            ("le gouver\u{ad}\nnement", "le gouvernement"),
        ] {
            assert_eq!(View::new(None, text).text(), read);
        }
    }

    #[test]
    fn lines_of_their_own_stay() {
        for case in [
            // Headings and bylines.
            "La halle a brûlé¶Un incendie l'a ravagée samedi soir.",
            "La halle a brûlé¶par Anne Martin",
            "Mort de Zola¶L'écrivain est décédé hier, dans son lit, à Paris.",
            "Il pleut.¶il vente.",
            // Lists.
            "Au menu :¶pommes¶poires et fraises.",
            "- un euro¶- deux euros",
            "a) le prix¶b) le poids.",
            "pain¶beurre¶confiture maison",
            // A heading that ends in a figure, or between dashes.
            "Douze blessés en 2019¶Un appel a été lancé.",
            "On y sera.''¶Bernard a conclu.",
            "Tous pour un¶Une suite est prévue.",
            "-Les suites à la Cour-¶Après une pause, le procès reprend.",
            // Verse.
            "Sur la route longue et grise¶un enfant¶regarde passer les trains du soir.",
            // Addresses, tables.
            "Mairie de Metz¶1 place d'Armes¶57000 Metz",
            "Paris  12¶Lyon   13¶Nancy  14",
            // A blank line parts everything.
            "Le musée de¶¶la ville",
        ] {
            check(case);
        }
    }
}
