"""The short table of README.md, between `<!-- peers -->` and `<!-- /peers -->`."""

import statistics

import page
import speed

# glane and, of each task, the peer that people would take first or that does it best.
ROWS = ("glane", "spacy-md", "chrono", "heideltime", "recognizers-js", "recognizers-py")
# Real articles first; the corpus is what a clone has.
SETS = ("real_news.dev", "corpus dev")
MONEY = "corpus dev"


def figure(get):
    try:
        return f"{get():.1f}"
    except (KeyError, TypeError):
        return "–"


def table(parts):
    chosen = next((s for s in SETS if s in parts["names"].get("glane", {}).get("figures", {})), MONEY)
    rows = []
    for name in ROWS:
        of = {layer: parts[layer].get(name, {}).get("figures", {}) for layer in ("names", "dates", "money")}
        of["money"] = of["money"] or parts["money"].get(f"{name}-money", {}).get("figures", {})
        one = parts["speed"].get(name, {})
        if name == "glane" and one:
            one = one | {"turns": speed.ours({n: o for n, o in parts["speed"].items() if o.get("turns")})}
        fast = page.thousands(statistics.median(speed.speeds(one)[1])) if one.get("turns") else "–"
        peak = f"{max(p for _, _, p in one['turns']):.0f}" if one.get("turns") else "–"
        row = [page.BY_NAME[name].title, figure(lambda: of["names"][chosen]["normal"]["all"]["f1"]),
                     figure(lambda: of["dates"][chosen]["value"]["f1"]), figure(lambda: of["money"][MONEY]["both"]), fast, peak]
        if set(row[1:]) != {"–"}:
            rows.append(row)
    where = "40 agency and web articles (not in this repository)" if chosen != MONEY else "the dev part of the corpus"
    head = ["", "names, F1", "dates with the right day, F1", "amounts right, %", "words/CPU-s", "peak MB"]
    return f"Names and dates of {where}, amounts of the dev part of the corpus:\n\n" + page.table(head, rows)


def renew(file, parts):
    text = file.read_text(encoding="utf-8")
    before, rest = text.split("<!-- peers -->\n", 1)
    _, after = rest.split("<!-- /peers -->", 1)
    file.write_text(f"{before}<!-- peers -->\n{table(parts)}\n<!-- /peers -->{after}", encoding="utf-8")
