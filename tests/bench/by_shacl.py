"""A project's data against its shapes, by one engine: the results as lines of shape, focus node and path, sorted.

python tests/bench/by_shacl.py kb|pyshacl|pyshacl-turbo|shacl-rust PROJECT. The last two are run by the Python that
.ci/stores installs. `kb` is what `kb validate` does with the shapes, without its other checks.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SH = "http://www.w3.org/ns/shacl#"
Result = tuple[str, str, str]


def files(root: Path) -> list[Path]:
    return [*sorted((root / "data").rglob("*.ttl")), root / "ontology" / "kb.ttl"]


def kb(root: Path) -> Iterator[Result]:
    import pyoxigraph as ox

    from kbcli.shacl.engine import validate

    def triples(paths: list[Path]) -> Iterator[ox.Triple]:
        return (quad.triple for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))

    return _told(validate(triples(files(root)), triples([root / "ontology" / "shapes.ttl"])))


def pyshacl(root: Path) -> Iterator[Result]:
    """As its documentation has it; the options say that nothing is to be inferred, and nothing copied."""
    import pyshacl

    data, shapes = _read(root)
    return _told(pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)[1])


def pyshacl_turbo(root: Path) -> Iterator[Result]:
    import pyshacl_turbo

    data, shapes = _read(root)
    return _told(pyshacl_turbo.validate(data, shacl_graph=shapes)[1])


def shacl_rust(root: Path) -> Iterator[Result]:
    import shacl_rust

    # It takes one text. Turtle allows @prefix lines anywhere, so the files may stand one after the other.
    data = "\n".join(path.read_text(encoding="utf-8") for path in files(root))
    shapes = (root / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    report = shacl_rust.validate(data, shapes, data_format="turtle", shapes_format="turtle")
    for result in report["results"]:
        path = result.get("resultPath") or ""
        named = [_bare(result["sourceShape"]), _bare(result["focusNode"])]
        yield named[0], named[1], _bare(path) if path.startswith(("<", "http")) else ""


def _read(root: Path) -> tuple[Any, Any]:
    import rdflib

    data, shapes = rdflib.Graph(), rdflib.Graph()
    for path in files(root):
        data.parse(path, format="turtle")
    shapes.parse(root / "ontology" / "shapes.ttl", format="turtle")
    return data, shapes


def _told(report: Any) -> Iterator[Result]:
    import rdflib

    sh = rdflib.Namespace(SH)
    for result in report.objects(None, sh.result):
        path = report.value(result, sh.resultPath)
        yield (
            str(report.value(result, sh.sourceShape)),
            str(report.value(result, sh.focusNode)),
            str(path) if isinstance(path, rdflib.URIRef) else "",
        )


def _bare(term: str) -> str:
    return term.removeprefix("<").removesuffix(">")


ENGINES = {"kb": kb, "pyshacl": pyshacl, "pyshacl-turbo": pyshacl_turbo, "shacl-rust": shacl_rust}


def main(engine: str, project: str) -> None:
    logging.disable(logging.CRITICAL)
    for result in sorted(ENGINES[engine](Path(project))):
        print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
