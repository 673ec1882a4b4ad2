import datetime
import threading

import glane
import pytest

from conftest import REPOSITORY, command, dumped


def test_a_text(ex):
    record = ex(
        "Jeanne Morel a payé 12 euros à Nîmes mardi, soit 3,5 % de plus.",
        id="halle",
        title="La halle",
        published=datetime.date(2024, 5, 2),
    )
    assert record["status"] == "ok"
    assert (record["id"], record["title"], record["published"]) == ("halle", "La halle", "2024-05-02")
    assert record["source"] is None and record["row"] is None
    (money,) = record["money"]
    assert (money["text"], money["amount_exact"], money["currency"]) == ("12 euros", "12", "EUR")
    (percent,) = record["percents"]
    assert percent["value_exact"] == "3.5"
    # 2 May 2024 is a Thursday: the Tuesday before it is the last day of April.
    (date,) = record["dates"]
    assert (date["text"], date["value"]) == ("mardi", "2024-04-30")
    assert [e["text"] for e in record["entities"] if e["label"] == "LOC"] == ["Nîmes"]


def test_what_is_not_given_is_read_in_the_first_lines(ex, tmp_path):
    text = "La halle ferme\n\nPublié le 4 mai 2024\n\nElle rouvrira lundi pour 12 euros.\n"
    (tmp_path / "halle.txt").write_text(text, encoding="utf-8")
    theirs = command("extract", "halle.txt", "-o", "-", "-q", cwd=tmp_path)
    ours = ex(text, id="halle")
    assert (ours["title"], ours["published"]) == ("La halle ferme", "2024-05-04")
    # But for the file, of which a text knows nothing.
    ours["source"] = "halle.txt"
    ours["uid"] = theirs.split('"uid":"')[1][:16]
    assert dumped(ours) + "\n" == theirs


def test_offsets_are_those_of_python(ex):
    text = "À Besançon 😀, le maire a payé 12 euros."
    (money,) = ex(text)["money"]
    assert text[money["start"] : money["end"]] == "12 euros"
    assert text.encode()[money["byte_start"] : money["byte_end"]].decode() == "12 euros"


def test_settings(ex):
    english = "The mayor said that he would not resign this year, whatever happens."
    assert ex(english)["status"] == "skipped_language"
    assert glane.Extractor(assume_lang="fr")(english)["status"] == "ok"
    assert glane.Extractor(lang=["fr", "en"])(english)["status"] == "ok"
    assert ex(" ")["status"] == "skipped_empty"
    text = "Jeanne Morel part le 3 mai 2024 à 18 h pour Nîmes."
    kept = glane.Extractor(with_text=True, min_score=1.0, context=True, timezone="+02:00")
    record = kept(text, published="2024-05-02")
    assert record["text"] == text
    assert record["dates"][0]["context"] == text
    assert "2024-05-03T18:00+02:00" in [date["value"] for date in record["dates"]]
    assert [e for e in record["entities"] if e["score"] < 1.0] == []
    assert ex(text, published="hier")["warnings"] == ["published_unreadable:hier"]


@pytest.mark.parametrize(
    "setting, says",
    [
        ({"lang": "xx"}, "xx"),
        ({"min_score": 1.5}, "write a number from 0 to 1"),
        ({"timezone": "Europe/Nîmes"}, "write a name of the IANA database such as Europe/Paris"),
        ({"engine": "spacy"}, "no engine `spacy`: there are compact, accurate, bert"),
        ({"model": "/nowhere/model.glane"}, "/nowhere/model.glane"),
    ],
)
def test_a_wrong_setting_says_what_is_wrong(setting, says):
    with pytest.raises(ValueError) as told:
        glane.Extractor(**setting)
    assert says in str(told.value)


def test_the_accurate_engine_wants_its_weights():
    with pytest.raises(ValueError) as told:
        glane.Extractor(engine="accurate")
    for says in ["without the encoder's weights", "`encoder=`", "models/encoder-fr/encoder-fr.glane"]:
        assert says in str(told.value)
    weights = REPOSITORY / "models" / "encoder-fr" / "encoder-fr.glane"
    with pytest.raises(ValueError, match="cannot read the encoder's weights"):
        glane.Extractor(engine="accurate", encoder=weights.with_name("nowhere.glane"))
    if not weights.is_file():
        pytest.skip("the weights are not here")
    accurate = glane.Extractor(engine="accurate", encoder=weights, cascade=0)
    assert "encoder" in accurate.model["name"]
    record = accurate("Jeanne Morel a payé 12 euros à Nîmes.")
    assert [(e["text"], e["label"]) for e in record["entities"]] == [
        ("Jeanne Morel", "PER"),
        ("Nîmes", "LOC"),
    ]


def test_one_extractor_in_many_threads(ex):
    texts = [f"La mairie a payé {n} euros à Jeanne Morel." for n in range(1, 41)]
    alone = [ex(text) for text in texts]
    found = {}

    def work(mine):
        for n in mine:
            found[n] = ex(texts[n])

    threads = [threading.Thread(target=work, args=(range(i, 40, 4),)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n] for n in range(40)] == alone
    assert [r["money"][0]["amount_exact"] for r in alone] == [str(n) for n in range(1, 41)]


def test_displacy(ex):
    text = "Jeanne Morel a payé 12 euros à Nîmes mardi, soit 3,5 % de plus."
    shown = glane.displacy(ex(text, title="La halle"), text)
    assert shown["text"] == text and shown["title"] == "La halle"
    said = [(text[e["start"] : e["end"]], e["label"]) for e in shown["ents"]]
    assert said == [
        ("Jeanne Morel", "PER"),
        ("12 euros", "MONEY"),
        ("Nîmes", "LOC"),
        ("mardi", "DATE"),
        ("3,5 %", "PERCENT"),
    ]
    with pytest.raises(ValueError, match="with_text=True"):
        glane.displacy(ex(text))


def test_the_model_and_the_command(ex, tmp_path):
    said = command("--version", cwd=tmp_path)
    assert f"glane {glane.__version__}" in said
    assert ex.model["sha256"][:12] in said
    # Exit codes are those of the program.
    command("extract", "nowhere", cwd=tmp_path, code=1)
    assert '"$schema"' in command("schema", cwd=tmp_path)
