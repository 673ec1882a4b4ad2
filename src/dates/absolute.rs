//! Days, months and years written out: « vendredi 24 janvier 2025 »,
//! « 24/01/2025 », « 2025-01 », « en 2024 », « 2024-2025 ».

use super::{
    expr::{Cal, Dir, Expr, Hit, Unit},
    lexicon::{Word, unit},
    numerals, relative,
    token::Line,
};

/// A day of the month at `i`: « 12 », « 1er », « premier », « quinze ». Up to
/// 39, so that « 31 février » and « 32 août » are seen and found impossible.
pub(super) fn day_number(line: &Line, i: usize) -> Option<(u32, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Figures if t.len <= 2 && (1..=39).contains(&t.n) => {
            numerals::figures(line, i)?;
            let end = if numerals::is_ordinal_suffix(line, i + 1) {
                i + 2
            } else {
                i + 1
            };
            Some((t.n, end))
        }
        Word::Ordinal if t.n == 1 => Some((1, i + 1)),
        Word::Numeral => {
            let (n, end) = numerals::words(line, i)?;
            (2..=31).contains(&n).then_some((n as u32, end))
        }
        _ => None,
    }
}

/// A month's name at `i`; the full stop of an abbreviation belongs to it.
/// `after_day` allows « sept », else a numeral.
pub(super) fn month_name(line: &Line, i: usize, after_day: bool) -> Option<(u8, usize)> {
    let t = line.at(i);
    let dot = |end: usize| {
        if line.punct(end, '.') && !line.at(end).gap && !line.at(end + 1).elided {
            end + 1
        } else {
            end
        }
    };
    match t.word {
        Word::Month => Some((t.n as u8, i + 1)),
        Word::MonthAbbr => Some((t.n as u8, dot(i + 1))),
        Word::Numeral if t.n == 7 && after_day => {
            let stop = line.punct(i + 1, '.') && !line.at(i + 1).gap;
            let year = year_number(line, i + 1).is_some();
            (stop || year || line.is(i + 1, Word::End)).then(|| (9, dot(i + 1)))
        }
        _ => None,
    }
}

/// Four figures, or words from « mille » up, that can be a year.
pub(super) fn year_number(line: &Line, i: usize) -> Option<(i16, usize)> {
    let t = line.at(i);
    if t.word == Word::Figures {
        let (n, end) = numerals::figures(line, i)?;
        return (t.len == 4 && (1000..=2199).contains(&n)).then_some((n as i16, end));
    }
    if t.word == Word::Numeral {
        let (n, end) = numerals::words(line, i)?;
        return (1000..=2199)
            .contains(&n)
            .then_some((n as i16, end))
            .filter(|(_, e)| !line.is(*e, Word::Unit));
    }
    None
}

/// A weekday, whole or abbreviated, at `i`.
pub(super) fn weekday_name(line: &Line, i: usize) -> Option<(u8, usize)> {
    let t = line.at(i);
    match t.word {
        Word::Weekday if t.n <= 7 => Some((t.n as u8, i + 1)),
        // « Fos-sur-Mer, 22 août »
        Word::WeekdayAbbr if i == 0 || !line.hyphen(i - 1) => {
            let end = if line.punct(i + 1, '.') && !line.at(i + 1).gap {
                i + 2
            } else {
                i + 1
            };
            Some((t.n as u8, end))
        }
        _ => None,
    }
}

/// A year glued to what stands before it: « mars 2024 », « mars de l'an
/// dernier », « décembre 74 ». Figures that count something are none.
fn year_after(line: &Line, i: usize) -> Option<(YearPart, usize)> {
    if let Some((y, end)) = year_number(line, i)
        && !counts_something(line, end)
    {
        return Some((YearPart::Number(y), end));
    }
    // « de l'an dernier », « de cette année », « de la même année », « de 2024 »
    let mut j = i;
    if line.any(j, &[Word::De, Word::D]) {
        j += 1;
        if let Some((y, end)) = year_number(line, j)
            && !counts_something(line, end)
        {
            return Some((YearPart::Number(y), end));
        }
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some(hit) = relative::unit_phrase(line, j)
            && let Expr::Cal(
                cal @ Cal::Shift {
                    unit: Unit::Year, ..
                },
            ) = hit.expr
        {
            return Some((YearPart::Of(cal), hit.end));
        }
    }
    let t = line.at(i);
    let next = line.at(i + 1);
    if t.word == Word::Figures
        && t.len == 2
        && t.gap
        && (next.word == Word::End
            || next.word == Word::Punct
                && ".,;)\"".contains(char::from_u32(next.n).unwrap_or(' '))
                && line.at(i + 2).gap)
        && numerals::figures(line, i).is_some()
    {
        return Some((YearPart::Number(two_digits(t.n)), i + 1));
    }
    None
}

