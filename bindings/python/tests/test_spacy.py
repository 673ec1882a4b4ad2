import pytest

spacy = pytest.importorskip("spacy")


def test_the_component():
    import glane.spacy  # noqa: F401  (an installed wheel needs no import: it has an entry point)

    nlp = spacy.blank("fr")
    nlp.add_pipe("glane", config={"timezone": "Europe/Paris"})
    doc = nlp("Jeanne Morel a payé 12 euros à Nîmes mardi, soit 3,5 % de plus.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Jeanne Morel", "PER"), ("Nîmes", "LOC")]
    assert [m["amount_exact"] for m in doc._.money] == ["12"]
    assert [d["text"] for d in doc._.dates] == ["mardi"]
    assert [p["value_exact"] for p in doc._.percents] == ["3.5"]
    assert doc._.glane["status"] == "ok"
    docs = list(nlp.pipe(["Jeanne Morel est à Arras.", "Il pleut."]))
    assert [[e.text for e in d.ents] for d in docs] == [["Jeanne Morel", "Arras"], []]


def test_it_is_found_without_an_import():
    import importlib.metadata
    import subprocess
    import sys

    try:
        importlib.metadata.distribution("glane")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the wheel is not installed")

    code = "import spacy; n = spacy.blank('fr'); n.add_pipe('glane'); print(n.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "['glane']", done.stderr
