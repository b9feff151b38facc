"""JSON-LD documents written node by node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from kbcli.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Node = dict[str, Any]
HERE = "@items"
INDENT = b"\n      "  # of an item in a list of a node of a node


def write_graph(context: Any, nodes: Iterable[Node], stream: BinaryIO) -> None:
    """A document with this context and these nodes, keys in order."""
    stream.write(b'{"@context": %s,\n"@graph": [' % written(context))
    stream.writelines(b"%s\n%s" % (b"," * bool(number), written(node)) for number, node in enumerate(nodes))
    stream.write(b"\n]}\n")


class Counted:
    """Nodes that are counted as they go by: `number` is that of those that have."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = nodes
        self.number = 0

    def __iter__(self) -> Iterator[Node]:
        for node in self._nodes:
            self.number += 1
            yield node


def write_around(document: Callable[[], Node], items: Iterable[Node], stream: BinaryIO) -> None:
    """A document with `items` where a list of a node in it has HERE alone; one at a time is in memory.

    It is made twice: what follows the items may depend on them.
    """
    stream.write(_parted(document())[0].rstrip())
    number = 0
    for number, item in enumerate(items, 1):
        stream.write(b"," * (number > 1) + INDENT + written(item).replace(b"\n", INDENT))
    tail = _parted(document())[1]
    stream.write((tail if number else tail.lstrip()) + b"\n")


def _parted(document: Node) -> tuple[bytes, bytes]:
    """What comes before HERE and what after it."""
    head, _, tail = written(document).partition(written(HERE))
    return head, tail


def written(value: Any) -> bytes:
    return dumps(sorted_keys(value)).rstrip().encode()


def filled(node: Node) -> Node:
    """`node` without what is empty, and without a list around what is one."""
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items() if value
    }


def sorted_keys(value: Any) -> Any:
    """`value` with the keys of every object in order."""
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    return [sorted_keys(one) for one in value] if isinstance(value, list) else value
