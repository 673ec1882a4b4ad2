//! A weekday and what may follow it: « lundi », « lundi dernier », « lundi de la
//! semaine prochaine », « lundi en huit ».

use crate::dates::{
    absolute,
    expr::{Base, Cal, Dir, Expr, Unit},
    fields::{direction, is_paper, weekday_name},
    hit::{Hit, rules},
    lengths,
    lexicon::Word,
    line::Line,
    parts,
    relative::day_words::glosses_day_word,
    times,
    unit_words::{shift, shifted},
};

rules! {
    WEEKDAY "weekday" reads "a weekday"
        at [Weekday WeekdayAbbr] by place(weekday) rank BARE
        yes [
            "Il a parlé [lundi|2024-03-11].",
            // Only alone in its bracket it is the day of the word before it.
            "Il viendra [demain|2024-03-14] ([vendredi|2024-03-15] au plus tard).",
            "Le comité se réunira [jeudi|2024-03-14].",
            "Attendu [vendredi|2024-03-15], le rapport inquiète.",
            "Ils doivent voter [mardi|2024-03-19].",
            "La grève dure depuis [jeudi|2024-03-07].",
            // The part of the day and the meal beside it belong to it.
            "Il a parlé [mardi soir|2024-03-12TEV].",
            "Il a cédé [mardi en fin d'après-midi|2024-03-12TAF|END].",
            "Il a cédé [mardi dans la soirée|2024-03-12TEV].",
            "[Mardi matin très tôt|2024-03-12TMO|START], la grange a brûlé.",
            "Ils en ont parlé [mardi pendant le déjeuner|2024-03-12TMI].",
        ]
        no [
            "Selon Le Journal du Dimanche, le maire hésite.",
            "La Tribune Dimanche publie ses courriels.",
            "Elle a parlé au Courrier du Dimanche.",
            "Elle était l'invitée de Dimanche en politique.",
            "Il a ri devant Vendredi, tout est permis.",
            "Ils aiment la mer. 12 bateaux sont partis.",
        ];
    WEEKDAY_DIRECTION "weekday_direction" reads "a weekday with « dernier », « prochain », « suivant » and the like"
        by of(&WEEKDAY)
        yes [
            "Le comité se réunira [lundi prochain|2024-03-18].",
            "Il a parlé [lundi dernier|2024-03-11].",
            "Opéré le [2 mai 2022|2022-05-02], il remarche le [jeudi suivant|2022-05-05].",
            "Opéré le [2 mai 2022|2022-05-02], il avait chuté le [samedi précédent|2022-04-30].",
            // Without a day of the text, tomorrow is not « the Thursday after ».
            "La réunion est remise au [jeudi suivant|2024-03-21].",
            "La réunion est remise au [vendredi d'après|2024-03-22].",
            "Ils s'étaient vus le [mardi précédent|2024-03-05].",
        ]
        no ["Il a parlé [lundi|2024-03-11] de la suivante."];
    WEEKDAY_PART_DAY "weekday_part_day" reads "a weekday, a part of it and its day of a month"
        at [Weekday WeekdayAbbr Ce] by alone(weekday_part_day)
        yes [
            "Il a été relâché [mardi soir 12 mars|2024-03-12TEV].",
            "[Ce mercredi matin 13 mars|2024-03-13TMO], le bac est à quai.",
            "La salle rouvrira [samedi après-midi, 16 mars|2024-03-16TAF].",
            "Le feu a pris [lundi matin, le 11 mars|2024-03-11TMO].",
            "Il avait fui [jeudi en fin de soirée 7 mars 2024|2024-03-07TEV|END].",
            // Impossible: 10 March was a Sunday.
            "Il a fui [lundi soir 10 mars|null].",
        ]
        no [
            "Il a fui [mardi soir|2024-03-12TEV] à [10 h|2024-03-12T22:00].",
            "Il a fui [mardi soir|2024-03-12TEV] avec 10 hommes.",
        ];
    WEEKDAY_OF_WEEK "weekday_of_week" reads "a weekday of a week that is said"
        by of(&WEEKDAY)
        yes ["Elle viendra [mardi de la semaine prochaine|2024-03-19]."]
        no ["Il a parlé [lundi|2024-03-11] de sa semaine."];
    WEEKDAY_WEEKS_AWAY "weekday_weeks_away" reads "« jeudi dans deux semaines », « mardi il y a quinze jours »"
        by of(&WEEKDAY)
        yes [
            // On Wednesday the 13th of March.
            "Le juge rendra son avis [lundi dans deux semaines|2024-03-25].",
            "Elle reviendra [vendredi dans quinze jours|2024-03-29].",
            "Le vote aura lieu [jeudi dans une semaine|2024-03-21].",
            "Il est venu [mardi il y a trois semaines|2024-02-20].",
            "Il est venu [samedi il y a huit jours|2024-03-09].",
        ]
        no ["Il partira [lundi|2024-03-18] dans [deux semaines|P2W] de stage."];
    WEEKDAY_IN_A_WEEK "weekday_in_a_week" reads "« lundi en huit », « lundi en quinze »"
        by of(&WEEKDAY)
        yes [
            "Le comité se réunira [lundi en huit|2024-03-25].",
            "Le comité se réunira [mardi en 15|2024-04-02].",
        ]
        no [
            "Ils ont voté [lundi|2024-03-11] en masse.",
            "Le manuel est traduit depuis [lundi|2024-03-11] en huit langues.",
        ];
    WEEKDAY_END "weekday_end" reads "the second of two weekdays, the next after the first"
        by of(&WEEKDAY)
        yes [
            "Il pleuvra de [lundi|2024-03-18] à [mercredi|2024-03-20].",
            "Il a plu entre [vendredi|2024-03-08] et [lundi|2024-03-11].",
            "L'exposition ira de [vendredi|2024-03-15] à [jeudi|2024-03-21].",
        ]
        no ["Il a plu [lundi|2024-03-11] à Metz."];
}

