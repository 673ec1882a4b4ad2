//! Feeds: RSS 0.9 to 2.0 with its usual additions (Dublin Core, content), Atom (RFC 4287).

use super::read::{Gives, Part};

/// An `item` of RSS.
pub(super) const RSS: &[Part] = &[
    ("item/guid", Gives::Id),
    ("item/title", Gives::Title),
    ("item/pubDate", Gives::Date),
    ("item/date", Gives::Date),
    ("item/issued", Gives::Date),
    ("item/encoded", Gives::Markup),
    ("item/description", Gives::Markup),
    ("item/link", Gives::Meta("url")),
    ("item/creator", Gives::Meta("author")),
    ("item/author", Gives::Meta("author")),
    ("item/modified", Gives::Meta("modified")),
    ("item/category", Gives::Meta("keywords")),
    ("item/source", Gives::Meta("site")),
];

/// An `entry` of Atom. When it was updated is not when it was published.
pub(super) const ATOM: &[Part] = &[
    ("entry/id", Gives::Id),
    ("entry/title", Gives::Title),
    ("entry/published", Gives::Date),
    ("entry/issued", Gives::Date),
    ("entry/content/div", Gives::Text),
    ("entry/content", Gives::Markup),
    ("entry/summary", Gives::Markup),
    ("entry/link@href", Gives::Meta("url")),
    ("entry/author/name", Gives::Meta("author")),
    ("entry/updated", Gives::Meta("modified")),
    ("entry/category@term", Gives::Meta("keywords")),
    ("entry/source/title", Gives::Meta("site")),
];
