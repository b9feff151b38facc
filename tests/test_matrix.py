"""Every saved query in every store: the same rows in the same order as pyoxigraph gives, or a known reason why not.

`.ci/stores` installs the stores; `KB_STORES=1 pytest -m stores` runs this; `python tests/matrix.py` prints the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stores import STORES
from stores.cases import cases
from stores.differences import DIFFERENCES, expected
from stores.matrix import markdown
from stores.outcome import LOADS, SAME, Outcome, columns, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stores.store import Store

pytestmark = pytest.mark.stores
MEASURED: dict[tuple[type[Store], str], list[Outcome]] = {}


@pytest.fixture(scope="module", autouse=True)
def printed(pytestconfig: pytest.Config) -> Iterator[None]:
    """The matrix, for whoever reads the log."""
    yield
    with pytestconfig.pluginmanager.get_plugin("capturemanager").global_and_fixture_disabled():
        print(f"\n\n{markdown(MEASURED)}")


@pytest.mark.parametrize(("store", "load"), columns(STORES), ids=lambda value: getattr(value, "__name__", value))
def test_column(store: type[Store], load: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    absent = store.missing()
    assert not absent, f"{store.name} is not installed: {absent} is missing; .ci/stores installs it"
    found = outcomes(store, load, tmp_path_factory.mktemp("store"))
    MEASURED[store, load] = found
    known = expected(store, load)
    asked = {str(outcome.case) for outcome in found}
    differing = {str(outcome.case): outcome.kind for outcome in found if outcome.kind != SAME}
    told = "\n".join(f"{one.case}: {one.kind} {one.detail}" for one in found if one.kind != SAME)
    assert differing == {case: kind for case, kind in known.items() if case in asked}, told


def test_what_is_known_is_asked() -> None:
    asked = {str(case) for case in cases()}
    assert len(asked) > 80
    for one in DIFFERENCES:
        assert one.store in {store.name for store in STORES}
        assert one.load in LOADS
        assert one.cases <= asked, one.cases - asked
        assert one.reason
