#!/usr/bin/env python3
"""Measures a part and writes docs/COMPARE.md and the table of README.md anew: measure.py
names|dates|money|speed|glane|page.

What was measured lies in PEERS/results, a file for each layer, and stays until it is measured again.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

import corpus
import dates
import money
import names
import page
import readme
import speed
import systems

LAYERS = {"names": names, "dates": dates, "money": money}
PAGE = corpus.ROOT / "docs/COMPARE.md"
# glane has one row for all layers.
OURS = {"names": ("glane", "glane-accurate"), "dates": ("glane",), "money": ("glane",)}


def results(part):
    return pathlib.Path(os.environ["PEERS"]) / "results" / f"{part}.json"


def load(part):
    return json.loads(results(part).read_text(encoding="utf-8")) if results(part).exists() else {}


def save(part, data):
    results(part).parent.mkdir(parents=True, exist_ok=True)
    results(part).write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")


def say(line):
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def of_layer(layer):
    """glane and the peers of a layer, or those that ONLY names."""
    only = os.environ.get("ONLY", "").split()
    return [s for s in systems.ALL
            if (s.name in OURS[layer] if s.ours else s.layer == layer) and not s.speed_only
            and (not only or s.name in only)]


def accuracy(layer, chosen):
    for system in chosen:
        before = time.time()
        one = judged(layer, system)
        say(f"{layer}, {system.name}: {one.get('missing') or f'{time.time() - before:.0f} s'}")
        save(layer, load(layer) | {system.name: one})


def judged(layer, system):
    if why := system.missing():
        return {"missing": why}
    try:
        return {"figures": LAYERS[layer].measure(system), "date": today(), "version": version(system)}
    except (subprocess.CalledProcessError, OSError) as why:
        said = (getattr(why, "stderr", None) or b"").decode(errors="replace").splitlines()
        error = next((line.strip() for line in reversed(said) if "Error" in line), str(why))
        return {"missing": f"could not be run: {error}"}


def today():
    return datetime.date.today().isoformat()


def version(system):
    """Of glane what it says of itself, its commit and model; of a peer the packages that were asked for."""
    if not system.ours:
        return (system.folder() / "installed").read_text(encoding="utf-8").strip()
    out = subprocess.run([os.environ["GLANE"], "--version"], stdout=subprocess.PIPE, text=True, check=True)
    return ", ".join(out.stdout.split("\n")).strip(", ")


def sizes():
    """MB on disk of each environment, and of the program."""
    out = {"glane": os.path.getsize(os.environ["GLANE"]) / 1e6}
    for folder in sorted((pathlib.Path(os.environ["PEERS"]) / "env").glob("*")):
        if (folder / "installed").exists():
            files = [f for f in folder.rglob("*") if f.is_file() and not f.is_symlink() and "__pycache__" not in f.parts]
            out[folder.name] = sum(f.stat().st_size for f in files) / 1e6
    return out


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    tools = {}
    for tool in ("node", "java"):
        out = subprocess.run(f"{tool} --version", shell=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        tools[tool] = out.stdout.splitlines()[0] if out.returncode == 0 and out.stdout else None
    return {"cpu": cpu, "cores": os.cpu_count(), "python": sys.version.split()[0], **tools}


def measure_speed():
    """glane and every peer, or those that ONLY names; what was measured of others stays."""
    only = os.environ.get("ONLY", "").split()
    chosen = [s for s in systems.ALL if s.articles and not s.missing() and (not only or s.name in only or s.name == "glane")]
    ours = version(chosen[0])

    def keep(name, figures):
        save("speed", load("speed") | {name: figures | {"date": today(), "glane": ours}})

    speed.measure(chosen, int(os.environ.get("TURNS", "5")), os.environ.get("CORE", "0"), say, keep)


def main():
    part = sys.argv[1]
    if part in LAYERS:
        accuracy(part, of_layer(part))
    elif part == "glane":
        for layer in LAYERS:
            accuracy(layer, [s for s in systems.ALL if s.name in OURS[layer]])
    if part in ("speed", "glane"):
        measure_speed()
    save("machine", {"sizes": sizes(), **machine()})
    target = pathlib.Path(os.environ.get("COMPARE", PAGE))
    parts = {p: load(p) for p in (*LAYERS, "speed", "machine")}
    target.write_text(page.write(parts), encoding="utf-8")
    if target == PAGE:
        readme.renew(corpus.ROOT / "README.md", parts)
    say(f"wrote {target}")


if __name__ == "__main__":
    main()
