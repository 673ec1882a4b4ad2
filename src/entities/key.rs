//! The key of a name, which joins an entity across articles.
//!
//! A name is the fullest form that one article gives; another article writes
//! « Etats-Unis » for « États-Unis » or « BFM TV » for « BFMTV ». The key leaves out
//! what such spellings differ in: case, accents and ligatures, spaces, hyphens,
//! apostrophes and stops, and the article that a name begins with, which a fused
//! preposition takes away (« Le Parisien », « du Parisien »). Signs that tell names
//! apart stay: « Canal+ », « C# », « AT&T ».
//!
//! It says nothing of what a name stands for: « OMS » in one article and its long
//! form in another have two keys.

use crate::{
    fold::{fold, is_apostrophe},
    french::sets::entities as sets,
    kinds::Label,
};

/// Signs that no spelling leaves out.
const TELLING: [char; 6] = ['+', '#', '&', '@', '/', '$'];

/// The key of a name: letters and figures in lower case without accents, and
/// the signs `+ # & @ / $`, nothing else; never empty unless the name is. A person keeps the
/// article, which is part of the surname: « Le Goff ».
pub fn key(name: &str, label: Label) -> String {
    let folded = fold(name);
    let rest = match label {
        Label::Per => None,
        _ => without_article(&folded),
    };
    [rest.unwrap_or_default(), &folded]
        .into_iter()
        .map(telling)
        .find(|k| !k.is_empty())
        .unwrap_or_else(|| folded.split_whitespace().collect())
}

/// What follows the article that a folded name begins with.
pub(super) fn without_article(folded: &str) -> Option<&str> {
    let end = folded.find(|c: char| !c.is_alphanumeric())?;
    let (word, rest) = folded.split_at(end);
    let elided = rest.starts_with(is_apostrophe);
    let is = match elided {
        true => sets::ARTICLE_ELIDED.contains(word),
        false => rest.starts_with(char::is_whitespace) && sets::ARTICLES.contains(word),
    };
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    (is && !rest.is_empty()).then_some(rest)
}

fn telling(folded: &str) -> String {
    folded
        .chars()
        .filter(|c| c.is_alphanumeric() || TELLING.contains(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (label, names) in [
            (
                Label::Loc,
                &["États-Unis", "Etats-Unis", "ETATS UNIS", "les États‑Unis"][..],
            ),
            (Label::Org, &["BFMTV", "BFM TV", "BFM-TV"]),
            (Label::Org, &["Le Parisien", "Parisien", "LE PARISIEN"]),
            (Label::Org, &["L'Équipe", "L’Equipe", "Équipe"]),
            (Label::Org, &["S.N.C.F.", "SNCF"]),
            (Label::Org, &["Canal+", "Canal +", "CANAL+"]),
            (Label::Per, &["Jean-Luc Mélenchon", "Jean Luc Melenchon"]),
            (Label::Misc, &["Œuvre au noir", "L'Oeuvre au noir"]),
        ] {
            let keys: Vec<_> = names.iter().map(|n| key(n, label)).collect();
            assert!(keys.windows(2).all(|k| k[0] == k[1]), "{keys:?}");
        }
    }

    #[test]
    fn what_is_not_one_name_stays_apart() {
        for (label, a, b) in [
            (Label::Per, "Le Goff", "Goff"),
            (Label::Misc, "C", "C#"),
            (Label::Misc, "C", "C++"),
            (Label::Org, "Canal", "Canal+"),
            (Label::Org, "Lagardère", "Gardère"),
            (Label::Loc, "Nord", "Nort"),
            (Label::Misc, "Titane 2", "Titane 3"),
        ] {
            assert_ne!(key(a, label), key(b, label));
        }
    }

    #[test]
    fn a_key_is_as_documented() {
        for (label, name, wanted) in [
            (Label::Loc, "États-Unis", "etatsunis"),
            (Label::Org, "Le Parisien", "parisien"),
            (Label::Per, "Marine Le Pen", "marinelepen"),
            (Label::Org, "AT&T", "at&t"),
            // Nothing but an article is the name.
            (Label::Misc, "La", "la"),
            (Label::Misc, "L'", "l"),
            (Label::Misc, "—", "—"),
        ] {
            assert_eq!(key(name, label), wanted);
        }
    }

    /// Letters and accents as two code points.
    fn apart(name: &str) -> String {
        name.chars().fold(String::new(), |out, c| match c {
            'é' => out + "e\u{301}",
            'ç' => out + "c\u{327}",
            c => out + c.encode_utf8(&mut [0; 4]),
        })
    }

    proptest! {
        /// Case, accents, kinds of space, hyphen and apostrophe change no key, and
        /// the key of a key is itself.
        #[test]
        fn spelling_changes_no_key(
            // Too long for an article, which only a space parts from a name.
            first in "[a-zàâçéèêëîïôùû0-9]{4,8}",
            words in prop::collection::vec("[a-zàâçéèêëîïôùû0-9]{1,8}", 0..4),
            joints in prop::collection::vec(0..6_usize, 5),
            others in prop::collection::vec(0..6_usize, 5),
            label in prop::sample::select(vec![Label::Per, Label::Loc, Label::Org, Label::Misc]),
        ) {
            const JOINTS: [&str; 6] = [" ", "-", "\u{2011}", "\u{a0}", "", "\u{ad}"];
            let written = |joints: &[usize]| {
                words.iter().zip(joints).fold(first.clone(), |text, (w, j)| text + JOINTS[*j] + w)
            };
            let one = key(&written(&joints), label);
            prop_assert_eq!(&one, &key(&written(&others), label));
            prop_assert_eq!(&one, &key(&written(&joints).to_uppercase(), label));
            prop_assert_eq!(&one, &key(&apart(&written(&joints)), label));
            prop_assert_eq!(&one, &key(&one, label));
        }

        /// Any text has a key without white space, empty for nothing but that.
        #[test]
        fn any_text_has_a_key(name in "\\PC{0,12}") {
            for label in [Label::Per, Label::Org] {
                let key = key(&name, label);
                prop_assert!(!key.contains(char::is_whitespace));
                prop_assert!(!key.is_empty() || fold(&name).trim().is_empty());
            }
        }
    }
}
