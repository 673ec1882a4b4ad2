//! The pass over a text: lines, matches, anchors, mentions.
//!
//! A line is matched from left to right (`recognise`), each of its mentions gets
//! what surrounds it (`situate`), then they are placed in their order (`resolve`),
//! so that each can anchor the next; its times of day come last, for the day of a
//! time may follow it (`clocks`), and so may the other end of its stretch
//! (`links`).

mod clocks;
mod events;
mod glosses;
mod links;
mod marks;
mod values;

#[cfg(test)]
mod block_cases;

use self::{
    clocks::Anchored,
    glosses::LastClock,
    links::Link,
    marks::Mark,
    values::{first_days, vague, value_step},
};
use super::{
    Context, Found, Timex, Timezone,
    civil::Stretch,
    expr::{Cal, Expr, Unit},
    grammar,
    hit::Hit,
    lengths,
    lexicon::Word,
    line::Line,
    recognise::recognise,
    resolve::{Decider, Placed, Resolver, Steps, Story},
    situate::{self, Blocks, Setting, Situation},
    token::tokenize,
    value::{Length, Value},
    zone::Told,
};
use crate::kinds::{Anchor, DateType, Grain, Modifier};
use jiff::civil::Date;

/// Reads `text` line by line.
pub(super) fn read(text: &str, context: &Context, explain: bool) -> Found {
    read_by(text, context, explain, &Decider::ORDER)
}

