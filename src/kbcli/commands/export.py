"""kb export: the knowledge base, or chosen articles, for other tools."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from kbcli import output
from kbcli.commands.offers import offered
from kbcli.errors import UsageError
from kbcli.exports import FORMATS
from kbcli.project import CONFIG, Project, find_project, require_project

if TYPE_CHECKING:
    from kbcli.extract import Extract
    from kbcli.progress import Progress

DEFAULT = "ttl"
ENDINGS = {"rdf": "rdfxml", "owl": "rdfxml", "xml": "rdfxml"}
SPOOLED = 1 << 20  # bytes; what is longer waits in a temporary file


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, shell_complete=offered("articles"))
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help=f"Default: what the name after -o ends in; {DEFAULT} without one.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write there instead of stdout, whole or not at all.")
@click.option("--canonical", is_flag=True, help="Sorted by graph and subject, each triple once.")
@click.option(
    "--data", multiple=True, metavar="PATH", help="Export these RDF files or folders instead of the project's data."
)
@click.option("--base", metavar="IRI", help="Resolve relative IRIs of --data against this one.")
@click.pass_context
def command(  # noqa: PLR0913 click passes every option by name
    ctx: click.Context,
    /,
    articles: tuple[str, ...],
    *,
    format_: str | None,
    path: str | None,
    canonical: bool,
    data: tuple[str, ...],
    base: str | None,
) -> None:
    """Export the knowledge base, data and vocabulary, or of it what the ARTICLEs need.

    ARTICLE is an id, slug, title, or the name of its file in data/ or seeds/. With it goes all that it refers to:
    agents, operations, times, and the claims of other articles that it denies or answers, with their speakers.

    \b
    kb export -f nq -o kb.nq
    kb export khodaei-nyt-report -f jsonld
    """
    chosen = format_ or _ending(path)
    if chosen == "xlsx" and path in (None, "-"):
        raise UsageError("a workbook is no text", "kb export -f xlsx -o FILE.xlsx")
    from kbcli.progress import Progress

    with Progress() as progress:
        project, extract = _extract(ctx.obj, articles, data, base, canonical=canonical, progress=progress)
        with output.target(path, [*map(Path, data), *([] if project is None else _parts(project))]) as stream:
            _write(chosen, extract, stream, progress, at_once=path is None or path == "-" or not _is_file(path))


def _write(format_: str, extract: Extract, stream: BinaryIO, progress: Progress, *, at_once: bool) -> None:
    """`at_once`: nothing is written before all is known to be right, for it could not be taken back."""
    from kbcli import exports

    if not at_once:
        exports.write(format_, extract, stream)
        return
    with tempfile.SpooledTemporaryFile(SPOOLED, prefix="kb-") as whole:
        exports.write(format_, extract, cast("BinaryIO", whole))
        progress.clear()
        whole.seek(0)
        shutil.copyfileobj(whole, stream)


def _is_file(path: str) -> bool:
    return Path(path).is_file() or not Path(path).exists()


def _ending(path: str | None) -> str:
    """The format that the name of a file stands for. Raises UsageError if it stands for another one."""
    ending = Path(path or "").suffix[1:].lower()
    format_ = ENDINGS.get(ending, ending or DEFAULT)
    if format_ not in FORMATS:
        raise UsageError(f"-o {path}: in which format?", f"choose one with -f: {', '.join(FORMATS)}")
    return format_


def _parts(project: Project) -> list[Path]:
    return [project.root / part for part in ("data", "ontology", "queries", "seeds", CONFIG)]


def _extract(  # noqa: PLR0913 what the command is given
    explicit: str | None,
    articles: tuple[str, ...],
    data: tuple[str, ...],
    base: str | None,
    *,
    canonical: bool,
    progress: Progress,
) -> tuple[Project | None, Extract]:
    """What is exported, and the project whose files it must not replace."""
    from kbcli import origin

    if "" in data:
        raise UsageError("--data is empty", "name a file or a folder")
    if not data:
        project = require_project(explicit)
        return project, origin.of_project(project, articles, canonical=canonical, progress=progress)
    found = find_project(explicit=explicit)
    own = found or Project(Path.cwd())  # for its prefixes only
    paths = [Path(path) for path in data]
    return found, origin.of_files(own, paths, base, articles, canonical=canonical, progress=progress)
