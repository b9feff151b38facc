"""Compare what `kb` costs with its peers: CPU, time and memory of whole processes, in turn, as medians.

From the checkout, by a Python that has `kb` (and rdflib and pyshacl, as it has then):

    python -m tests.bench                    everything: an hour or more, most of it at 10,000 articles
    python -m tests.bench --quick            small sizes, a few rounds: under a minute; writes nothing
    python -m tests.bench --render           table and picture once more from results.json

Writes results.json, results.md and cost.svg. Peers that are not installed are left out; .ci/stores installs Jena,
Comunica, Virtuoso, the oxigraph command, pyshacl-turbo and shacl-rust.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import record as records
from bench.case import HERE, DifferentError
from bench.chart import svg
from bench.goal import GUARDS, outcomes
from bench.report import articles, markdown
from bench.suite import SUITES, measured

if TYPE_CHECKING:
    from bench.record import Record

SIZES = "2,100,1000,10000"
QUICK = (("questions", 2), ("questions", 100), ("validation", 100), ("shapes", 5))
ROUNDS, QUICK_ROUNDS = 9, 3


def sizes(text: str) -> list[int]:
    """Raises ValueError for what is no list of numbers from 2 on; argparse tells of it."""
    found = [int(size) for size in text.split(",")]
    if min(found) < 2:
        raise ValueError(text)
    return found


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="only what CI guards: at most 100 articles, a few rounds")
    parser.add_argument(
        "--sizes", type=sizes, default=sizes(SIZES), help=f"numbers of articles (2 are our own), else {SIZES}"
    )
    parser.add_argument("--rounds", type=int, help=f"how often each command is run at most, else {ROUNDS}")
    parser.add_argument("--folder", type=Path, help="where the knowledge bases are made and kept for the next time")
    parser.add_argument("--only", action="append", choices=list(SUITES), help="may be repeated")
    parser.add_argument("--output", type=Path, help="where the results go, else tests/bench; with --quick nowhere")
    parser.add_argument("--add", action="store_true", help="keep what results.json has of other sizes and suites")
    parser.add_argument("--render", action="store_true", help="measure nothing, draw what results.json has")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    asked = parsed(arguments)
    output = asked.output or (None if asked.quick else HERE)
    if asked.render:
        render(records.read(output or HERE), output or HERE)
        return 0
    try:
        found = run(asked)
    except DifferentError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    if output:
        output.mkdir(parents=True, exist_ok=True)
        found = found.added_to(records.read(output)) if asked.add and (output / records.NAME).exists() else found
        found.write(output)
        render(found, output)
    if asked.quick:
        return guarded(found)
    print(markdown(found))
    return 0


def run(asked: argparse.Namespace) -> Record:
    suites = asked.only or list(SUITES)
    plan = [(suite, size) for size in asked.sizes for suite in suites]
    if asked.quick:
        plan = [(suite, size) for suite, size in QUICK if suite in suites]
    rounds = asked.rounds or (QUICK_ROUNDS if asked.quick else ROUNDS)
    with tempfile.TemporaryDirectory() as made:
        folder = (asked.folder or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return measured(folder, plan, rounds, _tell, quick=asked.quick)


def render(record: Record, output: Path) -> None:
    (output / "results.md").write_text(markdown(record), encoding="utf-8")
    (output / "cost.svg").write_text(svg(record), encoding="utf-8")


def guarded(record: Record) -> int:
    """Print the ratios that must hold on any machine; 1 if one does not."""
    found = list(outcomes(GUARDS, record.figures))
    for one in found:
        word = "" if one.reached else "  TOO MUCH"
        print(f"{one.found:7.3f}, at most {one.most:g}: {one.what}, {articles(one.size)}{word}")
    return 0 if all(one.reached for one in found) else 1


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
