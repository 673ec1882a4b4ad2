//! Expressions that lean on the publication date or on an earlier date:
//! « hier », « la semaine dernière », « il y a trois ans », « le lendemain »,
//! « deux jours plus tard », « cette année ».

use super::{
    absolute::{direction, weekday_name},
    civil::DayPart,
    durations,
    expr::{Base, Cal, Dir, Expr, Hit, Lengths, Unit},
    feasts,
    lexicon::{Word, unit},
    parts,
    token::Line,
};

/// Past « week-end » at `i`.
pub(super) fn weekend(line: &Line, i: usize) -> Option<usize> {
    if line.is(i, Word::Unit) && line.at(i).n == unit::WEEKEND {
        return Some(i + 1);
    }
    (line.is(i, Word::Week) && line.at(i).n == 0).then_some(())?;
    let j = line.skip_hyphen(i + 1);
    (line.is(j, Word::Week) && line.at(j).n > 0).then_some(j + 1)
}

/// « hier », « demain », « avant-hier », « après-demain », « aujourd'hui ».
pub(super) fn day_word(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.any(i, &[Word::Avant, Word::Apres]) {
        j = line.skip_hyphen(i + 1);
        by = if line.is(i, Word::Avant) { -1 } else { 1 };
    }
    let t = line.at(j);
    if t.word != Word::Deictic {
        return None;
    }
    let n = i64::from(t.n) - 8;
    if by != 0 && n != by {
        return None;
    }
    let mut end = j + 1;
    // « demain lundi », « hier mardi »
    if let Some((_, e)) = weekday_name(line, end)
        && line.is(end, Word::Weekday)
        && n != 0
        && !line.is(e, Word::Figures)
    {
        end = e;
    }
    Hit::cal(
        i,
        end,
        if n == 0 { "today" } else { "day_word" },
        shift(Unit::Day, n + by, Base::Published),
    )
}

fn shift(unit: Unit, by: i64, base: Base) -> Cal {
    Cal::Shift { unit, by, base }
}

/// « lendemain », « surlendemain », « veille », « avant-veille », alone or of
/// a date: « la veille de Noël ».
pub(super) fn text_day(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.is(i, Word::Avant) {
        j = line.skip_hyphen(i + 1);
        by = -1;
    }
    let t = line.at(j);
    if t.word != Word::TextDay || by < 0 && t.n != 7 {
        return None;
    }
    // « une veille technologique », « en veille », « de veille »
    let before = line.before(i, 1);
    let article = matches!(before.word, Word::La | Word::L | Word::End) || t.n != 7;
    if !article || matches!(before.word, Word::Un | Word::En) {
        return None;
    }
    if line.str(j).ends_with('s') && t.n == 9 {
        return None;
    }
    let days = i64::from(t.n) - 8 + by;
    let mut k = j + 1;
    if line.any(k, &[Word::De, Word::D, Word::Du, Word::Des]) {
        k += 1;
        if line.any(k, &[Word::La, Word::L, Word::Le]) {
            k += 1;
        }
        let (of, end) = feasts::or_calendar(line, k)?;
        return Hit::cal(
            i,
            end,
            "offset_day",
            Cal::Offset {
                days,
                of: Box::new(of),
            },
        );
    }
    // A « veille » that is a watch: « la veille sanitaire ».
    if t.n == 7 && line.is(k, Word::Other) && !line.at(k).cap && before.word == Word::La {
        let s = line.str(k);
        if ["ique", "aire", "ive", "elle", "ale", "euse"]
            .iter()
            .any(|e| s.ends_with(e))
        {
            return None;
        }
    }
    Hit::cal(i, k, "text_day", shift(Unit::Day, days, Base::Text))
}

