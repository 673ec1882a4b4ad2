//! The registry of the rules of money and percents, and which of them an
//! anchor calls.

use super::anchors::Anchor;
use super::rule::{Rule, Site, TRIGGERS, Trigger};
use super::{Finder, crypto, ellipsis, fractions, nouns, percent, signs};
use std::sync::LazyLock;

/// Families with their rules, in the order of the table of rules.
pub static FAMILIES: [(&str, &[&Rule]); 2] = [
    (
        "money",
        &[
            &nouns::NAME,
            &fractions::FRACTION,
            &signs::CODE,
            &signs::SYMBOL,
            &signs::ABBREVIATION,
            &signs::FRONT,
            &crypto::CRYPTO,
            &ellipsis::MONEY,
        ],
    ),
    (
        "percent",
        &[
            &percent::SIGN,
            &percent::PER_CENT,
            &percent::HALF_POINT,
            &percent::BASIS_POINTS,
            &percent::POINT,
            &ellipsis::PERCENT,
        ],
    ),
];

/// What a rule reads, in a few words for people who look behind a mention.
pub fn reads(name: &str) -> Option<&'static str> {
    let mut rules = FAMILIES.iter().flat_map(|(_, rules)| rules.iter());
    rules.find(|r| r.name == name).map(|r| r.reads)
}

/// By trigger, the highest rank first.
static AT: LazyLock<[Vec<&'static Rule>; TRIGGERS]> = LazyLock::new(|| {
    let mut at: [Vec<&Rule>; TRIGGERS] = Default::default();
    for rule in FAMILIES.iter().flat_map(|(_, rules)| *rules) {
        for trigger in rule.at {
            at[*trigger as usize].push(rule);
        }
    }
    for rules in &mut at {
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.rank));
    }
    at
});

impl Anchor {
    /// The rules that begin at this anchor, and those that go on behind the
    /// mention.
    fn triggers(self) -> (Trigger, Option<Trigger>) {
        let then = match self {
            Self::Percent | Self::PerCent => Some(Trigger::AfterPercent),
            Self::Point => None,
            _ => Some(Trigger::AfterMoney),
        };
        let at = match self {
            Self::Name(..) => Trigger::Name,
            Self::Fraction(..) => Trigger::Fraction,
            Self::Code(_) => Trigger::Code,
            Self::Symbol(_) => Trigger::Symbol,
            Self::Abbreviation(..) => Trigger::Abbreviation,
            Self::Crypto => Trigger::Crypto,
            Self::Percent => Trigger::Percent,
            Self::PerCent => Trigger::PerCent,
            Self::Point => Trigger::Point,
        };
        (at, then)
    }
}

impl Finder<'_> {
    /// Reads the mention at a unit and those that lean on it.
    pub(super) fn read(&mut self, site: Site) {
        let (at, then) = site.anchor.triggers();
        self.power = 0;
        if self.first(at, site).is_some()
            && let Some(then) = then
        {
            let _ = self.first(then, site);
        }
    }

    /// Lets the rules of a trigger read, until one does.
    fn first(&mut self, at: Trigger, site: Site) -> Option<()> {
        AT[at as usize].iter().find_map(|rule| {
            self.rule = rule.name;
            (rule.read)(self, site)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Modifier, PercentUnit};
    use crate::money::{Amount, Context, Found, find};
    use crate::rule;

    fn value(amount: Amount) -> String {
        match amount {
            Amount::Exact(v) => v.to_string(),
            Amount::Range(low, high) => format!("{low}..{high}"),
        }
    }

    fn modifier(m: Modifier) -> String {
        serde_json::to_value(m)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Start, the mention as examples write it, and its rule.
    fn mentions(text: &str, found: &Found) -> Vec<(usize, String, &'static str)> {
        let mut out = Vec::new();
        for m in &found.money {
            let mut s = format!(
                "[{}|{} {}",
                &text[m.start..m.end],
                value(m.amount),
                m.currency.unwrap_or("?")
            );
            let per = m.per.map(str::to_owned);
            for field in m.modifier.map(modifier).into_iter().chain(per) {
                s.push('|');
                s.push_str(&field);
            }
            out.push((m.start, s + "]", m.rule));
        }
        for p in &found.percents {
            let unit = match p.unit {
                PercentUnit::Percent => "%",
                PercentUnit::Point => "pt",
            };
            let mut s = format!("[{}|{} {unit}", &text[p.start..p.end], value(p.value));
            if let Some(m) = p.modifier {
                s.push('|');
                s.push_str(&modifier(m));
            }
            out.push((p.start, s + "]", p.rule));
        }
        out.sort();
        out
    }

    /// The text with its mentions in brackets.
    fn marked(text: &str, found: &[(usize, String, &str)]) -> String {
        let (mut got, mut at) = (String::new(), 0);
        for (start, mention, _) in found {
            got.push_str(&text[at..*start]);
            got.push_str(mention);
            at = start + mention[1..].find('|').unwrap();
        }
        got + &text[at..]
    }

    #[test]
    fn classes_of_notations() {
        let context = Context {
            published: "2024-03-13".parse().ok(),
            crypto: false,
            ..Context::default()
        };
        let mut failures = Vec::new();
        for (class, sentences) in super::super::cases::CLASSES {
            for sentence in sentences {
                let (text, _) = rule::example(sentence);
                let got = marked(&text, &mentions(&text, &find(&text, &context)));
                if got != *sentence {
                    failures.push(format!("{class}: {sentence}\n  got {got}"));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn examples_read_as_they_say() {
        let context = Context {
            published: "2024-03-13".parse().ok(),
            crypto: true,
            ..Context::default()
        };
        let mut failures = Vec::new();
        for rule in FAMILIES.iter().flat_map(|(_, rules)| *rules) {
            assert!(!rule.yes.is_empty(), "{} has no example", rule.name);
            let yes = rule.yes.iter().map(|e| (e, true));
            for (example, finds) in yes.chain(rule.no.iter().map(|e| (e, false))) {
                let (text, _) = rule::example(example);
                let found = mentions(&text, &find(&text, &context));
                let got = marked(&text, &found);
                let won = found.iter().any(|(_, _, name)| *name == rule.name);
                if got != **example || won != finds {
                    failures.push(format!("{}: {example}\n  got {got}, won {won}", rule.name));
                }
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn names_are_unique_and_ranks_differ() {
        let mut names: Vec<_> = FAMILIES
            .iter()
            .flat_map(|(_, rules)| *rules)
            .map(|r| r.name)
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
        for rules in AT.iter() {
            assert!(!rules.is_empty());
            for pair in rules.windows(2) {
                assert!(
                    pair[0].rank > pair[1].rank,
                    "{} and {} begin alike and have one rank",
                    pair[0].name,
                    pair[1].name
                );
            }
        }
    }

    #[test]
    fn documented() {
        let families = FAMILIES.iter().map(|(f, rules)| (*f, rules.to_vec()));
        rule::same_as_documented("docs/MONEY.md", &rule::table(families));
    }
}
