"""The report page in Chromium: it runs nothing and fetches nothing, fits every width, and can be used by everybody.

$VIVA_PICTURES keeps what was seen, in both colour schemes and at both widths, to be looked at.
"""
import json
import os
import pathlib

import pytest

from sessions import NASTY, interview, practice, series

SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
PAGES = {"practice": practice, "interview": interview, "unsealed": lambda: interview(sealed=False),
         "nasty": lambda: interview(said=NASTY, words=NASTY)}
SERIES = 7  # sessions on the page of trends
SERIOUS = ("serious", "critical")


def trends(bench):
    for number in range(SERIES):
        series(number).write(bench.transcripts)
    path = bench.home / "report.html"
    bench.viva("report", "--trends", "--output", str(path))
    return path


@pytest.fixture(params=[*PAGES, "trends"])
def page(request, bench):
    path = trends(bench) if request.param == "trends" else bench.page(PAGES[request.param]())
    path = path.rename(path.with_name(request.param + ".html"))
    return path


def nothing_happened(browser, path):
    requests = [event["request"]["url"] for event in browser.happened("Network.requestWillBeSent")]
    assert requests == [path.as_uri()]
    assert not browser.happened("Page.javascriptDialogOpening")
    assert not browser.happened("Runtime.consoleAPICalled") and not browser.happened("Runtime.exceptionThrown")
    blocked = [event["entry"]["text"] for event in browser.happened("Log.entryAdded")]
    assert not blocked, "the page has what its own policy forbids"


def test_fits_and_fetches_nothing(browser, page):
    for width, scheme in SIZES:
        browser.open(page, width, scheme)
        nothing_happened(browser, page)
        assert browser.value("document.documentElement.scrollWidth") <= width, f"too wide at {width}"
        ground = browser.value("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 26)")
        if os.environ.get("VIVA_PICTURES"):
            folder = pathlib.Path(os.environ["VIVA_PICTURES"])
            folder.mkdir(parents=True, exist_ok=True)
            browser.picture(folder / f"{page.stem}-{width}-{scheme}.png")


def test_what_was_typed_is_text(browser, bench):
    path = bench.page(interview(said=NASTY, words=NASTY))
    browser.open(path)
    nothing_happened(browser, path)
    assert browser.value("document.title") == "Tea kitchen, interview with XY"
    assert browser.value("document.querySelectorAll('script,img,svg,iframe,object,base,form,input,link').length") == 0
    assert browser.value("document.querySelectorAll('style').length") == 1
    assert browser.value("document.querySelectorAll('meta[http-equiv]').length") == 1
    addresses = browser.value("[...document.querySelectorAll('[href]')].map(a => a.getAttribute('href'))")
    assert addresses and all(address.startswith("#") for address in addresses)
    handlers = browser.value("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                             ".filter(a => a.name.startsWith('on')).length")
    assert handlers == 0
    said = browser.value("[...document.querySelectorAll('.said')].map(e => e.textContent).join('\\n')")
    for text in NASTY[:5] + NASTY[7:]:
        assert text in said
    assert "control ^[[31mred^[]0;title^G bell ^H back \\u009b c1 ^?" in said
    assert "right \\u202eto left\\u202c and \\u2066isolates\\u2069, \\u200ehidden\\u200f marks" in said


def test_a_script_would_not_run(browser, bench):
    """What the policy is for: the page with a script put into it by somebody else."""
    path = bench.page(practice())
    path.write_text(path.read_text().replace("<body>", "<body><script>document.title='taken'</script>"
                                             "<img src='https://example.org/x.png'>"))
    browser.open(path)
    assert browser.value("document.title") == "Tea kitchen, practice"
    assert any("Content Security Policy" in event["entry"]["text"] for event in browser.happened("Log.entryAdded"))


def test_links_go_both_ways(browser, page):
    browser.open(page)
    missing = browser.value("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
                            ".filter(id => !document.getElementById(id))")
    assert missing == []
    doubled = browser.value("(ids => ids.filter((id, i) => ids.indexOf(id) !== i))"
                            "([...document.querySelectorAll('[id]')].map(e => e.id))")
    assert doubled == []
    if page.stem in ("unsealed", "trends"):
        return
    there = browser.value("[...document.querySelectorAll('.criterion .place a')].every(a => {"
                          " const line = document.querySelector(a.getAttribute('href')).closest('.line');"
                          " const id = a.closest('.criterion').id;"
                          " return [...line.querySelectorAll('.evidence a')].some(b => b.hash === '#' + id) })")
    assert there and browser.value("document.querySelectorAll('.criterion .place a').length") > 0


def test_keyboard_reaches_the_report(browser, page):
    browser.open(page)
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    browser.send("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.value("document.activeElement.textContent") == "Skip to the report"
    assert browser.value("document.activeElement.getBoundingClientRect().left") >= 0
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_paper(browser, page):
    browser.open(page, scheme="dark", media="print")
    assert browser.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert len(browser.send("Page.printToPDF")["data"]) > 1000


@pytest.mark.parametrize("width, scheme", SIZES)
def test_accessible(browser, axe, page, width, scheme):
    browser.open(page, width, scheme)
    browser.send("Runtime.evaluate", expression=axe)
    found = json.loads(browser.value("axe.run({ resultTypes: ['violations'] }).then(r => JSON.stringify("
                                     "r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 120))])))"))
    assert [one for one in found if one[0] in SERIOUS] == []
    assert found == [] or all(one[0] == "minor" for one in found), found


def test_trends(browser, bench):
    path = trends(bench)
    browser.open(path)
    nothing_happened(browser, path)
    assert browser.value("document.querySelector('h1').textContent") == "How sessions went"
    assert browser.value("document.querySelectorAll('#sessions ~ .wide tbody tr').length") == SERIES
    assert browser.value("document.querySelector('.chart path:last-child').getAttribute('d').split('L').length") == SERIES
    text = browser.value("document.body.innerText")
    assert "From 42 to 62, best 64" in text and "<script>" in text


def test_trends_without_names(bench):
    trends(bench)
    text = bench.viva("report", "--trends", "--anonymous").stdout
    assert "2026-11" not in text and "3f2a" not in text and "Candidate" not in text
    assert "From 42 to 62" in text
    assert json.loads(bench.viva("report", "--trends", "--format", "json").stdout)["score"]["top"] == 100
    for arguments, words in ((["--since", "2027"], "no session"), (["--scenario", "none"], "no session")):
        assert words in bench.viva("report", "--trends", *arguments, status=1).stderr
    for arguments in (["3f2a", "--trends"], ["--trends", "--format", "markdown"], ["--since", "2026"],
                      ["--trends", "--unsealed"], ["--trends", "--since", "yesterday"]):
        bench.viva("report", *arguments, status=2)