/// A unit with a direction: « semaine dernière », « an prochain », « mois
/// suivant », « même année », « prochain trimestre », « année en cours ».
pub(super) fn unit_phrase(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « même année », « même jour »
    if t.word == Word::Same && t.n == 0 && line.is(i + 1, Word::Unit) {
        let u = counted_unit(line, i + 1).filter(|u| *u >= Unit::Day)?;
        return Hit::cal(i, i + 2, "same_unit", shift(u, 0, Base::Text));
    }
    // « prochain trimestre », « dernier week-end », « précédente décennie »
    if matches!(t.word, Word::Next | Word::Last | Word::Preceding) && t.n == 0 {
        let back = t.word != Word::Next;
        if let Some(end) = weekend(line, i + 1) {
            let of = line.any(end, &[Word::De, Word::D, Word::Du]);
            let dir = if back { Dir::Last } else { Dir::Next };
            return (!of).then(|| Hit::cal(i, end, "unit_direction", Cal::Weekend { dir }))?;
        }
        if t.word == Word::Next
            && let Some(hit) = feasts::feast(line, i + 1)
            && let Expr::Cal(Cal::Feast {
                feast, year: None, ..
            }) = hit.expr
        {
            return Hit::cal(
                i,
                hit.end,
                "feast",
                Cal::Feast {
                    feast,
                    year: None,
                    dir: Dir::Next,
                },
            );
        }
        if line.is(i + 1, Word::Exercice) {
            return Hit::cal(
                i,
                i + 2,
                "unit_direction",
                shift(Unit::Year, if back { -1 } else { 1 }, Base::Published),
            );
        }
        let u = counted_unit(line, i + 1)?;
        let of = line.any(
            i + 2,
            &[Word::De, Word::D, Word::Du, Word::Des, Word::Figures],
        );
        if of || u <= Unit::Day {
            return None;
        }
        return Hit::cal(
            i,
            i + 2,
            "unit_direction",
            shift(u, if back { -1 } else { 1 }, Base::Published),
        );
    }
    if let Some(end) = weekend(line, i) {
        let (dir, end) = direction(line, end)?;
        return Hit::cal(i, end, "unit_direction", Cal::Weekend { dir });
    }
    let u = if t.word == Word::Exercice {
        Unit::Year
    } else {
        counted_unit(line, i)?
    };
    let j = i + 1;
    // « le jour même »
    if u == Unit::Day
        && line.is(j, Word::Same)
        && line.at(j).n == 0
        && line.any_before(i, &[Word::Le, Word::Du])
    {
        return Hit::cal(i, j + 1, "same_unit", shift(u, 0, Base::Text));
    }
    if let Some((dir, end)) = direction(line, j) {
        if u < Unit::Day {
            return None;
        }
        // « une année passée à », « le mois passé »: participles take an object.
        if line.is(j, Word::Past)
            && matches!(
                line.before(i, 1).word,
                Word::Un | Word::Ordinal | Word::De | Word::D
            )
        {
            return None;
        }
        let (by, base) = match dir {
            Dir::Last => (-1, Base::Published),
            Dir::Next => (1, Base::Published),
            Dir::Following => (1, Base::Text),
            _ => (-1, Base::Text),
        };
        // « la journée passée », « jour dernier » are no dates.
        if u == Unit::Day && !matches!(base, Base::Text) {
            return None;
        }
        // « les deux années suivantes » and bare plurals are lengths.
        if line.str(i).ends_with('s') && line.str(i) != "mois" || line.at(j).n == 1 {
            return None;
        }
        return Hit::cal(i, end, "unit_direction", shift(u, by, base));
    }
    // « semaine qui suit », « année à venir », « année en cours »
    if u >= Unit::Day && line.is(j, Word::Qui) {
        let by = if line.folded(j + 1, "suit")
            || line.folded(j + 1, "suivit")
            || line.folded(j + 1, "vient")
        {
            1
        } else if line.folded(j + 1, "precede") || line.folded(j + 1, "precedait") {
            -1
        } else {
            return None;
        };
        let closes = line.is(j + 2, Word::End) || line.is(j + 2, Word::Punct);
        let base = if line.folded(j + 1, "vient") {
            Base::Published
        } else {
            Base::Text
        };
        return closes.then(|| Hit::cal(i, j + 2, "unit_follows", shift(u, by, base)))?;
    }
    if u >= Unit::Week
        && line.is(j, Word::A)
        && line.is(j + 1, Word::Venir)
        && !line.str(i).ends_with("ans")
        && !line.str(i).ends_with("ées")
    {
        return Hit::cal(i, j + 2, "unit_direction", shift(u, 1, Base::Published));
    }
    if u >= Unit::Week && line.is(j, Word::En) && line.is(j + 1, Word::Cours)
        || u >= Unit::Decade && line.is(j, Word::Current)
    {
        let end = if line.is(j, Word::Current) {
            j + 1
        } else {
            j + 2
        };
        return Hit::cal(i, end, "unit_current", shift(u, 0, Base::Published));
    }
    None
}

