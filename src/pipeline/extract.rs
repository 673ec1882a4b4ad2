//! One article in, one record out.

use super::{
    agree::agree,
    stages::{Clock, Stage, Times},
};
use crate::{
    article::{Article, Unreadable},
    dates::{self, Timezone},
    digest::hex,
    entities::{
        ModelInfo, TagError, Tagger,
        compact::{self, LoadError},
        names,
    },
    language, money,
    record::{self, Failure, Record, SCHEMA, Span, Status},
    text::{analyse, offsets::CodePoints},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Turns articles into records: pure, without input or output, and the same
/// from any number of threads.
///
/// ```
/// use glane::{Extractor, article::Article, record::Status};
///
/// let extractor = Extractor::builder().build()?;
/// let article = Article::from_text(
///     "gare",
///     "Publié le 4 mai 2024\n\nLa gare de Nîmes fermera lundi pour travaux.",
/// );
/// let record = extractor.extract(&article);
/// assert_eq!(record.status, Status::Ok);
/// assert_eq!(record.published.as_deref(), Some("2024-05-04"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Extractor {
    tagger: Arc<dyn Tagger>,
    settings: ExtractorBuilder,
}

/// Settings of an [`Extractor`].
#[derive(Debug, Clone)]
pub struct ExtractorBuilder {
    languages: Vec<String>,
    assumed: Option<String>,
    min_score: f32,
    crypto: bool,
    with_text: bool,
    timezone: Option<Timezone>,
}

impl Default for ExtractorBuilder {
    fn default() -> Self {
        Self {
            languages: vec!["fra".to_owned()],
            assumed: None,
            min_score: 0.0,
            crypto: false,
            with_text: false,
            timezone: None,
        }
    }
}

impl ExtractorBuilder {
    /// Languages to extract from, as ISO 639-3 codes; French alone by default.
    /// The rules are French: other languages are for those who know why.
    #[must_use]
    pub fn languages<S: Into<String>>(mut self, codes: impl IntoIterator<Item = S>) -> Self {
        self.languages = codes.into_iter().map(Into::into).collect();
        self
    }

    /// Takes every article for this language instead of detecting it.
    #[must_use]
    pub fn assume_language(mut self, code: impl Into<String>) -> Self {
        self.assumed = Some(code.into());
        self
    }

    /// Leaves out entities whose score is below this.
    #[must_use]
    pub fn min_score(mut self, score: f32) -> Self {
        self.min_score = score;
        self
    }

    /// Reports amounts in cryptocurrencies, with `currency` null.
    #[must_use]
    pub fn crypto(mut self, on: bool) -> Self {
        self.crypto = on;
        self
    }

    /// Puts the decoded text into the records.
    #[must_use]
    pub fn with_text(mut self, on: bool) -> Self {
        self.with_text = on;
        self
    }

    /// Gives times of a day their offset from UTC: articles' clock times are
    /// understood in this zone, and those of a named zone converted to it.
    /// Values without a clock time stay as they are.
    #[must_use]
    pub fn timezone(mut self, zone: Timezone) -> Self {
        self.timezone = Some(zone);
        self
    }

    /// Loads the embedded model.
    ///
    /// # Errors
    /// When the binary was built around a damaged model file.
    pub fn build(self) -> Result<Extractor, LoadError> {
        Ok(self.build_with(compact::embedded()?))
    }

    /// Takes a tagger of the caller's: [`compact::load`], or one's own.
    pub fn build_with(self, tagger: Arc<dyn Tagger>) -> Extractor {
        Extractor {
            tagger,
            settings: self,
        }
    }
}

impl Extractor {
    /// Starts from the default settings.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The model that tags entities.
    pub fn model(&self) -> ModelInfo {
        self.tagger.model()
    }

    /// Extracts one article. The same article always gives the same record.
    pub fn extract(&self, article: &Article) -> Record {
        self.extract_timed(article, &mut Times::default())
    }

