"""Every page read by axe-core, in both languages, themes and sizes: nothing serious, nothing critical."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from playbook import paths
from playbook.app.notebooks import pages
from tests.served.conftest import Served, visit

NAMED = """() => [...document.querySelectorAll("marimo-file, marimo-radio")]
    .every((widget) => widget.shadowRoot?.querySelector("[aria-label]"))"""
"""Whether the page's script has named the widgets that have drawn themselves."""
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
AROUND = ["/", "/settings", "/library", "/documents", "/report/choose", "/rows/cac"]
DOORS = ["/workspace/new", "/workspace/sample", "/workspace/open", "/workspace/unpack"]
ALL = [*AROUND, *DOORS, *(f"/step/{name}/" for name in pages(paths.resource("notebooks")))]
SIZES = {"wide": (1440, 900), "phone": (390, 844)}


def faults(page: Page) -> list[str]:
    """What axe-core finds serious or critical, with the place."""
    page.wait_for_function(NAMED)
    page.evaluate(f"() => {{ {AXE} }}")
    found: dict[str, Any] = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{fault['impact']} {fault['id']}: {node['target']} {node['html'][:200]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_axe_sees_a_fault(browser: Browser) -> None:
    """The reader below is not blind: a picture without words and grey on white are found."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content('<html lang="en"><title>t</title><main><img src="x"><p style="color:#ccc">pale</p></main></html>')
    kinds = {fault.split()[1] for fault in faults(page)}
    assert kinds == {"image-alt:", "color-contrast:"}
    context.close()


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [
        ("ru", "light", "wide"),
        pytest.param("ru", "dark", "wide", marks=pytest.mark.prove),
        pytest.param("ru", "light", "phone", marks=pytest.mark.prove),
        pytest.param("ru", "dark", "phone", marks=pytest.mark.prove),
        pytest.param("en", "light", "wide", marks=pytest.mark.prove),
    ],
)
def test_no_page_is_seriously_faulty(shop: Served, browser: Browser, language: str, theme: Any, size: str) -> None:
    """The pages of the sample shop."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, locale="ru")
    window = visit(context, shop)
    window.page.goto(f"{shop.origin}/lang/{language}")
    found = {path: faults(window.go(path)) for path in ALL}
    assert not {path: list_ for path, list_ in found.items() if list_}
    assert len(found) == len(ALL) > 19
    assert window.page.locator("html").get_attribute("lang") == language
    context.close()
