"""The trace in each format, read back as its readers would."""

import csv
import html.parser
import io
import json
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from reqif import parser as reqif_parser  # type: ignore[import-untyped]  # it has no types

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.catalogue.trace import KnownFault, Selection, Trace, trace
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.report.trace import FORMATS
from rcs_conformance.report.trace.exchange import CLAUSE, TYPES
from rcs_conformance.report.trace.markdown import escaped
from rcs_conformance.report.trace.reqif import NAMESPACE, identifier
from rcs_conformance.report.trace.table import COLUMNS, inert_cell
from tests.report.layout import DARK, LIGHT, flaws_of
from tests.report.test_page import ACTIVE, CHROMIUM, FLAGS

TESTS = {
    "UNI-CHT-001.1": ["chat/test_a.py::test_b[xml]", "chat/test_a.py::test_b[json]"],
    "UNI-CHT-002b.4": ["chat/test_a.py::test_c"],
}
FAULTS = {"UNI-CHT-002b.4": [KnownFault(name="closed-ignored", sentence="It <b>ignores</b> it.")]}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The catalogue that is shipped."""
    return load_catalogue()


@pytest.fixture(scope="module")
def whole(shipped: Catalogue) -> Trace:
    """All of it, with a few tests and a fault."""
    return trace(shipped, TESTS, FAULTS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_same(shipped: Catalogue, whole: Trace, name: str) -> None:
    """Each clause, text, section, test, fault, change and id without a source is in all of them."""
    text = FORMATS[name](whole)
    shown = html.unescape(text).replace("\\", "")
    for clause in whole.clauses:
        assert clause.id in shown
        told = json.dumps(clause.text)[1:-1].replace("\\", "") if name == "json" else clause.text
        assert told in shown, clause.id
        assert clause.what in shown
        assert clause.note in shown
    for requirement in shipped.requirements.values():
        assert requirement.note in shown
    for word in (*whole.not_in_source, *whole.by_section, "UNI-CHT-006", "closed-ignored"):
        assert word in shown
    assert "chat/test_a.py::test_b" in shown
    assert FORMATS[name](whole) == text


@pytest.mark.parametrize("name", FORMATS)
def test_selection_is_kept_to(shipped: Catalogue, name: str) -> None:
    """Nothing else shows; what was asked for is said where the format has a place for it."""
    text = FORMATS[name](trace(shipped, TESTS, FAULTS, Selection(ids=("UNI-CHT-005",))))
    assert "UNI-CHT-005.2" in text
    assert "UNI-CHT-001" not in text
    assert "UNI-CHT-022" not in text
    assert FORMATS[name](trace(shipped, {}, {}, Selection(ids=("UNI-CHT-022",))))


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file, as a spreadsheet that knows its encoding reads them."""
    assert text.startswith("\ufeff")
    decoded = text.encode("utf-8").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(decoded, newline=""), strict=True))


def test_csv_is_read_back(whole: Trace) -> None:
    """A row for each clause, void requirement and skipped id; none of its cells is a number."""
    rows = table(FORMATS["csv"](whole))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(whole.rows) + len(whole.not_in_source)
    found = {row["clause"]: row for row in rows if row["clause"]}
    closed = found["UNI-CHT-002b.4"]
    assert closed["text"] == "closed=true makes a closed group chat."
    assert (closed["change"], closed["requirement change"]) == ("minor", "major")
    assert (closed["since"], closed["section"]) == ("RCS 5.1", "section 4.7.3")
    assert [closed[f"option {number}"] for number in (1, 2, 3)] == ["existing", "new", "existing"]
    assert (closed["tests"], closed["faults"], closed["fault names"]) == (
        "1",
        "1",
        "closed-ignored",
    )
    assert (found["UNI-CHT-001.1"]["tests"], found["UNI-CHT-001.1"]["test forms"]) == ("1", "2")
    assert {row["requirement"] for row in rows if row["source"] == "not in source"} == set(
        whole.not_in_source
    )
    assert "\r\n" in FORMATS["csv"](whole)


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_csv_holds_no_formula(whole: Trace, begin: str) -> None:
    """A text that a spreadsheet would compute is preceded by an apostrophe; others are not."""
    row = whole.rows[0]
    assert row.clause is not None
    clause = replace(row.clause, text=begin)
    (read,) = table(FORMATS["csv"](replace(whole, rows=(replace(row, clause=clause),))))[:1]
    assert read["text"] == f"'{begin}"
    assert inert_cell(f"a{begin}") == f"a{begin}"


