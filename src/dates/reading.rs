//! The pass over a text: lines, matches, anchors, mentions.

use super::{
    Context, Found, Timex,
    civil::{self, Stretch, plus_days},
    durations,
    expr::{Base, Cal, Clock, Dir, Expr, Hit, Lengths, Unit},
    grammar,
    lexicon::Word,
    resolve::{Placed, Query, State, moment_string},
    tense::{self, Evidence},
    token::{Line, Token, tokenize},
};
use crate::{
    article::Published,
    record::{Anchor, DateType, Grain, Modifier},
};
use jiff::civil::Date;
use std::fmt::Write as _;

/// A mention that a clock may belong to.
struct Mark {
    start: usize,
    end: usize,
    sentence: usize,
    /// The one day; `None` for a set or several days.
    day: Option<Date>,
    /// A night: its small hours are on the next day.
    night: bool,
    /// An afternoon or an evening: its small hours are past noon.
    late: bool,
}

/// Reads `text` line by line.
pub(super) fn read(text: &str, context: &Context, explain: bool) -> Found {
    let mut reader = Reader {
        text,
        explain,
        state: State {
            published: context.published,
            ..State::default()
        },
        found: Found::default(),
        hits: Vec::new(),
        marks: Vec::new(),
        clocks: Vec::new(),
    };
    let mut tokens = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let to = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |n| from + n);
        tokenize(text, from, to, context.blocked, &mut tokens);
        let line = Line {
            text,
            tokens: &tokens,
        };
        reader.line(&line, to);
        from = to + 1;
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    explain: bool,
    state: State,
    found: Found,
    hits: Vec<Hit>,
    marks: Vec<Mark>,
    clocks: Vec<(usize, usize)>,
}

