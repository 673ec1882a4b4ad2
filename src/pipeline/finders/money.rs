//! Amounts of money and percentages, by rules.

use super::{Finder, Found, Seen, Written};
use crate::{
    entities::TagError,
    money::{self, Amount},
    pipeline::stages::Stage,
    record::{self, Kind},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The rules of money.
pub static MONEY: Finder = Finder {
    stage: Stage::Money,
    find,
    write,
};

fn find(seen: &Seen, found: &mut Found) -> Result<(), TagError> {
    found.money = money::find(
        seen.text,
        &money::Context {
            published: seen.published,
            crypto: seen.settings.crypto,
            analysis: Some(seen.analysis),
        },
    );
    Ok(())
}

fn write(seen: &Seen, found: &mut Found, out: &mut Written) {
    let money = std::mem::take(&mut found.money);
    for m in money.money {
        let at = (m.start, m.end);
        let Some(span) = out.place(seen, Kind::Money, at, m.rule, || steps(m.rule)) else {
            continue;
        };
        let [amount_exact, amount_min, amount_max] = decimals(m.amount);
        out.record.money.push(record::Money {
            span,
            amount: number(m.amount),
            amount_exact,
            amount_min,
            amount_max,
            currency: m.currency.map(str::to_owned),
            modifier: m.modifier,
            per: m.per.map(str::to_owned),
        });
    }
    for p in money.percents {
        let at = (p.start, p.end);
        let Some(span) = out.place(seen, Kind::Percent, at, p.rule, || steps(p.rule)) else {
            continue;
        };
        let [value_exact, value_min, value_max] = decimals(p.value);
        out.record.percents.push(record::Percent {
            span,
            value: number(p.value),
            value_exact,
            value_min,
            value_max,
            unit: p.unit,
            modifier: p.modifier,
        });
    }
    out.record.warnings.extend(money.warnings);
}

/// The rule in words.
fn steps(rule: &str) -> Vec<String> {
    money::reads(rule)
        .map(|what| format!("reads {what}"))
        .into_iter()
        .collect()
}

fn number(amount: Amount) -> Option<f64> {
    match amount {
        Amount::Exact(d) => d.to_f64(),
        Amount::Range(..) => None,
    }
}

/// Exact value, lower end, upper end, as plain decimal strings.
fn decimals(amount: Amount) -> [Option<String>; 3] {
    let text = |d: Decimal| Some(d.normalize().to_string());
    match amount {
        Amount::Exact(d) => [text(d), None, None],
        Amount::Range(a, b) => [None, text(a), text(b)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_plain() {
        assert_eq!(
            decimals(Amount::Exact("2500000.00".parse().unwrap())),
            [Some("2500000".into()), None, None]
        );
        assert_eq!(
            decimals(Amount::Range("0.50".parse().unwrap(), 3.into())),
            [None, Some("0.5".into()), Some("3".into())]
        );
    }
}
