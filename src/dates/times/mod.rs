//! Times of day: « 16 h 30 », « 16:52 UTC », « 8 heures du matin », « midi et
//! demi », « vers 20 heures ».
//!
//! `forms` reads hours, minutes and seconds as they are written; an hour that
//! nothing marks as a time may be a length, which `guards` tells apart; an end of
//! a stretch may leave its unit to the other, which `ranges` lends.

mod forms;
mod guards;
mod ranges;

use self::{
    forms::{Read, Shape, am_pm, read},
    guards::stands_as_time,
};
use super::{
    civil::DayPart,
    expr::Expr,
    hit::{Family, Hit, rules},
    lexicon::Word,
    line::Line,
    part_names, parts, zone,
};
use crate::kinds::utc_offset;
pub(super) use ranges::shared_unit;

/// The rules of this folder, file by file.
pub(super) static FAMILIES: &[&Family] = &[&FAMILY, &ranges::FAMILY];

rules! {
    CLOCK "clock" reads "a time of day"
        at [Figures Numeral Un Part] by alone(clock)
        yes [
            "La séance ouvrira [mardi|2024-03-19] à [16 h 30|2024-03-19T16:30].",
            "Il a parlé [mardi|2024-03-12] à [20h|2024-03-12T20:00].",
            "Posté à [16:52 UTC|2024-03-13T16:52].",
            "Il est rentré [lundi|2024-03-11] vers [8 heures du matin|2024-03-11T08:00|APPROX].",
            "Ils ont voté [mardi|2024-03-12] à [midi|2024-03-12T12:00].",
            "Ils ont voté [mardi|2024-03-12] à [midi et demi|2024-03-12T12:30].",
            "Il est mort [mardi|2024-03-12] à [minuit|2024-03-13T00:00].",
            "Elle a ri [hier|2024-03-12] à [trois heures et quart|2024-03-12T03:15].",
            "Il a couru [mardi|2024-03-12] de [14 h|2024-03-12T14:00] à [18 h|2024-03-12T18:00].",
            "Le [12 mai 2020|2020-05-12] à [9 heures du soir|2020-05-12T21:00], il part.",
            "Il est arrivé [lundi|2024-03-11] à [2H47M12S|2024-03-11T02:47:12].",
            // Minutes past the hour.
            "Il a parlé [mardi|2024-03-12] à [quinze heures passées de vingt minutes|2024-03-12T15:20].",
            "Il a parlé [mardi|2024-03-12] à [9 h passé de cinq minutes|2024-03-12T09:05].",
            "Il a parlé [mardi|2024-03-12] à [minuit trois|2024-03-12T00:03].",
            "Il a parlé [mardi soir|2024-03-12TEV] à [minuit dix|2024-03-13T00:10].",
            "Il a neigé à [3 heures|2024-03-10T03:00] dans la [nuit de samedi à dimanche|2024-03-09TNI].",
            "Il parlera [8 heures|2024-03-13T20:00] [ce soir|2024-03-13TEV] au plus tard.",
            "Départ [vendredi|2024-03-15] à [20.30 heures|2024-03-15T20:30].",
            "Départ [vendredi|2024-03-15] à [7.15 h|2024-03-15T07:15].",
            "Il a tweeté [mardi|2024-03-12] à [6.13 AM|2024-03-12T06:13].",
            "Il a tweeté [mardi|2024-03-12] à [1115am|2024-03-12T11:15].",
            "Il a tweeté [mardi|2024-03-12] à [2 pm EST|2024-03-12T14:00].",
            "Il a parlé [mardi|2024-03-12] à [15 h TU|2024-03-12T15:00].",
            "Ouvert de [9 h le matin|T09:00] à [19 h|T19:00] le soir.",
            "Il part [ce soir|2024-03-13TEV] à [minuit moins dix|2024-03-13T23:50].",
            "[Mardi|2024-03-12], l'orage a frappé à [minuit moins le quart|2024-03-12T23:45].",
            "La messe sera dite [dimanche|2024-03-17] à [10 h. 45|2024-03-17T10:45].",
            "Il a ri [hier|2024-03-12] à [7 h. 20 du matin|2024-03-12T07:20].",
            "Il viendra [samedi|2024-03-16] à [9 h|2024-03-16T09:00]. 12 élus seront là.",
            "Le feu a pris [mardi|2024-03-12] à [14 h|2024-03-12T14:00] au nord de Metz.",
            "Le feu a pris [mardi|2024-03-12] à [sept heures|2024-03-12T07:00] au nord de Metz.",
            "Le feu a pris [mardi|2024-03-12] à [trois heures|2024-03-12T03:00] au marché.",
            // What says that it is a time.
            "[Mardi|2024-03-12], il est [22 heures|2024-03-12T22:00] quand le feu part.",
            "Il était alors [11 heures|2024-03-12T11:00] [mardi|2024-03-12].",
            "Il était à peine [6 heures|2024-03-12T06:00] [mardi|2024-03-12].",
            "Il devait être [3 heures|2024-03-12T03:00] [mardi|2024-03-12].",
            "Le feu a pris [mardi|2024-03-12] aux environs de [7 heures|2024-03-12T07:00|APPROX].",
            "Le feu a pris [mardi|2024-03-12] sur les coups de [21 heures|2024-03-12T21:00].",
            "Elle est rentrée [mardi|2024-03-12] passé [20 heures|2024-03-12T20:00].",
            "Il a raté le train de [8 heures|T08:00].",
            "Elle a pris le ferry de [17 h 45|T17:45].",
            // A second time before the first.
            "Le service a duré [mardi|2024-03-12] de [11 h 30|2024-03-12T11:30] à [1 h 30|2024-03-12T13:30].",
            "On fermera [vendredi|2024-03-15] de [midi|2024-03-15T12:00] à [deux heures|2024-03-15T14:00].",
            "Couvre-feu [vendredi|2024-03-15] de [22 heures|2024-03-15T22:00] à [5 heures|2024-03-16T05:00].",
            "Le bar ouvrira [vendredi|2024-03-15] de [9 h|2024-03-15T09:00] à [2 h du matin|2024-03-16T02:00].",
        ]
        no [
            "Un film qui dure [1 h 40|PT1H40M].",
            "Elle est restée [6 heures|PT6H] à quai.",
            "Il a passé [5 heures|PT5H] au poste.",
            "Il est à [3 heures|PT3H] de Metz.",
            "Un trajet de [8 heures|PT8H].",
            "La ferme est à [une heure|PT1H] au sud de Dijon.",
            "Le lac est à [trois heures|PT3H] à l'est du bourg.",
            "Le procès a duré [3 heures et 20 minutes|PT3H20M].",
            "Le modèle 1115 am de la marque.",
            "Le quotient est de 12.32 au total.",
            "Le temps de 12h12:99 ne veut rien dire.",
            "Il regarde le 20 heures.",
            "Le score de 3:1 étonne.",
            "Le Midi libre titre.",
            "Le volant est marqué à midi d'un trait rouge.",
            "À l'heure actuelle, rien.",
        ];
}

