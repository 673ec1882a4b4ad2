//! The words that time expressions are made of, one table.
//!
//! Keys are folded: lower case, no accents, `œ` as `oe`, at most 16 bytes. A
//! folded key may stand for two words (« à » and « a », « été » and « ete »);
//! [`super::token::Token::accent`] tells them apart.

use crate::calendar;
use std::sync::LazyLock;

/// What a word is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub(super) enum Word {
    /// Not in the table.
    Other,
    /// A run of figures; the token's `n` is its value.
    Figures,
    /// Punctuation; `n` is the code point.
    Punct,
    /// Inside a URL, a handle, or a span the caller blocked.
    Blocked,
    /// Past the end of the line.
    End,
    // Calendar names; `n` is the number.
    Month, MonthAbbr, Weekday, WeekdayAbbr, Season, Unit, Part, Feast,
    // Numerals; `n` is the value.
    Numeral, Approx, Ordinal, Half, Quarter,
    // Adjectives of direction.
    Last, Next, Past, Following, Preceding, Same, Current,
    // Deictic and anaphoric words; `n` is days + 8.
    Deictic, TextDay,
    // Vague references; `n` is 0 past, 1 present, 2 future.
    Ref,
    // Function words.
    De, D, Du, Des, Le, La, Les, L, Un, Au, Aux, A, En, Dans, Par, Pour, Sur, Vers, Ce, Cet, Cette,
    Ces, Et, Ou, Il, Y, Jusqu, Jusque, Depuis, Des2, Avant, Apres, Pendant, Durant, Entre, Sous,
    Ici, Chaque, Tous, Toutes, Fois, Plus, Moins, Tot, Tard, Auparavant, Quelques, Environ, Debut,
    Fin, Milieu, Mi, Courant, Cours, Week, Saint, Nouvel, Fete,
    Rentree, Qui, Venir, Pile, AmPm, Compter, Partir, Alentours, Autour,
    Million, Av, Horizon, Exercice, Vacances, Pres,
    Adverb, Peu, Tout, Plusieurs, Lever, Coucher, Soleil, Tombee, Petit,
    Pleine, Jesus, Article, Meal,
}

/// Calendar units, in the `n` of [`Word::Unit`].
pub(super) mod unit {
    pub const SECOND: u32 = 0;
    pub const MINUTE: u32 = 1;
    pub const HOUR: u32 = 2;
    pub const DAY: u32 = 3;
    pub const WEEK: u32 = 4;
    pub const MONTH: u32 = 5;
    pub const QUARTER: u32 = 6;
    pub const HALF: u32 = 7;
    pub const YEAR: u32 = 8;
    pub const DECADE: u32 = 9;
    pub const CENTURY: u32 = 10;
    pub const MILLENNIUM: u32 = 11;
    pub const FORTNIGHT: u32 = 12;
    pub const NIGHT: u32 = 13;
    pub const WEEKEND: u32 = 14;
    pub const SEASON: u32 = 15;
}

/// Parts of the day, in the `n` of [`Word::Part`].
pub(super) mod part {
    pub const MORNING: u32 = 0;
    pub const AFTERNOON: u32 = 1;
    pub const EVENING: u32 = 2;
    pub const NIGHT: u32 = 3;
    pub const NOON: u32 = 4;
    pub const MIDNIGHT: u32 = 5;
    pub const DAWN: u32 = 6;
    pub const DUSK: u32 = 7;
}

