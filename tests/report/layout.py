"""What a browser makes of a page: the flaws of its layout at a width and in a scheme of colours."""

import html
import json
import re
import subprocess
from pathlib import Path

LIGHT, DARK = "light", "dark"

_FLAWS = """
    const flaws = [], root = page.documentElement;
    for (const each of page.querySelectorAll("details")) each.open = true;
    if (root.scrollWidth > root.clientWidth) flaws.push(`page: ${root.scrollWidth} px wide`);
    for (const card of page.querySelectorAll(".wide, .failure, .tiles > div, .filters, dl")) {
        const edge = card.getBoundingClientRect().right + 1;
        for (const each of card.querySelectorAll("th, td, dd, pre, select, input, a, code, span")) {
            const right = each.getBoundingClientRect().right;
            if (right > edge) flaws.push(`${each.tagName} outside: ${each.textContent}`);
        }
    }
    const levels = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => each.tagName);
    for (const [index, level] of levels.entries())
        if (level[1] > (index ? +levels[index - 1][1] : 0) + 1) flaws.push(`${level} too deep`);
    if (levels.filter((level) => level === "H1").length !== 1) flaws.push("not one h1");
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => numbers(colour).slice(0, 3).map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (each) => {
        const colour = each ? view.getComputedStyle(each).backgroundColor : "rgb(255, 255, 255)";
        return numbers(colour)[3] === 0 ? behind(each.parentElement) : colour;
    };
    for (const each of page.querySelectorAll("body *")) {
        const text = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!text || each.offsetParent === null) continue;
        const pair = [light(view.getComputedStyle(each).color), light(behind(each))];
        const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        if (contrast < 4.5) flaws.push(`contrast ${contrast}: ${each.textContent}`);
    }
    return flaws;
"""


def flaws_of(page: str, command: list[str], folder: Path, *, width: int, scheme: str) -> object:
    """What lies outside its card, has a contrast below 4.5, or is a heading out of order.

    Args:
        page: The page's text.
        command: The browser and its options, so that it prints the document.
        folder: Where a file for the browser may be written.
        width: Of the window, in pixels.
        scheme: `LIGHT` or `DARK`.
    """
    wanted = "all" if scheme == DARK else "not all"
    page = page.replace("(prefers-color-scheme: dark)", wanted)
    return evaluated(page, _FLAWS, command, folder, width=width)


def evaluated(
    page: str, script: str, command: list[str], folder: Path, *, width: int = 1200
) -> object:
    """What a script returns within the page, which stands in a frame of this width.

    The script knows `page`, the document, and `view`, its window.
    """
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    file = folder / "frame.html"
    file.write_text(
        f'<!doctype html><meta charset="utf-8"><title></title><iframe id="frame"'
        f' style="width: {width}px; height: 900px; border: 0" srcdoc="{html.escape(free)}">'
        "</iframe><script>addEventListener('load', () => {"
        "const view = document.getElementById('frame').contentWindow, page = view.document;"
        f"document.title = JSON.stringify((() => {{ {script} }})()); }});</script>",
        "utf-8",
    )
    done = subprocess.run(  # noqa: S603 - the browser on a page of ours
        [*command, file.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    assert "Uncaught" not in done.stderr
    title = done.stdout.partition("<title>")[2].partition("</title>")[0]
    found: object = json.loads(html.unescape(title))
    return found
