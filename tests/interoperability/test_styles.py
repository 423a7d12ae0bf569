"""MapLibre's own validator of styles: every style of the portal passes, and draws nothing from outside."""

import json
import subprocess
from pathlib import Path

import pytest

VALIDATOR = Path(__file__).parent / "node_modules/.bin/gl-style-validate"


@pytest.fixture(scope="session")
def styles(demo):
    """The addresses of all styles: there is one for each collection that is drawn and one for each strategy."""
    found = [link["href"] for style in demo.json("/styles")["styles"] for link in style["links"] if link["rel"] == "stylesheet"]
    assert len(found) > 3
    return found


def test_every_style_is_valid(styles, demo, tmp_path):
    for style in styles:
        file = tmp_path / "style.json"
        file.write_text(json.dumps(demo.json(style)))
        done = subprocess.run([VALIDATOR, file], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{style}\n{done.stdout}{done.stderr}"


def test_every_source_of_a_style_is_here(styles, demo):
    for style in styles:
        document = demo.json(style)
        for source in document["sources"].values():
            description = demo.json(source["url"]) if "url" in source else source
            assert all(tiles.startswith(demo.url) for tiles in description["tiles"]), style
            layers = {layer["id"] for layer in description["vector_layers"]}
            drawn = {each["source-layer"] for each in document["layers"] if each.get("source") in document["sources"]}
            assert drawn & layers