/// The unit at `i` when whole calendar stretches bear its name: not seasons of
/// sport, not nights.
fn counted_unit(line: &Line, i: usize) -> Option<Unit> {
    let t = line.at(i);
    if t.word != Word::Unit || matches!(t.n, unit::SEASON | unit::NIGHT | unit::FORTNIGHT) {
        return None;
    }
    // Single letters are clock units.
    if line.str(i).len() <= 2 && t.n != unit::YEAR {
        return None;
    }
    Unit::of(t.n)
}

/// « cette année », « ce mois-ci », « ce jour-là », « ces jours-ci », « ce
/// week-end », « cet été », « ce lundi ».
pub(super) fn demonstrative(line: &Line, i: usize) -> Option<Hit> {
    if !line.any(i, &[Word::Ce, Word::Cet, Word::Cette, Word::Ces]) {
        return None;
    }
    let suffix = |j: usize| {
        if !line.hyphen(j) {
            return (false, j);
        }
        if line.is(j + 1, Word::La) {
            return (true, j + 2);
        }
        if line.folded(j + 1, "ci") {
            (false, j + 2)
        } else {
            (false, j)
        }
    };
    let j = i + 1;
    let t = line.at(j);
    if line.is(i, Word::Ces) {
        let recent = (t.word == Word::Unit && t.n == unit::DAY || line.folded(j, "temps"))
            && line.hyphen(j + 1)
            && line.folded(j + 2, "ci");
        if recent {
            return Hit::new(i, j + 3, "these_days", Expr::Ref(1));
        }
        if t.word == Word::Last && line.folded(j + 1, "temps") {
            return Hit::new(i, j + 2, "these_days", Expr::Ref(0));
        }
        return recent_units(line, i);
    }
    if let Some(end) = weekend(line, j) {
        let (there, end) = suffix(end);
        let dir = if there { Dir::Same } else { Dir::This };
        return Hit::cal(i, end, "this_weekend", Cal::Weekend { dir });
    }
    // « ce matin », « cette nuit-là »
    if let Some((part, end)) = parts::part_word(line, j)
        && part != DayPart::Daytime
    {
        let (there, end) = suffix(end);
        let base = if there { Base::Text } else { Base::Published };
        let day = shift(Unit::Day, 0, base);
        return Hit::cal(
            i,
            end,
            "this_part",
            Cal::Part {
                day: Some(Box::new(day)),
                part,
            },
        );
    }
    if t.word == Word::Season && (t.n != 1 || t.accent || !line.is(i, Word::Ce)) {
        let cal = Cal::Period {
            kind: super::expr::PeriodKind::Season,
            n: t.n as u8,
            year: None,
            dir: Dir::This,
        };
        let (there, end) = suffix(j + 1);
        return (!there).then(|| Hit::cal(i, end, "this_season", cal))?;
    }
    if let Some(hit) = super::absolute::month(line, j)
        && t.word == Word::Unit
        && let Expr::Cal(Cal::Month { month, year, .. }) = hit.expr
    {
        return Hit::cal(
            i,
            hit.end,
            "this_month",
            Cal::Month {
                month,
                year,
                dir: Dir::This,
            },
        );
    }
    let prior = t.word == Word::Same;
    let k = if prior { j + 1 } else { j };
    if let Some(u) = counted_unit(line, k) {
        let (there, end) = suffix(k + 1);
        let journee = u == Unit::Day && line.str(k).len() > 4;
        // « ce jour » alone means today only where nothing else follows.
        if u < Unit::Day || journee && !there {
            return None;
        }
        let base = if there || prior {
            Base::Text
        } else {
            Base::Published
        };
        return Hit::cal(i, end, "this_unit", shift(u, 0, base));
    }
    if t.word == Word::Weekday {
        return Hit::cal(
            i,
            suffix(j + 1).1,
            "this_weekday",
            Cal::Weekday {
                weekday: t.n as u8,
                dir: Dir::This,
            },
        );
    }
    // « cette fin d'année », « ce début de semaine »
    if matches!(t.word, Word::Fin | Word::Debut | Word::Milieu) {
        let mut hit = super::periods::edge(line, j)?;
        hit.start = i;
        return Some(hit);
    }
    None
}

