//! Words that are a day by themselves: « hier », « aujourd'hui », « demain »
//! count from the publication date, « lendemain » and « veille » from a date of
//! the text or from the one they name (« la veille de Noël »).

use crate::french::{agreement::plural, sets::dates::relative as sets};
use crate::{
    dates::{
        absolute,
        expr::{Base, Cal, Expr, Unit},
        feasts,
        fields::weekday_name,
        hit::{Hit, rules},
        lexicon::Word,
        line::Line,
        places,
        unit_words::shift,
    },
    fold::fold,
    french::{lexicon::events::nouns, types::UnitNoun},
};

rules! {
    DAY_WORD "day_word" reads "« hier », « demain » and the like"
        at [Deictic Avant Apres] by place(day_word)
        yes [
            "Il est arrivé [hier|2024-03-12].",
            "Vu [avant-hier|2024-03-11] à Metz.",
            "[Hier mardi 12 mars|2024-03-12], il a démissionné.",
            // A text that is printed a day or two later: the weekday says which.
            "C'est [hier|2024-03-12] ([mardi|2024-03-12]) que le pont a cédé.",
            "Le pont a cédé [hier|2024-03-11] ([lundi|2024-03-11]), dit-il.",
            "Il se rendra [demain|2024-03-15] ([vendredi|2024-03-15]) à Metz.",
            "Il est parti [avant-hier|2024-03-10] ([dimanche|2024-03-10]).",
            "Elle part [aujourd'hui|2024-03-13] et revient [après-demain|2024-03-15].",
            // The part of the day and the meal beside it belong to it.
            "Vu [hier matin|2024-03-12TMO].",
            "Elle parlera [demain après-midi|2024-03-14TAF].",
            "[Hier soir tard|2024-03-12TEV|END], la grange a brûlé.",
            "Il arrivera [demain tôt dans la matinée|2024-03-14TMO|START].",
            "Ils en parleront [demain au petit-déjeuner|2024-03-14TMO].",
            "Ils en ont parlé [hier à l'heure du dîner|2024-03-12TEV].",
        ]
        no ["Ce n'est pas demain la veille.", "Il va de l'avant."];
    TODAY "today" reads "« aujourd'hui »"
        by of(&DAY_WORD)
        yes [
            "Elle part [aujourd'hui|2024-03-13].",
            "[Aujourd'hui très tôt le matin|2024-03-13TMO|START]",
            "Le maire a démissionné [aujourd'hui|2024-03-12] ([mardi|2024-03-12]).",
        ]
        no ["Le jour où il part est loin."];
    TEXT_DAY "text_day" reads "« lendemain », « veille » of the day the text is at"
        at [TextDay Avant Apres] by place(text_day)
        yes [
            "Arrivé le [3 juin 1944|1944-06-03], il repart le [lendemain|1944-06-04].",
            "Le [12 mai 2010|2010-05-12], il vote ; la [veille|2010-05-11], il dormait.",
        ]
        no ["La veille sanitaire continue.", "Il est en veille."];
    OFFSET_DAY "offset_day" reads "the day before or after a day that is said"
        by of(&TEXT_DAY)
        yes ["La [veille de Noël|2023-12-24], il a neigé."]
        no ["La veille de la maison est calme."];
    EVENT_DAY "event_day" reads "the day before or after an event, where the text says when it was"
        by of(&TEXT_DAY)
        yes [
            "Au [lendemain|null] de l'attentat, la place était vide.",
            "À la [veille|null] du sommet, les syndicats s'inquiètent.",
            "Le scrutin a eu lieu le [5 février|2024-02-05]. Au [lendemain|2024-02-06] du vote, il a démissionné.",
            "Une bombe a explosé le [2 mars|2024-03-02]. Le [surlendemain|2024-03-04] de l'explosion, la ville priait.",
            "Le procès s'est ouvert le [7 mars|2024-03-07]. La [veille|2024-03-06] de l'audience, il avait fui.",
            "Au [lendemain|2015-11-14] des attentats du [13 novembre 2015|2015-11-13], Paris pleurait.",
            "Le pont a rouvert [lundi|2024-03-11]. Au [lendemain|null] du séisme, il avait fermé.",
            "Elle l'a dit [mardi|2024-03-12], au [lendemain|2024-03-12] de la mort du juge.",
            "Le scrutin s'est clos [dimanche|2024-03-10] et, dès le [lendemain|2024-03-11] du vote, il fuyait.",
            "Il fut élu le [8 mars|2024-03-08], [veille|2024-03-08] de l'ouverture du procès.",
        ]
        no [
            "Tout a changé du jour au lendemain.",
            "Les lendemains de fête sont durs.",
            "La veille de la maison est calme.",
        ];
}

/// « hier », « demain », « avant-hier », « après-demain », « aujourd'hui ».
fn day_word(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.any(i, &[Word::Avant, Word::Apres]) {
        j = line.skip_hyphen(i + 1);
        by = if line.is(i, Word::Avant) { -1 } else { 1 };
    }
    let t = line.at(j);
    if t.word != Word::Deictic {
        return None;
    }
    // « ce n'est pas demain la veille »
    if line.is(j + 1, Word::La) && line.is(j + 2, Word::TextDay) {
        return None;
    }
    let n = t.days()?;
    if by != 0 && n != by {
        return None;
    }
    let mut end = j + 1;
    // « hier vendredi 20 juillet »
    if n != 0
        && line.is(end, Word::Weekday)
        && let Some(hit) = absolute::day_month(line, end)
        && let Expr::Cal(Cal::Day {
            weekday: Some(_), ..
        }) = hit.expr
    {
        return Some(Hit {
            start: i,
            rule: &DAY_WORD,
            ..hit
        });
    }
    // « demain lundi », « hier mardi »
    if let Some((_, e)) = weekday_name(line, end)
        && line.is(end, Word::Weekday)
        && n != 0
        && !line.is(e, Word::Figures)
    {
        end = e;
    }
    let day = shift(Unit::Day, n + by, Base::Published);
    let cal = match bracketed_weekday(line, end) {
        Some(weekday) => Cal::Nearest {
            weekday,
            to: Box::new(day),
        },
        None => day,
    };
    Hit::cal(i, end, if n == 0 { &TODAY } else { &DAY_WORD }, cal)
}

