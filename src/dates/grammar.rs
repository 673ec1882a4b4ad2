//! Which rules are tried at which word. At each place the longest match wins;
//! of two as long, the one tried first.

use super::{
    absolute,
    civil::DayPart,
    durations,
    expr::{Cal, Expr, Hit},
    feasts, intervals,
    lexicon::{Word, unit},
    parts, periods, relative, sets, times,
    token::Line,
};

/// Keeps the longest.
struct Best(Option<Hit>);

impl Best {
    #[inline]
    fn offer(&mut self, hit: Option<Hit>) {
        if let Some(hit) = hit
            && self.0.as_ref().is_none_or(|b| hit.end > b.end)
        {
            self.0 = Some(hit);
        }
    }
}

/// A place on the calendar at `i`, for rules that hold one inside.
pub(super) fn calendar(line: &Line, i: usize) -> Option<Hit> {
    let mut best = Best(None);
    let t = line.at(i);
    match t.word {
        Word::Figures => {
            best.offer(absolute::numeric(line, i));
            best.offer(absolute::day_month(line, i));
            best.offer(absolute::year(line, i));
            best.offer(absolute::bare_day(line, i));
            best.offer(periods::quarter(line, i));
            best.offer(periods::century(line, i));
            best.offer(periods::nth(line, i));
        }
        Word::Numeral => {
            best.offer(absolute::day_month(line, i));
            best.offer(absolute::year(line, i));
            best.offer(absolute::month(line, i));
            if line.is(i + 2, Word::Ordinal) {
                best.offer(periods::century(line, i));
            }
        }
        Word::Ordinal => {
            best.offer(absolute::day_month(line, i));
            best.offer(periods::quarter(line, i));
            best.offer(periods::century(line, i));
            best.offer(periods::nth(line, i));
        }
        Word::Weekday | Word::WeekdayAbbr => {
            best.offer(absolute::day_month(line, i));
            best.offer(absolute::month_day_year(line, i));
            best.offer(absolute::numeric(line, i));
            best.offer(absolute::bare_day(line, i));
            best.offer(feasts::feast(line, i));
            best.offer(relative::weekday(line, i));
        }
        Word::Month | Word::MonthAbbr => {
            best.offer(absolute::month_day_year(line, i));
            best.offer(absolute::month(line, i));
        }
        Word::Season => best.offer(periods::season(line, i)),
        Word::Unit => {
            best.offer(absolute::month(line, i));
            best.offer(relative::unit_phrase(line, i));
            best.offer(periods::decade(line, i));
            best.offer(absolute::year(line, i));
            best.offer(periods::week_of(line, i));
            if t.n == unit::DAY {
                best.offer(feasts::feast(line, i));
            }
            if t.n == unit::SECOND {
                best.offer(periods::quarter_code(line, i));
            }
        }
        Word::Week => {
            best.offer(relative::unit_phrase(line, i));
            best.offer(periods::week_of(line, i));
        }
        Word::Exercice => best.offer(relative::unit_phrase(line, i)),
        Word::Ce | Word::Cet | Word::Cette => {
            best.offer(absolute::day_month(line, i));
            best.offer(absolute::bare_day(line, i));
            best.offer(relative::demonstrative(line, i));
        }
        Word::Deictic => best.offer(relative::day_word(line, i)),
        Word::TextDay => best.offer(relative::text_day(line, i)),
        Word::Avant | Word::Apres => {
            best.offer(relative::day_word(line, i));
            best.offer(relative::text_day(line, i));
        }
        Word::Feast | Word::Saint | Word::Nouvel | Word::Fete => best.offer(feasts::feast(line, i)),
        Word::Next | Word::Last | Word::Preceding | Word::Same => {
            best.offer(periods::quarter(line, i));
            best.offer(periods::nth(line, i));
            best.offer(relative::unit_phrase(line, i));
        }
        Word::Debut | Word::Fin | Word::Milieu | Word::Mi => best.offer(periods::edge(line, i)),
        Word::Other if t.cap || t.accent => {
            let s = line.str(i);
            if s.len() <= 12 && s.starts_with(['I', 'V', 'X', 'T', 'Q', 'H', 'r', 'R']) {
                best.offer(periods::century(line, i));
                best.offer(periods::quarter_code(line, i));
                best.offer(feasts::feast(line, i));
            }
        }
        _ => {}
    }
    best.0
}

/// A place on the calendar or a range of days.
pub(super) fn calendar_or_range(line: &Line, i: usize) -> Option<Hit> {
    let mut best = Best(None);
    if matches!(
        line.word(i),
        Word::Figures | Word::Numeral | Word::Ordinal | Word::Weekday | Word::WeekdayAbbr
    ) {
        best.offer(intervals::days(line, i));
        best.offer(intervals::weekdays(line, i));
    }
    best.offer(calendar(line, i));
    best.0
}

