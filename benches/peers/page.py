"""docs/COMPARE.md from what was measured: tables, and the sentences that say how to read them."""

import statistics

import corpus
import speed
import systems

BY_NAME = {s.name: s for s in systems.ALL}
# Each set of names: what it is, whose guide it follows, who learnt from texts of its kind.
SETS = {
    "corpus dev": ("the dev part of this repository's corpus", "glane's guide",
                   "glane and the BERT learn from the other part, written by the same team"),
    "real_news.dev": ("40 agency and web articles of 2011 to 2020", "glane's guide",
                      "glane (and the encoder of `accurate`) learns from 160 others, of the same annotator; the BERT from none"),
    "winer_split.dev": ("WiNER-fr, French Wikinews 2016 to 2018", "nearly glane's guide",
                        "glane and the BERT learn from its training part"),
    "sequoia.wiki": ("Deep-Sequoia, Wikipedia", "another guide",
                     "none for names; spaCy learns tags and syntax from it"),
    "sequoia.europarl": ("Deep-Sequoia, debates of the European Parliament", "another guide", "as Sequoia's Wikipedia"),
    "sequoia.emea": ("Deep-Sequoia, leaflets of medicines", "another guide, of drug names above all",
                     "as Sequoia's Wikipedia"),
}
# Suites that are a peer's own tests.
OWN = {"chrono": "chrono", "dateparser": "dateparser"}


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows])


def measured(part):
    """(system, figures) in the order of the table of systems."""
    return [(s, part[s.name]["figures"]) for s in systems.ALL if "figures" in part.get(s.name, {})]


def best(rows):
    """Columns of figures as text, the greatest of each in bold."""
    columns = list(zip(*rows))
    out = []
    for column in columns:
        top = max((c for c in column if c is not None), default=None)
        out.append(["–" if c is None else f"**{c:.1f}**" if c == top else f"{c:.1f}" for c in column])
    return list(zip(*out))


def grid(first, rows, value):
    """A table of systems by columns, the best of each column in bold."""
    def cell(figures, column):
        try:
            return value(figures, column)
        except KeyError:  # a set or suite that was not there when this system was measured
            return None

    body = best([[cell(figures, column) for column in first[1:]] for _, figures in rows])
    return table(first, [[system.title, *cells] for (system, _), cells in zip(rows, body)])


def names(part):
    rows = measured(part)
    if not rows:
        return ""
    sets = [name for name in SETS if name in rows[0][1]]
    out = ["## Names", "",
           "F1 of exact span and label (PER, LOC, ORG, MISC are the labels of all of them), per set and of "
           "all labels together:", ""]
    out.append(grid(["", *(f"`{s}`" for s in sets)], rows,
                    lambda f, c: f[c.strip("`")]["normal"]["all"]["f1"]))
    out += ["", "Spans alone, whatever their label:", "",
            grid(["", *(f"`{s}`" for s in sets)], rows,
                 lambda f, c: f[c.strip("`")]["normal"]["span"]["f1"])]
    for chosen in [s for s in ("real_news.dev", "winer_split.dev", "corpus dev") if s in sets][:2]:
        out += ["", f"By label on `{chosen}` (F1), and precision and recall of all:", "",
                grid(["", "PER", "LOC", "ORG", "MISC", "P", "R"], rows,
                     lambda f, c, chosen=chosen: f[chosen]["normal"]["all"][c.lower()] if c in "PR"
                     else f[chosen]["normal"][c]["f1"])]
    counts = {name: len(docs) for name, docs in corpus.annotated("names")}
    out += ["", "What the sets are:", "",
            table(["set", "what", "documents, names", "conventions", "who learnt from its like"],
                  [[f"`{s}`", SETS[s][0], f"{counts.get(s, '?')}, {rows[0][1][s]['raw']['all']['gold']}", *SETS[s][1:]]
                   for s in sets])]
    out += ["", "Before counting, annotated and found spans alike lose articles, quotation marks, punctuation "
            "and the titles before a person (« le président X »); demonyms (« Français »), functions without a "
            "name (« Premier ministre », « Monsieur le Président ») and « État » are no names on either "
            "side (`benches/peers/names.py`). This is what spaCy's models, learnt from Wikipedia, mark otherwise as a "
            "rule. Without it (F1):", "",
            grid(["", *(f"`{s}`" for s in sets)], rows,
                 lambda f, c: f[c.strip("`")]["raw"]["all"]["f1"]),
            "", "The rows of glane in this last table are what `glane eval --layer entities` prints.",
            "What is left of the difference is convention too: on glane's guide an institution with its place is "
            "one name, on Wikipedia's often none."]
    return "\n".join(out)


