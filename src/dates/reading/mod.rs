//! The pass over a text: lines, matches, anchors, mentions.
//!
//! A line is matched from left to right, then its matches are placed in their
//! order, so that each can anchor the next; its times of day come last, for the
//! day of a time may follow it (`clocks`), and so may the other end of its stretch
//! (`links`). What a block carries as its own date
//! is read in `stamps`, the TIMEX3 values in `values`.

mod ages;
#[cfg(test)]
mod block_cases;
mod clocks;
mod links;
mod marks;
mod stamps;
mod values;

use self::{
    ages::{generic, sentence_before},
    links::Link,
    marks::{Mark, beside},
    stamps::Open,
    values::{first_days, grain, vague, value_step},
};
use super::{
    Context, Found, Timex, Timezone,
    civil::Stretch,
    durations,
    expr::{Cal, Expr},
    grammar,
    hit::Hit,
    lexicon::Word,
    line::Line,
    resolve::{Placed, Query, State},
    tense::{self, Evidence, Tense},
    token::tokenize,
    value::{Length, Value},
    zone::Told,
};
use crate::kinds::{Anchor, DateType, Modifier};
use jiff::civil::Date;

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
        timezone: context.timezone,
        open: Open::No,
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
    timezone: Option<&'t Timezone>,
    open: Open,
}