/// « lundi soir 10 décembre », « ce jeudi matin 15 mars ».
fn weekday_part_day(line: &Line, i: usize) -> Option<Hit> {
    let this = line.is(i, Word::Ce);
    let (weekday, end) = weekday_name(line, i + usize::from(this))?;
    let (part, modifier, mut at) = parts::after_day(line, end)?;
    at += usize::from(line.punct(at, ','));
    at += usize::from(line.is(at, Word::Le));
    let hit = absolute::day_month(line, at)?;
    let Expr::Cal(Cal::Day {
        weekday: None,
        day,
        month,
        year,
        dir,
    }) = hit.expr
    else {
        return None;
    };
    let day = Cal::Day {
        weekday: Some(weekday),
        day,
        month,
        year,
        dir: if this { Dir::This } else { dir },
    };
    let cal = Cal::Part {
        day: Some(Box::new(day)),
        part,
    };
    let hit = Hit::cal(i, hit.end, &WEEKDAY_PART_DAY, cal)?;
    Some(Hit { modifier, ..hit })
}

/// A weekday and what may follow it: « lundi », « lundi dernier », « lundi de
/// la semaine prochaine », « lundi en huit ».
fn weekday(line: &Line, i: usize) -> Option<Hit> {
    let (weekday, end) = weekday_name(line, i)?;
    // « jeu. » ends many sentences: an abbreviation stands alone on its line.
    // Or an hour follows it: « Sam. 20 h 30 ».
    let dated = i == 0 && times::clock(line, end).is_some();
    let bare = end == i + 1 || !line.is(end, Word::End) || i > 0;
    if line.is(i, Word::WeekdayAbbr) && bare && !dated {
        return None;
    }
    if is_paper(line, i) {
        return None;
    }
    if let Some(cal) = glosses_day_word(line, i) {
        return Hit::cal(i, end, &WEEKDAY, cal);
    }
    let plain = |dir| Cal::Weekday { weekday, dir };
    if line.is(end, Word::En)
        && (line.at(end + 1).value() == 8 || line.at(end + 1).value() == 15)
        && line.any(end + 1, &[Word::Numeral, Word::Figures])
        // « lundi en huit langues »
        && !line.any(end + 2, &[Word::Unit, Word::Month, Word::Other])
    {
        let days = if line.at(end + 1).value() == 8 { 7 } else { 14 };
        return Hit::cal(
            i,
            end + 2,
            &WEEKDAY_IN_A_WEEK,
            Cal::Offset {
                days,
                of: Box::new(plain(Dir::Next)),
            },
        );
    }
    // « samedi passé 8 heures »: past eight, not last Saturday.
    let past_hour = line.is(end, Word::Past) && times::clock(line, end + 1).is_some();
    if let Some((dir, e)) = direction(line, end).filter(|_| !past_hour) {
        return Hit::cal(i, e, &WEEKDAY_DIRECTION, plain(dir));
    }
    if let Some((weeks, e)) = weeks_away(line, end) {
        let week = shift(Unit::Week, weeks, Base::Published);
        return Hit::cal(i, e, &WEEKDAY_WEEKS_AWAY, plain(Dir::Open).within(week));
    }
    // « lundi de la semaine prochaine », « mardi cette semaine »
    let mut j = end;
    if line.is(j, Word::De) {
        j += 1;
    }
    if line.is(j, Word::La) {
        j += 1;
    }
    if let Some((week, e)) = shifted(line, j, Unit::Week) {
        return Hit::cal(i, e, &WEEKDAY_OF_WEEK, plain(Dir::Open).within(week));
    }
    // « de lundi à [mercredi] », « entre lundi et [mercredi] »: the next after
    // the first.
    let link = line.before(i, 1);
    let ends = line.before(i, 2).word == Word::Weekday
        && (link.word == Word::A && line.before(i, 3).word == Word::De
            || link.word == Word::Et && line.before(i, 3).word == Word::Entre);
    if ends {
        return Hit::cal(i, end, &WEEKDAY_END, plain(Dir::Following));
    }
    Hit::cal(i, end, &WEEKDAY, plain(Dir::Open))
}

/// « dans deux semaines », « il y a quinze jours »: whole weeks from this one.
fn weeks_away(line: &Line, i: usize) -> Option<(i64, usize)> {
    let (sign, j) = match line.word(i) {
        Word::Dans => (1, i + 1),
        Word::Il if line.is(i + 1, Word::Y) && line.is(i + 2, Word::A) => (-1, i + 3),
        _ => return None,
    };
    let (lengths, end) = lengths::lengths(line, j)?;
    let [(q, unit)] = lengths[..] else {
        return None;
    };
    if q.vague || q.approx || q.up_to.is_some() || q.milli != 0 {
        return None;
    }
    let n = i64::try_from(q.n).ok()?;
    let weeks = match unit {
        Unit::Week => n,
        // A week has eight days to who counts both ends, two have fifteen.
        Unit::Day if matches!(n, 7 | 8 | 14 | 15 | 21) => n / 7,
        _ => return None,
    };
    let of = line.any(end, &[Word::De, Word::D]);
    (!of).then_some((sign * weeks, end))
}
