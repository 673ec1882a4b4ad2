//! A length from a date: « il y a trois ans » and « dans trois ans » count from
//! the publication date, « trois ans plus tard » and « trois ans auparavant »
//! from a date of the text. Without a number (« il y a quelques jours ») only
//! the side is known.

use crate::dates::{
    expr::{Base, Cal, Expr, Lengths, Unit},
    hit::{Hit, rules},
    lengths,
    lexicon::{UnitNoun, Word},
    line::Line,
    quantity::Quantity,
    tense::infinitive,
    unit_words::complement,
};
use crate::french::sets::dates::{self as sets, relative};

rules! {
    AGO "ago" reads "« il y a trois ans », « voilà deux mois »"
        at [Il] by alone(ago).initials("vV").past()
        yes [
            "Né [il y a trois ans|2021].",
            "Paru [il y a deux mois|2024-01].",
            "Paru [il y a dix jours|2024-03-03].",
            "Publié [il y a deux heures|2024-03-13T08:00].",
            "[Il y a plusieurs années|PAST_REF], le moulin a brûlé.",
            "Il l'a vendu [il y a de nombreux mois|PAST_REF].",
            "La mairie a signalé [il y a un an|2023] des écarts.",
            "Il l'a dit [il y a des mois|PAST_REF].",
            "Le lac était là [il y a des millions d'années|PAST_REF].",
            "Un lac s'étendait [il y a des siècles|PAST_REF] dans la plaine.",
            // Things were otherwise then.
            "[Il y a encore quelques semaines|PAST_REF], le port était plein.",
            "Elle dirigeait [il y a encore deux ans|2022] une école à Metz.",
            "[Il y a encore peu|PAST_REF], le pont tenait.",
            // « jour pour jour » names the day.
            "[Il y a deux ans jour pour jour|2022-03-13], la tour tombait.",
            "[Il y a trois mois jour pour jour|2023-12-13], elle partait.",
            "[Voilà dix ans, jour pour jour|2014-03-13], il partait.",
        ]
        no [
            "Il y a du monde.",
            "Il y a trois personnes.",
            "Il y a encore trois places.",
            "Il y a des millions d'euros en jeu.",
            "Il y a des siècles obscurs.",
            "Il y a des jours dans la vie d'un maire.",
            "Il y a encore [deux mois|P2M] avant le vote.",
            "Il y a encore [quelques jours|PXD] à attendre.",
            "Il y a encore [trois heures|PT3H] de route.",
        ];
    AHEAD "ahead" reads "« dans trois ans »"
        at [Dans] by alone(ahead)
        yes [
            "Elle rouvrira [dans trois ans|2027].",
            "Elle rouvrira [dans une quinzaine|2024-03-28].",
            "Elle rouvrira [dans plusieurs mois|FUTURE_REF].",
            "Elle rouvrira [dans quelques semaines|FUTURE_REF].",
            "Elle rouvrira [dans de longues années|FUTURE_REF].",
            "L'étoile s'éteindra [dans 80 siècles|null].",
            // No complement of the length.
            "Elle sera [dans quelques semaines|FUTURE_REF] de retour à Metz.",
            "Ils voteront [dans deux ans|2026] de nouveau.",
            "Ils auront [dans deux ans|2026] des trains neufs.",
        ]
        no [
            "Un vote dans les [90 jours|P90D].",
            "Il est dans la salle.",
            "On y sera dans [deux heures|PT2H] de train.",
            "Il se glisse dans une seconde peau.",
            "Il est dans [deux ans|P2Y] de chantier.",
        ];
    LATER "later" reads "a length after a date of the text"
        at [Figures Numeral Un Approx Half Quarter Quelques Quelque Plusieurs Many Des] by alone(later)
        yes [
            "Né en [1950|1950], il part [vingt ans plus tard|1970].",
            "Le [2 mai 2020|2020-05-02], on rouvre. [Trois jours plus tard|2020-05-05], on referme.",
        ]
        no ["Plus tard, on verra."];
    EARLIER "earlier" reads "a length before a date of the text"
        by of(&LATER)
        yes ["Né en [1950|1950], il perd son frère [deux ans auparavant|1948]."]
        no ["Plus tôt, il pleuvait."];
}