/// « ces dernières années », « trois derniers mois », « 10 prochaines années »,
/// « deux semaines passées », « prochaines 24 heures ».
pub(super) fn recent_units(line: &Line, i: usize) -> Option<Hit> {
    let j = if line.is(i, Word::Ces) { i + 1 } else { i };
    let sign_of = |w: Word| match w {
        Word::Last | Word::Past | Word::Preceding => Some((
            -1,
            if w == Word::Preceding {
                Base::Text
            } else {
                Base::Published
            },
        )),
        Word::Next | Word::Following => Some((
            1,
            if w == Word::Following {
                Base::Text
            } else {
                Base::Published
            },
        )),
        _ => None,
    };
    let named = |k: usize| {
        let t = line.at(k);
        (t.word == Word::Unit && line.str(k).len() > 2)
            .then(|| Unit::of(t.n))
            .flatten()
    };
    let recent = |lengths: Lengths, sign, base, end| {
        Hit::new(
            i,
            end,
            "recent_units",
            Expr::Recent {
                lengths,
                sign,
                base,
            },
        )
    };
    let of = |k: usize| line.any(k, &[Word::De, Word::D, Word::Du, Word::Des]);
    // dernières années | dernières 24 heures
    if let Some((sign, base)) = sign_of(line.word(j))
        && matches!(line.word(j), Word::Last | Word::Next)
    {
        if let Some(u) = named(j + 1)
            && line.at(j).n == 1
            && u >= Unit::Day
            && !of(j + 2)
        {
            // « derniers jours » of a campaign were left out above.
            return Hit::new(
                i,
                j + 2,
                "vague_units",
                Expr::Ref(if sign < 0 { 0 } else { 2 }),
            );
        }
        if let Some((q, k)) = durations::number(line, j + 1)
            && let Some(u) = named(k)
            && !of(k + 1)
        {
            return recent(vec![(q, u)], sign, base, k + 1);
        }
        return None;
    }
    let (q, k) = durations::number(line, j)?;
    if q.n < 2 && !q.vague {
        return None;
    }
    // trois derniers mois
    if let Some((sign, base)) = sign_of(line.word(k))
        && let Some(u) = named(k + 1)
        && !of(k + 2)
        && u != Unit::Weekend
    {
        return recent(vec![(q, u)], sign, base, k + 2);
    }
    // deux semaines passées | 30 jours précédents | cinq années à venir
    let u = named(k)?;
    if let Some((sign, base)) = sign_of(line.word(k + 1))
        && (line.any(
            i.wrapping_sub(1),
            &[Word::Les, Word::Des, Word::Aux, Word::De],
        ) || line.is(i, Word::Ces)
            || i == 0)
    {
        return recent(vec![(q, u)], sign, base, k + 2);
    }
    if line.is(k + 1, Word::A) && line.is(k + 2, Word::Venir) {
        return recent(vec![(q, u)], 1, Base::Published, k + 3);
    }
    None
}

/// « il y a trois ans », « voilà deux mois ».
pub(super) fn ago(line: &Line, i: usize) -> Option<Hit> {
    let mut j = if line.is(i, Word::Il) && line.is(i + 1, Word::Y) {
        if line.at(i + 1).n == 1 {
            i + 2
        } else {
            if !line.is(i + 2, Word::A) || line.at(i + 2).accent {
                return None;
            }
            i + 3
        }
    } else if line.folded(i, "voila") || line.folded(i, "voici") {
        i + 1
    } else {
        return None;
    };
    if line.is(j, Word::Peu) && (line.is(j + 1, Word::Punct) || line.is(j + 1, Word::End))
        || line.folded(j, "longtemps")
    {
        return Hit::new(i, j + 1, "ago", Expr::Ref(0));
    }
    j = hedge(line, j);
    let (lengths, end) = durations::lengths(line, j)?;
    // « il y a deux heures de route », « il y a vingt minutes de retard »
    if line.any(end, &[Word::De, Word::D]) {
        return None;
    }
    // « voici quatre jours que » is a length.
    if !line.is(i, Word::Il) && (line.str(end) == "que" || line.str(end).starts_with("qu")) {
        return None;
    }
    if lengths[0].0.vague || lengths[0].0.up_to.is_some() {
        return Hit::new(i, end, "ago", Expr::Ref(0));
    }
    Hit::cal(
        i,
        end,
        "ago",
        Cal::Moved {
            lengths,
            sign: -1,
            base: Base::Published,
        },
    )
}

