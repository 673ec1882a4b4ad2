//! Lengths of time: « neuf mois », « 48 heures », « une quinzaine de jours »,
//! « un an et demi », « 2 h 30 min », « trois quarts d'heure ».

use super::{
    expr::{Expr, Unit},
    hit::{Hit, rules},
    lengths::{lengths, modifier_before},
    lexicon::{UnitNoun, Word},
    line::Line,
    quantity::Quantity,
    times,
};
use crate::{french::sets::dates as sets, kinds::Modifier};

rules! {
    DURATION "duration" reads "a length of time"
        at [Figures Numeral Un Approx Half Quarter Quelques Quelque Plusieurs Many Des] by alone(duration) rank BARE
        yes [
            "Il a dormi [neuf mois|P9M].",
            "Pendant [quatre ans|P4Y], il a lu.",
            "Un délai de [48 heures|PT48H].",
            "[Une quinzaine de jours|P15D|APPROX] suffiront.",
            "Il a duré [un an et demi|P1.5Y].",
            "Un film de [2 heures et 10 minutes|PT2H10M].",
            "Il a couru [trois quarts d'heure|PT45M].",
            "Il a attendu [une demi-heure|PT30M].",
            "[Quelques jours|PXD] suffiront.",
            "Le pont est fermé depuis [plusieurs mois|PXM].",
            "Ils se parlent depuis [des années|PXY].",
            "Il a régné pendant de [nombreuses années|PXY].",
            "Il s'est tu pendant de [longues minutes|PTXM].",
            "Elle a vécu là [maintes années|PXY].",
            "Le procès a pris [des mois|PXM].",
            "Il faudra [des semaines|PXW] pour reconstruire.",
            "Ils ont marché [des heures|PTXH] durant.",
            "Après [des mois|PXM] d'attente, elle a signé.",
            "Il reste [une poignée de minutes|PTXM].",
            "Depuis [plusieurs dizaines d'années|PXY], on y pêche.",
            "[Plusieurs longues semaines|PXW] ont passé.",
            "Cela faisait [des années|PXY] qu'il attendait.",
            "Il demande « [trois mois|P3M] » de plus.",
            "Elle a couru en [3 minutes 41 secondes et 7 dixièmes|PT3M41.7S].",
            "Le clip dure [une minute et demie|PT1M30S].",
            "Le juge a pris [quelques jours|PXD] supplémentaires.",
            "Il faut [deux ou trois jours|PXD|APPROX].",
            "[Septante ans|P70Y] de paix.",
            "[Quatre-vingt-dix minutes|PT90M] de jeu.",
            "Il a fallu plus de [dix ans|P10Y|MORE_THAN].",
            "Il manque [deux décennies|P20Y].",
            "Un arbre de [1 500 ans|P1500Y].",
            "Il s'est tu pendant [une seconde|PT1S].",
            "Elle a gagné pour moins d'[une seconde|PT1S|LESS_THAN] sur sa sœur.",
            "Durant [une seconde|PT1S] seulement, elle a douté.",
            "Le Belge a lâché [une minute trente|PT1M30S].",
            "Elle a nagé [deux minutes vingt|PT2M20S] dans le canal.",
            "Elle a couru [trois minutes 40|PT3M40S].",
            // Something else is counted.
            "En [deux minutes|PT2M] trente élèves étaient dehors.",
            "En [deux minutes|PT2M] 30 % des voix étaient perdues.",
            // How long it seemed.
            "Elle a patienté [trois longues heures|PT3H].",
            "Il reste [deux petits mois|P2M].",
            "Il marche depuis [une bonne heure|PT1H].",
            "La lave coule depuis [des millions d'années|PXY].",
            "Il est tombé 40 litres sur [24 h|PT24H].",
            "Elle a vidé la cave en [48H|PT48H].",
        ]
        no [
            "Il arrive second.",
            "La seconde guerre.",
            "C'est un jour sans fin.",
            "L'iPhone 6s est vieux.",
            "Une étoile à 40 années-lumière.",
            "Ariane 6 s'envole.",
            "C'est l'un des jours les plus froids.",
            "Le calcul des années compte.",
            "Il y a des jours qui comptent.",
            "Il a fait des heures supplémentaires.",
            "Le mois compte plusieurs jours fériés.",
            "La série s'arrête après quinze saisons.",
            "Il l'a dit au quotidien suisse « 24 heures ».",
            "Son album « Treize jours » sort.",
            "Il a passé un sale quart d'heure.",
            "Les longues années de guerre sont finies.",
            "Le rock des [années 80|198X] revient.",
            "Il souhaite une bonne année.",
            // The second of its kind.
            "Elle plaide pour une seconde ligne de tramway.",
            "Elle signe pour une seconde année.",
            "La maire rêve d'une seconde médiathèque.",
            "C'était une longue journée.",
        ];
    DURATION_PRIMES "duration_primes" reads "minutes and seconds of a result"
        by of(&DURATION)
        yes [
            "Elle a nagé en [9'58\"|PT9M58S].",
            "Elle a nagé en [9'58''205|PT9M58.205S].",
        ]
        no ["Une règle de 9\" suffit."];
}

