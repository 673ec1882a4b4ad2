//! What the guide of the corpus settles once (`models/compact-fr/corpus/GUIDE.md`), for
//! the rest of what the field has not learnt:
//!
//! - an institution and its place are one name: « la police de Dole »;
//! - a minister's portfolio is none: « ministre de l'Intérieur »;
//! - platforms are organisations, a disease with a name of its own is no place, a
//!   founder's name with « Design » behind it is a company;
//! - a surname and a first name behind it are one person, in a list with a comma between
//!   them (« Élus : Martin, Claire ; Durand, Paul »), in capitals without (« MARTIN
//!   Claire »);
//! - labels and notices of press databases are no names (« Load-Date: », « Tous droits
//!   réservés »);
//! - no name begins or ends with a pictograph or a sign of quotation.

use super::{
    consistency::{Span, Tokens},
    lexicon::Kind,
    reading::Readings,
    word::{Look, Word},
};
use crate::{
    fold::{fold, is_apostrophe},
    french::{WordSet, lexicon::english, sets::entities as sets},
    kinds::Label,
    text::{TokenKind, is_quote},
};

/// Score of a name that a rule makes of a part of it: about the share that is right
/// (33 of 35 institutions with their place in 2,500 articles of a news dump, read).
const JOINED: f32 = 0.9;

/// Most words of an institution before its place: « centre hospitalier universitaire ».
const HEAD: usize = 4;

/// Applies the rules in turn to spans sorted by their start; `texts` are the tokens as
/// they are read.
pub fn apply(tokens: &Tokens, texts: &Readings, spans: &mut Vec<Span>) {
    spans.retain_mut(|s| trimmed(tokens, texts, s) && !label_of_field(tokens, texts, s));
    for s in spans.iter_mut() {
        relabel(tokens, texts, s);
    }
    spans.retain(|s| !portfolio(texts, s));
    institutions(texts, spans);
    surnames(tokens, texts, spans);
}

/// Takes off what no name begins or ends with; `false` when nothing is left.
fn trimmed(tokens: &Tokens, texts: &Readings, s: &mut Span) -> bool {
    // « Le Figaro Tous droits réservés »
    let notice = |i: usize| {
        sets::NOTICE_STARTS.contains_folded(&texts[i])
            && texts
                .get(i + 1)
                .is_some_and(|t| sets::NOTICES.contains_folded(t))
    };
    if let Some(i) = (s.start..s.end).find(|i| notice(*i)) {
        s.end = i;
    }
    let bare = |i: usize| {
        tokens.analysis.tokens[i].kind == TokenKind::Mark
            && texts[i].chars().all(|c| is_pictograph(c) || is_quote(c))
    };
    while s.end > s.start && bare(s.end - 1) {
        s.end -= 1;
    }
    while s.end > s.start && bare(s.start) {
        s.start += 1;
    }
    s.end > s.start
}

/// Emoji and the signs that are set like them; none of them is a letter, a figure or a
/// mark of punctuation.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '©' | '®' | '™'
        // Arrows, technical signs, shapes, dingbats.
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        // What changes the sign before it: colour, joiner, keycap, tags.
        | '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}'
        | '\u{1f000}'..='\u{1faff}')
}

/// « Load-Date: », « Pg. 20 », « November 20 »: what a database writes before a value,
/// and the date behind it in English.
fn label_of_field(tokens: &Tokens, texts: &Readings, s: &Span) -> bool {
    let next = texts.get(s.end);
    let first = tokens
        .analysis
        .sentences
        .binary_search_by_key(&(s.start as u32), |r| r.start)
        .is_ok();
    if s.end - s.start == 1 && matches!(next, Some(".")) {
        return sets::PAGES.contains_folded(&texts[s.start]);
    }
    if first && matches!(next, Some(":")) {
        return sets::FIELD_LABELS.contains_folded(&joined(texts, s.start, s.end));
    }
    let number = |i: usize| tokens.analysis.tokens[i].kind == TokenKind::Number;
    s.end - s.start > 1
        && english::months::find(&fold(&texts[s.start])).is_some()
        && (s.start + 1..s.end).all(|i| number(i) || &texts[i] == ",")
}

