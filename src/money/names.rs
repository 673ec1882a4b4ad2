//! French names of currencies: one row a noun, with the countries and the
//! phrases that tell which currency it is. ISO 4217 codes, those in use and
//! those of the past, named as in French texts and in Unicode CLDR.

/// How much company a noun needs before it means money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// None: « euro » is always money.
    Nothing,
    /// A word of one of its countries beside it or in the article:
    /// « livre », « sol », « gourde ».
    Hint,
    /// A hint, or an amount of ten and more, or one with a scale or decimals:
    /// « couronne », « mark ».
    Ten,
    /// A qualifier beside it: « sucre équatorien ».
    Qualifier,
}

/// A noun that names one or several currencies.
#[derive(Debug)]
pub struct Unit {
    /// Singular first, then the plurals; lower case.
    pub forms: &'static [&'static str],
    /// The currency without any context, if one is meant by default.
    pub default: Option<&'static str>,
    /// Country and its currency of this name.
    pub by: &'static [(&'static str, &'static str)],
    /// Words after the noun that are no demonym, folded, longest first.
    pub phrases: &'static [(&'static str, &'static str)],
    /// Company it needs.
    pub need: Need,
}

const fn sole(
    forms: &'static [&'static str],
    code: &'static str,
    by: &'static [(&'static str, &'static str)],
    need: Need,
) -> Unit {
    Unit {
        forms,
        default: Some(code),
        by,
        phrases: &[],
        need,
    }
}

/// Marks « francs CFA », which is two currencies.
pub const CFA: &str = "CFA";

use Need::{Hint, Nothing, Qualifier, Ten};

/// Position of « franc » in [`UNITS`].
pub const FRANC: usize = 2;
/// Position of « dollar » in [`UNITS`].
pub const DOLLAR: usize = 1;
/// Position of « roupie » in [`UNITS`].
pub const ROUPIE: usize = 7;
/// Position of « livre » in [`UNITS`].
pub const LIVRE: usize = 3;

