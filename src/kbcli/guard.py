"""Work done in a forked child, so that whatever it does ends when it must and leaves nothing running.

The engine runs native code: a deep query overflows its stack, a greedy one fills the memory, and neither Ctrl-C nor
an alarm is heard while it computes. So the child runs it in a thread with a deep stack and under limits of memory,
and the parent only waits, keeps the clock, and tells in a sentence how the child ended.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

from kbcli.display import safe_lines
from kbcli.errors import KbError, LimitError, RemoteError, UsageError

STACK = 512 << 20
DEFAULT_TIMEOUT = 60.0
DEFAULT_MEMORY = 4096  # MiB


class Clock:
    """The child's hand on the clock that the parent keeps: it runs from `start`, and not between pause and resume."""

    def __init__(self, to_parent: int) -> None:
        self._to_parent = to_parent

    def start(self) -> None:
        os.write(self._to_parent, b"s")

    resume = start

    def pause(self) -> None:
        os.write(self._to_parent, b"p")


# `work` starts the clock when loading is done; it returns an exit code.
Work = Callable[[Clock], int]


def run(work: Work, *, timeout: float, memory: int) -> int:
    """Run `work` under limits: `timeout` in seconds (0: none) from the start signal on, `memory` in MiB (0: none).

    Returns its exit code. Raises LimitError (time, memory), RemoteError (the engine crashed), KeyboardInterrupt.
    Errors that `work` raises are told by the child itself; their exit code comes back.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    from_child, to_parent = os.pipe()
    alive_read, alive_write = os.pipe()  # closes when the parent dies, however it dies
    child = os.fork()
    if child == 0:
        os.close(from_child)
        os.close(alive_write)
        _child(work, to_parent, alive_read, memory)
    os.close(to_parent)
    os.close(alive_read)
    try:
        ended = _wait(from_child, timeout)
    except BaseException:
        _kill(child)
        raise
    finally:
        os.close(from_child)
    if not ended:
        _kill(child)
        raise LimitError(f"no answer within {timeout:g} s", "ask for less, or allow more with --timeout (0: no limit)")
    status = os.waitpid(child, 0)[1]
    os.close(alive_write)
    return _told(status, memory)


def _wait(pipe: int, timeout: float) -> bool:
    """Wait for the child's end (the pipe's end of file); False if the clock ran out first."""
    left, since = timeout, None  # seconds left, and since when they run; None while the clock stands
    while True:
        running = None if since is None else max(0.0, left - (time.monotonic() - since))
        if not select.select([pipe], [], [], running)[0]:
            return False
        message = os.read(pipe, 1)
        if not message:
            return True
        if since is not None:
            left -= time.monotonic() - since
        since = time.monotonic() if message == b"s" and timeout else None


def _told(status: int, memory: int) -> int:
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    ended_by = os.WTERMSIG(status)
    if ended_by == signal.SIGPIPE:  # the reader had enough
        return 0
    if ended_by in (signal.SIGABRT, signal.SIGKILL):
        raise _out_of_memory(memory)
    name = signal.Signals(ended_by).name
    raise RemoteError(f"the query engine crashed ({name})", "simplify the query; if it is reasonable, report it")


def _out_of_memory(memory: int) -> LimitError:
    limit = f"the limit of {memory} MiB of memory" if memory else "the machine's memory"
    return LimitError(f"the query needs more than {limit}", "ask for less, or allow more with --memory MIB")


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _child(work: Work, to_parent: int, alive: int, memory: int) -> None:
    """Never returns: the process ends here, whatever happens."""
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends the child
        for fatal in (signal.SIGPIPE, signal.SIGTERM, signal.SIGHUP):
            signal.signal(fatal, signal.SIG_DFL)
        _silence_engine()
        _watch(alive)
        threading.stack_size(STACK)
        outcome: list[int] = []
        thread = threading.Thread(target=lambda: outcome.append(_attempt(work, to_parent, memory)))
        thread.start()
        thread.join()
        code = outcome[0]
    finally:
        os._exit(code)


def _attempt(work: Work, to_parent: int, memory: int) -> int:
    _limit(memory)
    try:
        code = work(Clock(to_parent))
        sys.stdout.flush()
    except KbError as error:
        return _tell(error)
    except (MemoryError, ImportError):  # a library that cannot be mapped is no other matter
        return _tell(_out_of_memory(memory))
    except OSError as error:
        return _tell(UsageError(f"{error.filename or 'the output'}: {error.strerror or error}"))
    except BaseException as error:  # noqa: BLE001 a panic of the engine is a BaseException; nothing may leave the child
        return _tell(RemoteError(f"the query engine failed: {type(error).__name__}: {error}"))
    return code


def _tell(error: KbError) -> int:
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        print(f"Error: {safe_lines(str(error))}", file=sys.stderr, flush=True)
    return error.exit_code


def _silence_engine() -> None:
    """Keep stderr for our own sentences: the engine's runtime prints a stack trace there before it aborts."""
    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()
    own = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    sys.stderr = open(own, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115, PTH123


@contextlib.contextmanager
def sealed(unopened: int = 0) -> Iterator[None]:
    """Within it the process can open nothing: no file, and no connection that a query might ask for.

    A second wall behind the refusal of SERVICE and FROM. What is needed must be imported before. A large store on
    disk opens some of its files late: there is room for as many as are still `unopened`.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_highest() + 1 + unopened if unopened else 0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _highest() -> int:
    """The highest open descriptor."""
    return max(map(int, os.listdir("/dev/fd")))  # noqa: PTH208 names, not paths


def _watch(alive: int) -> None:
    """End the child at once when the parent is gone."""

    def wait() -> None:
        os.read(alive, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _limit(memory: int) -> None:
    """Bound the address space above what is mapped now, the deep stack included; leave no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not memory:
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc here: the deep stack and a start allowance
        mapped = STACK + (1 << 30)
    wanted = mapped + (memory << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(ValueError, OSError):  # some systems refuse any limit of the address space
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