/// The label of names that have one only.
fn relabel(tokens: &Tokens, texts: &Readings, s: &mut Span) {
    if s.label == Label::Per
        && s.end - s.start > 1
        && sets::COMPANY_TAILS.contains(&texts[s.end - 1])
    {
        s.label = Label::Org;
    }
    if s.end - s.start > 1 || s.label == Label::Per {
        return;
    }
    let word = &texts[s.start];
    let label = if sets::PLATFORMS.contains_folded(word) {
        Label::Org
    } else if tokens.words[s.start].look != Look::Lower && sets::DISEASES.contains_folded(word) {
        Label::Misc
    } else {
        return;
    };
    s.label = label;
}

/// « ministre de l'[Intérieur] », « secrétaire d'État chargée du [Numérique] ».
fn portfolio(texts: &Readings, s: &Span) -> bool {
    if s.label != Label::Org {
        return false;
    }
    let at = before(texts, s.start, &sets::AT, &sets::AT_FUSED);
    let Some(mut i) = of(texts, s.start).or(at) else {
        return false;
    };
    // « délégué auprès », « chargée », « déléguée ».
    while i > 0 && sets::CHARGED.contains_folded(&texts[i - 1]) {
        i -= 1;
    }
    (1..=3.min(i)).any(|k| sets::MINISTERS.contains_folded(&joined(texts, i - k, i)))
}

/// Where « de », « de la », « du », « des » before token `at` begins.
fn of(texts: &Readings, at: usize) -> Option<usize> {
    before(texts, at, &sets::OF, &sets::OF_FUSED)
}

/// Where a preposition, with or without an article, before token `at` begins.
fn before(texts: &Readings, at: usize, plain: &WordSet, fused: &WordSet) -> Option<usize> {
    let bare = |i: usize| texts[i].strip_suffix(is_apostrophe).unwrap_or(&texts[i]);
    let last = at.checked_sub(1)?;
    if plain.contains_folded(bare(last)) || fused.contains_folded(&texts[last]) {
        return Some(last);
    }
    let article = match texts[last].strip_suffix(is_apostrophe) {
        Some(word) => sets::ARTICLE_ELIDED.contains_folded(word),
        None => sets::FEMININE_ARTICLE.contains_folded(&texts[last]),
    };
    let first = last.checked_sub(1)?;
    (article && plain.contains_folded(bare(first))).then_some(first)
}

/// Tokens as one text, a space between them unless an apostrophe ends one.
fn joined(texts: &Readings, from: usize, to: usize) -> String {
    let mut out = String::new();
    for text in (from..to).map(|i| &texts[i]) {
        if !out.is_empty() && !out.ends_with(is_apostrophe) {
            out.push(' ');
        }
        out.push_str(text);
    }
    out
}

/// Makes one name of an institution and the place that was found behind it, where the
/// institution is the only one (« la police de Dole », not « un hôpital de Lyon »).
fn institutions(texts: &Readings, spans: &mut [Span]) {
    let mut taken = 0;
    for s in spans.iter_mut() {
        if s.label == Label::Loc
            && let Some(start) = institution(texts, s.start, taken)
        {
            s.start = start;
            s.label = Label::Org;
            s.score *= JOINED;
        }
        taken = s.end;
    }
}

fn institution(texts: &Readings, place: usize, taken: usize) -> Option<usize> {
    let end = of(texts, place)?;
    let free = end.checked_sub(taken)?;
    (1..=HEAD.min(free)).rev().map(|k| end - k).find(|start| {
        let definite = start.checked_sub(1).is_some_and(|before| {
            let word = &texts[before];
            match word.strip_suffix(is_apostrophe) {
                Some(word) => sets::ARTICLE_ELIDED.contains_folded(word),
                None => sets::DEFINITE.contains_folded(word),
            }
        });
        definite && sets::INSTITUTIONS.contains_folded(&joined(texts, *start, end))
    })
}