    /// [`Self::extract`], adding the time each stage took.
    pub fn extract_timed(&self, article: &Article, times: &mut Times) -> Record {
        let mut clock = Clock::start(times);
        let points = CodePoints::new(&article.text);
        let mut out = envelope(article);
        out.chars = points.len() as u64;
        out.sha256 = hex(&Sha256::digest(&article.text));
        clock.lap(Stage::Write);
        if article.text.trim().is_empty() {
            out.status = Status::SkippedEmpty;
            return out;
        }
        self.identify(&article.text, &mut out);
        clock.lap(Stage::Language);
        if out.status == Status::Ok
            && let Err(e) = self.mentions(article, &points, &mut out, &mut clock)
        {
            out.status = Status::Error;
            out.error = Some(Failure {
                stage: "extract".to_owned(),
                message: e.to_string(),
            });
        }
        out
    }

    fn identify(&self, text: &str, out: &mut Record) {
        if let Some(code) = &self.settings.assumed {
            out.lang = Some(code.clone());
            return;
        }
        let found = language::detect(text);
        out.lang = found.code.map(str::to_owned);
        out.lang_confidence = found.confidence.map(|c| rounded(c, 1e4));
        match found.code {
            Some(code) if !self.settings.languages.iter().any(|l| l == code) => {
                out.status = Status::SkippedLanguage;
            }
            Some(_) => {}
            // Nothing speaks against it: keeping costs little.
            None => out.warnings.push("language_undecided".to_owned()),
        }
    }

    fn mentions(
        &self,
        article: &Article,
        points: &CodePoints,
        out: &mut Record,
        clock: &mut Clock,
    ) -> Result<(), TagError> {
        let text = article.text.as_str();
        let published = article.published.map(|(date, _)| date);
        let analysis = analyse(text);
        clock.times.tokens += analysis.tokens.len() as u64;
        clock.lap(Stage::Text);
        let mut entities = self.tagger.tag(text, &analysis)?;
        entities.retain(|e| e.score >= self.settings.min_score);
        names::resolve(text, &mut entities);
        clock.lap(Stage::Entities);
        let money = money::find(
            text,
            &money::Context {
                published,
                crypto: self.settings.crypto,
            },
        );
        clock.lap(Stage::Money);
        let blocked: Vec<_> = money.money.iter().map(|m| (m.start, m.end)).collect();
        let mut dates = dates::find(
            text,
            &dates::Context {
                published,
                blocked: &blocked,
                timezone: self.settings.timezone.as_ref(),
            },
        );
        agree(text, &mut entities, &money, &mut dates.dates);
        clock.lap(Stage::Dates);

        let span = |start, end| Span::new(text, points, start, end);
        out.entities = entities
            .into_iter()
            .filter_map(|e| {
                Some(record::Entity {
                    span: span(e.start, e.end)?,
                    label: e.label,
                    score: rounded(f64::from(e.score), 1e4),
                    name: e.name,
                })
            })
            .collect();
        out.money = money
            .money
            .into_iter()
            .filter_map(|m| {
                let [amount_exact, amount_min, amount_max] = decimals(m.amount);
                Some(record::Money {
                    span: span(m.start, m.end)?,
                    amount: number(m.amount),
                    amount_exact,
                    amount_min,
                    amount_max,
                    currency: m.currency.map(str::to_owned),
                    modifier: m.modifier,
                    per: m.per.map(str::to_owned),
                })
            })
            .collect();
        out.percents = money
            .percents
            .into_iter()
            .filter_map(|p| {
                let [value_exact, value_min, value_max] = decimals(p.value);
                Some(record::Percent {
                    span: span(p.start, p.end)?,
                    value: number(p.value),
                    value_exact,
                    value_min,
                    value_max,
                    unit: p.unit,
                    modifier: p.modifier,
                })
            })
            .collect();
        out.dates = dates
            .dates
            .into_iter()
            .filter_map(|d| {
                Some(record::Date {
                    span: span(d.start, d.end)?,
                    kind: d.kind,
                    value: d.value.map(|v| v.to_string()),
                    modifier: d.modifier,
                    grain: d.grain,
                    from: d.bounds.map(|b| b.from().to_string()),
                    to: d.bounds.map(|b| b.to().to_string()),
                    anchor: d.anchor,
                })
            })
            .collect();
        out.warnings.extend(money.warnings);
        out.warnings.extend(dates.warnings);
        out.text = self.settings.with_text.then(|| text.to_owned());
        clock.lap(Stage::Write);
        Ok(())
    }
}

/// The record of an article that could not be read.
pub(super) fn failed(article: &Article, problem: Unreadable) -> Record {
    Record {
        status: Status::Error,
        error: Some(Failure {
            stage: problem.stage.to_owned(),
            message: problem.message,
        }),
        sha256: hex(&Sha256::digest(b"")),
        ..envelope(article)
    }
}

