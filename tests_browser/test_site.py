"""The site in a browser: it can be gone through, searched and read, by anybody and offline.

    python -m pytest tests_browser --site site

The tests open the built site in a headless Chromium. What goes wrong on a page (an error in the
console, a request that leaves this machine) fails whichever test it happens in.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from conftest import WIDTHS, Watched

PHONE = pytest.mark.parametrize("opened", [("phone", "light")], indirect=True, ids=["phone"])
# One of each type of page, with the theme around it.
TYPES = {
    "home": "",
    "section": "how-to/",
    "by hand, with sessions": "tutorial/",
    "by hand, with pictures": "back-test/",
    "maps": "2013-against-2021/",
    "table of many columns": "case-study/",
    "framework": "frameworks/cafcass-2021/",
    "changes of frameworks": "frameworks/changes/",
    "facts": "facts/seeds/",
    "rule": "rules/OF301/",
    "notebook": "notebooks/where-is-cafcass/",
    "Python reference": "reference/records/",
    "command line": "reference/command-line/",
    "codes": "reference/codes/",
    "behaviour": "behaviours/",
    "not known": "not-known/",
    "decision": "decisions/0001-one-rule-for-not-knowing/",
    "changelog": "changelog/",
    "nothing there": "404.html",
}


def audit(page: Page) -> None:
    """Let axe look at the page as it is; nothing serious or critical may be found."""
    # Of what is well, the names of the rules are enough; with all their places it takes long.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    grave = [
        f"{one['id']} ({one['impact']}): {node['target']} {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:5]
    ]
    assert grave == []
    assert len(found["passes"]) > 25, "axe did not see the page"


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


# --- Every page ---------------------------------------------------------------------------------


def test_every_page_fits_a_telephone(browser: object, opened: Watched, folder: Path) -> None:
    page = opened.page
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    paths = sorted(one.parent.relative_to(folder).as_posix() for one in folder.rglob("index.html"))
    assert len(paths) > 90
    wide = {}
    for path in paths:
        opened.open("" if path == "." else f"{path}/")
        if (by := overflow(page)) > 0:
            wide[path] = by
        assert page.locator("h1").count() == 1, path
        assert opened.wrong == [], path
    assert wide == {}


# --- Each type of page --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opened", [("desktop", "light"), ("desktop", "dark")], indirect=True, ids=["light", "dark"]
)
@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_axe_finds_nothing_serious(opened: Watched, path: str) -> None:
    audit(opened.open(path))


@pytest.mark.parametrize(
    "opened", [("phone", "light"), ("phone", "dark")], indirect=True, ids=["light", "dark"]
)
@pytest.mark.parametrize("name", ["home", "framework", "rule", "codes", "maps", "changelog"])
def test_axe_finds_nothing_serious_on_a_telephone(opened: Watched, name: str) -> None:
    audit(opened.open(TYPES[name]))


# --- Going through it ---------------------------------------------------------------------------


def test_one_goes_from_home_to_a_rule_and_on(opened: Watched) -> None:
    page = opened.open("")
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Rules").click()
    expect(page.locator("h1")).to_contain_text("Rules")
    page.get_by_role("main").get_by_role("link", name="OF301", exact=False).first.click()
    expect(page).to_have_url(re.compile(r"/rules/OF301/$"))
    expect(page.locator("h1")).to_contain_text("OF301 in-its-window")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_contain_text("OF302")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("OF301")


def test_the_nine_parts_are_there(opened: Watched) -> None:
    page = opened.open("")
    tabs = page.get_by_role("navigation", name="Tabs").get_by_role("link")
    assert [one.strip() for one in tabs.all_inner_texts()] == [
        "Home", "Learn", "How-to", "Frameworks", "Rules", "Notebooks", "Reference", "Explanation",
        "Project",
    ]  # fmt: skip


@PHONE
def test_the_menu_works_on_a_telephone(opened: Watched) -> None:
    page = opened.open("")
    rules = page.locator("nav.md-nav--primary .md-nav__container", has_text="Rules")
    expect(rules).not_to_be_in_viewport()
    page.locator("header label[for=__drawer]").click()
    expect(rules).to_be_in_viewport()
    audit(page)
    rules.locator("label").click()
    page.locator("nav.md-nav--primary").get_by_role("link", name="OF301").click()
    expect(page.locator("h1")).to_contain_text("OF301")
    assert overflow(page) == 0


# --- Search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("OF301", "rules/OF301/"),
        ("of302", "rules/OF302/"),
        ("focused visit", ""),
        ("engagement meeting", ""),
        ("judged inadequate", ""),
        ("ReadingsDiffer", ""),
        ("report-publication", "frameworks/"),
        ("Annex A", ""),
        ("check_many", "reference/"),
    ],
)
def test_search_finds(opened: Watched, words: str, where: str) -> None:
    page = opened.open("tutorial/")
    page.keyboard.press("/")
    page.keyboard.type(words)
    results = page.locator(".md-search-result__item > a")
    expect(results.first).to_be_visible()
    assert any(where in (one.get_attribute("href") or "") for one in results.all()[:3])


@pytest.mark.parametrize(
    "opened", [("desktop", "light"), ("phone", "dark")], indirect=True, ids=["light", "dark"]
)
def test_results_of_a_search_can_be_read(opened: Watched) -> None:
    page = opened.open("changelog/")
    page.locator("header label[for=__search]").first.dispatch_event("click")
    page.get_by_role("textbox", name="Search").fill("focused visit")
    expect(page.locator(".md-search-result__item > a").first).to_be_visible()
    audit(page)


def test_a_rule_is_found_by_keyboard_alone(opened: Watched) -> None:
    page = opened.open("")
    page.keyboard.press("/")
    page.keyboard.type("OF301")
    expect(page.locator(".md-search-result__item > a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/rules/OF301/"))


# --- Light, dark, keyboard ----------------------------------------------------------------------


def test_dark_is_chosen_and_kept(opened: Watched) -> None:
    page = opened.open("")
    body = page.locator("body")
    ground = "getComputedStyle(document.body).backgroundColor"
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    light = page.evaluate(ground)
    page.get_by_title("Switch to dark").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate(ground) != light
    opened.open("rules/OF301/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    audit(page)


@pytest.mark.parametrize("opened", [("desktop", "dark")], indirect=True, ids=["dark"])
def test_dark_is_taken_from_the_system(opened: Watched) -> None:
    page = opened.open("")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_first_key_leads_past_the_menus(opened: Watched) -> None:
    page = opened.open("rules/OF301/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text(re.compile("Skip to content"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_can_be_seen_and_goes_round(opened: Watched) -> None:
    page = opened.open("rules/OF301/")
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return e.outerHTML.slice(0, 80) + '|' + s.outlineStyle + '|' + s.boxShadow; })()"
            )
        )
    assert len(seen) > 15, "the focus stays where it is"


def test_what_scrolls_sideways_has_a_name_and_takes_the_focus(opened: Watched) -> None:
    page = opened.open("facts/seeds/")
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.reload()
    boxes = page.locator(".md-typeset__scrollwrap")
    wide = [box for box in boxes.all() if box.evaluate("e => e.scrollWidth > e.clientWidth + 1")]
    assert wide
    for box in wide:
        assert box.get_attribute("tabindex") == "0"
        assert box.get_attribute("aria-label")


def test_pictures_say_what_they_show(opened: Watched) -> None:
    for path in ("frameworks/", "back-test/", "notebooks/where-is-cafcass/"):
        images = opened.open(path).locator("main img").all()
        assert images
        for image in images:
            assert len(image.get_attribute("alt") or "") > 15
