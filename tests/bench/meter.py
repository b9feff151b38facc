"""Runs a command and notes what it cost: python -I -S meter.py RESULT OUTPUT [--weigh] COMMAND…

Small on purpose: a process is never seen smaller than the one that started it. RESULT becomes JSON: the exit code,
seconds of processor (with the children that were waited for) and of the clock, the peak of memory in MiB of the
greediest process; with --weigh, of all processes together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

PAUSE = 0.02


def measured(output: str, command: list[str], *, weigh: bool) -> dict[str, float]:
    with open(output, "wb") as stream:  # noqa: PTH123 pathlib is not loaded here
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stream)
        peak = _weighed(process.pid) if weigh else 0.0
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    return {
        "code": os.waitstatus_to_exitcode(status),
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "peak": peak or used.ru_maxrss / 1024,
    }


def _weighed(process: int) -> float:
    """The greatest sum seen while it runs; what processes share is counted once."""
    peak = 0.0
    while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak = max(peak, sum(map(_share, _family(process))))
        time.sleep(PAUSE)
    return peak


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children", encoding="ascii") as stream:  # noqa: PTH123
                found += map(int, stream.read().split())
        except OSError:  # it has ended
            continue
    return found


def _share(process: int) -> float:
    """MiB of one process, its share of what it has in common with others."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as stream:  # noqa: PTH123
            return sum(float(line.split()[1]) for line in stream if line.startswith("Pss:")) / 1024
    except OSError:
        return 0.0


def main(result: str, output: str, *command: str) -> None:
    weigh = command[0] == "--weigh"
    found = measured(output, list(command[weigh:]), weigh=weigh)
    with open(result, "w", encoding="ascii") as stream:  # noqa: PTH123
        json.dump(found, stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
