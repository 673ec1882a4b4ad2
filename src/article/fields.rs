//! Which fields of a record hold the text, the id, the title and the date.

use super::{Article, Unreadable, metadata};
use crate::kinds::PublishedFrom;
use std::borrow::Cow;

/// What a field is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The text of the article.
    Text,
    /// Its identifier.
    Id,
    /// Its title.
    Title,
    /// Its publication date.
    Date,
}

impl Role {
    /// All roles, in the order in which a record of fields lists them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Id, Self::Title, Self::Date];

    /// Lower-case name, also the prefix of the flag `--<name>-field`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Title => "title",
            Self::Date => "date",
        }
    }

    /// Names that dumps of news use, most telling first. They are compared
    /// without regard to ASCII case.
    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "body",
                "text",
                "content",
                "article",
                "contenu",
                "texte",
                "corps",
                "articlebody",
                "article_body",
                "article_text",
                "full_text",
                "fulltext",
                "maintext",
            ],
            Self::Id => &["id", "_id", "uid", "uuid", "guid", "article_id", "doc_id"],
            Self::Title => &["title", "titre", "headline"],
            Self::Date => &[
                "published",
                "published_at",
                "date_publication",
                "publication_date",
                "date_published",
                "datepublished",
                "publish_date",
                "pubdate",
                "pub_date",
                "date",
            ],
        }
    }
}

/// For each role of [`Role::ALL`], which of its candidates a record had.
pub type Used = [Option<usize>; 4];

/// The fields to look for: those named by the user, else the usual ones.
#[derive(Debug, Clone)]
pub struct Fields {
    names: [Vec<String>; 4],
    /// Whether the names of a role were given (then matched exactly).
    given: [bool; 4],
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            names: Role::ALL.map(|r| r.usual_names().iter().map(|n| (*n).to_owned()).collect()),
            given: [false; 4],
        }
    }
}

impl Fields {
    /// Looks for `role` only under `path` (`meta.body` is `body` inside
    /// `meta`).
    pub fn set(&mut self, role: Role, path: impl Into<String>) {
        self.names[role as usize] = vec![path.into()];
        self.given[role as usize] = true;
    }

    /// Whether the user named the field of this role.
    pub fn is_given(&self, role: Role) -> bool {
        self.given[role as usize]
    }

    /// The name behind a candidate number.
    pub fn name(&self, role: Role, candidate: usize) -> &str {
        &self.names[role as usize][candidate]
    }

    /// All candidates of a role, best first.
    pub fn names(&self, role: Role) -> &[String] {
        &self.names[role as usize]
    }

    /// Every role and candidate that the field `path` stands for. A field may
    /// have two roles (`--id-field url --title-field url`).
    pub(super) fn roles<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (Role, usize)> + 'a {
        Role::ALL.into_iter().filter_map(move |role| {
            let same = |name: &String| {
                if self.is_given(role) {
                    name == path
                } else {
                    name.eq_ignore_ascii_case(path)
                }
            };
            Some((role, self.names(role).iter().position(same)?))
        })
    }

    /// Whether some wanted field lies inside the object at `path`.
    pub(super) fn leads_on(&self, path: &str) -> bool {
        Role::ALL.into_iter().any(|role| {
            self.is_given(role)
                && self.names(role).iter().any(|n| {
                    n.strip_prefix(path)
                        .is_some_and(|rest| rest.starts_with('.'))
                })
        })
    }
}

/// Puts the fields into the article. `text` is `Some(None)` when the field is
/// there but holds no string.
pub(super) fn fill(
    article: &mut Article,
    fields: &Fields,
    text: Option<Option<Cow<str>>>,
    id: Option<Cow<str>>,
    title: Option<Cow<str>>,
    date: Option<Cow<str>>,
) -> Result<(), Unreadable> {
    let given =
        |value: Option<Cow<str>>| value.filter(|v| !v.trim().is_empty()).map(Cow::into_owned);
    if let Some(id) = given(id) {
        article.id = id;
    }
    article.title = given(title);
    if let Some(date) = given(date) {
        match metadata::read_date(&date) {
            Some(read) => {
                article.published = Some((read.published, PublishedFrom::Metadata));
                if read.ambiguous {
                    article.warnings.push("published_ambiguous".to_owned());
                }
            }
            None => article
                .warnings
                .push(format!("published_unreadable:{}", date.trim())),
        }
    }
    match text {
        Some(Some(text)) => {
            article.text = text.into_owned();
            Ok(())
        }
        Some(None) => Err(Unreadable::new(
            "parse",
            format!("`{}` is not a string", fields.name(Role::Text, 0)),
        )),
        None => Err(Unreadable::new("parse", no_text(fields))),
    }
}

fn no_text(fields: &Fields) -> String {
    if fields.is_given(Role::Text) {
        format!("no field `{}`", fields.name(Role::Text, 0))
    } else {
        format!(
            "no text field: looked for {}; name it with --text-field",
            fields.names(Role::Text).join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_in_any_case_given_names_as_they_are() {
        let mut f = Fields::default();
        assert_eq!(f.roles("Titre").collect::<Vec<_>>(), [(Role::Title, 1)]);
        f.set(Role::Text, "doc.Body");
        assert!(f.roles("body").next().is_none());
        assert!(f.roles("doc.body").next().is_none());
        assert_eq!(f.roles("doc.Body").collect::<Vec<_>>(), [(Role::Text, 0)]);
        assert!(f.leads_on("doc") && !f.leads_on("do") && !f.leads_on("doc.Body"));
    }
}