enum YearPart {
    Number(i16),
    Of(Cal),
}

/// The year that two figures stand for: 00–49 are of this century, as POSIX
/// and the newspapers of our time read them.
pub(super) fn two_digits(n: u32) -> i16 {
    if n < 50 {
        2000 + n as i16
    } else {
        1900 + n as i16
    }
}

/// The token at `i` is a plural noun or a unit, so the figures before it are
/// a count.
pub(super) fn counts_something(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    if matches!(t.word, Word::Unit | Word::Million) && t.n != unit::SECOND {
        return true;
    }
    if t.word == Word::Punct {
        return matches!(char::from_u32(t.n), Some('€' | '$' | '%' | '£' | '°' | '²'))
            || (t.n == u32::from(b'.') || t.n == u32::from(b','))
                && !t.gap
                && line.is(i + 1, Word::Figures)
                && !line.at(i + 1).gap;
    }
    if t.word != Word::Other || t.cap {
        return false;
    }
    let s = line.str(i);
    matches!(
        s,
        "euros"
            | "euro"
            | "m"
            | "km"
            | "mètres"
            | "kilos"
            | "kg"
            | "fr"
            | "francs"
            | "dollars"
            | "MW"
            | "GW"
            | "h"
    ) || (s.len() > 4
        && (s.ends_with('s') || s.ends_with("aux"))
        && !matches!(
            s,
            "alors"
                | "moins"
                | "après"
                | "depuis"
                | "toujours"
                | "jamais"
                | "puis"
                | "dans"
                | "sans"
                | "mais"
                | "ailleurs"
                | "sommes"
                | "avons"
                | "étions"
                | "avions"
                | "êtes"
                | "suis"
                | "êtais"
                | "avais"
                | "étais"
                | "contre"
                | "certains"
                | "plusieurs"
                | "autres"
                | "leurs"
                | "nous"
                | "vous"
                | "elles"
                | "ceux"
                | "celles"
                | "lors"
                | "parfois"
                | "quelques"
                | "envers"
                | "hors"
                | "dès"
                | "malgré"
                | "outre"
        )
        && !s.ends_with("ais")
        && !s.ends_with("ons"))
}

/// « dernier » and its like after a date.
pub(super) fn direction(line: &Line, i: usize) -> Option<(Dir, usize)> {
    let t = line.at(i);
    Some(match t.word {
        Word::Last => (Dir::Last, i + 1),
        Word::Past if t.accent || !t.cap => (Dir::Last, i + 1),
        Word::Next => (Dir::Next, i + 1),
        Word::Following => (Dir::Following, i + 1),
        Word::Preceding => (Dir::Preceding, i + 1),
        Word::D if line.is(i + 1, Word::Apres) && !line.hyphen(i + 2) => (Dir::Following, i + 2),
        Word::D if line.is(i + 1, Word::Avant) => (Dir::Preceding, i + 2),
        _ => return None,
    })
}

/// Words that put a date into the name of a street or a building.
fn inside_a_name(line: &Line, i: usize) -> bool {
    let (du, head) = (line.before(i, 1), line.before(i, 2));
    if !matches!(du.word, Word::Du | Word::De | Word::Des) || head.word == Word::End {
        return false;
    }
    let j = i - 2;
    const HEADS: &[&str] = &[
        "rue",
        "rues",
        "place",
        "avenue",
        "boulevard",
        "bd",
        "square",
        "quai",
        "impasse",
        "cours",
        "allee",
        "esplanade",
        "station",
        "college",
        "lycee",
        "ecole",
        "stade",
        "hopital",
        "metro",
        "parvis",
        "faubourg",
        "passage",
        "residence",
        "caserne",
        "chemin",
        "rond",
        "cite",
        "quartier",
        "stele",
        "espace",
        "gymnase",
    ];
    HEADS.iter().any(|h| line.folded(j, h)) || line.is(j, Word::Cours)
}

