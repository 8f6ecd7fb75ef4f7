"""Pages from templates: all text visible, all markup escaped, one script that the policy knows."""

import base64
import hashlib

import jinja2

from rcs_conformance.kit import TEMPLATES
from rcs_conformance.report.text import shortened, visible

_VALUE_LENGTH = 4_000


def rendered(template: str, **values: object) -> str:
    """The page.

    Besides `values`, the template knows `script`, the search of the page, and `script_hash`, by
    which the page's Content-Security-Policy allows that script and no other.

    Args:
        template: The template's file in `reports/`.
        values: What the template shows.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = _visible
    environment.filters["brief"] = lambda text: shortened(_visible(text), _VALUE_LENGTH)
    script = (TEMPLATES / "search.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    environment.globals["script"] = script
    environment.globals["script_hash"] = f"sha256-{digest}"
    return environment.get_template(template).render(values)


def _visible(text: object) -> str:
    """Any value as text without characters that act."""
    return visible(str(text))
