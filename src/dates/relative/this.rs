//! Demonstratives: « cette année », « ce mois-ci », « ce jour-là », « ce
//! week-end », « cet été », « ce matin », « ces jours-ci ».
//!
//! Alone or with « -ci » they point at the publication date, with « -là » at a
//! date of the text.

use crate::dates::{
    civil::DayPart,
    expr::{Base, Cal, Dir, Expr, PeriodKind, Unit},
    hit::{Hit, rules},
    lexicon::{Season, UnitNoun, Word},
    line::Line,
    part_names,
    periods::nth,
    unit_words::{counted_unit, shift, weekend},
};
use crate::french::sets::dates::{relative as sets, units};

rules! {
    THIS_UNIT "this_unit" reads "« cette année », « ce mois-ci », « ce jour-là »"
        at [Ce Cet Cette Ces] by place(demonstrative)
        yes [
            "[Cette année|2024] est bissextile.",
            "Le [9 avril 2001|2001-04-09] fut long. [Ce jour-là|2001-04-09], il neigeait.",
            // Never the publication day, though no other is told.
            "[Ce jour-là|null], il neigeait.",
            "Elle n'a pas oublié [ce jour|null] où il a fui.",
            "Le pont sera fermé [ce jour|2024-03-13].",
        ]
        no ["Cette maison est vide.", "Cette année universitaire commence bien.", "Il chante « Cette année-là » à Metz.", "En ce mois de grâce, il pardonne."];
    THESE_DAYS "these_days" reads "« ces jours-ci », « ces derniers temps »"
        by of(&THIS_UNIT)
        yes ["Il pleut [ces jours-ci|PRESENT_REF]."]
        no ["Ces joueurs-ci gagnent."];
    THIS_WEEKEND "this_weekend" reads "« ce week-end »"
        by of(&THIS_UNIT)
        yes ["Il a plu [ce week-end|2024-03-09/2024-03-10]."]
        no ["Ce week fut long."];
    THIS_PART "this_part" reads "a part of today or of the day the text is at"
        by of(&THIS_UNIT)
        yes [
            "Il a neigé [ce matin|2024-03-13TMO].",
            "Il parlera au cours de [cette soirée|2024-03-13TEV].",
            "[Cette nuit-là|null], il neigeait.",
            "[Ce soir-là|null], il neigeait.",
            "Elle a fui [lundi|2024-03-11]. [Ce soir-là|2024-03-11TEV], il neigeait.",
        ]
        no [
            "Ce jeu de nuit attire.",
            "Il chantera à cette soirée de soutien.",
            "Ils ont dansé à cette soirée d'adieux.",
        ];
    THIS_SEASON "this_season" reads "« cet été »"
        by of(&THIS_UNIT)
        yes ["Elle partira [cet été|2024-SU]."]
        no ["Ce qui a été dit reste."];
    THIS_MONTH "this_month" reads "« ce mois de mars »"
        by of(&THIS_UNIT)
        yes ["Il a plu [ce mois de mars|2024-03]."]
        no ["[Ce mois-ci|2024-03], tout change."];
    THIS_EDGE "this_edge" reads "« cette fin d'année », « ce début de semaine »"
        by of(&THIS_UNIT).turns()
        yes ["Il a démissionné [cette fin de semaine|2024-W11|END]."]
        no ["Cette fin de non-recevoir déplaît."];
    THIS_WEEKDAY "this_weekday" reads "« ce lundi »"
        by of(&THIS_UNIT)
        yes ["Il a parlé [ce lundi|2024-03-11]."]
        no ["Ce marché ouvre."];
}

