"""What msgspec says of a value that does not fit, in a curator's words and with a fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import msgspec

from digest.diagnostics import Diagnostic, did_you_mean
from digest.yamlskim import Written
from digest.yamltext import Path


def explained(
    error: str, kind: Any, value: Any, file: Written, path: Path, out: Mapping[Path, Sequence[Any]]
) -> tuple[Path, Diagnostic]:
    """A msgspec error as a path below the entry and a finding in our words.

    ``out`` is what was taken out of ``value`` before, by where it stood.
    """
    message, _, where = error.rpartition(" - at `$") if " - at `$" in error else (error, "", "")
    steps = tuple(
        int(s[1:-1]) if s[0] == "[" else s for s in re.findall(r"\[\d+\]|[^.\[\]`]+", where)
    )
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL)
    if unknown:
        steps = (*steps, unknown[1])
        known = _fields(kind, steps[:-1])
        hints = did_you_mean(unknown[1], known) or (f"its fields: {', '.join(known)}",)
        place = file.place(*path, *written_at(steps, out), key=True)
        return steps, Diagnostic(place, "field-unknown", f'no field "{unknown[1]}"', hints)
    there = (*path, *written_at(steps, out))
    place = file.place(*there) if steps else file.place(*path, key=bool(path))
    missing = re.fullmatch(r"Object missing required field `(.*)`", message)
    if missing:
        hint = f"add {missing[1]}: with its value"
        return steps, Diagnostic(place, "field-missing", f'"{missing[1]}" is missing', (hint,))
    hints = _choices(kind, steps) or _instead(message, kind, steps)
    empty = at(value, steps) == ""
    told = "is empty" if empty else _plainly(message)
    return steps, Diagnostic(place, "field-type", told, hints)


def lacks(finding: Diagnostic) -> bool:
    """Whether a finding says that something is not there."""
    return finding.rule == "field-missing" or finding.message.startswith(_TOO_FEW)


def written_at(steps: Path, out: Mapping[Path, Sequence[Any]]) -> Path:
    """The steps to the same value in the file: what was taken out of a list counts there."""
    path: Path = ()
    for step in steps:
        if isinstance(step, int):
            for gone in out.get(path, ()):
                step += gone <= step
        path = (*path, step)
    return path


def _plainly(message: str) -> str:
    """What msgspec says of a wrong value, in a curator's words."""
    if "RFC3339" in message:
        return "not a day: write it as 2025-05-19"
    choice = re.fullmatch(r"Invalid enum value '?(.*?)'?", message)
    if choice:
        return f'"{choice[1]}" is none of the words that may stand here'
    least = re.fullmatch(r"Expected `array` of length >= (\d+)", message)
    if least:
        return f"{_TOO_FEW}: at least {least[1]} are needed"
    most = re.fullmatch(r"Expected `array` of length <= (\d+)", message)
    if most:
        return f"holds too many: at most {most[1]} may stand here"
    for theirs, ours in _THEIR_WORDS.items():
        message = message.replace(theirs, ours)
    return message[0].lower() + message[1:]


_TOO_FEW = "holds too few"
_THEIR_WORDS = {"`": "", "str": "words", "array": "list", "object": "mapping", " | null": ""}


def _choices(kind: Any, steps: Path) -> tuple[str, ...]:
    """The words that may stand in the field at ``steps``, where only some may."""
    within = _struct_at(kind, steps[:-1]) if steps else None
    for field in msgspec.structs.fields(within) if within else ():
        if field.encode_name == steps[-1]:
            kinds = (field.type, *get_args(field.type))
            among = [one for one in kinds if get_origin(one) is Literal]
            return tuple(f"one of: {', '.join(get_args(one))}" for one in among)
    return ()


def _instead(message: str, kind: Any, steps: Path) -> tuple[str, ...]:
    """What a mapping that was expected would hold, or how a list is written."""
    fields = _fields(kind, steps) if "`object`" in message else []
    if fields:
        return (f"its fields: {', '.join(fields)}",)
    return (
        ("write a list in square brackets: […]",)
        if message.startswith("Expected `array`, got `str`")
        else ()
    )


def _fields(kind: Any, steps: Path) -> list[str]:
    """The fields that the type at ``steps`` below ``kind`` has, as they are written."""
    within = _struct_at(kind, steps)
    return [field.encode_name for field in msgspec.structs.fields(within)] if within else []


def _struct_at(kind: Any, steps: Path) -> Any:
    """The type of what stands at ``steps`` below a ``kind``; None where that is no mapping."""
    for step in steps:
        if isinstance(step, str):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
            kind = fields.get(step)
        kind = next(_structs(kind), None)
        if kind is None:
            return None
    return kind


def _structs(kind: Any) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in getattr(kind, "__args__", ()):
        yield from _structs(part)


def at(root: Any, path: Path) -> Any:
    """What stands at ``path`` below ``root``."""
    for step in path:
        root = root[step]
    return root
