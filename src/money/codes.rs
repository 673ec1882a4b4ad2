//! ISO 4217 codes and currency symbols.

/// Codes of ISO 4217: those in use, then those of the past (ISO 4217 table
/// A.3, and the funds codes that Unicode CLDR names in French).
pub static CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD",
    "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP",
    "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS",
    "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW",
    "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD",
    "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR",
    "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS",
    "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND",
    "VUV", "WST", "XAF", "XCD", "XCG", "XDR", "XOF", "XPF", "XSU", "XUA", "YER", "ZAR", "ZMW",
    "ZWG", "ZWL", "ADP", "AFA", "AON", "AOR", "ARA", "ARP", "ATS", "AZM", "BAD", "BEC", "BEF",
    "BEL", "BGL", "BOP", "BRB", "BRC", "BRE", "BRN", "BRR", "BUK", "BYB", "BYR", "CNH", "CSD",
    "CSK", "CYP", "DDM", "DEM", "ECS", "ECV", "EEK", "ESP", "FIM", "FRF", "GEK", "GHC", "GNS",
    "GQE", "GRD", "GWE", "GWP", "HRD", "HRK", "IEP", "ILP", "ITL", "LTL", "LTT", "LUC", "LUF",
    "LUL", "LVL", "LVR", "MAF", "MGF", "MLF", "MRO", "MTL", "MTP", "MXP", "MZE", "MZM", "NIC",
    "NLG", "PEI", "PES", "PLZ", "PTE", "RHD", "ROL", "RUR", "SDD", "SDP", "SIT", "SKK", "SLL",
    "SRG", "STD", "SUR", "TJR", "TMM", "TPE", "TRL", "UAK", "UGS", "USS", "VEB", "VEF", "XEU",
    "XFO", "XFU", "YDD", "YUD", "YUM", "YUN", "ZAL", "ZMK", "ZRN", "ZRZ", "ZWD", "ZWR",
];

/// Codes that are words, acronyms or names as well: their amounts must look
/// like money (a thousand and more, decimals, or a scale).
static WORDS: &[&str] = &[
    "ALL", "AMD", "ANG", "BAM", "BOB", "COP", "COU", "CUP", "CUC", "DOP", "ERN", "ESP", "GEL",
    "GIP", "IEP", "LAK", "MAD", "MOP", "MUR", "PAB", "PEN", "PES", "PHP", "RON", "SAR", "SOS",
    "STD", "SUR", "TOP", "TPE", "TRY", "BEC", "BEL", "BRE", "CHE", "LUL", "MAF", "MAX", "BRB",
    "DEM", "SIT", "STN", "VES", "SLE", "SDD", "SDP", "ARA", "ARP", "LUC", "MTP", "CSD", "BRC",
    "BND", "BTN", "BSD", "XUA", "XSU", "ADP", "ZAL", "GEK", "CVE", "SRG", "MXP", "AOR", "RUR",
    "LSL", "SCR", "UYI", "LTT", "BUK", "MVR", "PLZ", "USS", "USN", "ATS", "AFA",
];

/// The code with its own lifetime, if it is one.
pub fn known(code: &str) -> Option<&'static str> {
    CODES.iter().copied().find(|c| *c == code)
}

/// Whether a code is a common word or acronym too.
pub fn is_word(code: &str) -> bool {
    WORDS.contains(&code)
}

/// What a symbol or abbreviation stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// One currency.
    Code(&'static str),
    /// The noun at this position of [`super::names::UNITS`].
    Noun(usize),
    /// « FCFA », which is two currencies.
    Cfa,
    /// « ¥ » and « kr », by context: these currencies, the first by default.
    OneOf(
        &'static [(&'static str, &'static str)],
        Option<&'static str>,
    ),
    /// « ¢ ».
    Cent,
}

use super::names::{DOLLAR, FRANC};
use Sign::{Cent, Cfa, Code, Noun, OneOf};

/// Symbols that may stand on either side of the figures.
#[rustfmt::skip]
pub static SYMBOLS: &[(&str, Sign)] = &[
    ("€", Code("EUR")), ("$", Noun(DOLLAR)), ("£", Code("GBP")),
    ("¥", OneOf(&[("JP", "JPY"), ("CN", "CNY")], Some("JPY"))), ("￥", OneOf(&[("JP", "JPY"), ("CN", "CNY")], Some("JPY"))),
    ("₩", Code("KRW")), ("₹", Code("INR")), ("₽", Code("RUB")), ("₺", Code("TRY")),
    ("₴", Code("UAH")), ("₦", Code("NGN")), ("₪", Code("ILS")), ("฿", Code("THB")),
    ("₫", Code("VND")), ("₱", Code("PHP")), ("₲", Code("PYG")), ("₡", Code("CRC")),
    ("₭", Code("LAK")), ("₮", Code("MNT")), ("₸", Code("KZT")), ("₾", Code("GEL")),
    ("₼", Code("AZN")), ("؋", Code("AFN")), ("֏", Code("AMD")), ("৳", Code("BDT")),
    ("៛", Code("KHR")), ("₵", Code("GHS")), ("GH₵", Code("GHS")), ("₧", Code("ESP")), ("₤", Code("ITL")), ("₤IT", Code("ITL")),
    ("₣", Code("FRF")), ("⃀", Code("KGS")), ("¢", Cent), ("zł", Code("PLN")), ("Kč", Code("CZK")), ("R$", Code("BRL")),
];

