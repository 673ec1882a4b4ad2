//! Words beside a mention that bound or blur its value.

use super::phrases::Window;
use crate::kinds::Modifier::{self, Approx, EqualOrLess, EqualOrMore, LessThan, MoreThan};

/// Phrases that end right before the number; a longer one stands before a
/// shorter one that it ends with.
#[rustfmt::skip]
static BEFORE: &[(&str, Modifier)] = &[
    ("pas moins de", EqualOrMore), ("pas moins d'", EqualOrMore), ("pas plus de", EqualOrLess), ("pas plus d'", EqualOrLess),
    ("rien moins que", EqualOrMore), ("plus ou moins", Approx),
    ("plus de", MoreThan), ("plus d'", MoreThan), ("plus des", MoreThan), ("moins de", LessThan), ("moins d'", LessThan), ("moins des", LessThan),
    ("ne pas depasser", EqualOrLess), ("ne pas exceder", EqualOrLess), ("sans depasser", EqualOrLess),
    ("depasse", MoreThan), ("depassent", MoreThan), ("depassait", MoreThan), ("depassaient", MoreThan), ("depasser", MoreThan), ("depassera", MoreThan), ("depasserait", MoreThan), ("depasseraient", MoreThan), ("depassant", MoreThan), ("depasse les", MoreThan), ("depasser les", MoreThan),
    ("pas depasser", EqualOrLess), ("pas depasser les", EqualOrLess), ("depasse pas", EqualOrLess), ("depasse pas les", EqualOrLess), ("depassent pas", EqualOrLess), ("depassait pas", EqualOrLess), ("depassaient pas", EqualOrLess), ("depassera pas", EqualOrLess), ("depasserait pas", EqualOrLess), ("depassant pas", EqualOrLess), ("jamais depasse", EqualOrLess), ("jamais depasse les", EqualOrLess), ("jamais depasser", EqualOrLess), ("pas exceder", EqualOrLess), ("excede pas", EqualOrLess), ("excedent pas", EqualOrLess), ("excedait pas", EqualOrLess), ("excedant pas", EqualOrLess),
    ("a minima", EqualOrMore), ("a maxima", EqualOrLess),
    ("excede", MoreThan), ("excedent", MoreThan), ("excedait", MoreThan), ("excedant", MoreThan),
    ("superieur a", MoreThan), ("superieure a", MoreThan), ("superieurs a", MoreThan), ("superieures a", MoreThan),
    ("au-dessus de", MoreThan), ("au dessus de", MoreThan), ("au-dessus des", MoreThan), ("au-dela de", MoreThan), ("au-dela des", MoreThan), ("au dela de", MoreThan),
    ("inferieur a", LessThan), ("inferieure a", LessThan), ("inferieurs a", LessThan), ("inferieures a", LessThan),
    ("dessous de", LessThan), ("dessous des", LessThan), ("en deca de", LessThan), ("en-deca de", LessThan),
    ("sous la barre des", LessThan), ("sous la barre de", LessThan), ("sous le seuil de", LessThan), ("sous le seuil des", LessThan), ("sous les", LessThan), ("sous", LessThan), ("a peine", LessThan),
    ("jusqu'a", EqualOrLess), ("jusqu'a hauteur de", EqualOrLess), ("a concurrence de", EqualOrLess), ("dans la limite de", EqualOrLess),
    ("au maximum", EqualOrLess), ("maximum", EqualOrLess), ("maximum de", EqualOrLess),     ("au pire", EqualOrLess),
    ("au plus", EqualOrLess), ("plafonne a", EqualOrLess), ("plafonnee a", EqualOrLess), ("plafonnes a", EqualOrLess), ("plafonnees a", EqualOrLess), ("plafonnait a", EqualOrLess), ("limite a", EqualOrLess), ("limitee a", EqualOrLess), ("limites a", EqualOrLess), ("plafond de", EqualOrLess), ("max.", EqualOrLess),
    ("au moins", EqualOrMore), ("minimum", EqualOrMore), ("au minimum", EqualOrMore), ("minimum de", EqualOrMore), ("a partir de", EqualOrMore), ("au bas mot", EqualOrMore), ("min.", EqualOrMore),
    ("environ", Approx), ("env.", Approx), ("quelque", Approx), ("quelques", Approx), ("pres de", Approx), ("pres d'", Approx), ("autour de", Approx), ("autour des", Approx), ("aux alentours de", Approx), ("aux alentours des", Approx), ("alentour de", Approx),
    ("de l'ordre de", Approx), ("de l'ordre d'", Approx), ("a peu pres", Approx), ("peu ou prou", Approx), ("approximativement", Approx), ("grosso modo", Approx), ("presque", Approx), ("quasi", Approx), ("quasiment", Approx), ("pratiquement", Approx), ("avoisine", Approx), ("avoisinent", Approx), ("avoisinait", Approx), ("avoisinant", Approx), ("avoisinerait", Approx), ("avoisinant les", Approx), ("avoisine les", Approx), ("frole", Approx), ("frolent", Approx), ("frolait", Approx), ("frolerait", Approx), ("frole les", Approx), ("frise", Approx), ("frise les", Approx), ("proche de", Approx), ("proches de", Approx), ("proche des", Approx), ("voisin de", Approx), ("dans les", Approx), ("vers les", Approx), ("disons", Approx), ("~", Approx),
];

