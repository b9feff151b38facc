"""The forty questions of readers: how each is asked, and the whole answer that it must get.

An answer comes from saved queries, with parameters as a reader would give them, and from the cards of `kb show`; from
nothing else. It has a `Telling` for each claim it rests on, so that no answer loses who said it, through whom, with
which reservation, where in the text, when, and how the day is known.

A question is a function that asks; its docstring is the question, its decorator has the answer. Sentences are
numbered in each article from 1 (A: iran-accuses-mossad, B: khodaei-nyt-report).
"""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from conftest import ROOT
from kbcli import cards, savedquery
from kbcli.names import expand
from kbcli.parameters import bind
from kbcli.subjects import card_of

if TYPE_CHECKING:
    from kbcli.view import View

ARTICLES = {"art:iran-accuses-mossad": "A", "art:khodaei-nyt-report": "B"}
Row = dict[str, str]
Card = dict[str, Any]


class Asks(Protocol):
    """Whoever answers queries and shows cards: a store in this process, or the commands."""

    def ask(self, query: str, **values: str) -> list[Row]: ...
    def show(self, name: str) -> Card: ...


# --- What an answer says of a claim ------------------------------------------------------------------


class When(NamedTuple):
    """When something was said or happened: on what basis that is known, the article's words, the bounds."""

    basis: str
    words: str = ""
    earliest: str = ""
    latest: str = ""


NOT_STATED = When("not stated")
IN_THE_ARTICLE = When("in the article's own voice")


def stated(words: str, earliest: str, latest: str = "") -> When:
    return When("stated", words, earliest, latest or earliest)


def inferred(words: str, earliest: str, latest: str = "") -> When:
    return When("inferred", words, earliest, latest or earliest)


def relative(words: str) -> When:
    return When("relative", words)


@dataclass(frozen=True)
class Telling:
    """`claim` is its name without the article's; `places` are the sentences it rests on.

    `through` are the speakers it comes through; `again` is the claim that it only tells again. `words` are the
    article's words in each place.
    """

    claim: str
    class_: str
    speaker: str
    places: str
    _: KW_ONLY
    unnamed: bool = False
    through: tuple[str, ...] = ()
    capacity: str = ""
    channel: str = ""
    hedges: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    said: When = NOT_STATED
    happened: When | None = None
    again: str = ""
    denies: frozenset[str] = frozenset()
    iri: str = field(default="", compare=False)
    words: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def telling(row: Row, card: Card) -> Telling:
    """What the row of a query says of its claim, and its card the same."""
    claim, words = card["claim"], card["words"]
    said = [_when(moment) for moment in words["said"]]
    seen = {
        "speakerLabel": {claim["speaker"]["label"]},
        "via": {claim["through"][-1]["claim"].partition(":")[2]} if claim["through"] else set(),
        "hedge": set(claim["hedges"]),
        "said": {when.words for when in said},
        "earliest": {when.earliest for when in said if when.earliest},
        "latest": {when.latest for when in said if when.latest},
        "basis": {when.basis for when in said} or {"not stated"},
        "restates": {other["label"] for other in card["relations"]["restates"]},
        "speakingAs": set(words["speaking_as"]),
        "channelLabel": {channel["label"] for channel in words["channel"]},
    }
    for column, values in seen.items():
        if column in row:
            assert {value.rpartition("/claim/")[2] for value in cell(row, column)} == values, column
    return _telling(card, said)


def _telling(card: Card, said: list[When]) -> Telling:
    claim, words, content = card["claim"], card["words"], card["content"]
    places = [(f"{ARTICLES[one['article']]}{one['number']}", one) for one in words["sentences"]]
    unsaid = "kb:said" in content["not_stated"]
    return Telling(
        claim=_bare(claim["id"], claim["articles"]),
        class_=claim["class"],
        speaker=claim["speaker"]["label"],
        places=" ".join(place for place, _ in places),
        unnamed=claim["speaker"]["unnamed"],
        through=tuple(voice["agent"]["label"] for voice in claim["through"]),
        capacity=_one(words["speaking_as"]),
        channel=_one(channel["label"] for channel in words["channel"]),
        hedges=frozenset(claim["hedges"]),
        quotes=frozenset(words["quotes"]),
        said=_one(said) or (NOT_STATED if unsaid else IN_THE_ARTICLE if words["own_voice"] else When("no word")),
        happened=_one(map(_when, content["happened"])) or None,
        again=_one(_bare(other, claim["articles"]) for other in claim["restates"]),
        denies=frozenset(_bare(one["id"], one["articles"]) for one in card["relations"]["denies"]),
        iri=claim["iri"],
        words=tuple((place, one["text"][start:end]) for place, one in places for start, end in one["marks"]),
    )


def _when(moment: Mapping[str, Any]) -> When:
    return When(moment["basis"].removeprefix("kb:"), moment["text"], moment["earliest"], moment["latest"])


def _bare(claim: str, articles: Iterable[str]) -> str:
    return claim.removeprefix(f"cl:{_one(articles).removeprefix('art:')}-")


def _one(values: Iterable[Any]) -> Any:
    """The only one, or an empty string."""
    found = list(values)
    assert len(found) <= 1, found
    return found[0] if found else ""


# --- Asking ------------------------------------------------------------------------------------------


@functools.cache
def saved(name: str) -> savedquery.SavedQuery:
    return savedquery.from_file(ROOT / "queries" / f"{name}.rq")


class InStore:
    """Asks a view's store in this process; what is asked twice is answered from memory."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.ask = functools.cache(self._ask)
        self.show = functools.cache(self._show)

    def _ask(self, query: str, **values: str) -> list[Row]:
        known = self.view.project.prefixes
        terms = bind(saved(query), values, self.view.store, known)
        answer: Any = self.view.store.query(saved(query).query.bound(terms).text)
        names = [variable.value for variable in answer.variables]
        return [dict(zip(names, (term.value if term else "" for term in one), strict=True)) for one in answer]

    def _show(self, name: str) -> Card:
        iri = expand(name, self.view.project.prefixes)
        stream = io.StringIO()
        cards.write("json", card_of(self.view, iri or name), stream)
        card: Card = json.loads(stream.getvalue())
        return card


class Reader:
    """Asks as a reader does, and reads rows together."""

    def __init__(self, source: Asks) -> None:
        self.ask = source.ask
        self.show = source.show

    def told(self, rows: Iterable[Row]) -> frozenset[Telling]:
        """What the rows say of their claims."""
        return frozenset(telling(row, self.show(row["claim"])) for row in rows)

    def grouped(self, rows: Iterable[Row], *columns: str) -> dict[Any, frozenset[Telling]]:
        """What the rows say of their claims, by what they have in the columns."""
        found: dict[Any, frozenset[Telling]] = {}
        for row in rows:
            key = tuple(" | ".join(sorted(cell(row, column))) for column in columns)
            one = key[0] if len(key) == 1 else key
            found[one] = found.get(one, frozenset()) | self.told([row])
        return found

    def sentence(self, place: str) -> Card:
        """The sentence of a place, such as A5."""
        (article,) = (name for name, letter in ARTICLES.items() if letter == place[0])
        found: Card = self.show(article)["sentences"][int(place[1:]) - 1]
        return found


def cell(row: Row, column: str) -> frozenset[str]:
    return frozenset(row[column].split(" | ")) - {""}


def only(rows: Iterable[Row], column: str, value: str) -> list[Row]:
    """The rows that have the value, be it one of several, in the column."""
    return [row for row in rows if value in cell(row, column)]


def cued(rows: Iterable[Row], word: str) -> list[Row]:
    """The rows whose claim the article reports with the word."""
    return [row for row in rows if has([row["cue"]], word)]


def has(texts: Iterable[str], *words: str) -> bool:
    """Whether the texts together have all the words: of notes, whose wording is the editors'."""
    whole = " ".join(texts)
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", whole) for word in words)


