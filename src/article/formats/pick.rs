//! Picks the wanted fields out of one JSON object without building the rest.

use super::mend::surrogates;
use crate::{
    article::{
        Article, Fields, Role, Unreadable,
        fields::{Used, Values, fill},
    },
    kinds::MetaValue,
};
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Error, value::RawValue};
use std::{borrow::Cow, fmt};

/// A value that a field can hold; strings borrow from the line where nothing
/// was escaped, numbers keep their digits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'de> {
    Text(Cow<'de, str>),
    Number(Cow<'de, str>),
    /// Present, but of no use: a truth value, a list, an object.
    Other,
}

/// The wanted fields of one object, in the order of [`Role::ALL`].
#[derive(Debug, Default)]
pub(super) struct Picked<'de> {
    pub values: [Option<Scalar<'de>>; 4],
    pub used: Used,
    pub kept: Vec<(String, MetaValue)>,
    ranks: [Option<usize>; 4],
}

/// Reads one line. Candidates that are `null`, blank or of no use give way to
/// the next one.
pub(super) fn pick<'de>(line: &'de str, fields: &Fields) -> Result<Picked<'de>, Error> {
    let mut picked = Picked::default();
    object(line, "", fields, &mut picked)?;
    Ok(picked)
}

fn object<'de>(
    json: &'de str,
    prefix: &str,
    fields: &Fields,
    picked: &mut Picked<'de>,
) -> Result<(), Error> {
    members(json, &mut |key, raw| {
        let path = match prefix {
            "" => key,
            _ => Cow::Owned(format!("{prefix}.{key}")),
        };
        if fields.keeps(&path) {
            let value = match scalar(raw)? {
                Some(Scalar::Text(text)) if raw.starts_with('"') => MetaValue::string(&text)?,
                _ => MetaValue::json(&surrogates(raw).map_or(raw.into(), Cow::Owned))?,
            };
            picked.kept.push((path.clone().into_owned(), value));
        }
        let roles = fields.roles(&path);
        if !roles.is_empty()
            && let Some(value) = scalar(raw)?
        {
            for (role, rank) in roles {
                picked.offer(role, rank, &value, &path, fields.given(role).is_some());
            }
        }
        if raw.starts_with('{') && fields.leads_on(&path) {
            object(raw, &path, fields, picked)?;
        }
        Ok(())
    })
}

impl<'de> Picked<'de> {
    /// Puts what was picked into the article; `there` tells the names of all fields, for
    /// what is said when none holds the text.
    pub(super) fn fill(
        self,
        article: &mut Article,
        fields: &Fields,
        used: &mut Used,
        there: impl FnOnce() -> Vec<String>,
    ) -> Result<(), Unreadable> {
        *used = self.used;
        let [text, id, title, date] = self.values;
        let values = Values {
            text: text.map(|v| match v {
                Scalar::Text(text) => Some(text),
                _ => None,
            }),
            id: id.and_then(Scalar::plain),
            title: title.and_then(Scalar::plain),
            date: date.and_then(Scalar::plain),
            kept: self.kept,
        };
        fill(article, fields, used, values, there)
    }

    /// Offers the value of the field `path` for every role that the field stands for.
    #[cfg(feature = "arrow")]
    pub(super) fn offer_all(&mut self, path: &str, value: &Scalar<'de>, fields: &Fields) {
        for (role, rank) in fields.roles(path) {
            self.offer(role, rank, value, path, fields.given(role).is_some());
        }
    }

    /// Takes the value if no better one was there.
    fn offer(&mut self, role: Role, rank: usize, value: &Scalar<'de>, path: &str, given: bool) {
        let at = role as usize;
        let useless = match value {
            Scalar::Other => true,
            Scalar::Text(text) => role != Role::Text && text.trim().is_empty(),
            Scalar::Number(_) => false,
        };
        if (given || !useless) && self.ranks[at].is_none_or(|best| rank < best) {
            self.values[at] = Some(value.clone());
            self.used[at] = Some(path.to_owned());
            self.ranks[at] = Some(rank);
        }
    }
}

