//! One article in, one record out.

use super::{
    agree::agree,
    finders::{self, Found, Seen, Settings, Trace, Written},
    place::{Places, Sentence},
    stages::{Clock, Stage, Times},
};
use crate::{
    article::{Article, Rows, Unreadable, reader::Item},
    dates::Timezone,
    digest::hex,
    entities::{
        ModelInfo, TagError, Tagger,
        compact::{self, LoadError},
    },
    kinds::Field,
    language::{self, UnknownLanguage},
    record::{self, Failure, Kind, Record, SCHEMA, Status},
    text::{analyse, offsets::CodePoints, view::View},
};
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

/// A record and how its mentions were found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explained {
    /// The record, as [`Extractor::extract`] gives it.
    pub record: Record,
    /// The rules behind its mentions; a mention that a model found has none.
    pub traces: Vec<Trace>,
    /// The sentences of the title, if it is read apart, and of the text; none
    /// where nothing was looked for.
    pub sentences: Vec<Sentence>,
}

impl Explained {
    /// What found the mention of this kind that begins at `byte_start` of the
    /// field.
    pub fn trace(&self, kind: Kind, field: Field, byte_start: u64) -> Option<&Trace> {
        self.traces
            .iter()
            .find(|t| (t.kind, t.field, t.byte_start) == (kind, field, byte_start))
    }
}

/// How a record came about, gathered where it is wanted.
#[derive(Default)]
struct Told {
    traces: Vec<Trace>,
    sentences: Vec<Sentence>,
}

/// Settings of an [`Extractor`].
#[derive(Debug, Clone)]
pub struct ExtractorBuilder {
    languages: Vec<&'static str>,
    assumed: Option<&'static str>,
    with_text: bool,
    context: bool,
    rules: Settings,
}

impl Default for ExtractorBuilder {
    fn default() -> Self {
        Self {
            languages: vec!["fra"],
            assumed: None,
            with_text: false,
            context: false,
            rules: Settings::default(),
        }
    }
}

