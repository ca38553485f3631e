"""Files that the file names: `[[files]]` and the base config of machines (FT-61 to FT-64, FT-67)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._flytoml.values import refusal, shown

if TYPE_CHECKING:
    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")
#: Of the base config, what the rest of the file overwrites, also with nothing (FT-67).
_OVERWRITTEN: Final = frozenset(
    {"checks", "env", "files", "image", "metrics", "mounts", "restart", "services", "statics", "stop_config"}
)
_OVERWRITTEN_INIT: Final = frozenset({"cmd", "entrypoint", "exec", "swap_size_mb"})


def files(manifest: Manifest) -> list[Tree]:
    """Return the files that every machine gets, whatever their `processes` say (FT-47, FT-61).

    Of a path that is repeated the later entry counts; one without a source takes the file away.
    """
    found: dict[str, Tree] = {}
    for key, row in manifest.rows("files"):
        path = row.get("guest_path")
        if not path:
            raise refusal(f"{key}.guest_path", "is missing; say where the file goes.")
        entry = _entry(manifest, key, row)
        if not entry and path in found:
            found.pop(path)
        else:
            found[path] = {"guest_path": path, **entry}
    return list(found.values())


def _entry(manifest: Manifest, key: str, row: Tree) -> Tree:
    if row.get("local_path"):
        content = read_local(manifest, f"{key}.local_path", row["local_path"])
        return {"raw_value": base64.b64encode(content).decode()}
    if row.get("secret_name"):
        return {"secret_name": row["secret_name"]}
    if row.get("raw_value"):
        return {"raw_value": base64.b64encode(_encoded(f"{key}.raw_value", row["raw_value"])).decode()}
    return {}


def _encoded(key: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise refusal(key, "holds half of a surrogate pair, which cannot be sent.") from error


def find_odd_files(manifest: Manifest) -> list[str]:
    """Return warnings about files whose pages promise something else than flyctl does (FT-47, FT-63)."""
    warnings = []
    for key, row in manifest.rows("files"):
        if row.get("processes") and len(manifest.groups) > 1:
            warnings.append(f"{key}.processes: flyctl gives every file to every group, and so is it here.")
        text = row.get("raw_value") or ""
        if not row.get("local_path") and not row.get("secret_name") and _looks_encoded(text):
            warnings.append(
                f"{key}.raw_value: it looks like base64, as flyctl's pages ask for; but flyctl encodes it "
                "once more, so the file will hold this text as it stands. Write the plain text instead."
            )
    return warnings


def _looks_encoded(text: str) -> bool:
    if not _BASE64.fullmatch(text) or len(text) % 4:
        return False
    try:
        return bool(base64.b64decode(text, validate=True))
    except binascii.Error:
        return False


def read_local(manifest: Manifest, key: str, path: str) -> bytes:
    """Return the content of a local file.

    flyctl reads it from the working directory, its pages say from the folder of fly.toml (FT-62): where
    both hold one, they have to be the same.

    Raises:
        ConfigurationError: There is none, or the two differ.
    """
    try:
        places = dict.fromkeys(each.resolve() for each in (Path(path), manifest.folder / path))
        contents = {place: place.read_bytes() for place in places if place.is_file()}
    except (OSError, ValueError, RuntimeError) as error:
        raise refusal(key, f"{shown(path)} cannot be read: {error}.") from error
    if not contents:
        raise refusal(
            key,
            f"there is no file {shown(path)}, neither in the working directory nor beside this file.",
        )
    if len(set(contents.values())) > 1:
        listed = " and ".join(str(place) for place in contents)
        raise refusal(
            key,
            f"{listed} differ: flyctl takes the first, its pages promise the second. Run from the folder of "
            "this file, or give an absolute path.",
        )
    return next(iter(contents.values()))


def base_config(manifest: Manifest) -> Tree:
    """Return the config that everything else is laid on: JSON, or a file of it (FT-67).

    Raises:
        ConfigurationError: It is neither, or no valid JSON of a machine's config.
    """
    experimental = manifest.table("experimental").get("machine_config")
    key = "experimental.machine_config" if experimental else "machine_config"
    source = experimental or manifest.text("machine_config")
    if not source:
        return {}
    if not source.startswith("{") and not source.endswith(".json"):
        raise refusal(key, 'it takes JSON text that begins with "{", or a path that ends in ".json".')
    text = source if source.startswith("{") else read_local(manifest, key, source)
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refusal(key, f"is no valid JSON: {error}.") from error
    return _kept(key, config)


def _kept(key: str, config: Any) -> Tree:  # noqa: ANN401  # any JSON value
    """Return what of a base config the rest of the file leaves alone."""
    if not isinstance(config, dict):
        raise refusal(key, "holds no JSON object; it takes a machine's config.")
    kept = {name: each for name, each in config.items() if name not in _OVERWRITTEN and each is not None}
    for name in ("init", "metadata", "guest"):
        if not isinstance(kept.get(name, {}), dict):
            raise refusal(f"{key}: {name}", "holds no JSON object.")
    if "init" in kept:
        kept["init"] = {name: each for name, each in kept["init"].items() if name not in _OVERWRITTEN_INIT}
    containers = kept.get("containers", [])
    if not isinstance(containers, list) or not all(isinstance(each, dict) for each in containers):
        raise refusal(f"{key}: containers", "is no list of JSON objects.")
    return kept