/// « [lundi] 12 mars [2024] », « 14-Juillet », « 1er mai prochain ».
pub(super) fn day_month(line: &Line, i: usize) -> Option<Hit> {
    let (mut weekday, mut j) = (None, i);
    let demonstrative = line.is(i, Word::Ce);
    if demonstrative {
        j += 1;
    }
    if let Some((w, end)) = weekday_name(line, j) {
        weekday = Some(w);
        j = end;
        if line.punct(j, ',') {
            j += 1;
        }
        if line.is(j, Word::Le) {
            j += 1;
        }
    }
    let day_at = j;
    let (day, after) = day_number(line, j)?;
    let hyphen = line.hyphen(after) && line.is(after + 1, Word::Month);
    let mut k = if hyphen { after + 1 } else { after };
    // « 3e jour d'octobre » is counted elsewhere; « 12 du mois de mars » here.
    if line.is(k, Word::Du)
        && line.at(k + 1).n == unit::MONTH
        && line.is(k + 1, Word::Unit)
        && line.any(k + 2, &[Word::De, Word::D])
    {
        k += 3;
    }
    let (month, mut end) = month_name(line, k, true)?;
    if inside_a_name(line, i) {
        return None;
    }
    // « Ce 1 mai » fine; « 20 Minutes », « 7 Mars » as a firm: the day decides.
    // « 11-Septembre », « Mouvement du 20-Février »: with a hyphen only the
    // national days are days of the year.
    const NATIONAL: [(u32, u8); 5] = [(14, 7), (1, 5), (8, 5), (11, 11), (15, 8)];
    if hyphen
        && !NATIONAL.contains(&(day, month))
        && year_number(line, line.skip_hyphen(end)).is_none()
    {
        return None;
    }
    if line.before(day_at, 1).word == Word::Figures && !line.at(day_at).gap {
        return None;
    }
    let (mut year, mut dir, mut of) = (
        None,
        if demonstrative { Dir::This } else { Dir::Open },
        None,
    );
    let y_at = if hyphen || line.punct(end, '/') && !line.at(end).gap {
        line.skip_hyphen(end)
    } else {
        end
    };
    if let Some((y, e)) = year_after(line, y_at) {
        match y {
            YearPart::Number(y) => year = Some(y),
            YearPart::Of(cal) => of = Some(cal),
        }
        end = e;
    } else if let Some((d, e)) = direction(line, end) {
        (dir, end) = (d, e);
    }
    if let (Some(y), true) = (year, before_christ(line, end) > end) {
        year = Some(1 - y);
        end = before_christ(line, end);
    }
    let cal = Cal::Day {
        weekday,
        day,
        month: Some(month),
        year,
        dir,
    };
    let cal = match of {
        Some(of) => Cal::Within {
            part: Box::new(cal),
            of: Box::new(of),
        },
        None => cal,
    };
    Hit::cal(i, end, "day_month", cal)
}

/// Past « av. J.-C. » and its like at `i`, or `i`.
pub(super) fn before_christ(line: &Line, i: usize) -> usize {
    let av = line.is(i, Word::Av) || line.is(i, Word::Avant);
    if !av {
        return i;
    }
    let mut j = i + 1;
    if line.punct(j, '.') {
        j += 1;
    }
    if line.is(j, Word::Jesus) {
        return if line.hyphen(j + 1) { j + 3 } else { j + 2 };
    }
    let start = j;
    while j < start + 5
        && (line.folded(j, "j") || line.folded(j, "c") || line.punct(j, '.') || line.hyphen(j))
    {
        j += 1;
    }
    if j > start + 1 && (line.folded(j - 1, "c") || line.folded(j - 2, "c")) {
        j
    } else {
        i
    }
}

/// « décembre 5 2014 », « fév 15, 2013 »: only with its year.
pub(super) fn month_day_year(line: &Line, i: usize) -> Option<Hit> {
    let (mut weekday, mut j) = (None, i);
    if let Some((w, end)) = weekday_name(line, i) {
        weekday = Some(w);
        j = if line.punct(end, ',') { end + 1 } else { end };
    }
    let (month, j) = month_name(line, j, false)?;
    let (day, j) = day_number(line, j)?;
    let j = if line.punct(j, ',') { j + 1 } else { j };
    let (year, end) = year_number(line, j)?;
    let cal = Cal::Day {
        weekday,
        day,
        month: Some(month),
        year: Some(year),
        dir: Dir::Open,
    };
    Hit::cal(i, end, "month_day_year", cal)
}

