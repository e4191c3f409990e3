"""The API answers as its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from web_server import LIMITS, Serving

from msgcheck.web.app import create_app
from msgcheck.web.settings import ServeSettings

schema = schemathesis.openapi.from_dict(create_app(ServeSettings(), ()).openapi())


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    limits = replace(LIMITS, requests_per_minute=100_000, checks_per_minute=100_000)
    with Serving(tmp_path_factory.mktemp("api"), limits=limits) as serving:
        yield serving.url


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True)
def test_answers_are_as_described(case: Case, url: str) -> None:
    # What a schema allows may still be blank, no address, or half a positioning: that is refused with a reason.
    excluded = [positive_data_acceptance]
    if case.media_type == "multipart/form-data":
        # Any bytes are a file.
        excluded.append(negative_data_rejection)
    case.call_and_validate(base_url=url, excluded_checks=excluded)
