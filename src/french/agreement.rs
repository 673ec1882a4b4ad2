//! Gender and number by their endings: « -s » of the plural, « -e » of the
//! feminine. Slices of the word, in its own case; no look at what the word is.

/// Ends like a plural, as « mois » does too.
pub fn plural(word: &str) -> bool {
    word.ends_with('s')
}

/// Without the « -s » of the plural.
pub fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Without the « -e » of the feminine.
pub fn masculine(word: &str) -> &str {
    word.strip_suffix('e').unwrap_or(word)
}

/// A participle without « -e » and « -s », however many: « créées » and « créés »
/// end alike.
pub fn stem(participle: &str) -> &str {
    participle.trim_end_matches('s').trim_end_matches('e')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert!(plural("semaines") && !plural("semaine"));
        assert_eq!(singular("closes"), "close");
        assert_eq!(masculine("close"), "clos");
        assert_eq!(masculine(singular("prévues")), "prévu");
        assert_eq!((stem("tombées"), stem("tombé")), ("tombé", "tombé"));
        assert_eq!(stem("prises"), "pris");
        assert_eq!((plural(""), singular(""), stem("")), (false, "", ""));
    }
}