impl Reader<'_> {
    /// Nothing but time expressions and function words in a one-line text.
    fn is_entry(&self, line: &Line, hits: &[Hit]) -> bool {
        self.text.len() <= 80
            && line.tokens.first().is_some_and(|t| t.start == 0)
            && !self.text.contains('\n')
            && line.tokens.iter().enumerate().all(|(i, t)| {
                !matches!(t.word, Word::Other | Word::Figures | Word::Blocked)
                    || hits.iter().any(|h| h.start <= i && i < h.end)
            })
    }

    fn line(&mut self, line: &Line, line_end: usize) {
        let mut i = 0;
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        while i < line.tokens.len() {
            match grammar::mention(line, i) {
                Some(hit) if hit.end > hit.start => {
                    i = hit.end;
                    hits.push(hit);
                }
                _ => i += 1,
            }
        }
        if !hits.is_empty() {
            self.state.entry = self.is_entry(line, &hits);
            self.resolve(line, line_end, &hits);
        }
        self.hits = hits;
    }

    fn resolve(&mut self, line: &Line, line_end: usize, hits: &[Hit]) {
        let before = self.state.block;
        let stamp = stamp(line, hits);
        let ahead = if stamp.is_none() {
            self.stamp_below(line_end)
        } else {
            None
        };
        match (&stamp, ahead) {
            (Some(Stamp::Above(p)), _) => self.state.block = Some(*p),
            (Some(Stamp::Time(h, m)), _) => {
                self.state.block = self
                    .state
                    .block
                    .or(self.state.published)
                    .map(|p| Published {
                        time: p.day.and(Some((*h, *m))),
                        ..p
                    });
            }
            (_, Some(p)) => self.state.block = Some(p),
            _ => {}
        }
        self.state.line_day = None;
        self.marks.clear();
        self.clocks.clear();
        let first = self.found.dates.len();
        let mut sentence = 0;
        let mut token = 0;
        for hit in hits {
            while token < hit.start {
                sentence += usize::from(line.stops(token));
                token += 1;
            }
            if let Expr::Clock(_) = hit.expr {
                self.clocks.push((self.found.dates.len(), sentence));
                let timex = self.timex(line, hit);
                self.found.dates.push(timex);
                continue;
            }
            self.mention(line, hit, sentence);
        }
        let clocks = std::mem::take(&mut self.clocks);
        for (at, sentence) in &clocks {
            let hit = &hits[*at - first];
            self.place_clock(line, hit, *at, *sentence);
        }
        self.clocks = clocks;
        self.state.block = match stamp {
            // A letter's date holds for what follows it.
            Some(Stamp::Below(p)) => Some(p),
            _ => before,
        };
    }

    /// The stamp of a message that the next line carries (« 16:52 UTC · 6 nov.
    /// 2025 »): it dates this line too.
    fn stamp_below(&self, line_end: usize) -> Option<Published> {
        let from = line_end + 1;
        let rest = self.text.get(from..)?;
        let to = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let next = &rest[..to];
        if next.len() > 120 || !next.contains('·') {
            return None;
        }
        let mut tokens = Vec::new();
        tokenize(self.text, from, from + to, &[], &mut tokens);
        let line = Line {
            text: self.text,
            tokens: &tokens,
        };
        let mut hits = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            match grammar::mention(&line, i) {
                Some(hit) => {
                    i = hit.end.max(i + 1);
                    hits.push(hit);
                }
                None => i += 1,
            }
        }
        match stamp(&line, &hits)? {
            Stamp::Above(p) => Some(p),
            _ => None,
        }
    }

    /// An empty mention of the hit's span.
    fn timex(&self, line: &Line, hit: &Hit) -> Timex {
        let start = line.at(hit.start).start as usize;
        let end = line.at(hit.end - 1).end as usize;
        Timex {
            start,
            end,
            kind: DateType::Date,
            value: None,
            modifier: hit.modifier,
            grain: None,
            from: None,
            to: None,
            anchor: None,
            rule: hit.rule,
            steps: if self.explain {
                vec![format!("rule {}", hit.rule)]
            } else {
                Vec::new()
            },
        }
    }

    fn mention(&mut self, line: &Line, hit: &Hit, sentence: usize) {
        let mut timex = self.timex(line, hit);
        let mut evidence: Option<Evidence> = None;
        let entry = self.state.entry;
        let mut read_tense = || {
            *evidence.get_or_insert_with(|| {
                if entry {
                    Evidence {
                        tense: tense::Tense::Future,
                        token: None,
                    }
                } else {
                    tense::around(line, hit.start, hit.end)
                }
            })
        };
        let mut log = Vec::new();
        let mut query = Query {
            tense: &mut read_tense,
            log: self.explain.then_some(&mut log),
        };
        match &hit.expr {
            Expr::Cal(cal) => {
                if let Some(reference) = generic(line, hit, cal) {
                    vague(&mut timex, reference);
                } else {
                    let placed = self.state.place(cal, &mut query);
                    self.settle(&mut timex, &placed);
                    self.remember(hit, &placed, sentence);
                }
            }
            Expr::Range(a, b) => {
                let first = self.state.place(a, &mut query);
                let last = self.state.place_end(&first, b, &mut query);
                self.settle_range(&mut timex, &first, &last);
                if let (Placed::At(..), Placed::At(s, _)) = (&first, &last) {
                    self.state.mention = Some(*s);
                }
                self.marks.push(Mark {
                    start: hit.start,
                    end: hit.end,
                    sentence,
                    day: None,
                    night: false,
                    late: false,
                });
            }
            Expr::Length(lengths) => {
                timex.kind = DateType::Duration;
                timex.value = Some(length_value(lengths));
                timex.grain = lengths.iter().map(|(_, u)| *u).min().map(grain);
                if timex.modifier.is_none() {
                    timex.modifier = durations::modifier_before(line, hit.start);
                }
                if within(line, hit.start)
                    && let Some((from, to)) = self.state.until(lengths, &mut query)
                {
                    (timex.from, timex.to) = (Some(from), Some(to));
                    timex.anchor = Some(Anchor::Published);
                }
            }
            Expr::Recent {
                lengths,
                sign,
                base,
            } => {
                timex.kind = DateType::Duration;
                timex.value = Some(length_value(lengths));
                timex.grain = lengths.first().map(|(_, u)| grain(*u));
                if let Some((q, u)) = lengths.first()
                    && !q.vague
                    && q.up_to.is_none()
                    && let Ok(n) = i64::try_from(q.n)
                    && let Some((from, to, anchor)) =
                        self.state.beside(n, *u, *sign, *base, &mut query)
                {
                    (timex.from, timex.to) = (Some(from), Some(to));
                    timex.anchor = Some(anchor);
                }
            }
            Expr::Set(value) => {
                timex.kind = DateType::Set;
                timex.grain = set_grain(value);
                timex.value = Some(value.clone());
                self.marks.push(Mark {
                    start: hit.start,
                    end: hit.end,
                    sentence,
                    day: None,
                    night: false,
                    late: false,
                });
            }
            Expr::Ref(n) => vague(&mut timex, *n),
            Expr::Clock(_) => {}
        }
        if self.explain {
            if let Some(Evidence { token: Some(t), .. }) = evidence {
                log.push(format!("tense read from `{}`", line.str(t)));
            }
            timex.steps.append(&mut log);
            timex.steps.push(format!(
                "value {}",
                timex.value.as_deref().unwrap_or("null")
            ));
        }
        self.found.dates.push(timex);
    }

    fn settle(&mut self, timex: &mut Timex, placed: &Placed) {
        match placed {
            Placed::At(s, anchor) => {
                timex.value = Some(s.value());
                timex.grain = Some(s.grain());
                timex.anchor = *anchor;
                if let Some((from, to)) = s.bounds(timex.modifier) {
                    (timex.from, timex.to) = (Some(from), Some(to));
                }
            }
            Placed::Moment(t, anchor) => {
                timex.kind = DateType::Time;
                timex.value = Some(moment_string(*t));
                timex.grain = Some(Grain::Minute);
                timex.anchor = *anchor;
                timex.from = Some(moment_string(*t));
                timex.to = t
                    .checked_add(jiff::Span::new().minutes(1))
                    .ok()
                    .map(moment_string);
            }
            Placed::Partial(value, grain) => {
                timex.value = Some(value.clone());
                timex.grain = Some(*grain);
            }
            Placed::Unknown(grain) => {
                timex.grain = Some(*grain);
                if matches!(grain, Grain::Hour | Grain::Minute | Grain::Second) {
                    timex.kind = DateType::Time;
                }
            }
            Placed::Impossible(grain) => {
                timex.grain = Some(*grain);
                let words = &self.text[timex.start..timex.end];
                self.found.warnings.push(format!("impossible_date:{words}"));
            }
        }
    }

    fn settle_range(&mut self, timex: &mut Timex, first: &Placed, last: &Placed) {
        match (first, last) {
            (Placed::At(a, anchor), Placed::At(b, _)) => {
                timex.value = Some(format!("{}/{}", a.value(), b.value()));
                timex.grain = Some(a.grain());
                timex.anchor = *anchor;
                timex.from = a.bounds(None).map(|b| b.0);
                timex.to = b.bounds(None).map(|b| b.1);
                if timex.from.is_none() || timex.to.is_none() {
                    (timex.from, timex.to) = (None, None);
                }
            }
            (Placed::Partial(a, grain), Placed::Partial(b, _)) => {
                timex.value = Some(format!("{a}/{b}"));
                timex.grain = Some(*grain);
            }
            (Placed::Impossible(g), _) | (_, Placed::Impossible(g)) => {
                self.settle(timex, &Placed::Impossible(*g))
            }
            _ => timex.grain = Some(Grain::Day),
        }
    }

    /// Moves the anchors on.
    fn remember(&mut self, hit: &Hit, placed: &Placed, sentence: usize) {
        let mut mark = Mark {
            start: hit.start,
            end: hit.end,
            sentence,
            day: None,
            night: false,
            late: false,
        };
        if let Placed::At(s, _) = placed {
            self.state.mention = Some(*s);
            match s {
                Stretch::Day(d) | Stretch::Part(d, _) => {
                    mark.day = Some(*d);
                    mark.night = matches!(s, Stretch::Part(_, civil::DayPart::Night));
                    mark.late = matches!(
                        s,
                        Stretch::Part(_, civil::DayPart::Evening | civil::DayPart::Afternoon)
                    );
                    self.state.day = Some(*d);
                    self.state.line_day = Some(*d);
                    self.marks.push(mark);
                }
                Stretch::Weekend(_) | Stretch::Days(..) => self.marks.push(mark),
                _ => {}
            }
        }
    }

    /// Joins a time of day to its day.
    fn place_clock(&mut self, line: &Line, hit: &Hit, at: usize, sentence: usize) {
        let Expr::Clock(said) = &hit.expr else { return };
        let mut clock = said.clone();
        let gap = |m: &Mark| {
            if m.end <= hit.start {
                hit.start - m.end
            } else {
                m.start.saturating_sub(hit.end)
            }
        };
        let near = self
            .marks
            .iter()
            .filter(|m| m.sentence == sentence)
            .min_by_key(|m| gap(m));
        // A time that heads its line belongs to a live report: today's.
        let heads = hit.start == 0 || hit.start == 1 && line.is(0, Word::Punct);
        // In another sentence only a day said before counts.
        let near = near.or_else(|| self.marks.iter().rfind(|m| m.end <= hit.start && !heads));
        // « lundi soir à 8 heures »
        if near.is_some_and(|m| m.late && gap(m) <= 2) && clock.hour < 12 && !clock.midnight {
            clock.hour += 12;
        }
        let clock = &clock;
        let (day, anchor) = match near {
            Some(m) => (
                m.day.and_then(|d| {
                    if m.night && clock.hour < 12 && !clock.midnight {
                        plus_days(d, 1)
                    } else {
                        Some(d)
                    }
                }),
                Some(Anchor::Mention),
            ),
            None => {
                let now = self
                    .state
                    .block
                    .or(self.state.published)
                    .and_then(|p| p.civil_day());
                match now.map(|d| (d, Anchor::Published)) {
                    Some((d, a)) => (Some(d), Some(a)),
                    None => (None, None),
                }
            }
        };
        // Opening hours and habits (« visites de 14 h à 18 h », « le car part à
        // 6 h ») are of no one day; a report in a past tense is of today.
        let undated = anchor == Some(Anchor::Published) && !heads && !self.state.entry && {
            let range = line.any(hit.end, &[Word::A]) && line.is(hit.end + 1, Word::Figures)
                || line.any_before(hit.start, &[Word::A])
                    && line.is(hit.start.wrapping_sub(2), Word::Unit);
            let tense = tense::around(line, hit.start, hit.end).tense;
            range && tense != tense::Tense::Past || tense == tense::Tense::Present
        };
        let day = day.filter(|_| !undated);
        let modifier = hit.modifier.or_else(|| clock_modifier(line, hit.start));
        let Some(timex) = self.found.dates.get_mut(at) else {
            return;
        };
        timex.kind = DateType::Time;
        timex.modifier = modifier;
        timex.grain = Some(match (clock.minute, clock.second) {
            (_, Some(_)) => Grain::Second,
            (Some(_), None) => Grain::Minute,
            (None, None) => Grain::Hour,
        });
        timex.value = Some(clock_value(clock, day));
        timex.anchor = day.and(anchor);
        if let Some(d) = day
            && let Some((from, to)) = clock_bounds(clock, d)
        {
            (timex.from, timex.to) = (Some(from), Some(to));
        }
        if self.explain {
            timex.steps.push(match day {
                Some(d) => format!("of the day {}", civil::day_string(d)),
                None => "of no one day".to_owned(),
            });
            timex.steps.push(format!(
                "value {}",
                timex.value.as_deref().unwrap_or("null")
            ));
        }
    }
}

