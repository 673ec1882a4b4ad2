//! Two ends written as one: « 20 au 25 août », « 3, 4 et 5 mai », « 3-5 mai
//! 2024 », « samedi et dimanche », « 20 mai au 4 juin 2024 »; each end takes
//! over what it lacks.

use super::{
    absolute,
    expr::{Cal, Dir, Expr},
    feasts,
    fields::{self, day_number, month_name, weekday_of_day, year_number},
    hit::{Hit, rules},
    lexicon::Word,
    line::Line,
    part_names,
    places::with_month_of,
};

rules! {
    DAY_RANGE "day_range" reads "two or more days that make a stretch"
        at [Figures Numeral Ordinal Weekday WeekdayAbbr] by range(days)
        yes [
            "Du [3 au 7 juillet 2023|2023-07-03/2023-07-07], il pleut.",
            "Le bac est resté à quai du [3 février au 8 mars|2024-02-03/2024-03-08].",
            "Du [20 mai au 4 juin 2024|2024-05-20/2024-06-04].",
            "Du [30 décembre au 2 janvier 2025|2024-12-30/2025-01-02].",
            "Les [3, 4 et 5 mai 2024|2024-05-03/2024-05-05].",
            "Le [3-5 mai 2024|2024-05-03/2024-05-05].",
            "Les [12 et 13 octobre 2024|2024-10-12/2024-10-13].",
            "Du [lundi 8 au jeudi 11 juin 2020|2020-06-08/2020-06-11].",
        ]
        no [
            "Ils ont gagné 3-2.",
            "Les pages 12 à 15.",
            "Entre 3 et 5 kilos.",
            "Les [vendredis 3 mai|2024-05-03] et [7 juin|2024-06-07], on chantera.",
        ];
    DAY_BORROWS_MONTH "day_borrows_month" reads "the first of two days, whose month stands behind the second"
        by of(&DAY_RANGE)
        yes [
            "Les [3|2024-05-03] et [10 mai 2024|2024-05-10].",
            "Ouvert les [samedis 4|2024-05-04] et [18 mai 2024|2024-05-18].",
            "Concerts les [mardis 2|2024-04-02], [9|2024-04-09] et [23 avril|2024-04-23].",
            "La salle fermera les [lundis 1er|2024-04-01] et [8 avril|2024-04-08].",
        ]
        no ["Entre 3 et 5 kilos."];
    WEEKDAY_PAIR "weekday_pair" reads "two weekdays one after the other"
        at [Weekday] by range(weekdays)
        yes ["Il a plu [samedi et dimanche|2024-03-09/2024-03-10]."]
        no ["Il a plu [lundi|2024-03-11] et neigé [mardi|2024-03-12]."];
    FEAST_RANGE "feast_range" reads "from one feast to another"
        at [Weekday Feast Saint Nouvel Fete] by alone(feasts)
        yes ["On fermera du [vendredi saint au lundi de Pâques|2024-03-29/2024-04-01]."]
        no ["Elle chantera à [Noël|2024-12-25]."];
    MONTH_BORROWS_YEAR "month_borrows_year" reads "the first of two months, whose year stands behind the second"
        at [Month MonthAbbr] by alone(month_borrows)
        yes [
            "De [mars|2024-03] à [juin 2024|2024-06], il lira.",
            "De [novembre|2023-11] à [février 2024|2024-02], il a lu.",
        ]
        no ["De [mars|2024-03] à Metz, il lira."];
}

/// A day with whatever it says of weekday, month and year.
fn dayish(line: &Line, i: usize) -> Option<(Cal, usize)> {
    if let Some(hit) = absolute::day_month(line, i).or_else(|| absolute::numeric(line, i))
        && let Expr::Cal(cal @ Cal::Day { .. }) = hit.expr
    {
        return Some((cal, hit.end));
    }
    let (mut weekday, mut j) = (None, i);
    if let Some((w, end)) = weekday_of_day(line, i) {
        weekday = Some(w);
        j = end;
    }
    let (day, end) = day_number(line, j)?;
    (day <= 31).then_some((
        Cal::Day {
            weekday,
            day,
            month: None,
            year: None,
            dir: Dir::Open,
        },
        end,
    ))
}

fn parts_of(cal: &Cal) -> Option<(u32, Option<u8>, Option<i16>)> {
    match cal {
        Cal::Day {
            day, month, year, ..
        } => Some((*day, *month, *year)),
        _ => None,
    }
}

/// What joins two ends, and whether it makes a stretch rather than a list.
fn link(line: &Line, i: usize) -> Option<(bool, usize)> {
    let article = |j: usize| if line.is(j, Word::Le) { j + 1 } else { j };
    match line.word(i) {
        Word::Au => Some((true, i + 1)),
        Word::A if line.is(i + 1, Word::Weekday) => Some((true, i + 1)),
        Word::Jusqu if line.is(i + 1, Word::Au) => Some((true, i + 2)),
        Word::Et | Word::Ou => Some((false, article(i + 1))),
        _ if line.punct(i, ',') => Some((false, article(i + 1))),
        _ if line.dash(i) => Some((true, i + 1)),
        _ if line.punct(i, '/') && !line.at(i).gap => Some((false, i + 1)),
        _ => None,
    }
}

