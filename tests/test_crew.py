"""Several processes at one job tell what one would, and leave nothing behind when one of them fails."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kbcli.crew import ShareError, results, together

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = os.getpid()
MUCH = 300_000  # more than a pipe holds


def share(start: int) -> Iterator[tuple[int, str]]:
    return ((start + number, "x" * MUCH) for number in range(3))


def lost(start: int) -> Iterator[int]:
    yield start
    os.kill(os.getpid(), signal.SIGKILL)


def wrong(start: int) -> Iterator[int]:
    yield 1 // start


def endless(_: int) -> Iterator[int]:
    while True:
        time.sleep(1)
        yield 0


def test_all_is_told_in_turn() -> None:
    told = [number for number, text in together([partial(share, start) for start in (0, 10, 20)]) if len(text) == MUCH]
    assert told == [0, 10, 20, 1, 11, 21, 2, 12, 22]


@pytest.mark.parametrize("end", [lost, wrong])
def test_a_process_that_fails_is_told_and_the_others_are_ended(end: object) -> None:
    with pytest.raises(ShareError):
        list(together([partial(end, 0), partial(endless, 0)]))  # type: ignore[arg-type]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_who_has_had_enough_leaves_no_process_behind() -> None:
    for found in together([partial(share, 0), partial(endless, 0)]):
        assert found[0] == 0
        break
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_results_come_in_order() -> None:
    assert list(results(str, range(1003))) == list(map(str, range(1003)))
    assert not list(results(str, []))


def fragile(number: int) -> int:
    """Only the first process can do it."""
    if os.getpid() != HERE and number == 150:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_what_a_lost_process_had_to_do_is_done_here() -> None:
    assert list(results(fragile, range(300))) == list(range(300))


def test_an_error_in_a_task_is_that_of_the_task() -> None:
    with pytest.raises(ZeroDivisionError):
        list(results((1).__floordiv__, [*range(1, 200), 0]))


def test_no_process_waits_for_another_to_be_done() -> None:
    """Each has told more than a pipe holds before the first has ended."""
    seen = [number for number, _ in together([partial(_numbered, 0), partial(_numbered, 1)])]
    assert seen[:4] == [0, 1, 0, 1]


def _numbered(share: int) -> Iterator[tuple[int, bytes]]:
    return ((share, bytes(MUCH)) for _ in range(5))