/// The number is not said: « quelques jours », « deux ou trois jours ».
fn unsaid(lengths: &Lengths) -> bool {
    lengths
        .first()
        .is_some_and(|(n, _)| n.vague || n.up_to.is_some())
}

/// « voici », « voilà »; without its accent the second is a slip.
fn presents(line: &Line, i: usize) -> bool {
    let t = line.at(i);
    line.among(i, &relative::HERE) || (t.accent || t.cap) && line.among(i, &relative::THERE)
}

/// « il y a trois ans », « voilà deux mois ».
fn ago(line: &Line, i: usize) -> Option<Hit> {
    let mut j = if line.is(i, Word::Il) && line.any(i + 1, &[Word::Y, Word::Ya]) {
        if line.is(i + 1, Word::Ya) {
            i + 2
        } else {
            // « il y à », a common slip.
            if !line.is(i + 2, Word::A) {
                return None;
            }
            i + 3
        }
    } else if presents(line, i) {
        i + 1
    } else {
        return None;
    };
    // « il y a encore trois ans » looks back like « il y a trois ans ».
    let still = line.is(i, Word::Il) && line.among(j, &relative::STILL);
    j += usize::from(still);
    if line.is(j, Word::Peu) && (line.is(j + 1, Word::Punct) || line.is(j + 1, Word::End))
        || line.among(j, &relative::LONG)
    {
        return Hit::new(i, j + 1, &AGO, Expr::Ref(0));
    }
    j = hedge(line, j);
    // « il y a de nombreuses années »
    if line.any(j, &[Word::De, Word::D]) && line.is(j + 1, Word::Many) {
        j += 1;
    }
    let (mut lengths, mut end) = lengths::lengths(line, j)?;
    if let Some(e) = day_for_day(line, end) {
        lengths.push((Quantity::whole(0), Unit::Day));
        end = e;
    }
    // « il y a deux heures de route », « il y a vingt minutes de retard »
    if of(line, end) {
        return None;
    }
    // « il y a encore deux jours à tenir », « encore trois mois avant le vote »: what is left.
    if still && left_over(line, end) {
        return None;
    }
    // « voici quatre jours que » is a length.
    if !line.is(i, Word::Il) && sets::COMPARISON.starts(line.str(end)) {
        return None;
    }
    if unsaid(&lengths) {
        return Hit::new(i, end, &AGO, Expr::Ref(0));
    }
    Hit::cal(
        i,
        end,
        &AGO,
        Cal::Moved {
            lengths,
            sign: -1,
            base: Base::Published,
        },
    )
}

/// A complement with « de » alone: « des » and « du » begin an object, « il a signalé il y a
/// un an des écarts ».
fn of(line: &Line, i: usize) -> bool {
    line.any(i, &[Word::De, Word::D]) && complement(line, i)
}

/// What follows « il y a encore deux mois » says for what they are left, so that they are
/// a length: « avant le vote », « jusqu'au vote », « à attendre », « pour voter ».
fn left_over(line: &Line, i: usize) -> bool {
    match line.word(i) {
        Word::Avant | Word::Jusqu | Word::Jusque => true,
        Word::A | Word::Pour => infinitive(line, i + 1),
        _ => false,
    }
}

/// Past « jour pour jour », with its comma, which makes a length end on a day.
fn day_for_day(line: &Line, i: usize) -> Option<usize> {
    let j = if line.punct(i, ',') { i + 1 } else { i };
    let day = |k: usize| line.is(k, Word::Unit) && line.at(k).unit() == Some(UnitNoun::Day);
    (day(j) && line.is(j + 1, Word::Pour) && day(j + 2)).then_some(j + 3)
}

