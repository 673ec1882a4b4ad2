//! A stretch without its year: « en mars », « le 24 novembre », « au premier
//! trimestre », « à Noël ».
//!
//! Past, the latest that has begun; ahead, the earliest that has not ended;
//! otherwise the nearest. A publication date without its month does not say
//! which side a month lies on: then the year stays open (`XXXX-03`).

use super::{Pick, Placed, Reference, Resolver};
use crate::{
    dates::{
        civil::Stretch,
        expr::{Base, Dir, PeriodKind},
        feasts,
        lexicon::Feast,
        value::OpenDate,
    },
    kinds::{Anchor, Grain},
};
use jiff::civil::Date;

/// How many days away a date that the tense puts ahead is far, and how many the
/// one behind is near; the same for one that it puts behind. On annotated news a
/// past is the surer of the two.
const FAR_AHEAD: (i32, i32) = (240, 100);
const FAR_BEHIND: (i32, i32) = (300, 45);

impl Resolver<'_> {
    /// Of the stretches that `make` gives for the years around the reference,
    /// the one that `pick` asks for.
    pub(super) fn by_year(
        &self,
        r: Reference,
        pick: Pick,
        reach: i16,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Option<Stretch> {
        let (now_from, now_to) = r.days()?;
        let mut best: Option<(i64, Stretch)> = None;
        for y in r.year.saturating_sub(reach)..=r.year.saturating_add(reach) {
            let Some(s) = make(y) else { continue };
            let Some((from, to)) = s.days() else { continue };
            let days = |a: Date, b: Date| {
                a.until(b)
                    .map(|s| i64::from(s.get_days()))
                    .unwrap_or(i64::MAX)
            };
            let fits = match pick {
                Pick::Past => from <= now_to,
                Pick::Ahead => to > now_from,
                Pick::Before => to <= now_from,
                Pick::After => from > now_to,
                Pick::Nearest => true,
            };
            if !fits {
                continue;
            }
            let cost = match pick {
                Pick::Nearest if from <= now_to && to > now_from => 0,
                Pick::Nearest if to <= now_from => days(to, now_from) + 1,
                Pick::Past | Pick::Before => days(from, now_to).abs(),
                _ => days(now_to, from).abs(),
            };
            if best.as_ref().is_none_or(|(c, _)| cost < *c) {
                best = Some((cost, s));
            }
        }
        best.map(|(_, s)| s)
    }

    /// A stretch that lacks its year.
    pub(super) fn open_year(
        &self,
        dir: Dir,
        open: Option<OpenDate>,
        grain: Grain,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Placed {
        let partial = || open.map_or(Placed::Unknown(grain), |open| Placed::Partial(open, grain));
        if matches!(dir, Dir::Following | Dir::Preceding) {
            let day = self.base(Base::Text, true).filter(|(r, _)| r.day.is_some());
            if let Some((r, anchor)) = day.or_else(|| self.base(Base::Text, false))
                && let Some(s) = self.by_year(r, self.pick(dir), 2, &make)
            {
                return Placed::At(s, Some(anchor));
            }
            return partial();
        }
        if dir == Dir::Open
            && let Some(s) = self.chained(&make)
        {
            return Placed::At(s, Some(Anchor::Mention));
        }
        let pick = self.pick(dir);
        let Some(r) = self.now() else {
            return partial();
        };
        if r.month.is_none() {
            // Without its month a publication year does not say which side.
            if pick != Pick::Nearest || dir != Dir::This {
                return partial();
            }
        }
        self.note(|| {
            let now = self.here.setting.now;
            let now = now.map(|p| p.to_string()).unwrap_or_default();
            format!("{} from {now}", pick.words())
        });
        let found = self.by_year(r, pick, 2, &make);
        let found = match dir {
            Dir::Open => self.not_far(r, pick, found, make),
            _ => found,
        };
        Placed::possible(found, Some(Anchor::Published), grain)
    }

    /// A tense that is read from afar does not put a date most of a year away
    /// when the other side has it near: « à partir du mois d'avril » in July.
    fn not_far(
        &self,
        r: Reference,
        pick: Pick,
        found: Option<Stretch>,
        make: impl Fn(i16) -> Option<Stretch>,
    ) -> Option<Stretch> {
        let (far, near) = match pick {
            Pick::Ahead => FAR_AHEAD,
            Pick::Past => FAR_BEHIND,
            _ => return found,
        };
        let (Some(Stretch::Day(_) | Stretch::Month(..)), false) = (&found, self.here.settled())
        else {
            return found;
        };
        let (now, _) = r.days()?;
        let away = |s: &Stretch| {
            let (from, to) = s.days()?;
            let days = |d: Date| now.until(d).map_or(i32::MAX, |s| s.get_days().abs());
            Some(days(from).min(days(to)))
        };
        let other = self.by_year(r, Pick::Nearest, 2, make);
        let swap = found.as_ref().and_then(away) > Some(far)
            && other.as_ref().and_then(away).is_some_and(|d| d <= near);
        if swap { other } else { found }
    }

    pub(super) fn month(&self, month: i8, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| Some(Stretch::Month(y, month));
        match year {
            Some(y) => Placed::known(make(y), None, Grain::Month),
            None => self.open_year(dir, Some(OpenDate::Month(month)), Grain::Month, make),
        }
    }

    /// A quarter, a half or a season.
    pub(super) fn period(&self, kind: PeriodKind, n: u8, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| {
            Some(match kind {
                PeriodKind::Quarter => Stretch::Quarter(y, n as i8),
                PeriodKind::Half => Stretch::Half(y, n as i8),
                PeriodKind::Season => Stretch::Season(y, n as i8),
            })
        };
        let grain = match kind {
            PeriodKind::Quarter => Grain::Quarter,
            PeriodKind::Half => Grain::Half,
            PeriodKind::Season => Grain::Season,
        };
        if let Some(y) = year {
            return Placed::known(make(y), None, grain);
        }
        let partial = match kind {
            PeriodKind::Quarter => OpenDate::Quarter(n as i8),
            PeriodKind::Half => OpenDate::Half(n as i8),
            PeriodKind::Season => OpenDate::Season(n as i8),
        };
        self.open_year(dir, Some(partial), grain, make)
    }

    /// A feast: a fixed one has a partial value, a movable one none.
    pub(super) fn feast(&self, feast: Feast, year: Option<i16>, dir: Dir) -> Placed {
        let make = |y: i16| feasts::day(feast, y).map(Stretch::Day);
        if let Some(y) = year {
            return Placed::known(make(y), None, Grain::Day);
        }
        let partial = feasts::day(feast, 2000)
            .filter(|d| {
                feasts::day(feast, 2001)
                    .is_some_and(|e| (e.month(), e.day()) == (d.month(), d.day()))
            })
            .map(|d| OpenDate::Day(d.month(), d.day() as u32));
        let dated = self.now().is_some_and(|r| r.month.is_some());
        if partial.is_none() && !dated {
            return Placed::Unknown(Grain::Day);
        }
        self.open_year(dir, partial, Grain::Day, make)
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::cases::check;

    /// The publication date is 2024-03-13.
    #[test]
    fn a_tense_from_afar_does_not_put_a_date_far_away() {
        check(&[
            "Les clubs ne profiteront pas de l'annulation du loyer de [février|2024-02].",
            "Les élus veulent un texte prêt pour leur prochaine réunion le [4 avril|2024-04-04].",
            "Après le [2 avril|2024-04-02], les usines vont rouvrir.",
            // The verb of the clause is sure.
            "La loi entrera en vigueur le [1er février|2025-02-01].",
            "Il a été arrêté le [2 avril|2023-04-02].",
            // So is what was put off.
            "Le vote du budget a été repoussé à [décembre|2024-12].",
            "Le maire a fait venir des témoins pour les élections municipales du [6 juillet|2024-07-06].",
            "Le parti a renoncé à une tournée en vue de l'élection de [septembre|2024-09].",
            // Not aimed at.
            "Le maire a gagné les élections municipales du [6 juillet|2023-07-06].",
            "Il a été condamné pour l'accident du [6 juillet|2023-07-06].",
            // Far ahead, and just behind.
            "Il avait fait campagne pour les élections du [4 février|2024-02-04].",
        ]);
    }
}
