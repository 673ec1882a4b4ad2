//! What agencies send: NITF, NewsML-G2 and NewsML 1 of the IPTC.

use super::read::{Gives, Part};

/// An `nitf` element.
pub(super) const NITF: &[Part] = &[
    ("docdata/doc-id@id-string", Gives::Id),
    ("hedline/hl1", Gives::Title),
    ("nitf/head/title", Gives::Title),
    ("docdata/date.issue@norm", Gives::Date),
    ("docdata/date.release@norm", Gives::Date),
    ("head/pubdata@date.publication", Gives::Date),
    ("body.head//story.date@norm", Gives::Date),
    ("body/body.content", Gives::Text),
    ("nitf/body", Gives::Text),
    ("body.head/byline", Gives::Meta("author")),
    ("head/pubdata@name", Gives::Meta("site")),
    ("docdata//keyword@key", Gives::Meta("keywords")),
];

/// A `newsItem` of NewsML-G2. The text of a version is of the day of that version.
pub(super) const NEWSML_G2: &[Part] = &[
    ("newsItem@guid", Gives::Id),
    ("contentMeta/headline", Gives::Title),
    ("itemMeta/versionCreated", Gives::Date),
    ("contentMeta/contentCreated", Gives::Date),
    ("itemMeta/firstCreated", Gives::Date),
    ("inlineXML//body/body.content", Gives::Text),
    ("inlineXML//body", Gives::Text),
    ("contentSet/inlineXML", Gives::Text),
    ("contentSet/inlineData", Gives::Plain),
    ("contentMeta/by", Gives::Meta("author")),
    ("contentMeta/creator/name", Gives::Meta("author")),
    ("itemMeta/provider/name", Gives::Meta("site")),
    ("itemMeta/provider@literal", Gives::Meta("site")),
    ("contentMeta/keyword", Gives::Meta("keywords")),
    ("contentMeta/slugline", Gives::Meta("slugline")),
];

/// A `NewsItem` of NewsML 1.
pub(super) const NEWSML_1: &[Part] = &[
    ("NewsIdentifier/PublicIdentifier", Gives::Id),
    ("NewsIdentifier/NewsItemId", Gives::Id),
    ("NewsLines/HeadLine", Gives::Title),
    ("NewsManagement/ThisRevisionCreated", Gives::Date),
    ("NewsManagement/FirstCreated", Gives::Date),
    ("DataContent//body/body.content", Gives::Text),
    ("DataContent//body", Gives::Text),
    ("ContentItem/DataContent", Gives::Text),
    ("NewsLines/ByLine", Gives::Meta("author")),
    ("Provider/Party@FormalName", Gives::Meta("site")),
    ("NewsLines/KeywordLine", Gives::Meta("keywords")),
    ("NewsLines/SlugLine", Gives::Meta("slugline")),
];
