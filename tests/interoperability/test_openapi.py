"""The OpenAPI Specification Validator: `/api` is a valid OpenAPI 3.0 document, whole in itself."""

from openapi_spec_validator import OpenAPIV30SpecValidator


def test_the_description_of_the_api_is_valid(any_portal):
    document = any_portal.json("/api")
    assert document["openapi"].startswith("3.0.")
    OpenAPIV30SpecValidator(document).validate()
    assert all(reference.startswith("#/") for reference in references(document))


def references(item):
    """The targets of all references of a document."""
    if isinstance(item, dict):
        if isinstance(item.get("$ref"), str):
            yield item["$ref"]
        item = list(item.values())
    if isinstance(item, list):
        for each in item:
            yield from references(each)
