"""GDAL reads the downloads: in every format it knows, all features are there with their values."""

import json
import subprocess

import pytest

# Debian's GDAL reads no GeoParquet.
UNREAD = {"parquet"}


def read(file, format):
    """The features of a file, as GDAL reads them."""
    source = f"/vsizip/{file}" if format == "shp" else str(file)
    # A workbook has sheets beside that of the features.
    sheet = ["Dati"] if format == "xlsx" else []
    command = ["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", source, *sheet]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def formats(any_portal):
    """The downloads that every collection offers: [(collection, format, address)]."""
    return [
        (collection["id"], link["href"].rsplit("f=", 1)[1], link["href"])
        for collection in any_portal.collections()
        if collection["numberOfItems"]
        for link in collection["links"]
        if link["rel"] == "enclosure"
    ]


def test_every_format_holds_every_feature(any_portal, formats, tmp_path):
    assert {format for _, format, _ in formats} >= {"csv", "xlsx", "geojson", "gpkg", "fgb", "kml", "shp", "parquet"}
    for collection, format, address in formats:
        answer = any_portal.get(address)
        assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"], address
        file = tmp_path / f"{collection}.{'zip' if format == 'shp' else format}"
        file.write_bytes(answer.content)
        if format in UNREAD:
            assert answer.content[:4] == answer.content[-4:] == b"PAR1"
            continue
        known = any_portal.features(collection, limit=1000)
        if format == "fgb":
            # Its index has no room for a feature without a place.
            known = [feature for feature in known if feature["geometry"]]
        found = read(file, format)
        assert len(found) == len(known), (collection, format)