/// « 9'58" », « 3'45" »: minutes and seconds in results.
fn primes(line: &Line, i: usize) -> Option<Hit> {
    let prime = |k: usize, c: char| line.punct(k, c) && !line.at(k).gap;
    let (m, t) = (line.at(i), line.at(i + 2));
    // The tokenizer makes an apostrophe out of each kind of prime.
    if m.word != Word::Figures
        || !prime(i + 1, '\'')
        || t.word != Word::Figures
        || t.gap
        || t.value() > 59
        || t.len != 2
    {
        return None;
    }
    let mut end = i + 3;
    let mut seconds = Quantity::whole(u64::from(t.value()));
    let mark = if prime(end, '"') || prime(end, '″') || prime(end, '\u{2033}') {
        1
    } else if prime(end, '\'') && prime(end + 1, '\'') {
        2
    } else {
        return None;
    };
    end += mark;
    if line.is(end, Word::Figures) && !line.at(end).gap && line.at(end).len <= 3 {
        seconds.milli = line.at(end).value() * 10u32.pow(3 - u32::from(line.at(end).len));
        end += 1;
    }
    let mut lengths = vec![
        (Quantity::whole(u64::from(m.value())), Unit::Minute),
        (seconds, Unit::Second),
    ];
    // « 2 h 04'45" »
    let mut start = i;
    if i >= 2
        && line.is(i - 1, Word::Unit)
        && line.at(i - 1).unit() == Some(UnitNoun::Hour)
        && line.is(i - 2, Word::Figures)
    {
        start = i - 2;
        lengths.insert(
            0,
            (
                Quantity::whole(u64::from(line.at(start).value())),
                Unit::Hour,
            ),
        );
    }
    Hit::new(start, end, &DURATION_PRIMES, Expr::Length(lengths))
}

/// A length that fills its quotes, behind a noun for what has a title.
fn titled(line: &Line, i: usize, end: usize) -> bool {
    let quote = |k: usize, marks: &[char]| line.at(k).mark().is_some_and(|c| marks.contains(&c));
    i > 1
        && quote(i - 1, &['"', '«', '“'])
        && quote(end, &['"', '»', '”'])
        && (2..=3).any(|back| i >= back && line.among(i - back, &sets::TITLED))
}

