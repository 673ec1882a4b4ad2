"""Amounts by price-parser: price_parser_money.py IN OUT.

It reads a text as one price and finds none in running text, so each text is one mention.
"""

from price_parser import Price

import task


def work(documents):
    for document in documents:
        price = Price.fromstring(document["text"])
        if price.amount is None:
            yield []
        else:
            yield [{"start": 0, "end": len(document["text"]), "amount": str(price.amount),
                    "unit": price.currency}]


task.run(work)
