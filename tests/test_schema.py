"""Schemathesis: whatever a client sends, the API answers as its description says, and never with an error of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance  # a question of control characters is refused, which no schema says

from service.app import create_app
from service.config import Settings
from service.web.openapi import PATHS
from tests.conftest import HashEncoder


@pytest.fixture(scope="module")
def schema(home: Path, encoder: HashEncoder) -> schemathesis.BaseSchema:
    app = create_app(Settings(home=home), encoder)
    app.extensions["nianbao"].warm_up()
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.parametrize("path", sorted(PATHS))
def test_the_api_is_as_described(schema: schemathesis.BaseSchema, path: str) -> None:
    for method in PATHS[path]:

        @given(case=schema[path][method.upper()].as_strategy())
        @settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])

        check()