def dates(part):
    rows = measured(part)
    if not rows:
        return ""
    sets = [s for s in ("corpus dev", "real_news.dev") if s in rows[0][1]]
    out = ["## Dates", "",
           "Days, months, years and hours that people annotated (`DATE` and `TIME`, without « aujourd'hui » that means "
           "nowadays). *Found*: a mention shares a character with it. *Value*: of those whose value is a day, a "
           "month or a year, the mention says the same day, month or year; a finer answer is right when it "
           "lies in it, and of several readings or of two ends one right is enough; precision counts mentions where "
           "nothing is annotated and those whose value is wrong. *Exact*: of the "
           "found, the share with the same words, articles and prepositions at the front apart. Lengths, "
           "repetitions and ages count for and against nobody."]
    for name in sets:
        gold = rows[0][1][name]
        out += ["", f"`{name}` ({gold['found']['gold']} expressions, {gold['value']['gold']} with such a value):", "",
                grid(["", "found P", "found R", "found F1", "value P", "value R", "value F1", "exact %"], rows,
                     lambda f, c, name=name: f[name]["exact"] if c.startswith("exact")
                     else f[name][c.split()[0]][c.split()[1].lower()])]
    suites = [s for s in rows[0][1].get("suites", {})]
    if suites:
        cases = {s: rows[0][1]["suites"][s]["cases"] for s in suites}
        out += ["", "Public suites: tests of other projects, those of the register of news that ask for one day, "
                "month, year or moment (`date` and `datetime`); share with the value right, in %. A suite follows "
                "the conventions of the library that it comes from (« il y a trois mois » is a day in most, a month "
                "in glane: [DATES.md](DATES.md)):", "",
                grid(["", *(f"{s} ({cases[s]})" for s in suites)], rows,
                     lambda f, c: f["suites"][c.split(" ")[0]]["right"])]
        for suite, name in OWN.items():
            if suite in suites:
                out.append(f"\n`{suite}` is made of {BY_NAME[name].title}'s own tests.")
    return "\n".join(out)


def money(part):
    rows = measured(part)
    if not rows:
        return ""
    found = [(s, f) for s, f in rows if "corpus dev" in f]
    sets = [s for s in ("corpus dev", "real_news") if s in rows[0][1]]
    out = ["## Amounts of money", "",
           "*Found*: a mention shares a character with an annotated amount. *Amount* and *both*: of the annotated "
           "amounts that are no ranges, the share with the number right, and with the currency too. A currency "
           "without its country (« Dollar », « Franc ») is right for every currency of that name "
           "(`benches/peers/units.tsv`)."]
    for name in sets:
        figures = rows[0][1][name]
        out += ["", f"`{name}` ({figures['gold']} amounts, {figures['single']} of them no ranges):", "",
                grid(["", "found P", "found R", "found F1", "amount %", "both %"], found,
                     lambda f, c, name=name: f[name][c.split()[-1].lower() if c.startswith("found") else c.split()[0]]
                     if f[name]["single"] or c.startswith("found") else None)]
    out += ["", "The rules of glane were written with these articles at hand, which flatters it.",
            "", "The annotated amounts alone, each as a text of its own, which price-parser can read too (both "
            "right, in %; here « 20 dollars » has lost the article that tells whose):", "",
            grid(["", *rows[0][1]["alone"]], rows, lambda f, c: f["alone"][c]["both"])]
    suites = list(rows[0][1].get("suites", {}))
    if suites:
        cases = {s: rows[0][1]["suites"][s]["cases"] for s in suites}
        out += ["", "Public suites, cases of one amount (number and currency right, in %):", "",
                grid(["", *(f"{s} ({cases[s]})" for s in suites)], rows,
                     lambda f, c: f["suites"][c.rsplit(" ", 1)[0]]["right"])]
    return "\n".join(out)


def thousands(n):
    return f"{n:,.0f}" if n >= 100 else f"{n:.1f}"


def spread(values, show=thousands):
    return f"{show(statistics.median(values))} ({show(min(values))} to {show(max(values))})"


