"""A new knowledge base is put into a folder: all of its files or none, and nothing that is there is touched."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from kbcli.display import printable
from kbcli.errors import UsageError
from kbcli.names import KB, SHAPES
from kbcli.project import CONFIG, FOLDERS

_STAND_IN = "https://example.org/"
_READ = (*FOLDERS, "seeds")
_SHOWN = 3
_ASIDE = re.compile(r"\.kb-init-[0-9a-f]{8}-[0-9a-f]{8}")  # where files wait to be moved


def new_folder(name: str) -> Path:
    """The folder `name`, which is missing or has nothing but git's own in it. Raises UsageError for any other."""
    folder = Path(name).absolute()
    try:
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(f"{printable(name)}: there is something of that name, and it is no folder")
        there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except (OSError, ValueError) as error:
        raise UsageError(f"{printable(name)}: {getattr(error, 'strerror', None) or error}") from error
    found = [one for one in there if one != ".git"]
    if found and all(_ASIDE.fullmatch(one) for one in found):  # of a kb init that was killed
        found = [one for one in found if not _is_left(folder / one)]
    elif any(_ASIDE.fullmatch(one) for one in found):
        raise UsageError(
            f"{printable(name)}: a kb init was killed here, and has left some of its files",
            "empty the folder, and run the command again",
        )
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(
            f"{printable(name)}: not empty, it has {', '.join(map(printable, found[:_SHOWN]))}{more}",
            "name a new folder or an empty one; kb init --upgrade renews the ontology of a knowledge base",
        )
    _refuse_inside(folder, name)
    return folder


def _refuse_inside(folder: Path, name: str) -> None:
    """A knowledge base among the files of another one would be read as a part of it."""
    real = folder.resolve()
    for root in real.parents:
        if (root / CONFIG).is_file() or all((root / part).is_dir() for part in FOLDERS):
            if real.relative_to(root).parts[0] in _READ:
                raise UsageError(
                    f"{printable(name)}: among the files of another knowledge base, {printable(str(root))}",
                    "name a folder outside of it",
                )
            return


def stand_in(folder: Path) -> str:
    """A base for data that has been given none. It is valid, and nobody's: example.org is kept for examples."""
    return f"{_STAND_IN}{re.sub(r'[^a-z0-9]+', '-', folder.name.lower()).strip('-') or 'kb'}/"


def checked_base(text: str) -> str:
    """`text` as the base of a project's data. Raises UsageError where it cannot be one."""
    import pyoxigraph as ox

    try:
        parts = urlsplit(text)
        ox.NamedNode(text)
        right = parts.scheme in ("http", "https") and parts.hostname and text[-1] in "/#" and "#" not in text[:-1]
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"{text!r} is no base", "write an absolute http or https IRI that ends in / or #")
    if text in (KB, SHAPES):
        raise UsageError(f"{text} is the vocabulary's own", "choose a base for your data; the vocabulary keeps its own")
    return text


def checked_title(text: str) -> str:
    """`text` as a title, on one line. Raises UsageError where it cannot be one."""
    title = text.strip()
    if not title or not title.isprintable():
        raise UsageError(f"{text!r} is no title", "write some words, on one line")
    return title


def put(files: dict[str, str], folder: Path) -> None:
    """Write the files below `folder`. They are written beside their place first, then moved there."""
    fresh = not folder.exists()
    around = folder.parent if fresh else folder
    stem = f".kb-init-{sha256(os.fsencode(folder.name)).hexdigest()[:8]}"
    aside = around / f"{stem}-{secrets.token_hex(4)}"
    try:
        aside.mkdir(parents=True)
        held = os.open(aside, os.O_RDONLY)
        try:
            _lock(held)
            _tidy(around, stem)
            for path, text in files.items():
                target = aside / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode())
            if fresh:
                aside.rename(folder)
            else:
                _move(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            os.close(held)
    except OSError as error:
        raise UsageError(f"{printable(str(folder))}: {error.strerror or error}", "nothing was made") from error


def _tidy(around: Path, stem: str) -> None:
    """Take away what is left of an earlier kb init into the same folder that was killed."""
    for left in around.glob(f"{stem}-*"):
        if _ASIDE.fullmatch(left.name) and _is_left(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_left(aside: Path) -> bool:
    """Whether nobody is at work in it."""
    if aside.is_symlink() or not aside.is_dir():
        return False
    try:
        held = os.open(aside, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _lock(held)
    finally:
        os.close(held)


def _lock(held: int) -> bool:
    """Whether the folder could be locked; it is let go with its descriptor. Where there are no locks, none can be."""
    try:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _move(aside: Path, folder: Path) -> None:
    """Move what is in `aside` into `folder`; what was moved goes away again if not all can be."""
    moved: list[Path] = []
    try:
        for path in sorted(aside.iterdir()):
            place = folder / path.name
            _refuse_taken(place)
            path.rename(place)
            moved.append(place)
    except BaseException:
        for place in moved:
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        raise


def _refuse_taken(place: Path) -> None:
    """What came in after the folder was looked at would be replaced."""
    if os.path.lexists(place):
        raise FileExistsError(0, f"{place.name} has come in between")
