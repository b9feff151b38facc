"""A Markdown table, with labels where the query has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from kbcli.results.table import read_grid

if TYPE_CHECKING:
    from kbcli.answer import Answer

_ACTIVE = re.compile(r"([\\`*_\[\]<>|#~])")


def write(answer: Answer, stream: BinaryIO) -> None:
    if answer.form == "graph":
        raise answer.refuse("md", "cannot hold the triples of")
    if answer.form == "ASK":
        stream.write(b"true\n" if answer.truth else b"false\n")
        return
    header, rows = read_grid(answer)
    lines = [header, ["---"] * len(header), *rows]
    escaped = [
        [cell if number == 1 else _ACTIVE.sub(r"\\\1", cell) for cell in line] for number, line in enumerate(lines)
    ]
    stream.write("".join(f"| {' | '.join(line)} |\n" for line in escaped).encode())