/// « 24/01/2025 », « 24.01.25 », « 2025-01-24 », « 2025-01 », « le 2/3 ».
pub(super) fn numeric(line: &Line, i: usize) -> Option<Hit> {
    let (mut weekday, mut j) = (None, i);
    if let Some((w, end)) = weekday_name(line, i) {
        weekday = Some(w);
        j = if line.punct(end, ',') { end + 1 } else { end };
    }
    let field = |k: usize| {
        let t = line.at(k);
        (t.word == Word::Figures && (k == j || !t.gap)).then_some((t.n, t.len))
    };
    let mark = |k: usize| {
        let t = line.at(k);
        let c = char::from_u32(t.n)?;
        (t.word == Word::Punct && !t.gap && "/.-".contains(c)).then_some(c)
    };
    let (a, la) = field(j)?;
    let sep = mark(j + 1)?;
    let (b, lb) = field(j + 2)?;
    let before = line.before(j, 1);
    let glued_before = !line.at(j).gap
        && before.word == Word::Punct
        && matches!(char::from_u32(before.n), Some('/' | '.' | '-' | ',' | ':'));
    if glued_before && line.before(j, 2).word == Word::Figures {
        return None;
    }
    let third = (mark(j + 3) == Some(sep)).then(|| field(j + 4)).flatten();
    let more = |k: usize| mark(k).is_some() && field(k + 1).is_some();
    let whole = |day: u32, month: u32, year: i16, end: usize| {
        let cal = Cal::Day {
            weekday,
            day,
            month: Some(month as u8),
            year: Some(year),
            dir: Dir::Open,
        };
        Hit::cal(i, end, "numeric_date", cal)
    };
    if let Some((c, lc)) = third {
        let end = j + 5;
        if more(end) {
            return None;
        }
        if la == 4
            && (1000..=2199).contains(&a)
            && (1..=12).contains(&b)
            && (1..=31).contains(&c)
            && lb == 2
            && lc == 2
        {
            return whole(c, b, a as i16, end);
        }
        if !(1..=31).contains(&a) || !(1..=12).contains(&b) || la > 2 || lb > 2 {
            return None;
        }
        if lc == 4 && (1000..=2199).contains(&c) {
            return whole(a, b, c as i16, end);
        }
        // Two figures for the year: versions look like it, so ask for more.
        let led =
            weekday.is_some() || matches!(before.word, Word::Le | Word::Du | Word::Au | Word::End);
        if lc == 2 && (sep == '/' || sep == '.' && led && la == 2 && lb == 2) {
            return whole(a, b, two_digits(c), end);
        }
        return None;
    }
    if more(j + 3) || mark(j + 3).is_some_and(|m| m != '.') && field(j + 4).is_some() {
        return None;
    }
    if la == 4
        && lb == 2
        && sep == '-'
        && (1000..=2199).contains(&a)
        && (1..=12).contains(&b)
        && weekday.is_none()
    {
        let run_on = (a + 1) % 100 == b;
        if !run_on {
            let cal = Cal::Month {
                month: b as u8,
                year: Some(a as i16),
                dir: Dir::Open,
            };
            return Hit::cal(i, j + 3, "iso_month", cal);
        }
    }
    // « le 2/3 » is a day; « 2/3 » alone a fraction.
    let led = weekday.is_some() || matches!(before.word, Word::Le | Word::Du | Word::Au);
    let fraction = line.any(j + 3, &[Word::De, Word::Des, Word::Du, Word::D]) && weekday.is_none();
    if sep == '/'
        && led
        && !fraction
        && la <= 2
        && lb <= 2
        && (1..=31).contains(&a)
        && (1..=12).contains(&b)
        && !line.is(j + 3, Word::Unit)
    {
        let cal = Cal::Day {
            weekday,
            day: a,
            month: Some(b as u8),
            year: None,
            dir: Dir::Open,
        };
        return Hit::cal(i, j + 3, "numeric_day_month", cal);
    }
    None
}

/// « mars 2024 », « mois de mars », « juin dernier », « mars ».
pub(super) fn month(line: &Line, i: usize) -> Option<Hit> {
    let mut j = i;
    let of_month = line.is(i, Word::Unit)
        && line.at(i).n == unit::MONTH
        && line.any(i + 1, &[Word::De, Word::D]);
    if of_month {
        j = i + 2;
    }
    let t = line.at(j);
    let abbreviated = t.word != Word::Month;
    // « sept. 2023 » without a day
    let (month, mut end) = if t.word == Word::Numeral
        && t.n == 7
        && line.punct(j + 1, '.')
        && year_number(line, j + 2).is_some()
    {
        (9, j + 2)
    } else {
        month_name(line, j, false)?
    };
    // The mission Mars 2020, the brand Avril: a noun leads the name.
    if t.cap
        && !of_month
        && line.is(j - usize::from(j > 0), Word::Other)
        && j > 0
        && !line.before(j, 1).cap
        && !line.str(j).chars().all(char::is_uppercase)
    {
        return None;
    }
    let year = year_after(line, end)
        .filter(|(y, e)| !matches!(y, YearPart::Number(_)) || line.at(*e - 1).len != 2);
    if let Some((y, e)) = year {
        end = e;
        let cal = |year| Cal::Month {
            month,
            year,
            dir: Dir::Open,
        };
        let cal = match y {
            YearPart::Number(y) => cal(Some(y)),
            YearPart::Of(of) => Cal::Within {
                part: Box::new(cal(None)),
                of: Box::new(of),
            },
        };
        return Hit::cal(i, end, "month_year", cal);
    }
    if abbreviated {
        return None;
    }
    if let Some((dir, e)) = direction(line, end) {
        return Hit::cal(
            i,
            e,
            "month_direction",
            Cal::Month {
                month,
                year: None,
                dir,
            },
        );
    }
    if !of_month && is_a_name(line, j) {
        return None;
    }
    let cal = Cal::Month {
        month,
        year: None,
        dir: Dir::Open,
    };
    Hit::cal(i, end, "month", cal)
}

