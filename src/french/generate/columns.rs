//! What the cells of a column are: the closed lists of `types/`, and the kinds of
//! a column.

use super::table::{Result, Table, is_name};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Values of the closed lists, by name of the type.
pub(super) type Types = BTreeMap<String, BTreeSet<String>>;

pub(super) fn types(tables: &[Table], out: &mut String) -> Result<Types> {
    let mut all = Types::new();
    out.push_str("/// Closed lists of meanings.\npub mod types {\n");
    for table in tables {
        table.expect(&["value", "why"])?;
        let name = table.stem();
        let mut values = BTreeSet::new();
        table.doc(out, false);
        let _ = writeln!(
            out,
            "#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
             // Codes of ISO 4217 and ISO 3166 are written in capitals.\n\
             #[allow(clippy::upper_case_acronyms)]\npub enum {name} {{"
        );
        for (line, cells) in &table.rows {
            let value = &cells[0];
            if !is_name(value, char::is_uppercase) {
                return Err(table.error(*line, format!("`{value}` is no name of a variant")));
            }
            if !values.insert(value.clone()) {
                return Err(table.error(*line, format!("`{value}` stands here twice")));
            }
            let _ = writeln!(out, "/// {}\n{value},", cells[1]);
        }
        let listed: Vec<&str> = table.rows.iter().map(|(_, c)| c[0].as_str()).collect();
        let _ = writeln!(
            out,
            "}}\n#[allow(dead_code)]\nimpl {name} {{\n/// All values, in the order of the table.\n\
             pub const VALUES: [Self; {}] = [{}];\n/// The value as the table spells it.\n\
             #[inline]\npub fn name(self) -> &'static str {{\nconst NAMES: [&str; {}] = {listed:?};\n\
             NAMES[self as usize]\n}}\n}}",
            listed.len(),
            listed
                .iter()
                .map(|v| format!("Self::{v}"))
                .collect::<Vec<_>>()
                .join(", "),
            listed.len(),
        );
        all.insert(name, values);
    }
    out.push_str("}\n");
    Ok(all)
}

/// What the cells of a column are.
pub(super) struct Kind {
    pub(super) base: Base,
    optional: bool,
}

pub(super) enum Base {
    Str,
    Int,
    Signed,
    Flag,
    Type(String),
}

impl Kind {
    /// Name and kind of `name:kind`; a name alone is one of `str`.
    pub(super) fn parse<'c>(
        column: &'c str,
        types: &Types,
    ) -> std::result::Result<(&'c str, Self), String> {
        let (name, kind) = column.split_once(':').unwrap_or((column, "str"));
        if !is_name(name, |c| c.is_ascii_lowercase()) {
            return Err(format!("`{name}` is no name of a column"));
        }
        let optional = kind.ends_with('?');
        let base = match kind.trim_end_matches('?') {
            "str" => Base::Str,
            "int" => Base::Int,
            "signed" => Base::Signed,
            "flag" => Base::Flag,
            other if types.contains_key(other) => Base::Type(other.to_owned()),
            other => {
                return Err(format!(
                    "`{other}` is no type: a table of types/ is missing"
                ));
            }
        };
        Ok((name, Self { base, optional }))
    }

    pub(super) fn rust(&self) -> String {
        let base = match &self.base {
            Base::Str => "&'static str".to_owned(),
            Base::Int => "u64".to_owned(),
            Base::Signed => "i64".to_owned(),
            Base::Flag => "bool".to_owned(),
            Base::Type(name) => format!("types::{name}"),
        };
        if self.optional {
            format!("Option<{base}>")
        } else {
            base
        }
    }

    pub(super) fn value(&self, cell: &str, types: &Types) -> std::result::Result<String, String> {
        if self.optional && cell.is_empty() {
            return Ok("None".to_owned());
        }
        let value = match &self.base {
            Base::Str if cell.is_empty() => Err("empty".to_owned()),
            Base::Str => Ok(format!("{cell:?}")),
            Base::Int => match cell.parse::<u64>() {
                Ok(n) => Ok(n.to_string()),
                Err(e) => Err(format!("`{cell}`: {e}")),
            },
            Base::Signed => match cell.parse::<i64>() {
                Ok(n) => Ok(n.to_string()),
                Err(e) => Err(format!("`{cell}`: {e}")),
            },
            Base::Flag => match cell {
                "yes" => Ok("true".to_owned()),
                "" => Ok("false".to_owned()),
                _ => Err(format!("`{cell}` is neither `yes` nor empty")),
            },
            Base::Type(name) if types[name].contains(cell) => Ok(format!("types::{name}::{cell}")),
            Base::Type(name) => Err(format!(
                "`{cell}` is no `{name}`: it has no row in types/{name}.tsv"
            )),
        }?;
        Ok(if self.optional {
            format!("Some({value})")
        } else {
            value
        })
    }
}