# --- The questions -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """`verbatim`: words that the answer rests on, by place. `places`: all the sentences it must rest on."""

    name: str
    text: str
    ask: Callable[[Reader], Any]
    answer: Any
    verbatim: Mapping[str, tuple[str, ...]]
    places: frozenset[str]

    def check(self, source: Asks) -> Any:
        """The answer, if it is the whole right one and no more."""
        found = self.ask(Reader(source))
        assert found == self.answer
        words = [pair for one in tellings(found) for pair in one.words]
        for place, wanted in self.verbatim.items():
            for one in wanted:
                assert any(one in text for where, text in words if where == place), f"{place}: {one}"
        assert self.places <= {place for one in tellings(found) for place in one.places.split()}
        return found


QUESTIONS: dict[str, Question] = {}


def tellings(answer: Any) -> Iterator[Telling]:
    """Every telling in an answer."""
    if isinstance(answer, Telling):
        yield answer
    elif isinstance(answer, Mapping):
        for key, value in answer.items():
            yield from tellings(key)
            yield from tellings(value)
    elif isinstance(answer, (tuple, list, set, frozenset)):
        for one in answer:
            yield from tellings(one)


def answered(
    answer: Any, places: str, verbatim: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Callable[[Reader], Any]], Callable[[Reader], Any]]:
    """A question with its answer, on the list."""

    def enlist(ask: Callable[[Reader], Any]) -> Callable[[Reader], Any]:
        text = ask.__doc__ or ""
        QUESTIONS[ask.__name__] = Question(ask.__name__, text, ask, answer, verbatim or {}, frozenset(places.split()))
        return ask

    return enlist


# --- The claims that answers rest on -----------------------------------------------------------------

OUTLET_A = "the outlet of the article iran-accuses-mossad (not named in its text)"
OUTLET_B = "the outlet of the article khodaei-nyt-report (not named in its text)"
ZARIF = "Mohammad Javad Zarif"
OFFICIALS = "Israeli officials (on the Mossad and its Danish counterpart; unnamed)"
PRIME_MINISTER = "Denmark’s prime minister (identified by office only)"
REPORTS = "Israeli reports (on the Paris plot; unspecified)"
TELEVISION = "Israeli television (channel not named)"
STUXNET_REPORTS = "the reports behind “widely reported” (on Stuxnet; unspecified)"
SUSPECTING = "whoever suspects an Iranian plot against a Paris rally (“suspected”; unnamed)"
ALLEGING = "whoever alleges that the arrested Norwegian planned the attack and spied for Iran (“allegedly”; unnamed)"
SEPARATISTS = "a separatist Arab group that claimed responsibility (unnamed)"
NYT, SOURCE, BEN_BARAK = "New York Times", "the NYT’s source (unnamed, undescribed)", "Ram Ben-Barak"

CURLY = (
    "Mossad’s perverse & stubborn planting of false flags (more on this later) only strengthens our resolve to "
    "engage constructively with the world"
)
STRAIGHT = CURLY.replace("’", "'") + "."
COOPERATION = (
    "We have very many close relationships and a lot of cooperation between us, which all depend on trust, and when "
    "it is violated in some way then it damages future cooperation"
)
DENIAL = "we did not inform anyone or take responsibility, and that is for the best."
BEFORE_DENIAL = "The lawmaker denied the information contained in the report, saying that as far as he knew, “"
HOSTING = "hosting several members of the terrorist group"

TWEET = stated("October 31, 2018", "2018-10-31")
WEDNESDAY_A = inferred("Wednesday", "2018-10-31")
AFTER_OFFICIALS = relative("after Israeli officials said")
EARLIER_WEDNESDAY = inferred("Earlier Wednesday", "2018-10-31")
LATE_SEPTEMBER = inferred("In late September", "2018-09-22", "2018-09-30")
SEPTEMBER_22 = inferred("September 22", "2018-09-22")
EARLIER_THAT_DAY = relative("Earlier in the day")
MONDAY = relative("on Monday")


def words(*texts: str) -> frozenset[str]:
    return frozenset(texts)


def own(claim: str, places: str, **rest: Any) -> Telling:
    """A statement by an outlet in its own voice."""
    outlet = OUTLET_A if places.startswith("A") else OUTLET_B
    return Telling(claim, "Statement", outlet, places, said=IN_THE_ARTICLE, **rest)


def unnamed(claim: str, class_: str, speaker: str, places: str, **rest: Any) -> Telling:
    return Telling(claim, class_, speaker, places, unnamed=True, **rest)


def on_radio(claim: str, places: str, quote: str) -> Telling:
    return Telling(claim, "Statement", BEN_BARAK, places, channel="103FM", quotes=words(quote), said=EARLIER_THAT_DAY)