impl<'de> Scalar<'de> {
    /// The text or the digits.
    fn plain(self) -> Option<Cow<'de, str>> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Other => None,
        }
    }
}

/// Reads a value; `None` is null.
fn scalar(raw: &str) -> Result<Option<Scalar<'_>>, Error> {
    Ok(match raw.as_bytes().first() {
        Some(b'"') => Some(Scalar::Text(serde_json::from_str::<Text>(raw)?.0)),
        Some(b'-' | b'0'..=b'9') => Some(Scalar::Number(Cow::Borrowed(raw))),
        Some(b'n') => None,
        Some(b'{') => match wrapped(raw)? {
            Some(inner) => scalar(inner)?,
            None => Some(Scalar::Other),
        },
        _ => Some(Scalar::Other),
    })
}

/// What MongoDB wraps into an object of one member: `{"$date": …}`,
/// `{"$oid": …}`, `{"$numberLong": …}`.
fn wrapped(raw: &str) -> Result<Option<&str>, Error> {
    let (mut inner, mut count) = (None, 0);
    members(raw, &mut |key, value| {
        count += 1;
        if key.starts_with('$') {
            inner = Some(value);
        }
        Ok(())
    })?;
    Ok(inner.filter(|_| count == 1))
}

/// Paths of all fields of an object, with those of objects inside it.
pub(super) fn paths(json: &str, out: &mut Vec<String>) -> Result<(), Error> {
    /// Objects inside objects that are looked into.
    const DEPTH: usize = 4;
    fn inside(json: &str, prefix: &str, out: &mut Vec<String>) -> Result<(), Error> {
        members(json, &mut |key, raw| {
            let path = match prefix {
                "" => key.into_owned(),
                _ => format!("{prefix}.{key}"),
            };
            let deep = path.matches('.').count() >= DEPTH;
            out.push(path.clone());
            match raw.starts_with('{') && !deep {
                true => inside(raw, &path, out),
                false => Ok(()),
            }
        })
    }
    inside(json, "", out)
}

/// Calls `each` with the keys and values of an object.
fn members<'de>(
    json: &'de str,
    each: &mut dyn FnMut(Cow<'de, str>, &'de str) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(Members(each))?;
    deserializer.end()
}