/// Past « environ », « presque », « plus de », « à peine »…
pub(super) fn hedge(line: &Line, i: usize) -> usize {
    if line.is(i, Word::Environ)
        || ["presque", "exactement", "quasi", "seulement", "bientot"]
            .iter()
            .any(|w| line.folded(i, w))
    {
        return i + 1;
    }
    if line.is(i, Word::A) && (line.folded(i + 1, "peine") || line.folded(i + 1, "peu")) {
        let j = i + 2;
        return if line.is(j, Word::Pres) { j + 1 } else { j };
    }
    if line.any(i, &[Word::Plus, Word::Moins, Word::Pres]) && line.any(i + 1, &[Word::De, Word::D])
    {
        return i + 2;
    }
    if line.is(i, Word::Un)
        && line.is(i + 1, Word::Peu)
        && line.any(i + 2, &[Word::Plus, Word::Moins])
        && line.any(i + 3, &[Word::De, Word::D])
    {
        return i + 4;
    }
    i
}

/// « dans trois ans », « dans une semaine ».
pub(super) fn ahead(line: &Line, i: usize) -> Option<Hit> {
    let j = hedge(line, i + 1);
    let (lengths, end) = durations::lengths(line, j)?;
    let last = lengths.last()?.1;
    let word = line.str(end - 1);
    // « dans une journée de travail », « dans un siècle qui… »
    if word.starts_with("journ")
        || line.any(
            end,
            &[
                Word::De,
                Word::D,
                Word::Qui,
                Word::Last,
                Word::Next,
                Word::Past,
            ],
        )
        || last >= Unit::Millennium
    {
        return None;
    }
    if line.at(end - 1).n == unit::SEASON && line.is(end - 1, Word::Unit) {
        return None;
    }
    if lengths[0].0.vague || lengths[0].0.up_to.is_some() {
        return Hit::new(i, end, "ahead", Expr::Ref(2));
    }
    Hit::cal(
        i,
        end,
        "ahead",
        Cal::Moved {
            lengths,
            sign: 1,
            base: Base::Published,
        },
    )
}

/// « deux jours plus tard », « un an auparavant », « six mois après ».
pub(super) fn later(line: &Line, i: usize) -> Option<Hit> {
    let (lengths, j) = durations::lengths(line, i)?;
    let (sign, end) = match line.word(j) {
        Word::Plus if line.is(j + 1, Word::Tot) => (-1, j + 2),
        Word::Plus if line.is(j + 1, Word::Tard) => (1, j + 2),
        Word::Auparavant => (-1, j + 1),
        Word::Avant => (-1, j + 1),
        Word::Apres => (1, j + 1),
        _ => return None,
    };
    if matches!(line.word(j), Word::Avant | Word::Apres) {
        // « deux ans après la guerre » keeps only its length.
        let closes = line.is(end, Word::End)
            || line.is(end, Word::Punct) && !line.hyphen(end) && !line.punct(end, '"');
        // A headline « Trente ans après, la claque » counts from an event.
        let headline = !line.stops(line.tokens.len().saturating_sub(1))
            && line.is(j, Word::Apres)
            && line.tokens.len() > end;
        if !closes || headline {
            return None;
        }
    }
    // « trois ans plus tôt que prévu », « cinq minutes plus tard » stay lengths.
    if lengths.iter().any(|(_, u)| *u < Unit::Day)
        || line.str(end) == "que"
        || line.str(end).starts_with("qu'")
        || line.str(end).starts_with("qu’")
    {
        return None;
    }
    if lengths[0].0.vague || lengths[0].0.up_to.is_some() {
        return if sign < 0 {
            Hit::new(i, end, "earlier", Expr::Ref(0))
        } else {
            None
        };
    }
    Hit::cal(
        i,
        end,
        if sign < 0 { "earlier" } else { "later" },
        Cal::Moved {
            lengths,
            sign,
            base: Base::Text,
        },
    )
}