/// Reads `text`, the sides of its weekdays decided in this order.
pub(super) fn read_by(text: &str, context: &Context, explain: bool, deciders: &[Decider]) -> Found {
    let mut reader = Reader {
        text,
        explain,
        timezone: context.timezone,
        deciders,
        blocks: Blocks::new(text, context.published),
        story: Story::default(),
        lines: 0,
        found: Found::default(),
        marks: Vec::new(),
        clocks: Vec::new(),
        last_clock: None,
    };
    let mut tokens = Vec::new();
    let mut hits = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let to = memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |n| from + n);
        tokenize(text, from, to, context.blocked, &mut tokens);
        let line = Line {
            text,
            tokens: &tokens,
            inner: grammar::inner,
        };
        recognise(&line, &mut hits);
        if !hits.is_empty() {
            reader.line(&line, to, &hits);
        }
        reader.blocks.close(&line, to);
        from = to + 1;
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    explain: bool,
    timezone: Option<&'t Timezone>,
    deciders: &'t [Decider],
    blocks: Blocks<'t>,
    story: Story,
    /// Lines with mentions so far.
    lines: usize,
    found: Found,
    /// The days of the line, for its times.
    marks: Vec<Mark>,
    /// The times of the line: indices of their mentions, and their sentences.
    clocks: Vec<(usize, usize)>,
    /// The last time of the line that was placed.
    last_clock: Option<LastClock>,
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

    /// Places the expressions of a line: those of the calendar in their order,
    /// then its times of day.
    fn line(&mut self, line: &Line, line_end: usize, hits: &[Hit]) {
        let stamp = self.blocks.stamp(line, hits);
        self.lines += 1;
        let setting = Setting {
            now: self.blocks.now(stamp, self.story.entry_day(), line_end),
            line: self.lines,
            entry: self.is_entry(line, hits),
        };
        self.story.begin_line();
        self.marks.clear();
        self.clocks.clear();
        self.last_clock = None;
        let first = self.found.dates.len();
        let mut sentence = 0;
        let mut token = 0;
        for (n, hit) in hits.iter().enumerate() {
            while token < hit.start {
                sentence += usize::from(line.stops(token));
                token += 1;
            }
            // The full stop of « sept. » ends no sentence, unless a capital follows.
            token = hit.end - usize::from(line.at(hit.end).cap);
            if let Expr::Clock(_) = hit.expr {
                self.clocks.push((self.found.dates.len(), sentence));
                let timex = self.timex(line, hit);
                self.found.dates.push(timex);
                continue;
            }
            let here = Situation::of(line, hits, n, sentence, setting);
            let before = n.checked_sub(1).map(|n| &hits[n]);
            self.mention(line, hit, before, &here);
        }
        self.open_entry(line, hits);
        let clocks = std::mem::take(&mut self.clocks);
        let mut start: Option<(&Hit, usize, Anchored)> = None;
        for (n, (at, sentence)) in clocks.iter().enumerate() {
            let hit = &hits[*at - first];
            let mut link = match start.filter(|(_, s, _)| s == sentence) {
                Some((from, _, day)) => Link::from(line, from, hit, day),
                None => Link::default(),
            };
            // « de vendredi, 20 h, à samedi, 8 h »
            if let Some((from, ..)) = start {
                let between = |m: &Mark| m.start >= from.end && m.end <= hit.start;
                link.day = link.day.filter(|_| !self.marks.iter().any(between));
            }
            if !link.paired
                && let Some((next, _)) = clocks.get(n + 1)
            {
                link = Link::to(line, hit, &hits[*next - first]);
            }
            let day = self.place_clock(line, hit, link, *at, *sentence, &setting);
            start = Some((hit, *sentence, day));
        }
        self.clocks = clocks;
        self.blocks.leave(stamp);
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
                vec![format!("reads {}", hit.rule.reads)]
            } else {
                Vec::new()
            },
        }
    }

    /// Places one expression, the one `before` it in its line placed already.
    fn mention(&mut self, line: &Line, hit: &Hit, before: Option<&Hit>, here: &Situation) {
        let mut timex = self.timex(line, hit);
        let steps = Steps::new(self.explain);
        let resolver = Resolver {
            story: &self.story,
            here,
            steps: &steps,
            deciders: self.deciders,
        };
        match &hit.expr {
            Expr::Cal(cal) => {
                let since = before.is_some_and(|hit| hit.rule.read.past)
                    && self
                        .found
                        .dates
                        .last()
                        .is_some_and(|t| sentence_before(self.text, t.end, timex.start));
                if let Some(reference) = situate::generic(line, hit, since) {
                    vague(&mut timex, reference);
                } else {
                    let mut placed = resolver.place(cal);
                    if hit.rule.read.turns {
                        let en = line.any_before(hit.start, &[Word::En]);
                        placed = resolver.edge(cal, hit.modifier, en, placed);
                    }
                    self.settle(&mut timex, &placed);
                    if let (Placed::Moment(..), Some(zone)) = (&placed, self.timezone) {
                        let offset = here.setting.now.and_then(|p| p.offset);
                        zone.apply(&mut timex, offset.map_or(Told::Here, Told::Offset));
                    }
                    if let (Cal::Month { .. }, Some(Modifier::Start)) = (cal, hit.modifier) {
                        timex.bounds = timex.bounds.map(|b| first_days(b).unwrap_or(b));
                    }
                    self.remember(hit, &placed, here);
                }
            }
            Expr::Range(a, b) => {
                let first = resolver.place(a);
                let last = resolver.place_end(&first, b);
                self.settle_range(&mut timex, &first, &last);
                let reached = match (&first, &last) {
                    (Placed::At(..), Placed::At(s, _)) => Some(*s),
                    _ => None,
                };
                self.story
                    .tell_range(reached, programme(&first, &last), here);
                self.marks.push(Mark::new(hit, here.sentence));
            }
            Expr::Length(lengths) => {
                timex.kind = DateType::Duration;
                timex.value = Some(Value::Length(Length::of(lengths)));
                timex.grain = lengths.iter().map(|(_, u)| *u).min().map(Unit::grain);
                if timex.modifier.is_none() {
                    timex.modifier = lengths::modifier_before(line, hit.start);
                }
                if within(line, hit.start)
                    && let Some(bounds) = resolver.until(lengths)
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
                timex.grain = lengths.first().map(|(_, u)| u.grain());
                if let Some((q, u)) = lengths.first()
                    && !q.vague
                    && q.up_to.is_none()
                    && let Ok(n) = i64::try_from(q.n)
                    && let Some((bounds, anchor)) = resolver.adjoining(n, *u, *sign, *base)
                {
                    timex.bounds = Some(bounds);
                    timex.anchor = Some(anchor);
                }
            }
            Expr::Set(set) => {
                timex.kind = DateType::Set;
                timex.grain = set.grain();
                timex.value = Some(Value::Set(*set));
                self.marks.push(Mark::new(hit, here.sentence));
            }
            Expr::Event { days } => {
                let placed = match self.beside_event(line, hit, *days, here) {
                    Some(d) => Placed::At(Stretch::Day(d), Some(Anchor::Mention)),
                    None => Placed::Unknown(Grain::Day),
                };
                self.settle(&mut timex, &placed);
                self.remember(hit, &placed, here);
            }
            Expr::Ref(n) => vague(&mut timex, *n),
            Expr::Clock(_) => {}
        }
        if self.explain {
            if let Some(word) = here.witness() {
                steps.note(|| format!("tense read from « {word} »"));
            }
            timex.steps.append(&mut steps.into_vec());
            timex.steps.push(value_step(&timex));
        }
        self.found.dates.push(timex);
    }
}

/// No end of a sentence lies between two bytes of the text.
fn sentence_before(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| {
        between.len() <= 200 && !between.contains(['.', '!', '?', '…', '\n', '»'])
    })
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
