//! TEI (Text Encoding Initiative, P4 and P5): editions of texts, such as a paper of the
//! nineteenth century. The date is that of the source where there is one: an edition is
//! younger than what it edits.

use super::read::{Gives, Part};

/// A `TEI` element. Of what an editor has mended the mended form is read; running heads and
/// what was deleted are not.
pub(super) const TEI: &[Part] = &[
    ("choice/sic", Gives::Nothing),
    ("choice/orig", Gives::Nothing),
    ("choice/abbr", Gives::Nothing),
    ("text//fw", Gives::Nothing),
    ("text//del", Gives::Nothing),
    ("TEI@id", Gives::Id),
    ("publicationStmt/idno", Gives::Id),
    ("titleStmt/title", Gives::Title),
    ("sourceDesc//date@when", Gives::Date),
    ("sourceDesc//date", Gives::Date),
    ("profileDesc//creation/date@when", Gives::Date),
    ("publicationStmt//date@when", Gives::Date),
    ("publicationStmt//date", Gives::Date),
    ("TEI/text", Gives::Text),
    ("TEI.2/text", Gives::Text),
    ("titleStmt/author", Gives::Meta("author")),
    ("sourceDesc//title", Gives::Meta("site")),
    ("sourceDesc//publisher", Gives::Meta("publisher")),
    ("keywords//term", Gives::Meta("keywords")),
];