/// Feasts, in the `n` of [`Word::Feast`].
pub(super) mod feast {
    pub const CHRISTMAS: u32 = 0;
    pub const EASTER: u32 = 1;
    pub const ALL_SAINTS: u32 = 2;
    pub const ASSUMPTION: u32 = 3;
    pub const ASCENSION: u32 = 4;
    pub const PENTECOST: u32 = 5;
    pub const NEW_YEAR: u32 = 6;
    pub const NEW_YEARS_EVE: u32 = 7;
    pub const LABOUR: u32 = 8;
    pub const SHROVE_TUESDAY: u32 = 9;
    pub const ASH_WEDNESDAY: u32 = 10;
    pub const GOOD_FRIDAY: u32 = 11;
    pub const EASTER_MONDAY: u32 = 12;
    pub const WHIT_MONDAY: u32 = 13;
    pub const PALM_SUNDAY: u32 = 14;
    pub const MAUNDY_THURSDAY: u32 = 15;
    pub const EPIPHANY: u32 = 16;
    pub const CANDLEMAS: u32 = 17;
    pub const VALENTINE: u32 = 18;
    pub const ALL_SOULS: u32 = 19;
    pub const CHRISTMAS_EVE: u32 = 21;
    pub const SAINT_JOHN: u32 = 23;
    pub const HALLOWEEN: u32 = 24;
    pub const HOLY_SATURDAY: u32 = 26;
    pub const SAINT_NICHOLAS: u32 = 27;
}

use Word::*;

