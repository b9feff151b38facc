"""The JSON-LD exports: our own, schema.org's, and Web Annotations; each read by somebody else's library."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from bench.generate import generate
from conftest import ROOT, Runner, run_kb
from kbcli.jsonldcontext import published
from kbcli.names import BASE, KB
from kbcli.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B = "iran-accuses-mossad", "khodaei-nyt-report"


@cache
def exported(format_: str, *arguments: str) -> Any:
    return json.loads(run_kb("export", "-f", format_, *arguments).out)


def triples(*arguments: str) -> set[ox.Triple]:
    text = run_kb("export", "-f", "nt", *arguments).out
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}


# JSON-LD


def test_the_context_is_in_step_with_the_vocabulary() -> None:
    """If not: python -c "from kbcli.jsonldcontext import published as p; print(p(), end='')" > ontology/context.jsonld."""
    assert (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8") == published()


@pytest.mark.parametrize("arguments", [(), (B,), ("--canonical",)], ids=["all", "article", "canonical"])
def test_another_library_reads_the_same_graph(arguments: tuple[str, ...]) -> None:
    text = jsonld.to_rdf(exported("jsonld", *arguments), {"format": "application/n-quads"})
    found = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}
    assert found == triples(*arguments)
    assert len(found) > 1000


def test_the_published_context_reads_it_too() -> None:
    document = dict(exported("jsonld"))
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert document["@context"] == context


def test_an_article_is_a_node_with_its_claims_in_it() -> None:
    first, second, *rest = exported("jsonld")["@graph"]
    assert [first["id"], second["id"]] == [f"art:{A}", f"art:{B}"]
    assert not [node for node in rest if node["id"].startswith(("cl:", "ev:"))]
    claims = {claim["id"]: claim for claim in second["claims"]}
    denial = claims[f"cl:{B}-ben-barak-denial"]
    assert denial["speaker"] == {"id": "ag:ben-barak", "label": "Ram Ben-Barak"}
    assert denial["denies"]["speaker"]["label"] == "New York Times"
    assert denial["evidence"]["exact"].startswith("The lawmaker denied")
    assert denial["said"]["text"] == "Earlier in the day"
    assert claims[f"cl:{B}-israel-via-nyt"]["via"]["speaker"]["label"] == "New York Times"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in `value`."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def test_no_claim_is_named_without_its_speaker_and_those_it_comes_through() -> None:
    second_hand = {t.subject.value.removeprefix(f"{BASE}claim/") for t in triples() if t.predicate.value == f"{KB}via"}
    claims = [node for node in objects(exported("jsonld")["@graph"]) if node.get("id", "").startswith("cl:")]
    assert len(claims) > 120
    for claim in claims:
        assert claim["speaker"]["label"]
        assert ("via" in claim) == (claim["id"][3:] in second_hand)


# schema.org


def schema_type(name: str) -> type:
    for folder in ("creativework", "person", "organization", "thing"):
        try:
            module = import_module(f"msgspec_schemaorg.models.{folder}.{name}")
        except ModuleNotFoundError:
            continue
        return getattr(module, name)  # type: ignore[no-any-return]
    raise AssertionError(f"schema.org has no type {name}")


def expected(type_: str, term: str) -> set[str]:
    """The names of the types that schema.org expects; raises KeyError for a term it does not define for the type."""
    for class_ in schema_type(type_).__mro__:
        annotation = getattr(class_, "__annotations__", {}).get(term)
        if annotation is not None:
            return set(re.findall(r"\w+", annotation)) - {"Union", "List", "None"}
    raise KeyError(f"{type_} has no {term}")


def fits(value: Any, types: set[str]) -> bool:
    if isinstance(value, dict):
        return bool(types & {class_.__name__ for class_ in schema_type(value["@type"]).__mro__})
    if "date" in types and "str" not in types:
        return bool(dt.date.fromisoformat(value))
    if types & {"str"}:
        return isinstance(value, str)
    return "URL" in types and re.match(r"https?://", value) is not None


def test_schemaorg_has_its_own_terms_only_with_the_types_it_expects() -> None:
    document = exported("schemaorg")
    assert document["@context"] == "https://schema.org"
    seen = set()
    for node in objects(document["@graph"]):
        for term, values in node.items():
            if term not in ("@id", "@type"):
                seen.add(term)
                types = expected(node["@type"], term)
                for value in values if isinstance(values, list) else [values]:
                    assert fits(value, types), f"{node['@type']} {term} {value}"
    assert {"author", "appearance", "claimInterpreter", "isBasedOn", "text", "creditText", "dateCreated"} <= seen
    assert not re.search("Review|ating", json.dumps([node["@type"] for node in objects(document["@graph"])]))


def test_the_check_of_schemaorg_terms_can_fail() -> None:
    with pytest.raises(KeyError):
        expected("Claim", "denies")
    assert not fits({"@type": "Person"}, expected("Claim", "appearance"))
    assert not fits("Iran", expected("Claim", "author"))


def test_schemaorg_says_whose_each_claim_is_and_no_more() -> None:
    claims = {
        node["@id"].rpartition("/")[2]: node for node in exported("schemaorg")["@graph"] if node["@type"] == "Claim"
    }
    assert len(claims) == 117
    assert all(claim["creditText"] and claim["appearance"] for claim in claims.values())
    denial, inner = claims[f"{B}-ben-barak-denial"], claims[f"{B}-israel-via-nyt"]
    assert denial["author"]["@type"] == "Person"
    assert "as far as he knew" in denial["description"]
    assert {node["@type"] for node in denial["about"]} == {"Thing", "Claim"}
    assert "author" not in inner
    assert inner["creditText"] == "Israel, according to New York Times"
    assert inner["isBasedOn"]["@id"].endswith("nyt-report-nyt-report")
    assert inner["description"].startswith("SECOND-HAND")
    source = claims[f"{B}-nyt-source-message"]
    assert not {"author"} & set(source), "it is not said whether the source is one person"


# Web Annotations


def annotations(page: Any) -> list[Any]:
    items = page["first"]["items"]
    assert page["total"] == len(items) > 0
    return list(items)


def test_there_is_an_annotation_for_each_span_that_a_claim_rests_on() -> None:
    found = triples()
    resting = {t.object.value for t in found if t.predicate.value == f"{KB}evidence"}
    items = annotations(exported("webannotation"))
    assert {item["id"] for item in items} == {f"{span}#annotation" for span in resting}
    for item in items:
        sources = {body["source"] for body in item["body"] if body["type"] == "SpecificResource"}
        span = item["id"].partition("#")[0]
        claims = {t.subject.value for t in found if t.predicate.value == f"{KB}evidence" and t.object.value == span}
        assert sources == claims
        assert len([body for body in item["body"] if body["type"] == "TextualBody"]) == len(claims)


def test_an_annotation_says_whose_the_claim_is() -> None:
    told = [
        body["value"] for item in annotations(exported("webannotation")) for body in item["body"] if "value" in body
    ]
    assert any(text.startswith("Denial by Ram Ben-Barak: ") for text in told)
    assert any(text.startswith("Admission by Israel, as New York Times alone has it: ") for text in told)


@pytest.fixture(scope="session")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Apache Annotator's selector engine."""
    if shutil.which("npm") is None:
        pytest.skip("no npm here: the selectors were not resolved by another implementation")
    folder = tmp_path_factory.mktemp("selectors")
    for name in ("package.json", "resolve.mjs"):
        shutil.copy(ROOT / "tests" / "selectors" / name, folder)
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder


