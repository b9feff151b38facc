"""JSON-LD documents written node by node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from kbcli.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

Node = dict[str, Any]


def write_graph(context: Any, nodes: Iterable[Node], stream: BinaryIO) -> None:
    """A document with this context and these nodes, keys in order."""
    stream.write(b'{"@context": %s,\n"@graph": [' % written(context))
    stream.writelines(b"%s\n%s" % (b"," * bool(number), written(node)) for number, node in enumerate(nodes))
    stream.write(b"\n]}\n")


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
