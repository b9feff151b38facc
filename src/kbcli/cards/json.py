"""A card as one JSON object, for programs. Its keys:

`card` is claim, agent, operation, article, place, time, evidence, kind, scheme or thing; `cautions` are sentences to
show with whatever is shown of the card. The others, by card:

claim      claim, caveat, second_hand, chain [voice], words, content, denied_by, relations, notes
agent      agent, aliases, outlet_of, part_of and parts [{whole, part, claims}], says, ascribed (second-hand),
           carries, accused_in, acts_in, affected_in, about_it, mentioned_in, silent_in, channel_of, notes
operation  operation, aliases, versions and denials [{claim, content, words, denies, denied_by}], silences,
           affected_in, notes
article    id, iri, outlet, record [{property, values, not_stated}], intact, notes,
           sentences [{number, start, end, text, claims, nothing_claimed}]
place      place, aliases, within, contains, place_of, notes
time       time, said_in, happened_in
evidence   evidence, iri, sentences, rest_on_it, nothing_claimed_in, notes
kind       kind, definitions, scope_notes, of_this_kind, notes
scheme     scheme, definitions, kinds
thing      thing, classes, referred_to_in

A claim is everywhere {id, iri, class, label, speaker, through [voice], hedges, restates, restated_by, articles}: its
label is nothing without speaker and through. The parts:

thing      id, iri, type, label, kinds [{id, label}], unnamed
voice      role (outlet, via, speaker), agent, claim, class, cues, hedges; outermost first
words      quotes, cues, hedges, speaking_as, channel, said [time], own_voice, issued, spans, sentences
content    about, actor, affected, mentions, silent, place, happened [time], deaths, designates, not_stated
denied_by  direct, same_utterance, carriers [claim]
relations  denies, restates, restated_by, responds_to, answered_by, echoes, echoed_by, carries [claim]
time       id, iri, text, earliest, latest, edtf, basis, sources, before, after, during [{id, text}], notes
span       id, article, start, end, exact, found
sentence   article, number, start, end, text, marks [[from, to]] (in text)

Offsets are code points from 0, half-open. Ids are prefixed names. What is missing is an empty list or string; only
start, end, intact and sentences may be null. Keys may be added, none is renamed or removed.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from kbcli.card import Card


def write(card: Card, stream: TextIO) -> None:
    whole = _plain(card.data)
    whole = {"card": whole.pop("card"), "cautions": list(card.cautions), **whole}
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    stream.writelines(f"{_safe(line)}\n" for line in text.split("\n"))


def _safe(line: str) -> str:
    """What a terminal would obey as JSON's own escapes, which mean the same."""
    return line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def _plain(value: Any) -> Any:
    """Dataclasses as objects; `class_`, which Python cannot call so, is `class`."""
    if is_dataclass(value):
        return {field.name.removesuffix("_"): _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
