"""One job done by as many processes as there are processors: each takes its share, and tells what it finds."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Share = Callable[[], Iterable[Any]]


FEW = 50  # tasks that are not worth another process


class ShareError(Exception):
    """A process ended before it had told everything; why, it cannot say."""


def processors() -> int:
    """How many processes are worth while."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def together(shares: Sequence[Share]) -> Iterator[Any]:
    """What the shares yield, one of each in turn, each worked off by a process of its own. Raises ShareError.

    In turn, because a process waits when what it has told is not read.
    """
    with _at_work(shares) as told:
        while told:
            for each in list(told):
                try:
                    yield next(each)
                except StopIteration:
                    told.remove(each)


def results(task: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
    """What `task` makes of each, in order. It may run in a process of its own, so what comes of it is copied."""
    number, done = min(processors(), len(items) // FEW), 0
    if number > 1:
        shares = [partial(map, task, items[start::number]) for start in range(number)]
        with contextlib.suppress(ShareError), _at_work(shares) as told:  # then the rest is done here
            for one in _in_turn(told):
                done += 1
                yield one
    yield from map(task, items[done:])


def _in_turn(told: list[Iterator[Any]]) -> Iterator[Any]:
    """One of each, again and again; an end of one is the end of all."""
    while True:
        for each in told:
            try:
                yield next(each)
            except StopIteration:
                return


@contextlib.contextmanager
def _at_work(shares: Sequence[Share]) -> Iterator[list[Iterator[Any]]]:
    """What each share tells, while it is worked off."""
    pipes: dict[int, int] = {}
    try:
        for share in shares:
            process, pipe = _forked(share, list(pipes.values()))
            pipes[process] = pipe
        yield [_told(pipe) for pipe in pipes.values()]
    except BaseException:
        for process in pipes:  # one has failed, or nobody wants the rest
            os.kill(process, signal.SIGKILL)
        raise
    finally:
        for process, pipe in pipes.items():
            _end(process, pipe)


def _told(pipe: int) -> Iterator[Any]:
    with open(pipe, "rb", closefd=False) as stream:
        try:
            while found := pickle.load(stream):  # noqa: S301 our own child's
                yield found[0]
        except (EOFError, pickle.UnpicklingError) as error:
            raise ShareError from error


def _end(process: int, pipe: int) -> None:
    os.close(pipe)
    with contextlib.suppress(ChildProcessError):  # somebody else has waited for it
        os.waitpid(process, 0)


def _forked(share: Share, others: Iterable[int]) -> tuple[int, int]:
    """A process that works off a share, and where it tells what it finds: nothing at the end, if it got there."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    try:
        for pipe in (reading, *others):  # or who writes would not notice that nobody reads any more
            os.close(pipe)
        with open(writing, "wb") as stream:  # noqa: PTH123 a descriptor
            for found in share():
                pickle.dump((found,), stream)
                stream.flush()
            pickle.dump((), stream)
    except BaseException:  # noqa: BLE001 the parent does it all then, and tells what is wrong
        os._exit(1)
    os._exit(0)
