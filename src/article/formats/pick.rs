//! Picks the wanted fields out of one JSON object without building the rest.

use crate::article::{Fields, fields::Used};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, fmt};

/// A value that a field can hold; strings borrow from the line where nothing
/// was escaped.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'de> {
    Text(Cow<'de, str>),
    Number(serde_json::Number),
    /// Present, but of no use: a truth value, a list, an object.
    Other,
}

/// The wanted fields of one object, in the order of [`crate::article::Role::ALL`].
#[derive(Debug, Default)]
pub(super) struct Picked<'de> {
    pub values: [Option<Scalar<'de>>; 4],
    pub used: Used,
}

/// Reads one line. Candidates that are `null` or of no use give way to the
/// next one.
pub(super) fn pick<'de>(line: &'de str, fields: &Fields) -> Result<Picked<'de>, serde_json::Error> {
    let mut picked = Picked::default();
    let mut json = serde_json::Deserializer::from_str(line);
    Object {
        fields,
        prefix: "",
        picked: &mut picked,
    }
    .deserialize(&mut json)?;
    json.end()?;
    Ok(picked)
}

struct Object<'a, 'de> {
    fields: &'a Fields,
    prefix: &'a str,
    picked: &'a mut Picked<'de>,
}

impl<'de> DeserializeSeed<'de> for Object<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        if self.prefix.is_empty() {
            d.deserialize_map(self)
        } else {
            // On the way to a dotted path anything may lie.
            d.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Object<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with the fields of one article")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            let path = if self.prefix.is_empty() {
                key
            } else {
                Cow::Owned(format!("{}.{key}", self.prefix))
            };
            if self.fields.leads_on(&path) {
                map.next_value_seed(Object {
                    fields: self.fields,
                    prefix: &path,
                    picked: self.picked,
                })?;
                continue;
            }
            let mut roles = self.fields.roles(&path).peekable();
            if roles.peek().is_none() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: Option<Scalar<'de>> = map.next_value_seed(AnyScalar)?;
            let Some(value) = value else { continue };
            for (role, rank) in roles {
                let at = role as usize;
                let useless = value == Scalar::Other && !self.fields.is_given(role);
                if !useless && self.picked.used[at].is_none_or(|best| rank < best) {
                    self.picked.values[at] = Some(value.clone());
                    self.picked.used[at] = Some(rank);
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A key, borrowed where it holds no escape.
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        match d.deserialize_str(AnyScalar)? {
            Some(Scalar::Text(text)) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("a key that is no string")),
        }
    }
}

struct AnyScalar;

impl<'de> DeserializeSeed<'de> for AnyScalar {
    type Value = Option<Scalar<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyScalar {
    type Value = Option<Scalar<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_borrowed_str<E>(self, s: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Text(Cow::Borrowed(s))))
    }
    fn visit_str<E>(self, s: &str) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Text(Cow::Owned(s.to_owned()))))
    }
    fn visit_string<E>(self, s: String) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Text(Cow::Owned(s))))
    }
    fn visit_u64<E>(self, n: u64) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Number(n.into())))
    }
    fn visit_i64<E>(self, n: i64) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Number(n.into())))
    }
    fn visit_f64<E>(self, n: f64) -> Result<Self::Value, E> {
        Ok(serde_json::Number::from_f64(n).map(Scalar::Number))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Some(Scalar::Other))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Some(Scalar::Other))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Some(Scalar::Other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Role;

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
        assert_eq!(p.values[1], Some(Scalar::Number(7u64.into())));
        assert_eq!(f.name(Role::Text, p.used[0].unwrap()), "body");
    }

    #[test]
    fn null_and_useless_values_give_way() {
        let p = pick(
            r#"{"body":null,"article":{"x":1},"texte":"oui","published":true,"date":"2024"}"#,
            &Fields::default(),
        )
        .unwrap();
        assert_eq!(text(&p, Role::Text), Some("oui"));
        assert_eq!(text(&p, Role::Date), Some("2024"));
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
    fn what_is_no_object_is_an_error() {
        for line in ["[1]", "3", "\"x\"", "{\"a\":1", "{} {}", "{\"a\" 1}"] {
            assert!(pick(line, &Fields::default()).is_err(), "{line}");
        }
    }
}
