"""Every saved query says what it asks, gives the same rows on two engines, and never loses who said it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from kbcli import savedquery
from kbcli.names import expand, prefixes
from kbcli.parameters import term

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]
FILES = [*sorted((ROOT / "data").rglob("*.ttl")), ROOT / "ontology" / "kb.ttl"]
NAMES = """
    across admissions allegations chains claims competing denials designations own-voice quotes silences status
    timeline undenied unnamed
""".split()  # noqa: SIM905 - a list literal would take a page
KNOWN = prefixes()
KB = Namespace(KNOWN["kb"])
OA = Namespace(KNOWN["oa"])
CLAIM_CLASSES = ("Admission", "Allegation", "Denial", "Statement")
NOT_STATED = "not stated"
NO_DENIAL = "no denial recorded here"

A, B = "art:iran-accuses-mossad", "art:khodaei-nyt-report"
NYT_REPORT = f"cl:{B[4:]}-nyt-report"
ISRAEL_VIA_NYT = f"cl:{B[4:]}-israel-via-nyt"

# For each parameter values from the data: at least one of them finds rows, at least one leaves rows out.
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "across": {"agent": ("ag:mossad",)},
    "admissions": {"agent": ("ag:israel",), "operation": ("op:ahvaz-attack",), "article": (A,)},
    "allegations": {
        "agent": ("ag:zarif",),
        "accused": ("ag:iranian-intelligence",),
        "operation": ("op:denmark-plot",),
        "kind": ("k:plot",),
        "article": (B,),
        "since": ("2018-10-01",),
        "until": ("2018-09-30",),
    },
    "chains": {
        "agent": ("ag:israel",),
        "through": ("ag:nyt", "ag:israel"),
        "operation": ("op:khodaei-killing", "op:ahvaz-attack"),
        "article": (B, A),
    },
    "claims": {
        "agent": ("ag:zarif",),
        "class": ("Denial",),
        "operation": ("op:israel-confirmation",),
        "party": ("ag:islamic-state",),
        "article": (B,),
        "since": ("2018-10-01",),
        "until": ("2018-09-30",),
    },
    "competing": {
        "agent": ("ag:iran",),
        "operation": ("op:ahvaz-attack",),
        "actor": ("ag:iranian-intelligence",),
        "article": (B,),
    },
    "denials": {
        "agent": ("ag:iran",),
        "operation": ("op:israel-confirmation",),
        "article": (A,),
    },
    "designations": {"agent": ("ag:iran",), "subject": ("ag:asmla",), "article": (B,)},
    "own-voice": {
        "agent": ("ag:outlet-iran-accuses-mossad",),
        "operation": ("op:ahvaz-attack",),
        "party": ("ag:mossad",),
        "article": (B,),
    },
    "quotes": {
        "agent": ("ag:raisi",),
        "operation": ("op:mossad-false-flags",),
        "article": (B,),
        "contains": ("False Flag",),
    },
    "silences": {"agent": ("ag:iran",), "speaker": ("ag:outlet-khodaei-nyt-report", "ag:iran"), "article": (B, A)},
    "status": {
        "agent": ("ag:pet",),
        "accused": ("ag:israel",),
        "operation": ("op:ahvaz-attack",),
        "kind": ("k:killing",),
        "article": (B,),
    },
    "timeline": {
        "agent": ("ag:trump",),
        "operation": ("op:ahvaz-attack",),
        "article": (B,),
        "since": ("2018-10-01",),
        "until": ("2018-09-30",),
    },
    "undenied": {
        "agent": ("ag:iran",),
        "accused": ("ag:mossad",),
        "operation": ("op:denmark-plot",),
        "kind": ("k:plot",),
        "article": (B,),
    },
    "unnamed": {
        "agent": ("ag:israeli-television-virus",),
        "operation": ("op:khodaei-killing",),
        "article": (A,),
    },
}
# Parameters that only change how others work or how rows are sorted, and denials that have no date yet.
STEERING = {("timeline", "by"): "happened", ("denials", "since"): "2018-01-01", ("denials", "until"): "2018-12-31"}

Cell = tuple[str, frozenset[str], str]  # "iri" or "literal", the value split at " | ", its language or datatype
Row = dict[str, Cell | None]
Engine = Callable[[str], list[Row]]


def cell(kind: str, value: str, tag: str = "") -> Cell:
    """A value to compare. The order inside a joined cell differs between engines, so it is a set."""
    return kind, frozenset(value.split(" | ")), tag


@dataclass(frozen=True)
class Data:
    """The same triples in both engines."""

    graph: Graph
    store: ox.Store

    @property
    def engines(self) -> tuple[Engine, Engine]:
        return self.ask, self.ask_rdflib

    def ask(self, text: str) -> list[Row]:
        answer = self.store.query(text)
        assert isinstance(answer, ox.QuerySolutions)
        names = [variable.value for variable in answer.variables]
        rows = []
        for solution in answer:
            row: Row = {}
            for index, name in enumerate(names):
                value = solution[index]
                if isinstance(value, ox.Literal):
                    row[name] = cell("literal", value.value, value.language or value.datatype.value)
                else:
                    row[name] = None if value is None else cell("iri", value.value)
            rows.append(row)
        return rows

    def ask_rdflib(self, text: str) -> list[Row]:
        answer = self.graph.query(text)
        assert answer.vars is not None
        rows = []
        for binding in answer.bindings:
            row: Row = {}
            for name in answer.vars:
                value = binding.get(name)
                if isinstance(value, Literal):
                    tag = value.language or value.datatype or KNOWN["xsd"] + "string"
                    row[str(name)] = cell("literal", str(value), str(tag))
                else:
                    row[str(name)] = None if value is None else cell("iri", str(value))
            rows.append(row)
        return rows

    def label(self, node: Node | str) -> str:
        labels = list(self.graph.objects(URIRef(str(node)), RDFS.label))
        assert len(labels) == 1, f"{node} has {len(labels)} labels"
        return str(labels[0])

    def claims(self, *classes: str) -> set[str]:
        return {str(s) for name in classes or CLAIM_CLASSES for s in self.graph.subjects(RDF.type, KB[name])}


def data_of(triples: Iterable[tuple[Node, Node, Node]]) -> Data:
    """The triples in just this order."""
    graph, store = Graph(), ox.Store()
    for triple in triples:
        graph.add(triple)
        store.load(input=" ".join(map(n3, triple)) + " .", format=ox.RdfFormat.TURTLE)
    return Data(graph, store)


def n3(node: Node) -> str:
    assert isinstance(node, (URIRef, Literal))
    return node.n3()


def read_data(*turtle: str) -> Data:
    graph, store = Graph(), ox.Store()
    for text in turtle:
        graph.parse(data=text, format="turtle")
        store.load(input=text, format=ox.RdfFormat.TURTLE)
    return Data(graph, store)


@pytest.fixture(scope="session")
def kb() -> Data:
    return read_data(*(path.read_text(encoding="utf-8") for path in FILES))


def saved(name: str) -> savedquery.SavedQuery:
    return savedquery.from_file(ROOT / "queries" / f"{name}.rq")


def iri(name: str) -> str:
    full = expand(name, KNOWN)
    assert full is not None
    return full


def bound(name: str, data: Data, **values: str) -> str:
    """The text of the query with `values` as a reader would type them."""
    query = saved(name)
    terms = {key: term(query.header.params[key], value, data.store, KNOWN) for key, value in values.items()}
    return query.query.bound(terms).text


def ask(name: str, data: Data, **values: str) -> list[Row]:
    return data.ask(bound(name, data, **values))


def texts(row: Row, column: str) -> frozenset[str]:
    """The values in a cell; none if it is unbound or empty."""
    value = row[column]
    return frozenset() if value is None else value[1] - {""}


def text(row: Row, column: str) -> str:
    value = texts(row, column)
    assert len(value) <= 1, f"{column} has {len(value)} values"
    return next(iter(value), "")


def by_claim(rows: list[Row]) -> dict[str, Row]:
    return {text(row, "claim"): row for row in rows}


def keys(rows: list[Row], columns: list[str]) -> list[tuple[Cell | None, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


# --- The files --------------------------------------------------------------------------------------


def test_there_are_fifteen() -> None:
    assert sorted(path.stem for path in (ROOT / "queries").glob("*.rq")) == NAMES
    assert len(NAMES) == len(set(NAMES)) == 15


@pytest.mark.parametrize("name", NAMES)
def test_header_is_complete(name: str) -> None:
    query = saved(name)
    header = query.header
    assert header.summary
    assert header.description
    assert header.tags
    assert {slot.name for slot in query.query.slots} == set(header.params)
    for parameter in header.params.values():
        assert parameter.help, parameter.name
        assert parameter.type in ("iri", "string", "date", "integer")
    assert set(header.expect) <= {"min_rows", "unique"}
    assert header.expect["min_rows"] >= 1
    assert header.expect["unique"]


@pytest.mark.parametrize("name", NAMES)
def test_text_is_plain_sparql(name: str) -> None:
    query = saved(name).query
    query.refuse_unsafe()
    assert query.form == "SELECT"
    assert not query.uses_graphs
    words = [token.text.upper() for token in query.tokens]
    assert ("SELECT", "*") not in pairwise(words)
    after_last_brace = words[len(words) - words[::-1].index("}") :]
    assert "ORDER BY" in " ".join(after_last_brace)
    prepareQuery(query.text)
    used = {token.text.split(":")[0] for token in query.tokens if token.kind == "prefixed"}
    assert used == set(query.prefixes), "every prefix declared is used"


@pytest.mark.parametrize("name", NAMES)
def test_names_only_what_the_vocabulary_has(name: str, kb: Data) -> None:
    query = saved(name).query
    ours = {token.text for token in query.tokens if token.kind == "prefixed" and token.text.startswith("kb:")}
    for word in ours - {"kb:"}:
        assert (URIRef(iri(word)), None, None) in kb.graph, word


def test_every_parameter_is_tried() -> None:
    for name in NAMES:
        tried = {*VALUES[name], *(parameter for query, parameter in STEERING if query == name)}
        assert tried == set(saved(name).header.params), name


# --- The answers, whatever the question -------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_expectation_holds(name: str, kb: Data) -> None:
    rows = ask(name, kb)
    expect = saved(name).header.expect
    assert len(rows) >= expect["min_rows"]
    found = keys(rows, expect["unique"])
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", NAMES)
def test_same_rows_on_both_engines(name: str, kb: Data) -> None:
    query = saved(name).query.text
    started = time.monotonic()
    slow = kb.ask_rdflib(query)
    assert time.monotonic() - started < 30
    assert slow == kb.ask(query)


@pytest.mark.parametrize(
    ("name", "parameter", "values"),
    [
        pytest.param(name, parameter, values, id=f"{name}-{parameter}")
        for name, choices in VALUES.items()
        for parameter, values in choices.items()
    ],
)
def test_parameter_restricts_alike_on_both_engines(
    name: str, parameter: str, values: tuple[str, ...], kb: Data
) -> None:
    everything = ask(name, kb)
    sizes = []
    for value in values:
        query = bound(name, kb, **{parameter: value})
        rows = kb.ask(query)
        assert rows == kb.ask_rdflib(query)
        assert all(row in everything for row in rows), "a parameter leaves rows out and changes none"
        sizes.append(len(rows))
    assert max(sizes) > 0
    assert min(sizes) < len(everything)


@pytest.mark.parametrize(("name", "parameter"), sorted(STEERING))
def test_other_parameters_run_alike_on_both_engines(name: str, parameter: str, kb: Data) -> None:
    query = bound(name, kb, **{parameter: STEERING[name, parameter]})
    assert kb.ask(query) == kb.ask_rdflib(query)


@pytest.mark.parametrize("name", NAMES)
def test_order_is_total(name: str, kb: Data) -> None:
    query = saved(name).query.text
    expected = kb.ask(query)
    triples = sorted(kb.graph)
    random.Random(1).shuffle(triples)  # noqa: S311 - the same disorder each time
    for engine in data_of(triples).engines:
        assert engine(query) == expected


@pytest.mark.parametrize("name", NAMES)
def test_labels_stand_beside_what_they_label(name: str, kb: Data) -> None:
    rows = ask(name, kb)
    columns = list(rows[0])
    for column in columns:
        if column.endswith("Label"):
            assert columns.index(column) == columns.index(column.removesuffix("Label")) + 1
    for row in rows:
        for column, value in row.items():
            if value is None or value[0] != "iri" or column == "article":
                continue
            assert text(row, f"{column}Label") == kb.label(text(row, column))


CLAIM_LISTS = [name for name in NAMES if name != "across"]


@pytest.mark.parametrize("name", CLAIM_LISTS)
def test_no_claim_without_its_speaker_article_and_via(name: str, kb: Data) -> None:
    rows = ask(name, kb)
    assert list(rows[0])[:2] == ["claim", "claimLabel"]
    nearest = "via1" if name == "chains" else "via"
    assert {"speaker", "speakerLabel", "article", nearest, f"{nearest}Label"} <= set(rows[0])
    for row in rows:
        claim = URIRef(text(row, "claim"))
        assert texts(row, "speaker") == {str(kb.graph.value(claim, KB.speaker))}
        assert texts(row, "article") == {str(x) for x in kb.graph.objects(claim, KB.evidence / KB["in"])}
        if name != "chains":
            assert texts(row, "via") == {str(x) for x in kb.graph.objects(claim, KB.via)}


@pytest.mark.parametrize("name", CLAIM_LISTS)
def test_cells_say_what_the_data_says(name: str, kb: Data) -> None:
    graph = kb.graph
    for row in ask(name, kb):
        claim = URIRef(text(row, "claim"))
        said = graph.value(claim, KB.said)
        assert texts(row, "said") == ({str(graph.value(said, KB.text))} if said else set())
        assert text(row, "basis") == (str(graph.value(said, KB.basis)).removeprefix(str(KB)) if said else NOT_STATED)
        for column in ("earliest", "latest"):
            assert texts(row, column) == ({str(x) for x in graph.objects(said, KB[column])} if said else set())
        for column in {"hedge", "quote", "cue", "speakingAs", "designates"} & set(row):
            if (name, column) == ("quotes", "quote"):
                continue  # one row for each
            assert texts(row, column) == {str(x) for x in graph.objects(claim, KB[column])}
        assert texts(row, "restates") == {kb.label(x) for x in graph.objects(claim, KB.restates)}
        if "about" in row and name != "denials":
            assert texts(row, "about") == {kb.label(x) for x in graph.objects(claim, KB.about)}
        if "class" in row:
            assert (claim, RDF.type, KB[text(row, "class")]) in graph


# --- Each query's own answer ------------------------------------------------------------------------


def test_claims_are_all_there(kb: Data) -> None:
    assert [text(row, "claim") for row in ask("claims", kb)] == sorted(kb.claims())


def test_claims_of_a_party_have_it_in_some_role(kb: Data) -> None:
    rows = by_claim(ask("claims", kb, party="ag:kan"))
    channel = {str(s) for s in kb.graph.subjects(KB.channel, URIRef(iri("ag:kan")))}
    assert channel
    assert channel <= set(rows)
    assert all(texts(row, "channel") == {iri("ag:kan")} for claim, row in rows.items() if claim in channel)


def test_allegations_are_all_there_once_for_each_accused(kb: Data) -> None:
    rows = ask("allegations", kb)
    expected = {(c, str(a)) for c in kb.claims("Allegation") for a in kb.graph.objects(URIRef(c), KB.actor)}
    assert {(text(row, "claim"), text(row, "accused")) for row in rows} == expected
    hosting = [row for row in rows if text(row, "operation") == iri("op:ahvaz-group-hosting")]
    accused = {text(row, "accusedLabel") for row in hosting}
    assert accused == {"Denmark", "Britain", "the Netherlands"}
    for row in hosting:
        assert texts(row, "alongside") == accused - texts(row, "accusedLabel")


def test_allegation_of_false_flags_is_a_tweet_by_zarif(kb: Data) -> None:
    rows = [row for row in ask("allegations", kb, accused="ag:mossad") if not texts(row, "restates")]
    assert [text(row, "speaker") for row in rows] == [iri("ag:zarif")]
    row = rows[0]
    assert text(row, "channelLabel") == "Twitter"
    assert (text(row, "said"), text(row, "earliest"), text(row, "basis")) == (
        "October 31, 2018",
        "2018-10-31",
        "stated",
    )
    assert (text(row, "wordsAre"), text(row, "denied")) == ("quoted", NO_DENIAL)
    assert any("perverse & stubborn planting of false flags" in words for words in texts(row, "words"))


def test_allegations_say_who_denies_them_and_with_which_reservation(kb: Data) -> None:
    denied = {claim: texts(row, "denied") for claim, row in by_claim(ask("allegations", kb)).items()}
    assert denied[iri(NYT_REPORT)] == {"denied by Ram Ben-Barak (“as far as he knew”)"}
    assert denied[iri("cl:iran-accuses-mossad-pet-planning")] == {"denied by Iran"}
    assert denied[iri("cl:iran-accuses-mossad-norwegian-planning")] == {NO_DENIAL}


def test_denials_are_exactly_two(kb: Data) -> None:
    rows = {text(row, "speaker"): row for row in ask("denials", kb)}
    assert len(ask("denials", kb)) == 2
    assert set(rows) == {iri("ag:iran"), iri("ag:ben-barak")}
    iran, ben_barak = rows[iri("ag:iran")], rows[iri("ag:ben-barak")]

    assert texts(iran, "denied") == {
        kb.label(iri(f"cl:iran-accuses-mossad-{name}")) for name in ("pet-planning", "officials-plot")
    }
    assert texts(iran, "deniedSpeakers") == {"PET", kb.label(iri("ag:israeli-officials-denmark"))}
    assert texts(iran, "about") == {kb.label(iri("op:denmark-plot"))}
    assert not texts(iran, "hedge")
    assert (text(iran, "wordsAre"), text(iran, "basis")) == ("paraphrase", NOT_STATED)
    assert texts(iran, "words") == {"Iran has denied it was behind the alleged assassination plans"}
    assert text(iran, "article") == iri(A)

    assert texts(ben_barak, "denied") == {kb.label(iri(NYT_REPORT))}
    assert texts(ben_barak, "deniedSpeakers") == {"New York Times"}
    assert texts(ben_barak, "about") == {kb.label(iri("op:israel-confirmation"))}
    assert texts(ben_barak, "hedge") == {"as far as he knew"}
    assert text(ben_barak, "wordsAre") == "quoted"
    assert texts(ben_barak, "words") == {"we did not inform anyone or take responsibility, and that is for the best."}
    assert "The lawmaker denied the information contained in the report" in text(ben_barak, "evidence")
    assert (text(ben_barak, "said"), text(ben_barak, "basis")) == ("Earlier in the day", "relative")
    assert text(ben_barak, "earliest") == text(ben_barak, "latest") == ""
    assert text(ben_barak, "article") == iri(B)
    assert all(not texts(row, "via") for row in rows.values())


def test_undenied_are_the_allegations_that_no_denial_answers(kb: Data) -> None:
    rows = by_claim(ask("undenied", kb))
    denied = {claim for claim, row in by_claim(ask("allegations", kb)).items() if text(row, "denied") != NO_DENIAL}
    assert {iri(NYT_REPORT), iri("cl:iran-accuses-mossad-pet-planning")} <= denied
    assert set(rows) == kb.claims("Allegation") - denied
    norwegian = rows[iri("cl:iran-accuses-mossad-norwegian-planning")]
    assert text(norwegian, "denial") == NO_DENIAL
    assert texts(norwegian, "hedge") == {"allegedly"}
    nearby = texts(norwegian, "denialsAddressedToOthers")
    assert len(nearby) == 2
    assert all(words.startswith(kb.label(iri("cl:iran-accuses-mossad-iran-denial"))) for words in nearby)
    assert any("PET" in words for words in nearby)
    assert all(text(row, "denial") == NO_DENIAL for row in rows.values())


def test_a_retold_allegation_counts_as_denied(kb: Data) -> None:
    retold = {
        str(s)
        for s in kb.graph.subjects(KB.restates, URIRef(iri("cl:iran-accuses-mossad-pet-planning")))
        if (s, RDF.type, KB.Allegation) in kb.graph
    }
    assert retold
    assert not retold & set(by_claim(ask("undenied", kb)))
    rows = by_claim(ask("allegations", kb))
    assert {text(rows[claim], "denied") for claim in retold} == {"denied by Iran"}


def test_chains_go_from_the_outlet_inwards(kb: Data) -> None:
    rows = by_claim(ask("chains", kb))
    assert set(rows) == {str(s) for s in kb.graph.subjects(KB.via)}
    row = rows[iri(ISRAEL_VIA_NYT)]
    assert text(row, "class") == "Admission"
    assert text(row, "depth") == "1"
    assert text(row, "outlet") == iri("ag:outlet-khodaei-nyt-report")
    assert text(row, "via1") == iri(NYT_REPORT)
    assert texts(row, "via2") == texts(row, "via3") == set()
    assert text(row, "speaker") == iri("ag:israel")
    outlet, nyt, israel = text(row, "chain").split(" > ")
    assert (outlet, nyt) == (text(row, "outletLabel"), "New York Times («alleging»)")
    assert israel == "Israel («had confirmed»)"


def test_israel_admits_only_through_the_new_york_times(kb: Data) -> None:
    rows = by_claim(ask("admissions", kb))
    assert set(rows) == kb.claims("Admission")
    for claim, row in rows.items():
        second_hand = (URIRef(claim), KB.via, None) in kb.graph
        assert text(row, "hand").startswith("second-hand: through ") == second_hand
        assert (text(row, "hand") == "first-hand") == (not second_hand)
        assert bool(texts(row, "via")) == second_hand
    israel = [row for row in rows.values() if text(row, "speaker") == iri("ag:israel")]
    assert [text(row, "hand") for row in israel] == ["second-hand: through New York Times"]
    assert text(israel[0], "via") == iri(NYT_REPORT)
    assert texts(israel[0], "viaDenied") == {"denied by Ram Ben-Barak (“as far as he knew”)"}
    assert text(israel[0], "denied") == NO_DENIAL


def test_two_groups_claim_the_attack_in_ahvaz(kb: Data) -> None:
    rows = ask("admissions", kb, operation="op:ahvaz-attack")
    speakers = {text(row, "speaker") for row in rows}
    assert speakers == {iri("ag:islamic-state"), iri("ag:separatist-arab-group-ahvaz")}


def test_unnamed_speakers_of_the_first_article(kb: Data) -> None:
    rows = ask("unnamed", kb, article=A)
    not_named = {text(row, "speaker") for row in rows if text(row, "naming") == "not named"}
    assert not_named == {
        iri(f"ag:{name}")
        for name in (
            "israeli-officials-denmark",
            "israeli-reports-paris",
            "israeli-television-virus",
            "reports-on-stuxnet",
            "holder-of-suspected-paris",
            "holder-of-allegedly-norwegian",
            "separatist-arab-group-ahvaz",
        )
    }
    by_office = {(text(row, "speaker"), text(row, "naming")) for row in rows} - {(s, "not named") for s in not_named}
    assert by_office == {(iri("ag:denmark-prime-minister"), "by office only: Denmark’s prime minister")}


def test_unnamed_source_of_the_new_york_times_comes_with_its_via(kb: Data) -> None:
    rows = ask("unnamed", kb, article=B)
    source = [row for row in rows if text(row, "speaker") == iri("ag:nyt-source-khodaei")]
    assert source
    assert {text(row, "via") for row in source} == {iri(NYT_REPORT)}


def test_competing_ascriptions(kb: Data) -> None:
    rows = ask("competing", kb)
    actors: dict[str, set[str]] = {}
    for row in rows:
        actors.setdefault(text(row, "operation"), set()).add(text(row, "actor"))
    assert {iri("ag:islamic-state"), iri("ag:separatist-arab-group-ahvaz")} < actors[iri("op:ahvaz-attack")]
    assert actors[iri("op:khodaei-killing")] == {iri("ag:israel"), iri("ag:global-arrogance")}
    assert iri("op:mossad-false-flags") not in actors, "told twice, of the same agent"
    assert iri("op:stuxnet-development") not in actors, "one claim, of two agents together"
    plot = {
        text(row, "actor"): texts(row, "partOf") for row in rows if text(row, "operation") == iri("op:denmark-plot")
    }
    assert plot[iri("ag:iranian-intelligence")] == {"Iran"}


def test_designations_are_the_speakers(kb: Data) -> None:
    rows = ask("designations", kb, subject="ag:asmla")
    assert {
        (text(row, "speakerLabel"), text(row, "designates")) for row in rows if text(row, "voice") == "reported"
    } == {("Iran", "a terrorist organization")}
    own = {text(row, "designates") for row in rows if text(row, "voice") == "the outlet’s own"}
    assert "a separatist group that advocates an Arab state in a southwestern Iranian province" in own
    terrorist_act = [r for r in ask("designations", kb) if text(r, "designates") == "terrorist and criminal act"]
    assert [(text(r, "speaker"), text(r, "wordsAre")) for r in terrorist_act] == [(iri("ag:takht-ravanchi"), "quoted")]
    assert text(terrorist_act[0], "speakingAs") == "Iranian Ambassador to the UN"


def test_silences_have_a_silent_party_and_a_reporter(kb: Data) -> None:
    rows = ask("silences", kb)
    assert {(text(row, "claim"), text(row, "silent")) for row in rows} == {
        (str(claim), str(agent)) for claim, agent in kb.graph.subject_objects(KB.silent)
    }
    tehran = ask("silences", kb, agent="ag:iran")
    assert [text(row, "speaker") for row in tehran] == [iri("ag:outlet-khodaei-nyt-report")]
    assert "“Unit 840”" in texts(tehran[0], "about")
    assert any("Tehran has made no mention of “Unit 840”" in words for words in texts(tehran[0], "words"))


def test_timeline_loses_nothing_and_ends_with_the_undated(kb: Data) -> None:
    rows = ask("timeline", kb)
    assert {text(row, "claim") for row in rows} == kb.claims()
    days = [text(row, "earliest") for row in rows]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days == dated + [""] * (len(days) - len(dated))
    assert {text(row, "basis") for row in rows if text(row, "earliest")} <= {"stated", "inferred", "external"}
    trump = [row for row in ask("timeline", kb, agent="ag:trump") if text(row, "said")]
    assert [(text(r, "said"), text(r, "earliest"), text(r, "latest"), text(r, "basis")) for r in trump] == [
        ("in May", "2018-05-01", "2018-05-31", "inferred")
    ]
    assert "year" in text(trump[0], "basisNote")


def test_ben_barak_spoke_before_ushpiz_and_neither_has_a_date(kb: Data) -> None:
    rows = ask("timeline", kb, article=B)
    speakers = [text(row, "speakerLabel") for row in rows if text(row, "said") in ("Earlier in the day", "on Thursday")]
    assert set(speakers) == {"Ram Ben-Barak", "Alon Ushpiz"}
    assert speakers == sorted(speakers, reverse=True)
    ushpiz = kb.label(iri("cl:khodaei-nyt-report-ushpiz-talks"))
    ben_barak = by_claim(rows)[iri("cl:khodaei-nyt-report-ben-barak-denial")]
    assert ushpiz in texts(ben_barak, "saidBefore")
    assert (text(ben_barak, "during"), text(ben_barak, "basis")) == ("Thursday", "relative")
    assert not any(text(row, "earliest") or text(row, "latest") for row in rows)


def test_timeline_by_what_happened(kb: Data) -> None:
    september = ask("timeline", kb, by="happened", since="2018-09-01", until="2018-09-30")
    assert {text(row, "happened") for row in september} == {"September 22"}
    assert {text(row, "happenedBasis") for row in september} == {"inferred"}
    days = [text(row, "happenedEarliest") or text(row, "happenedLatest") for row in ask("timeline", kb, by="happened")]
    dated = [day for day in days if day]
    assert days[: len(dated)] == dated == sorted(dated)


def test_quotes_stand_in_the_files_where_the_offsets_say(kb: Data) -> None:
    rows = ask("quotes", kb)
    quoted = {(str(claim), str(words)) for claim, words in kb.graph.subject_objects(KB.quote)}
    assert {(text(row, "claim"), text(row, "quote")) for row in rows} == quoted
    for row in rows:
        source = (ROOT / "seeds" / text(row, "file")).read_bytes().decode()
        start, end, first, last = (int(text(row, name)) for name in ("start", "end", "quoteStart", "quoteEnd"))
        assert source[start:end] == text(row, "exact")
        assert source[first:last] == text(row, "quote")
        assert start <= first < last <= end


def test_zarifs_words_are_quoted_twice_with_two_apostrophes(kb: Data) -> None:
    rows = ask("quotes", kb, agent="ag:zarif", contains="stubborn planting")
    found = {(text(row, "quote")[:7], text(row, "start")) for row in rows}
    assert found == {("Mossad’", "742"), ("Mossad'", "1016")}


def test_own_voice_has_the_toll_without_a_source(kb: Data) -> None:
    rows = ask("own-voice", kb)
    for row in rows:
        outlet = kb.graph.value(URIRef(text(row, "article")), KB.outlet)
        assert text(row, "speaker") == str(outlet)
    spoken = {str(s) for outlet in kb.graph.objects(None, KB.outlet) for s in kb.graph.subjects(KB.speaker, outlet)}
    assert {text(row, "claim") for row in rows} == spoken
    toll = [row for row in rows if texts(row, "deaths")]
    assert [(text(row, "deaths"), text(row, "speaker"), text(row, "via")) for row in toll] == [
        ("24", iri("ag:outlet-iran-accuses-mossad"), "")
    ]
    assert (text(toll[0], "happened"), text(toll[0], "happenedEarliest"), text(toll[0], "happenedBasis")) == (
        "September 22",
        "2018-09-22",
        "inferred",
    )
    assert any("a phrase typically referring to the US and Israel" in text(row, "designates") for row in rows)


def test_across_are_five_agents(kb: Data) -> None:
    rows = ask("across", kb)
    names = ("iran", "israel", "mossad", "united-states", "islamic-state")
    assert {text(row, "agent") for row in rows} == {iri(f"ag:{name}") for name in names}
    assert {text(row, "articles") for row in rows} == {"2"}
    assert {text(row, "article") for row in rows} == {iri(A), iri(B)}
    assert len(rows) == 10
    iran = next(row for row in rows if text(row, "agent") == iri("ag:iran") and text(row, "article") == iri(B))
    told = {s for s in kb.graph.subjects(KB.speaker, URIRef(iri("ag:iran"))) if (s, KB.restates, None) not in kb.graph}
    here = {s for s in told if (s, KB.evidence / KB["in"], URIRef(iri(B))) in kb.graph}
    assert f"speaker: {len(here)}" in texts(iran, "roles")
    assert "silent: 1" in texts(iran, "roles")
    merged = [row for row in rows if text(row, "agent") == iri("ag:islamic-state")]
    assert all("editor" in text(row, "note") for row in merged)


def test_status_of_what_is_contested(kb: Data) -> None:
    rows = by_claim(ask("status", kb))
    assert set(rows) == kb.claims("Allegation", "Admission")
    expected = {
        NYT_REPORT: "denied with a reservation",
        ISRAEL_VIA_NYT: "admitted second-hand only",
        "cl:khodaei-nyt-report-raisi-global-arrogance": "no denial recorded",
        "cl:iran-accuses-mossad-pet-planning": "denied",
        "cl:iran-accuses-mossad-officials-plot": "denied",
        "cl:iran-accuses-mossad-norwegian-planning": "no denial recorded",
        "cl:iran-accuses-mossad-islamic-state-admission": "contested",
        "cl:iran-accuses-mossad-separatist-group-admission": "contested",
        "cl:iran-accuses-mossad-iran-holds-responsible": "contested",
        "cl:iran-accuses-mossad-zarif-false-flags": "no denial recorded",
    }
    assert {name: text(rows[iri(name)], "status") for name in expected} == expected
    ben_barak = kb.label(iri("cl:khodaei-nyt-report-ben-barak-denial")) + " (reservation: “as far as he knew”)"
    assert texts(rows[iri(ISRAEL_VIA_NYT)], "reason") == {
        "No denial of this claim is recorded here",
        f"Known only through: {kb.label(iri(NYT_REPORT))}",
        f"What it comes through is denied: {ben_barak}",
    }
    assert f"Denied: {ben_barak}" in texts(rows[iri(NYT_REPORT)], "reason")
    iran = kb.label(iri("cl:iran-accuses-mossad-iran-denial"))
    assert texts(rows[iri("cl:iran-accuses-mossad-norwegian-planning")], "reason") == {
        "No denial of this claim is recorded here",
        f"Denial of another claim on the operation: {iran}",
    }


# --- Cases that the two articles do not have --------------------------------------------------------

MADE_UP = """
@prefix : <http://made.up/> .
@prefix kb: <https://w3id.org/contested-claims/ont#> .
@prefix k: <https://w3id.org/contested-claims/kind/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:x a kb:Article ; kb:file "x.txt" ; kb:outlet :outlet .
:outlet a kb:Agent ; rdfs:label "the outlet"@en ; kb:kind k:media .
:ann a kb:Agent ; rdfs:label "Ann"@en ; kb:kind k:person .
:bob a kb:Agent ; rdfs:label "Bob"@en ; kb:kind k:person .
:cyd a kb:Agent ; rdfs:label "Cyd"@en ; kb:kind k:person .
:dan a kb:Agent ; rdfs:label "Dan"@en ; kb:kind k:person .
:ev a kb:Evidence ; kb:in :x ; oa:exact "no and no" ; oa:start 4 ; oa:end 13 .
:ev2 a kb:Evidence ; kb:in :x ; oa:exact "said no" ; oa:start 20 ; oa:end 27 .
"""


def operation(name: str) -> str:
    return f':{name} a kb:Operation ; rdfs:label "{name}"@en ; kb:kind k:attack .\n'


def claim(name: str, class_: str, speaker: str, rest: str, evidence: str = ":ev") -> str:
    return (
        f':{name} a kb:{class_} ; rdfs:label "{name}"@en ; kb:speaker :{speaker} ; kb:evidence {evidence} ; {rest} .\n'
    )


def made_up(*turtle: str) -> Data:
    return read_data(MADE_UP + "".join(turtle))


def alike(name: str, data: Data, **values: str) -> list[Row]:
    """The rows of both engines, which must be the same."""
    query = bound(name, data, **values)
    rows = data.ask(query)
    assert rows == data.ask_rdflib(query)
    return rows


def accusation(name: str = "accusation", rest: str = "kb:about :deed") -> str:
    return operation("deed") + claim(name, "Allegation", "ann", f"kb:actor :bob ; {rest}")


@pytest.mark.parametrize(
    ("status", "others"),
    [
        ("no denial recorded", ""),
        ("no denial recorded", claim("vow", "Statement", "bob", "kb:about :deed")),
        ("answered otherwise", claim("shrug", "Statement", "bob", "kb:respondsTo :accusation")),
        ("denied in general", claim("no", "Denial", "bob", "kb:about :deed")),
        ("denied", claim("no", "Denial", "bob", "kb:about :deed ; kb:denies :accusation")),
        ("denied", claim("no", "Denial", "dan", "kb:denies :accusation")),
        ("denied with a reservation", claim("no", "Denial", "bob", 'kb:denies :accusation ; kb:hedge "perhaps"')),
        ("denied second-hand only", claim("no", "Denial", "bob", "kb:denies :accusation ; kb:via :news")),
        ("admitted", claim("yes", "Admission", "bob", "kb:about :deed ; kb:actor :bob")),
        (
            "admitted second-hand only",
            claim("yes", "Admission", "bob", "kb:about :deed ; kb:actor :bob ; kb:via :news"),
        ),
        ("contested", claim("yes", "Admission", "cyd", "kb:about :deed ; kb:actor :cyd")),
        (
            "contested",
            claim("yes", "Admission", "bob", "kb:about :deed ; kb:actor :bob")
            + claim("no", "Denial", "bob", "kb:denies :accusation"),
        ),
        ("no denial recorded", claim("yes", "Admission", "cyd", "kb:about :deed ; kb:actor :cyd ; kb:via :news")),
        (
            "no denial recorded",
            claim("other", "Allegation", "ann", "kb:about :deed ; kb:actor :cyd")
            + claim("no", "Denial", "cyd", "kb:denies :other"),
        ),
        (
            "denied",
            claim("again", "Allegation", "ann", "kb:about :deed ; kb:actor :bob ; kb:restates :accusation")
            + claim("no", "Denial", "bob", "kb:denies :again"),
        ),
    ],
)
def test_every_status(status: str, others: str) -> None:
    data = made_up(accusation(), claim("news", "Statement", "dan", "kb:about :deed"), others)
    row = by_claim(alike("status", data))["http://made.up/accusation"]
    assert text(row, "status") == status
    undenied = "http://made.up/accusation" in by_claim(alike("undenied", data))
    assert undenied == ("kb:denies :accusation" not in others and "kb:denies :again" not in others)


@pytest.mark.parametrize("via", ["", " ; kb:via :news"])
def test_admission_alone(via: str) -> None:
    data = made_up(
        operation("deed"),
        claim("yes", "Admission", "bob", "kb:about :deed ; kb:actor :bob" + via),
        claim("news", "Statement", "dan", "kb:about :deed"),
        claim("hearsay", "Statement", "cyd", "kb:about :deed ; kb:via :news"),
    )
    assert [text(row, "status") for row in alike("status", data)] == [
        "admitted second-hand only" if via else "admitted"
    ]
    assert [text(row, "hand") for row in alike("admissions", data)] == [
        "second-hand: through Dan" if via else "first-hand"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_gives_no_row(name: str) -> None:
    assert alike(name, made_up()) == []


def test_general_denial_and_reply_stand_beside_the_undenied() -> None:
    data = made_up(
        accusation(),
        claim("never", "Denial", "bob", "kb:about :deed"),
        claim("shrug", "Statement", "bob", "kb:respondsTo :accusation ; kb:via :never"),
    )
    (row,) = alike("undenied", data)
    assert texts(row, "generalDenials") == {"never"}
    assert texts(row, "otherReplies") == {"shrug"}
    assert texts(row, "denialsAddressedToOthers") == set()
    (denial,) = alike("denials", data)
    assert texts(denial, "denied") == {"no single claim: a general denial"}
    for name in ("claims", "chains", "timeline"):
        assert "http://made.up/shrug" in by_claim(alike(name, data)), "a reply is about nothing itself"
    assert {text(row, "claim")[15:] for row in alike("claims", data, operation="<http://made.up/deed>")} == {
        "accusation",
        "never",
        "shrug",
    }


def test_deep_chains() -> None:
    steps = "".join(
        claim(f"c{number}", "Statement", speaker, "kb:about :deed" + (f" ; kb:via :c{number - 1}" if number else ""))
        for number, speaker in enumerate(["ann", "bob", "cyd", "dan", "ann"])
    )
    rows = by_claim(alike("chains", made_up(operation("deed"), steps)))
    assert sorted(claim[-2:] for claim in rows) == ["c1", "c2", "c3", "c4"]
    third = rows["http://made.up/c3"]
    assert [text(third, f"via{level}")[-2:] for level in (1, 2, 3)] == ["c0", "c1", "c2"]
    assert text(third, "chain") == "the outlet > Ann > Bob > Cyd > Dan"
    assert {claim[-2:]: text(row, "depth") for claim, row in rows.items()} == {
        "c1": "1",
        "c2": "2",
        "c3": "3",
        "c4": "4",
    }
    deepest = text(rows["http://made.up/c4"], "chain")
    assert deepest == "the outlet > Ann > Bob > Cyd > … > Ann", "what has no column is not passed over in silence"


def test_many_values_make_no_more_rows() -> None:
    data = made_up(
        operation("deed"),
        claim(
            "no",
            "Denial",
            "bob",
            'kb:about :deed ; kb:hedge "perhaps" , "as far as he knew" ; kb:quote "no" , "no and no" ; kb:mentions :ann , :cyd',
            ":ev , :ev2",
        ),
    )
    for name in ("claims", "denials", "timeline"):
        (row,) = alike(name, data)
        assert texts(row, "hedge") == {"perhaps", "as far as he knew"}
    places = {(text(row, "quote"), text(row, "start"), text(row, "quoteStart")) for row in alike("quotes", data)}
    assert places == {("no", "4", "4"), ("no", "20", "25"), ("no and no", "4", "4")}


def test_ascriptions_compete_only_if_they_differ() -> None:
    together = claim("both", "Allegation", "ann", "kb:about :deed ; kb:actor :bob , :cyd")
    again = claim("again", "Allegation", "dan", "kb:about :deed ; kb:actor :cyd ; kb:restates :accusation")
    other = claim("other", "Statement", "dan", "kb:about :deed ; kb:actor :cyd")
    assert alike("competing", made_up(operation("deed"), together)) == []
    assert alike("competing", made_up(accusation(), again)) == []
    assert len(alike("competing", made_up(accusation(), other))) == 2
    assert len(alike("competing", made_up(accusation(), together))) == 3


def dated(name: str, earliest: str, latest: str, class_: str = "Statement", rest: str = "kb:about :deed") -> str:
    bounds = "".join(f' ; kb:{p} "{v}"^^xsd:date' for p, v in (("earliest", earliest), ("latest", latest)) if v)
    time_ = f':t-{name} a kb:Time ; kb:text "{name}" ; kb:basis kb:inferred{bounds} .\n'
    return time_ + claim(name, class_, "ann", f"{rest} ; kb:said :t-{name}")


def test_since_and_until_keep_what_the_bounds_allow() -> None:
    data = made_up(
        operation("deed"),
        dated("may", "2018-05-01", "2018-05-31"),
        dated("june", "2018-06-15", "2018-06-15"),
        dated("open", "", "2018-06-10"),
        claim("undated", "Statement", "bob", "kb:about :deed"),
    )

    def found(query: str, **values: str) -> list[str]:
        return [text(row, "claimLabel") for row in alike(query, data, **values)]

    for query in ("claims", "timeline"):
        assert sorted(found(query)) == ["june", "may", "open", "undated"]
        assert sorted(found(query, since="2018-05-31")) == ["june", "may", "open"]
        assert sorted(found(query, since="2018-06-01")) == ["june", "open"]
        assert sorted(found(query, until="2018-05-01")) == ["may"]
        assert sorted(found(query, since="2018-06-11", until="2018-06-15")) == ["june"]
    assert found("timeline") == ["may", "open", "june", "undated"]


@pytest.mark.parametrize(
    ("query", "class_", "rest"),
    [("denials", "Denial", "kb:about :deed"), ("allegations", "Allegation", "kb:about :deed ; kb:actor :bob")],
)
def test_since_and_until_of_one_class(query: str, class_: str, rest: str) -> None:
    data = made_up(
        operation("deed"),
        dated("may", "2018-05-01", "2018-05-31", class_, rest),
        dated("june", "2018-06-01", "2018-06-30", class_, rest),
        claim("undated", class_, "ann", rest),
    )
    bounds: dict[str, list[str]] = {"since": ["june"], "until": ["may"]}
    for parameter, expected in bounds.items():
        rows = alike(query, data, **{parameter: "2018-06-01" if parameter == "since" else "2018-05-15"})
        assert [text(row, "claimLabel") for row in rows] == expected
    assert len(alike(query, data)) == 3


def test_an_agent_known_only_from_a_retold_claim_is_across_too() -> None:
    second = """:y a kb:Article ; kb:file "y.txt" ; kb:outlet :outlet .
        :ev3 a kb:Evidence ; kb:in :y ; oa:exact "said" ; oa:start 0 ; oa:end 4 .\n"""
    data = made_up(
        accusation(),
        second,
        claim("first", "Statement", "dan", "kb:about :deed", ":ev3"),
        claim("retold", "Statement", "dan", "kb:about :deed ; kb:restates :first ; kb:mentions :bob", ":ev3"),
    )
    rows = {text(row, "article"): row for row in alike("across", data)}
    assert {text(row, "agentLabel") for row in rows.values()} == {"Bob"}
    assert {article[15:]: text(row, "claims") for article, row in rows.items()} == {"x": "1", "y": "0"}
