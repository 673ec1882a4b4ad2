#!/usr/bin/env python3
"""Makes glane/records.py, the types of a record, of ../../schema/record.schema.json.

A test compares the two: run this when the schema has changed.
"""

import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "schema" / "record.schema.json"

HEAD = '''"""The types of a record. Made by make_records.py of the JSON Schema."""

from typing import Any, Dict, List, Literal, Optional, TypedDict
'''

NAMES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "Any"}


def values(schema):
    """The words of an enumeration, if it is one."""
    if "enum" in schema:
        return schema["enum"]
    parts = schema.get("oneOf", [])
    return [part["const"] for part in parts if "const" in part]


def type_of(schema):
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        parts = [part for part in schema["anyOf"] if part.get("type") != "null"]
        return f"Optional[{type_of(parts[0])}]"
    kind = schema.get("type")
    if isinstance(kind, list):
        return f"Optional[{NAMES[next(k for k in kind if k != 'null')]}]"
    if kind == "array":
        return f"List[{type_of(schema['items'])}]"
    return NAMES[kind]


def about(schema):
    return " ".join(schema.get("description", "").split())


def typed_dict(name, schema):
    needed = set(schema["required"])
    keys = schema["properties"].items()
    table = lambda want: "".join(
        f'        "{key}": {type_of(one)},\n' for key, one in keys if (key in needed) == want
    )
    # `from` is no name of Python: hence the form of a call.
    out = f'_{name} = TypedDict(\n    "_{name}",\n    {{\n{table(True)}    }},\n)\n\n\n'
    optional = "".join(f"    {key}: {type_of(one)}\n" for key, one in keys if key not in needed)
    out += f'class {name}(_{name}, total=False):\n    """{about(schema)}"""\n'
    return out + (f"\n{optional}" if optional else "")


def made():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = [HEAD]
    structs = []
    for name, one in schema["$defs"].items():
        words = values(one)
        if words:
            parts.append(f"{name} = Literal[{', '.join(json.dumps(w) for w in words)}]\n")
        elif "properties" in one:
            structs.append((name, one))
        else:
            parts.append(f"{name} = Dict[str, Any]\n")
    out = "\n".join([parts[0], "".join(parts[1:])])
    for name, one in structs + [(schema["title"], schema)]:
        out += "\n\n" + typed_dict(name, one)
    return out


if __name__ == "__main__":
    (HERE / "glane" / "records.py").write_text(made(), encoding="utf-8")