/// A weekday and what may follow it: « lundi », « lundi dernier », « lundi de
/// la semaine prochaine », « lundi en huit ».
pub(super) fn weekday(line: &Line, i: usize) -> Option<Hit> {
    let (weekday, end) = weekday_name(line, i)?;
    // « jeu. » ends many sentences: an abbreviation stands alone on its line.
    if line.is(i, Word::WeekdayAbbr) && (end == i + 1 || !line.is(end, Word::End) || i > 0) {
        return None;
    }
    let plain = |dir| Cal::Weekday { weekday, dir };
    if line.is(end, Word::En)
        && (line.at(end + 1).n == 8 || line.at(end + 1).n == 15)
        && line.is(end + 1, Word::Numeral)
    {
        let days = if line.at(end + 1).n == 8 { 7 } else { 14 };
        return Hit::cal(
            i,
            end + 2,
            "weekday_in_a_week",
            Cal::Offset {
                days,
                of: Box::new(plain(Dir::Next)),
            },
        );
    }
    if let Some((dir, e)) = direction(line, end) {
        return Hit::cal(i, e, "weekday_direction", plain(dir));
    }
    // « lundi de la semaine prochaine », « mardi cette semaine »
    let mut j = end;
    if line.is(j, Word::De) {
        j += 1;
    }
    if line.is(j, Word::La) {
        j += 1;
    }
    if let Some(hit) = unit_phrase(line, j).or_else(|| demonstrative(line, j))
        && let Expr::Cal(
            cal @ Cal::Shift {
                unit: Unit::Week, ..
            },
        ) = hit.expr
    {
        return Hit::cal(
            i,
            hit.end,
            "weekday_of_week",
            Cal::Within {
                part: Box::new(plain(Dir::Open)),
                of: Box::new(cal),
            },
        );
    }
    Hit::cal(i, end, "weekday", plain(Dir::Open))
}

/// A vague word: « actuellement », « bientôt », « jadis ».
pub(super) fn vague(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    // « plus récemment », « très bientôt »: the word alone is the mention.
    // « autrefois » narrates; TIMEX3 marks it like the others.
    Hit::new(i, i + 1, "vague", Expr::Ref(t.n as u8))
}

#[cfg(test)]
mod tests {
    use super::super::cases::*;

    #[test]
    fn from_the_publication_date() {
        check(&[
            "Il est arrivé [hier|2024-03-12].",
            "Vu [avant-hier|2024-03-11] à Metz.",
            "Elle part [aujourd'hui|2024-03-13] et revient [après-demain|2024-03-15].",
            "Il a parlé [lundi|2024-03-11].",
            "Le comité se réunira [jeudi|2024-03-14].",
            "Le comité se réunira [lundi prochain|2024-03-18].",
            "Il a parlé [lundi dernier|2024-03-11].",
            "Attendu [vendredi|2024-03-15], le rapport inquiète.",
            "Ils doivent voter [mardi|2024-03-19].",
            "La grève dure depuis [jeudi|2024-03-07].",
            "Il est venu le [lundi 20 novembre dernier|2023-11-20].",
            "La [semaine dernière|2024-W10], il pleuvait.",
            "Le [mois prochain|2024-04] sera calme.",
            "L'[an dernier|2023] fut calme.",
            "[Cette année|2024] est bissextile.",
            "Né [il y a trois ans|2021].",
            "Paru [il y a deux mois|2024-01].",
            "Paru [il y a dix jours|2024-03-03].",
            "Publié [il y a deux heures|2024-03-13T08:00].",
            "Elle rouvrira [dans trois ans|2027].",
            "Un vote dans les [90 jours|P90D].",
            "D'ici [2030|2030], tout changera.",
            "Il vit à Pau depuis [2019|2019].",
            "[Ces deux dernières années|P2Y], il a plu.",
            "Au cours des [trois derniers mois|P3M], il a plu.",
            "Ce fut rare [ces dernières années|PAST_REF].",
            "Le [trimestre dernier|2023-Q4] fut bon.",
            "Il pleut [ces jours-ci|PRESENT_REF].",
            "Il a plu [ce week-end|2024-03-09/2024-03-10].",
            "Il a gagné le [week-end dernier|2024-03-09/2024-03-10].",
        ]);
    }

    #[test]
    fn from_the_text() {
        check(&[
            "Arrivé le [3 juin 1944|1944-06-03], il repart le [lendemain|1944-06-04].",
            "Le [12 mai 2010|2010-05-12], il vote ; la [veille|2010-05-11], il dormait.",
            "Né en [1950|1950], il part [vingt ans plus tard|1970].",
            "Élu en [mai 2012|2012-05], il démissionne la [même année|2012].",
            "Le [2 mai 2020|2020-05-02], on rouvre. [Trois jours plus tard|2020-05-05], on referme.",
            "Le [9 avril 2001|2001-04-09] fut long. [Ce jour-là|2001-04-09], il neigeait.",
            "Parti en [2003|2003], il revient l'[année suivante|2004].",
        ]);
    }

    #[test]
    fn no_relative_dates() {
        check(&[
            "Il y a du monde.",
            "Il y a trois personnes.",
            "La veille sanitaire continue.",
            "Il va de l'avant.",
            "Plus tard, on verra.",
            "Il est dans la salle.",
            "La dernière minute compte.",
        ]);
    }
}
