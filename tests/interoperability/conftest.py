"""What the judges share: the portals they judge, each started once."""

import pytest

import portal


@pytest.fixture(scope="session")
def demo():
    """The portal with the demonstration."""
    with portal.demonstration() as started:
        yield started


@pytest.fixture(scope="session", params=["demo", "official"])
def any_portal(request):
    """The portal with the demonstration, then with official data where they are at hand."""
    if request.param == "demo":
        yield request.getfixturevalue("demo")
        return
    if not portal.SHARED.is_dir():
        pytest.skip("there are no official data in ../shared/data")
    with portal.official() as started:
        yield started