/// A month's word that is a planet, a person or a firm: capital inside a
/// sentence, or beside another capitalised name.
fn is_a_name(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    let next = line.at(i + 1);
    // « marche » is no month, but « mars- » may begin a compound.
    if line.hyphen(i + 1) && !matches!(line.word(i + 2), Word::Month | Word::MonthAbbr)
        || i > 1 && line.hyphen(i - 1) && !line.any(i - 2, &[Word::Month, Word::Mi])
    {
        return true;
    }
    if !t.cap {
        return false;
    }
    if sentence_start(line, i) {
        // A sentence that opens with « Mars » is about the planet or the firm,
        // unless another month follows.
        let months = line.any(i + 2, &[Word::Month]);
        return next.word == Word::Other && next.cap
            || t.n == 3 && !months && line.tokens.len() > i + 1;
    }
    let shouted = line.str(i).chars().all(char::is_uppercase);
    let before = line.before(i, 1);
    let led = matches!(
        before.word,
        Word::En | Word::Debut | Word::Fin | Word::Mi | Word::Des2 | Word::Depuis
    );
    let weekday_style = matches!(before.word, Word::Weekday);
    if shouted || led && t.n != 3 || weekday_style {
        return false;
    }
    true
}

/// Token `i` opens its line or a sentence.
pub(super) fn sentence_start(line: &Line, i: usize) -> bool {
    let before = line.before(i, 1);
    match before.word {
        Word::End => true,
        Word::Punct => matches!(
            char::from_u32(before.n),
            Some('.' | '!' | '?' | '…' | '"' | ':' | '(' | '-' | '–' | '—' | '•')
        ),
        _ => false,
    }
}

/// « en 2024 », « l'année 2024 », « 2024-2025 », « (1955-2020) ».
pub(super) fn year(line: &Line, i: usize) -> Option<Hit> {
    let mut j = i;
    let named = line.is(i, Word::Unit) && line.at(i).n == unit::YEAR;
    if named {
        j = i + 1;
        // « an 2000 », « année 2024 »; « années 80 » is a decade.
        if line.str(i).ends_with('s') {
            return None;
        }
    }
    // « an 800 », « l'an 52 av. J.-C. »
    if named && line.at(j).word == Word::Figures && line.at(j).len <= 3 {
        let end = before_christ(line, j + 1);
        let y = line.at(j).n as i16;
        if line.str(i).ends_with("an") && line.at(j).len >= 2 && !counts_something(line, j + 1) {
            let y = if end > j + 1 { 1 - y } else { y };
            return Hit::cal(j, end, "year", Cal::Year(y));
        }
        return None;
    }
    let (y, mut end) = match year_number(line, j) {
        Some(found) => found,
        None => return ancient_year(line, i),
    };
    if line.at(j).word != Word::Figures
        && !named
        && !line.any_before(i, &[Word::En, Word::Depuis, Word::De, Word::Entre])
    {
        return None;
    }
    let bc = before_christ(line, end);
    if bc > end {
        return Hit::cal(j, bc, "year", Cal::Year(1 - y));
    }
    // « 2024-2025 », « 2015-19 », « 2018/2019 »
    if (line.dash(end) || line.punct(end, '/')) && line.is(end + 1, Word::Figures) {
        let (n, len) = (line.at(end + 1).n, line.at(end + 1).len);
        let spaced = line.at(end).gap || line.at(end + 1).gap;
        let to = match len {
            4 if (1000..=2199).contains(&n) => Some(n as i16),
            2 if !spaced => Some(y / 100 * 100 + n as i16),
            _ => None,
        };
        let glued_on = (line.dash(end + 2) || line.punct(end + 2, '/') || line.punct(end + 2, '.'))
            && !line.at(end + 2).gap
            && line.is(end + 3, Word::Figures)
            && !line.at(end + 3).gap;
        if let Some(to) = to
            && to > y
            && to - y < if line.punct(end, '/') { 3 } else { 150 }
            && !glued_on
            && !counts_something(line, end + 2)
        {
            end += 2;
            return Hit::new(
                j,
                end,
                "year_range",
                Expr::Range(Cal::Year(y), Cal::Year(to)),
            );
        }
        if !spaced {
            return None;
        }
    }
    if !named && !stands_as_year(line, j, end, y) {
        return None;
    }
    Hit::cal(i, end, "year", Cal::Year(y))
}

