"""Of one slip one thing is told: what follows from it is not, and two findings never say the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import ROOT
from kbcli import handbook
from kbcli.project import Project
from kbcli.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

FIRE, INQUIRY = "data/articles/mill-fire.ttl", "data/articles/mill-inquiry.ttl"
OPERATIONS = "data/operations.ttl"
UNION, ROE = "cl:mill-fire-union a", "cl:mill-fire-roe a"


class Slip(NamedTuple):
    """In the block of `file` that begins so, `old` becomes `new`; `told` are the codes and a part of the message or the hint."""

    name: str
    file: str
    block: str
    old: str
    new: str
    told: str


SLIPS = [
    Slip("an operation misspelt", FIRE, UNION, "op:door-locking", "op:door-loking", "KB010 op:door-loking"),
    Slip("a class misspelt", FIRE, UNION, "kb:Allegation", "kb:Allegtion", "KB901 kb:Allegtion"),
    Slip("the class of an operation misspelt", OPERATIONS, "op:door-locking a", "kb:Operation", "kb:Opration", "KB901 kb:Opration"),
    Slip("a file with a syntax error", OPERATIONS, "op:door-locking a", "kb:Operation ;", "kb:Operation", "KB001"),
    Slip("a wrong prefix", OPERATIONS, "", "@prefix op: <https://example.org/mill/operation/>", "@prefix op: <https://example.org/mill/operations/>", "KB018"),
    Slip("a wrong prefix of the vocabulary", OPERATIONS, "", "contested-claims/ont#", "contested-claims/ont/", "KB018"),
    Slip("a speaker by name", FIRE, "cl:mill-fire-inspector a", "ag:inspector", '"Evening Post"', 'KB102 "Evening Post"'),
    Slip("a speaker misspelt", FIRE, UNION, "ag:union", "ag:unoin", "KB010 ag:unoin"),
    Slip("no speaker", FIRE, UNION, "    kb:speaker ag:union .", '    skos:note "?"@en .', "KB101"),
    Slip("a denial of nothing", FIRE, ROE, '    kb:about op:door-locking ;\n    kb:channel ag:radio-north ;\n    kb:cue "told" ;\n    kb:denies cl:mill-fire-union ;\n', "    kb:channel ag:radio-north ;\n", "KB109"),
    Slip("another's deed admitted", FIRE, "cl:mill-fire-evening-post a", "kb:Statement", "kb:Admission", "KB107 ag:inspector"),
    Slip("an admission without a doer", FIRE, "cl:mill-fire-ministry a", "kb:Statement ;", "kb:Admission ;", "KB107 KB137"),
    Slip("a property in quotation marks", FIRE, UNION, "kb:notStated kb:said", 'kb:notStated "kb:said"', 'KB131 "kb:said"'),
    Slip("a property misspelt", FIRE, UNION, "kb:notStated kb:said", "kb:notStated kb:sayd", "KB901 kb:sayd"),
    Slip("a property of the record in quotation marks", INQUIRY, "art:mill-inquiry a", "dct:issued", '"dct:issued"', 'KB131 "dct:issued"'),
    Slip("a language on a hedge", FIRE, "cl:mill-fire-inspector a", '"allegedly"', '"allegedly"@en', "KB122"),
    Slip("a language tag with an underscore", FIRE, "art:mill-fire a", '"en"', '"en_GB"', 'KB231 "en_GB"'),
    Slip("a language by its name", FIRE, "art:mill-fire a", '"en"', '"English"', 'KB231 write "en"'),
    Slip("spans of two articles, the own one first", FIRE, UNION, "ev:mill-fire-108-198", "ev:mill-fire-108-198 , ev:mill-inquiry-0-88", "KB218 ev:mill-inquiry-0-88"),
    Slip("spans of two articles, the own one last", INQUIRY, "cl:mill-inquiry-hale a", "ev:mill-inquiry-0-88", "ev:mill-fire-21-107 , ev:mill-inquiry-0-88", "KB218 ev:mill-fire-21-107"),
    Slip("a sentence that is not shortened", INQUIRY, "art:mill-inquiry a", "    kb:nothingClaimed ev:mill-inquiry-89-107 ;\n", "", "KB250 “Photo: Radio North” KB251"),
    Slip("an end one too far", FIRE, "ev:mill-fire-0-20 a", 'oa:end "20"', 'oa:end "21"', 'KB206 : "21" KB201'),
    Slip("a day as a year", FIRE, "art:mill-fire a", '"2023-03-08"^^xsd:date', '"2023"^^xsd:gYear', 'KB227 "2023"^^xsd:gYear'),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_of_a_slip_the_cause_is_told_alone(slip: Slip, tmp_path: Path) -> None:
    root = tmp_path / "sample"
    shutil.copytree(str(handbook.folder() / "sample"), root)
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, root / name)
    text = (root / slip.file).read_text(encoding="utf-8")
    at = text.index(slip.old, text.index(f"\n{slip.block}") if slip.block else 0)
    (root / slip.file).write_text(text[:at] + slip.new + text[at + len(slip.old) :], encoding="utf-8")
    found = validate(Project(root), ()).findings
    words = slip.told.split(" ")
    codes = [word for word in words if word.startswith("KB") and len(word) == len("KB000")]
    assert sorted(one.code for one in found) == sorted(codes)
    shown = " ".join(word for word in words if word not in codes)
    assert any(shown in f"{one.message}\n{one.hint}" for one in found if one.code == codes[0])
