"""The vocabulary is complete, is all that is used, and lets no reasoner turn a claim into a fact."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import owlrl
import pytest
from rdflib import DC, DCTERMS, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = URIRef("https://w3id.org/contested-claims/ont")
KB = Namespace("https://w3id.org/contested-claims/ont#")
AGENT = Namespace("https://w3id.org/contested-claims/agent/")
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
OWLRL_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")

VOCABULARY = ROOT / "ontology" / "kb.ttl"
ALIGNMENTS = ROOT / "ontology" / "align.ttl"
FIXTURE = ROOT / "tests" / "fixtures" / "terms.ttl"
DATA = sorted((ROOT / "data").rglob("*.ttl"))
USERS = sorted([*(ROOT / "ontology").glob("*.ttl"), *DATA, *(ROOT / "queries").glob("*.rq"), FIXTURE])

TOP_CLASSES = frozenset({KB.Agent, KB.Article, KB.Claim, KB.Evidence, KB.Operation, KB.Place, KB.Time})
CLAIM_CLASSES = frozenset({KB.Admission, KB.Allegation, KB.Denial, KB.Statement})
PROPERTY_CLASSES = (OWL.AnnotationProperty, OWL.DatatypeProperty, OWL.ObjectProperty)
HEADER = ("created", "creator", "description", "license", "modified", "title")
MISREAD = """
    Agent Operation Place Time Claim Allegation Denial Admission Statement Evidence about actor said happened
    quote denies via speakingAs cue hedge affected mentions designates silent respondsTo echoes restates
    partOf notStated nothingClaimed earliest latest basis stated inferred relative external
""".split()  # noqa: SIM905 - a list literal would take a page

DEED_AND_AGENT = """
    PREFIX kb: <https://w3id.org/contested-claims/ont#>
    ASK { { ?o a kb:Operation ; ?p ?a . ?a a kb:Agent } UNION { ?a a kb:Agent ; ?p ?o . ?o a kb:Operation } }
"""


def load(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def closed(graph: Graph) -> Graph:
    """A copy of `graph` with all that OWL 2 RL derives from it."""
    result = Graph()
    result += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(result)
    return result


def contradictions(graph: Graph) -> list[str]:
    return sorted(str(message) for message in graph.objects(None, OWLRL_ERROR))


def kb_types(graph: Graph) -> set[tuple[str, str]]:
    return {(str(thing), str(kind)) for thing, kind in graph.subject_objects(RDF.type) if str(kind).startswith(KB)}


def deed_meets_agent(graph: Graph) -> bool:
    return bool(graph.query(DEED_AND_AGENT).askAnswer)


def mentioned(path: Path) -> set[str]:
    """The local names of kb: in a file's text: in triples, embedded SPARQL, comments and notes alike."""
    text = path.read_text(encoding="utf-8")
    return set(re.findall(r"(?:(?<![\w:/#.-])kb:|contested-claims/ont#)([A-Za-z]\w*)", text))


def in_triples(graph: Graph) -> set[str]:
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    return {node.removeprefix(KB) for node in nodes if node.startswith(KB) and node != URIRef(KB)}


VOCAB = load(VOCABULARY)
TERMS = sorted({str(term).removeprefix(KB) for term in VOCAB.subjects() if str(term).startswith(KB)})
PROPERTIES = [name for name in TERMS if VOCAB.value(KB[name], RDF.type) in PROPERTY_CLASSES]


@pytest.fixture(scope="module")
def data() -> Graph:
    return load(*DATA)


@pytest.fixture(scope="module")
def closure(data: Graph) -> Graph:
    return closed(VOCAB + load(ALIGNMENTS) + data)


# --- the vocabulary ---------------------------------------------------------------------------------


def test_there_is_something_to_test() -> None:
    assert len(TERMS) == 11 + 38 + 5
    assert len(PROPERTIES) == 38
    assert [path.stem for path in DATA if path.parent.name == "articles"]


@pytest.mark.parametrize("name", TERMS)
def test_term_is_documented(name: str) -> None:
    term = KB[name]
    labels, definitions = (list(VOCAB.objects(term, p)) for p in (RDFS.label, SKOS.definition))
    assert [label.language for label in labels if isinstance(label, Literal)] == ["en"]
    assert [text.language for text in definitions if isinstance(text, Literal)] == ["en"]
    assert str(definitions[0]).endswith(".")
    assert ". " not in str(definitions[0]), "a definition is one sentence"
    assert list(VOCAB.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]
    assert len(list(VOCAB.objects(term, RDF.type))) == 1, "nor is any property transitive or functional"


@pytest.mark.parametrize("name", MISREAD)
def test_easily_misread_term_names_its_confusion_and_has_an_example(name: str) -> None:
    assert VOCAB.value(KB[name], SKOS.scopeNote)
    assert VOCAB.value(KB[name], SKOS.example)


def test_examples_quote_the_article_they_name() -> None:
    articles = load(*(path for path in DATA if path.parent.name == "articles"))
    texts = {
        str(article).rsplit("/", 1)[1]: (ROOT / "seeds" / Path(str(name)).name).read_bytes().decode()
        for article, name in articles.subject_objects(KB.file)
    }
    examples = [(str(term), str(example)) for term, example in VOCAB.subject_objects(SKOS.example)]
    assert examples
    for term, example in examples:
        slug, _, rest = example.partition(": ")
        quoted = re.findall("«(.*?)»", rest)
        assert quoted, term
        assert [words for words in quoted if words not in texts[slug]] == [], term