/// Folded word, class, number.
#[rustfmt::skip]
const WORDS: &[(&str, Word, u32)] = &[
    ("printemps", Season, 0), ("ete", Season, 1), ("automne", Season, 2), ("hiver", Season, 3),
    // units
    ("seconde", Unit, unit::SECOND), ("secondes", Unit, unit::SECOND), ("sec", Unit, unit::SECOND), ("s", Unit, unit::SECOND),
    ("minute", Unit, unit::MINUTE), ("minutes", Unit, unit::MINUTE), ("min", Unit, unit::MINUTE), ("mn", Unit, unit::MINUTE), ("mins", Unit, unit::MINUTE),
    ("heure", Unit, unit::HOUR), ("heures", Unit, unit::HOUR), ("h", Unit, unit::HOUR), ("hrs", Unit, unit::HOUR),
    ("jour", Unit, unit::DAY), ("jours", Unit, unit::DAY), ("journee", Unit, unit::DAY), ("journees", Unit, unit::DAY),
    ("semaine", Unit, unit::WEEK), ("semaines", Unit, unit::WEEK),
    ("mois", Unit, unit::MONTH), ("trimestre", Unit, unit::QUARTER), ("trimestres", Unit, unit::QUARTER),
    ("semestre", Unit, unit::HALF), ("semestres", Unit, unit::HALF),
    ("an", Unit, unit::YEAR), ("ans", Unit, unit::YEAR), ("annee", Unit, unit::YEAR), ("annees", Unit, unit::YEAR),
    ("decennie", Unit, unit::DECADE), ("decennies", Unit, unit::DECADE),
    ("siecle", Unit, unit::CENTURY), ("siecles", Unit, unit::CENTURY),
    ("millenaire", Unit, unit::MILLENNIUM), ("millenaires", Unit, unit::MILLENNIUM),
    ("quinzaine", Unit, unit::FORTNIGHT), ("nuits", Unit, unit::NIGHT),
    ("weekend", Unit, unit::WEEKEND), ("weekends", Unit, unit::WEEKEND),
    ("saison", Unit, unit::SEASON), ("saisons", Unit, unit::SEASON),
    // parts of the day
    ("matin", Part, part::MORNING), ("matinee", Part, part::MORNING), ("matins", Part, part::MORNING), ("matinees", Part, part::MORNING),
    ("soir", Part, part::EVENING), ("soiree", Part, part::EVENING), ("soirs", Part, part::EVENING), ("soirees", Part, part::EVENING),
    ("nuit", Part, part::NIGHT), ("midi", Part, part::NOON), ("minuit", Part, part::MIDNIGHT),
    ("aube", Part, part::DAWN), ("aurore", Part, part::DAWN), ("aurores", Part, part::DAWN), ("crepuscule", Part, part::DUSK),
    ("aprem", Part, part::AFTERNOON),
    ("dejeuner", Meal, 0), ("diner", Meal, 1), ("souper", Meal, 1),
    // numerals
    ("un", Un, 1), ("une", Un, 1), ("deux", Numeral, 2), ("trois", Numeral, 3), ("quatre", Numeral, 4), ("cinq", Numeral, 5),
    ("six", Numeral, 6), ("sept", Numeral, 7), ("huit", Numeral, 8), ("neuf", Numeral, 9), ("dix", Numeral, 10),
    ("onze", Numeral, 11), ("douze", Numeral, 12), ("treize", Numeral, 13), ("quatorze", Numeral, 14), ("quinze", Numeral, 15),
    ("seize", Numeral, 16), ("vingt", Numeral, 20), ("vingts", Numeral, 20), ("trente", Numeral, 30), ("quarante", Numeral, 40),
    ("cinquante", Numeral, 50), ("soixante", Numeral, 60), ("septante", Numeral, 70), ("huitante", Numeral, 80),
    ("octante", Numeral, 80), ("nonante", Numeral, 90), ("cent", Numeral, 100), ("cents", Numeral, 100),
    ("mille", Numeral, 1000), ("mil", Numeral, 1000), ("zero", Numeral, 0),
    ("dizaine", Approx, 10), ("douzaine", Approx, 12), ("vingtaine", Approx, 20), ("trentaine", Approx, 30),
    ("quarantaine", Approx, 40), ("cinquantaine", Approx, 50), ("soixantaine", Approx, 60), ("centaine", Approx, 100), ("huitaine", Approx, 8), ("millier", Approx, 1000),
    ("million", Million, 1_000_000), ("millions", Million, 1_000_000), ("milliard", Million, 1_000_000_000), ("milliards", Million, 1_000_000_000),
    ("milliers", Other, 0),
    ("demi", Half, 0), ("demie", Half, 0), ("demies", Half, 0), ("demis", Half, 0), ("quart", Quarter, 1), ("quarts", Quarter, 1),
    ("premier", Ordinal, 1), ("premiere", Ordinal, 1), ("premiers", Ordinal, 1), ("premieres", Ordinal, 1), ("second", Ordinal, 2), ("seconds", Ordinal, 2),
    ("deuxieme", Ordinal, 2), ("troisieme", Ordinal, 3), ("quatrieme", Ordinal, 4), ("cinquieme", Ordinal, 5), ("sixieme", Ordinal, 6),
    ("septieme", Ordinal, 7), ("huitieme", Ordinal, 8), ("neuvieme", Ordinal, 9), ("dixieme", Ordinal, 10), ("onzieme", Ordinal, 11),
    ("douzieme", Ordinal, 12), ("treizieme", Ordinal, 13), ("quatorzieme", Ordinal, 14), ("quinzieme", Ordinal, 15), ("seizieme", Ordinal, 16),
    ("dix-septieme", Ordinal, 17), ("vingtieme", Ordinal, 20),
    // direction
    ("dernier", Last, 0), ("derniere", Last, 0), ("derniers", Last, 1), ("dernieres", Last, 1),
    ("prochain", Next, 0), ("prochaine", Next, 0), ("prochains", Next, 1), ("prochaines", Next, 1),
    ("passe", Past, 0), ("passee", Past, 0), ("passes", Past, 1), ("passees", Past, 1), ("ecoule", Past, 0), ("ecoulee", Past, 0), ("ecoules", Past, 1), ("ecoulees", Past, 1),
    ("suivant", Following, 0), ("suivante", Following, 0), ("suivants", Following, 1), ("suivantes", Following, 1),
    ("precedent", Preceding, 0), ("precedente", Preceding, 0), ("precedents", Preceding, 1), ("precedentes", Preceding, 1),
    ("meme", Same, 0), ("memes", Same, 1), ("present", Current, 0), ("actuel", Current, 0), ("actuelle", Current, 0),
    // deictic
    ("hier", Deictic, 7), ("demain", Deictic, 9), ("aujourdhui", Deictic, 8),
    ("lendemain", TextDay, 9), ("surlendemain", TextDay, 10), ("veille", TextDay, 7),
    ("actuellement", Ref, 1), ("recemment", Ref, 0), ("bientot", Ref, 2), ("prochainement", Ref, 2), ("jadis", Ref, 0),
    ("naguere", Ref, 0), ("autrefois", Ref, 0), ("dernierement", Ref, 0), ("incessamment", Ref, 2),
    // function words
    ("de", De, 0), ("d", D, 0), ("du", Du, 0), ("des", Des, 0), ("le", Le, 0), ("la", La, 0), ("les", Les, 0), ("l", L, 0),
    ("au", Au, 0), ("aux", Aux, 0), ("a", A, 0), ("en", En, 0), ("dans", Dans, 0), ("par", Par, 0), ("pour", Pour, 0), ("sur", Sur, 0),
    ("vers", Vers, 0), ("ce", Ce, 0), ("cet", Cet, 0), ("cette", Cette, 0), ("ces", Ces, 0), ("et", Et, 0), ("ou", Ou, 0),
    ("il", Il, 0), ("y", Y, 0), ("ya", Y, 1), ("jusqu", Jusqu, 0), ("jusque", Jusque, 0), ("depuis", Depuis, 0), ("avant", Avant, 0), ("apres", Apres, 0),
    ("pendant", Pendant, 0), ("durant", Durant, 0), ("entre", Entre, 0), ("sous", Sous, 0), ("ici", Ici, 0), ("chaque", Chaque, 0),
    ("tous", Tous, 0), ("toutes", Toutes, 0), ("fois", Fois, 0), ("plus", Plus, 0), ("moins", Moins, 0), ("tot", Tot, 0), ("tard", Tard, 0),
    ("auparavant", Auparavant, 0), ("quelques", Quelques, 0), ("quelque", Quelques, 1), ("environ", Environ, 0), ("debut", Debut, 0), ("fin", Fin, 0),
    ("milieu", Milieu, 0), ("mi", Mi, 0), ("courant", Courant, 0), ("cours", Cours, 0), ("week", Week, 0), ("end", Week, 1), ("ends", Week, 2),
    ("saint", Saint, 0), ("sainte", Saint, 1), ("st", Saint, 0), ("nouvel", Nouvel, 0), ("fete", Fete, 0), ("rentree", Rentree, 0), ("qui", Qui, 0), ("venir", Venir, 0),
    ("pile", Pile, 0), ("precises", Pile, 0), ("am", AmPm, 0), ("pm", AmPm, 12),
    ("compter", Compter, 0), ("partir", Partir, 0), ("alentours", Alentours, 0), ("autour", Autour, 0), ("av", Av, 0), ("avjc", Av, 1), ("jesus", Jesus, 0), ("horizon", Horizon, 0),
    ("exercice", Exercice, 0), ("vacances", Vacances, 0), ("pres", Pres, 0), ("peu", Peu, 0), ("tout", Tout, 0), ("plusieurs", Plusieurs, 0),
    ("lever", Lever, 0), ("coucher", Coucher, 0), ("soleil", Soleil, 0), ("tombee", Tombee, 0), ("petit", Petit, 0), ("pleine", Pleine, 0), ("pascal", Other, 0),
    ("article", Article, 0), ("art", Article, 0), ("articles", Article, 0),
    ("quotidiennement", Adverb, unit::DAY), ("hebdomadairement", Adverb, unit::WEEK), ("mensuellement", Adverb, unit::MONTH), ("annuellement", Adverb, unit::YEAR),
    // feasts
    ("noel", Feast, feast::CHRISTMAS), ("paques", Feast, feast::EASTER), ("toussaint", Feast, feast::ALL_SAINTS), ("assomption", Feast, feast::ASSUMPTION),
    ("ascension", Feast, feast::ASCENSION), ("pentecote", Feast, feast::PENTECOST), ("epiphanie", Feast, feast::EPIPHANY), ("chandeleur", Feast, feast::CANDLEMAS),
    ("halloween", Feast, feast::HALLOWEEN),
    // weekday abbreviations
    ("lun", WeekdayAbbr, 1), ("mer", WeekdayAbbr, 3), ("jeu", WeekdayAbbr, 4), ("ven", WeekdayAbbr, 5), ("sam", WeekdayAbbr, 6), ("dim", WeekdayAbbr, 7), ("mar", WeekdayAbbr, 2),
    ("lundis", Weekday, 101), ("mardis", Weekday, 102), ("mercredis", Weekday, 103), ("jeudis", Weekday, 104), ("vendredis", Weekday, 105), ("samedis", Weekday, 106), ("dimanches", Weekday, 107),
];