/// « en 930 », « vers 52 av. J.-C. ».
fn ancient_year(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    if t.word != Word::Figures || t.len > 3 || t.len < 2 {
        return None;
    }
    let end = before_christ(line, i + 1);
    if end > i + 1 {
        return Hit::cal(i, end, "year", Cal::Year(1 - t.n as i16));
    }
    let closes = line.is(i + 1, Word::End)
        || line.is(i + 1, Word::Punct)
            && !matches!(
                char::from_u32(line.at(i + 1).n),
                Some('%' | '-' | '/' | '\'' | '€' | '$' | '°')
            )
            && (line.at(i + 2).gap || line.is(i + 2, Word::End));
    (t.len == 3 && t.n > 200 && line.before(i, 1).word == Word::En && closes)
        .then(|| Hit::cal(i, i + 1, "year", Cal::Year(t.n as i16)))?
}

/// Four figures read as a year, from what stands around them.
fn stands_as_year(line: &Line, i: usize, end: usize, y: i16) -> bool {
    let before = line.before(i, 1);
    let t = line.at(i);
    let opens = before.word == Word::End
        || before.word == Word::Punct
            && "(\"–—[-".contains(char::from_u32(before.n).unwrap_or(' '));
    if !(t.gap || opens || before.elided) {
        return false;
    }
    if counts_something(line, end)
        || !line.at(end).gap
            && line.any(
                end,
                &[Word::Other, Word::Unit, Word::Blocked, Word::D, Word::L],
            )
    {
        return false;
    }
    // A glued mark with figures after it: 2000-12, 1500/3.
    let glued = line.at(end);
    if glued.word == Word::Punct
        && !glued.gap
        && !line.at(end + 1).gap
        && line.is(end + 1, Word::Figures)
    {
        return false;
    }
    if line.any(end, &[Word::Figures, Word::Million]) {
        return false;
    }
    match before.word {
        Word::En
        | Word::Depuis
        | Word::Jusqu
        | Word::Entre
        | Word::Fin
        | Word::Debut
        | Word::Courant
        | Word::Mi => true,
        Word::Des => false,
        Word::De | Word::D => {
            // « plus de 2000 », « près de 1500 »
            let two = line.before(i, 2);
            let counted = matches!(
                two.word,
                Word::Plus | Word::Moins | Word::Pres | Word::Approx | Word::Million
            );
            !counted && y >= 1400 && !next_is_lower_noun(line, end)
        }
        Word::A
        | Word::Pour
        | Word::Sur
        | Word::Vers
        | Word::Et
        | Word::Ou
        | Word::Des2
        | Word::Avant
        | Word::Apres
        | Word::Par
        | Word::Ici
        | Word::Horizon
        | Word::Environ => y >= 1400 && !next_is_lower_noun(line, end),
        Word::Les | Word::Le | Word::La | Word::Aux | Word::Quelques | Word::Ces | Word::Plus => {
            false
        }
        Word::Du | Word::Au | Word::L => false,
        Word::Punct => match char::from_u32(before.n) {
            Some('(') => y >= 1400 && !next_is_lower_noun(line, end),
            Some(',' | ';' | ':' | '–' | '—' | '"' | '•' | '·') => {
                (1700..=2100).contains(&y) && !next_is_lower_noun(line, end)
            }
            _ => false,
        },
        Word::End => (1800..=2100).contains(&y) && !next_is_lower_noun(line, end),
        // A noun before: « la rentrée 2023 », « les lauréats 2018 »; a name
        // before is a product or an edition: « Peugeot 2008 ».
        Word::Season | Word::Rentree | Word::Exercice | Word::Article
            if before.word != Word::Article =>
        {
            (1700..=2100).contains(&y)
        }
        Word::Other | Word::Feast | Word::Unit | Word::Next => {
            let word = line.str(i - 1);
            let lower = !before.cap;
            lower
                && word.chars().count() > 3
                && (1900..=2060).contains(&y)
                && !next_is_lower_noun(line, end)
                && !matches!(
                    word,
                    "page"
                        | "pages"
                        | "numéro"
                        | "quelque"
                        | "lettre"
                        | "norme"
                        | "modèle"
                        | "code"
                        | "version"
                        | "dossard"
                        | "chambre"
                        | "parcelle"
                        | "vers"
                        | "ligne"
                        | "plan"
                        | "compte"
                        | "comptait"
                        | "avec"
                        | "mesure"
                        | "pèse"
                        | "quelques"
                        | "presque"
                        | "avait"
                        | "sont"
                        | "avaient"
                        | "étaient"
                        | "dont"
                        | "dépasse"
                        | "formulaire"
                        | "directive"
                        | "bouteille"
                        | "touche"
                        | "atteint"
                        | "décret"
                        | "résolution"
                )
                && !word.ends_with("é")
                && !word.ends_with("és")
        }
        _ => false,
    }
}