@pytest.mark.parametrize("name", PROPERTIES)
def test_property_says_how_it_is_used_but_entails_nothing(name: str) -> None:
    said = set(VOCAB.predicates(KB[name]))
    assert {SCHEMA.domainIncludes, SCHEMA.rangeIncludes} <= said
    assert not {RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf} & said


@pytest.mark.parametrize("path", [VOCABULARY, ALIGNMENTS], ids=lambda path: path.name)
def test_header_is_complete(path: Path) -> None:
    graph = load(path)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    needed = [*(DCTERMS[name] for name in HEADER), OWL.versionIRI, OWL.versionInfo]
    assert [p for p in needed if (header, p, None) not in graph] == []
    assert str(graph.value(header, OWL.versionIRI)) == f"{header}/{graph.value(header, OWL.versionInfo)}"


def test_header_names_the_prefix() -> None:
    assert VOCAB.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("kb")
    assert VOCAB.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(KB))


def test_vocabulary_has_no_blank_nodes() -> None:
    assert not [node for triple in VOCAB + load(ALIGNMENTS) for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("classes", [TOP_CLASSES, CLAIM_CLASSES], ids=["top", "claims"])
def test_classes_are_pairwise_disjoint(classes: frozenset[URIRef]) -> None:
    said = {frozenset(pair) for pair in VOCAB.subject_objects(OWL.disjointWith)}
    assert {frozenset((one, two)) for one in classes for two in classes if one != two} <= said


# --- vocabulary and users ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_only_defined_terms_are_used(path: Path) -> None:
    triples = in_triples(load(path)) if path.suffix == ".ttl" else set()
    assert sorted((mentioned(path) | triples) - set(TERMS)) == []


def test_every_term_is_used_in_the_fixture() -> None:
    written_through_members = {"Claim", "bases"}
    assert sorted(set(TERMS) - in_triples(load(FIXTURE))) == sorted(written_through_members)


def test_fixture_spans_are_its_text() -> None:
    graph = load(FIXTURE)
    text = "\n".join(re.findall(r"^#\| (.*)$", FIXTURE.read_text(encoding="utf-8"), re.MULTILINE))
    assert str(next(graph.objects(None, KB.sha256))) == hashlib.sha256(text.encode()).hexdigest()
    spans = list(graph.subjects(RDF.type, KB.Evidence))
    assert spans
    for span in spans:
        start, end = (int(str(graph.value(span, p))) for p in (OA.start, OA.end))
        assert str(graph.value(span, OA.exact)) == text[start:end]
        assert text[:start].endswith(str(graph.value(span, OA.prefix) or ""))
        assert text[end:].startswith(str(graph.value(span, OA.suffix) or ""))


def test_kinds_in_use_are_defined(data: Graph) -> None:
    scheme = URIRef("https://w3id.org/contested-claims/kind")
    assert set(data.objects(None, KB.kind)) <= set(data.subjects(SKOS.inScheme, scheme))


# --- what a reasoner makes of it --------------------------------------------------------------------


def test_closure_has_no_contradiction(closure: Graph) -> None:
    assert contradictions(closure) == []


def test_closure_of_the_fixture_has_no_contradiction() -> None:
    graph = closed(VOCAB + load(ALIGNMENTS, FIXTURE))
    assert contradictions(graph) == []
    assert not deed_meets_agent(graph)


@pytest.mark.parametrize(
    ("one", "two"), [(KB.Agent, KB.Operation), (KB.Denial, KB.Admission), (KB.Statement, KB.Place)]
)
def test_closure_finds_a_contradiction_where_there_is_one(one: URIRef, two: URIRef) -> None:
    graph = Graph() + VOCAB
    graph.add((AGENT["nobody"], RDF.type, one))
    graph.add((AGENT["nobody"], RDF.type, two))
    assert contradictions(closed(graph))


def test_no_deed_meets_an_agent_even_after_the_closure(closure: Graph) -> None:
    assert not deed_meets_agent(closure)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_deed_that_meets_an_agent_is_found(data: Graph, reverse: bool) -> None:
    graph = Graph() + data
    deed, agent = next(iter(data.subjects(RDF.type, KB.Operation))), AGENT["iran"]
    graph.add((agent, DC.relation, deed) if reverse else (deed, DC.relation, agent))
    assert deed_meets_agent(graph)


def test_closure_gives_nothing_a_second_class(data: Graph, closure: Graph) -> None:
    asserted = kb_types(data)
    inherited = {(thing, str(KB.Claim)) for thing, kind in asserted if URIRef(kind) in CLAIM_CLASSES}
    individuals = {thing for thing, _ in asserted}
    derived = {(thing, kind) for thing, kind in kb_types(closure) if thing in individuals}
    assert len(inherited) > 0
    assert derived == asserted | inherited


def test_alignments_give_an_operation_no_superclass() -> None:
    assert list(load(ALIGNMENTS).objects(KB.Operation, RDFS.subClassOf)) == []