/// « cette année », « ce mois-ci », « ce jour-là », « ces jours-ci », « ce
/// week-end », « cet été », « ce lundi ».
fn demonstrative(line: &Line, i: usize) -> Option<Hit> {
    if !line.any(i, &[Word::Ce, Word::Cet, Word::Cette, Word::Ces]) {
        return None;
    }
    let suffix = |j: usize| {
        if !line.hyphen(j) {
            return (false, j);
        }
        if line.is(j + 1, Word::La) {
            return (true, j + 2);
        }
        if line.among(j + 1, &sets::CI) {
            (false, j + 2)
        } else {
            (false, j)
        }
    };
    // « le single « Cette année-là » »: a title.
    if line.at(i).cap && titled(line, i) {
        return None;
    }
    let j = i + 1;
    let t = line.at(j);
    if line.is(i, Word::Ces) {
        let recent = (t.word == Word::Unit && t.unit() == Some(UnitNoun::Day)
            || line.among(j, &sets::TIMES))
            && line.hyphen(j + 1)
            && line.among(j + 2, &sets::CI);
        if recent {
            return Hit::new(i, j + 3, &THESE_DAYS, Expr::Ref(1));
        }
        if t.word == Word::Last && line.among(j + 1, &sets::TIMES) {
            return Hit::new(i, j + 2, &THESE_DAYS, Expr::Ref(0));
        }
        return None;
    }
    if let Some(end) = weekend(line, j) {
        let (there, end) = suffix(end);
        // « ce week-end de l'Ascension »
        if !there && let Some(hit) = nth::week_of(line, j) {
            return Some(Hit { start: i, ..hit });
        }
        let dir = if there { Dir::Same } else { Dir::This };
        return Hit::cal(i, end, &THIS_WEEKEND, Cal::Weekend { dir });
    }
    // « ce matin », « cette nuit-là »
    if let Some((part, end)) = part_names::part_word(line, j)
        && part != DayPart::Daytime
    {
        // « cette soirée de gala »: what fills it, not when it is.
        if units::STRETCHES.ends(line.str(end - 1)) && event(line, end) {
            return None;
        }
        let (there, end) = suffix(end);
        let base = if there { Base::Told } else { Base::Published };
        let day = shift(Unit::Day, 0, base);
        return Hit::cal(
            i,
            end,
            &THIS_PART,
            Cal::Part {
                day: Some(Box::new(day)),
                part,
            },
        );
    }
    if t.word == Word::Season
        && (t.season() != Some(Season::Summer) || t.accent || !line.is(i, Word::Ce))
    {
        let cal = Cal::Period {
            kind: PeriodKind::Season,
            n: t.season()? as u8,
            year: None,
            dir: Dir::This,
        };
        let (there, end) = suffix(j + 1);
        return (!there).then(|| Hit::cal(i, end, &THIS_SEASON, cal))?;
    }
    if let Some(hit) = line.place(j)
        && t.word == Word::Unit
        && let Expr::Cal(Cal::Month { month, year, .. }) = hit.expr
    {
        return Hit::cal(
            i,
            hit.end,
            &THIS_MONTH,
            Cal::Month {
                month,
                year,
                dir: Dir::This,
            },
        );
    }
    let prior = t.word == Word::Same;
    let k = if prior { j + 1 } else { j };
    if let Some(u) = counted_unit(line, k) {
        let (there, end) = suffix(k + 1);
        // « en ce mois de grâce »: which one is not said.
        if u == Unit::Month && !there && line.any(end, &[Word::De, Word::D]) {
            return None;
        }
        let journee = u == Unit::Day && line.str(k).len() > 4;
        // « ce jour » alone means today only where nothing else follows.
        if u < Unit::Day || journee && !there {
            return None;
        }
        let base = if u == Unit::Day && !there && line.is(end, Word::Ou) && line.at(end).accent {
            Base::Unsaid
        } else if u == Unit::Day && there {
            Base::Told
        } else if there || prior {
            Base::Text
        } else {
            Base::Published
        };
        return Hit::cal(i, end, &THIS_UNIT, shift(u, 0, base));
    }
    if t.word == Word::Weekday {
        return Hit::cal(
            i,
            suffix(j + 1).1,
            &THIS_WEEKDAY,
            Cal::Weekday {
                weekday: t.weekday()?.number(),
                dir: Dir::This,
            },
        );
    }
    // « cette fin d'année », « ce début de semaine »
    if matches!(t.word, Word::Fin | Word::Debut | Word::Milieu) {
        let edge = line.place(j)?;
        let mut hit = Hit::new(i, edge.end, &THIS_EDGE, edge.expr)?;
        hit.modifier = edge.modifier;
        return Some(hit);
    }
    None
}

/// « de » and a noun that is no date follow: « [soirée] de gala », but « de mardi ».
fn event(line: &Line, i: usize) -> bool {
    line.any(i, &[Word::De, Word::D]) && line.is(i + 1, Word::Other) && line.place(i + 1).is_none()
}

/// Quotes open right before the word at `i`, in the middle of a sentence, and
/// close within a few words: what stands in them is a title.
fn titled(line: &Line, i: usize) -> bool {
    let quote = |k: usize, marks: &[char]| line.at(k).mark().is_some_and(|c| marks.contains(&c));
    i > 1
        && quote(i - 1, &['"', '«', '“'])
        && matches!(
            line.word(i - 2),
            Word::Other | Word::De | Word::Pour | Word::Punct
        )
        && !line.stops(i - 2)
        && !matches!(line.at(i - 2).mark(), Some(':' | ',' | ')'))
        && (i + 2..i + 6).any(|k| quote(k, &['"', '»', '”']))
}