/// A lower-case word follows that is neither a function word nor a verb form
/// we know: then figures before it may count it. Only words that look plural
/// were refused already; this asks for singular units.
fn next_is_lower_noun(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    t.word == Word::Other
        && !t.cap
        && matches!(
            line.str(i),
            "mètres" | "m" | "km" | "personnes" | "euros" | "places" | "hectares" | "tonnes"
        )
}

impl Line<'_> {
    /// The token before `i` is of one of `words`.
    pub fn any_before(&self, i: usize, words: &[Word]) -> bool {
        words.contains(&self.before(i, 1).word)
    }
}

/// « le 15 », « le 15 du mois », « lundi 15 »: a day without a month.
pub(super) fn bare_day(line: &Line, i: usize) -> Option<Hit> {
    let (mut weekday, mut j) = (None, i);
    let demonstrative = line.is(i, Word::Ce);
    if demonstrative {
        j += 1;
    }
    if let Some((w, end)) = weekday_name(line, j) {
        weekday = Some(w);
        j = end;
        if line.punct(j, ',') && line.is(j + 1, Word::Le) {
            j += 2;
        } else if line.is(j, Word::Le) {
            j += 1;
        }
    }
    let (day, end) = day_number(line, j)?;
    if day > 31 || line.at(j).word == Word::Ordinal {
        return None;
    }
    let t = line.at(end);
    let cal = Cal::Day {
        weekday,
        day,
        month: None,
        year: None,
        dir: if demonstrative { Dir::This } else { Dir::Open },
    };
    if weekday.is_some() {
        // « dimanche 30 minutes », « samedi 20 h 30 », « lundi 12 % »
        let no = matches!(
            t.word,
            Word::Unit
                | Word::Figures
                | Word::Month
                | Word::MonthAbbr
                | Word::Million
                | Word::Numeral
                | Word::AmPm
                | Word::Blocked
        ) || t.word == Word::Punct
            && (matches!(char::from_u32(t.n), Some('%' | '€' | '$' | ':' | '/')) && !t.gap
                || matches!(char::from_u32(t.n), Some('%' | '€' | '$'))
                || ",.-".contains(char::from_u32(t.n).unwrap_or(' '))
                    && !t.gap
                    && line.is(end + 1, Word::Figures)
                    && !line.at(end + 1).gap)
            || t.word == Word::Other && counts_something(line, end);
        return if no {
            None
        } else {
            Hit::cal(i, end, "weekday_day", cal)
        };
    }
    let before = line.before(i, 1);
    if !matches!(before.word, Word::Le | Word::Au | Word::Du) && !demonstrative {
        return None;
    }
    if line.is(end, Word::Du) && line.is(end + 1, Word::Unit) && line.at(end + 1).n == unit::MONTH {
        return Hit::cal(i, end + 2, "day_of_month", cal);
    }
    // « le 15 courant », « le 15 de ce mois »
    if line.is(end, Word::Courant) && line.at(end).gap {
        return Hit::cal(i, end + 1, "day_of_month", cal);
    }
    if line.is(j, Word::Numeral) {
        return None;
    }
    if line.is(end, Word::Au) && line.is(end + 1, Word::Part) && before.word == Word::Le {
        return Hit::cal(i, end, "day_alone", cal);
    }
    let open = before.word == Word::Le && !line.any(i.wrapping_sub(2), &[Word::De]);
    let closes = t.word == Word::End
        || t.word == Word::Punct
            && matches!(char::from_u32(t.n), Some('.' | ',' | ';' | ')' | '!' | '?'))
            && (line.at(end + 1).gap || line.is(end + 1, Word::End));
    let clock = line.any(end, &[Word::A, Word::Vers])
        && line.at(end + 1).word == Word::Figures
        && line.is(end + 2, Word::Unit)
        || line.is(end, Word::Jusqu)
        || line.is(end, Word::A) && line.is(end + 1, Word::Partir);
    // « à partir du 8 », « entre le 13 et le 18 »
    let limit = before.word == Word::Du
        && line.any(i.wrapping_sub(2), &[Word::Partir, Word::Compter])
        && closes;
    let between = before.word == Word::Le
        && line.any(i.wrapping_sub(2), &[Word::Entre])
        && line.is(end, Word::Et)
        && line.is(end + 1, Word::Le);
    if limit || between {
        return Hit::cal(i, end, "day_alone", cal);
    }
    (open && (closes || clock) && line.at(j).len > 0 || before.word == Word::Du && clock)
        .then(|| Hit::cal(i, end, "day_alone", cal))?
}

