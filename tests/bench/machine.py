"""The machine that something was measured on, as far as it tells."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> dict[str, str]:
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": _memory(),
        "system": f"{_system()} ({platform.system()} {platform.machine()})",
        "python": platform.python_version(),
    }


def _memory() -> str:
    found = _field("/proc/meminfo", "MemTotal").split()
    return f"{int(found[0]) / 2**20:.0f} GiB" if found else "unknown"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.release()


def _field(path: str, name: str) -> str:
    """The value of the first line `name: value`; empty if there is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip() == name), "")
