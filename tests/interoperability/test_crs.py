"""PROJ: the portal's coordinates in every reference system are those that PROJ works out, with its order of axes."""

import pytest
from pyproj import CRS, Transformer

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# Of Monte Mario to WGS 84 there are several transformations: PROJ and the portal may differ by what these differ.
METRES = {"3003": 5.0}


def transformer(uri):
    """From longitude and latitude to the system, with the axes as its authority orders them."""
    authority, _, code = uri.split("/")[-3:]
    return Transformer.from_crs("OGC:CRS84", CRS.from_authority(authority, code))


def tolerance(uri):
    """In the unit of the system."""
    metres = METRES.get(uri.rsplit("/", 1)[1], 0.012)
    is_in_metres = CRS.from_authority(*uri.split("/")[-3::2]).axis_info[0].unit_name == "metre"
    return metres if is_in_metres else metres / 100_000


@pytest.fixture(scope="session")
def systems(demo):
    """The reference systems that are declared, but the one that all is stored in."""
    found = demo.json("/collections/services")["crs"]
    assert found[0] == CRS84 and len(found) > 1
    return found[1:]


def test_coordinates_are_those_that_proj_works_out(demo, systems):
    known = {feature["id"]: feature["geometry"] for feature in demo.features("services", limit=100)}
    for uri in systems:
        answer = demo.get("/collections/services/items", params={"crs": uri, "limit": 1000})
        assert answer.headers["content-crs"] == f"<{uri}>"
        project = transformer(uri)
        for feature in answer.json()["features"]:
            expected = project.transform(*known[feature["id"]]["coordinates"])
            assert feature["geometry"]["coordinates"] == pytest.approx(expected, abs=tolerance(uri), rel=0), uri


def test_a_box_in_any_system_finds_what_lies_in_it(demo, systems):
    for feature in demo.features("services", limit=1000)[::50]:
        for uri in systems:
            first, second = transformer(uri).transform(*feature["geometry"]["coordinates"])
            reach = 2 * tolerance(uri)
            bbox = f"{first - reach},{second - reach},{first + reach},{second + reach}"
            found = demo.json("/collections/services/items", params={"bbox": bbox, "bbox-crs": uri})["features"]
            assert feature["id"] in {each["id"] for each in found} and len(found) < 20, (uri, bbox)


def test_without_a_system_it_is_longitude_and_latitude(demo):
    assert demo.get("/collections/services/items?limit=1").headers["content-crs"] == f"<{CRS84}>"


@pytest.mark.parametrize("parameter", ["crs", "bbox-crs"])
def test_a_system_that_is_not_declared_is_refused(demo, parameter):
    unknown = "http://www.opengis.net/def/crs/EPSG/0/2154"
    query = {parameter: unknown, "bbox": "9,45,10,46"}
    assert demo.get("/collections/services/items", params=query).status_code == 400
