"""OWSLib's OGC API – Features client: it finds the collections and gets what the portal has."""

import pytest
from owslib.ogcapi.features import Features


@pytest.fixture
def client(any_portal):
    return Features(any_portal.url)


def test_it_finds_its_way_from_the_landing_page(client, any_portal):
    assert client.api()["openapi"].startswith("3.0")
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in client.conformance()["conformsTo"]
    assert client.feature_collections() == [each["id"] for each in any_portal.collections()]


def test_every_collection_says_where_it_lies(client, any_portal):
    for collection in any_portal.ids():
        description = client.collection(collection)
        assert description["id"] == collection
        for feature in client.collection_items(collection, limit=20)["features"]:
            for x, y in positions(feature["geometry"]):
                west, south, east, north = description["extent"]["spatial"]["bbox"][0]
                assert west <= x <= east and south <= y <= north, (collection, feature["id"])


def positions(geometry):
    """All positions of a geometry, however deep its lists are."""
    pending = [geometry["coordinates"]] if geometry else []
    while pending:
        item = pending.pop()
        if isinstance(item[0], list):
            pending += item
        else:
            yield item[:2]


def test_boxes_and_pages_fit_together(client, any_portal):
    for collection in any_portal.ids():
        bbox = [9.1, 45.4, 9.25, 45.55]
        whole = client.collection_items(collection, bbox=bbox, limit=10000)
        assert whole["numberReturned"] == len(whole["features"]) == whole["numberMatched"]
        parts = any_portal.features(collection, bbox="9.1,45.4,9.25,45.55", limit=100)
        assert [each["id"] for each in parts] == [each["id"] for each in whole["features"]]


def test_one_feature_is_the_same_as_in_its_collection(client, any_portal):
    for collection in any_portal.ids():
        first = client.collection_items(collection, limit=1)["features"][0]
        alone = client.collection_item(collection, first["id"])
        assert (alone["properties"], alone["geometry"]) == (first["properties"], first["geometry"])
