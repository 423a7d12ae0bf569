"""What the OGC's own suite asks of OGC API – Features 1, in our words and in the order of its abstract tests (OGC 17-069r4,
Annex A): the suite is not to be had (README.md)."""

from datetime import datetime

import pytest

GEOJSON, OPENAPI = "application/geo+json", "application/vnd.oai.openapi+json"
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def links(document, rel):
    """The links of a relation, all of which say their type."""
    found = [link for link in document["links"] if link["rel"] == rel]
    assert all(link["href"] and link.get("type") for link in found), found
    return found


def check_faces(portal, document, media_type):
    """A document links to itself and to its page, and both are what they say."""
    (itself,) = links(document, "self")
    assert itself["type"] == media_type
    (page,) = [link for link in links(document, "alternate") if link["type"] == "text/html"]
    assert portal.get(page["href"]).headers["content-type"].startswith("text/html")
    assert portal.get(itself["href"], headers={"Accept": media_type}).headers["content-type"].startswith(media_type)


def test_the_landing_page_leads_everywhere(any_portal):
    landing = any_portal.json("/")
    for rel in ("service-desc", "conformance", "data"):
        for link in links(landing, rel):
            assert any_portal.get(link["href"]).headers["content-type"].startswith(link["type"].split(";")[0])
    check_faces(any_portal, landing, "application/json")


def test_the_api_is_described(any_portal):
    (link,) = links(any_portal.json("/"), "service-desc")
    assert link["type"].startswith(OPENAPI)
    assert any_portal.get(link["href"]).headers["content-type"] == link["type"]


def test_what_is_kept_is_declared(any_portal):
    declared = any_portal.json("/conformance")["conformsTo"]
    assert {CORE + each for each in ("core", "geojson", "html", "oas30")} <= set(declared)
    assert len(set(declared)) == len(declared)


def test_every_collection_is_described_alike_in_the_list_and_alone(any_portal):
    document = any_portal.json("/collections")
    check_faces(any_portal, document, "application/json")
    for collection in document["collections"]:
        alone = any_portal.json(f"/collections/{collection['id']}")
        assert {name: alone[name] for name in collection if name != "links"} == {
            name: collection[name] for name in collection if name != "links"
        }
        assert CRS84 in collection["crs"] or collection["crs"] == ["#/crs"] and CRS84 in document["crs"]
        assert {link["type"] for link in links(collection, "items")} >= {GEOJSON, "text/html"}
        check_faces(any_portal, alone, "application/json")


@pytest.mark.parametrize(
    ("name", "kind"), [("limit", "integer"), ("bbox", "array"), ("datetime", "string")]
)
def test_the_parameters_of_items_are_described(demo, name, kind):
    paths = demo.json("/api")["paths"]
    for collection in demo.collections():
        parameters = paths[f"/collections/{collection['id']}/items"]["get"]["parameters"]
        (parameter,) = [each for each in parameters if each["name"] == name]
        assert parameter["in"] == "query" and not parameter.get("required")
        assert (parameter["style"], parameter["explode"]) == ("form", False)
        schema = parameter["schema"]
        assert schema["type"] == kind
        if name == "limit":
            assert 1 <= schema["minimum"] <= schema["default"] <= schema["maximum"]
        if name == "bbox":
            sizes = {(each["minItems"], each["maxItems"]) for each in schema.get("oneOf", [schema])}
            assert sizes in ({(4, 6)}, {(4, 4), (6, 6)}) and schema["items"]["type"] == "number"


def test_a_page_holds_no_more_than_asked_for(any_portal):
    for collection in any_portal.ids():
        for limit in (1, 7):
            page = any_portal.json(f"/collections/{collection}/items?limit={limit}")
            assert page["numberReturned"] == len(page["features"]) <= limit
        assert any_portal.get(f"/collections/{collection}/items?limit=999999999999").status_code == 200


def test_pages_are_complete_and_say_what_they_are(any_portal):
    for collection in any_portal.ids():
        page = any_portal.json(f"/collections/{collection}/items?limit=10")
        assert page["type"] == "FeatureCollection"
        check_faces(any_portal, page, GEOJSON)
        if stamp := page.get("timeStamp"):
            assert datetime.fromisoformat(stamp).tzinfo
        features = any_portal.features(collection, limit=500)
        assert page["numberMatched"] == len(features) == len({feature["id"] for feature in features})


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=many", "bbox=1,2,3", "bbox=9,45,10,north", "bbox=9,46,10,45", "bbox=9,45,10,46,47"]
    + ["bbox=NaN,45,10,46", "datetime=yesterday", "datetime=../..", "datetime=2023-13-01", "no_such_field=1", "limit=1&limit=2"],
)
def test_what_cannot_be_understood_is_refused(demo, query):
    answer = demo.get(f"/collections/services/items?{query}")
    assert answer.status_code == 400, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 400 and problem["title"] and problem["detail"]


@pytest.mark.parametrize(
    ("query", "share"),
    [
        ("bbox=-180,-90,180,90", 1),
        ("bbox=-180,-90,-12000,180,90,12000", 1),
        ("bbox=8,44,11,47", 1),
        ("bbox=8%2C44%2C11%2C47", 1),
        ("bbox=8.00000000000000001,44.00000000000000001,11,47", 1),
        # Over the antimeridian: from Italy eastwards to America, and the other way round.
        ("bbox=8,44,-60,47", 1),
        ("bbox=170,44,-60,47", 0),
        ("bbox=-60,44,-30,47", 0),
    ],
)
def test_a_box_is_understood(demo, query, share):
    everything = demo.json("/collections/services/items?limit=1")["numberMatched"]
    assert demo.json(f"/collections/services/items?limit=1&{query}")["numberMatched"] == share * everything


@pytest.mark.parametrize("time", ["2100-01-01T00:00:00Z", "2100-01-01", "2000-01-01/..", "../2100-01-01T00:00:00Z", "2000-01-01/2100-01-01"])
def test_a_time_is_understood(demo, time):
    assert demo.json("/collections/services/items", params={"datetime": time, "limit": 1})["numberMatched"] > 0


def test_one_feature_leads_back(any_portal):
    for collection in any_portal.ids():
        number = any_portal.json(f"/collections/{collection}/items?limit=1")["features"][0]["id"]
        feature = any_portal.json(f"/collections/{collection}/items/{number}")
        assert (feature["type"], feature["id"]) == ("Feature", number)
        check_faces(any_portal, feature, GEOJSON)
        assert any_portal.get(links(feature, "collection")[0]["href"]).json()["id"] == collection
        for unknown in (number + 1, "none"):
            assert any_portal.get(f"/collections/{collection}/items/{unknown}").status_code == 404
    assert any_portal.get("/collections/none").status_code == 404
