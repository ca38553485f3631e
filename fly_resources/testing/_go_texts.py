"""Go's error text for a body that cannot be decoded: `encoding/json` names the path and the type (ER-5).

Only the rejection of a whole body of the wrong type is recorded; the rest follows from Go's own formats.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

import attrs
from fly_machines import models

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The service's name for a body, if the SDK's name differs.
_NAMES: Final = {
    "fly.MachineExecRequest": "ExecMachineRequest",
    "main.assignIPRequest": "CreateIpAssignmentRequest",
    "main.createLeaseRequest": "AcquireLeaseRequest",
    "main.getPlacementsRequest": "FindPlacementsRequest",
    "main.networkPolicyRequest": "CreateNetworkPolicyRequest",
    "main.setSecretRequest": "SetAppSecretRequest",
    "main.setSecretkeyRequest": "SetSecretKeyRequest",
    "main.signalRequest": "SignalMachineRequest",
    "main.stopRequest": "StopMachineRequest",
    "main.updateSecretsRequest": "UpdateAppSecretsRequest",
    "main.upsertMetadataKeyRequest": "SetMetadataRequest",
}
#: Maps of strings, for which the document allows any value.
_TEXT_MAPS: Final = frozenset({"env", "extra_env", "metadata"})
#: Maps of structs, for which the SDK has classes.
_MAPS: Final = {"MachineConfigChecks": "MachineCheck"}
_GO_SCALARS: Final = {"bool": "bool", "float": "float64", "int": "int", "str": "string"}
_SCALARS: Final[dict[str, type | tuple[type, ...]]] = {"float": (int, float), "int": int, "str": str}


def kind_of(value: object) -> str:
    """Return Go's name for the type of a JSON value."""
    for kind, name in ((bool, "bool"), (int | float, "number"), (str, "string"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "object"


def find_wrong(body: object, go_name: str) -> str | None:
    """Return Go's text about the first field whose value has the wrong type; None if there is none."""
    struct = go_name.rpartition(".")[2]
    model = getattr(models, _NAMES.get(go_name, struct[:1].upper() + struct[1:]), None)
    if model is None or not isinstance(body, dict):
        return None
    return next(_in_struct(body, model, struct, ()), None)


def _in_struct(value: Any, model: Any, struct: str, path: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401
    texts = model.__annotations__  # not attrs' `type`, which `attrs.resolve_types` replaces
    names = (field.name for field in attrs.fields(model) if field.init)
    fields = {name.removesuffix("_"): texts[name].replace("models.", "") for name in names}
    for key, inner in value.items():
        if inner is not None and key in fields:
            declared = "map[str]" if key in _TEXT_MAPS else fields[key]
            yield from _in_field(inner, declared, struct, (*path, key))


def _in_field(value: Any, declared: str, struct: str, path: tuple[str, ...]) -> Iterator[str]:  # noqa: ANN401
    words = [word for word in re.split(r"[^\w.]+", declared) if word not in {"None", "Unset", ""}]
    words = [_MAPS.get(word, word) for word in words]
    kind = "map" if set(_MAPS).intersection(re.split(r"\W+", declared)) else words[0]
    inner = [word for word in words if word not in {"list", "map"}]
    structs = [word for word in inner if _is_struct(word)]
    if kind in {"list", "map"} and isinstance(value, list if kind == "list" else dict):
        for each in value if isinstance(value, list) else value.values():
            yield from _in_field(each, " | ".join(inner), struct, path) if each is not None else ()
    elif kind in {"list", "map"} or not (isinstance(value, dict) if structs else _fits(value, inner)):
        prefix = {"list": "[]", "map": "map[string]"}.get(kind, "")
        yield _text(value, struct, path, prefix + _go_type(inner))
    elif structs:
        yield from _in_struct(value, getattr(models, structs[0]), structs[0], path)


def _is_struct(word: str) -> bool:
    return attrs.has(getattr(models, word, object))


def _fits(value: object, words: list[str]) -> bool:
    if "Any" in words:
        return True
    if isinstance(value, bool):
        return "bool" in words
    kinds = [_SCALARS[word] for word in words if word in _SCALARS]
    # anything that is not a scalar is an enumeration or a time, both strings
    texts = any(word not in _GO_SCALARS for word in words)
    return any(isinstance(value, kind) for kind in kinds) or (texts and isinstance(value, str))


def _go_type(words: list[str]) -> str:
    if {"int", "str"}.issubset(words):
        return "fly.Duration"
    return f"fly.{words[0]}" if _is_struct(words[0]) else _GO_SCALARS.get(words[0], "string")


def _text(value: object, struct: str, path: tuple[str, ...], go_type: str) -> str:
    found = f"number {value}" if isinstance(value, float) and go_type == "int" else kind_of(value)
    return (
        f"json: cannot unmarshal {found} into Go struct field {'.'.join((struct, *path))} of type {go_type}"
    )


# The body is not JSON at all.

_LOOKING: Final = {
    "Expecting value": "looking for beginning of value",
    "Expecting property name enclosed in double quotes": "looking for beginning of object key string",
    "Illegal trailing comma before end of object": "looking for beginning of object key string",
    "Illegal trailing comma before end of array": "looking for beginning of value",
    "Expecting ':' delimiter": "after object key",
    "Expecting ',' delimiter": "after object key:value pair",
    "Invalid control character at": "in string literal",
    "Invalid \\escape": "in string escape code",
    "Invalid \\uXXXX escape": "in \\u hexadecimal character escape",
}


def parse(body: bytes) -> Any:  # noqa: ANN401  # any JSON value
    """Return the first JSON value of a body, like Go's decoder: what follows is ignored.

    Raises:
        ValueError: The body has no JSON value; the text is Go's.
    """
    text = body.decode("utf-8", "replace")
    try:
        value, _ = _DECODER.raw_decode(text, len(text) - len(text.lstrip(" \t\r\n")))
    except json.JSONDecodeError as wrong:
        raise ValueError(_explain(wrong)) from None
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"invalid character '{name[0]}' looking for beginning of value")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def _explain(wrong: json.JSONDecodeError) -> str:
    reason = next((text for start, text in _LOOKING.items() if wrong.msg.startswith(start)), None)
    at = wrong.pos + (1 if wrong.msg.startswith("Invalid \\") else 0)
    if reason is None or at >= len(wrong.doc):  # an unterminated string
        return "EOF" if not wrong.doc.strip() else "unexpected EOF"
    if wrong.msg.startswith("Expecting ','") and _is_in_array(wrong.doc[: wrong.pos]):
        reason = "after array element"
    return f"invalid character '{_quoted(wrong.doc[at])}' {reason}"


def _quoted(character: str) -> str:
    if character in {"'", '"'}:
        return "\\'" if character == "'" else character
    return json.dumps(character)[1:-1]


def _is_in_array(text: str) -> bool:
    """Return whether the innermost open container at the end of a text is an array."""
    opened = [""]
    for mark in re.findall(r"[\[\]{}]", re.sub(r'"(\\.|[^"\\])*"', "", text)):
        if mark in "[{":
            opened.append(mark)
        else:
            opened.pop()
    return opened[-1] == "["
