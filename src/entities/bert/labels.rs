//! From a checkpoint's own labels to PER, LOC, ORG and MISC.

use super::error::LabelError;
use crate::kinds::Label;
use std::collections::BTreeMap;

/// Where in a mention a word stands, by its label's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// `B-`: a mention begins here.
    Begin,
    /// `I-`, `M-`, or no prefix: a mention begins or goes on.
    Inside,
    /// `E-`, `L-`: the last word of a mention.
    End,
    /// `S-`, `U-`: the only word of a mention.
    Single,
}

/// What a label means to us; `None` is outside, or a type that glane leaves
/// to its own rules or does not have.
pub type Tag = Option<(Position, Label)>;

/// A user's word on what labels mean: `PERSONNE=PER,LIEU=LOC,DATE=-`.
///
/// The left side is a label with or without its prefix; the right side PER,
/// LOC, ORG, MISC, one of these with a prefix, or `-` for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelMap(BTreeMap<String, Option<(Option<Position>, Label)>>);

impl std::str::FromStr for LabelMap {
    type Err = LabelError;

    fn from_str(text: &str) -> Result<Self, LabelError> {
        let mut map = BTreeMap::new();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (name, target) = part
                .split_once('=')
                .ok_or_else(|| LabelError::MapSyntax(part.to_owned()))?;
            let target = match target.trim() {
                "-" | "O" => None,
                target => {
                    let (position, class) = split(target);
                    let label = four(&class.to_uppercase())
                        .ok_or_else(|| LabelError::MapTarget(part.to_owned()))?;
                    Some((position, label))
                }
            };
            map.insert(name.trim().to_owned(), target);
        }
        Ok(Self(map))
    }
}

/// The meaning of every label of a checkpoint, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    tags: Vec<Tag>,
    /// Types that are left out, as the checkpoint spells them.
    pub dropped: Vec<String>,
}

impl Labels {
    /// Reads the label names of `config.json`; `map` goes before the defaults.
    pub fn new(names: &[String], map: &LabelMap) -> Result<Self, LabelError> {
        let all = || names.join(", ");
        if let Some(unknown) = map
            .0
            .keys()
            .find(|key| !names.iter().any(|n| n == *key || split(n).1 == *key))
        {
            return Err(LabelError::MapUnknown(unknown.clone(), all()));
        }
        let mut dropped = Vec::new();
        let tags: Vec<Tag> = names
            .iter()
            .map(|name| {
                let (position, class) = split(name);
                let position = position.unwrap_or(Position::Inside);
                match map.0.get(name).or_else(|| map.0.get(class)) {
                    Some(target) => target.map(|(p, label)| (p.unwrap_or(position), label)),
                    None if name == "O" => None,
                    None => {
                        let label = usual(class);
                        if label.is_none() && !dropped.iter().any(|d| d == class) {
                            dropped.push(class.to_owned());
                        }
                        label.map(|label| (position, label))
                    }
                }
            })
            .collect();
        if !tags.iter().flatten().any(|t| t.1 == Label::Per) {
            let unnamed = names.iter().all(|n| n.starts_with("LABEL_"));
            return Err(if unnamed {
                LabelError::Unnamed(all())
            } else {
                LabelError::NoPer(all())
            });
        }
        Ok(Self { tags, dropped })
    }

    /// The meaning of label number `id`.
    pub fn tag(&self, id: usize) -> Tag {
        self.tags.get(id).copied().flatten()
    }

    /// `BIOES`, `BIO` or `IO`.
    pub fn scheme(&self) -> &'static str {
        let has = |p: Position| self.tags.iter().flatten().any(|t| t.0 == p);
        if has(Position::End) || has(Position::Single) {
            "BIOES"
        } else if has(Position::Begin) {
            "BIO"
        } else {
            "IO"
        }
    }
}

/// `B-PER` into its position and `PER`.
fn split(name: &str) -> (Option<Position>, &str) {
    let mut chars = name.chars();
    let position = match chars.next() {
        Some('B') => Position::Begin,
        Some('I' | 'M') => Position::Inside,
        Some('E' | 'L') => Position::End,
        Some('S' | 'U') => Position::Single,
        _ => return (None, name),
    };
    match chars.next() {
        Some('-' | '_') if !chars.as_str().is_empty() => (Some(position), chars.as_str()),
        _ => (None, name),
    }
}