/// A length as a mention, with the guards that keep counts, ages of things and
/// « un jour » (once) out.
fn duration(line: &Line, i: usize) -> Option<Hit> {
    if let Some(hit) = primes(line, i) {
        return Some(hit);
    }
    // « 2 h 04'45" »
    if line.is(i, Word::Figures)
        && line.is(i + 1, Word::Unit)
        && line.at(i + 1).unit() == Some(UnitNoun::Hour)
        && let Some(hit) = primes(line, i + 2)
        && hit.start == i
    {
        return Some(hit);
    }
    let (lengths, end) = lengths(line, i)?;
    let (q, u) = lengths[0];
    // « le quotidien « 24 heures » », « l'album « 13 jours » »: titles.
    if titled(line, i, end) {
        return None;
    }
    // « un sale quart d'heure »
    if line.is(i, Word::Quarter) && i > 0 && line.among(i - 1, &sets::BAD_QUARTERS) {
        return None;
    }
    // The seasons of a series are parts of it.
    if line.at(end - 1).unit() == Some(UnitNoun::Season)
        && (0..line.tokens.len()).any(|k| line.among(k, &sets::SERIES))
    {
        return None;
    }
    let before = line.before(i, 1);
    // « deux trois minutes » says no number.
    if before.word == Word::Numeral && line.is(i, Word::Numeral)
        || before.word == Word::Figures && line.at(i).gap && line.is(i, Word::Figures)
    {
        return None;
    }
    // « ouvert de 9 à 12 heures »: two times.
    if u == Unit::Hour && q.up_to.is_some() && times::shared_unit(line, i).is_some() {
        return None;
    }
    // « le 20 heures » is a news programme.
    if u == Unit::Hour
        && line.is(i, Word::Figures)
        && matches!(before.word, Word::Le | Word::Du | Word::Au)
    {
        return None;
    }
    // « 12h12:99 »
    if line.punct(end, ':') && !line.at(end).gap && line.is(end + 1, Word::Figures) {
        return None;
    }
    let word = line.str(end - 1);
    // Light-years; « La guerre des Mille Jours »; « un mois de juillet ».
    if line.hyphen(end)
        || line.at(end - 1).cap
            && line.at(end - 1).word == Word::Unit
            && word.len() > 2
            && !word.chars().all(char::is_uppercase)
    {
        return None;
    }
    if line.is(end, Word::De) && line.is(end + 1, Word::Month) {
        return None;
    }
    // A price for each: « 50 centimes la demi-heure ».
    if before.word == Word::La && line.any(i, &[Word::Half, Word::Quarter]) {
        return None;
    }
    let single = lengths.len() == 1
        && q.n == 1
        && q.milli == 0
        && !q.vague
        && !q.approx
        && q.up_to.is_none()
        && line.is(i, Word::Un);
    if single {
        let spans = matches!(
            before.word,
            Word::En
                | Word::D
                | Word::Pendant
                | Word::Durant
                | Word::Depuis
                | Word::Moins
                | Word::Apres
                | Word::Avant
        );
        let led = spans
            || matches!(
                before.word,
                Word::De | Word::Sous | Word::Pour | Word::Environ
            )
            || line.among(i.wrapping_sub(1), &sets::NEARLY)
            || before.word == Word::A && before.accent;
        let closes = line.is(end, Word::End) || line.is(end, Word::Punct) && !line.hyphen(end);
        let stretch = sets::units::STRETCHES.ends(word);
        let weak = match u {
            Unit::Day => true,
            Unit::Second | Unit::Minute => !closes,
            Unit::Year => line.at(end - 1).unit() == Some(UnitNoun::Season) || stretch,
            _ => false,
        };
        // A field of a form: « une journée ».
        let field = u == Unit::Day && stretch && line.alone(i, end);
        if field {
            return Hit::new(i, end, &DURATION, Expr::Length(lengths));
        }
        if weak && !led {
            return None;
        }
        // « il y a un jour », « un jour sans fin »: « jour » is often a noun.
        if u == Unit::Day && !spans {
            return None;
        }
        // « une année record », « une semaine de la mode » describe.
        if line.is(end, Word::Ordinal) {
            return None;
        }
    }
    // « un an » as half of « par an »; « deux fois par jour » are sets elsewhere.
    let mut hit = Hit::new(i, end, &DURATION, Expr::Length(lengths.clone()))?;
    hit.modifier = modifier_before(line, i)
        .or(q.approx.then_some(Modifier::Approx))
        .or(q.up_to.map(|_| Modifier::Approx));
    Some(hit)
}
