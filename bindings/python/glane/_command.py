"""The command `glane`."""

import sys

from ._glane import run


def main() -> None:
    sys.exit(run(["glane", *sys.argv[1:]]))