fn vague(timex: &mut Timex, n: u8) {
    timex.value = Some(["PAST_REF", "PRESENT_REF", "FUTURE_REF"][usize::from(n).min(2)].to_owned());
}

/// « l'école de demain », « les historiens d'aujourd'hui »: an age, not a day.
fn generic(line: &Line, hit: &Hit, cal: &Cal) -> Option<u8> {
    let Cal::Shift {
        unit: Unit::Day,
        by,
        base: Base::Published,
    } = cal
    else {
        return None;
    };
    let word = line.at(hit.start);
    if word.word != Word::Deictic
        || hit.end != hit.start + 1
        || !line.any_before(hit.start, &[Word::De, Word::D])
    {
        return None;
    }
    let head = line.before(hit.start, 2);
    if matches!(
        head.word,
        Word::Partir | Word::Compter | Word::Part | Word::Unit
    ) || line.folded(hit.start.wrapping_sub(2), "reunion")
    {
        return None;
    }
    match by {
        1 if head.word == Word::Other => Some(2),
        0 if head.word == Word::Other => Some(1),
        _ => None,
    }
}

/// « d'ici [deux semaines] », « dans les [six mois] »: a length from now on.
fn within(line: &Line, start: usize) -> bool {
    let (a, b) = (line.before(start, 1).word, line.before(start, 2).word);
    a == Word::Ici && b == Word::D
        || a == Word::A && b == Word::Ici
        || a == Word::Les && b == Word::Dans
}

