"""A made-up knowledge base of N articles, the same at every run: python tests/bench/generate.py DIR -n 1000.

About 300 triples an article, in the project's own vocabulary: shared agents, denials across articles, second-hand
admissions. It is valid: `kb validate` has nothing to find in it, unless --faults seeds some.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import hashlib
import random
import shutil
import string
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXT = [line for line in (HERE / "article.template").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
PEGS = string.Template((HERE / "pegs.template").read_text(encoding="utf-8"))
OUTLET = "ag:outlet-"
STORY = 10  # articles that tell of the same operation, each denying what the one before reported
SHARED = 400  # agents that many articles name, at most
ACTS = {"ambush": "attack", "arson": "attack", "bombing": "attack", "break-in": "espionage", "hacking": "cyber-attack"}
ACTS |= {"kidnapping": "kidnapping", "leak": "communication", "raid": "military", "shooting": "killing"}
FRONTS = [
    "Al",
    "Bren",
    "Cor",
    "Dra",
    "Es",
    "Fal",
    "Gor",
    "Hel",
    "Ist",
    "Jor",
    "Kel",
    "Lum",
    "Mar",
    "Nor",
    "Os",
    "Pra",
    "Quel",
    "Ros",
    "Sil",
    "Tam",
    "Ul",
    "Vas",
    "Wen",
    "Yor",
    "Zel",
]
MIDDLES = ["da", "ve", "mi", "lo", "ru", "sta", "ne", "ka", "zi", "to", "pha", "bu", "ge", "xo", "li", "wa"]
STATES = ["nia", "land", "via", "stan", "ria", "mark", "gard", "dor"]
PEOPLE = ["rov", "sen", "wick", "son", "man", "ski", "well", "ford"]
TOWNS = ["ton", "ville", "burg", "haven", "mouth", "field", "wood", "bridge"]


def name(number: int, ends: list[str]) -> str:
    """The `number`th invented name with one of these endings: all different, none a part of another."""
    number, end = divmod(number, len(ends))
    number, front = divmod(number, len(FRONTS))
    middle = ""
    while True:
        number, next_ = divmod(number, len(MIDDLES))
        middle += MIDDLES[next_]
        if not number:
            return FRONTS[front] + middle + ends[end]
        number -= 1


@dataclass(frozen=True)
class Plan:
    """What all articles share: how many there are, which agents and operations."""

    articles: int

    @property
    def agents(self) -> int:
        """As many as are named by two articles each."""
        return max(4, min(SHARED, 2 * self.articles))

    def slug(self, article: int) -> str:
        town, act = name(article, TOWNS).lower(), self.act(article)
        return f"{town}-{act}-report"

    def act(self, article: int) -> str:
        return sorted(ACTS)[article // STORY % len(ACTS)]

    def story(self, article: int) -> range:
        """The articles about the same operation."""
        first = article // STORY * STORY
        return range(first, min(first + STORY, self.articles))

    def operation(self, article: int) -> str:
        return f"op:{self.slug(article // STORY * STORY).removesuffix('-report')}"

    def cast(self, article: int) -> list[int]:
        return [(2 * article + role) % self.agents for role in range(4)]


def generate(root: Path, articles: int, faults: int = 0) -> None:
    """Write the project to `root`, which must not exist; with `faults`, that many articles have one each."""
    plan = Plan(articles)
    for folder in ("data/articles", "seeds"):
        (root / folder).mkdir(parents=True)
    for folder in ("ontology", "queries"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "data" / "kinds.ttl", root / "data")
    wrong = set(random.Random(articles).sample(range(articles), min(faults, articles)))  # noqa: S311 no secret
    stories = range(0, articles, STORY)
    _write(root / "data" / "agents.ttl", [agent(number) for number in range(plan.agents)])
    _write(root / "data" / "operations.ttl", [operation(plan, a) for a in stories if len(plan.story(a)) > 1])
    for article in range(articles):
        text, blocks = transcript(plan, article)
        (root / "seeds" / f"{plan.slug(article)}.txt").write_bytes(text.encode())
        _write(root / "data" / "articles" / f"{plan.slug(article)}.ttl", blocks)
        if article in wrong:
            spoil(root / "data" / "articles" / f"{plan.slug(article)}.ttl", article)


def agent(number: int) -> str:
    return _block(
        f"ag:{name(number, STATES).lower()}",
        "Agent",
        [
            f'rdfs:label "{name(number, STATES)}"@en',
            "kb:kind k:state",
        ],
    )


def operation(plan: Plan, article: int) -> str:
    act = plan.act(article)
    label = f"{act} near {name(article, TOWNS)}, as articles speak of it"
    return _block(plan.operation(article), "Operation", [f'rdfs:label "{label}"@en', f"kb:kind k:{ACTS[act]}"])


def transcript(plan: Plan, article: int) -> tuple[str, list[str]]:
    """The text of an article, and the Turtle of its file."""
    words = slots(plan, article)
    sentences = list(_sentences(words))
    text = "\n".join(sentence for sentence, _ in sentences)
    blocks, nothing, start = [], [], 0
    for sentence, claims in sentences:
        end = start + len(sentence)
        span = f"ev:{words['slug']}-{start}-{end}"
        if claims[0].startswith("nothing"):
            nothing.append(span)
            blocks.append(evidence(words["slug"], text, start, end, claims[0].partition(" | ")[2]))
        else:
            blocks += [claim(line, sentence, span, words) for line in claims]
            blocks.append(evidence(words["slug"], text, start, end))
        start = end + 1
    record = PEGS.substitute(words, nothing=" , ".join(nothing), sha256=hashlib.sha256(text.encode()).hexdigest())
    own = [] if len(plan.story(article)) > 1 else [operation(plan, article)]
    return text, [record, *own, *blocks]


def slots(plan: Plan, article: int) -> dict[str, str]:
    """What stands in the places of the templates."""
    slug = plan.slug(article)
    chance = random.Random(slug)  # noqa: S311 no secret
    cast = [name(number, STATES) for number in plan.cast(article)]
    before = article - 1 if article - 1 in plan.story(article) else None
    return {
        **dict(zip(("accuser", "accused", "third", "fourth"), cast, strict=True)),
        **dict(zip("abcd", (f"ag:{one.lower()}" for one in cast), strict=True)),
        **dates(dt.date(2011, 1, 1) + dt.timedelta(days=chance.randrange(5000))),
        "act": plan.act(article),
        "before": "" if before is None else f"cl:{plan.slug(before)}-accusation",
        "former": "" if before is None else name(plan.cast(before)[0], STATES),
        "mark": "🗞 " * (article % 4 == 1),
        "member": name(3 * article + 1, PEOPLE),
        "operation": plan.operation(article),
        "paper": f"{name(3 * article + 2, PEOPLE)} Courier",
        "place": name(article, TOWNS),
        "slug": slug,
        "spokesman": name(3 * article, PEOPLE),
        "toll": str(chance.randint(2, 90)),
        "weekday": chance.choice(calendar.day_name[:5]),
    }


def dates(day: dt.date) -> dict[str, str]:
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return {
        "date": str(day),
        "day": str(day.day),
        "edtf": f"{day:%Y-%m}",
        "first": str(day.replace(day=1)),
        "issued": str(last + dt.timedelta(days=40)),
        "last": str(last),
        "month": f"{day:%B}",
        "year": str(day.year),
    }


def claim(line: str, sentence: str, span: str, words: dict[str, str]) -> str:
    head, label, *rest = line.split(" | ")
    local, class_, speaker = head.split(" ")
    said = {"about": words["operation"], **dict(one.split(" ", 1) for one in rest)}
    if not speaker.startswith(OUTLET) and "said" not in said:
        said["notStated"] = "kb:said"
    said |= {"evidence": span, "speaker": speaker}
    mentioned = sorted({iri for known, iri in parties(words).items() if known in sentence} - set(said.values()))
    if mentioned:
        said["mentions"] = " , ".join(mentioned)
    lines = [f"kb:{predicate} {said[predicate]}" for predicate in sorted(said)]
    return _block(f"cl:{words['slug']}-{local}", class_, [f'rdfs:label "{label}"@en', *lines])


def parties(words: dict[str, str]) -> dict[str, str]:
    """Whom an article names, with their IRIs."""
    shared = {words[role]: f"ag:{words[role].lower()}" for role in ("accuser", "accused", "third", "fourth", "former")}
    own = {words[role]: f"ag:{words['slug']}-{role}" for role in ("spokesman", "member", "paper")}
    return {name: iri for name, iri in {**shared, **own}.items() if name}


def evidence(slug: str, text: str, start: int, end: int, note: str = "") -> str:
    around = {"prefix": text[max(0, start - 12) : start], "suffix": text[end : end + 12]}
    return _block(
        f"ev:{slug}-{start}-{end}",
        "Evidence",
        [
            f"kb:in art:{slug}",
            f"oa:exact {_literal(text[start:end])}",
            *(f"oa:{side} {_literal(words)}" for side, words in around.items() if words),
            f'oa:start "{start}"^^xsd:nonNegativeInteger',
            f'oa:end "{end}"^^xsd:nonNegativeInteger',
            *([f'skos:note "{note}"@en'] if note else []),
        ],
    )


FAULTS = (
    ('kb:cue "accused"', 'kb:cue "blamed"'),  # a cue that does not stand there
    ('oa:start "0"', 'oa:start "1"'),  # an offset that is not the words'
    ("a kb:Denial", "a kb:Statement"),  # a statement that denies
    ("    kb:notStated kb:said ;\n", ""),  # no word on when it was said
    ('kb:sha256 "', 'kb:sha256 "0'),  # a checksum that is not the file's
)


def spoil(path: Path, number: int) -> None:
    """Put one fault into a file."""
    old, new = FAULTS[number % len(FAULTS)]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _sentences(words: dict[str, str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in TEXT:
        filled = string.Template(line).substitute(words)
        if line[0] != " ":
            found.append((filled, []))
        else:
            found[-1][1].append(filled.strip())
    return [one for one in found if words["before"] or "what  had said" not in one[0]]


def _block(subject: str, class_: str, lines: list[str]) -> str:
    return f"{subject} a kb:{class_} ;\n" + " ;\n".join(f"    {line}" for line in lines) + " .\n"


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _write(path: Path, blocks: list[str]) -> None:
    from kbcli.names import prefixes

    body = "\n".join(blocks)
    used = "".join(f"@prefix {short}: <{iri}> .\n" for short, iri in prefixes().items() if f"{short}:" in body)
    path.write_text(f"{used}\n{body}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--articles", type=int, default=100)
    parser.add_argument("--faults", type=int, default=0, help="how many articles have a fault")
    asked = parser.parse_args()
    generate(asked.folder, asked.articles, asked.faults)


if __name__ == "__main__":
    main()