#[cfg(test)]
mod tests {
    use super::super::cases::*;

    #[test]
    fn days_months_years() {
        check(&[
            "Paru le [vendredi 24 janvier 2025|2025-01-24].",
            "PARU LE [VENDREDI 24 JANVIER 2025|2025-01-24]",
            "Vu le [6 nov. 2025|2025-11-06] à Metz.",
            "Né un [1er mai 1968|1968-05-01].",
            "Le [1er mai|2023-05-01] a été calme.",
            "Signé le [24/01/2025|2025-01-24] à Liège.",
            "Signé le [24.01.25|2025-01-24] à Liège.",
            "Version du [2025-01-24|2025-01-24].",
            "Le [7 decembre 2021|2021-12-07], sans accent.",
            "Le [quinze juin 2022|2022-06-15], en lettres.",
            "Le [2\u{a0}février\u{202f}2023|2023-02-02], espaces insécables.",
            "Il est mort le [14 juillet 1953|1953-07-14].",
            "Le [lundi, 11 mars 2024|2024-03-11].",
            "Reçu en [mars 2019|2019-03], rendu en [sept. 2020|2020-09].",
            "Il est parti en [novembre|2023-11].",
            "Elle partira en [novembre|2024-11].",
            "Les travaux ont commencé en [juin dernier|2023-06].",
            "La loi de [1905|1905] reste en vigueur.",
            "Elle a signé en [2019|2019].",
            "Bilan de l'[année 2021|2021].",
            "Le budget [2022-2025|2022/2025] est voté.",
            "Le mandat ([2015-19|2015/2019]) fut court.",
            "Rome fut fondée en [753 av. J.-C.|-0752], dit-on.",
            "Il a voté en [deux mille dix-sept|2017].",
            "La vente du [12 mars de l'an dernier|2023-03-12].",
            "Défilé du [14-Juillet|2023-07-14].",
            "Ouvert le [15|2024-03-15].",
            "Il viendra [lundi 18|2024-03-18].",
            "La fête du [29 février|2024-02-29].",
        ]);
    }

    #[test]
    fn impossible_days_keep_the_span_and_warn() {
        check(&[
            "Le [31 février 2024|null], dit-il.",
            "Le [32 août|null].",
            "Le [mardi 13 mars 2024|null].",
        ]);
        let found = super::super::find("Le 31 février 2024.", &Default::default());
        assert_eq!(found.warnings, ["impossible_date:31 février 2024"]);
    }

    #[test]
    fn without_a_precise_publication_date_nothing_is_guessed() {
        check_at(
            "2025-01",
            &[
                "Vu [hier|null] à Metz.",
                "Le [12 mars 2020|2020-03-12].",
                "Il est venu [lundi|XXXX-WXX-1].",
            ],
        );
        check_at(
            "2025",
            &[
                "Il est parti le [24 novembre|XXXX-11-24].",
                "Elle viendra en [mars|XXXX-03].",
            ],
        );
        check_at(
            "",
            &[
                "Il est parti le [24 novembre|XXXX-11-24].",
                "Vu [hier|null].",
                "En [2020|2020].",
            ],
        );
    }

    #[test]
    fn no_dates() {
        check(&[
            "La rue du 8-Mai-1945 est fermée.",
            "Il habite place du 4 Septembre.",
            "Le traumatisme du 11-Septembre demeure.",
            "Le professeur Mai enseigne à Lille.",
            "Avril Lavigne chante.",
            "La sonde tourne autour de Mars.",
            "Le groupe Mars vend du chocolat.",
            "Elle a gagné 6-3, 6-4.",
            "Appelez le 01 42 34 56 78.",
            "Appelez le 01.42.34.56.78.",
            "La version 2.0.12 est sortie.",
            "Il conduit une Peugeot 2008.",
            "Près de 2000 personnes ont défilé.",
            "Un chèque de 2000 euros.",
            "L'article 49.3 a servi.",
            "Voir https://exemple.fr/2024/03/12/titre ici.",
            "Suivez @Mai1968 ou #14juillet.",
            "La page 1984 manque.",
            "Le règlement 2016/679 protège.",
            "Une note de 12/20.",
            "L'altitude est de 1 850 mètres.",
        ]);
    }
}
