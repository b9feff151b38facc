"""The sources are kept byte for byte, and cut into sentences at the right offsets."""

from __future__ import annotations

import hashlib
import itertools
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from kbcli.source import Source, segmented

SHA256 = {
    "000_698584d1738c9fbf.txt": "486f4d1a8c1c2ebaf91035a989dc9ecba82c8e6f644d9aa0f0d81a57ab192b3b",
    "002_67d1941ca2bc8fd9.txt": "8c712809755afb9effc13589537a5f611b4d02626cd6c75fbd71c787b8d22b2b",
}
STARTS = {
    "000_698584d1738c9fbf.txt": (
        [
            0,
            64,
            217,
            400,
            575,
            742,
            1016,
            1160,
            1253,
            1322,
            1363,
            1511,
            1664,
            1883,
            2096,
            2329,
            2505,
            2598,
            2640,
            2752,
            2979,
            3087,
            3248,
        ]
    ),
    "002_67d1941ca2bc8fd9.txt": [0, 216, 335, 556, 782, 891, 1060, 1296, 1579, 1873, 2180, 2460],
}
ENDS = {
    "000_698584d1738c9fbf.txt": (
        [
            63,
            216,
            399,
            574,
            741,
            1015,
            1159,
            1252,
            1321,
            1362,
            1510,
            1663,
            1882,
            2095,
            2328,
            2504,
            2597,
            2639,
            2751,
            2978,
            3086,
            3247,
            3609,
        ]
    ),
    "002_67d1941ca2bc8fd9.txt": [215, 334, 555, 781, 890, 1059, 1295, 1578, 1872, 2179, 2459, 2523],
}


@pytest.mark.parametrize("name", SHA256)
def test_a_source_is_kept_byte_for_byte(name: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == SHA256[name]


def test_git_never_touches_a_line_end_of_a_source() -> None:
    asked = ["git", "check-attr", "text", "seeds/000_698584d1738c9fbf.txt"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        assert "seeds/** -text" in (ROOT / ".gitattributes").read_text()
    else:
        assert done.stdout.endswith("text: unset\n")


@pytest.mark.parametrize("name", SHA256)
def test_the_sentences_of_the_sources(name: str) -> None:
    found = Source(ROOT / "seeds" / name).sentences
    assert [s.start for s in found] == STARTS[name]
    assert [s.end for s in found] == ENDS[name]
    assert [s.number for s in found] == list(range(1, len(found) + 1))


def test_line_ends_marks_and_emoji_keep_their_offsets() -> None:
    text = "\ufeffMr. Smith left.\r\n\r\n“No.” She stayed. 😀 Why?\tYes.  "
    assert next(text[s.start : s.end] for s in segmented(text)) == "Mr. Smith left."
    assert text[segmented(text)[-1].end - 4 : segmented(text)[-1].end] == "Yes."


@given(st.text())
def test_sentences_cover_all_that_is_not_blank_in_order(text: str) -> None:
    found = segmented(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(s.start < s.end for s in found)
    outside = set(range(len(text))) - {i for s in found for i in range(s.start, s.end)}
    assert all(text[i].isspace() or text[i] == "\ufeff" for i in outside)
