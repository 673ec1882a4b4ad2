"""Precision, recall and F1 of counts."""

import dataclasses


@dataclasses.dataclass
class Counts:
    hit: int = 0
    extra: int = 0
    missed: int = 0

    def precision(self):
        return share(self.hit, self.hit + self.extra)

    def recall(self):
        return share(self.hit, self.hit + self.missed)

    def f1(self):
        return share(2 * self.hit, 2 * self.hit + self.extra + self.missed)

    def figures(self):
        return {"p": self.precision(), "r": self.recall(), "f1": self.f1(), "gold": self.hit + self.missed}


def share(part, whole):
    """In per cent; nothing of nothing is 0."""
    return 100.0 * part / whole if whole else 0.0
