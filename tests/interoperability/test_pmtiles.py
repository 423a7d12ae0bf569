"""Protomaps' own readers: the pyramid as one file, read in ranges, holds the tiles that are served one by one, and is well made."""

import gzip
import os
import shutil
import subprocess

import pytest
from pmtiles.reader import Reader

import portal

# Their program; scripts/test builds it where there is a Go that can.
PROGRAM = os.environ.get("PMTILES", portal.ROOT / "target/go/go-pmtiles")


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


def test_the_program_finds_no_fault(demo, tmp_path):
    program = shutil.which(PROGRAM)
    if not program:
        pytest.skip("there is no program of Protomaps here: it is built with Go 1.25 or newer")
    for ids in ("municipalities", "municipalities,areas,pnrr-projects"):
        file = tmp_path / "pyramid.pmtiles"
        file.write_bytes(demo.get(f"/pmtiles/{ids}.pmtiles").content)
        done = subprocess.run([program, "verify", file], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "WARNING" not in done.stderr, (ids, done.stdout, done.stderr)
