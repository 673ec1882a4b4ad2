//! Codes of languages, as users write them and as records have them.

use isolang::Language;
use whatlang::Lang;

/// A code that stands for no language, or for one that is never recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownLanguage {
    /// No code of ISO 639-1 or 639-3.
    #[error(
        "`{0}` is no language code: write it as in ISO 639, with two letters or three, such as fr \
         or fra"
    )]
    NoCode(String),
    /// A language that no text is ever taken for.
    #[error("`{0}` is a language that is not recognised; those are {known}", known = known())]
    NotRecognised(String),
}

fn known() -> String {
    let mut codes: Vec<_> = Lang::all().iter().map(|l| l.code()).collect();
    codes.sort_unstable();
    codes.join(", ")
}

/// The ISO 639-3 code of a language given in ISO 639-1 or 639-3, lower case.
///
/// # Errors
/// When there is no such language.
pub fn code(code: &str) -> Result<&'static str, UnknownLanguage> {
    // `whatlang` names a few languages by members of a macrolanguage.
    if let Some(lang) = Lang::from_code(code) {
        return Ok(lang.code());
    }
    Language::from_639_1(code)
        .or_else(|| Language::from_639_3(code))
        .map(|l| l.to_639_3())
        .ok_or_else(|| UnknownLanguage::NoCode(code.to_owned()))
}

/// [`code`], of a language that [`super::detect`] can find.
///
/// # Errors
/// When there is no such language, or it is never found.
pub fn recognised(given: &str) -> Result<&'static str, UnknownLanguage> {
    let code = code(given)?;
    match Lang::from_code(code) {
        Some(_) => Ok(code),
        None => Err(UnknownLanguage::NotRecognised(given.to_owned())),
    }
}