def test_json_fits_its_schema(whole: Trace) -> None:
    """The published schema, which refuses what it does not know."""
    schema = json.loads((TEMPLATES / "trace.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(FORMATS["json"](whole))
    jsonschema.validate(document, schema)
    assert document["summary"]["tested"] == 2
    assert document["withoutSource"]["ids"] == list(whole.not_in_source)
    assert [one["option"] for one in document["workItems"]] == [1, 2, 3]
    clauses = {each["id"]: each for one in document["requirements"] for each in one["clauses"]}
    assert clauses["UNI-CHT-001.1"]["tests"] == sorted(TESTS["UNI-CHT-001.1"])
    assert clauses["UNI-CHT-002b.4"]["faults"] == [
        {"name": "closed-ignored", "sentence": "It <b>ignores</b> it."}
    ]
    assert clauses["UNI-CHT-002b.4"]["workItems"] == {"1": "existing", "2": "new", "3": "existing"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "more": 1}, schema)


def test_markdown_tables_are_whole(whole: Trace) -> None:
    """Every row has as many cells as its head; text does not act on the document."""
    text = FORMATS["markdown"](whole)
    width = 0
    for line in text.splitlines():
        cells = line.replace("\\|", "").count("|")
        assert not line.startswith("|") or width in (0, cells), line
        width = cells if line.startswith("|") else 0
    assert "### UNI-CHT-002b Start a group chat (major)" in text
    assert escaped("a|b\n<i>*c*_d_") == r"a\|b \<i\>\*c\*\_d\_"


class Rows(html.parser.HTMLParser):
    """Notes the rows of the clauses, the options of the filters and what would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.controls: list[str] = []
        self.labels: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "tr" and "data-section" in given:
            self.rows.append(given)
        if tag == "select":
            self.controls.append(given["id"])
        if tag == "label":
            self.labels.append(given["for"])


def test_page_needs_nothing_else(whole: Trace) -> None:
    """No script, no address outside; each control has a label, each id is one element's."""
    page = FORMATS["html"](whole)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not [mark for mark in (*ACTIVE, "http://", "https://", "<b>ignores") if mark in page]
    read = Rows()
    read.feed(page)
    assert len(read.rows) == len(whole.rows) + len(whole.not_in_source)
    assert [*read.controls, "search"] == read.labels
    assert len(read.controls) == 7
    assert len(read.ids) == len(set(read.ids))
    assert '<html lang="en">' in page
    assert page.count("<th scope=") == page.count("<th ")


def shown_rows(page: str, folder: Path) -> int:
    """How many rows of clauses a browser lays out, told by a script that is added."""
    measured = page.replace("'none';", "'none'; script-src 'unsafe-inline';", 1)
    script = (
        "<script>document.title = [...document.querySelectorAll('#clauses tbody tr:not(.head)')]"
        ".filter(row => row.offsetParent !== null).length</script></body>"
    )
    file = folder / "trace.html"
    file.write_text(measured.replace("</body>", script), "utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603 - the browser on a page of ours
    assert "Uncaught" not in done.stderr
    return int(done.stdout.partition("<title>")[2].partition("</title>")[0])


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_page_filters_in_a_browser(whole: Trace, tmp_path: Path) -> None:
    """What is chosen is shown and nothing else, by the style sheet alone."""
    page = FORMATS["html"](whole)
    change = page.index('id="filter-change"')
    option = page.index(">minor</option>", change)
    chosen = f"{page[:option]} selected{page[option:]}"
    assert shown_rows(chosen, tmp_path) == whole.by_change["minor"]


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [390, 1200, 2000])
def test_page_is_legible(whole: Trace, tmp_path: Path, width: int, scheme: str) -> None:
    """At each width tests and faults are within the card, texts legible, headings in order."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    page = FORMATS["html"](whole)
    assert flaws_of(page, command, tmp_path, width=width, scheme=scheme) == []


def test_page_names_each_requirement_once(whole: Trace) -> None:
    """Its title heads its clauses; no row of a clause repeats it."""
    page = FORMATS["html"](whole)
    assert page.count("Start a group chat ") == 1
    assert page.count('<th scope="rowgroup"') == len(
        {one.requirement.id for one in whole.rows}
    ) + len(whole.not_in_source)


def test_reqif_is_whole(whole: Trace) -> None:
    """Ids are unique, every reference leads somewhere, and each clause is below its section."""
    root = ET.fromstring(FORMATS["reqif"](whole))  # noqa: S314 - our own
    space = {"r": NAMESPACE}
    given = [one.attrib["IDENTIFIER"] for one in root.iter() if "IDENTIFIER" in one.attrib]
    assert len(given) == len(set(given))
    referred = {one.text for one in root.iter() if one.tag.endswith("-REF")}
    assert referred <= set(given)
    stamps = {one.attrib["LAST-CHANGE"] for one in root.iter() if "LAST-CHANGE" in one.attrib}
    assert stamps == {f"{whole.revised}T00:00:00Z"}
    step = "r:CHILDREN/r:SPEC-HIERARCHY"
    (specification,) = root.iterfind(".//r:SPECIFICATION", space)
    clauses = specification.findall(f"{step}/{step}/{step}", space)
    sections = list(dict.fromkeys(row.requirement.section for row in whole.rows))
    rows = sorted(whole.rows, key=lambda row: sections.index(row.requirement.section))
    expected = [row.clause.id for row in rows if row.clause]
    assert [one.attrib["LONG-NAME"] for one in clauses] == expected
    assert len(root.findall(".//r:SPEC-RELATION", space)) == len(whole.clauses)


def test_reqif_ids_are_kept(shipped: Catalogue, whole: Trace) -> None:
    """An object has the same id whatever else is in the file, so that tools find it again."""
    part = FORMATS["reqif"](trace(shipped, {}, {}, Selection(ids=("UNI-CHT-005.1",))))
    own = identifier("SPEC-OBJECT", "Clause", "UNI-CHT-005.1")
    assert f'IDENTIFIER="{own}"' in part
    assert f'IDENTIFIER="{own}"' in FORMATS["reqif"](whole)


@pytest.mark.exhaustive
def test_reqif_is_valid(whole: Trace) -> None:
    """By the XML Schema of the standard."""
    folder = Path(str(reqif_parser.__file__)).parent / "reqif_schema"
    schema = xmlschema.XMLSchema(str(folder / "reqif.xsd"), allow="local")
    assert [error.reason for error in schema.iter_errors(FORMATS["reqif"](whole))] == []


def test_reqif_is_read_back(whole: Trace, tmp_path: Path) -> None:
    """By a library: each clause with its attributes, and the relation to its requirement."""
    file = tmp_path / "trace.reqif"
    file.write_text(FORMATS["reqif"](whole), "utf-8")
    content = reqif_parser.ReqIFParser.parse(str(file)).core_content.req_if_content
    objects = {one.identifier: one for one in content.spec_objects}
    closed = objects[identifier("SPEC-OBJECT", "Clause", "UNI-CHT-002b.4")]
    values = {
        attribute.name: closed.attribute_map[key].value
        for attribute in TYPES[CLAUSE]
        if (key := identifier(f"ATTRIBUTE-DEFINITION-{attribute.kind}", CLAUSE, attribute.name))
        in closed.attribute_map
    }
    assert values["ReqIF.ForeignID"] == "UNI-CHT-002b.4"
    assert "closed=true makes a closed group chat." in values["ReqIF.Text"]
    assert (values["Source section"], values["Release"]) == ("4.7.3", "RCS 5.1")
    assert (values["Tests"], values["Names of faults"]) == ("1", "closed-ignored")
    assert values["Change"] == [identifier("ENUM-VALUE", "Change", "minor")]
    (relation,) = (one for one in content.spec_relations if one.source == closed.identifier)
    assert objects[relation.target].long_name == "UNI-CHT-002b"


def test_reqif_escapes(whole: Trace) -> None:
    """Whatever a text holds, the file is read back with it."""
    row = whole.rows[0]
    assert row.clause is not None
    odd = replace(row, clause=replace(row.clause, text='<a> & "b"', what="<c>'\"\n&"))
    root = ET.fromstring(FORMATS["reqif"](replace(whole, rows=(odd,))))  # noqa: S314 - our own
    values = {one.attrib.get("THE-VALUE") or one.text for one in root.iter()}
    assert {'<a> & "b"', "<c>'\"\n&"} <= values
