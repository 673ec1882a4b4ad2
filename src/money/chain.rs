//! The numbers beside a unit: one, a range, or a list that shares scale and
//! unit.

use super::phrases::Window;
use crate::french::sets::money as sets;
use crate::numbers::chars::{
    BLANKS, dash_before, letter_at, letter_before, skip_spaces, skip_spaces_back, word_start,
};
use crate::numbers::line_start;
use crate::numbers::quantity::{self, Abbreviations, Quantity};
use crate::numbers::run::{self, Starts};
use crate::numbers::words::{self, Numeral};
use crate::text::is_invisible;
use rust_decimal::Decimal;

/// The word or sign between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    To,
    Dash,
    And,
    Or,
    Comma,
    Slash,
}

/// What the numbers beside a unit amount to.
// Lives on the stack for one unit: a box would cost more than the copy.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numbers {
    /// One number.
    One(Quantity),
    /// A range, in the order of the text.
    Range(Quantity, Quantity),
    /// Numbers that share the unit, from left to right.
    List([Option<Quantity>; LIST]),
}

/// Members of a list, at most.
pub const LIST: usize = 6;

impl Numbers {
    /// The last number, which the unit follows.
    pub fn last(&self) -> Option<Quantity> {
        match self {
            Self::One(q) | Self::Range(_, q) => Some(*q),
            Self::List(items) => items.iter().flatten().last().copied(),
        }
    }
}

/// The members of a list, each with the end of its mention: the last one takes the
/// unit, which ends at `end`.
pub fn members(
    items: [Option<Quantity>; LIST],
    end: usize,
) -> impl Iterator<Item = (Quantity, usize)> {
    let count = items.iter().flatten().count();
    let ends = move |(i, q): (usize, Quantity)| (q, if i + 1 == count { end } else { q.end });
    items.into_iter().flatten().enumerate().map(ends)
}

/// The numbers that end at the unit at byte `unit`, none before `floor`.
/// `starts` is scratch.
pub fn before(text: &str, unit: usize, floor: usize, starts: &mut Starts) -> Option<Numbers> {
    run::run_before(text, unit, floor, starts);
    if starts.is_empty() {
        return None;
    }
    let mut items: [Option<(Quantity, Joint)>; LIST] = [None; LIST];
    let mut len = 0;
    let mut cursor = floor;
    for start in starts.iter() {
        if start < cursor {
            continue;
        }
        let Some(q) = quantity::parse_at(text, start, Abbreviations::Before(unit)) else {
            continue;
        };
        if q.end > unit {
            continue;
        }
        let q = with_leading_mark(text, q, floor);
        let joint = items[..len]
            .last()
            .copied()
            .flatten()
            .and_then(|(last, _)| joint_of(&text[last.end..q.start]));
        if joint.is_none() {
            len = 0;
        }
        if len == LIST {
            items.rotate_left(1);
            len -= 1;
        }
        items[len] = Some((q, joint.unwrap_or(Joint::Comma)));
        len += 1;
        cursor = q.end;
    }
    let (last, joint) = items[..len].last().copied().flatten()?;
    let scaled = last.power > 0 || last.approximate || takes_de(&last);
    let listed = len > 1 && joint == Joint::Slash;
    let alone = |q: &Quantity, listed| stands_alone(text, q, floor, listed);
    if !quantity::reaches(text, last.end, unit, scaled) || !alone(&last, listed) {
        return None;
    }
    if listed {
        let slashes = items[1..len].iter().flatten();
        let whole = slashes.clone().all(|(_, j)| *j == Joint::Slash);
        let first = items[0].filter(|(q, _)| whole && alone(q, false))?;
        return slashed(&items[..len], first.0, last);
    }
    let previous = len.checked_sub(2).and_then(|i| items[i]).map(|(q, _)| q);
    let Some(previous) = previous.filter(|q| alone(q, false)) else {
        return Some(Numbers::One(last));
    };
    // « une table à 90 € »
    if joint == Joint::To && previous.is_article && last.figure.is_some() {
        return Some(Numbers::One(last));
    }
    // A dash between unlike numbers is punctuation: « un sur deux - 44,3 % ».
    if joint == Joint::Dash && !alike(text, &previous, &last) {
        return Some(Numbers::One(last));
    }
    let lower = share_scale(previous, last);
    let ranges =
        lower.is_some_and(|l| l.value < last.value) && !year_beside_count(&previous, &last);
    let left = Window::before(text, previous.start);
    Some(match joint {
        Joint::To if is_tail_of_name(text, previous.start) => Numbers::One(last),
        // « passé de 94 à 80 millions »: a range may fall.
        Joint::To
            if !ranges
                && left.ends_with_any(&sets::FROM)
                && !year_beside_count(&previous, &last) =>
        {
            range(lower, last)
        }
        Joint::To | Joint::Dash if ranges => range(lower, last),
        Joint::And if ranges && left.ends_with_any(&sets::BETWEEN) => range(lower, last),
        Joint::And
            if len == 2
                && ranges
                && (left.ends_with_any(&sets::FROM) || left.ends_with_any(&sets::AT)) =>
        {
            list(&items[..len], last, 2)
        }
        Joint::Or if ranges && len == 2 => range(lower, last),
        Joint::Or | Joint::And if len > 2 && all_commas(&items[1..len - 1]) => {
            list(&items[..len], last, len)
        }
        _ => Numbers::One(last),
    })
}