_TELLINGS = (
    Telling("headline", "Allegation", "Iran", "A1", quotes=words("false flag"), again="zarif-false-flags"),
    unnamed(
        "officials-exposing",
        "Statement",
        OFFICIALS,
        "A2",
        hedges=words("alleged"),
        said=AFTER_OFFICIALS,
        again="officials-tip-off",
    ),
    own("order-in-subheading", "A2", hedges=words("alleged"), again="claim-after-officials"),
    own("zarif-office", "A3 A6 A23"),
    Telling(
        "zarif-motive",
        "Allegation",
        ZARIF,
        "A3",
        capacity="Iran’s foreign minister",
        quotes=words("false flag"),
        said=inferred("on Wednesday", "2018-10-31"),
        again="zarif-false-flags",
    ),
    unnamed("officials-tip-off", "Statement", OFFICIALS, "A4", said=AFTER_OFFICIALS),
    unnamed("officials-plot", "Allegation", OFFICIALS, "A4", said=AFTER_OFFICIALS),
    Telling("iran-denial", "Denial", "Iran", "A5", denies=words("officials-plot", "pet-planning")),
    Telling("iran-european-conspiracy", "Allegation", "Iran", "A5"),
    Telling(
        "zarif-false-flags",
        "Allegation",
        ZARIF,
        "A6 A7 A10",
        channel="Twitter",
        quotes=words(CURLY, STRAIGHT),
        said=TWEET,
    ),
    own("tweet-signature", "A10", happened=TWEET),
    Telling(
        "denmark-accusations",
        "Allegation",
        "Denmark",
        "A11",
        said=relative("followed the unveiling of another suspected Iranian plot"),
        again="pet-planning",
    ),
    unnamed("paris-plot-suspected", "Allegation", SUSPECTING, "A11", hedges=words("suspected")),
    unnamed("israeli-reports-thwarting", "Statement", REPORTS, "A12"),
    unnamed("israeli-reports-arrests", "Statement", REPORTS, "A12"),
    Telling("trump-terror-support", "Allegation", "Donald Trump", "A13", capacity="US President"),
    Telling("trump-reason-withdrawal", "Statement", "Donald Trump", "A13", capacity="US President"),
    own(
        "sanctions-next-week",
        "A13",
        hedges=words("most of"),
        happened=inferred("next week", "2018-11-04", "2018-11-11"),
    ),
    unnamed(
        "prime-minister-sanctions-talks",
        "Statement",
        PRIME_MINISTER,
        "A14",
        capacity="Denmark’s prime minister",
        hedges=words("alleged", "possible"),
        said=EARLIER_WEDNESDAY,
    ),
    unnamed(
        "prime-minister-nuclear-deal",
        "Statement",
        PRIME_MINISTER,
        "A14",
        capacity="Denmark’s prime minister",
        said=EARLIER_WEDNESDAY,
    ),
    Telling("eu-echo", "Statement", "European Union", "A15"),
    Telling(
        "trump-announcement", "Statement", "Donald Trump", "A15", said=inferred("in May", "2018-05-01", "2018-05-31")
    ),
    Telling("denmark-recall", "Statement", "Denmark", "A16", said=inferred("on Tuesday", "2018-10-30")),
    Telling(
        "pet-planning", "Allegation", "PET", "A16", said=relative("after the Danish intelligence service PET accused")
    ),
    own("pet-service", "A16"),
    own("asmla-separatist", "A17"),
    Telling("tehran-asmla-terrorist", "Statement", "Iran", "A18"),
    own("norwegian-arrested", "A19", happened=inferred("on October 21", "2018-10-21")),
    own("norwegian-arrest-grounds", "A19", hedges=words("allegedly")),
    unnamed("norwegian-planning", "Allegation", ALLEGING, "A19", hedges=words("allegedly")),
    unnamed("norwegian-spying", "Allegation", ALLEGING, "A19", hedges=words("allegedly")),
    Telling("tehran-hosting", "Allegation", "Iran", "A20", quotes=words(HOSTING), said=LATE_SEPTEMBER),
    Telling("tehran-terrorist-group", "Statement", "Iran", "A20", quotes=words(HOSTING), said=LATE_SEPTEMBER),
    Telling("iran-holds-responsible", "Allegation", "Iran", "A20"),
    own("ahvaz-commandos", "A21", happened=SEPTEMBER_22),
    own("ahvaz-deaths", "A21", happened=SEPTEMBER_22),
    Telling("islamic-state-admission", "Admission", "Islamic State", "A22"),
    unnamed("separatist-group-admission", "Admission", SEPARATISTS, "A22"),
    own("islamic-state-jihadist", "A22", hedges=words("so-called")),
    unnamed(
        "television-virus",
        "Statement",
        TELEVISION,
        "A23",
        said=WEDNESDAY_A,
        happened=When("inferred", "in the last few days", latest="2018-10-31"),
    ),
    unnamed("television-virus-similar", "Statement", TELEVISION, "A23", said=WEDNESDAY_A),
    own(
        "stuxnet-uncovered",
        "A23",
        hedges=words("some"),
        happened=inferred("some eight years ago", "2009-01-01", "2011-12-31"),
    ),
    unnamed("stuxnet-authors", "Allegation", STUXNET_REPORTS, "A23"),
    Telling(
        "ushpiz-us-must-answer",
        "Statement",
        "Alon Ushpiz",
        "B1",
        capacity="Israeli Ministry of Foreign Affairs director general",
        again="ushpiz-talks",
    ),
    Telling("nyt-report", "Allegation", NYT, "B1"),
    Telling("israel-via-nyt", "Admission", "Israel", "B1", through=(NYT,)),
    Telling(
        "ushpiz-talks",
        "Statement",
        "Alon Ushpiz",
        "B2",
        channel="Kan",
        quotes=words("I leave the explanations for our talks with the Americans"),
        said=relative("on Thursday"),
    ),
    own("kan", "B2"),
    Telling(
        "ben-barak-trust",
        "Statement",
        BEN_BARAK,
        "B3",
        capacity="Knesset foreign affairs and defence committee chairman",
        quotes=words("harms trust"),
        said=EARLIER_THAT_DAY,
    ),
    on_radio("ben-barak-relationships", "B4", COOPERATION),
    on_radio("ben-barak-cooperation", "B4", COOPERATION),
    on_radio("ben-barak-damage", "B4", COOPERATION),
    own("103fm", "B4"),
    on_radio(
        "ben-barak-leak",
        "B5",
        "I hope the Americans investigate the leak and figure out where it came from and why it occurred",
    ),
    Telling(
        "ben-barak-denial",
        "Denial",
        BEN_BARAK,
        "B6",
        capacity="lawmaker",
        hedges=words("as far as he knew"),
        quotes=words(DENIAL),
        said=EARLIER_THAT_DAY,
        denies=words("nyt-report"),
    ),
    Telling(
        "ben-barak-for-the-best",
        "Statement",
        BEN_BARAK,
        "B6",
        capacity="lawmaker",
        quotes=words(DENIAL),
        said=EARLIER_THAT_DAY,
    ),
    Telling(
        "takht-ravanchi-terrorist-act",
        "Statement",
        "Majid Takht-Ravanchi",
        "B8",
        capacity="Iranian Ambassador to the UN",
        quotes=words("terrorist and criminal act"),
        said=relative("on Wednesday"),
    ),
    Telling(
        "raisi-global-arrogance",
        "Allegation",
        "Ebrahim Raisi",
        "B9",
        capacity="President",
        quotes=words("Global Arrogance"),
        said=MONDAY,
    ),
    Telling(
        "raisi-revenge",
        "Statement",
        "Ebrahim Raisi",
        "B9",
        capacity="President",
        quotes=words("definite revenge"),
        said=MONDAY,
    ),
    own("global-arrogance-meaning", "B9", hedges=words("typically")),
    unnamed("nyt-source-message", "Statement", SOURCE, "B10", through=(NYT,), quotes=words("message", "Unit 840")),
    own("tehran-no-unit-840", "B11"),
    Telling("tehran-veteran", "Statement", "Iran", "B11"),
    Telling("tehran-commander", "Statement", "Iran", "B11"),
    own("daesh-isis", "B11"),
)
TELLINGS = {one.claim: one for one in _TELLINGS}


