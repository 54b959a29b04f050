"""The report in a browser: shapes, filter, sorting, evidence, width; with and without scripts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import vedette
from tests.outputs.cdp import Browser, find_browser

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    if find_browser() is None:
        assert not os.environ.get("CI"), "CI must have a browser: .ci/run installs chromium"
        pytest.skip("no chromium here: apt-get install chromium")
    path = tmp_path_factory.mktemp("report") / "report.html"
    vedette.report([SAMPLES], path)
    return path


@pytest.fixture
def browser(tmp_path, page):
    made = Browser(tmp_path)
    yield made
    made.close()


def test_the_page_works(browser, page):
    browser.open(page)

    shapes = browser.run(
        "[...document.querySelectorAll('svg.map path.border, svg.map .dot *')].filter(e => e.getBBox && e.getBBox().width > 0).length"
    )
    assert shapes > 20
    before = browser.run("[...document.querySelectorAll('table.claims tbody tr')].filter(r => !r.hidden).length")
    browser.run(
        "const f = document.querySelector('.filters'); f.words.value = 'imam sahib'; f.dispatchEvent(new Event('input'))"
    )
    after = browser.run("[...document.querySelectorAll('table.claims tbody tr')].filter(r => !r.hidden).length")
    assert 0 < after < before
    browser.run("document.querySelectorAll('table.claims thead th')[1].click()")
    kinds = browser.run(
        "[...document.querySelectorAll('table.claims tbody tr')].map(r => r.cells[1].textContent.trim().toLowerCase())"
    )
    assert kinds == sorted(kinds)
    assert browser.errors == []


def test_evidence_opens_with_its_words_marked(browser, page):
    browser.open(page)
    opened = browser.run(
        "const d = document.querySelector('table.claims details'); d.open = true; const m = d.querySelector('mark.trigger'); [m.getBoundingClientRect().height, m.textContent]"
    )

    assert opened[0] > 5
    assert opened[1].strip()


def test_a_dot_leads_to_its_place(browser, page):
    browser.open(page)
    browser.run("location.hash = document.querySelector('svg.map a.dot').getAttribute('href')")
    is_open = browser.run(
        "new Promise(r => setTimeout(r, 300)); document.getElementById(location.hash.slice(1)).tagName"
    )

    assert is_open == "DETAILS"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling(browser, page, scheme):
    browser.call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(page)

    assert browser.run("document.documentElement.scrollWidth") <= 390


def test_without_scripts_evidence_still_opens(browser, page):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)

    assert browser.run("document.querySelector('.filters').hidden")
    browser.run("document.querySelector('table.claims summary').click()")
    assert browser.run("document.querySelector('table.claims details').open")