def speeds(part, sizes):
    known = {name: one for name, one in part.items() if one.get("turns")}
    if "glane" not in known:
        return ""
    # Its turns beside every peer, whenever that one was measured.
    known["glane"] = known["glane"] | {"turns": speed.ours(known)}
    rows = []
    for system in systems.ALL:
        one = known.get(system.name)
        if not one:
            continue
        cold, warm = speed.speeds(one)
        ours = system.name == "glane"
        warm_ratio, cold_ratio = ("–", "–") if ours else (f"{speed.ratio(one, k)[0]:.1f}" for k in (1, 0))
        rows.append([system.title, "everything" if system.ours else system.layer, f"{one['articles']} × {len(one['turns'])}",
                     spread(warm), thousands(statistics.median(cold)), warm_ratio, cold_ratio,
                     f"{max(p for _, _, p in one['turns']):.0f}", f"{sizes.get(system.environment or 'glane', 0):.0f}"])
    one, loads = known["glane"], [o["load"] for o in known.values()]
    versions = sorted({o["glane"] for o in known.values()})
    out = ["## Speed, memory, size", "",
           f"{one['source'][0].upper() + one['source'][1:]}, the same for all, round by round on one core (`taskset`), one "
           "thread each, with " + " and ".join(versions) + ". Words are what white space separates; seconds are of processor "
           "time (user and system), since other programs ran on the machine meanwhile (load "
           f"{min(loads):.0f} to {max(loads):.0f} on its cores). Slow systems read fewer articles in fewer rounds, as the "
           "table says. *glane ÷ it* is the median over the rounds: the whole program, which finds names, money, dates and "
           "percentages and writes its records, by the system's one task; *with loading* for the articles that the system "
           "read: the fewer, the more loading weighs.", "",
           table(["", "finds", "articles × rounds", "words/CPU-s without loading: median (least to most)",
                  "with loading", "glane ÷ it", "with loading", "peak MB", "on disk MB"], rows)]
    for name, figures in part.items():
        if "failed" in figures:
            out += ["", f"{BY_NAME[name].title} ({BY_NAME[name].layer}) failed: {figures['failed']}."]
    out += ["", "Size on disk is that of an environment with the package and all that it needs, without Python or Node "
            "themselves (HeidelTime needs Java besides; its figure of memory is the greatest of its processes). PyTorch is "
            "the one of the Python index, which brings the libraries of graphics cards."]
    return "\n".join(out)


def peers(parts):
    rows, missing = [], []
    for system in systems.ALL:
        layers = [parts[layer].get(system.name) for layer in ("names", "dates", "money")]
        one = next((x for x in layers if x), None) or {}
        # A system of which only speed is measured has the packages of its environment.
        beside = next((parts[layer][s.name] for layer in ("names", "dates", "money") for s in systems.ALL
                       if s.environment == system.environment and "version" in parts[layer].get(s.name, {})), {})
        version = one.get("version") or (beside.get("version") if system.name in parts["speed"] else None)
        if not version:
            why = one.get("missing") or f"not measured yet: `ONLY={system.name} benches/peers/run.sh {'speed' if system.speed_only else system.layer}`"
            missing.append([system.title, system.layer, why])
            continue
        command = ("glane extract -q -j 1 -o - " + " ".join(system.command)).strip() if system.ours else \
            " ".join([("node" if system.command[0].endswith("mjs") else "python") + " adapters/" + system.command[0],
                      *("ENCODER" if "/" in c else c for c in system.command[1:])])
        rows.append([system.title, system.layer if not system.ours else "all", version, system.settings,
                     f"`{command} IN OUT`" if not system.ours else f"`{command} IN`"])
    out = ["## Who was measured, and how", "", table(["system", "for", "version", "settings", "command"], rows), "",
           "Commands are those of `benches/peers`; IN is JSON Lines of `id`, `text`, `published`."]
    if missing:
        out += ["", "Not measured:", "", table(["system", "for", "why"], missing)]
    out += ["", "Left out: rust-bert, which glane has as the engine `bert` and which runs such a network at 0.98 of the speed of PyTorch "
            "([PERFORMANCE.md](PERFORMANCE.md#the-engine-bert)); spaCy's `fr_core_news_lg` and "
            "`fr_dep_news_trf` and the models of Flair and Stanza, whose weights are not on the Python index."]
    return "\n".join(out)


def write(parts):
    machine = parts["machine"]
    version = next((parts[p]["glane"]["version"] for p in ("names", "dates", "money")
                    if "version" in parts[p].get("glane", {})), "?")
    day = max([x.get("date", "") for p in ("names", "dates", "money") for x in parts[p].values()] + [x.get("date", "") for x in parts["speed"].values()])
    tools = ", ".join(filter(None, [f"Python {machine['python']}", machine["node"] and f"Node {machine['node']}", machine["java"]]))
    head = f"""# Beside other libraries

What other libraries that are used for French text find and cost, beside glane. Written by

```sh
benches/peers/run.sh
```

which installs each into an environment of its own from the Python and npm indexes (8 GB, in `target/peers`),
measures, and writes this page; `benches/peers/run.sh glane` measures glane again and the speed of all.
Nothing of theirs is in this repository. Sets that are not in the repository lie beside it (`../shared`) or are left out.

Measured on {day} with {version}; {machine['cores']} cores of {machine['cpu']}, a virtual machine; {tools}.
The best figure of a column is bold. glane's authors wrote this comparison, its annotated sets and its
scorer, and chose the settings of the peers that did best among those that they tried.
"""
    body = [names(parts["names"]), dates(parts["dates"]), money(parts["money"]),
            speeds(parts["speed"], machine["sizes"]), peers(parts)]
    return "\n\n".join([head.rstrip(), *filter(None, body)]) + "\n"