def these(*claims: str) -> frozenset[Telling]:
    return frozenset(TELLINGS[claim] for claim in claims)


# --- The questions, one by one -----------------------------------------------------------------------

A, B = "art:iran-accuses-mossad", "art:khodaei-nyt-report"
FALSE_FLAGS = "“false flag” operations ascribed to the Mossad"
PLOT = "alleged assassination plot against opposition figures living in Denmark"
CONFIRMATION = "Israel’s alleged confirmation of its involvement in the killing of Khodaei"
COUNTERPART = "the Mossad’s Danish counterpart (unnamed)"
THREE = "three opposition figures living in Denmark (unnamed)"
DISSIDENTS = "Iranian dissidents in Denmark (unnamed)"
CONSPIRACY = "whoever is behind “a European conspiracy” (unnamed)"
NORWEGIAN = "a Norwegian of Iranian origin (unnamed)"
TERRORIST_GROUP = (
    "the group that Iran calls “the terrorist group” and holds responsible for the attack in Ahvaz (unnamed)"
)
US_SERVICES = "US intelligence services (which ones is not stated)"
ISRAELI_SERVICES = "Israeli intelligence services (which ones is not stated)"
NO_DENIAL = "no denial recorded here"
BEFORE_ALL = "0001-01-01"


def namings(reader: Reader, agent: str) -> set[str]:
    return {row["naming"] for row in reader.ask("unnamed", agent=agent)}


def is_unnamed(reader: Reader, rows: Iterable[Row], column: str) -> bool:
    """Whether the articles name none of the agents in the column."""
    return all(reader.show(row[column])["agent"]["unnamed"] for row in rows)


def quotations(reader: Reader, rows: Iterable[Row]) -> set[tuple[str, str, str, str]]:
    """Each quotation: its place, what its sentence has before it, its words at their offsets, the next character."""
    found = set()
    for row in rows:
        start, end = int(row["quoteStart"]), int(row["quoteEnd"])
        (claimed,) = reader.told([row])
        for place in claimed.places.split():
            sentence = reader.sentence(place)
            text, first = sentence["text"], sentence["start"]
            if first <= start < sentence["end"]:
                assert text[start - first : end - first] == row["quote"]
                found.add((place, text[: start - first], row["quote"], text[end - first :][:1]))
    return found


@answered(
    (
        {(FALSE_FLAGS, ""): these("headline", "zarif-motive"), (FALSE_FLAGS, "Twitter"): these("zarif-false-flags")},
        {"Iran’s foreign minister": these("zarif-office"), "Javad Zarif (@JZarif)": these("tweet-signature")},
    ),
    "A1 A3 A6 A7 A10",
    {"A1": ("Iran accuses Mossad of running ‘false flag’ ops",), "A6": ("wrote in a tweet",)},
)
def q01(reader: Reader) -> Any:
    """Who accuses the Mossad of “false flag” operations, and in which medium?"""
    rows = reader.ask("allegations", accused="Mossad")
    names = reader.ask("designations", subject="Zarif")
    return reader.grouped(rows, "operationLabel", "channelLabel"), reader.grouped(names, "designates")


@answered(
    (
        {("stated", False): these("zarif-false-flags"), ("inferred", True): these("zarif-motive")},
        these("tweet-signature"),
        {"2018-10-31"},
    ),
    "A3 A10",
    {"A10": ("October 31, 2018",), "A3": ("on Wednesday",)},
)
def q02(reader: Reader) -> Any:
    """On which calendar day did he do so, and how do we know?"""
    rows = reader.ask("timeline", agent="Zarif", operation="op:mossad-false-flags")
    accusing = only(rows, "class", "Allegation")
    reasons = {
        (row["basis"], has([row["basisNote"]], "October 31, 2018", "Wednesday")): reader.told([row]) for row in accusing
    }
    signature = only(reader.ask("own-voice", operation="ag:zarif"), "happened", "October 31, 2018")
    return reasons, reader.told(signature), {row[bound] for row in accusing for bound in ("earliest", "latest")}


@answered(
    ({("A6", "“", CURLY, ","), ("A7", "", STRAIGHT, "")}, these("zarif-false-flags")),
    "A6 A7",
    {"A6": (CURLY,), "A7": (STRAIGHT,)},
)
def q03(reader: Reader) -> Any:
    """What are his exact words about the Mossad?"""
    rows = reader.ask("quotes", agent="Zarif", operation="op:mossad-false-flags")
    accusing = [row for row in only(rows, "class", "Allegation") if not row["restates"]]
    return quotations(reader, accusing), reader.told(accusing)


@answered(
    (1, these("zarif-false-flags"), {"A6", "A7"}, these("zarif-motive", "headline"), [True, True], []), "A1 A3 A6 A7"
)
def q04(reader: Reader) -> Any:
    """How many utterances of his does the accusation rest on, and where is it quoted or paraphrased?"""
    rows = reader.ask("allegations", accused="Mossad", kind="k:false-flag")
    first = [row for row in rows if not row["restates"]]
    again = [row for row in rows if cell(row, "restates") & {one["claimLabel"] for one in first}]
    quoted = [row for row in reader.ask("quotes", agent="Zarif") if row["claim"] in {one["claim"] for one in first}]
    notes = [" ".join(reader.show(row["claim"])["notes"]) for row in again]
    return (
        len(first),
        reader.told(first),
        {place for place, *_ in quotations(reader, quoted)},
        reader.told(again),
        [has([note.lower()], "read as") for note in notes],
        [row["claimLabel"] for row in rows if row not in (*first, *again)],
    )


@answered(
    (
        {COUNTERPART: these("officials-tip-off"), PLOT: these("officials-exposing")},
        {"not named"},
        {OUTLET_A},
        [],
        (True, True),
        {"the Danish intelligence service": these("pet-service")},
    ),
    "A2 A4 A16",
    {"A4": ("Israeli officials said the Mossad tipped off its Danish counterpart",)},
)
def q05(reader: Reader) -> Any:
    """According to whom did the Mossad tip off its Danish counterpart?"""
    rows = only(reader.ask("claims", operation="op:mossad-danish-tip-off"), "actors", "Mossad")
    counterpart = reader.show("ag:mossad-danish-counterpart")
    return (
        reader.grouped(rows, "affected"),
        namings(reader, OFFICIALS),
        {reader.show(row["claim"])["chain"][0]["agent"]["label"] for row in rows},
        reader.ask("claims", operation="op:mossad-danish-tip-off", party="PET"),
        (counterpart["agent"]["unnamed"], has(counterpart["notes"], "PET", "inferred")),
        reader.grouped(reader.ask("designations", subject="PET"), "designates"),
    )


