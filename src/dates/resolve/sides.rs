//! On which side of the reference a weekday lies: every mechanism that may
//! decide, in one order. The first that has something to say decides.

use super::{Placed, Resolver};
use crate::{
    dates::{
        civil::{self, Stretch, plus_days},
        expr::{Base, Dir},
        tense::Tense,
        value::OpenDate,
    },
    kinds::{Anchor, Grain},
};
use jiff::civil::Date;

/// How many days ahead a weekday may lie when no tense says that it does.
const REACH: i64 = 4;

/// How many days ahead « ce vendredi » may lie in a clause that is not future.
const THIS_REACH: i64 = 3;

/// What may decide on the side of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dates) enum Decider {
    /// The expression itself: « lundi de la semaine prochaine », the second end
    /// of « samedi et dimanche ».
    Expression,
    /// « dernier », « prochain », « suivant », « précédent ».
    Direction,
    /// The days of a programme named before: « Du 21 au 25, foire. Vendredi,
    /// concours de chiens. »
    Programme,
    /// The text is nothing but a field or a cell of an agenda, which announces.
    Entry,
    /// « ce lundi »: the near one.
    Demonstrative,
    /// The same weekday said before, where nothing else is sure: « Le conseil
    /// votera lundi. La séance de lundi est publique. »
    Said,
    /// It stands beside a clause in the present, which speaks of what is over:
    /// « le bilan de la tempête de vendredi s'alourdit ».
    Beside,
    /// The word before it: « depuis lundi », « prévu vendredi ».
    Introduced,
    /// The tense of the verb nearest to it.
    Clause,
    /// Without a verb, a noun or an hour that announces: « verdict lundi »,
    /// « réunion samedi, 20 h ».
    Announced,
    /// Nothing: behind, unless it is only a few days ahead.
    Nearest,
}

impl Decider {
    /// The order in which they are asked.
    pub const ORDER: [Self; 11] = [
        Self::Expression,
        Self::Direction,
        Self::Programme,
        Self::Entry,
        Self::Demonstrative,
        Self::Said,
        Self::Beside,
        Self::Introduced,
        Self::Clause,
        Self::Announced,
        Self::Nearest,
    ];

    /// For the steps of [`crate::dates::explain`].
    fn words(self) -> &'static str {
        match self {
            Self::Expression => "the expression that holds it",
            Self::Direction => "its word of direction",
            Self::Programme => "the days of a programme named before",
            Self::Entry => "the text, an entry that announces",
            Self::Demonstrative => "its demonstrative",
            Self::Said => "the same weekday said before",
            Self::Beside => "its place beside a clause in the present",
            Self::Introduced => "the word that introduces it",
            Self::Clause => "the tense of the clause",
            Self::Announced => "a noun or an hour that announces",
            Self::Nearest => "nearness",
        }
    }
}

/// A day and what it was counted from.
type Decided = (Option<Date>, Option<Anchor>);

/// A weekday that has no date yet.
struct Asked {
    weekday: u8,
    dir: Dir,
    /// The day that the expression around it gives.
    own: Option<Decided>,
    /// The day it is counted from.
    reference: Option<(Date, Anchor)>,
}

impl Asked {
    /// Days back and forward to the weekday, 0 to 6 each.
    fn distances(&self, from: Date) -> (i64, i64) {
        let by = civil::weekday(from) - i64::from(self.weekday);
        (by.rem_euclid(7), (-by).rem_euclid(7))
    }
}