/// « 300/350 € » is a range, « 12/8 € » and « 12/8/5 € » are a list; « 3/4 % »
/// and « 1/2 euro » are fractions, « 2023/24 150 000 € » begins with a season.
fn slashed(
    items: &[Option<(Quantity, Joint)>],
    first: Quantity,
    last: Quantity,
) -> Option<Numbers> {
    let eighths = [Decimal::from(8), Decimal::from(16)];
    let quarters = first.value == Decimal::from(3) && last.value == Decimal::from(4);
    let fraction = first.value <= Decimal::ONE || quarters || eighths.contains(&last.value);
    let rises = first.value < last.value;
    if items.len() == 2 && rises && fraction || year_beside_count(&first, &last) {
        return None;
    }
    let lower = share_scale(first, last);
    if items.len() == 2 && lower.is_some_and(|l| l.value < last.value) {
        return Some(range(lower, last));
    }
    match list(items, last, items.len()) {
        Numbers::List(all) => Some(Numbers::List(all)),
        _ => None,
    }
}

/// From so many on, figures are followed by « de » in careless prose: « 2 000 000
/// d’euros ».
const TAKES_DE: u32 = 100_000;

fn takes_de(q: &Quantity) -> bool {
    q.figure.is_some_and(|f| f.decimals == 0) && q.value >= Decimal::from(TAKES_DE)
}

/// « ,50 € » and « .50 € » leave out the zero.
fn with_leading_mark(text: &str, q: Quantity, floor: usize) -> Quantity {
    let Some(figure) = q.figure.filter(|f| f.decimals == 0 && !f.grouped) else {
        return q;
    };
    let head = &text[floor.min(q.start)..q.start];
    let Some(before) = head.strip_suffix([',', '.']) else {
        return q;
    };
    let near = before.trim_end_matches(BLANKS);
    let free = near.len() < before.len() || before.is_empty() && floor == 0;
    let after_figure = near.ends_with(|c: char| c.is_ascii_digit());
    if !free || after_figure || figure.digits > 3 {
        return q;
    }
    let unit = Decimal::from(10u32.pow(u32::from(figure.digits)));
    let base = q.base / unit;
    let moved = Quantity {
        start: q.start - 1,
        base,
        value: base,
        ..q
    };
    moved.with_power(q.power).unwrap_or(q)
}

fn alike(text: &str, a: &Quantity, b: &Quantity) -> bool {
    let (Some(x), Some(y)) = (a.figure, b.figure) else {
        return a.figure.is_none() && b.figure.is_none();
    };
    let spaced = b.start - a.end > 1 && text[a.end..b.start].contains(BLANKS);
    !spaced || x.decimals == y.decimals
}

fn range(lower: Option<Quantity>, upper: Quantity) -> Numbers {
    lower.map_or(Numbers::One(upper), |l| Numbers::Range(l, upper))
}

fn all_commas(items: &[Option<(Quantity, Joint)>]) -> bool {
    items.iter().flatten().all(|(_, j)| *j == Joint::Comma)
}

/// The last `count` items on the scale of the last.
fn list(items: &[Option<(Quantity, Joint)>], last: Quantity, count: usize) -> Numbers {
    let mut out = [None; LIST];
    let tail = &items[items.len() - count..];
    for (slot, (q, _)) in out.iter_mut().zip(tail.iter().flatten()) {
        if year_beside_count(q, &last) {
            return Numbers::One(last);
        }
        *slot = share_scale(*q, last);
    }
    Numbers::List(out)
}

