"""The portal under judgement: a REMIX of our own on an empty folder and a free port, or, with REMIX_URL, one that runs already."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("REMIX_BINARY", ROOT / "target/debug/remix"))
SHARED = ROOT.parent / "shared/data"
# The portals here are ours alone, whatever the settings of the one who runs the tests.
OWN = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("REMIX_")}
# A first start makes a database and loads the demonstration.
PATIENCE_S = 240


class Portal:
    """Where the portal answers, and the questions that most judges ask first."""

    def __init__(self, url):
        self.url = url
        self.session = requests.Session()

    def get(self, path, **options):
        """What the portal answers at `path`, which may be a whole address of it."""
        return self.session.get(path if path.startswith(self.url) else self.url + path, timeout=60, **options)

    def json(self, path, **options):
        """The document at `path`, as a program gets it."""
        answer = self.get(path, headers={"Accept": "application/json"}, **options)
        assert answer.status_code == 200, f"{answer.url}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def collections(self):
        """The descriptions of all collections."""
        return self.json("/collections")["collections"]

    def ids(self):
        """The ids of all collections that hold something."""
        return [collection["id"] for collection in self.collections() if collection["numberOfItems"]]

    def features(self, collection, **parameters):
        """All features of a collection: page after page, as the portal links them."""
        address, found = f"/collections/{collection}/items", []
        while address:
            page = self.json(address, params=parameters)
            found += page["features"]
            address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
            parameters = {}
        return found


@contextmanager
def demonstration():
    """The demonstration that every empty database is filled with."""
    if address := os.environ.get("REMIX_URL"):
        yield Portal(address.rstrip("/"))
        return
    with folder() as var, serving(var) as portal:
        yield portal


@contextmanager
def official():
    """Official data: the municipalities of the metropolitan city and a release of Italia Domani."""
    files = {
        "istat-municipalities": SHARED / "boundaries/all_provinces/P_15.geojson",
        "pnrr-italiadomani": SHARED / "pnrr/subset_MI_015/release_2023-02-21",
    }
    with folder() as var:
        for source, file in files.items():
            command = [PROGRAM, "import", source, file, "--var", var, "--log", "warn"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=OWN)
        with serving(var) as portal:
            yield portal


@contextmanager
def folder():
    """A folder for the program's state, gone at the end."""
    path = Path(tempfile.mkdtemp(prefix="remix-interoperability-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def serving(var):
    """The portal on the state in `var`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = "127.0.0.1:{}".format(probe.getsockname()[1])
    log = var.with_suffix(".log")
    command = [PROGRAM, "serve", "--var", var, "--listen", address]
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=OWN)
    try:
        portal = Portal(f"http://{address}")
        wait_until_ready(portal, server, log)
        yield portal
    finally:
        server.terminate()
        server.wait(30)
        log.unlink()


def wait_until_ready(portal, server, log):
    """Returns when the portal has something to show."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if portal.get("/health/ready").ok and portal.ids():
                return
        # Connections are taken before there is anything to answer with.
        except (requests.ConnectionError, requests.Timeout):
            pass
        time.sleep(0.3)
    raise RuntimeError(f"{PROGRAM} is not ready:\n{log.read_text()[-4000:]}")
