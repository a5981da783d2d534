"""One entry put into a YAML text, or cut out of it, and no other byte changed.

The text is never written anew from what was read: an edit puts lines in or cuts lines out. The
result is read again and must be the old document with exactly the one change, or the edit is
refused with the lines to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from digest.diagnostics import Diagnostic, Refused
from digest.yamltext import read
from digest.yamlwriting import entry, flow, item, key_of

Where = tuple[str, ...]


def with_entry(text: str, path: str, where: Where, key: str, value: Any) -> str:
    """``text`` with ``key: value`` added at the end of the mapping at ``where``.

    Mappings that are not there yet are made. Raises Refused where the layout leaves no place.
    """
    expected = _copied(read(text, path).root or {})
    inner = _reached(expected, where)
    if not isinstance(inner, dict):
        raise _no_place(text, path, f"{':'.join(where)}: is no mapping", entry(key, value))
    if key in inner:
        raise _no_place(text, path, f'"{key}" is there already', entry(key, value))
    inner[key] = value
    places = _entry_places(text, where, key, value)
    return _tried(text, path, expected, places, entry(key, value))


def with_item(text: str, path: str, where: tuple[str | int, ...], value: Any) -> str:
    """``text`` with ``value`` added at the end of the list at ``where``."""
    expected = _copied(read(text, path).root)
    inner = expected
    for step in where:
        inner = inner[step]
    inner.append(value)
    node = _nodes(text, where)[-1]
    if node.flow_style:
        places = _in_brackets(node, flow(value))
    else:
        written = item(value, node.start_mark.column)
        places = ((at, written) for at in _ends_of_block(text, node))
    return _tried(text, path, expected, places, item(value, 0))


def without_entry(text: str, path: str, where: Where, key: str) -> str:
    """``text`` without the lines of ``key`` in the block mapping at ``where``.

    Raises Refused where those lines hold something else too.
    """
    expected = _copied(read(text, path).root)
    above = _reached(expected, where[:-1])
    del above[where[-1]][key]
    above[where[-1]] = above[where[-1]] or ""  # as an empty section is read
    parent = _nodes(text, where)[-1]
    keys = [node for node, _ in parent.value]
    index = next(n for n, node in enumerate(keys) if node.value == key)
    start = _line_start(text, keys[index].start_mark.index)
    value = parent.value[index][1]
    ends = list(_ends_of_block(text, value, keys[index].start_mark.column + 1))
    for end in ends:
        cut = text[:start] + text[_past_blank_line(text, end) :]
        if _reads_as(cut, path, expected):
            return cut
    place = read(text, path).place(*where, key, key=True)
    message = f'"{key}" shares its lines with others'
    raise Refused(Diagnostic(place, "record-layout", message, ("take it out yourself",)))


# -- Where text may be put in


def _entry_places(text: str, where: Where, key: str, value: Any) -> Iterator[tuple[int, str]]:
    """Places in the text for a new entry, likeliest first, each with what is put there."""
    nodes = _nodes(text, where)
    missing = where[max(len(nodes) - 1, 0) :]
    if not nodes:
        yield len(text), _below_heads(missing, key, value, 0)
        return
    node = nodes[-1]
    if isinstance(node, yaml.ScalarNode):  # "claims:" with nothing below it
        indent = (nodes[-2].start_mark.column if len(nodes) > 1 else 0) + 2
        yield _line_end(text, node.end_mark.index), _below_heads(missing, key, value, indent)
    elif node.flow_style:
        for head in reversed(missing):
            key, value = head, {key: value}
        yield from _in_brackets(node, f"{key_of(key)}: {flow(value, key)}")
    else:
        written = _below_heads(missing, key, value, node.start_mark.column)
        several = written.count("\n") > 1
        apart = "\n" if len(nodes) == 1 or (len(nodes) == 2 and several) else ""
        yield from ((at, apart + written) for at in _ends_of_block(text, node))


def _below_heads(heads: Where, key: str, value: Any, indent: int) -> str:
    """An entry below the keys of mappings that are not there yet, each on a line of its own."""
    lines = (f"{' ' * (indent + 2 * n)}{key_of(head)}:\n" for n, head in enumerate(heads))
    return "".join(lines) + entry(key, value, indent + 2 * len(heads))


def _in_brackets(node: Any, written: str) -> Iterator[tuple[int, str]]:
    """Before the closing bracket, with a comma or, where one is there already, without."""
    at = node.end_mark.index - 1
    yield at, f", {written}" if node.value else written
    yield at, f" {written}"


def _ends_of_block(text: str, node: Any, column: int | None = None) -> Iterator[int]:
    """Where a block ends: past its last own line, or past what stands loosely below it.

    A comment that is indented less than the block belongs to what follows it.
    """
    column = node.start_mark.column if column is None else column
    end = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        limit = _line_end(text, end) if _line_start(text, end) != end else end
    else:
        limit = len(text) if end >= len(text) else _line_start(text, end)
    at = limit
    while at > node.start_mark.index:
        line = text[_line_start(text, at - 1) : at]
        comment = line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) < column
        if line.strip() and not comment:
            break
        at -= len(line)
    yield at
    yield limit


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Past the line break of the line that holds ``at``."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _past_blank_line(text: str, at: int) -> int:
    end = _line_end(text, at)
    return end if not text[at:end].strip() else at


# -- The document before and after


def _nodes(text: str, where: tuple[str | int, ...]) -> list[Any]:
    """The nodes from the root down to ``where``, as far as they are there."""
    node = yaml.compose(text, yaml.CSafeLoader)
    found = [] if node is None or isinstance(node, yaml.ScalarNode) else [node]
    for step in where if found else ():
        node = _below(found[-1], step)
        if node is None:
            break
        found.append(node)
    return found


def _below(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return node.value[int(step)]
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == step), None)


def _reached(root: Any, where: Where) -> Any:
    """What stands at ``where``; a mapping that is missing or empty on the way is made."""
    for step in where:
        if not isinstance(root, dict):
            break
        if not root.get(step):
            root[step] = {}
        root = root[step]
    return root


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _tried(
    text: str, path: str, expected: Any, places: Iterator[tuple[int, str]], written: str
) -> str:
    """The text with the addition at the first place where it reads as it should."""
    newline = "\r\n" if "\r\n" in text else "\n"
    for at, addition in places:
        begun = "\n" if addition.endswith("\n") and at and text[at - 1] != "\n" else ""
        changed = text[:at] + (begun + addition).replace("\n", newline) + text[at:]
        if _reads_as(changed, path, expected):
            return changed
    raise _no_place(text, path, "the layout leaves no place to add to", written)


def _reads_as(text: str, path: str, expected: Any) -> bool:
    try:
        return _same(read(text, path).root or {}, expected)
    except Refused:
        return False


def _same(one: Any, other: Any) -> bool:
    """Equal, and mappings in the same order."""
    return bool(one == other and _orders(one) == _orders(other))


def _orders(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *(_orders(part) for part in value.values())]
    return [_orders(part) for part in value] if isinstance(value, list) else []


def _no_place(text: str, path: str, message: str, written: str) -> Refused:
    hints = ("write it there yourself:", *written.splitlines())
    return Refused(Diagnostic(read(text, path).place(), "record-layout", message, hints))