@answered(
    ({PLOT: these("officials-plot", "pet-planning")}, {PLOT: these("denmark-accusations")}),
    "A4 A11 A16",
    {
        "A4": ("a plot by Iranian intelligence",),
        "A11": ("Denmark’s accusations against Iran",),
        "A16": ("planning the attack",),
    },
)
def q06(reader: Reader) -> Any:
    """Who accuses Iranian intelligence of the plot in Denmark?"""
    service = reader.ask("allegations", accused="Iranian intelligence")
    state = reader.ask("allegations", accused="Iran", operation="op:denmark-plot")
    return reader.grouped(service, "operationLabel"), reader.grouped(state, "operationLabel")


@answered(
    ({THREE: these("officials-plot")}, these("officials-exposing", "order-in-subheading"), [True, True]),
    "A2 A4",
    {"A4": ("three opposition figures living in Denmark",), "A2": ("Iranian dissidents in Denmark",)},
)
def q07(reader: Reader) -> Any:
    """Who were to be killed, in the article’s words?"""
    rows = [row for row in reader.ask("allegations", operation="op:denmark-plot") if row["affected"]]
    mentions = only(reader.ask("claims", operation="op:mossad-danish-tip-off"), "mentions", DISSIDENTS)
    cards_ = map(reader.show, ("ag:three-opposition-figures-denmark", "ag:iranian-dissidents-denmark"))
    return reader.grouped(rows, "affected"), reader.told(mentions), [card["agent"]["unnamed"] for card in cards_]


@answered(
    {
        (f"{OFFICIALS} | PET", PLOT, "", "paraphrase"): these("iran-denial"),
        (NYT, CONFIRMATION, "as far as he knew", "quoted"): these("ben-barak-denial"),
    },
    "A5 B6",
    {
        "A5": ("Iran has denied it was behind the alleged assassination plans",),
        "B6": ("denied the information contained in the report", "we did not inform anyone or take responsibility"),
    },
)
def q08(reader: Reader) -> Any:
    """List every denial: who, of what, with which reservation."""
    return reader.grouped(reader.ask("denials"), "deniedSpeakers", "about", "hedge", "wordsAre")


@answered(
    (these("iran-denial"), {(CONSPIRACY, "", "Iran"): these("iran-european-conspiracy")}, True),
    "A5",
    {"A5": ("part of a European conspiracy against it",)},
)
def q09(reader: Reader) -> Any:
    """What counter-claim does Iran make in the same breath?"""
    denial = reader.told(reader.ask("denials", agent="Iran"))
    breath = {one.places for one in denial}
    rows = [row for row in reader.ask("allegations", agent="Iran") if next(iter(reader.told([row]))).places in breath]
    return (denial, reader.grouped(rows, "accusedLabel", "alongside", "affected"), is_unnamed(reader, rows, "accused"))


@answered(
    (
        {("recall of Denmark’s ambassador to Iran", "Denmark’s ambassador to Iran (unnamed)"): these("denmark-recall")},
        [True],
    ),
    "A16",
    {"A16": ("Denmark on Tuesday announced it was recalling its ambassador to Iran",)},
)
def q10(reader: Reader) -> Any:
    """Which diplomatic step did Denmark announce, and on which day?"""
    rows = cued(reader.ask("claims", agent="Denmark"), "announced")
    days = only(reader.ask("timeline", agent="Denmark"), "basis", "inferred")
    return (
        reader.grouped(rows, "about", "affected"),
        [has([row["basisNote"]], "October 31, 2018", "Wednesday") for row in days],
    )


@answered(
    (
        {
            (
                "talks of Denmark’s prime minister with European countries about possible sanctions on Iran",
                "alleged | possible",
            ): these("prime-minister-sanctions-talks"),
            ("2015 nuclear deal", ""): these("prime-minister-nuclear-deal"),
        },
        {"by office only: Denmark’s prime minister"},
        {("inferred", True)},
    ),
    "A14",
    {
        "A14": (
            "speaking with European countries about possible sanctions on Iran over the alleged attack plot",
            "any response should not undermine the nuclear deal",
        )
    },
)
def q11(reader: Reader) -> Any:
    """Which two things did Denmark’s prime minister say, and when?"""
    rows = reader.ask("claims", agent=PRIME_MINISTER)
    days = reader.ask("timeline", agent=PRIME_MINISTER)
    return (
        reader.grouped(rows, "about", "hedge"),
        namings(reader, PRIME_MINISTER),
        {(row["basis"], has([row["basisNote"]], "October 31, 2018")) for row in days},
    )


@answered(
    (these("prime-minister-nuclear-deal"), these("eu-echo"), {"cl:iran-accuses-mossad-eu-echo"}, True),
    "A15",
    {"A15": ("That sentiment was echoed by the European Union",)},
)
def q12(reader: Reader) -> Any:
    """Who takes the same position on the nuclear deal?"""
    position = reader.ask("claims", agent=PRIME_MINISTER, operation="op:nuclear-deal")
    same = [row for row in reader.ask("claims") if cell(row, "echoes") & {one["claimLabel"] for one in position}]
    unsaid = [set(reader.show(row["claim"])["content"]["not_stated"]) for row in same]
    return (
        reader.told(position),
        reader.told(same),
        {one["id"] for row in position for one in reader.show(row["claim"])["relations"]["echoed_by"]},
        all({"kb:said", "kb:quote"} <= one for one in unsaid),
    )


@answered(
    (
        {(NORWEGIAN, ""): these("norwegian-arrested"), (NORWEGIAN, "allegedly"): these("norwegian-arrest-grounds")},
        {
            PLOT: these("norwegian-planning"),
            "alleged spying for Iran by the arrested Norwegian": these("norwegian-spying"),
        },
        (True, True),
        [True],
    ),
    "A19",
    {"A19": ("A Norwegian of Iranian origin", "for allegedly planning the attack and spying for Iran")},
)
def q13(reader: Reader) -> Any:
    """Who was arrested on 21 October, and on which alleged grounds?"""
    arrest = reader.ask("own-voice", operation="op:norwegian-arrest")
    accusing = reader.ask("allegations", accused=NORWEGIAN)
    by_whom = ["kb:actor" in reader.show(row["claim"])["content"]["not_stated"] for row in arrest]
    days = [row for row in reader.ask("timeline", operation="op:norwegian-arrest") if row["happened"]]
    return (
        reader.grouped(arrest, "affected", "hedge"),
        reader.grouped(accusing, "operationLabel"),
        (is_unnamed(reader, accusing, "accused"), all(by_whom)),
        [has([row["happenedNote"]], "year", "inferred") for row in days],
    )