struct Members<'a, 'de>(&'a mut dyn FnMut(Cow<'de, str>, &'de str) -> Result<(), Error>);

impl<'de> Visitor<'de> for Members<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with the fields of one article")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            let value: &'de RawValue = map.next_value()?;
            (self.0)(key, value.get()).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

/// A string, borrowed where it holds no escape.
struct Text<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_borrowed_str<E>(self, s: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(s))
    }
    fn visit_str<E>(self, s: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(s.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'a>(p: &'a Picked<'_>, role: Role) -> Option<&'a str> {
        match &p.values[role as usize] {
            Some(Scalar::Text(t)) => Some(t),
            _ => None,
        }
    }

    #[test]
    fn the_best_usual_field_wins_whatever_the_order() {
        let f = Fields::default();
        let p = pick(
            r#"{"text":"résumé","tags":["a",{"body":"non"}],"body":"corps","ID":7,"date":"2024-03","titre":null,"title":"T"}"#,
            &f,
        )
        .unwrap();
        assert_eq!(text(&p, Role::Text), Some("corps"));
        assert_eq!(text(&p, Role::Title), Some("T"));
        assert_eq!(text(&p, Role::Date), Some("2024-03"));
        assert_eq!(p.values[1], Some(Scalar::Number("7".into())));
        assert_eq!(p.used[1].as_deref(), Some("ID"));
    }

    #[test]
    fn null_blank_and_useless_values_give_way() {
        let p = pick(
            r#"{"body":null,"article":{"x":1},"texte":"oui","published":true,"pubDate":" ","date":"2024"}"#,
            &Fields::default(),
        )
        .unwrap();
        assert_eq!(text(&p, Role::Text), Some("oui"));
        assert_eq!(text(&p, Role::Date), Some("2024"));
    }

    #[test]
    fn numbers_keep_their_digits() {
        let line = r#"{"id":123456789012345678901234567890,"date":1e400,"x":-1e999}"#;
        let p = pick(line, &Fields::default()).unwrap();
        let id = "123456789012345678901234567890";
        assert_eq!(p.values[1], Some(Scalar::Number(id.into())));
        assert_eq!(p.values[3], Some(Scalar::Number("1e400".into())));
    }

    #[test]
    fn what_a_database_wraps_and_what_lies_in_metadata() {
        for line in [
            r#"{"date":{"$date":"2024-11-20T07:30:00Z"}}"#,
            r#"{"metadata":{"date":"2024-11-20T07:30:00Z","text":"non"}}"#,
            r#"{"meta":{"title":"T","publishedAt":"2024-11-20T07:30:00Z"}}"#,
        ] {
            let p = pick(line, &Fields::default()).unwrap();
            assert_eq!(text(&p, Role::Date), Some("2024-11-20T07:30:00Z"), "{line}");
            assert_eq!(text(&p, Role::Text), None);
        }
        let line = r#"{"_id":{"$oid":"65a"},"date":{"$date":{"$numberLong":"1732087800000"}}}"#;
        let p = pick(line, &Fields::default()).unwrap();
        assert_eq!(text(&p, Role::Id), Some("65a"));
        assert_eq!(text(&p, Role::Date), Some("1732087800000"));
        let p = pick(r#"{"date":{"debut":"2024"}}"#, &Fields::default()).unwrap();
        assert_eq!(p.values[3], None);
    }

    #[test]
    fn what_is_kept() {
        let mut f = Fields::default();
        for path in ["url", "auteur.nom", "tags", "n", "absent"] {
            f.keep(path);
        }
        let line =
            r#"{"url":"h\u00e9","auteur":{"nom":"Faure","âge":3},"tags":[1.0, "a"],"n":1e2}"#;
        let kept = pick(line, &f).unwrap().kept;
        let kept: Vec<_> = kept.iter().map(|(n, v)| (&**n, v.as_json())).collect();
        assert_eq!(
            kept,
            [
                ("url", "\"hé\""),
                ("auteur.nom", "\"Faure\""),
                ("tags", "[1.0,\"a\"]"),
                ("n", "1e2")
            ]
        );
    }

    #[test]
    fn dotted_paths() {
        let mut f = Fields::default();
        f.set(Role::Text, "doc.corps");
        f.set(Role::Title, "doc.meta.titre");
        for line in [
            r#"{"doc":{"meta":{"titre":"T"},"corps":"à l’\"os\""},"body":"non"}"#,
            r#"{"doc.corps":"à l’\"os\"","doc":{"meta":{"titre":"T"}}}"#,
        ] {
            let p = pick(line, &f).unwrap();
            assert_eq!(text(&p, Role::Text), Some("à l’\"os\""));
            assert_eq!(text(&p, Role::Title), Some("T"));
        }
        // Something else lies on the way.
        for line in [r#"{"doc":3}"#, r#"{"doc":[1]}"#, r#"{"doc":null}"#] {
            assert_eq!(text(&pick(line, &f).unwrap(), Role::Text), None);
        }
    }

    #[test]
    fn all_paths() {
        let mut all = Vec::new();
        paths(r#"{"a":1,"b":{"c":[{"x":1}],"d":{}}}"#, &mut all).unwrap();
        assert_eq!(all, ["a", "b", "b.c", "b.d"]);
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for line in ["[1]", "3", "\"x\"", "{\"a\":1", "{} {}", "{\"a\" 1}"] {
            assert!(pick(line, &Fields::default()).is_err(), "{line}");
        }
    }
}
