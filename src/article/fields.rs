//! Which fields of a record hold the text, the id, the title and the date, and
//! which are to be kept.

use super::{Article, Unreadable, field_date};
use crate::{
    fold::fold,
    french::{
        relations::{field_names, field_parents},
        sets::article as sets,
        types::FieldRole,
    },
    kinds::{MetaValue, PublishedFrom},
};
use std::{borrow::Cow, collections::HashMap};

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

    /// Names that dumps of news use, most telling first.
    fn usual_names(self) -> impl Iterator<Item = &'static str> {
        let rows = field_names::ROWS.iter();
        rows.filter(move |row| Self::from(row.role) == self)
            .map(|row| row.name)
    }
}

impl From<FieldRole> for Role {
    fn from(role: FieldRole) -> Self {
        match role {
            FieldRole::Text => Self::Text,
            FieldRole::Id => Self::Id,
            FieldRole::Title => Self::Title,
            FieldRole::Date => Self::Date,
        }
    }
}

/// For each role of [`Role::ALL`], the name of the field that an article was
/// taken from.
pub type Used = [Option<String>; 4];

/// Rank of a usual name inside `metadata`: behind all those of the row itself.
const INSIDE: usize = 1000;

/// The fields to look for: those named by the user (as they are), else the usual
/// ones (whatever their case, accents and separators).
#[derive(Debug, Clone)]
pub struct Fields {
    /// For each role of [`Role::ALL`], the path that was given.
    given: [Option<String>; 4],
    /// Roles and ranks by the bare form of a usual name.
    usual: HashMap<String, Vec<(Role, usize)>>,
    /// Paths whose values a record keeps.
    kept: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let mut usual = HashMap::<_, Vec<_>>::new();
        for role in Role::ALL {
            for (rank, name) in role.usual_names().enumerate() {
                usual.entry(bare(name)).or_default().push((role, rank));
            }
        }
        Self {
            given: Default::default(),
            usual,
            kept: Vec::new(),
        }
    }
}

impl Fields {
    /// Looks for `role` only under `path` (`meta.body` is `body` inside
    /// `meta`).
    pub fn set(&mut self, role: Role, path: impl Into<String>) {
        self.given[role as usize] = Some(path.into());
    }

    /// Keeps the value under `path` in the record.
    pub fn keep(&mut self, path: impl Into<String>) {
        self.kept.push(path.into());
    }

    /// The path that the user gave for a role.
    pub fn given(&self, role: Role) -> Option<&str> {
        self.given[role as usize].as_deref()
    }

    /// Paths whose values are kept.
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// All paths that the user named, with the flag that names them.
    pub fn named(&self) -> impl Iterator<Item = (String, &str)> {
        let roles = Role::ALL
            .into_iter()
            .filter_map(|role| Some((format!("--{}-field", role.name()), self.given(role)?)));
        let kept = self.kept.iter();
        roles.chain(kept.map(|path| ("--keep".to_owned(), path.as_str())))
    }

    /// Whether the value at `path` is to be kept.
    pub(super) fn keeps(&self, path: &str) -> bool {
        self.kept.iter().any(|k| k == path)
    }

    /// Every role that the field `path` stands for, with its rank among the
    /// candidates. A field may have two roles (`--id-field url --title-field
    /// url`).
    pub(super) fn roles(&self, path: &str) -> Vec<(Role, usize)> {
        let mut roles: Vec<_> = Role::ALL
            .into_iter()
            .filter(|role| self.given(*role) == Some(path))
            .map(|role| (role, 0))
            .collect();
        let (inside, name) = match path.split_once('.') {
            Some((parent, name)) if is_parent(parent) => (true, name),
            _ => (false, path),
        };
        let usual = self.usual.get(&bare(name)).into_iter().flatten();
        roles.extend(
            usual
                .filter(|(role, _)| self.given(*role).is_none())
                // What describes an article does not hold it.
                .filter(|(role, _)| !(inside && *role == Role::Text))
                .map(|(role, rank)| (*role, rank + if inside { INSIDE } else { 0 })),
        );
        roles
    }

    /// Whether some wanted field lies inside the object at `path`.
    pub(super) fn leads_on(&self, path: &str) -> bool {
        let inside = |wanted: &str| {
            wanted
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        self.given.iter().flatten().any(|g| inside(g))
            || self.kept.iter().any(|k| inside(k))
            || is_parent(path)
    }
}

/// Whether a usual name may stand in the object of this name.
fn is_parent(name: &str) -> bool {
    let mut parents = field_parents::ROWS.iter();
    parents.any(|row| row.name.eq_ignore_ascii_case(name))
}

/// A name without case, accents and separators: `publishedAt` and `Published_at`
/// are one.
fn bare(name: &str) -> String {
    let mut folded = fold(name).to_string();
    folded.retain(|c| !matches!(c, ' ' | '_' | '-' | '\'' | '\u{a0}'));
    folded
}

/// What the fields of a row hold.
#[derive(Debug, Default)]
pub(super) struct Values<'a> {
    /// `Some(None)` when the field is there but holds no string.
    pub text: Option<Option<Cow<'a, str>>>,
    pub id: Option<Cow<'a, str>>,
    pub title: Option<Cow<'a, str>>,
    pub date: Option<Cow<'a, str>>,
    /// Values to keep, by their path.
    pub kept: Vec<(String, MetaValue)>,
}