@answered(
    (
        {"first-hand": these("islamic-state-admission", "separatist-group-admission")},
        {"so-called Islamic State jihadist group": these("islamic-state-jihadist")},
        {"not named"},
    ),
    "A22",
    {"A22": ("The so-called Islamic State jihadist group", "a separatist Arab group claimed responsibility")},
)
def q14(reader: Reader) -> Any:
    """Who claimed responsibility for the Ahvaz attack?"""
    rows = reader.ask("admissions", operation="op:ahvaz-attack")
    names = reader.ask("designations", subject="Islamic State", article=A)
    return reader.grouped(rows, "hand"), reader.grouped(names, "designates"), namings(reader, SEPARATISTS)


@answered(
    (
        {(TERRORIST_GROUP, ""): these("iran-holds-responsible")},
        True,
        {("the terrorist group", "quoted"): these("tehran-terrorist-group")},
    ),
    "A20",
    {"A20": ("the terrorist group” that Iran holds responsible for an attack",)},
)
def q15(reader: Reader) -> Any:
    """Whom does Iran hold responsible for it?"""
    rows = reader.ask("allegations", agent="Iran", operation="op:ahvaz-attack")
    names = reader.ask("designations", subject=TERRORIST_GROUP)
    return (
        reader.grouped(rows, "accusedLabel", "alongside"),
        is_unnamed(reader, rows, "accused"),
        reader.grouped(names, "designates", "wordsAre"),
    )


@answered(
    (
        {
            ("five commandos of the September 22 attack (unnamed)", ""): these("ahvaz-commandos"),
            ("", "24"): these("ahvaz-deaths"),
        },
        ["24"],
        {True},
    ),
    "A21",
    {"A21": ("September 22", "five commandos opened fire", "left 24 people dead")},
)
def q16(reader: Reader) -> Any:
    """When was the attack, how many attackers and dead, and in whose voice?"""
    rows = [row for row in reader.ask("own-voice", operation="op:ahvaz-attack") if row["happened"]]
    tolls = [row["deaths"] for row in reader.ask("claims", operation="op:ahvaz-attack") if row["deaths"]]
    days = [row for row in reader.ask("timeline", operation="op:ahvaz-attack") if row["happened"]]
    notes = {has([row["happenedNote"]], "year", "inferred") for row in days}
    return reader.grouped(rows, "actors", "deaths"), tolls, notes


@answered(
    (
        {
            ("Denmark", "Britain | the Netherlands"): these("tehran-hosting"),
            ("the Netherlands", "Britain | Denmark"): these("tehran-hosting"),
            ("Britain", "Denmark | the Netherlands"): these("tehran-hosting"),
        },
        [True],
    ),
    "A20",
    {"A20": ("In late September, Tehran accused Denmark, the Netherlands and Britain", HOSTING)},
)
def q17(reader: Reader) -> Any:
    """Which states does Tehran accuse of “hosting several members of the terrorist group”, and when?"""
    rows = reader.ask("allegations", agent="Tehran", operation="op:ahvaz-group-hosting")
    days = reader.ask("timeline", operation="op:ahvaz-group-hosting")
    notes = [has([row["basisNote"]], "year", "inferred", "September 22") for row in days]
    return reader.grouped(rows, "accusedLabel", "alongside"), notes


@answered(
    {
        ("reported", "a terrorist organization"): these("tehran-asmla-terrorist"),
        (
            "the outlet’s own",
            "a separatist group that advocates an Arab state in a southwestern Iranian province",
        ): these("asmla-separatist"),
    },
    "A17 A18",
    {"A18": ("Tehran calls it a terrorist organization",)},
)
def q18(reader: Reader) -> Any:
    """Who calls ASMLA a terrorist organization, and what does the article itself call it?"""
    return reader.grouped(reader.ask("designations", subject="ASMLA"), "voice", "designates")


@answered(
    (
        {
            ("reported computer virus attack on Iranian infrastructure and strategic networks", "", "Iran"): these(
                "television-virus"
            ),
            (
                "Stuxnet | reported computer virus attack on Iranian infrastructure and strategic networks",
                "",
                "",
            ): these("television-virus-similar"),
        },
        {"not named"},
        {True},
    ),
    "A23",
    {
        "A23": (
            "Iranian infrastructure and strategic networks have come under attack in the last few days",
            "by a computer virus similar to Stuxnet",
        )
    },
)
def q19(reader: Reader) -> Any:
    """What did Israeli television report, and on which day?"""
    rows = reader.ask("claims", agent=TELEVISION)
    days = {has([row["basisNote"]], "October 31, 2018") for row in reader.ask("timeline", agent=TELEVISION)}
    return reader.grouped(rows, "about", "actors", "affected"), namings(reader, TELEVISION), days


@answered(
    (
        {
            (US_SERVICES, ISRAELI_SERVICES, "was widely reported"): these("stuxnet-authors"),
            (ISRAELI_SERVICES, US_SERVICES, "was widely reported"): these("stuxnet-authors"),
        },
        {"not named"},
    ),
    "A23",
    {"A23": ("was widely reported to have been developed together by US and Israeli intelligence services",)},
)
def q20(reader: Reader) -> Any:
    """Who developed Stuxnet, and who says so?"""
    rows = reader.ask("allegations", operation="op:stuxnet-development")
    return reader.grouped(rows, "accusedLabel", "alongside", "cue"), namings(reader, STUXNET_REPORTS)


@answered((these("stuxnet-uncovered"), ["2010~"], [True]), "A23", {"A23": ("some eight years ago",)})
def q21(reader: Reader) -> Any:
    """When was Stuxnet uncovered?"""
    rows = reader.ask("claims", operation="op:stuxnet-uncovering")
    days = reader.ask("timeline", operation="op:stuxnet-uncovering")
    edtf = [moment["edtf"] for row in rows for moment in reader.show(row["claim"])["content"]["happened"]]
    return reader.told(rows), edtf, [has([row["happenedNote"]], "Approximate", "2010") for row in days]


@answered(
    (
        {"suspected plot to target an opposition group’s rally in Paris": these("israeli-reports-thwarting")},
        {"not named"},
    ),
    "A12",
    {"A12": ("According to Israeli reports, the Mossad helped thwart that attack as well",)},
)
def q22(reader: Reader) -> Any:
    """What part did the Mossad play about the Paris plot, and according to whom?"""
    rows = only(reader.ask("claims", operation="op:paris-plot-thwarting"), "actors", "Mossad")
    return reader.grouped(rows, "affected"), namings(reader, REPORTS)


