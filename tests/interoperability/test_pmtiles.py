"""Protomaps' own reader: the pyramid as one file, read in ranges, holds the tiles that are served one by one."""

import gzip

from pmtiles.reader import Reader


def test_the_file_holds_the_tiles_that_are_served(demo):
    ids = "municipalities,areas"
    ranges = []

    def read(offset, length):
        answer = demo.get(f"/pmtiles/{ids}.pmtiles", headers={"Range": f"bytes={offset}-{offset + length - 1}"})
        assert answer.status_code == 206 and answer.headers["content-range"].startswith(f"bytes {offset}-")
        ranges.append(len(answer.content))
        return answer.content

    reader = Reader(read)
    header = reader.header()
    described = demo.json(f"/tiles/{ids}.json")
    assert (header["min_zoom"], header["max_zoom"]) == (described["minzoom"], described["maxzoom"])
    assert reader.metadata()["vector_layers"]
    for zoom, x, y in [(5, 16, 11), (8, 134, 91), (11, 1076, 733), (14, 8609, 5863), (8, 0, 0)]:
        packed = reader.get(zoom, x, y)
        assert (gzip.decompress(packed) if packed else b"") == demo.get(f"/tiles/{ids}/{zoom}/{x}/{y}").content
    assert max(ranges) < header["tile_data_length"], "the whole file was sent"
