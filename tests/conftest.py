"""Shared by all tests: `--regold`, and the tools, loaded once."""

from __future__ import annotations

import pytest

from vedette import api


def pytest_addoption(parser):
    parser.addoption("--regold", action="store_true", help="write the golden files anew; review the diff like code")


@pytest.fixture(scope="session")
def tools():
    return api.tools()