/// « vers 8 heures », « aux alentours de 20 h ».
fn clock_modifier(line: &Line, start: usize) -> Option<Modifier> {
    let before = line.before(start, 1);
    let around = matches!(before.word, Word::Vers | Word::Environ)
        || matches!(before.word, Word::De | Word::D)
            && matches!(line.before(start, 2).word, Word::Alentours | Word::Autour);
    around.then_some(Modifier::Approx)
}

fn clock_value(clock: &Clock, day: Option<Date>) -> String {
    let minute = clock.minute.unwrap_or(0);
    // « mardi à minuit trente » is on Wednesday; midnight itself closes the day.
    let day = if clock.midnight && minute > 0 {
        day.and_then(|d| plus_days(d, 1))
    } else {
        day
    };
    let mut out = day.map(civil::day_string).unwrap_or_default();
    let hour = if clock.midnight && minute == 0 && day.is_some() {
        24
    } else {
        clock.hour
    };
    let _ = write!(out, "T{hour:02}:{minute:02}");
    if let Some(s) = clock.second {
        let _ = write!(out, ":{s:02}");
    }
    out
}

fn clock_bounds(clock: &Clock, day: Date) -> Option<(String, String)> {
    let day = if clock.midnight {
        plus_days(day, 1)?
    } else {
        day
    };
    let t = day.at(
        clock.hour as i8,
        clock.minute.unwrap_or(0) as i8,
        clock.second.unwrap_or(0) as i8,
        0,
    );
    let span = match (clock.minute, clock.second) {
        (_, Some(_)) => jiff::Span::new().seconds(1),
        (Some(_), None) => jiff::Span::new().minutes(1),
        _ => jiff::Span::new().hours(1),
    };
    let to = t.checked_add(span).ok()?;
    if clock.second.is_some() {
        let full = |t: jiff::civil::DateTime| format!("{}:{:02}", moment_string(t), t.second());
        return Some((full(t), full(to)));
    }
    Some((moment_string(t), moment_string(to)))
}

