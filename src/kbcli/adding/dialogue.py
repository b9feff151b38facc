"""Asking on a terminal for what is missing: lists to choose from, and names completed by the Tab key.

What is asked never goes into a file that is to have the result. Ctrl-C and the end of the input leave everything as it was.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from kbcli.display import printable, safe_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LISTED = 40


def is_possible() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, known: Sequence[str] = (), *, optional: bool = False) -> str:
    """A line; empty only where that may be left out."""
    hint = " (Enter: none)" if optional else ""
    with _completion(known):
        while True:
            answer = _line(f"{printable(question)}{hint}: ").strip()
            if answer or optional:
                return answer
            tell("It cannot be left out; Ctrl-C ends this, and nothing is written.")


def choose(question: str, choices: Sequence[tuple[str, str]]) -> str:
    """One of the choices, each with what it means, by its name or number."""
    for number, (name, means) in enumerate(choices[:_LISTED], 1):
        tell(f"  {number:2} {name}{f': {means}' if means else ''}")
    names = [name for name, _ in choices]
    with _completion(names):
        while True:
            answer = _line(f"{printable(question)} (name or number): ").strip()
            if answer.isascii() and answer.isdigit() and 1 <= int(answer[:6]) <= len(names):
                return names[int(answer) - 1]
            if answer in names:
                return answer
            tell(f"Not one of the {len(names)}; Ctrl-C ends this, and nothing is written.")


def number(question: str, most: int) -> int:
    """From one to the most."""
    while True:
        answer = _line(f"{printable(question)} (1–{most}): ").strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer[:9]) <= most:
            return int(answer)
        tell(f"A number from 1 to {most}; Ctrl-C ends this, and nothing is written.")


def is_agreed(question: str) -> bool:
    """Yes or no; no is what is not answered."""
    return _line(f"{printable(question)} [y/N]: ").strip().lower() in ("y", "yes")


def asked(check: Callable[[str], object], question: str, known: Sequence[str] = (), *, optional: bool = False) -> str:
    """The first answer that `check` does not refuse."""
    from kbcli.errors import UsageError

    while True:
        answer = ask(question, known, optional=optional)
        if not answer:
            return answer
        try:
            check(answer)
        except UsageError as error:
            tell(str(error))
            continue
        return answer


def tell(text: str) -> None:
    print(safe_lines(text), file=sys.stderr, flush=True)


def _line(prompt: str) -> str:
    """Read by readline, if stdout is the terminal too: it takes no other."""
    try:
        if sys.stdout.isatty():
            return input(prompt)
        with contextlib.redirect_stdout(sys.stderr):
            return input(prompt)
    except EOFError:
        raise KeyboardInterrupt from None


@contextlib.contextmanager
def _completion(known: Sequence[str]) -> Iterator[None]:
    """The Tab key completes `known`, where the system can do that."""
    try:
        import readline
    except ImportError:
        yield
        return
    before, delimiters = readline.get_completer(), readline.get_completer_delims()

    def complete(text: str, state: int) -> str | None:
        found = [one for one in known if one.casefold().startswith(text.casefold())]
        return found[state] if state < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims("\n")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