/// Days joined as above, from `i`.
fn days(line: &Line, i: usize) -> Option<Hit> {
    let (first, mut end) = dayish(line, i)?;
    let (d0, m0, y0) = parts_of(&first)?;
    let mut last = first.clone();
    let mut steps = 0;
    let mut stretch = false;
    let mut consecutive = true;
    let mut first_end = None;
    while let Some((is_stretch, j)) = link(line, end) {
        // A list of days that lack their month; a stretch may follow a full date.
        if stretch {
            break;
        }
        let Some((cal, e)) = dayish(line, j) else {
            break;
        };
        let (d, m, _) = parts_of(&cal)?;
        let (prev, prev_m, prev_y) = parts_of(&last)?;
        if !is_stretch && prev_m.is_some() || prev_y.is_some() && m.is_none() {
            break;
        }
        if is_stretch && steps > 0 {
            break;
        }
        consecutive &= d == prev + 1;
        stretch |= is_stretch;
        last = cal;
        if first_end.is_none() {
            first_end = Some(end);
        }
        end = e;
        steps += 1;
        if m.is_some() {
            break;
        }
    }
    let first_end = first_end?;
    let (d1, m1, y1) = parts_of(&last)?;
    let before = line.before(i, 1);
    let start = if line.is(i, Word::Ce) { i + 1 } else { i };
    if m0.is_none() && m1.is_none() {
        // « du 13 au 18 » without a month: only when it is introduced, or when
        // both ends name their weekday.
        let weekdays = line.is(i, Word::Weekday) && !line.at(i).plural() && stretch;
        let led = matches!(before.word, Word::Du) && line.is(first_end, Word::Au) || weekdays;
        let listed = line.is(i, Word::Weekday)
            && consecutive
            && steps == 1
            && matches!(
                &last,
                Cal::Day {
                    weekday: Some(_),
                    ..
                }
            );
        let counts = line.any(end, &[Word::Unit, Word::Million, Word::Other])
            && fields::counts_something(line, end)
            || line.punct(end, '%')
            || line.any(end, &[Word::Figures, Word::Unit]);
        if !(led || listed) || counts || d1 <= d0 {
            return None;
        }
        return Hit::new(start, end, &DAY_RANGE, Expr::Range(first, last));
    }
    m1?;
    if stretch || consecutive && m0.is_none() {
        if m0.is_some() && m0 == m1 && y0 == y1 && d1 <= d0 {
            return None;
        }
        if line.dash(first_end) && m0.is_none() && d1 <= d0 {
            return None;
        }
        let first = with_month_of(first, &last);
        return Hit::new(start, end, &DAY_RANGE, Expr::Range(first, last));
    }
    // « les 3 et 10 mai », « entre le 13 et le 20 mai »: two mentions, the
    // first borrows the month.
    let led = matches!(before.word, Word::Le | Word::Les | Word::Des | Word::Aux)
        || line.is(i, Word::Weekday)
        || before.word == Word::Punct && line.any(i.wrapping_sub(2), &[Word::Figures]);
    if m0.is_none() && led && d1 > d0 {
        let first = with_month_of(first, &last);
        return Hit::cal(start, first_end, &DAY_BORROWS_MONTH, first);
    }
    None
}

/// « samedi et dimanche », « jeudi-vendredi ».
fn weekdays(line: &Line, i: usize) -> Option<Hit> {
    if !line.is(i, Word::Weekday) || line.at(i).plural() {
        return None;
    }
    let j = if line.is(i + 1, Word::Et) || line.hyphen(i + 1) {
        i + 2
    } else {
        return None;
    };
    if !line.is(j, Word::Weekday) || line.at(j).plural() {
        return None;
    }
    let (a, b) = (
        line.at(i).weekday()?.number(),
        line.at(j).weekday()?.number(),
    );
    let next = j + 1;
    let plain = !line.any(next, &[Word::Figures, Word::Numeral, Word::Part])
        && part_names::part_word(line, next).is_none();
    if b != a % 7 + 1 || !plain || line.any_before(i, &[Word::Le, Word::Entre]) {
        return None;
    }
    let (dir, end) = fields::direction(line, next).unwrap_or((Dir::Open, next));
    let cal = |weekday| Cal::Weekday { weekday, dir };
    Hit::new(i, end, &WEEKDAY_PAIR, Expr::Range(cal(a), cal(b)))
}

/// « vendredi saint au lundi de Pâques », « de Noël au jour de l'An ».
fn feasts(line: &Line, i: usize) -> Option<Hit> {
    let a = feasts::feast(line, i)?;
    let b = feasts::feast(
        line,
        if line.is(a.end, Word::Au) {
            a.end + 1
        } else {
            return None;
        },
    )?;
    match (a.expr, b.expr) {
        (Expr::Cal(x), Expr::Cal(y)) => Hit::new(i, b.end, &FEAST_RANGE, Expr::Range(x, y)),
        _ => None,
    }
}

/// « [mars] à juin 2024 », « [mars] et avril 2023 », « [octobre]-novembre
/// 2024 »: the first month borrows the year.
fn month_borrows(line: &Line, i: usize) -> Option<Hit> {
    if !line.is(i, Word::Month) {
        return None;
    }
    let (from, mut j) = (line.at(i).month()?, i + 1);
    let mut last = from;
    let mut steps = 0;
    loop {
        j = match line.word(j) {
            Word::A | Word::Et | Word::Ou | Word::Au => j + 1,
            _ if line.punct(j, ',') || line.dash(j) => j + 1,
            _ => break,
        };
        if line.any(j, &[Word::En, Word::De]) {
            j += 1;
        }
        let (m, e) = month_name(line, j, false)?;
        last = m;
        j = e;
        steps += 1;
        if year_number(line, j).is_some() || steps > 4 {
            break;
        }
    }
    let (year, end) = year_number(line, j)?;
    if steps == 0 || fields::counts_something(line, end) {
        return None;
    }
    let cal = Cal::Month {
        month: from,
        year: Some(if from > last { year - 1 } else { year }),
        dir: Dir::Open,
    };
    Hit::cal(i, i + 1, &MONTH_BORROWS_YEAR, cal)
}