fn grain(unit: Unit) -> Grain {
    match unit {
        Unit::Second => Grain::Second,
        Unit::Minute => Grain::Minute,
        Unit::Hour => Grain::Hour,
        Unit::Day | Unit::Weekend => Grain::Day,
        Unit::Week => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Half => Grain::Half,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century | Unit::Millennium => Grain::Century,
    }
}

fn set_grain(value: &str) -> Option<Grain> {
    if value.starts_with("XXXX-W") {
        return Some(Grain::Day);
    }
    let time = value.starts_with("PT");
    Some(match value.as_bytes().last()? {
        b'Y' => Grain::Year,
        b'Q' => Grain::Quarter,
        b'M' if time => Grain::Minute,
        b'M' => Grain::Month,
        b'W' => Grain::Week,
        b'D' => Grain::Day,
        b'H' => Grain::Hour,
        b'S' => Grain::Second,
        _ => return None,
    })
}

/// TIMEX3 durations: `P2Y3M`, `PT2H30M`, `P1.5Y`, `PXD`.
fn length_value(lengths: &Lengths) -> String {
    let mut out = String::from("P");
    let mut time = false;
    for (q, u) in lengths {
        let (times, letter) = match u {
            Unit::Century => (100, 'Y'),
            Unit::Decade => (10, 'Y'),
            Unit::Millennium => (1000, 'Y'),
            Unit::Year => (1, 'Y'),
            Unit::Half => (6, 'M'),
            Unit::Quarter => (1, 'Q'),
            Unit::Month => (1, 'M'),
            Unit::Week | Unit::Weekend => (1, 'W'),
            Unit::Day => (1, 'D'),
            Unit::Hour => (1, 'H'),
            Unit::Minute => (1, 'M'),
            Unit::Second => (1, 'S'),
        };
        if matches!(u, Unit::Hour | Unit::Minute | Unit::Second) && !time {
            out.push('T');
            time = true;
        }
        if q.vague || q.up_to.is_some() {
            out.push('X');
        } else {
            let milli =
                q.n.saturating_mul(1000)
                    .saturating_add(u64::from(q.milli))
                    .saturating_mul(times);
            let _ = write!(out, "{}", milli / 1000);
            if !milli.is_multiple_of(1000) {
                let decimals = format!("{:03}", milli % 1000);
                let _ = write!(out, ".{}", decimals.trim_end_matches('0'));
            }
        }
        out.push(letter);
    }
    out
}

