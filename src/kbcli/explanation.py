"""Terms and rules explained: a card for each, and one that lists them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kbcli import handbook
from kbcli.card import Card, Line, each, sections
from kbcli.glossary import SORTS, Term, is_own
from kbcli.handbook import MARK
from kbcli.names import compact, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kbcli.handbook import Example
    from kbcli.reference import Reference
    from kbcli.rulebook import Ruling

UNCOUNTED = "not counted: there is no project here"


def card(meant: Term | Ruling, reference: Reference) -> Card:
    if isinstance(meant, Term):
        return _of_term(meant, reference)
    return _of_rule(meant, reference)


def _of_term(term: Term, reference: Reference) -> Card:
    """Rules of the classes above it are left to them."""
    above = {expand(name, reference.prefixes) for name in term.parents}
    rules = [rule for rule in reference.rules if term.iri in rule.concerns and above.isdisjoint(rule.concerns)]
    label = f", “{term.label}”" if term.label else ""
    made = sections(
        ("Definition", each([term.definition] * bool(term.definition))),
        ("Note", each(term.notes)),
        ("Example", each(term.examples)),
        ("Belongs together with", _kin(term)),
        ("In the data", each([UNCOUNTED] if term.uses is None else term.uses)),
        ("Rules", [*map(_in_list, rules), *each(f"and the rules of {name}" for name in term.parents)]),
    )
    return Card(f"{term.id}: {term.sort}{label}", (), made, term)


def _of_rule(rule: Ruling, reference: Reference) -> Card:
    known = reference.glossary.terms
    concerned = [(compact(iri, reference.prefixes), known.get(iri)) for iri in rule.concerns]
    page = handbook.page(rule.code)
    made = sections(
        ("What is wrong", each([rule.what])),
        ("Why", each(page.paragraphs if page else ())),
        ("Severity", each([rule.severity])),
        ("Remedy", each([rule.remedy])),
        ("Wrong", _shown(page.wrong, page.remarks[0]) if page else []),
        ("Right", _shown(page.right, page.remarks[1]) if page else []),
        ("Found by", each([rule.home])),
        ("Terms", [Line(term.definition, name) if term else Line(name) for name, term in concerned]),
    )
    return Card(f"{rule.code}: {rule.slug}", (), made, rule)


def _shown(examples: Iterable[Example], remark: str) -> list[Line]:
    """The examples' lines, with a caret below the place that the finding names."""
    lines = [line for example in examples for line in _block(example)]
    return [*lines, *each([remark] * bool(remark))]


def _block(example: Example) -> Iterator[Line]:
    yield Line(f"{example.path or 'in the project’s folder'}{', at its end' * example.added}:")
    row, column = example.place or (0, 0)
    for number, line in enumerate(example.marked.removesuffix("\n").split("\n"), 1):
        shown = line.replace(MARK, "") if example.path else line.replace(f"# {MARK}", "# found at ")
        yield Line(shown, depth=1, verbatim=True)
        if example.path and number == row:
            yield Line(" " * (column - 1) + "^", depth=1, verbatim=True)


def contents(reference: Reference) -> Card:
    """Every term with its definition, by its sort, then every rule with its slug."""
    terms = reference.glossary.terms.values()
    made = sections(
        *(
            (heading, [_entry(t) for t in terms if is_own(t) and t.sort in sorts])
            for heading, sorts in _HEADINGS.items()
        ),
        ("Kinds, from the data", [_entry(term) for term in terms if not is_own(term)]),
        ("Codes of kb validate", map(_in_list, reference.rules)),
    )
    return Card("Terms of the vocabulary, and codes", (), made, None)


def _entry(term: Term) -> Line:
    return Line(term.definition, term.id)


_SORTS = list(SORTS.values())
_HEADINGS = {"Classes": _SORTS[:1], "Properties": _SORTS[1:4], "What a time rests on": _SORTS[4:]}


def _kin(term: Term) -> list[Line]:
    pairs = {
        "a kind of": term.parents,
        "stands on (domain)": term.domain,
        "has as value (range)": term.range,
        "in the scheme": term.scheme,
    }
    return [Line(", ".join(names), what) for what, names in pairs.items() if names]


def _in_list(rule: Ruling) -> Line:
    return Line(rule.what, f"{rule.code} {rule.slug} ({rule.severity})")