/// Makes one person of a surname and the first name behind it.
fn surnames(tokens: &Tokens, texts: &Readings, spans: &mut Vec<Span>) {
    let is = |i: usize, kinds: &[Kind]| {
        kinds
            .iter()
            .any(|k| tokens.words[i].kinds & 1 << *k as u32 != 0)
    };
    let first_name = |i: usize| tokens.words[i].look == Look::Capital && is(i, &[Kind::FirstName]);
    let capitals = |w: &Word| w.look == Look::Capitals;
    // « DUPONT Jean »
    for s in spans.iter_mut() {
        let last = s.end - 1;
        let all = last > s.start && (s.start..last).all(|i| capitals(&tokens.words[i]));
        let surname = is(s.start, &[Kind::Surname]) || !is(s.start, &NOT_SURNAMES);
        if all && surname && first_name(last) && !is(s.start, &[Kind::Acronym]) {
            s.label = Label::Per;
        }
    }
    let mut last = None;
    let mut i = 1;
    while i < spans.len() {
        let (a, b) = (spans[i - 1], spans[i]);
        let near = b.start == a.end + 1 && &texts[a.end] == ",";
        let people = a.label == Label::Per && b.label == Label::Per;
        let one = b.end - b.start == 1 && a.end - a.start <= 2 && first_name(b.start);
        let surname = capitals(&tokens.words[a.start])
            || a.end - a.start == 1 && !is(a.start, &[Kind::FirstName])
            || is(a.start, &[Kind::Surname]);
        let line = tokens
            .analysis
            .sentences
            .binary_search_by_key(&(a.start as u32), |r| r.start)
            .is_ok();
        let before = a.start.checked_sub(1).map(|j| &texts[j]);
        let opens = line
            || before
                .is_some_and(|t| matches!(t, ":" | ";" | "(" | "•" | "-" | "–" | "—" | "|" | "/"))
            || last == a.start.checked_sub(1)
                && before.is_some_and(|t| sets::LAST_OF_LIST.contains(t));
        let ends = tokens
            .analysis
            .sentences
            .binary_search_by_key(&(b.end as u32), |r| r.end)
            .is_ok();
        let closes = ends
            || texts.get(b.end).is_some_and(|t| {
                matches!(t, ";" | ")" | "." | "|" | "/") || sets::LAST_OF_LIST.contains(t)
            });
        let listed = opens && closes || capitals(&tokens.words[a.start]);
        if near && people && one && surname && listed {
            last = Some(b.end);
            spans[i - 1].end = b.end;
            spans[i - 1].score = a.score.max(b.score);
            spans.remove(i);
        } else {
            i += 1;
        }
    }
}

/// What a word in capitals before a first name may be instead of a surname.
const NOT_SURNAMES: [Kind; 9] = [
    Kind::Acronym,
    Kind::CommonAcronym,
    Kind::Company,
    Kind::Media,
    Kind::Team,
    Kind::Institution,
    Kind::Product,
    Kind::Town,
    Kind::Country,
];

#[cfg(test)]
mod tests {
    use super::{
        super::{
            hash, lexicon,
            reading::plain,
            word::{InOrder, Knowledge, Scratch, WIDTHS},
        },
        *,
    };
    use crate::text::analyse;

    /// A few words that the lists have.
    struct Few;

    impl Knowledge for Few {
        fn clusters(&self, _: &str) -> Option<[u16; WIDTHS]> {
            None
        }

        fn kinds(&self, wanted: u64) -> Option<u32> {
            const WORDS: [(&str, Kind); 7] = [
                ("claire", Kind::FirstName),
                ("paul", Kind::FirstName),
                ("odile", Kind::FirstName),
                ("valdon", Kind::Surname),
                ("mersec", Kind::Surname),
                ("sntx", Kind::Acronym),
                ("rolva", Kind::Company),
            ];
            let of = |word: &str| hash::mix(lexicon::START, hash::text(word));
            let found = WORDS.iter().find(|(word, _)| of(word) == wanted);
            found.map(|(_, kind)| 1 << *kind as u32)
        }
    }