impl Resolver<'_> {
    /// A weekday alone, with a direction, or with its `own` day where the
    /// expression around it gives one.
    pub(super) fn weekday(&self, weekday: u8, dir: Dir, own: Option<Decided>) -> Placed {
        let text = matches!(dir, Dir::Following | Dir::Preceding);
        let base = if text { Base::Text } else { Base::Published };
        let asked = Asked {
            weekday,
            dir,
            own,
            reference: self
                .base(base, true)
                .and_then(|(r, anchor)| Some((r.day?, anchor))),
        };
        let decided = self
            .deciders
            .iter()
            .find_map(|d| Some((d, self.decided(*d, &asked)?)));
        match decided {
            Some((decider, (Some(day), anchor))) => {
                self.note(|| format!("side decided by {}", decider.words()));
                Placed::At(Stretch::Day(day), anchor)
            }
            _ => Placed::Partial(OpenDate::Weekday(weekday), Grain::Day),
        }
    }

    /// What one decider says.
    fn decided(&self, decider: Decider, asked: &Asked) -> Option<Decided> {
        if decider == Decider::Expression {
            return asked.own;
        }
        let (today, anchor) = asked.reference?;
        let (back, forward) = asked.distances(today);
        let not_today = |by: i64| if by == 0 { 7 } else { by };
        // Behind, unless tomorrow or the days after may be meant. A present
        // tense, or no verb at all, announces (« Les députés votent mercredi »,
        // « Samedi, 20 h, salle des fêtes »), unless the day is just behind.
        let near = |reach: i64| if forward <= reach { forward } else { -back };
        let by_tense = |tense| match tense {
            Tense::Past => -back,
            Tense::Future => forward,
            Tense::Present | Tense::Unknown => near(REACH),
        };
        let by = match decider {
            Decider::Expression => return None,
            Decider::Direction => match asked.dir {
                // « mercredi suivant », « lundi précédent » that follow no day of
                // the text: of the next week, of the last.
                Dir::Following if anchor == Anchor::Published => {
                    i64::from(asked.weekday) + 7 - civil::weekday(today)
                }
                Dir::Preceding if anchor == Anchor::Published => {
                    i64::from(asked.weekday) - 7 - civil::weekday(today)
                }
                // « lundi dernier » said on a Tuesday is not yesterday.
                Dir::Last if back == 1 => -8,
                Dir::Last | Dir::Preceding => -not_today(back),
                Dir::Next | Dir::Following => not_today(forward),
                Dir::Open | Dir::This | Dir::Same => return None,
            },
            Decider::Programme => {
                let open = !matches!(asked.dir, Dir::This | Dir::Same);
                let day = self.in_programme(asked.weekday).filter(|_| open)?;
                return Some((Some(day), Some(Anchor::Mention)));
            }
            Decider::Entry if self.here.setting.entry => not_today(forward),
            Decider::Demonstrative if matches!(asked.dir, Dir::This | Dir::Same) => {
                match self.here.tense() {
                    Tense::Future => forward,
                    _ => near(THIS_REACH),
                }
            }
            Decider::Said => {
                let day = self.story.weekday_said(asked.weekday)?;
                let near = today.until(day).ok()?.get_days().abs() < 7;
                let unsure = || match self.here.introduced() {
                    None => {
                        !self.here.main
                            || self.here.starts_there() && self.here.clause() == Tense::Past
                            || matches!(self.here.clause(), Tense::Present | Tense::Unknown)
                    }
                    Some(_) => false,
                };
                return (near && unsure()).then_some((Some(day), Some(anchor)));
            }
            // « La visite de vendredi est gratuite »
            Decider::Beside if self.here.planned() => forward,
            Decider::Beside if !self.here.main && self.here.tense() == Tense::Present => -back,
            Decider::Introduced => by_tense(self.here.introduced()?),
            Decider::Clause => match self.here.clause() {
                Tense::Unknown => return None,
                tense => by_tense(tense),
            },
            Decider::Announced if self.here.announced() => forward,
            Decider::Nearest => near(REACH),
            Decider::Entry | Decider::Demonstrative | Decider::Beside | Decider::Announced => {
                return None;
            }
        };
        Some((plus_days(today, by), Some(anchor)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{Context, reading};

    /// Values found when the weekday's side is decided in this order.
    fn values(text: &str, order: &[Decider]) -> Vec<String> {
        let context = Context {
            published: "2024-03-13T10:00".parse().ok(),
            ..Context::default()
        };
        let found = reading::read_by(text, &context, false, order);
        found
            .dates
            .iter()
            .map(|t| {
                t.value
                    .as_ref()
                    .map_or("null".to_owned(), |v| v.to_string())
            })
            .collect()
    }

    #[test]
    fn what_is_planned_is_ahead() {
        for (text, want) in [
            ("La visite de vendredi est gratuite.", "2024-03-15"),
            ("La séance de mardi est complète.", "2024-03-19"),
            // Told, or no plan.
            ("La visite de vendredi est terminée.", "2024-03-08"),
            (
                "Le bilan de la tempête de vendredi est lourd.",
                "2024-03-08",
            ),
        ] {
            assert_eq!(values(text, &Decider::ORDER), [want], "{text}");
        }
    }

    /// For each neighbouring pair a sentence that the other order reads
    /// differently. The publication date is Wednesday 2024-03-13.
    #[test]
    fn the_order_matters_for_every_pair() {
        let cases = [
            // The second end of the range comes after the first.
            (
                "Fermé mercredi et jeudi prochains.",
                "2024-03-20/2024-03-21",
            ),
            // The next Thursday, not that of the fair.
            (
                "Du 18 au 24 mars, foire. Jeudi prochain, concert.",
                "2024-03-14",
            ),
            // In the fair's week, though an agenda means the next one.
            ("Du 18 au 24 mars, jeudi", "2024-03-21"),
            // A cell of an agenda is not of today.
            ("ce mercredi", "2024-03-20"),
            // « ce » means the near one, also where the noun is told.
            (
                "Il a plu vendredi. Le bilan de la tempête de ce vendredi s'alourdit.",
                "2024-03-15",
            ),
            // The Friday that was said.
            (
                "Ils joueront vendredi. Le bilan du match de vendredi s'alourdit.",
                "2024-03-15",
            ),
            // A limit that is told is behind.
            ("Ils ont joué avant vendredi.", "2024-03-08"),
            // What puts off to a day puts it ahead.
            ("Le conseil a été repoussé à vendredi.", "2024-03-15"),
            // The verb outweighs the noun that announces.
            ("Il a manqué le rendez-vous lundi.", "2024-03-11"),
            // Without a verb the noun announces.
            ("Verdict lundi.", "2024-03-18"),
        ];
        assert_eq!(cases.len(), Decider::ORDER.len() - 1);
        for (i, (text, want)) in cases.iter().enumerate() {
            let got = values(text, &Decider::ORDER);
            assert_eq!(got.last().map(String::as_str), Some(*want), "{text}");
            let mut swapped = Decider::ORDER;
            swapped.swap(i, i + 1);
            let other = values(text, &swapped);
            assert_ne!(got, other, "{:?} and {:?}", swapped[i + 1], swapped[i]);
        }
    }
}
