#!/usr/bin/env python3
"""Fuzzes until each target has had so many seconds of processor time, and prints what RELIABILITY.md shows.

    python3 fuzz/run.py 1200 [TARGET ...]

The clock says nothing on a machine with other work: the processor time of the target is
counted (Linux). `cargo fuzz` builds the targets, with the flags of `CARGO_FUZZ_ARGS` if they are
there; `GLANE_FUZZ_BUILT` names a folder of targets that were built before. What breaks a law is
in fuzz/artifacts, and ends with exit status 1.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
# No sanitizer: the code is safe Rust; the stable compiler does it.
FLAGS = os.environ.get("CARGO_FUZZ_ARGS", "-O --sanitizer none").split()
# Bytes of the longest input: pages are long, a model of a few words has 2,000 bytes.
LONGEST = {"pages": 32768, "containers": 8192, "model": 4096}
# Seconds for one input, and megabytes of the process.
LIMITS = ["-timeout=60", "-rss_limit_mb=4096"]


def processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(target: str, seconds: float) -> bool:
    log = FUZZ / "corpus" / f"{target}.log"
    built, corpus = os.environ.get("GLANE_FUZZ_BUILT"), f"{FUZZ}/corpus/{target}"
    options = [f"-max_len={LONGEST.get(target, 4096)}", f"-dict={FUZZ}/corpus/words.dict", *LIMITS]
    if built:
        artifacts = FUZZ / "artifacts" / target
        artifacts.mkdir(parents=True, exist_ok=True)
        command = [f"{built}/{target}", f"-artifact_prefix={artifacts}/", *options, corpus]
    else:
        command = ["cargo", "fuzz", "run", *FLAGS, target, "--", *options]
    env = {"RUSTC_BOOTSTRAP": "1", **os.environ}
    with log.open("w") as out:
        begun = subprocess.Popen(command, stderr=out, stdout=out, env=env, cwd=FUZZ.parent, start_new_session=True)
    spent = 0.0
    while begun.poll() is None:
        time.sleep(1)
        for pid in [begun.pid, *children(begun.pid)]:
            try:
                # Not the compiler.
                if Path(os.readlink(f"/proc/{pid}/exe")).name == target:
                    spent = processor(pid)
                    if spent >= seconds:
                        os.kill(pid, signal.SIGINT)
            except OSError:  # It has ended meanwhile.
                continue
    said = log.read_text(errors="replace")
    inputs = re.findall(r"^#(\d+)", said, re.M)
    cover = re.findall(r"cov: (\d+)", said)
    found = re.findall(r"Test unit written to (\S+)", said)
    print(f"| `{target}` | {spent:,.0f} | {int(inputs[-1]) if inputs else 0:,} | "
          f"{int(cover[-1]) if cover else 0:,} | {', '.join(found) or 'nothing'} |", flush=True)
    return spent >= seconds and not found


def children(pid: int):
    try:
        mine = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return
    for child in map(int, mine):
        yield child
        yield from children(child)


def main():
    seconds = float(sys.argv[1])
    targets = sys.argv[2:] or re.findall(r'^name = "(\w+)"$', (FUZZ / "Cargo.toml").read_text(), re.M)
    print("| target | seconds of processor time | inputs | edges covered | found |\n|---|---|---|---|---|")
    if not all([run(target, seconds) for target in targets]):
        sys.exit(1)


if __name__ == "__main__":
    main()