@answered(
    (
        {("Iran", "support for terror around the globe ascribed to Iran"): these("trump-terror-support")},
        these("trump-reason-withdrawal"),
    ),
    "A13",
    {"A13": ("Iran’s support for terror around the globe as a reason behind his decision to pull out",)},
)
def q23(reader: Reader) -> Any:
    """What does Trump cite as a reason for leaving the nuclear deal?"""
    accusing = reader.ask("allegations", agent="Trump")
    reason = cued(reader.ask("claims", agent="Trump", operation="op:us-nuclear-deal-withdrawal"), "cited")
    return reader.grouped(accusing, "accusedLabel", "operationLabel"), reader.told(reason)


@answered(
    ({"United States": these("trump-announcement")}, [True]),
    "A15",
    {"A15": ("Trump announced in May the United States would pull out",)},
)
def q24(reader: Reader) -> Any:
    """When did Trump announce that the US would pull out?"""
    rows = reader.ask("claims", agent="Trump", operation="op:us-nuclear-deal-withdrawal")
    days = [row for row in reader.ask("timeline", agent="Trump") if row["said"]]
    return (
        reader.grouped(cued(rows, "announced"), "actors"),
        [has([row["basisNote"]], "year", "inferred") for row in days],
    )


@answered((these("sanctions-next-week"), [True]), "A13", {"A13": ("most of which kick back into effect next week",)})
def q25(reader: Reader) -> Any:
    """When do the reimposed sanctions return?"""
    rows = reader.ask("own-voice", operation="op:sanctions-reimposition")
    days = [row for row in reader.ask("timeline", operation="op:sanctions-reimposition") if row["happened"]]
    return reader.told(rows), [has([row["happenedNote"]], "October 31, 2018", "week") for row in days]


@answered(
    {
        (OFFICIALS, "not named"): these("officials-exposing", "officials-tip-off", "officials-plot"),
        (REPORTS, "not named"): these("israeli-reports-thwarting", "israeli-reports-arrests"),
        (TELEVISION, "not named"): these("television-virus", "television-virus-similar"),
        (STUXNET_REPORTS, "not named"): these("stuxnet-authors"),
        (SUSPECTING, "not named"): these("paris-plot-suspected"),
        (ALLEGING, "not named"): these("norwegian-planning", "norwegian-spying"),
        (SEPARATISTS, "not named"): these("separatist-group-admission"),
        (PRIME_MINISTER, "by office only: Denmark’s prime minister"): these(
            "prime-minister-sanctions-talks", "prime-minister-nuclear-deal"
        ),
    },
    "A2 A4 A11 A12 A14 A19 A22 A23",
)
def q26(reader: Reader) -> Any:
    """Which speakers in article A are not named?"""
    return reader.grouped(reader.ask("unnamed", article=A), "speakerLabel", "naming")


@answered(
    {("Israel", CONFIRMATION, "alleging"): these("nyt-report")},
    "B1",
    {"B1": ("Israel had confirmed its involvement in the Khodaei assassination",)},
)
def q27(reader: Reader) -> Any:
    """What does the New York Times report allege?"""
    return reader.grouped(reader.ask("allegations", agent=NYT), "accusedLabel", "operationLabel", "cue")


@answered(
    (
        {(f"{OUTLET_B} > New York Times («alleging») > Israel («had confirmed»)", "1"): these("israel-via-nyt")},
        {"second-hand: through New York Times": these("israel-via-nyt")},
        these("israel-via-nyt"),
        these("nyt-report"),
    ),
    "B1",
    {"B1": ("report alleging that Israel had confirmed its involvement in the Khodaei assassination",)},
)
def q28(reader: Reader) -> Any:
    """Give the whole chain of voices behind “Israel was involved in the Khodaei assassination”."""
    chains = only(reader.ask("chains", operation="op:khodaei-killing"), "speakerLabel", "Israel")
    ascribed = only(reader.ask("claims", operation="op:khodaei-killing"), "actors", "Israel")
    return (
        reader.grouped(chains, "chain", "depth"),
        reader.grouped(reader.ask("admissions", agent="Israel"), "hand"),
        reader.told(ascribed),
        reader.told(reader.ask("allegations", agent=NYT)),
    )


@answered(
    ({("B6", BEFORE_DENIAL, DENIAL, "”")}, {"as far as he knew": these("ben-barak-denial")}, True),
    "B6",
)
def q29(reader: Reader) -> Any:
    """What are Ben-Barak’s exact words of denial, and what stands before them?"""
    rows = only(reader.ask("quotes", agent="Ben-Barak"), "class", "Denial")
    outside = all(hedge not in row["quote"] for row in rows for hedge in cell(row, "hedge"))
    return quotations(reader, rows), reader.grouped(rows, "hedge"), outside


@answered(
    (
        {(NYT, CONFIRMATION): these("ben-barak-denial")},
        {"denied by Ram Ben-Barak (“as far as he knew”)": these("nyt-report")},
        [],
        {("“Global Arrogance”", NO_DENIAL): these("raisi-global-arrogance")},
        {(NO_DENIAL, "denied by Ram Ben-Barak (“as far as he knew”)"): these("israel-via-nyt")},
    ),
    "B1 B6",
    {"B6": ("The lawmaker denied the information contained in the report",)},
)
def q30(reader: Reader) -> Any:
    """What precisely does he deny, and what does he leave undenied?"""
    killing = {"operation": "op:khodaei-killing"}
    return (
        reader.grouped(reader.ask("denials", agent="Ben-Barak"), "deniedSpeakers", "about"),
        reader.grouped(reader.ask("allegations", agent=NYT), "denied"),
        reader.ask("denials", **killing),
        reader.grouped(reader.ask("undenied", **killing), "accusedLabel", "denial"),
        reader.grouped(reader.ask("admissions", **killing), "denied", "viaDenied"),
    )


@answered(
    (
        {("Statement", "said"): these("ushpiz-talks"), ("Statement", "has indicated"): these("ushpiz-us-must-answer")},
        these("nyt-report"),
        [True, True],
        [[], [], []],
    ),
    "B1 B2",
    {"B1": ("US officials must answer", "has indicated")},
)
def q31(reader: Reader) -> Any:
    """Does Ushpiz confirm or deny the report?"""
    rows = reader.ask("claims", agent="Ushpiz")
    report = reader.ask("allegations", agent=NYT)
    replies = [cell(row, "respondsTo") == {one["claimLabel"] for one in report} for row in rows]
    taking_sides = [reader.ask(query, agent="Ushpiz") for query in ("denials", "admissions", "allegations")]
    return reader.grouped(rows, "class", "cue"), reader.told(report), replies, taking_sides


