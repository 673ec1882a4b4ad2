//! Which rules are tried at which word. At each place the longest match wins;
//! of two as long, the one tried first.

use super::{
    absolute,
    civil::DayPart,
    durations, early,
    expr::{Cal, Expr, Hit},
    feasts, intervals,
    lexicon::{UnitNoun, Word},
    line::Line,
    meals, parts, periods, relative, sets, times,
};

/// A rule: the expression that starts at a token.
type Rule = fn(&Line, usize) -> Option<Hit>;

/// The longest of the matches that begin at a token.
struct Best<'l> {
    line: &'l Line<'l>,
    at: usize,
    hit: Option<Hit>,
}

impl<'l> Best<'l> {
    fn new(line: &'l Line, at: usize) -> Self {
        let hit = None;
        Self { line, at, hit }
    }

    #[inline]
    fn offer(&mut self, hit: Option<Hit>) {
        if let Some(hit) = hit
            && self.hit.as_ref().is_none_or(|b| hit.end > b.end)
        {
            self.hit = Some(hit);
        }
    }

    /// Tries each of `rules`. Unrolled, so that the rules are called directly.
    #[inline(always)]
    fn of<const N: usize>(&mut self, rules: [Rule; N]) {
        for rule in rules {
            self.offer(rule(self.line, self.at));
        }
    }
}

/// A place on the calendar at `i`, for rules that hold one inside.
pub(super) fn calendar(line: &Line, i: usize) -> Option<Hit> {
    let mut best = Best::new(line, i);
    let t = line.at(i);
    match t.word {
        Word::Figures => best.of([
            absolute::numeric,
            absolute::day_month,
            absolute::year,
            absolute::bare_day,
            periods::quarter,
            periods::century,
            periods::nth,
        ]),
        Word::Numeral => {
            best.of([absolute::day_month, absolute::year, absolute::month]);
            if line.is(i + 2, Word::Ordinal) {
                best.of([periods::century]);
            }
            if line.any_before(i, &[Word::Le]) {
                best.of([absolute::bare_day]);
            }
        }
        Word::Ordinal => best.of([
            absolute::day_month,
            periods::quarter,
            periods::century,
            periods::nth,
        ]),
        Word::Weekday | Word::WeekdayAbbr => best.of([
            absolute::day_month,
            absolute::month_day_year,
            absolute::numeric,
            absolute::bare_day,
            feasts::feast,
            relative::weekday,
        ]),
        Word::Month | Word::MonthAbbr => best.of([absolute::month_day_year, absolute::month]),
        Word::Season => best.of([periods::season]),
        Word::Unit => {
            best.of([
                absolute::month,
                relative::unit_phrase,
                periods::decade,
                absolute::year,
                periods::week_of,
            ]);
            if t.unit() == Some(UnitNoun::Day) {
                best.of([feasts::feast]);
            }
            if t.unit() == Some(UnitNoun::Second) {
                best.of([periods::quarter_code]);
            }
        }
        Word::Week => best.of([relative::unit_phrase, periods::week_of]),
        Word::Exercice => best.of([relative::unit_phrase]),
        Word::Ce | Word::Cet | Word::Cette => best.of([
            absolute::day_month,
            absolute::bare_day,
            relative::demonstrative,
        ]),
        Word::Deictic => best.of([relative::day_word]),
        Word::TextDay => best.of([relative::text_day]),
        Word::Avant | Word::Apres => {
            best.of([relative::day_word, relative::text_day, periods::nth])
        }
        Word::Feast | Word::Saint | Word::Nouvel | Word::Fete => best.of([feasts::feast]),
        Word::Next | Word::Last | Word::Preceding | Word::Same => {
            best.of([periods::quarter, periods::nth, relative::unit_phrase])
        }
        Word::Debut | Word::Fin | Word::Milieu | Word::Mi => best.of([periods::edge]),
        Word::Other if t.cap || t.accent => {
            let s = line.str(i);
            if s.len() <= 12 && s.starts_with(['I', 'V', 'X', 'T', 'Q', 'H', 'r', 'R']) {
                best.of([periods::century, periods::quarter_code, feasts::feast]);
            }
        }
        _ => {}
    }
    best.hit
}