/// A folded word packed into sixteen bytes.
pub(super) type Key = u128;

/// Folds `word` into a [`Key`]; `None` when it is longer than the table's keys.
pub(super) fn key(word: &str) -> Option<Key> {
    let mut key: Key = 0;
    let mut len = 0;
    for c in word.chars() {
        let folded = fold_char(c)?;
        for b in folded.bytes() {
            if len == 16 {
                return None;
            }
            key = key << 8 | Key::from(b);
            len += 1;
        }
    }
    Some(key)
}

/// The unaccented lower-case form of a letter of French; `None` for others.
pub(super) fn fold_char(c: char) -> Option<&'static str> {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz";
    if c.is_ascii_alphabetic() {
        let i = (c.to_ascii_lowercase() as u8 - b'a') as usize;
        return Some(&ASCII[i..=i]);
    }
    Some(match c {
        'À'..='Å' | 'à'..='å' => "a",
        'Ç' | 'ç' => "c",
        'È'..='Ë' | 'è'..='ë' => "e",
        'Ì'..='Ï' | 'ì'..='ï' => "i",
        'Ñ' | 'ñ' => "n",
        'Ò'..='Ö' | 'ò'..='ö' => "o",
        'Ù'..='Ü' | 'ù'..='ü' => "u",
        'Ý' | 'ý' | 'ÿ' => "y",
        'Œ' | 'œ' => "oe",
        'Æ' | 'æ' => "ae",
        // Combining accents of decomposed text.
        '\u{300}'..='\u{30f}' | '\u{327}' => "",
        _ => return None,
    })
}