fn four(class: &str) -> Option<Label> {
    match class {
        "PER" => Some(Label::Per),
        "LOC" => Some(Label::Loc),
        "ORG" => Some(Label::Org),
        "MISC" => Some(Label::Misc),
        _ => None,
    }
}

/// What the types of the usual corpora mean under CoNLL-2003's conventions.
/// Types with parts (`loc.adm.town` of Quaero) go by their first part.
fn usual(class: &str) -> Option<Label> {
    let class = class.to_uppercase();
    let head = class.split('.').next().unwrap_or_default();
    match head {
        "PER" | "PERS" | "PERSON" | "PERSONNE" => Some(Label::Per),
        "LOC" | "LOCATION" | "LIEU" | "PLACE" | "GPE" | "FAC" | "FACILITY" => Some(Label::Loc),
        "ORG" | "ORGANIZATION" | "ORGANISATION" | "COMPANY" | "CORPORATION" | "CORP" => {
            Some(Label::Org)
        }
        "MISC" | "MISCELLANEOUS" | "PROD" | "PRODUCT" | "EVENT" | "EVE" | "WORK_OF_ART" | "LAW"
        | "CW" | "CREATIVE-WORK" => Some(Label::Misc),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[&str], map: &str) -> Result<Labels, LabelError> {
        let names: Vec<String> = names.iter().map(|s| (*s).to_owned()).collect();
        Labels::new(&names, &map.parse()?)
    }

    #[test]
    fn reads_the_usual_schemes() {
        use Position::*;
        let io = labels(&["O", "I-LOC", "I-PER", "I-MISC", "I-ORG"], "").unwrap();
        assert_eq!(io.scheme(), "IO");
        assert_eq!(io.tag(2), Some((Inside, Label::Per)));
        let plain = labels(&["O", "PERSON", "GPE"], "").unwrap();
        assert_eq!(plain.tag(2), Some((Inside, Label::Loc)));
        let bio = labels(&["B-PER", "I-PER", "O"], "").unwrap();
        assert_eq!(
            (bio.scheme(), bio.tag(0)),
            ("BIO", Some((Begin, Label::Per)))
        );
        assert_eq!(bio.tag(2), None);
        let bioes = labels(&["O", "B-PER", "I-PER", "E-PER", "S-PER"], "").unwrap();
        assert_eq!(bioes.scheme(), "BIOES");
        assert_eq!(bioes.tag(4), Some((Single, Label::Per)));
    }

    #[test]
    fn dates_and_money_are_left_to_our_rules() {
        let l = labels(&["O", "B-PER", "B-DATE", "I-DATE", "B-MONEY"], "").unwrap();
        assert_eq!(l.tag(2), None);
        assert_eq!(l.dropped, ["DATE", "MONEY"]);
    }

    #[test]
    fn a_map_goes_before_the_defaults() {
        let l = labels(&["O", "B-HUM", "I-HUM", "B-EVENT"], "HUM=PER, EVENT=-").unwrap();
        assert_eq!(l.tag(2), Some((Position::Inside, Label::Per)));
        assert_eq!(l.tag(3), None);
        let l = labels(&["LABEL_0", "LABEL_1"], "LABEL_1=B-PER").unwrap();
        assert_eq!(l.tag(1), Some((Position::Begin, Label::Per)));
        assert_eq!(l.tag(0), None);
    }

    #[test]
    fn quaero_types_go_by_their_first_part() {
        let l = labels(&["O", "B-pers.ind", "B-loc.adm.town", "B-amount"], "").unwrap();
        assert_eq!(l.tag(2), Some((Position::Begin, Label::Loc)));
        assert_eq!(l.tag(3), None);
    }

    #[test]
    fn says_what_is_wrong() {
        let error = |names: &[&str], map: &str| labels(names, map).unwrap_err().to_string();
        assert!(error(&["O", "B-NOUN"], "").contains("means PER"));
        assert!(error(&["LABEL_0", "LABEL_1"], "").contains("does not name its labels"));
        assert!(error(&["O", "B-PER"], "PER").contains("not of the form"));
        assert!(error(&["O", "B-PER"], "PER=HUMAN").contains("right side"));
        assert!(error(&["O", "B-PER"], "LIEU=LOC").contains("which the checkpoint does not have"));
    }
}