/// The time expression that starts at token `i`.
pub(super) fn mention(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let mut best = Best(None);
    match t.word {
        Word::Other => {
            if !(t.cap || t.accent) {
                // « voilà trois ans » and « réveillon » begin in lower case.
                return match line.text.as_bytes()[t.start as usize] {
                    b'v' if line.folded(i, "voici") => relative::ago(line, i),
                    b'r' if line.folded(i, "reveillon") => feasts::feast(line, i),
                    b'x' | b'i' | b'v' => periods::century(line, i),
                    _ => None,
                };
            }
            if line.folded(i, "voila") || line.folded(i, "voici") {
                return relative::ago(line, i);
            }
            best.offer(calendar(line, i));
            if best.0.is_none() && line.str(i).starts_with(['x', 'X']) {
                best.offer(periods::century(line, i));
            }
        }
        Word::Punct | Word::Blocked | Word::End => return None,
        Word::Figures => {
            best.offer(sets::times(line, i));
            best.offer(sets::one_in(line, i));
            best.offer(sets::monthly(line, i));
            best.offer(intervals::days(line, i));
            best.offer(times::clock(line, i));
            best.offer(relative::later(line, i));
            best.offer(relative::recent_units(line, i));
            best.offer(calendar(line, i));
            best.offer(durations::duration(line, i));
            best.offer(times::shared_unit(line, i));
        }
        Word::Numeral | Word::Un | Word::Approx | Word::Half | Word::Quarter => {
            best.offer(sets::times(line, i));
            best.offer(sets::one_in(line, i));
            best.offer(intervals::days(line, i));
            best.offer(times::clock(line, i));
            best.offer(relative::later(line, i));
            best.offer(relative::recent_units(line, i));
            best.offer(calendar(line, i));
            best.offer(durations::duration(line, i));
        }
        Word::Quelques => {
            best.offer(relative::later(line, i));
            best.offer(durations::duration(line, i));
        }
        Word::Ordinal => {
            best.offer(sets::monthly(line, i));
            best.offer(intervals::days(line, i));
            best.offer(calendar(line, i));
        }
        Word::Weekday | Word::WeekdayAbbr => {
            best.offer(intervals::days(line, i));
            best.offer(intervals::weekdays(line, i));
            best.offer(intervals::feasts(line, i));
            best.offer(calendar(line, i));
            let set = sets::weekdays(line, i);
            // A set wins over the bare weekday it looks like.
            let bare = matches!(&best.0, Some(h) if h.rule == "weekday");
            if bare && set.is_some() {
                return set;
            }
            best.offer(set);
        }
        Word::Month | Word::MonthAbbr => {
            best.offer(intervals::month_borrows(line, i));
            best.offer(calendar(line, i));
        }
        Word::Part => {
            best.offer(times::clock(line, i));
            best.offer(parts::part(line, i));
        }
        Word::Tot => best.offer(parts::early(line, i)),
        Word::Coucher | Word::Lever | Word::Tombee => best.offer(parts::part(line, i)),
        Word::Apres | Word::Petit => {
            best.offer(parts::part(line, i));
            best.offer(calendar(line, i));
        }
        Word::Unit => {
            best.offer(calendar(line, i));
            if t.n == unit::DAY {
                best.offer(parts::part(line, i).filter(|h| {
                    !matches!(
                        &h.expr,
                        Expr::Cal(Cal::Part {
                            day: None,
                            part: DayPart::Daytime
                        })
                    )
                }));
            }
        }
        Word::Mi | Word::Debut | Word::Fin | Word::Milieu | Word::Courant => {
            best.offer(periods::edge(line, i))
        }
        Word::Feast | Word::Saint | Word::Nouvel | Word::Fete => {
            best.offer(intervals::feasts(line, i));
            best.offer(calendar(line, i));
        }
        Word::Ces => best.offer(relative::demonstrative(line, i)),
        Word::Il => best.offer(relative::ago(line, i)),
        Word::Dans => best.offer(relative::ahead(line, i)),
        Word::Chaque => best.offer(sets::each(line, i)),
        Word::Tous | Word::Toutes => best.offer(sets::every(line, i)),
        Word::Par => best.offer(sets::per(line, i)),
        Word::De | Word::Adverb => best.offer(sets::other(line, i)),
        Word::Ref => best.offer(relative::vague(line, i)),
        Word::Last | Word::Next => {
            best.offer(sets::monthly(line, i));
            best.offer(relative::recent_units(line, i));
            best.offer(calendar(line, i));
        }
        Word::Deictic
        | Word::TextDay
        | Word::Season
        | Word::Week
        | Word::Exercice
        | Word::Ce
        | Word::Cet
        | Word::Cette
        | Word::Avant
        | Word::Preceding
        | Word::Same => {
            best.offer(calendar(line, i));
        }
        _ => return None,
    }
    let mut hit = best.0?;
    extend(line, &mut hit);
    Some(hit)
}

/// A day takes the part of the day that follows it: « hier soir ».
fn extend(line: &Line, hit: &mut Hit) {
    let Expr::Cal(cal) = &hit.expr else { return };
    if !parts::is_day(cal) || matches!(cal, Cal::Feast { .. }) {
        return;
    }
    if let Some((part, modifier, end)) = parts::after_day(line, hit.end) {
        // « lundi midi et demi », « lundi nuit » follow other rules.
        let clock =
            part == DayPart::Noon && times::clock(line, end - 1).is_some_and(|c| c.end > end);
        if clock {
            return;
        }
        hit.expr = Expr::Cal(Cal::Part {
            day: Some(Box::new(cal.clone())),
            part,
        });
        hit.modifier = hit.modifier.or(modifier);
        hit.end = end;
    }
}