const SLOTS: usize = 2048;

struct Table {
    slots: Vec<(Key, Word, u32)>,
}

fn slot(key: Key) -> usize {
    let mixed =
        (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 53) as usize
}

impl Table {
    fn insert(&mut self, word: &str, class: Word, n: u32) {
        let Some(k) = key(word) else { return };
        let mut i = slot(k);
        while self.slots[i].0 != 0 {
            if self.slots[i].0 == k {
                return;
            }
            i = (i + 1) % SLOTS;
        }
        self.slots[i] = (k, class, n);
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut t = Table {
        slots: vec![(0, Other, 0); SLOTS],
    };
    // The words above win over the calendar's abbreviations: « sept » is a
    // number first, and the date grammar reads it as a month after a day.
    for (w, class, n) in WORDS {
        t.insert(w, *class, *n);
    }
    for (name, n) in calendar::MONTHS {
        let class =
            if name.chars().count() > 4 || ["mai", "mars", "juin", "août", "aout"].contains(name) {
                Month
            } else {
                MonthAbbr
            };
        t.insert(name, class, u32::from(*n));
    }
    for (name, n) in [("sep", 9), ("jui", 7), ("jul", 7)] {
        t.insert(name, MonthAbbr, n);
    }
    for (name, n) in calendar::WEEKDAYS {
        t.insert(name, Weekday, u32::from(*n));
    }
    t
});

/// The class and number of a folded word.
#[inline]
pub(super) fn look_up(k: Key) -> (Word, u32) {
    let slots = &TABLE.slots;
    let mut i = slot(k);
    loop {
        let (found, class, n) = slots[i];
        if found == k {
            return (class, n);
        }
        if found == 0 {
            return (Other, 0);
        }
        i = (i + 1) % SLOTS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        for w in ["décembre", "DÉCEMBRE", "Decembre", "de\u{301}cembre"] {
            assert_eq!(look_up(key(w).unwrap()), (Month, 12), "{w}");
        }
        assert_eq!(look_up(key("sept").unwrap()), (Numeral, 7));
        assert_eq!(look_up(key("maison").unwrap()), (Other, 0));
        assert_eq!(key("anticonstitutionnellement"), None);
    }

    #[test]
    fn every_key_fits_and_is_found() {
        for (w, class, _) in WORDS {
            if let Some(k) = key(w) {
                assert_ne!(look_up(k).0 == Other, *class != Other, "{w}");
            }
        }
    }
}
