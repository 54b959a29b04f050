"""The report in a browser: shapes, filter, sorting, evidence, width; with and without scripts."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest

import vedette
from tests.outputs.cdp import Browser, find_browser

pytestmark = pytest.mark.browser
CONTRAST = """(() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = rgb(c).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, v = rgb(c); if (c.startsWith('rgb') && (v.length < 4 || v[3] === 1)) return c; } return 'rgb(255, 255, 255)'; };
  let worst = [21, ''];
  document.querySelectorAll('p, a, b, span, td, th, mark, summary, h1, h2, h3, h4, code, caption').forEach(e => {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) return;
    const a = light(getComputedStyle(e).color), b = light(ground(e)), r = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (r < worst[0]) worst = [r, e.className + ': ' + e.textContent.slice(0, 40)];
  });
  return worst; })()"""
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
        "[...document.querySelectorAll('table.claims tbody tr summary')].map(s => s.textContent.trim().toLowerCase())"
    )
    assert kinds == sorted(kinds)
    days = "[...document.querySelectorAll('table.claims tbody tr')].map(r => r.cells[0].dataset.sort)"
    browser.run("document.querySelectorAll('table.claims thead th')[0].click()")
    assert browser.run(days) == sorted(browser.run(days))
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

    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("innerWidth") == 390
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, page, scheme):
    """WCAG AA: 4.5 to 1 for text; the families' colours are text too, and highlights are its ground."""
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(page)
    worst = browser.run(CONTRAST)

    assert worst[0] >= 4.5, worst


def test_the_summary_leads_to_what_it_tells(browser, page):
    browser.open(page)
    targets = browser.run(
        "[...document.querySelectorAll('#short a, svg.map a, #speakers a, #incidents a, details.place a')]"
        ".filter(a => a.getAttribute('href').startsWith('#') && !document.getElementById(a.getAttribute('href').slice(1)))"
        ".map(a => a.getAttribute('href'))"
    )

    assert targets == []
    assert browser.run("document.querySelectorAll('#short .card').length") == 3
    assert browser.run("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == browser.run(
        "document.querySelectorAll('[id]').length"
    )


def test_a_place_filters_the_table(browser, page):
    browser.open(page)
    browser.run("document.querySelector('button.see').click()")
    shown = browser.run("document.querySelector('.filters output').textContent")

    assert browser.run("!document.querySelector('button.see').hidden")
    assert 0 < int(shown.split(" of ")[0]) < int(shown.split(" of ")[1].split()[0])


def test_names_on_the_map_do_not_overlap(browser, page):
    browser.open(page)
    overlaps = browser.run(
        "(() => { const b = [...document.querySelectorAll('svg.map .wide text.place')].map(t => [t.textContent, t.getBoundingClientRect()]);"
        "const o = []; b.forEach(([n, p], i) => b.slice(i + 1).forEach(([m, q]) => {"
        "if (p.left < q.right && q.left < p.right && p.top + 3 < q.bottom - 3 && q.top + 3 < p.bottom - 3) o.push(n + ' on ' + m); }));"
        "return o; })()"
    )

    assert overlaps == []


def test_it_prints_on_a4_without_a_book_of_evidence(browser, page):
    browser.open(page)
    printed = base64.b64decode(browser.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])

    n_pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 5 < n_pages < 60
    assert browser.run("document.querySelectorAll('table.claims details[open]').length") == 0


def test_without_scripts_evidence_still_opens(browser, page):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)

    assert browser.run("document.querySelector('.filters').hidden")
    browser.run("document.querySelector('table.claims summary').click()")
    assert browser.run("document.querySelector('table.claims details').open")


def test_a_choice_of_voice_shows_its_map_and_hides_the_assessed_one(browser, page):
    shown = (
        "['g.l0', 'g.l1', 'div.l0', 'div.l1'].map(s => getComputedStyle(document.querySelector(s)).display !== 'none')"
    )
    browser.open(page)

    assert browser.run(shown) == [True, False, True, False]
    browser.run("document.getElementById('by-1').checked = true")
    assert browser.run(shown) == [False, True, False, True]