impl Reader<'_> {
    /// A text of one short line.
    fn is_message(&self) -> bool {
        self.text.len() <= 80 && !self.text.contains('\n')
    }

    /// Nothing but time expressions and function words in a one-line text.
    fn is_entry(&self, line: &Line, hits: &[Hit]) -> bool {
        self.is_message()
            && line
                .tokens
                .first()
                .is_some_and(|t| self.text[..t.start as usize].trim().is_empty())
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
            match grammar::mention(&line.ahead(i), i) {
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
        self.close(line, line_end);
        self.hits = hits;
    }

    fn resolve(&mut self, line: &Line, line_end: usize, hits: &[Hit]) {
        let before = self.state.block;
        let stamp = self.stamp(line, hits);
        self.enter(stamp, line_end);
        self.state.line += 1;
        self.state.line_day = None;
        self.state.story = self.state.line_story.or(self.state.story);
        self.state.line_story = None;
        self.marks.clear();
        self.clocks.clear();
        let first = self.found.dates.len();
        let mut sentence = 0;
        let mut token = 0;
        for (n, hit) in hits.iter().enumerate() {
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
            // « réunion samedi, 20 h », but « Samedi, à 20 h, on attendait »
            let timed = matches!(hit.expr, Expr::Cal(Cal::Weekday { .. }))
                && hit.start > 0
                && !line.stops(hit.start - 1)
                && hits.get(n + 1).is_some_and(|next| {
                    matches!(next.expr, Expr::Clock(_)) && next.start <= hit.end + 2
                });
            let before = n.checked_sub(1).map(|n| &hits[n]);
            self.mention(line, hit, before, sentence, timed);
        }
        self.open_entry(line, hits);
        let clocks = std::mem::take(&mut self.clocks);
        let mut start: Option<(&Hit, usize)> = None;
        for (n, (at, sentence)) in clocks.iter().enumerate() {
            let hit = &hits[*at - first];
            let mut link = match start.filter(|(_, s)| s == sentence) {
                Some((from, _)) => Link::from(line, from, hit),
                None => Link::default(),
            };
            if !link.paired
                && let Some((next, _)) = clocks.get(n + 1)
            {
                link = Link::to(line, hit, &hits[*next - first]);
            }
            self.place_clock(line, hit, link, *at, *sentence);
            start = Some((hit, *sentence));
        }
        self.clocks = clocks;
        self.leave(stamp, before);
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
            bounds: None,
            anchor: None,
            rule: hit.rule.name,
            steps: if self.explain {
                vec![format!("rule {}", hit.rule.name)]
            } else {
                Vec::new()
            },
        }
    }

    fn mention(
        &mut self,
        line: &Line,
        hit: &Hit,
        before: Option<&Hit>,
        sentence: usize,
        timed: bool,
    ) {
        let mut timex = self.timex(line, hit);
        self.state.beside = beside(line, hit.start);
        self.state.heads = hit.start <= 2;
        let mut evidence: Option<Evidence> = None;
        let entry = self.state.entry;
        let mut read_tense = || {
            *evidence.get_or_insert_with(|| {
                if entry {
                    Evidence {
                        tense: Tense::Future,
                        token: None,
                    }
                } else {
                    let found = tense::around(line, hit.start, hit.end);
                    match found.tense {
                        // Without a verb, a day and its hour announce.
                        Tense::Unknown if timed => Evidence {
                            tense: Tense::Future,
                            ..found
                        },
                        _ => found,
                    }
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
                let since = self.found.dates.last().is_some_and(|t| {
                    before.is_some_and(|hit| hit.rule.read.past)
                        && sentence_before(self.text, t.end, timex.start)
                });
                if let Some(reference) = generic(line, hit, cal, since) {
                    vague(&mut timex, reference);
                } else {
                    let mut placed = self.state.place(cal, &mut query);
                    if hit.rule.read.turns {
                        placed = {
                            let en = line.any_before(hit.start, &[Word::En]);
                            self.state.edge(cal, hit.modifier, en, placed, &mut query)
                        };
                    }
                    self.settle(&mut timex, &placed);
                    if let (Placed::Moment(..), Some(zone)) = (&placed, self.timezone) {
                        let now = self.state.block.or(self.state.published);
                        let offset = now.and_then(|p| p.offset);
                        zone.apply(&mut timex, offset.map_or(Told::Here, Told::Offset));
                    }
                    if let (Cal::Month { .. }, Some(Modifier::Start)) = (cal, hit.modifier) {
                        timex.bounds = timex.bounds.map(|b| first_days(b).unwrap_or(b));
                    }
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
                let at = self.state.line;
                self.state.programme = programme(&first, &last).map(|(a, b)| (a, b, at));
                self.marks.push(Mark::new(hit, sentence));
            }
            Expr::Length(lengths) => {
                timex.kind = DateType::Duration;
                timex.value = Some(Value::Length(Length::of(lengths)));
                timex.grain = lengths.iter().map(|(_, u)| *u).min().map(grain);
                if timex.modifier.is_none() {
                    timex.modifier = durations::modifier_before(line, hit.start);
                }
                if within(line, hit.start)
                    && let Some(bounds) = self.state.until(lengths, &mut query)
                {
                    timex.bounds = Some(bounds);
                    timex.anchor = Some(Anchor::Published);
                }
            }
            Expr::Recent {
                lengths,
                sign,
                base,
            } => {
                timex.kind = DateType::Duration;
                timex.value = Some(Value::Length(Length::of(lengths)));
                timex.grain = lengths.first().map(|(_, u)| grain(*u));
                if let Some((q, u)) = lengths.first()
                    && !q.vague
                    && q.up_to.is_none()
                    && let Ok(n) = i64::try_from(q.n)
                    && let Some((bounds, anchor)) =
                        self.state.beside(n, *u, *sign, *base, &mut query)
                {
                    timex.bounds = Some(bounds);
                    timex.anchor = Some(anchor);
                }
            }
            Expr::Set(set) => {
                timex.kind = DateType::Set;
                timex.grain = set.grain();
                timex.value = Some(Value::Set(*set));
                self.marks.push(Mark::new(hit, sentence));
            }
            Expr::Ref(n) => vague(&mut timex, *n),
            Expr::Clock(_) => {}
        }
        if self.explain {
            if let Some(Evidence { token: Some(t), .. }) = evidence {
                log.push(format!("tense read from `{}`", line.str(t)));
            }
            timex.steps.append(&mut log);
            timex.steps.push(value_step(&timex));
        }
        self.found.dates.push(timex);
    }
}

/// From the first day to the last, if each weekday comes once.
fn programme(first: &Placed, last: &Placed) -> Option<(Date, Date)> {
    let (Placed::At(Stretch::Day(a), _), Placed::At(Stretch::Day(b), _)) = (first, last) else {
        return None;
    };
    (a.until(*b).ok()?.get_days() < 7).then_some((*a, *b))
}

/// « d'ici [deux semaines] », « dans les [six mois] »: a length from now on.
fn within(line: &Line, start: usize) -> bool {
    let (a, b) = (line.before(start, 1).word, line.before(start, 2).word);
    a == Word::Ici && b == Word::D
        || a == Word::A && b == Word::Ici
        || a == Word::Les && b == Word::Dans
}