/// A place on the calendar or a range of days.
pub(super) fn calendar_or_range(line: &Line, i: usize) -> Option<Hit> {
    let mut best = Best::new(line, i);
    if matches!(
        line.word(i),
        Word::Figures | Word::Numeral | Word::Ordinal | Word::Weekday | Word::WeekdayAbbr
    ) {
        best.of([intervals::days, intervals::weekdays]);
    }
    best.of([calendar]);
    best.hit
}

/// The time expression that starts at token `i`.
pub(super) fn mention(line: &Line, i: usize) -> Option<Hit> {
    let t = line.at(i);
    let mut best = Best::new(line, i);
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
            best.of([calendar]);
            if best.hit.is_none() && line.str(i).starts_with(['x', 'X']) {
                best.of([periods::century]);
            }
        }
        Word::Punct | Word::Blocked | Word::End => return None,
        Word::Figures | Word::Numeral | Word::Un | Word::Approx | Word::Half | Word::Quarter => {
            let figures = t.word == Word::Figures;
            best.of([sets::times, sets::one_in]);
            if figures {
                best.of([sets::monthly]);
            }
            best.of([
                intervals::days,
                times::clock,
                relative::later,
                relative::recent_units,
                calendar,
                durations::duration,
                times::borrowed_unit,
                times::no_unit,
            ]);
            if figures {
                best.of([times::shared_unit]);
            }
        }
        Word::Quelques | Word::Quelque => best.of([relative::later, durations::duration]),
        Word::Ordinal => best.of([sets::monthly, intervals::days, calendar]),
        Word::Weekday | Word::WeekdayAbbr => {
            best.of([
                intervals::days,
                intervals::weekdays,
                intervals::feasts,
                calendar,
            ]);
            let set = sets::weekdays(line, i);
            // A set wins over the bare weekday it looks like.
            let bare = matches!(&best.hit, Some(h) if h.rule == "weekday");
            if bare && set.is_some() {
                return set;
            }
            best.offer(set);
        }
        Word::Month | Word::MonthAbbr => best.of([intervals::month_borrows, calendar]),
        Word::Part => best.of([times::clock, parts::part]),
        Word::Tot | Word::Tard => best.of([early::early]),
        Word::Meal => best.of([meals::alone]),
        Word::Coucher | Word::Lever | Word::Tombee => best.of([parts::part]),
        Word::Apres => best.of([parts::part, calendar]),
        Word::Petit => best.of([parts::part, meals::alone]),
        Word::Unit => {
            best.of([calendar]);
            if t.unit() == Some(UnitNoun::Day) {
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
            if t.unit() == Some(UnitNoun::Hour) {
                best.of([meals::alone]);
            }
        }
        Word::Mi | Word::Debut | Word::Fin | Word::Milieu | Word::Courant => {
            best.of([periods::edge])
        }
        Word::Feast | Word::Saint | Word::Nouvel | Word::Fete => {
            best.of([intervals::feasts, calendar])
        }
        Word::Ces => best.of([relative::demonstrative]),
        Word::Il => best.of([relative::ago]),
        Word::Dans => best.of([relative::ahead]),
        Word::Chaque => best.of([sets::each]),
        Word::Tous | Word::Toutes => best.of([sets::every]),
        Word::Par => best.of([sets::per]),
        Word::De | Word::Adverb => best.of([sets::other]),
        Word::Ref => best.of([relative::vague]),
        Word::Last | Word::Next => best.of([sets::monthly, relative::recent_units, calendar]),
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
        | Word::Same => best.of([calendar]),
        _ => return None,
    }
    let mut hit = best.hit?;
    extend(line, &mut hit);
    Some(hit)
}

/// A day takes the part of the day that follows it: « hier soir ».
fn extend(line: &Line, hit: &mut Hit) {
    let Expr::Cal(cal) = &hit.expr else { return };
    if let Cal::Part { .. } = cal {
        return late(line, hit);
    }
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
        late(line, hit);
    }
}

/// A part of a day takes the « tôt » or « tard » that follows it.
fn late(line: &Line, hit: &mut Hit) {
    if hit.modifier.is_none()
        && let Some((modifier, end)) = early::after_part(line, hit.end)
    {
        hit.modifier = Some(modifier);
        hit.end = end;
    }
}