/// All nouns.
#[rustfmt::skip]
pub static UNITS: &[Unit] = &[
    Unit { forms: &["euro", "euros"], default: Some("EUR"), by: &[], phrases: &[("wir", "CHE")], need: Nothing },
    Unit { forms: &["dollar", "dollars"], default: Some("USD"), need: Nothing,
        by: &[("US", "USD"), ("CA", "CAD"), ("AU", "AUD"), ("NZ", "NZD"), ("HK", "HKD"), ("SG", "SGD"), ("TW", "TWD"), ("JM", "JMD"), ("BS", "BSD"), ("BB", "BBD"), ("BZ", "BZD"), ("BM", "BMD"), ("BN", "BND"), ("KY", "KYD"), ("FJ", "FJD"), ("GY", "GYD"), ("LR", "LRD"), ("NA", "NAD"), ("SR", "SRD"), ("TT", "TTD")],
        phrases: &[("us", "USD"), ("usd", "USD"), ("des etats unis", "USD"), ("can", "CAD"), ("ca", "CAD"), ("cad", "CAD"), ("hk", "HKD"), ("nz", "NZD"), ("de hong kong", "HKD"), ("de hongkong", "HKD"), ("hong kong", "HKD"), ("de singapour", "SGD"), ("singapour", "SGD"), ("de taiwan", "TWD"), ("du guyana", "GYD"), ("des iles caimans", "KYD"), ("des iles caiman", "KYD"), ("des iles salomon", "SBD"), ("de trinite et tobago", "TTD"), ("des caraibes orientales", "XCD"), ("des caraibes de l est", "XCD"), ("des bahamas", "BSD"), ("des bermudes", "BMD"), ("de la barbade", "BBD"), ("de brunei", "BND"), ("du belize", "BZD"), ("des fidji", "FJD"), ("du zimbabwe", "ZWL"), ("zimbabweens", "ZWL"), ("zimbabween", "ZWL"), ("rhodesien", "RHD"), ("rhodesiens", "RHD")] },
    Unit { forms: &["franc", "francs"], default: None, need: Nothing,
        by: &[("FR", "FRF"), ("CH", "CHF"), ("BE", "BEF"), ("LU", "LUF"), ("CD", "CDF"), ("GN", "GNF"), ("RW", "RWF"), ("BI", "BIF"), ("DJ", "DJF"), ("KM", "KMF"), ("NC", "XPF"), ("PF", "XPF"), ("WF", "XPF"),
            ("BJ", "XOF"), ("BF", "XOF"), ("CI", "XOF"), ("GW", "XOF"), ("ML", "XOF"), ("NE", "XOF"), ("SN", "XOF"), ("TG", "XOF"),
            ("CM", "XAF"), ("CF", "XAF"), ("CG", "XAF"), ("GA", "XAF"), ("GQ", "XAF"), ("TD", "XAF")],
        phrases: &[("cfa bceao", "XOF"), ("cfa beac", "XAF"), ("cfa", CFA), ("cfp", "XPF"), ("pacifique", "XPF"), ("pacifiques", "XPF"), ("convertibles luxembourgeois", "LUC"), ("convertible luxembourgeois", "LUC"), ("financiers luxembourgeois", "LUL"), ("financier luxembourgeois", "LUL"), ("belges convertibles", "BEC"), ("belge convertible", "BEC"), ("belges financiers", "BEL"), ("belge financier", "BEL"), ("wir", "CHW"), ("or", "XFO"), ("uic", "XFU"), ("maliens", "MLF"), ("malien", "MLF"), ("malgaches", "MGF"), ("malgache", "MGF"), ("marocains", "MAF"), ("marocain", "MAF"), ("constants", "FRF"), ("courants", "FRF")] },
    Unit { forms: &["livre", "livres"], default: None, need: Hint,
        by: &[("GB", "GBP"), ("TR", "TRY"), ("LB", "LBP"), ("EG", "EGP"), ("SY", "SYP"), ("SD", "SDG"), ("SS", "SSP"), ("CY", "CYP"), ("IE", "IEP"), ("MT", "MTL"), ("IL", "ILP"), ("FK", "FKP"), ("GI", "GIP")],
        phrases: &[("sterling", "GBP"), ("sterlings", "GBP"), ("anglaise", "GBP"), ("anglaises", "GBP"), ("maltaise", "MTP"), ("maltaises", "MTP"), ("des iles malouines", "FKP"), ("de gibraltar", "GIP"), ("de sainte helene", "SHP")] },
    Unit { forms: &["couronne", "couronnes"], default: None, need: Ten,
        by: &[("SE", "SEK"), ("NO", "NOK"), ("DK", "DKK"), ("IS", "ISK"), ("CZ", "CZK"), ("SK", "SKK"), ("EE", "EEK")],
        phrases: &[("fortes tchecoslovaques", "CSK"), ("forte tchecoslovaque", "CSK"), ("tchecoslovaques", "CSK"), ("tchecoslovaque", "CSK")] },
    Unit { forms: &["dinar", "dinars"], default: None, need: Nothing,
        by: &[("DZ", "DZD"), ("TN", "TND"), ("KW", "KWD"), ("BH", "BHD"), ("IQ", "IQD"), ("JO", "JOD"), ("LY", "LYD"), ("RS", "RSD"), ("BA", "BAD"), ("HR", "HRD"), ("YU", "YUD")],
        phrases: &[("serbo montenegrins", "CSD"), ("serbo montenegrin", "CSD"), ("nord yemenites", "YDD"), ("nord yemenite", "YDD"), ("forts yougoslaves", "YUD"), ("fort yougoslave", "YUD"), ("convertibles yougoslaves", "YUN"), ("convertible yougoslave", "YUN"), ("soudanais", "SDD")] },
    Unit { forms: &["dirham", "dirhams"], default: None, need: Nothing, by: &[("MA", "MAD"), ("AE", "AED")],
        phrases: &[("des emirats arabes unis", "AED"), ("des emirats", "AED")] },
    Unit { forms: &["roupie", "roupies"], default: Some("INR"), need: Nothing,
        by: &[("IN", "INR"), ("PK", "PKR"), ("ID", "IDR"), ("LK", "LKR"), ("NP", "NPR"), ("MU", "MUR"), ("SC", "SCR")],
        phrases: &[("des seychelles", "SCR"), ("du sri lanka", "LKR")] },
    Unit { forms: &["peso", "pesos"], default: None, need: Nothing,
        by: &[("MX", "MXN"), ("AR", "ARS"), ("CL", "CLP"), ("CO", "COP"), ("PH", "PHP"), ("CU", "CUP"), ("DO", "DOP"), ("UY", "UYU"), ("BO", "BOP"), ("GW", "GWP")],
        phrases: &[("cubains convertibles", "CUC"), ("cubain convertible", "CUC"), ("convertibles", "CUC"), ("d argent mexicains", "MXP"), ("d argent mexicain", "MXP")] },
    Unit { forms: &["shilling", "shillings"], default: None, need: Nothing,
        by: &[("KE", "KES"), ("TZ", "TZS"), ("UG", "UGX"), ("SO", "SOS")], phrases: &[] },
    Unit { forms: &["riyal", "riyals", "rial", "rials"], default: None, need: Nothing,
        by: &[("SA", "SAR"), ("QA", "QAR"), ("IR", "IRR"), ("OM", "OMR"), ("YE", "YER")], phrases: &[] },
    Unit { forms: &["rouble", "roubles"], default: Some("RUB"), need: Nothing,
        by: &[("RU", "RUB"), ("BY", "BYN"), ("SU", "SUR"), ("LV", "LVR"), ("TJ", "TJR")], phrases: &[] },
    Unit { forms: &["yuan", "yuans", "renminbi", "renminbis"], default: Some("CNY"), need: Nothing, by: &[("CN", "CNY")],
        phrases: &[("renminbi chinois", "CNY"), ("renminbi", "CNY")] },
    Unit { forms: &["won", "wons"], default: Some("KRW"), need: Nothing, by: &[("KR", "KRW"), ("KP", "KPW")], phrases: &[] },
    Unit { forms: &["mark", "marks", "deutschemark", "deutschemarks", "deutschmark", "deutschmarks"], default: Some("DEM"), need: Nothing,
        by: &[("DE", "DEM"), ("FI", "FIM")],
        phrases: &[("est allemands", "DDM"), ("est allemand", "DDM"), ("convertibles bosniaques", "BAM"), ("convertible bosniaque", "BAM"), ("convertibles", "BAM")] },
    Unit { forms: &["florin", "florins"], default: None, need: Nothing,
        by: &[("NL", "NLG"), ("AW", "AWG"), ("HU", "HUF")],
        phrases: &[("antillais", "ANG"), ("caribeens", "XCG"), ("caribeen", "XCG"), ("surinamais", "SRG")] },
    Unit { forms: &["escudo", "escudos"], default: Some("PTE"), need: Nothing, by: &[("PT", "PTE"), ("CV", "CVE"), ("MZ", "MZE")],
        phrases: &[("de guinee portugaise", "GWE"), ("timorais", "TPE")] },
    Unit { forms: &["peseta", "pesetas"], default: Some("ESP"), need: Nothing, by: &[("ES", "ESP")],
        phrases: &[("andorranes", "ADP"), ("andorrane", "ADP")] },
    Unit { forms: &["leu", "lei", "leus"], default: Some("RON"), need: Nothing, by: &[("RO", "RON"), ("MD", "MDL")], phrases: &[] },
    Unit { forms: &["manat", "manats"], default: None, need: Nothing, by: &[("AZ", "AZN"), ("TM", "TMT")], phrases: &[] },
    Unit { forms: &["kwacha", "kwachas"], default: None, need: Nothing, by: &[("ZM", "ZMW"), ("MW", "MWK")], phrases: &[] },
    Unit { forms: &["colon", "colón", "colons", "colóns", "colones"], default: None, need: Qualifier, by: &[("CR", "CRC"), ("SV", "SVC")], phrases: &[] },
    Unit { forms: &["lire", "lires"], default: Some("ITL"), need: Ten, by: &[("IT", "ITL"), ("MT", "MTL"), ("TR", "TRY")], phrases: &[] },
    sole(&["schilling", "schillings"], "ATS", &[("AT", "ATS")], Nothing),
    sole(&["drachme", "drachmes"], "GRD", &[("GR", "GRD")], Nothing),
    sole(&["écu", "écus"], "XEU", &[], Ten),
    sole(&["yen", "yens"], "JPY", &[("JP", "JPY")], Nothing),
    sole(&["pound", "pounds"], "GBP", &[], Nothing),
    sole(&["zloty", "zlotys", "zlotis"], "PLN", &[("PL", "PLN")], Nothing),
    sole(&["forint", "forints"], "HUF", &[("HU", "HUF")], Nothing),
    sole(&["shekel", "shekels", "sheqel", "sheqels"], "ILS", &[("IL", "ILS")], Nothing),
    sole(&["hryvnia", "hryvnias", "hryvnya", "hryvnyas", "grivna", "grivnas"], "UAH", &[("UA", "UAH")], Nothing),
    sole(&["karbovanets"], "UAK", &[("UA", "UAK")], Nothing),
    sole(&["rand", "rands"], "ZAR", &[("ZA", "ZAR")], Nothing),
    sole(&["réal", "real", "réaux", "reais", "reals", "réals"], "BRL", &[("BR", "BRL")], Nothing),
    sole(&["cruzeiro", "cruzeiros"], "BRE", &[("BR", "BRE")], Nothing),
    sole(&["cruzado", "cruzados"], "BRC", &[("BR", "BRC")], Nothing),
    sole(&["baht", "bahts"], "THB", &[("TH", "THB")], Nothing),
    sole(&["naira", "nairas"], "NGN", &[("NG", "NGN")], Nothing),
    sole(&["cedi", "cedis", "cédi", "cédis"], "GHS", &[("GH", "GHS")], Nothing),
    sole(&["tenge", "tenges", "tengué", "tengués"], "KZT", &[("KZ", "KZT")], Nothing),
    sole(&["gourde", "gourdes"], "HTG", &[("HT", "HTG")], Hint),
    sole(&["taka", "takas"], "BDT", &[("BD", "BDT")], Nothing),
    sole(&["birr", "birrs"], "ETB", &[("ET", "ETB")], Nothing),
    sole(&["ariary", "ariarys"], "MGA", &[("MG", "MGA")], Nothing),
    sole(&["metical", "meticals", "meticais"], "MZN", &[("MZ", "MZN")], Nothing),
    sole(&["kyat", "kyats"], "MMK", &[("MM", "MMK")], Nothing),
    sole(&["ouguiya", "ouguiyas"], "MRU", &[("MR", "MRU")], Nothing),
    sole(&["dong", "dongs", "dông", "dôngs", "đồng"], "VND", &[("VN", "VND")], Nothing),
    sole(&["ringgit", "ringgits"], "MYR", &[("MY", "MYR")], Nothing),
    sole(&["rupiah", "rupiahs", "roupiah", "roupiahs"], "IDR", &[("ID", "IDR")], Nothing),
    sole(&["lev", "levs", "leva"], "BGN", &[("BG", "BGN")], Nothing),
    sole(&["lek", "leks"], "ALL", &[("AL", "ALL")], Nothing),
    sole(&["lari", "laris"], "GEL", &[("GE", "GEL")], Nothing),
    sole(&["dram", "drams"], "AMD", &[("AM", "AMD")], Nothing),
    sole(&["denar", "denars"], "MKD", &[("MK", "MKD")], Nothing),
    sole(&["kuna", "kunas"], "HRK", &[("HR", "HRK")], Nothing),
    sole(&["tolar", "tolars"], "SIT", &[("SI", "SIT")], Nothing),
    sole(&["litas"], "LTL", &[("LT", "LTL")], Nothing),
    sole(&["talonas"], "LTT", &[("LT", "LTT")], Nothing),
    sole(&["lats"], "LVL", &[("LV", "LVL")], Nothing),
    sole(&["som", "soms"], "KGS", &[("KG", "KGS")], Nothing),
    sole(&["sum", "sums", "soum", "soums"], "UZS", &[("UZ", "UZS")], Nothing),
    sole(&["somoni", "somonis"], "TJS", &[("TJ", "TJS")], Nothing),
    sole(&["afghani", "afghanis"], "AFN", &[("AF", "AFN")], Nothing),
    sole(&["tugrik", "tugriks"], "MNT", &[("MN", "MNT")], Nothing),
    sole(&["kip", "kips"], "LAK", &[("LA", "LAK")], Nothing),
    sole(&["riel", "riels"], "KHR", &[("KH", "KHR")], Nothing),
    sole(&["pataca", "patacas"], "MOP", &[("MO", "MOP")], Nothing),
    sole(&["rufiyaa", "rufiyaas"], "MVR", &[("MV", "MVR")], Nothing),
    sole(&["ngultrum", "ngultrums"], "BTN", &[("BT", "BTN")], Nothing),
    sole(&["kwanza", "kwanzas"], "AOA", &[("AO", "AOA")], Nothing),
    sole(&["dalasi", "dalasis"], "GMD", &[("GM", "GMD")], Nothing),
    sole(&["leone", "leones"], "SLE", &[("SL", "SLE")], Ten),
    sole(&["nafka", "nafkas", "nakfa", "nakfas"], "ERN", &[("ER", "ERN")], Nothing),
    sole(&["pula", "pulas"], "BWP", &[("BW", "BWP")], Nothing),
    sole(&["loti", "lotis", "maloti"], "LSL", &[("LS", "LSL")], Nothing),
    sole(&["lilangeni", "lilangenis", "emalangeni"], "SZL", &[("SZ", "SZL")], Nothing),
    sole(&["dobra", "dobras"], "STN", &[("ST", "STN")], Nothing),
    sole(&["syli", "sylis"], "GNS", &[("GN", "GNS")], Nothing),
    sole(&["ekwélé", "ekwélés"], "GQE", &[("GQ", "GQE")], Nothing),
    sole(&["zaïre", "zaïres"], "ZRZ", &[("CD", "ZRZ")], Ten),
    sole(&["boliviano", "bolivianos"], "BOB", &[("BO", "BOB")], Nothing),
    sole(&["mvdol", "mvdols"], "BOV", &[("BO", "BOV")], Nothing),
    sole(&["bolivar", "bolivars", "bolívar", "bolívars", "bolivares"], "VES", &[("VE", "VES")], Nothing),
    sole(&["quetzal", "quetzals", "quetzales"], "GTQ", &[("GT", "GTQ")], Ten),
    sole(&["lempira", "lempiras"], "HNL", &[("HN", "HNL")], Nothing),
    Unit { forms: &["cordoba", "cordobas", "córdoba", "córdobas"], default: Some("NIO"), need: Nothing, by: &[("NI", "NIO")],
        phrases: &[("oro nicaraguayens", "NIO"), ("oro nicaraguayen", "NIO"), ("oro", "NIO")] },
    sole(&["balboa", "balboas"], "PAB", &[("PA", "PAB")], Nothing),
    sole(&["guarani", "guaranis", "guaraní", "guaranís"], "PYG", &[("PY", "PYG")], Ten),
    sole(&["sol", "sols", "soles"], "PEN", &[("PE", "PEN")], Hint),
    sole(&["inti", "intis"], "PEI", &[("PE", "PEI")], Hint),
    sole(&["sucre", "sucres"], "ECS", &[("EC", "ECS")], Qualifier),
    sole(&["austral", "australs", "australes"], "ARA", &[("AR", "ARA")], Qualifier),
    sole(&["droit de tirage spécial", "droits de tirage spéciaux", "droits de tirages spéciaux"], "XDR", &[], Nothing),
    sole(&["kina", "kinas"], "PGK", &[("PG", "PGK")], Nothing),
    sole(&["vatu", "vatus"], "VUV", &[("VU", "VUV")], Nothing),
    sole(&["tala", "talas"], "WST", &[("WS", "WST")], Nothing),
    sole(&["pa'anga", "pa’anga", "pa'angas", "pa’angas"], "TOP", &[("TO", "TOP")], Nothing),
];