def resolved(resolver: Path, text: str, selectors: list[Any]) -> list[list[str]]:
    """The words that each selector selects."""
    asked = json.dumps({"text": text, "selectors": selectors})
    done = subprocess.run(["node", "resolve.mjs"], cwd=resolver, input=asked.encode(), capture_output=True, check=True)
    return list(json.loads(done.stdout))


def test_another_implementation_finds_the_words(resolver: Path, kb: Runner, tmp_path: Path) -> None:
    """Also behind a character that JavaScript counts twice."""
    generate(tmp_path / "kb", 2)
    emoji = 0
    for root in (ROOT, tmp_path / "kb"):
        items = annotations(json.loads(kb("export", "-f", "webannotation", cwd=root).out))
        for path in Project(root).data_files():
            if path.parent.name != "articles":
                continue
            turtle = path.read_text(encoding="utf-8")
            text = (root / "seeds" / re.findall(r'kb:file "(.*)"', turtle)[0]).read_bytes().decode()
            own = [item["target"] for item in items if item["target"]["source"].endswith(f"/{path.stem}")]
            emoji += any(ord(character) > 0xFFFF for character in text)
            selectors = [selector for target in own for selector in target["selector"]]
            assert [one["type"] for one in selectors] == ["TextQuoteSelector", "TextPositionSelector"] * len(own)
            exact = [[target["selector"][0]["exact"]] for target in own for _ in range(2)]
            assert resolved(resolver, text, selectors) == exact
    assert emoji == 1