/// Puts the values into the article; `used` has the names of their fields, and
/// `there` tells all names, for what is said when none holds the text.
pub(super) fn fill(
    article: &mut Article,
    fields: &Fields,
    used: &Used,
    values: Values,
    there: impl FnOnce() -> Vec<String>,
) -> Result<(), Unreadable> {
    let given = |value: Option<Cow<str>>| value.filter(|v| !is_missing(v)).map(Cow::into_owned);
    for (name, value) in values.kept {
        article.meta.keep(&name, value);
    }
    if let Some(id) = given(values.id) {
        article.id = id;
    }
    article.title = given(values.title);
    if let Some(date) = given(values.date) {
        match field_date::read_date(&date) {
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
    match values.text {
        Some(Some(text)) => {
            if !is_missing(&text) {
                article.text = text.into_owned();
            }
            Ok(())
        }
        Some(None) => Err(Unreadable::new(
            "parse",
            no_string(
                used[Role::Text as usize].as_deref().unwrap_or_default(),
                &there(),
            ),
        )),
        None => Err(Unreadable::new("parse", no_text(fields, &there()))),
    }
}

/// Whether a value says that there is none.
fn is_missing(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || sets::MISSING.contains(value)
}

fn no_text(fields: &Fields, there: &[String]) -> String {
    match fields.given(Role::Text) {
        Some(path) => format!(
            "no field `{path}`, which --text-field names{}",
            listed(there)
        ),
        None => {
            let holds = |name: &&String| fields.roles(name).iter().any(|(r, _)| *r == Role::Text);
            if let Some(name) = there.iter().find(holds) {
                return no_string(name, there);
            }
            let names: Vec<_> = Role::Text.usual_names().collect();
            format!(
                "no text field: looked for {}; name it with --text-field{}",
                names.join(", "),
                listed(there)
            )
        }
    }
}

fn no_string(name: &str, there: &[String]) -> String {
    format!(
        "the field `{name}` holds no string here; if another one has the text, name it with \
         --text-field{}",
        listed(there)
    )
}

/// The names that there are, each shortened: a table without a header has texts
/// where names should be.
fn listed(there: &[String]) -> String {
    /// Names that a message lists.
    const NAMES: usize = 12;
    /// Code points of each.
    const LETTERS: usize = 40;
    if there.is_empty() {
        return "; there is none at all".to_owned();
    }
    let names = there.iter().take(NAMES);
    let names: Vec<_> = names.map(|n| shortened(n, LETTERS)).collect();
    let more = there.len().saturating_sub(NAMES);
    let more = match more {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!("; there are {}{more}", names.join(", "))
}

/// At most so many code points of a text, on one line.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let mut letters = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = letters.char_indices().nth(most) {
        letters.truncate(end);
        letters.push('…');
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_in_any_spelling_given_names_as_they_are() {
        let mut f = Fields::default();
        assert_eq!(f.roles("Titre"), [(Role::Title, 1)]);
        for spelling in [
            "publishedAt",
            "published_at",
            "Published-At",
            "PUBLISHED AT",
        ] {
            assert_eq!(f.roles(spelling), [(Role::Date, 1)], "{spelling}");
        }
        for date in [
            "Date de publication",
            "date_parution",
            "Date de Parution",
            "created_at",
            "createdAt",
            "seendate",
            "timestamp",
            "published_date",
            "metadata.date",
            "meta.publishedAt",
        ] {
            assert_eq!(f.roles(date)[0].0, Role::Date, "{date}");
        }
        for other in ["updated_at", "modified", "date limite", "other.date", "mis"] {
            assert_eq!(f.roles(other), [], "{other}");
        }
        // The text of what describes an article is none.
        assert_eq!(f.roles("metadata.content"), []);
        f.set(Role::Text, "doc.Body");
        assert!(f.roles("body").is_empty());
        assert!(f.roles("doc.body").is_empty());
        assert_eq!(f.roles("doc.Body"), [(Role::Text, 0)]);
        assert!(f.leads_on("doc") && !f.leads_on("do") && !f.leads_on("doc.Body"));
    }

    #[test]
    fn publication_comes_before_creation() {
        let f = Fields::default();
        let rank = |name: &str| f.roles(name)[0].1;
        assert!(rank("date_publication") < rank("date"));
        assert!(rank("date") < rank("created_at"));
        assert!(rank("created_at") < rank("metadata.published"));
    }
}
