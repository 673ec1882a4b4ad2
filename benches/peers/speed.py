"""Speed and memory: every system in turn, on one core, over the first articles of the same list.

Processor seconds (user and system, of the process and its children), since other programs may run on
the machine; a round measures every system once, so that what else the machine does meets all of them.
Words are what white space separates.
"""

import json
import os
import shutil
import statistics
import subprocess
import tempfile

import corpus
import runs


def spent(argv, cwd):
    """Processor seconds and peak MB of a command, and what it said last on standard error."""
    with open(os.path.join(cwd, "said"), "w+") as said:
        child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=said, env=runs.environment(), cwd=cwd)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().splitlines()
    if child.returncode:
        raise RuntimeError(f"{argv[0]} ended with {child.returncode}: {' '.join(lines[-1:])}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, lines


def once(system, core, articles, folder):
    """Seconds of the whole process, of its work alone, and peak MB."""
    pin = ["taskset", "-c", core]
    back = os.path.join(folder, "out.jsonl")
    if system.ours:
        whole, peak, _ = spent([*pin, *runs.glane(system.command), articles[system.articles]], folder)
        # Loading is what a run over one article costs.
        start, _, _ = spent([*pin, *runs.glane(system.command), articles[1]], folder)
        return whole, whole - start, peak

    def run(count):
        # What an adapter wrote in the round before it does not write over.
        shutil.rmtree(os.path.join(folder, "texts"), ignore_errors=True)
        return spent([*pin, *system.argv(), articles[count], back], folder)

    whole, peak, said = run(system.articles)
    start = json.loads(said[-1])["load"]
    if start is None:
        start, _, _ = run(1)
    return whole, whole - start, peak


def measure(systems, turns, core, say, keep):
    """Measures glane and the peers round by round; `keep(name, figures)` takes what is known of one so far.

    Figures: words, and for each turn seconds, seconds of work and peak MB, with those of glane `beside`
    it in the same round.
    """
    glane, *peers = systems
    rows, source = corpus.articles(max(s.articles for s in systems))
    words, files, known, failed = {}, {}, {}, set()
    with tempfile.TemporaryDirectory() as folder:
        for count in {1, *(s.articles for s in systems)}:
            files[count] = os.path.join(folder, f"{count}.jsonl")
            runs.write(rows[:count], files[count])
            words[count] = sum(len(row["text"].split()) for row in rows[:count])
        for turn in range(turns):
            ours = once(glane, core, files, folder)
            for system in systems:
                if turn >= system.turns or system.name in failed:
                    continue
                one = known.setdefault(system.name, {
                    "source": source, "core": core, "articles": min(system.articles, len(rows)),
                    "words": words[system.articles], "glane_words": words[glane.articles], "turns": [], "beside": []})
                try:
                    figures = ours if system is glane else once(system, core, files, folder)
                except (RuntimeError, OSError, ValueError, KeyError, IndexError) as why:
                    failed.add(system.name)
                    keep(system.name, {"failed": str(why)})
                    continue
                one["turns"].append(figures)
                one["beside"].append(ours)
                one["load"] = os.getloadavg()[0]
                keep(system.name, one)
                say(f"turn {turn + 1}, {system.name}: {one['words'] / figures[1]:.0f} words/s")


def ours(known):
    """The turns of glane beside all peers that were measured with the version measured last."""
    last = known["glane"]["glane"]
    return sorted({tuple(turn) for one in known.values() if one["glane"] == last for turn in one["beside"]})


def speeds(one):
    """Words a second with and without loading, one figure a turn."""
    return [one["words"] / whole for whole, _, _ in one["turns"]], [one["words"] / work for _, work, _ in one["turns"]]


def ratio(one, which):
    """Median, least and greatest of glane ÷ a peer, round by round; 0 with loading, 1 without.

    With loading: of the articles that the peer read, glane's loading and its own speed.
    """
    each = []
    for (whole, work, _), (theirs, their_work, _) in zip(one["beside"], one["turns"]):
        ours = work * one["words"] / one["glane_words"]
        each.append(their_work / ours if which else theirs / (whole - work + ours))
    return statistics.median(each), min(each), max(each)
