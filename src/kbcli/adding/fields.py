"""What an editor may say of each sort of record: the options of `kb add`, named as the vocabulary names its properties.

A test holds this list against the ontology and the shapes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

AGENT, OPERATION, PLACE, TIME, CLAIM, KIND, ARTICLE = (
    "kb:Agent", "kb:Operation", "kb:Place", "kb:Time", "kb:Claim", "skos:Concept", "kb:Article",
)  # fmt: skip
CLASSES = ("Allegation", "Denial", "Admission", "Statement")
BASES = ("stated", "inferred", "relative", "external")
# With its article, where it is spoken of.
A = {"Allegation": "an Allegation", "Denial": "a Denial", "Admission": "an Admission", "Statement": "a Statement"}
UNSTATED = ("actor", "happened", "place", "said")


class Field(NamedTuple):
    """`takes` is how a value is written:

    thing     an id, an exact label or another name of something of one of the `classes`
    time      the same, or the article's words for a time
    verbatim  words of the claim's own spans;  printed: words of the article
    text      the editor's words, in a language;  plain: in none
    number, day, iri, choice (one of `classes`, a term of the vocabulary)
    """

    option: str
    predicate: str
    takes: str
    help: str
    classes: tuple[str, ...] = ()
    many: bool = False
    alias: str = ""

    @property
    def parameter(self) -> str:
        """As Python names it."""
        return self.option.replace("-", "_")


_NOTE = Field("note", "skos:note", "text", "Your reasons, and other readings.", many=True)
_ALIAS = Field("alias", "skos:altLabel", "text", "Another name that a text uses.", many=True)
_MATCH = Field("exact-match", "skos:exactMatch", "iri", "The same thing elsewhere (Wikidata).", many=True)
_LABEL = Field("label", "rdfs:label", "text", "Its name, or a description.")
_KINDS = Field("kind", "kb:kind", "thing", "Of what kind it is: a name from data/kinds.ttl.", (KIND,), many=True)

OF_CLAIM = (
    Field("label", "rdfs:label", "text", "The claim in one sentence, “Speaker: content”."),
    Field("speaker", "kb:speaker", "thing", "Who says it.", (AGENT,)),
    Field("about", "kb:about", "thing", "The operation, or the agent described.", (OPERATION, AGENT), many=True),
    Field(
        "actor", "kb:actor", "thing", "Who did it, according to the claim; the accused.", (AGENT,), many=True,
        alias="accused",
    ),
    Field("affected", "kb:affected", "thing", "Who or what it was done to.", (AGENT, OPERATION), many=True),
    Field("mentions", "kb:mentions", "thing", "Who is named without another part.", (AGENT,), many=True),
    Field("said", "kb:said", "time", "When it was said: the article’s words, or tm:….", (TIME,)),
    Field("happened", "kb:happened", "time", "When that happened: the article’s words, or tm:….", (TIME,)),
    Field("place", "kb:place", "thing", "Where that happened.", (PLACE,), many=True),
    Field("deaths", "kb:deaths", "number", "The toll that this claim gives."),
    Field("quote", "kb:quote", "verbatim", "The speaker’s own words, without the marks around them.", many=True),
    Field("cue", "kb:cue", "verbatim", "The article’s reporting words: “has denied”."),
    Field("hedge", "kb:hedge", "verbatim", "Words that limit the claim.", many=True),
    Field("designates", "kb:designates", "verbatim", "What the claim calls its subject."),
    Field("speaking-as", "kb:speakingAs", "printed", "The capacity of the speaker, in the article’s words."),
    Field("channel", "kb:channel", "thing", "The medium spoken on.", (AGENT,)),
    Field("denies", "kb:denies", "thing", "The claim that it rejects.", (CLAIM,), many=True),
    Field("via", "kb:via", "thing", "The claim through which the article has it.", (CLAIM,)),
    Field("responds-to", "kb:respondsTo", "thing", "A claim that it reacts to.", (CLAIM,), many=True),
    Field("echoes", "kb:echoes", "thing", "A claim whose position it shares.", (CLAIM,), many=True),
    Field("restates", "kb:restates", "thing", "A claim of the same utterance.", (CLAIM,), many=True),
    Field("silent", "kb:silent", "thing", "Who is reported not to have said it.", (AGENT,), many=True),
    Field("not-stated", "kb:notStated", "choice", "What the article does not state.", UNSTATED, many=True),
    _NOTE,
)  # fmt: skip
OF_AGENT = (
    _LABEL,
    _KINDS,
    Field("part-of", "kb:partOf", "thing", "The institution, where a claim says so.", (AGENT,)),
    _ALIAS,
    _MATCH,
    _NOTE,
)
OF_OPERATION = (_LABEL, _KINDS, _ALIAS, _MATCH, _NOTE)
OF_PLACE = (
    _LABEL,
    Field("within", "kb:within", "thing", "The next larger place.", (PLACE,)),
    _ALIAS,
    _MATCH,
    _NOTE,
)
OF_KIND = (
    _LABEL,
    Field("definition", "skos:definition", "text", "What is spoken of; it asserts nothing."),
    Field("scope-note", "skos:scopeNote", "text", "For agents or for operations.", many=True),
)
OF_TIME = (
    Field("text", "kb:text", "printed", "The article’s words for it."),
    Field("basis", "kb:basis", "choice", "What its bounds rest on.", BASES),
    Field("earliest", "kb:earliest", "day", "The first day on which it can lie."),
    Field("latest", "kb:latest", "day", "The last one."),
    Field("edtf", "kb:edtf", "plain", "The same in EDTF: 2018-06."),
    Field("before", "kb:before", "thing", "A later time, where the text gives the order.", (TIME,), many=True),
    Field("during", "kb:during", "thing", "A longer time within which it lies.", (TIME,)),
    Field("source", "dct:source", "plain", "Whence it is known, if not from the article.", many=True),
    _NOTE,
)
OF_ARTICLE = (
    Field("title", "dct:title", "plain", "The headline."),
    Field("author", "dct:creator", "thing", "Who wrote it.", (AGENT,), many=True),
    Field("url", "schema:url", "iri", "Its address."),
    Field("issued", "dct:issued", "day", "The day it appeared."),
    Field("retrieved", "pav:retrievedOn", "day", "The day on which the text was fetched."),
    Field("archived", "schema:archivedAt", "iri", "The address of an archived copy.", many=True),
    _NOTE,
)
OF: Mapping[str, tuple[Field, ...]] = {
    AGENT: OF_AGENT,
    OPERATION: OF_OPERATION,
    PLACE: OF_PLACE,
    TIME: OF_TIME,
    CLAIM: OF_CLAIM,
    KIND: OF_KIND,
    ARTICLE: OF_ARTICLE,
}


def every() -> list[Field]:
    """All options there are, each once."""
    return list({field.option: field for fields in OF.values() for field in fields}.values())


def fields_of(class_: str) -> tuple[Field, ...]:
    """`class_` is a prefixed name."""
    return OF_CLAIM if class_.removeprefix("kb:") in CLASSES else OF.get(class_, ())