/// What a record says about its article before anything is looked for.
fn envelope(article: &Article) -> Record {
    Record {
        schema: SCHEMA.to_owned(),
        id: article.id.clone(),
        source: article.source.clone(),
        row: article.row,
        title: article.title.clone(),
        published: article.published.map(|(date, _)| date.to_string()),
        published_from: article.published.map(|(_, from)| from),
        lang: None,
        lang_confidence: None,
        status: Status::Ok,
        error: None,
        chars: 0,
        sha256: String::new(),
        entities: Vec::new(),
        money: Vec::new(),
        dates: Vec::new(),
        percents: Vec::new(),
        warnings: article.warnings.clone(),
        text: None,
    }
}

/// Digits beyond what a probability means only make files larger.
fn rounded(x: f64, scale: f64) -> f64 {
    (x * scale).round() / scale
}

fn number(amount: money::Amount) -> Option<f64> {
    match amount {
        money::Amount::Exact(d) => d.to_f64(),
        money::Amount::Range(..) => None,
    }
}

/// Exact value, lower end, upper end, as plain decimal strings.
fn decimals(amount: money::Amount) -> [Option<String>; 3] {
    let text = |d: Decimal| Some(d.normalize().to_string());
    match amount {
        money::Amount::Exact(d) => [text(d), None, None],
        money::Amount::Range(a, b) => [None, text(a), text(b)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entities::Mention, text::Analysis};

    #[test]
    fn decimals_are_plain() {
        assert_eq!(
            decimals(money::Amount::Exact("2500000.00".parse().unwrap())),
            [Some("2500000".into()), None, None]
        );
        assert_eq!(
            decimals(money::Amount::Range("0.50".parse().unwrap(), 3.into())),
            [None, Some("0.5".into()), Some("3".into())]
        );
    }

    #[test]
    fn languages() {
        let english = Article::from_text("e", "The mayor said that he would not resign this year.");
        let french = Article::from_text("f", "Le maire a dit qu'il ne partirait pas cette année.");
        let status = |b: ExtractorBuilder, a| b.build().unwrap().extract(a).status;
        let b = Extractor::builder;
        assert_eq!(status(b(), &french), Status::Ok);
        assert_eq!(status(b(), &english), Status::SkippedLanguage);
        assert_eq!(status(b().languages(["fra", "eng"]), &english), Status::Ok);
        assert_eq!(status(b().assume_language("fra"), &english), Status::Ok);
        let blank = Article::from_text("b", " \n\u{a0}");
        assert_eq!(status(b(), &blank), Status::SkippedEmpty);
        let figures = b()
            .build()
            .unwrap()
            .extract(&Article::from_text("n", "2024"));
        assert_eq!(figures.warnings, ["language_undecided"]);
        assert_eq!(figures.status, Status::Ok);
    }

    /// Refuses what holds « panne ».
    struct Moody;

    impl Tagger for Moody {
        fn tag(&self, text: &str, _: &Analysis) -> Result<Vec<Mention>, TagError> {
            match text.contains("panne") {
                true => Err(TagError(
                    "libtorch, while running the network: no memory".into(),
                )),
                false => Ok(Vec::new()),
            }
        }

        fn model(&self) -> ModelInfo {
            ModelInfo {
                name: "moody".into(),
                sha256: String::new(),
            }
        }
    }

    #[test]
    fn a_tagger_that_fails_costs_one_article() {
        let extractor = Extractor::builder().build_with(Arc::new(Moody));
        let extract = |text: &str| extractor.extract(&Article::from_text("a", text));
        let record = extract("La panne a coûté 30 euros au maire de la ville hier.");
        assert_eq!(record.status, Status::Error);
        let failure = record.error.unwrap();
        assert_eq!(failure.stage, "extract");
        assert!(failure.message.contains("no memory"), "{}", failure.message);
        // Half a record would look like a whole one.
        assert!(record.money.is_empty() && record.entities.is_empty());
        let next = extract("La suite a coûté 30 euros au maire de la ville hier.");
        assert_eq!((next.status, next.money.len()), (Status::Ok, 1));
    }

    #[test]
    fn the_extractor_can_be_shared() {
        fn shared<T: Send + Sync>() {}
        shared::<Extractor>();
    }
}