/// Past « environ », « presque », « plus de », « à peine »…
fn hedge(line: &Line, i: usize) -> usize {
    if line.is(i, Word::Environ) {
        return i + 1;
    }
    if let Some(end) = line.phrase(i, &sets::HEDGES) {
        return end;
    }
    if line.is(i, Word::A) && line.among(i + 1, &relative::ABOUT) {
        let j = i + 2;
        return if line.is(j, Word::Pres) { j + 1 } else { j };
    }
    if line.any(i, &[Word::Plus, Word::Moins, Word::Pres]) && line.any(i + 1, &[Word::De, Word::D])
    {
        return i + 2;
    }
    if line.is(i, Word::Un)
        && line.is(i + 1, Word::Peu)
        && line.any(i + 2, &[Word::Plus, Word::Moins])
        && line.any(i + 3, &[Word::De, Word::D])
    {
        return i + 4;
    }
    i
}

/// « dans trois ans », « dans une semaine ».
fn ahead(line: &Line, i: usize) -> Option<Hit> {
    let mut j = hedge(line, i + 1);
    // « dans de longs mois »
    if line.any(j, &[Word::De, Word::D]) && line.is(j + 1, Word::Many) {
        j += 1;
    }
    // « dans une quinzaine »
    if line.is(j, Word::Un)
        && line.is(j + 1, Word::Unit)
        && line.at(j + 1).unit() == Some(UnitNoun::Fortnight)
        && !line.any(j + 2, &[Word::De, Word::D])
    {
        let cal = Cal::Moved {
            lengths: vec![(Quantity::whole(15), Unit::Day)],
            sign: 1,
            base: Base::Published,
        };
        return Hit::cal(i, j + 2, &AHEAD, cal);
    }
    let (lengths, end) = lengths::lengths(line, j)?;
    let last = lengths.last()?.1;
    let word = line.str(end - 1);
    // « dans une journée de travail », « dans un siècle qui… »
    if last == Unit::Day && sets::units::STRETCHES.ends(word)
        || of(line, end)
        || line.any(end, &[Word::Qui, Word::Last, Word::Next, Word::Past])
        || last >= Unit::Millennium
    {
        return None;
    }
    if line.at(end - 1).unit() == Some(UnitNoun::Season) && line.is(end - 1, Word::Unit) {
        return None;
    }
    if unsaid(&lengths) {
        return Hit::new(i, end, &AHEAD, Expr::Ref(2));
    }
    Hit::cal(
        i,
        end,
        &AHEAD,
        Cal::Moved {
            lengths,
            sign: 1,
            base: Base::Published,
        },
    )
}

/// « deux jours plus tard », « un an auparavant », « six mois après ».
fn later(line: &Line, i: usize) -> Option<Hit> {
    let (lengths, j) = lengths::lengths(line, i)?;
    let (sign, end) = match line.word(j) {
        Word::Plus if line.is(j + 1, Word::Tot) => (-1, j + 2),
        Word::Plus if line.is(j + 1, Word::Tard) => (1, j + 2),
        Word::Auparavant => (-1, j + 1),
        Word::Avant => (-1, j + 1),
        Word::Apres => (1, j + 1),
        _ => return None,
    };
    if matches!(line.word(j), Word::Avant | Word::Apres) {
        // « deux ans après la guerre » keeps only its length.
        let closes = line.is(end, Word::End)
            || line.is(end, Word::Punct) && !line.hyphen(end) && !line.punct(end, '"');
        // A headline « Trente ans après, la claque » counts from an event.
        let headline = !line.stops(line.tokens.len().saturating_sub(1))
            && line.is(j, Word::Apres)
            && line.tokens.len() > end;
        if !closes || headline {
            return None;
        }
    }
    // « trois ans plus tôt que prévu », « cinq minutes plus tard » stay lengths.
    if lengths.iter().any(|(_, u)| *u < Unit::Day) || line.among(end, &relative::THAN) {
        return None;
    }
    if unsaid(&lengths) {
        return if sign < 0 {
            Hit::new(i, end, &EARLIER, Expr::Ref(0))
        } else {
            None
        };
    }
    Hit::cal(
        i,
        end,
        if sign < 0 { &EARLIER } else { &LATER },
        Cal::Moved {
            lengths,
            sign,
            base: Base::Text,
        },
    )
}