/// A noun for a fraction of a currency.
#[derive(Debug)]
pub struct Fraction {
    /// Singular and plural.
    pub forms: &'static [&'static str],
    /// How many make one of the currency.
    pub per: u16,
    /// The currency, when the noun has only one.
    pub of: Option<&'static str>,
    /// Currencies that have this fraction.
    pub parents: &'static [&'static str],
}

/// Position of « cent » in [`FRACTIONS`].
pub const CENT: usize = 1;
/// Position of « sou » in [`FRACTIONS`].
pub const SOU: usize = 2;

/// All fractions.
#[rustfmt::skip]
pub static FRACTIONS: &[Fraction] = &[
    Fraction { forms: &["centime", "centimes"], per: 100, of: None, parents: &["EUR", "FRF", "CHF", "BEF", "LUF", "DZD", "MAD", "HTG", "CDF", "XPF", "XOF", "XAF"] },
    Fraction { forms: &["cent", "cents"], per: 100, of: None, parents: &["USD", "EUR", "CAD", "AUD", "NZD", "HKD", "SGD", "ZAR", "KES", "JMD"] },
    Fraction { forms: &["sou", "sous"], per: 20, of: None, parents: &["FRF", "CAD"] },
    Fraction { forms: &["eurocent", "eurocents", "eurocentime", "eurocentimes"], per: 100, of: Some("EUR"), parents: &["EUR"] },
    Fraction { forms: &["penny", "pence", "pennies", "pennys"], per: 100, of: Some("GBP"), parents: &["GBP", "IEP"] },
    Fraction { forms: &["kopeck", "kopecks", "kopek", "kopeks"], per: 100, of: Some("RUB"), parents: &["RUB", "UAH", "BYN", "SUR"] },
    Fraction { forms: &["pfennig", "pfennigs"], per: 100, of: Some("DEM"), parents: &["DEM"] },
    Fraction { forms: &["millime", "millimes"], per: 1000, of: Some("TND"), parents: &["TND"] },
    Fraction { forms: &["centavo", "centavos"], per: 100, of: None, parents: &["MXN", "ARS", "BRL", "COP", "PHP", "CLP", "CUP"] },
    Fraction { forms: &["piastre", "piastres"], per: 100, of: None, parents: &["EGP", "LBP", "SYP", "SDG", "TRY", "JOD"] },
    Fraction { forms: &["öre", "øre"], per: 100, of: None, parents: &["SEK", "NOK", "DKK"] },
    Fraction { forms: &["groszy", "grosz"], per: 100, of: Some("PLN"), parents: &["PLN"] },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::codes;

    #[test]
    fn every_code_is_in_the_table_of_codes() {
        for unit in UNITS {
            let all = unit.by.iter().chain(unit.phrases).map(|(_, c)| *c);
            for code in all.chain(unit.default) {
                assert!(
                    code == CFA || codes::known(code).is_some(),
                    "{code} of {}",
                    unit.forms[0]
                );
            }
        }
        assert_eq!(UNITS[FRANC].forms[0], "franc");
        assert_eq!(UNITS[DOLLAR].forms[0], "dollar");
        assert_eq!(UNITS[LIVRE].forms[0], "livre");
        assert_eq!(UNITS[ROUPIE].forms[0], "roupie");
        assert_eq!(FRACTIONS[CENT].forms[0], "cent");
        assert_eq!(FRACTIONS[SOU].forms[0], "sou");
    }
}
