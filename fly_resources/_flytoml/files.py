"""Files that the file refers to: `[[files]]` and the base machine config (FT-61 to FT-64, FT-67)."""

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

_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}|[A-Za-z0-9+/]{2,7}={1,2}")
#: Keys of the base config that the rest of the file overwrites, even with nothing (FT-67).
_OVERWRITTEN: Final = frozenset(
    {"checks", "env", "files", "image", "metrics", "mounts", "restart", "services", "statics", "stop_config"}
)
_OVERWRITTEN_INIT: Final = frozenset({"cmd", "entrypoint", "exec", "swap_size_mb"})


def files(manifest: Manifest) -> list[Tree]:
    """Return the files that every machine gets, whatever their `processes` say (FT-47, FT-61).

    If a path is repeated, the later entry wins; an entry without a source removes the file.
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
    """Return warnings about files that flyctl treats differently than documented (FT-47, FT-63)."""
    warnings = []
    for key, row in manifest.rows("files"):
        if row.get("processes") and len(manifest.groups) > 1:
            warnings.append(f"{key}.processes: every group gets every file, as with flyctl.")
        text = row.get("raw_value") or ""
        if not row.get("local_path") and not row.get("secret_name") and _looks_encoded(text):
            warnings.append(
                f"{key}.raw_value: it looks like base64, as flyctl's documentation asks for; but flyctl "
                "encodes it once more, so the file will contain this very text. Write the plain text "
                "instead."
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

    flyctl reads it from the working directory, its documentation says from the directory of fly.toml (FT-62):
    if both contain one, they must be identical.

    Raises:
        ConfigurationError: The file does not exist, or the two differ.
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
            f"{listed} differ: flyctl uses the first, its documentation promises the second. Run from the "
            "folder of this file, or give an absolute path.",
        )
    return next(iter(contents.values()))


def base_config(manifest: Manifest) -> Tree:
    """Return the base config that the rest of the file is applied to: JSON, or a JSON file (FT-67).

    Raises:
        ConfigurationError: The value is neither, or it is not valid JSON of a machine config.
    """
    experimental = manifest.table("experimental").get("machine_config")
    key = "experimental.machine_config" if experimental else "machine_config"
    source = experimental or manifest.text("machine_config")
    if not source:
        return {}
    if not source.startswith("{") and not source.endswith(".json"):
        raise refusal(key, 'it must be JSON text that begins with "{", or a path that ends in ".json".')
    text = source if source.startswith("{") else read_local(manifest, key, source)
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refusal(key, f"is not valid JSON: {error}.") from error
    return _kept(key, config)


def _kept(key: str, config: Any) -> Tree:  # noqa: ANN401  # any JSON value
    """Return the parts of a base config that the rest of the file does not overwrite."""
    if not isinstance(config, dict):
        raise refusal(key, "is not a JSON object; it must be a machine's config.")
    kept = {name: each for name, each in config.items() if name not in _OVERWRITTEN and each is not None}
    for name in ("init", "metadata", "guest"):
        if not isinstance(kept.get(name, {}), dict):
            raise refusal(f"{key}: {name}", "is not a JSON object.")
    if "init" in kept:
        kept["init"] = {name: each for name, each in kept["init"].items() if name not in _OVERWRITTEN_INIT}
    containers = kept.get("containers", [])
    if not isinstance(containers, list) or not all(isinstance(each, dict) for each in containers):
        raise refusal(f"{key}: containers", "is not a list of JSON objects.")
    return kept
