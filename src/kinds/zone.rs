//! Parts of an article's text that are not the article.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What a stretch of the text is, where it is not the article itself.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Zone {
    /// What readers wrote below it, with their names, times and buttons.
    Comment,
    /// What the page says around it: notices on cookies and subscriptions, rights,
    /// links to other articles, buttons.
    Boilerplate,
    /// Its keywords: « Mots-clés : … ».
    Keywords,
    /// Who wrote it: « Par Jeanne Morel », « (avec AFP) ».
    Byline,
    /// What stands below a picture, or whose picture it is.
    Caption,
}

impl Zone {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Comment,
        Self::Boilerplate,
        Self::Keywords,
        Self::Byline,
        Self::Caption,
    ];

    /// Its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Boilerplate => "boilerplate",
            Self::Keywords => "keywords",
            Self::Byline => "byline",
            Self::Caption => "caption",
        }
    }

    /// Whether other people than the article's speak there, or the page: counts of
    /// what articles name leave it out.
    pub fn is_aside(self) -> bool {
        matches!(self, Self::Comment | Self::Boilerplate)
    }
}

/// Bytes of a text, on character borders, and what they are.
pub type ZoneSpan = (Range<usize>, Zone);

/// The zone that holds byte `at`; `zones` are sorted and do not overlap.
pub fn zone_at(zones: &[ZoneSpan], at: usize) -> Option<Zone> {
    let next = zones.partition_point(|(bytes, _)| bytes.end <= at);
    let (bytes, zone) = zones.get(next)?;
    bytes.contains(&at).then_some(*zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_a_byte() {
        let zones = [(3..5, Zone::Byline), (5..9, Zone::Comment)];
        for (at, zone) in [
            (0, None),
            (3, Some(Zone::Byline)),
            (4, Some(Zone::Byline)),
            (5, Some(Zone::Comment)),
            (9, None),
        ] {
            assert_eq!(zone_at(&zones, at), zone, "{at}");
        }
    }

    #[test]
    fn names_are_those_of_records() {
        for zone in Zone::ALL {
            let written = serde_json::to_string(&zone).unwrap();
            assert_eq!(written, format!("\"{}\"", zone.name()));
        }
    }
}