/// A number that could be a year beside one that could not is a year.
fn year_beside_count(q: &Quantity, last: &Quantity) -> bool {
    let year = |q: &Quantity| q.power == 0 && q.figure.is_some_and(|f| f.is_year_like());
    year(q) && !year(last)
}

/// `q` on the scale of `last`: « 10 à 12 millions » shares it, « 600 000 à
/// 1 million » does not.
fn share_scale(q: Quantity, last: Quantity) -> Option<Quantity> {
    if q.power > 0 || last.power == 0 || q.approximate {
        return Some(q);
    }
    let shared = q.with_power(last.power)?;
    let larger = q.value.is_sign_positive() && q.value >= Decimal::from(10_000);
    Some(if larger { q } else { shared })
}

/// « passer de 5 à 7 % » states where a share stands now and where it stood.
/// « une baisse de 10 à 15 % » does not: with a word that is a noun as well, only
/// numbers that fall are a change.
pub fn is_change(text: &str, start: usize, falls: bool) -> bool {
    /// How far before the numbers their verb may stand, in bytes.
    const REACH: usize = 48;
    if !Window::before(text, start).ends_with_any(&sets::FROM) {
        return false;
    }
    let line = &text[line_start(text, start, REACH)..start];
    let accent = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    line.split(|c: char| !c.is_alphanumeric() && !accent(c))
        .filter(|word| sets::CHANGE.contains_folded(word))
        .any(|word| falls || !(word.is_ascii() && sets::FALL.contains_folded(word)))
}

/// « la Luba 3 à 2 399 euros »: a number right after a name in the middle of
/// a sentence belongs to the name.
fn is_tail_of_name(text: &str, start: usize) -> bool {
    let b = text.as_bytes();
    let end = skip_spaces_back(b, start);
    let word = word_start(text, end);
    if end == start || word == end || !text[word..end].starts_with(char::is_uppercase) {
        return false;
    }
    let before = skip_spaces_back(b, word);
    // Capitals at the start of a sentence or a heading tell nothing.
    before < word
        && before > 0
        && letter_before(text, before)
        && text[word_start(text, before)..before]
            .bytes()
            .any(|c| c.is_ascii_lowercase())
}

/// Whether the number is no tail of a name, a date or an address. A slash may stand
/// before it in a list, `listed`, or behind a mention, which ends at `floor`:
/// « 12 €/8 € ».
fn stands_alone(text: &str, q: &Quantity, floor: usize, listed: bool) -> bool {
    let b = text.as_bytes();
    let before = q.start.checked_sub(1).map(|i| b[i]);
    let slash = before == Some(b'/') && !listed && (floor == 0 || q.start != floor + 1);
    let in_name = slash
        || letter_before(text, q.start)
        || matches!(before, Some(b'=' | b'_' | b'#' | b'&' | b'@' | b'%'));
    !in_name
        && !is_tail_of_number(&text[..q.start])
        && (!q.is_bare_scale || bare_scale_is_meant(text, q.start))
}

/// Whether `head` ends in a number that goes on behind it: « 12,5 », « 12..5 »
/// and figures with nothing between that prints. Three stops are an ellipsis.
fn is_tail_of_number(head: &str) -> bool {
    let figure = |s: &str| s.ends_with(|c: char| c.is_ascii_digit());
    let seen = head.trim_end_matches(is_invisible);
    let marks = seen.trim_end_matches(['.', ',', ':']);
    match seen.len() - marks.len() {
        0 => seen.len() < head.len() && figure(seen),
        1 | 2 => figure(marks),
        _ => false,
    }
}

/// « du milliard d'euros », « ce million » name one; « premier milliard »
/// and « millionième » do not.
fn bare_scale_is_meant(text: &str, start: usize) -> bool {
    Window::before(text, start).ends_with_any(&sets::BARE_SCALE)
}

fn joint_of(gap: &str) -> Option<Joint> {
    Some(match gap.trim_matches(BLANKS) {
        "-" | "–" | "—" | "‑" => Joint::Dash,
        "," => Joint::Comma,
        "/" => Joint::Slash,
        word if sets::TO.contains(word) => Joint::To,
        word if sets::AND.contains(word) => Joint::And,
        word if sets::OR.contains(word) => Joint::Or,
        _ => return None,
    })
}

