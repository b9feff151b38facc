"""Thirty faults to seed in the knowledge base, each as a SPARQL update, with the shape that must tell of it."""

from __future__ import annotations

from typing import NamedTuple

DENIAL = "cl:khodaei-nyt-report-ben-barak-denial"
REPORT = "cl:khodaei-nyt-report-nyt-report"
SPAN = "ev:khodaei-nyt-report-891-1059"
ARTICLE = "art:khodaei-nyt-report"
JUNE = "tm:iran-accuses-mossad-june"


class Fault(NamedTuple):
    code: str
    name: str
    update: str


def added(code: str, name: str, triples: str) -> Fault:
    return Fault(code, name, f"INSERT DATA {{ {triples} }}")


def lost(code: str, name: str, pattern: str) -> Fault:
    return Fault(code, name, f"DELETE WHERE {{ {pattern} }}")


def altered(code: str, name: str, pattern: str, value: str) -> Fault:
    return Fault(code, name, f"DELETE {{ {pattern} ?old }} INSERT {{ {pattern} {value} }} WHERE {{ {pattern} ?old }}")


FAULTS = (
    lost("KB101", "a speaker lost", f"{DENIAL} kb:speaker ?x"),
    altered("KB102", "a place that speaks", f"{DENIAL} kb:speaker", "pl:iran"),
    added("KB103", "a second label", f'{DENIAL} rdfs:label "another"@en'),
    lost("KB104", "a claim about nothing", "cl:iran-accuses-mossad-denmark-accusations kb:about ?x"),
    added("KB105", "a claim about a place", f"{REPORT} kb:about pl:iran"),
    lost("KB106", "an allegation of nobody", f"{REPORT} kb:actor ?x"),
    added("KB107", "an admission of another", "cl:khodaei-nyt-report-israel-via-nyt kb:actor ag:iran"),
    added("KB108", "a denial with an actor", f"{DENIAL} kb:actor ag:israel"),
    added("KB110", "a statement that denies", f"{REPORT} kb:denies {DENIAL}"),
    added("KB113", "a place mentioned", f"{DENIAL} kb:mentions pl:iran"),
    added("KB118", "deaths in words", f'{REPORT} kb:deaths "many"'),
    added("KB120", "a quote with a language", f'{DENIAL} kb:quote "we did not inform anyone"@en'),
    added("KB124", "a stray property on a claim", f"{DENIAL} kb:outlet ag:nyt"),
    added("KB125", "a claim of two classes", f"{DENIAL} a kb:Statement"),
    added("KB126", "a self-accusation", f"{REPORT} kb:actor ag:nyt"),
    added("KB131", "what cannot be not stated", f"{REPORT} kb:notStated kb:speaker"),
    added("KB132", "a time stated and not stated", f"{DENIAL} kb:notStated kb:said"),
    lost("KB205", "a span of no article", f"{SPAN} kb:in ?x"),
    altered("KB206", "a span of the wrong length", f"{SPAN} oa:start", '"892"^^xsd:nonNegativeInteger'),
    lost("KB207", "a claim without evidence", f"{DENIAL} kb:evidence ?x"),
    altered("KB211", "a quote that is not there", f"{DENIAL} kb:quote", '"we informed everyone"'),
    altered("KB221", "a checksum cut short", f"{ARTICLE} kb:sha256", '"8c71"'),
    lost("KB223", "nothing said of the day", f"{ARTICLE} kb:notStated dct:issued"),
    added("KB228", "an address in quotation marks", f'{ARTICLE} schema:url "https://example.org/"'),
    added("KB302", "second-hand from another article", f"{REPORT} kb:via cl:iran-accuses-mossad-iran-denial"),
    added("KB303", "second-hand through itself", f"{REPORT} kb:via cl:khodaei-nyt-report-israel-via-nyt"),
    added("KB304", "a denial of a person", f"{DENIAL} kb:denies ag:iran"),
    lost("KB402", "an agent of no kind", "ag:iran kb:kind ?x"),
    altered("KB410", "a day that does not exist", f"{JUNE} kb:earliest", '"2018-02-30"^^xsd:date'),
    altered("KB412", "an end before the beginning", f"{JUNE} kb:latest", '"2018-05-30"^^xsd:date'),
    altered("KB409", "no known basis", f"{JUNE} kb:basis", "kb:guessed"),
    added("KB417", "a relative time with a day", f"{JUNE} kb:basis kb:relative"),
)