impl ExtractorBuilder {
    /// Languages to extract from, as ISO 639-1 or 639-3 codes; French alone by
    /// default. The rules are French: other languages are for those who know
    /// why.
    ///
    /// # Errors
    /// When a code is none, or of a language that is never recognised.
    pub fn languages<S: AsRef<str>>(
        mut self,
        codes: impl IntoIterator<Item = S>,
    ) -> Result<Self, UnknownLanguage> {
        self.languages = codes
            .into_iter()
            .map(|code| language::recognised(code.as_ref()))
            .collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// Takes every article for this language (ISO 639-1 or 639-3) instead of
    /// detecting it.
    ///
    /// # Errors
    /// When the code is none.
    pub fn assume_language(mut self, code: impl AsRef<str>) -> Result<Self, UnknownLanguage> {
        self.assumed = Some(language::code(code.as_ref())?);
        Ok(self)
    }

    /// Leaves out entities whose score is below this.
    #[must_use]
    pub fn min_score(mut self, score: f32) -> Self {
        self.rules.min_score = score;
        self
    }

    /// Reports amounts in cryptocurrencies, with `currency` null.
    #[must_use]
    pub fn crypto(mut self, on: bool) -> Self {
        self.rules.crypto = on;
        self
    }

    /// Puts the decoded text into the records.
    #[must_use]
    pub fn with_text(mut self, on: bool) -> Self {
        self.with_text = on;
        self
    }

    /// Puts its sentence into every mention.
    #[must_use]
    pub fn context(mut self, on: bool) -> Self {
        self.context = on;
        self
    }

    /// Gives times of a day their offset from UTC: articles' clock times are
    /// understood in this zone, and those of a named zone converted to it.
    /// Values without a clock time stay as they are.
    #[must_use]
    pub fn timezone(mut self, zone: Timezone) -> Self {
        self.rules.timezone = Some(zone);
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
    /// What goes wrong, even a bug of ours, is told by a record with the status
    /// `error`.
    pub fn extract(&self, article: &Article) -> Record {
        self.extract_timed(article, &mut Times::default())
    }

    /// The record of a row: one that cannot be read has the status `error`. The same
    /// from any thread.
    pub fn row(&self, rows: &Rows, item: Item) -> Record {
        let parsed = rows.article(item);
        match parsed.problem {
            Some(problem) => failed(&parsed.article, problem),
            None => self.extract(&parsed.article),
        }
    }

    /// [`Self::extract`], adding the time each stage took.
    pub fn extract_timed(&self, article: &Article, times: &mut Times) -> Record {
        self.guarded(article, times, None)
    }

    /// [`Self::extract`], with the rule behind each mention and the steps from
    /// its words to its value.
    pub fn explain(&self, article: &Article) -> Explained {
        let mut told = Told::default();
        let record = self.guarded(article, &mut Times::default(), Some(&mut told));
        Explained {
            record,
            traces: told.traces,
            sentences: told.sentences,
        }
    }

    /// A panic inside is a bug of ours and costs one article.
    fn guarded(&self, article: &Article, times: &mut Times, told: Option<&mut Told>) -> Record {
        // What a panic leaves behind is thrown away, but for the clock.
        Unreadable::guard(Failure::EXTRACT, || self.run(article, times, told))
            .unwrap_or_else(|problem| failed(article, problem))
    }

    fn run(&self, article: &Article, times: &mut Times, told: Option<&mut Told>) -> Record {
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
        let other = self.plainly_other(article, &mut out);
        clock.lap(Stage::Language);
        if other {
            return out;
        }
        let view = View::new(article.title_apart(), &article.text);
        clock.lap(Stage::Text);
        self.identify(view.body(), &mut out);
        clock.lap(Stage::Language);
        if out.status == Status::Ok
            && let Err(e) = self.mentions(article, &view, &points, &mut out, &mut clock, told)
        {
            out.status = Status::Error;
            out.error = Some(Failure::new(Failure::EXTRACT, e.to_string()));
        }
        out
    }

    /// Whether the article is one to extract from: it has text, in a language that was
    /// asked for.
    pub(super) fn takes(&self, article: &Article) -> bool {
        let takes = || {
            let mut out = Record::default();
            if article.text.trim().is_empty() {
                return false;
            }
            if self.plainly_other(article, &mut out) {
                return false;
            }
            let view = View::new(article.title_apart(), &article.text);
            self.identify(view.body(), &mut out);
            out.status == Status::Ok
        };
        Unreadable::guard(Failure::EXTRACT, takes).unwrap_or_default()
    }

    /// Whether the article is plainly in a language that was not asked for: then nothing
    /// in it is mended for the look that would settle it.
    fn plainly_other(&self, article: &Article, out: &mut Record) -> bool {
        if self.settings.assumed.is_some() {
            return false;
        }
        let found = language::plainly_other(&article.text);
        let Some(found) = found.filter(|f| {
            f.code
                .is_some_and(|code| !self.settings.languages.contains(&code))
        }) else {
            return false;
        };
        out.lang = found.code.map(str::to_owned);
        out.lang_confidence = found.confidence.map(record::rounded);
        out.status = Status::SkippedLanguage;
        true
    }

    fn identify(&self, text: &str, out: &mut Record) {
        if let Some(code) = self.settings.assumed {
            out.lang = Some(code.to_owned());
            return;
        }
        let found = language::detect(text);
        out.lang = found.code.map(str::to_owned);
        out.lang_confidence = found.confidence.map(record::rounded);
        match found.code {
            Some(code) if !self.settings.languages.contains(&code) => {
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
        view: &View,
        points: &CodePoints,
        out: &mut Record,
        clock: &mut Clock,
        told: Option<&mut Told>,
    ) -> Result<(), TagError> {
        let text = view.text();
        let analysis = analyse(text);
        let places = Places::new(article, points, view, &analysis, self.settings.context);
        clock.times.tokens += analysis.tokens.len() as u64;
        clock.lap(Stage::Text);
        let seen = Seen {
            text,
            places: &places,
            analysis: &analysis,
            published: article.published.map(|(date, _)| date),
            tagger: &*self.tagger,
            settings: &self.settings.rules,
            explain: told.is_some(),
        };
        let mut found = Found::default();
        for finder in finders::ALL {
            (finder.find)(&seen, &mut found)?;
            clock.lap(finder.stage);
        }
        agree(
            text,
            &mut found.entities,
            &found.money,
            &mut found.dates.dates,
        );
        clock.lap(Stage::Dates);
        let trace = told.map(|told| {
            told.sentences = places.sentences();
            &mut told.traces
        });
        let mut written = Written { record: out, trace };
        for finder in finders::ALL {
            (finder.write)(&seen, &mut found, &mut written);
        }
        out.text = self.settings.with_text.then(|| article.text.clone());
        clock.lap(Stage::Write);
        Ok(())
    }
}

/// The record of an article that could not be read.
pub(super) fn failed(article: &Article, problem: Unreadable) -> Record {
    Record {
        status: Status::Error,
        error: Some(Failure::new(problem.stage, problem.message)),
        sha256: hex(&Sha256::digest(b"")),
        ..envelope(article)
    }
}

/// The record of an article that could not be read, in which nothing is found.
pub fn unread(article: &Article, problem: Unreadable) -> Explained {
    Explained {
        record: failed(article, problem),
        traces: Vec::new(),
        sentences: Vec::new(),
    }
}

/// A record that was read rather than made: how its mentions were found is not known.
pub fn known(record: Record) -> Explained {
    Explained {
        record,
        traces: Vec::new(),
        sentences: Vec::new(),
    }
}

/// What a record says about its article before anything is looked for.
fn envelope(article: &Article) -> Record {
    Record {
        schema: SCHEMA.to_owned(),
        id: article.id.clone(),
        uid: record::uid(article.source.as_deref(), article.row, &article.id),
        source: article.source.clone(),
        row: article.row,
        title: article.title.clone(),
        published: article.published.map(|(date, _)| date.to_string()),
        published_from: article.published.map(|(_, from)| from),
        meta: article.meta.clone(),
        warnings: article.warnings.clone(),
        ..Record::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entities::Mention, text::Analysis};

    #[test]
    fn languages() {
        let english = Article::from_text("e", "The mayor said that he would not resign this year.");
        let french = Article::from_text("f", "Le maire a dit qu'il ne partirait pas cette année.");
        let status = |b: ExtractorBuilder, a| b.build().unwrap().extract(a).status;
        let b = Extractor::builder;
        assert_eq!(status(b(), &french), Status::Ok);
        assert_eq!(status(b(), &english), Status::SkippedLanguage);
        assert_eq!(
            status(b().languages(["fr", "eng"]).unwrap(), &english),
            Status::Ok
        );
        assert_eq!(
            status(b().assume_language("fra").unwrap(), &english),
            Status::Ok
        );
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
            ModelInfo::new("moody", "")
        }
    }

    #[test]
    fn a_tagger_that_fails_costs_one_article() {
        let extractor = Extractor::builder().build_with(Arc::new(Moody));
        let extract = |text: &str| extractor.extract(&Article::from_text("a", text));
        let record = extract("La panne a coûté 30 euros au maire de la ville hier.");
        assert_eq!(record.status, Status::Error);
        let failure = record.error.unwrap();
        assert_eq!(failure.stage, Failure::EXTRACT);
        assert!(failure.message.contains("no memory"), "{}", failure.message);
        // Half a record would look like a whole one.
        assert!(record.money.is_empty() && record.entities.is_empty());
        let next = extract("La suite a coûté 30 euros au maire de la ville hier.");
        assert_eq!((next.status, next.money.len()), (Status::Ok, 1));
    }

    /// Has a bug.
    struct Broken;

    impl Tagger for Broken {
        fn tag(&self, _: &str, _: &Analysis) -> Result<Vec<Mention>, TagError> {
            panic!("a bug")
        }

        fn model(&self) -> ModelInfo {
            ModelInfo::new("broken", "")
        }
    }

    #[test]
    fn a_panic_costs_one_article() {
        let extractor = Extractor::builder().build_with(Arc::new(Broken));
        let article = Article::from_text("a", "La suite a coûté 30 euros au maire de la ville.");
        let record = extractor.extract(&article);
        assert_eq!(record.status, Status::Error);
        assert_eq!(record.id, "a");
        assert!(record.money.is_empty());
        assert_eq!(extractor.explain(&article).record, record);
    }

    #[test]
    fn an_explanation_is_of_the_same_run() {
        let extractor = Extractor::builder().build().unwrap();
        let article = Article::from_text(
            "a",
            "Publié le 4 mai 2024\n\nHier, la ville de Nîmes a perdu 12 % de ses 30 euros.",
        );
        let explained = extractor.explain(&article);
        assert_eq!(explained.record, extractor.extract(&article));
        let at = |word: &str| article.text.find(word).unwrap() as u64;
        let day = explained
            .trace(Kind::Date, Field::Text, at("Hier"))
            .unwrap();
        assert!(!day.rule.is_empty() && !day.steps.is_empty(), "{day:?}");
        assert!(
            explained
                .trace(Kind::Money, Field::Text, at("30"))
                .is_some()
        );
        assert!(
            explained
                .trace(Kind::Percent, Field::Text, at("12"))
                .is_some()
        );
        assert!(
            explained
                .trace(Kind::Entity, Field::Text, at("Nîmes"))
                .is_none()
        );
    }

    #[test]
    fn languages_are_codes_that_are_recognised() {
        let b = Extractor::builder;
        for wrong in ["xyz", "french", "", "br"] {
            let error = b().languages([wrong]).err().unwrap().to_string();
            assert!(error.contains(wrong) && error.contains("fra"), "{error}");
        }
        assert!(b().languages(["fr", "de", "cat"]).is_ok());
        // Whatever the language is, the caller knows it.
        assert!(b().assume_language("br").is_ok());
        assert!(b().assume_language("xyz").is_err());
    }

    #[test]
    fn the_extractor_can_be_shared() {
        fn shared<T: Send + Sync>() {}
        shared::<Extractor>();
    }
}