/// Abbreviations that stand after the figures only.
#[rustfmt::skip]
pub static ABBREVIATIONS: &[(&str, Sign)] = &[
    ("F CFA", Cfa), ("F\u{a0}CFA", Cfa), ("F\u{202f}CFA", Cfa), ("FCFA", Cfa), ("F.CFA", Cfa), ("F.C.F.A.", Cfa), ("F. CFA", Cfa), ("CFA", Cfa), ("Fcfa", Cfa), ("fcfa", Cfa), ("F cfa", Cfa), ("f CFA", Cfa), ("fCFA", Cfa), ("F Cfa", Cfa),
    ("F CFP", Code("XPF")), ("F\u{a0}CFP", Code("XPF")), ("FCFP", Code("XPF")), ("F.CFP", Code("XPF")), ("CFP", Code("XPF")), ("F XPF", Code("XPF")), ("F Pacifique", Code("XPF")),
    ("F", Noun(FRANC)), ("fr.", Noun(FRANC)), ("frs", Noun(FRANC)), ("Frs", Noun(FRANC)), ("Fr.", Noun(FRANC)), ("frs.", Noun(FRANC)), ("Fr", Noun(FRANC)), ("fr", Noun(FRANC)), ("F.", Noun(FRANC)), ("fr.-", Noun(FRANC)),
    ("FF", Code("FRF")), ("FB", Code("BEF")), ("FBu", Code("BIF")), ("FC", Code("CDF")), ("FG", Code("GNF")), ("Frw", Code("RWF")), ("FRW", Code("RWF")), ("FS", Code("CHF")), ("FDJ", Code("DJF")),
    ("DH", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))), ("dhs", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))), ("dh", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))), ("Dh", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))), ("DHS", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))), ("Dhs", OneOf(&[("MA", "MAD"), ("AE", "AED")], Some("MAD"))),
    ("DA", Code("DZD")), ("DT", Code("TND")), ("Ar", Code("MGA")), ("DM", Code("DEM")), ("Ft", Code("HUF")), ("Kz", Code("AOA")), ("Rp", Code("IDR")), ("RM", Code("MYR")),
    ("kr", OneOf(&[("SE", "SEK"), ("NO", "NOK"), ("DK", "DKK"), ("IS", "ISK")], None)),
    ("Rs", OneOf(&[("IN", "INR"), ("PK", "PKR"), ("LK", "LKR"), ("NP", "NPR"), ("MU", "MUR")], None)),
    ("LL", Code("LBP")), ("LE", Code("EGP")), ("TL", Code("TRY")), ("RMB", Code("CNY")), ("cts", Cent), ("ct", Cent), ("ct.", Cent), ("cts.", Cent), ("c€", Cent),
    ("DTS", Code("XDR")), ("Db", Code("STN")), ("Ls", Code("LVL")), ("Lt", Code("LTL")),
];

/// Letters that stand right before « $ » and name the dollar.
#[rustfmt::skip]
pub static BEFORE_DOLLAR: &[(&str, &str)] = &[
    ("US", "USD"), ("C", "CAD"), ("CA", "CAD"), ("CAN", "CAD"), ("CAD", "CAD"), ("A", "AUD"), ("AU", "AUD"), ("AUD", "AUD"), ("NZ", "NZD"), ("HK", "HKD"), ("NT", "TWD"), ("TW", "TWD"),
    ("S", "SGD"), ("SG", "SGD"), ("R", "BRL"), ("J", "JMD"), ("MX", "MXN"), ("TT", "TTD"), ("BZ", "BZD"), ("FJ", "FJD"), ("EC", "XCD"), ("USD", "USD"), ("N", "NAD"), ("Z", "ZWL"),
];

/// Letters that stand after « $ », glued or not, and name the dollar.
#[rustfmt::skip]
pub static AFTER_DOLLAR: &[(&str, &str)] = &[
    ("US", "USD"), ("U.S.", "USD"), ("USD", "USD"), ("USA", "USD"), ("CA", "CAD"), ("CAN", "CAD"), ("CAD", "CAD"), ("Can", "CAD"), ("can.", "CAD"), ("can", "CAD"), ("AU", "AUD"), ("AUD", "AUD"), ("A", "AUD"), ("HK", "HKD"), ("HKD", "HKD"), ("NZ", "NZD"), ("SG", "SGD"), ("TW", "TWD"), ("NT", "TWD"),
    ("AR", "ARS"), ("BM", "BMD"), ("BN", "BND"), ("BZ", "BZD"), ("CL", "CLP"), ("CO", "COP"), ("FJ", "FJD"), ("MX", "MXN"), ("NA", "NAD"), ("RH", "RHD"), ("SB", "SBD"), ("SR", "SRD"), ("TT", "TTD"), ("UY", "UYU"), ("WS", "WST"), ("LR", "LRD"),
];

/// Letters that stand right after « £ » and name the pound.
pub static AFTER_POUND: &[(&str, &str)] = &[
    ("GB", "GBP"),
    ("E", "EGP"),
    ("EG", "EGP"),
    ("IE", "IEP"),
    ("IL", "ILP"),
    ("L", "LBP"),
    ("LB", "LBP"),
    ("FK", "FKP"),
    ("CY", "CYP"),
    ("GI", "GIP"),
    ("MT", "MTP"),
    ("S", "SYP"),
    ("SY", "SYP"),
    ("T", "TRY"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals_once() {
        let mut sorted: Vec<_> = CODES.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), CODES.len());
        assert!(
            CODES
                .iter()
                .all(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase()))
        );
        for (_, code) in BEFORE_DOLLAR.iter().chain(AFTER_DOLLAR).chain(AFTER_POUND) {
            assert!(known(code).is_some(), "{code}");
        }
    }
}