/// Phrases that start right after the mention.
#[rustfmt::skip]
static AFTER: &[(&str, Modifier)] = &[
    ("environ", Approx), ("(environ)", Approx), ("a peu pres", Approx), ("approximativement", Approx), ("grosso modo", Approx), ("et quelques", Approx), ("peu ou prou", Approx),
    ("au moins", EqualOrMore), ("au minimum", EqualOrMore), ("minimum", EqualOrMore), ("au bas mot", EqualOrMore), ("ou plus", EqualOrMore), ("et plus", EqualOrMore), ("mini", EqualOrMore),
    ("au maximum", EqualOrLess), ("maximum", EqualOrLess), ("au plus", EqualOrLess), ("tout au plus", EqualOrLess), ("au pire", EqualOrLess), ("au mieux", EqualOrLess), ("ou presque", Approx), ("maxi", EqualOrLess), ("max", EqualOrLess), ("ou moins", EqualOrLess), ("au grand maximum", EqualOrLess),
];

/// The modifier of the mention at bytes `start..end`.
pub fn around(text: &str, start: usize, end: usize) -> Option<Modifier> {
    before(text, start).or_else(|| after(text, end))
}

fn before(text: &str, start: usize) -> Option<Modifier> {
    let mut window = Window::before(text, start);
    // « près d'un », « plus d'une dizaine »: the article is no part of it.
    for article in ["une", "un", "bonne", "petite", "une", "un"] {
        if window.ends_with(article) {
            window = window.shortened(article.len());
        }
    }
    if text[..start].trim_end().ends_with("dès") {
        return Some(EqualOrMore);
    }
    BEFORE
        .iter()
        .filter(|(phrase, _)| window.ends_with(phrase))
        .max_by_key(|(phrase, _)| phrase.len())
        .map(|&(_, m)| m)
}

fn after(text: &str, end: usize) -> Option<Modifier> {
    if !text[end..].starts_with([' ', '\u{a0}', '\u{202f}', ',']) {
        return None;
    }
    let skip = usize::from(text.as_bytes().get(end) == Some(&b','));
    let window = Window::after(text, end + skip);
    AFTER
        .iter()
        .find(|(phrase, m)| {
            // After a comma only what cannot begin the next clause.
            window.starts_with(phrase) && (skip == 0 || matches!(m, EqualOrLess | EqualOrMore))
        })
        .map(|&(_, m)| m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_and_after() {
        for (text, modifier) in [
            ("près de |12 €|", Some(Approx)),
            ("près d'un petit |12 €|", None),
            ("plus de |12 €|", Some(MoreThan)),
            ("pas plus de |12 €|", Some(EqualOrLess)),
            ("bien moins de |12 €|", Some(LessThan)),
            ("jusqu’à |12 €|", Some(EqualOrLess)),
            ("un minimum de |12 €|", Some(EqualOrMore)),
            ("de l’ordre de |12 €|", Some(Approx)),
            ("plus d’une |dizaine d'euros|", Some(MoreThan)),
            ("une |dizaine d'euros|", None),
            ("À peine |12 €|", Some(LessThan)),
            ("payé |12 €| environ", Some(Approx)),
            ("payé |12 €| au maximum", Some(EqualOrLess)),
            ("payé |12 €|, environ dix fois", None),
            ("dès |12 €|", Some(EqualOrMore)),
            ("des |12 €|", None),
            ("dessous |12 €|", None),
            ("le bus de |12 €|", None),
            ("un prix qui ne dépasse pas |12 €|", Some(EqualOrLess)),
            ("il ne devait pas dépasser les |12 €|", Some(EqualOrLess)),
            ("elle n’a jamais dépassé |12 €|", Some(EqualOrLess)),
            ("un loyer n’excédant pas |12 €|", Some(EqualOrLess)),
            ("un prix qui dépasse |12 €|", Some(MoreThan)),
            ("compter a minima |12 €|", Some(EqualOrMore)),
        ] {
            let start = text.find('|').unwrap();
            let plain = text.replace('|', "");
            let end = text.rfind('|').unwrap() - 1;
            assert_eq!(around(&plain, start, end), modifier, "{text}");
        }
    }
}