/// A date that a block carries for itself.
enum Stamp {
    /// At the foot of a message: it dates this line and the one above.
    Above(Published),
    /// At the head of a letter: it dates what follows.
    Below(Published),
    /// A time at the head of a live entry.
    Time(i8, i8),
}

fn stamp(line: &Line, hits: &[Hit]) -> Option<Stamp> {
    let full = |h: &Hit| match &h.expr {
        Expr::Cal(Cal::Day {
            day,
            month: Some(m),
            year: Some(y),
            dir: Dir::Open,
            ..
        }) => Published::day(*y, *m as i8, i8::try_from(*day).ok()?),
        _ => None,
    };
    let last = line.tokens.len();
    let mid_dot = |t: &Token| t.word == Word::Punct && t.n == '·' as u32;
    if let Some(hit) = hits.iter().rev().find(|h| full(h).is_some()) {
        let p = full(hit)?;
        let closes = hit.end + 1 >= last || hits.last().is_some_and(|h| h.end + 1 >= last);
        let dotted = line.tokens.iter().any(mid_dot);
        let handle = line.tokens[..hit.start]
            .iter()
            .any(|t| t.word == Word::Blocked && line.text.as_bytes()[t.start as usize] == b'@');
        if closes && (dotted || handle && last < 80) {
            let time = hits.iter().find_map(|h| match &h.expr {
                Expr::Clock(c) => Some((c.hour as i8, c.minute.unwrap_or(0) as i8)),
                _ => None,
            });
            return Some(Stamp::Above(Published { time, ..p }));
        }
        // « Verdun, le 12 mars 1916 »
        let place = hit.start >= 3
            && hit.start <= 7
            && line.is(hit.start - 1, Word::Le)
            && line.punct(hit.start - 2, ',')
            && line.at(0).cap;
        if place && hit.end + 1 >= last && hits.len() == 1 {
            return Some(Stamp::Below(p));
        }
    }
    let first = hits.first()?;
    if let Expr::Clock(c) = &first.expr
        && first.start == 0
        && line.is(first.end, Word::Punct)
        && matches!(
            char::from_u32(line.at(first.end).n),
            Some(':' | '-' | '–' | '—' | '|' | '.' | '·')
        )
        && line.at(first.end + 1).gap
    {
        return Some(Stamp::Time(c.hour as i8, c.minute.unwrap_or(0) as i8));
    }
    None
}
