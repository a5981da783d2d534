"""Every kind of page without a pointer: all is reached, in order, and one sees where one is."""

from __future__ import annotations

STOPS = """() => {
    window.stops = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex]"
    )].filter(one => one.tabIndex >= 0 && !one.disabled &&
        one.checkVisibility({visibilityProperty: true}));
    return window.stops.length;
}"""
#: The stop that has the focus, what sort it is, and its box within the window.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!window.stops.includes(one)) return null;
    const around = one.closest("[class]:not(a)");
    const box = one.getBoundingClientRect();
    const [left, top] = [Math.max(box.left - 8, 0), Math.max(box.top - 8, 0)];
    return {
        stop: window.stops.indexOf(one),
        sort: `${around?.classList[0] ?? ""} ${one.tagName}.${one.classList[0] ?? ""}`,
        clip: {
            x: left, y: top,
            width: Math.min(box.right + 8, innerWidth) - left,
            height: Math.min(box.bottom + 8, innerHeight) - top,
        },
    };
}"""


def walk(page):
    """Press Tab through the whole page; what has the focus, one after the other."""
    for _ in range(page.evaluate(STOPS) + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused:
            yield focused


def marked(page, focused):
    """Whether what has the focus looks otherwise than without it."""
    with_focus = page.screenshot(clip=focused["clip"])
    page.evaluate("document.activeElement.blur()")
    without = page.screenshot(clip=focused["clip"])
    page.evaluate("stop => window.stops[stop].focus({preventScroll: true})", focused["stop"])
    return with_focus != without


def test_every_control_is_reached_in_the_order_of_the_page(web, pages, open_page):
    page = open_page()
    missed = {}
    for kind, address in pages.items():
        page.goto(web.address + address)
        reached = list(dict.fromkeys(focused["stop"] for focused in walk(page)))
        if reached != list(range(page.evaluate("window.stops.length"))):
            missed[kind] = page.evaluate(
                "reached => window.stops.filter((_, i) => !reached.includes(i))"
                ".map(one => one.outerHTML.slice(0, 80))",
                reached,
            ) or ["all are reached, in another order"]
    assert missed == {}


def test_one_sees_what_has_the_focus(web, pages, open_page):
    page = open_page()
    unseen = set()
    for kind, address in pages.items():
        page.goto(web.address + address)
        looked_at = set()
        for focused in walk(page):
            if focused["sort"] not in looked_at:
                looked_at.add(focused["sort"])
                box = focused["clip"]
                if box["width"] < 1 or box["height"] < 1 or not marked(page, focused):
                    unseen.add(f"{kind}: {focused['sort']}")
    assert unseen == set()


def test_the_first_stop_skips_to_the_content(web, pages, open_page):
    page = open_page()
    for kind, address in pages.items():
        page.goto(web.address + address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", kind
        box = page.locator(":focus").bounding_box()
        assert box is not None
        assert box["x"] >= 0, kind
        assert box["y"] >= 0, kind
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        within = "document.activeElement.closest('main, footer') !== null"
        assert page.evaluate(within), kind