    /// Applies the rules to a text with `[LABEL name]` marks, and marks it again.
    fn applied(case: &str) -> String {
        let (mut text, mut given) = (String::new(), Vec::new());
        for (i, part) in case.split(['[', ']']).enumerate() {
            let Some((label, name)) = part.split_once(' ').filter(|_| i % 2 == 1) else {
                text.push_str(part);
                continue;
            };
            given.push((
                text.len(),
                text.len() + name.len(),
                crate::eval::entities::label(label),
            ));
            text.push_str(name);
        }
        let analysis = analyse(&text);
        let texts = plain(&text, &analysis);
        let words: Vec<Word> = texts
            .iter()
            .map(|t| Word::read(t, &Few, &mut Scratch::default(), &mut Default::default()))
            .collect();
        let mut spans: Vec<Span> = given
            .into_iter()
            .map(|(start, end, label)| Span {
                start: analysis
                    .tokens
                    .iter()
                    .position(|t| t.start as usize == start)
                    .unwrap(),
                end: analysis
                    .tokens
                    .iter()
                    .position(|t| t.end as usize == end)
                    .unwrap()
                    + 1,
                label: label.unwrap(),
                score: 0.9,
            })
            .collect();
        let ids: Vec<u32> = (0..).take(words.len()).collect();
        let tokens = Tokens {
            analysis: &analysis,
            words: InOrder {
                ids: &ids,
                words: &words,
            },
        };
        apply(&tokens, &texts, &mut spans);
        let (mut out, mut at) = (String::new(), 0);
        for s in &spans {
            let (start, end) = (
                analysis.tokens[s.start].start as usize,
                analysis.tokens[s.end - 1].end as usize,
            );
            out += &text[at..start];
            out += &format!(
                "[{} {}]",
                format!("{:?}", s.label).to_uppercase(),
                &text[start..end]
            );
            at = end;
        }
        out + &text[at..]
    }

    #[test]
    fn rules_of_the_guide() {
        for (given, wanted) in [
            (
                "La police de [LOC Mersec] enquête.",
                "La [ORG police de Mersec] enquête.",
            ),
            (
                "L'hôpital de la [LOC Roselle] ouvre.",
                "L'[ORG hôpital de la Roselle] ouvre.",
            ),
            (
                "Il saisit le tribunal de commerce d'[LOC Orvel].",
                "Il saisit le [ORG tribunal de commerce d'Orvel].",
            ),
            (
                "La ministre déléguée à la [ORG Ville] part.",
                "La ministre déléguée à la Ville part.",
            ),
            (
                "Le secrétaire d'État chargé du [ORG Numérique] part.",
                "Le secrétaire d'État chargé du Numérique part.",
            ),
            ("Posté sur [MISC Instagram].", "Posté sur [ORG Instagram]."),
            (
                "L'épidémie de [LOC Covid-19].",
                "L'épidémie de [MISC Covid-19].",
            ),
            (
                "Une [PER Odile Valdon Racing] roule.",
                "Une [ORG Odile Valdon Racing] roule.",
            ),
            (
                "Élus : [PER Valdon], [PER Claire] ; [PER Mersec], [PER Paul].",
                "Élus : [PER Valdon, Claire] ; [PER Mersec, Paul].",
            ),
            (
                "[PER Valdon], [PER Claire] et [PER Mersec], [PER Paul]",
                "[PER Valdon, Claire] et [PER Mersec, Paul]",
            ),
            (
                "Selon [PER VALDON], [PER Claire], c'est fait.",
                "Selon [PER VALDON, Claire], c'est fait.",
            ),
            ("Par [ORG VALDON Claire]", "Par [PER VALDON Claire]"),
            (
                "© [ORG Le Veilleur Tous] droits réservés",
                "© [ORG Le Veilleur] Tous droits réservés",
            ),
            (
                "[LOC Load-Date]: [MISC November 20], 2024",
                "Load-Date: November 20, 2024",
            ),
            (
                "Section: [LOC FRANCE]; [ORG Pg]. 20",
                "Section: [LOC FRANCE]; Pg. 20",
            ),
            (
                "Vive [LOC Orvel ❤️] et \"[MISC Nadja\"]",
                "Vive [LOC Orvel] ❤️ et \"[MISC Nadja]\"",
            ),
        ] {
            assert_eq!(applied(given), wanted);
        }
    }

    #[test]
    fn what_only_looks_like_it() {
        for case in [
            "Un hôpital de [LOC Mersec] ouvre.",
            "La police arrivée de [LOC Mersec] enquête.",
            "L'école de la police à [LOC Mersec] ouvre.",
            "La cour de l'[LOC Orvel] est pavée.",
            "Le maire de [LOC Mersec] et les gendarmes d'[LOC Orvel].",
            "Le ministère de l'[ORG Intérieur] part.",
            "Selon [PER Valdon], [PER Claire] et [PER Paul] sont là.",
            "Hier [PER Odile], [PER Claire] et [PER Paul] sont là.",
            "Par [ORG SNTX Claire]",
            "La [ORG ROLVA Claire] roule.",
            "Mersec : [LOC Orvel] est loin.",
            "[ORG Canal+] et [ORG Yahoo !]",
        ] {
            assert_eq!(applied(case), case);
        }
    }
}