/// A time of day at `i`.
pub(super) fn clock(line: &Line, i: usize) -> Option<Hit> {
    let Read {
        mut clock,
        shape,
        mut end,
    } = read(line, i)?;
    let mut said = matches!(shape, Shape::Colon | Shape::AmPm);
    if let Some((add, e)) = am_pm(line, end)
        && clock.hour <= 12
    {
        clock.hour = clock.hour % 12 + add;
        end = e;
        said = true;
    }
    // « onze heures trois quarts », « six heures moins dix » are no lengths.
    said |= line.is(end - 1, Word::Quarter) && line.is(end - 2, Word::Numeral)
        || (i..end).any(|k| line.is(k, Word::Moins));
    // « du matin », « de l'après-midi », « du soir », « dans la soirée »
    // « de 9 h le matin à 18 h le soir »
    let the = line.is(end, Word::Le) && line.any_before(i, &[Word::De, Word::A]);
    if (line.any(end, &[Word::Du, Word::De, Word::Dans]) || the)
        && clock.hour <= 12
        && shape != Shape::Colon
    {
        let mut j = end + 1;
        if line.any(j, &[Word::L, Word::La]) {
            j += 1;
        }
        if let Some((p, e)) = part_names::part_word(line, j) {
            let pm = matches!(p, DayPart::Afternoon | DayPart::Evening);
            if !matches!(p, DayPart::Daytime | DayPart::Noon) {
                if pm && clock.hour < 12 {
                    clock.hour += 12;
                } else if p == DayPart::Morning && clock.hour == 12 {
                    clock.hour = 0;
                }
                // « dans la nuit de samedi à dimanche » is a mention of its own.
                if !(line.is(end, Word::Dans) && parts::part(line, j).is_some_and(|h| h.end > e)) {
                    end = e;
                }
                said = true;
            }
        }
    }
    // « 15 heures précises » is a time, but « précises » stays outside.
    said |= line.is(end, Word::Pile);
    if clock.hour == 24 {
        if clock.minute.unwrap_or(0) != 0 {
            return None;
        }
        clock.midnight = true;
        clock.hour = 0;
    }
    // « UTC », « GMT », « CET »
    if let Some(minutes) = zone::abbreviation(line, end) {
        clock.zone = Some(minutes);
        end += 1;
        said = true;
        let sign = line.punct(end, '+') || line.punct(end, '-');
        if sign
            && !line.at(end).gap
            && line.is(end + 1, Word::Figures)
            && let Some(minutes) =
                utc_offset::minutes(line.punct(end, '+'), u64::from(line.at(end + 1).value()), 0)
        {
            clock.zone = Some(minutes);
            end += 2;
        }
    }
    if !said && !stands_as_time(line, i, end, shape, &clock) {
        return None;
    }
    // A score or a ratio: « 3:1 » fails on two figures; « (15:9) » remains.
    Hit::new(i, end, &CLOCK, Expr::Clock(clock))
}
