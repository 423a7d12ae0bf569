"""Schemathesis: whatever is asked, the answer is one that `/api` describes."""

import re

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

# Not among them: that what the schema allows is always accepted. No schema can say that of two parameters only one may
# be given, or that a tile's column depends on its zoom level.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
# The collections have the same operations: three of different kinds stand for all.
OTHERS = re.compile(r"/(collections|tiles)/(?!municipalities|pnrr-projects|pnrr-payments|\{)")


@pytest.fixture(scope="session")
def api(demo):
    """What `/api` says, as Schemathesis reads it."""
    document = demo.json("/api")
    paths = document["paths"]
    document["paths"] = {path: item for path, item in paths.items() if not OTHERS.match(path)}
    for parameter in parameters(document):
        if parameter["name"] == "limit":
            # The standard forbids to refuse a limit above the maximum.
            del parameter["schema"]["maximum"]
    config = SchemathesisConfig.from_dict({"seed": 1})
    config.projects.default.update(base_url=demo.url)
    return schemathesis.openapi.from_dict(document, config=config)


def parameters(document):
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    return [each for operation in operations for each in operation.get("parameters", [])]


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=10, derandomize=True, deadline=None)
def test_every_answer_is_one_that_is_described(case):
    case.call_and_validate(checks=CHECKS)