/// « (mardi) » at `i`: a weekday alone in its bracket.
fn bracketed_weekday(line: &Line, i: usize) -> Option<u8> {
    let (weekday, end) = line.punct(i, '(').then(|| weekday_name(line, i + 1))??;
    line.punct(end, ')').then_some(weekday)
}

/// « hier ([mardi]) »: the day of the word that the bracket at `i` is behind.
pub(super) fn glosses_day_word(line: &Line, i: usize) -> Option<Cal> {
    let bracket = i.checked_sub(1)?;
    bracketed_weekday(line, bracket)?;
    // « avant-hier » is three words.
    [3, 1]
        .into_iter()
        .filter_map(|back| bracket.checked_sub(back))
        .filter_map(|start| day_word(line, start))
        .find(|hit| hit.end == bracket)
        .and_then(|hit| match hit.expr {
            Expr::Cal(cal @ Cal::Nearest { .. }) => Some(cal),
            _ => None,
        })
}

/// How many words behind « lendemain de » the day of the event may stand.
const EVENT_REACH: usize = 8;

/// « [lendemain] de l'attentat »: the noun of the event at `noun`, from which
/// the days are counted.
fn beside_event(line: &Line, start: usize, end: usize, noun: usize, days: i64) -> Option<Hit> {
    // « à la veille du sommet », but « la veille de la maison »
    let dated = days > 0
        || line.punct(start.wrapping_sub(1), ',')
        || line.before(start, 2).accent && line.before(start, 2).word == Word::A
        || line.is(noun, Word::Other) && nouns::find(&fold(line.bare(noun))).is_some();
    if !dated || line.any(noun, &[Word::End, Word::Punct, Word::Figures]) {
        return None;
    }
    // « des attentats du 13 novembre »
    let said = (noun..noun + EVENT_REACH)
        .take_while(|k| !line.any(*k, &[Word::Punct, Word::End]))
        .filter(|k| line.is(*k, Word::Du))
        .find_map(|k| feasts::or_calendar(line, k + 1))
        .map(|(of, _)| of)
        .filter(places::is_day);
    match said {
        Some(of) => Hit::cal(
            start,
            end,
            &EVENT_DAY,
            Cal::Offset {
                days,
                of: Box::new(of),
            },
        ),
        None => Hit::new(start, end, &EVENT_DAY, Expr::Event { days }),
    }
}

/// « lendemain », « surlendemain », « veille », « avant-veille », alone or of
/// a date: « la veille de Noël ».
fn text_day(line: &Line, i: usize) -> Option<Hit> {
    let (mut by, mut j) = (0, i);
    if line.is(i, Word::Avant) {
        j = line.skip_hyphen(i + 1);
        by = -1;
    }
    let t = line.at(j);
    if t.word != Word::TextDay || by < 0 && t.days() != Some(-1) {
        return None;
    }
    if line.is(i.wrapping_sub(1), Word::La) && line.is(i.wrapping_sub(2), Word::Deictic) {
        return None;
    }
    // « une veille technologique », « en veille », « de veille »
    let before = line.before(i, 1);
    // « jeudi soir, veille de la grande annonce »
    let apposed =
        before.mark() == Some(',') && line.any(j + 1, &[Word::De, Word::D, Word::Du, Word::Des]);
    let article =
        matches!(before.word, Word::La | Word::L | Word::End) || t.days() != Some(-1) || apposed;
    if !article || matches!(before.word, Word::Un | Word::En) {
        return None;
    }
    if plural(line.str(j)) && t.days() == Some(1) {
        return None;
    }
    // « du jour au lendemain »: suddenly.
    if before.word == Word::Au
        && line.before(i, 2).unit() == Some(UnitNoun::Day)
        && line.before(i, 3).word == Word::Du
    {
        return None;
    }
    let days = t.days()? + by;
    let mut k = j + 1;
    if line.any(k, &[Word::De, Word::D, Word::Du, Word::Des]) {
        k += 1;
        if line.any(k, &[Word::La, Word::L, Word::Le]) {
            k += 1;
        }
        let Some((of, end)) = feasts::or_calendar(line, k) else {
            return beside_event(line, i, j + 1, k, days);
        };
        return Hit::cal(
            i,
            end,
            &OFFSET_DAY,
            Cal::Offset {
                days,
                of: Box::new(of),
            },
        );
    }
    // A « veille » that is a watch: « la veille sanitaire ».
    if t.days() == Some(-1)
        && line.is(k, Word::Other)
        && !line.at(k).cap
        && before.word == Word::La
        && sets::WATCHES.ends(line.str(k))
    {
        return None;
    }
    Hit::cal(i, k, &TEXT_DAY, shift(Unit::Day, days, Base::Text))
}
