//! What the text has told so far: the days and months that later expressions
//! count from. It changes by its named methods only, one mention at a time.

use super::chain::Link;
use crate::dates::{
    civil::{self, Stretch, plus_days},
    situate::Situation,
};
use jiff::civil::Date;

/// The dates of the text up to the mention at hand.
#[derive(Debug, Clone, Default)]
pub(in crate::dates) struct Story {
    /// Last calendar mention.
    pub(super) mention: Option<Stretch>,
    /// Last mention that named one day.
    pub(super) day: Option<Date>,
    /// The last of them that is not ahead of the reference.
    pub(super) past_day: Option<Date>,
    /// A day said earlier in this line.
    pub(super) line_day: Option<Date>,
    /// The last date of a clause that named its month.
    pub(super) said: Option<Link>,
    /// The days of a programme, at most a week, and its line.
    pub(super) programme: Option<(Date, Date, usize)>,
    /// The last date that named its year, while the story is there.
    pub(super) chain: Option<Link>,
    /// The last date of a clause that does not count from the publication date.
    pub(super) dated: Option<Stretch>,
    /// Where the last mention of each weekday was placed, Monday first.
    weekdays: [Option<Date>; 7],
    /// The day that the story was at when this line began.
    before: Option<Date>,
    /// The day that this line brought the story to.
    reached: Option<Date>,
    /// The day and the last hour of the entries of a live report.
    entry: Option<(Date, u8)>,
}

impl Story {
    /// A new line begins.
    pub fn begin_line(&mut self) {
        self.line_day = None;
        self.before = self.reached.or(self.before);
        self.reached = None;
    }

    /// A mention at `stretch`; `counted` from the publication date, or one that
    /// `names_month`.
    pub fn tell(&mut self, stretch: Stretch, here: &Situation, counted: bool, names_month: bool) {
        self.mention = Some(stretch);
        if here.main {
            let link = Link {
                stretch,
                line: here.setting.line,
                heads: here.heads,
            };
            // What counts from the publication date brings the story back.
            self.chain = (!counted).then_some(link);
            self.dated = (!counted).then_some(stretch).or(self.dated);
            self.said = names_month.then_some(link).or(self.said);
        }
        let (Stretch::Day(day) | Stretch::Part(day, _)) = stretch else {
            return;
        };
        if here.main || self.reached.is_none() {
            self.day = Some(day);
            if !super::is_ahead(here, day) {
                self.past_day = Some(day);
            }
        }
        self.line_day = Some(day);
        if here.main {
            self.reached = Some(day);
        }
    }

    /// A mention said `day` by its weekday.
    pub fn tell_weekday(&mut self, day: Date) {
        let at = usize::try_from(civil::weekday(day) - 1).unwrap_or_default();
        self.weekdays[at.min(6)] = Some(day);
    }

    /// Where the last mention of a weekday, 1 to 7, was placed.
    pub(super) fn weekday_said(&self, weekday: u8) -> Option<Date> {
        *self.weekdays.get(usize::from(weekday).checked_sub(1)?)?
    }

    /// A range that ends with `last`; of fewer than seven `days` it is a
    /// programme.
    pub fn tell_range(
        &mut self,
        last: Option<Stretch>,
        days: Option<(Date, Date)>,
        here: &Situation,
    ) {
        self.mention = last.or(self.mention);
        self.programme = days.map(|(from, to)| (from, to, here.setting.line));
    }

    /// The day that the story was at when this line began.
    pub fn day_before_line(&self) -> Option<Date> {
        self.before
    }

    /// The day of the entries of a live report.
    pub fn entry_day(&self) -> Option<Date> {
        self.entry.map(|(day, _)| day)
    }

    /// The entries of `day` begin, or have come to `hour` of it.
    pub fn enter(&mut self, day: Date, hour: u8) {
        self.entry = Some((day, hour));
    }

    /// The day of an entry at `hour`, which midnight moves on; the outer `None`
    /// where there are no entries, the inner past the end of the calendar.
    pub fn next_entry(&mut self, hour: u8) -> Option<Option<Date>> {
        let (day, last) = self.entry?;
        let day = plus_days(day, i64::from(last >= 18 && hour < 9));
        if let Some(day) = day {
            self.entry = Some((day, hour));
        }
        Some(day)
    }
}