@answered(
    (
        {("Alon Ushpiz", "Kan"): these("ushpiz-talks")},
        {
            (BEN_BARAK, "103FM"): these(
                "ben-barak-relationships", "ben-barak-cooperation", "ben-barak-damage", "ben-barak-leak"
            )
        },
        {"broadcaster": these("kan")},
        {"Israel’s 103FM radio": these("103fm")},
    ),
    "B2 B4",
    {"B2": ("speaking to the Kan broadcaster",), "B4": ("speaking to Israel’s 103FM radio",)},
)
def q32(reader: Reader) -> Any:
    """On which media did Ushpiz and Ben-Barak speak?"""
    spoken = [[row for row in reader.ask("claims", agent=agent) if row["channel"]] for agent in ("Ushpiz", "Ben-Barak")]
    media = [reader.ask("designations", subject=medium) for medium in ("Kan", "103FM")]
    return (
        *(reader.grouped(rows, "speakerLabel", "channelLabel") for rows in spoken),
        *(reader.grouped(rows, "designates") for rows in media),
    )


@answered(
    (
        {
            ("Earlier in the day", "Thursday"): these(
                "ben-barak-trust",
                "ben-barak-relationships",
                "ben-barak-cooperation",
                "ben-barak-damage",
                "ben-barak-leak",
                "ben-barak-denial",
                "ben-barak-for-the-best",
            )
        },
        {("on Thursday", "Thursday"): these("ushpiz-talks")},
        True,
        {""},
    ),
    "B2 B3",
    {"B3": ("slammed the New York Times reporting",), "B2": ("on Thursday",)},
)
def q33(reader: Reader) -> Any:
    """Which of the two spoke first?"""
    ben_barak = reader.ask("timeline", agent="Ben-Barak")
    ushpiz = [row for row in reader.ask("timeline", agent="Ushpiz") if row["said"]]
    return (
        reader.grouped(ben_barak, "said", "during"),
        reader.grouped(ushpiz, "said", "during"),
        {row["saidBefore"] for row in ben_barak} == {row["claimLabel"] for row in ushpiz},
        {row["saidBefore"] for row in ushpiz},
    )


@answered(
    (
        {("“Global Arrogance”", ""): these("raisi-global-arrogance")},
        {"killing of Khodaei | “definite revenge” (Raisi’s vow)": these("raisi-revenge")},
        [],
    ),
    "B9",
    {"B9": ("blamed “Global Arrogance,”", "vowed “definite revenge” in comments on Monday")},
)
def q34(reader: Reader) -> Any:
    """Whom does President Raisi blame, what does he vow, and when?"""
    blamed = reader.ask("allegations", agent="Ebrahim Raisi")
    vowed = reader.ask("claims", **{"agent": "Ebrahim Raisi", "class": "Statement"})
    return (
        reader.grouped(blamed, "accusedLabel", "alongside"),
        reader.grouped(vowed, "about"),
        reader.ask("timeline", agent="Ebrahim Raisi", since=BEFORE_ALL),
    )


@answered(
    (
        {("a phrase typically referring to the US and Israel", "the outlet’s own"): these("global-arrogance-meaning")},
        True,
    ),
    "B9",
)
def q35(reader: Reader) -> Any:
    """Who says that “Global Arrogance” means the US and Israel?"""
    rows = reader.ask("designations", subject="“Global Arrogance”")
    text = reader.sentence("B9")["text"]
    return reader.grouped(rows, "designates", "voice"), all(f"({row['designates']})" in text for row in rows)


@answered(
    {("terrorist and criminal act", "killing of Khodaei", "quoted"): these("takht-ravanchi-terrorist-act")},
    "B8",
    {"B8": ("Iranian Ambassador to the UN Majid Takht-Ravanchi calling it",)},
)
def q36(reader: Reader) -> Any:
    """How does Takht-Ravanchi describe the killing, and in which capacity?"""
    rows = reader.ask("designations", agent="Takht-Ravanchi")
    return reader.grouped(rows, "designates", "subjectLabel", "wordsAre")


@answered(
    (
        {
            (f"{OUTLET_B} > New York Times («alleging») > {SOURCE} («said»)", "killing of Khodaei"): these(
                "nyt-source-message"
            )
        },
        {"not named"},
        [""],
    ),
    "B10",
    {"B10": ("meant to serve as a “message” to Iran to stop the operations of “Unit 840,”",)},
)
def q37(reader: Reader) -> Any:
    """What was the killing for, according to the NYT’s source?"""
    rows = reader.ask("chains", agent=SOURCE, through=NYT)
    actors = [row["actors"] for row in reader.ask("claims", agent=SOURCE)]
    return reader.grouped(rows, "chain", "about"), namings(reader, SOURCE), actors


@answered(
    (
        {
            "a veteran of the Iran-Iraq War of 1980-1988": these("tehran-veteran"),
            "a commander of IRGC operations in Iraq and Syria": these("tehran-commander"),
        },
        {("Iran", "Khodaei | “Unit 840”"): these("tehran-no-unit-840")},
    ),
    "B11",
    {"B11": ("Tehran has made no mention of “Unit 840” while discussing Khodaei",)},
)
def q38(reader: Reader) -> Any:
    """How does Tehran characterise Khodaei, and what has it not mentioned?"""
    called = reader.ask("designations", agent="Tehran", subject="Khodaei")
    return (
        reader.grouped(called, "designates"),
        reader.grouped(reader.ask("silences", agent="Tehran"), "silentLabel", "about"),
    )


@answered(
    ({"on Thursday": these("ushpiz-talks"), "": these("ushpiz-us-must-answer")}, [True], [], [("", True)]),
    "B2",
    {"B2": ("on Thursday",)},
)
def q39(reader: Reader) -> Any:
    """On which calendar date did Ushpiz speak?"""
    rows = reader.ask("timeline", agent="Ushpiz")
    record = [entry for entry in reader.show(B)["record"] if entry["property"] == "dct:issued"]
    return (
        reader.grouped(rows, "said"),
        [has([row["basisNote"]], "no date") for row in rows if row["said"]],
        reader.ask("timeline", article=B, since=BEFORE_ALL),
        [("".join(entry["values"]), entry["not_stated"]) for entry in record],
    )


@answered(
    (
        {
            (agent, letter)
            for agent in ("Iran", "Islamic State", "Israel", "Mossad", "United States")
            for letter in ("A", "B")
        },
        {
            "so-called Islamic State jihadist group": these("islamic-state-jihadist"),
            "Daesh (ISIS)": these("daesh-isis"),
        },
        {True},
    ),
    "A22 B11",
)
def q40(reader: Reader) -> Any:
    """Which agents occur in both articles?"""
    letters = {reader.show(article)["iri"]: letter for article, letter in ARTICLES.items()}
    rows = reader.ask("across")
    aliases = reader.show("ag:islamic-state")["aliases"]
    names = [
        row
        for row in reader.ask("designations", subject="Islamic State")
        if any(row["designates"].startswith(alias) for alias in aliases)
    ]
    return (
        {(row["agentLabel"], letters[row["article"]]) for row in rows},
        reader.grouped(names, "designates"),
        {has([row["note"]], "editor") for row in rows if row["agentLabel"] == "Islamic State"},
    )
