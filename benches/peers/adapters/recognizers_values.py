"""What a resolution of Recognizers-Text says, in the form of an adapter."""


def of(what, resolution):
    return dates(resolution) if what == "dates" else money(resolution)


def dates(resolution):
    """Every reading that it offers: « mardi » is the last and the next."""
    values = []
    for reading in (resolution or {}).get("values", []):
        for key in ("value", "start", "end"):
            moment = reading.get(key, "")
            if moment[:4].isdigit() and moment[4:5] == "-":
                values.append(moment.replace(" ", "T")[:16])
    return {"values": values}


def money(resolution):
    return {"amount": (resolution or {}).get("value"), "unit": (resolution or {}).get("unit")}