/// The numbers that follow a unit in front of them (`$300M`, `EUR 12m`,
/// `CHF 2.-`), which ends at byte `unit_end`; `unit` is its text.
pub fn after(text: &str, unit_end: usize, unit: &str) -> Option<(Numbers, usize)> {
    let b = text.as_bytes();
    let at = skip_spaces(b, unit_end);
    let first = figures_after(text, at)?;
    let mut end = swiss_end(text, first.end);
    if let Some((joint, mut next)) = joint_after(text, end)
        && (joint != Joint::And
            || Window::before(text, unit_end - unit.len()).ends_with_any(&sets::BETWEEN))
    {
        if text[next..].starts_with(unit) {
            next = skip_spaces(b, next + unit.len());
        }
        if let Some(second) = figures_after(text, next)
            && let Some(lower) = share_scale(first, second)
            && lower.value < second.value
            && end_of_amount(text, second.end)
            && text[second.end..]
                .chars()
                .next()
                .is_none_or(|c| !matches!(c, '€' | '%' | '$' | '£'))
        {
            end = swiss_end(text, second.end);
            return Some((Numbers::Range(lower, second), end));
        }
    }
    end_of_amount(text, end).then_some((Numbers::One(first), end))
}

/// The joint behind the number that ends at `end`, and where the next number
/// begins: a dash with a blank on both sides or none, or « à », « et ».
fn joint_after(text: &str, end: usize) -> Option<(Joint, usize)> {
    let rest = &text[end..];
    let inner = rest.strip_prefix(BLANKS).unwrap_or(rest);
    let spaced = inner.len() < rest.len();
    let stop = match inner.chars().next()? {
        c @ ('-' | '–') => c.len_utf8(),
        _ if spaced => inner.find(BLANKS)?,
        _ => return None,
    };
    let joint = joint_of(&inner[..stop])?;
    let behind = &inner[stop..];
    let behind = if spaced {
        behind.strip_prefix(BLANKS)?
    } else {
        behind
    };
    matches!(joint, Joint::To | Joint::Dash | Joint::And)
        .then_some((joint, text.len() - behind.len()))
}

fn figures_after(text: &str, at: usize) -> Option<Quantity> {
    if !text.as_bytes().get(at)?.is_ascii_digit() {
        return None;
    }
    let q = quantity::parse_at(text, at, Abbreviations::After)?;
    // In English order « billion » is 10⁹ and « trillion » 10¹².
    match q.power {
        12 if spells_illion(text, &q) => q.with_power(9),
        18 => q.with_power(12),
        _ => Some(q),
    }
}

/// Whether the scale is the word « billion » or « trillion », not « tn »: of
/// the scales, those are powers of a million.
pub fn spells_illion(text: &str, q: &Quantity) -> bool {
    let mut at = q.end;
    while at > q.start {
        let word = word_start(text, at);
        let scale = words::word_at(text, word).filter(|(_, end)| *end == at);
        if matches!(scale, Some((Numeral::Scale(power, _), _)) if power % 6 == 0) {
            return true;
        }
        at = match text[..word].chars().next_back() {
            Some(c) if word > q.start => word - c.len_utf8(),
            _ => return false,
        };
    }
    false
}

fn end_of_amount(text: &str, end: usize) -> bool {
    let next = text.as_bytes().get(end);
    !letter_at(text, end) && !next.is_some_and(u8::is_ascii_digit) && next != Some(&b'%')
}

/// Past « .- », « .– » or « ,- », with which Swiss and German prices end.
pub fn swiss_end(text: &str, end: usize) -> usize {
    [".-", ".–", ".—", ",-", ",–", ".--"]
        .iter()
        .filter(|m| text[end..].starts_with(*m))
        .map(|m| end + m.len())
        .filter(|&e| !text.as_bytes().get(e).is_some_and(u8::is_ascii_digit))
        .max()
        .unwrap_or(end)
}

/// The start of « .- » that ends at `at`, else `at`.
pub fn swiss_start(text: &str, at: usize) -> usize {
    let b = text.as_bytes();
    let end = skip_spaces_back(b, at);
    match dash_before(b, end) {
        n @ 1..
            if end > n + 1
                && matches!(b[end - n - 1], b'.' | b',')
                && b[end - n - 2].is_ascii_digit() =>
        {
            end - n - 1
        }
        _ => at,
    }
}
