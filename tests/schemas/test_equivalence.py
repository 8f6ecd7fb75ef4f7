"""The two schema languages accept and refuse the same documents."""

import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rcs_conformance.model.formats import Format
from rcs_conformance.wire.schema import roots, violations
from tests.schemas.deviations import deviating
from tests.schemas.shapes import namespace_of, shape_of
from tests.schemas.trees import alternatives_of, documents, to_json, to_xml, trees

DRAWN = sorted(roots() - {"notificationList"})
DEPTH = settings().max_examples
"""More of them in the exhaustive tier, where each kind of test has a multiple of it."""
QUICK = settings(
    max_examples=max(2, DEPTH // 12),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
THOROUGH = settings(QUICK, max_examples=DEPTH + DEPTH // 2)

MEMBERS = {
    "URI": ("resourceReference", "resourceURL", "{}"),
    "Boolean": ("participantInformation", "isOriginator", '{"address": "a"}'),
    "Number": ("notificationChannel", "channelLifetime", '{"channelType": "LongPolling"}'),
    "PositiveNumber": ("isComposing", "refresh", '{"state": "idle"}'),
    "DateTime": ("isComposing", "lastactive", '{"state": "idle"}'),
    "MessageStatus": ("messageStatusReport", "status", "{}"),
}
"""For each simple type a member that has it, with what else its root needs."""

ALPHABETS = {
    "URI": "ab1:/?#[]@%+-._~!$&'()*,;= \\^{}|ä\"",
    "Boolean": "truefalse10TF ",
    "Number": "0123456789+-.ex ",
    "PositiveNumber": "012+-. ",
    "DateTime": "0123459-:+.TZ",
    "MessageStatus": "Sentd ",
}


def _paths(body: bytes, fmt: Format, root: str) -> set[str]:
    return {violation.path for violation in violations(body, fmt, root)}


@pytest.mark.parametrize("root", DRAWN)
@given(data=st.data())
@QUICK
def test_both_accept_what_is_valid(root: str, data: st.DataObject) -> None:
    """A valid document is accepted in either form, whatever its order and unknown members."""
    tree = data.draw(documents(root), label="document")
    assert violations(to_json(root, tree), Format.JSON, root) == ()
    assert violations(to_xml(root, tree), Format.XML, root) == ()


@pytest.mark.parametrize("root", DRAWN)
@given(data=st.data())
@settings(QUICK, max_examples=DEPTH // 5)
def test_both_refuse_what_deviates_in_one_thing(root: str, data: st.DataObject) -> None:
    """A document with one thing wrong is refused in either form, at the same place."""
    _, tree = data.draw(deviating(root), label="deviation")
    in_json = _paths(to_json(root, tree), Format.JSON, root)
    in_xml = _paths(to_xml(root, tree), Format.XML, root)
    assert in_json & in_xml, (in_json, in_xml)


@pytest.mark.parametrize("root", [root for root in DRAWN if alternatives_of(shape_of(root))])
@given(data=st.data())
@settings(QUICK, max_examples=DEPTH // 2)
def test_both_agree_on_alternatives(root: str, data: st.DataObject) -> None:
    """Whichever of the members stand that exclude or replace each other, both judge alike."""
    names = sorted(alternatives_of(shape_of(root)))
    chosen = frozenset(data.draw(st.sets(st.sampled_from(names)), label="members"))
    tree = data.draw(trees(shape_of(root), chosen), label="document")
    in_json = violations(to_json(root, tree), Format.JSON, root)
    in_xml = violations(to_xml(root, tree), Format.XML, root)
    assert {str(found) for found in in_json} == {str(found) for found in in_xml}


@pytest.mark.parametrize("kind", MEMBERS)
@given(data=st.data())
@THOROUGH
def test_both_agree_on_any_value(kind: str, data: st.DataObject) -> None:
    """Whether a text is a value of a type does not depend on the format.

    White space around a value is left out: XML Schema takes it off, JSON has no such rule.
    """
    root, member, others = MEMBERS[kind]
    text = data.draw(st.text(ALPHABETS[kind], max_size=12).map(str.strip), label="text")
    content = json.loads(others)
    in_json = violations(json.dumps({root: {**content, member: text}}).encode(), Format.JSON, root)
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in content.items())
    space = namespace_of(root)
    xml = f'<r:{root} xmlns:r="{space}">{inner}<{member}>{escape(text)}</{member}></r:{root}>'
    in_xml = violations(xml.encode(), Format.XML, root)
    assert [str(found) for found in in_json] == [str(found) for found in in_xml]


@given(
    text=st.from_regex(
        r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,9})?(Z|[+-][01][0-9]:[0-6][0-9])?",
        fullmatch=True,
        alphabet="0123456789-:+.TZ",
    )
)
@settings(THOROUGH, max_examples=3 * DEPTH)
@example(text="2025-02-29T10:00:00Z")
@example(text="2100-02-29T10:00:00Z")
def test_both_agree_on_times(text: str) -> None:
    """Which days and hours there are, both know alike."""
    body = json.dumps({"isComposing": {"state": "idle", "lastactive": text}}).encode()
    xml = (
        f'<r:isComposing xmlns:r="{namespace_of("isComposing")}"><state>idle</state>'
        f"<lastactive>{text}</lastactive></r:isComposing>"
    ).encode()
    assert violations(body, Format.JSON, "isComposing") == violations(
        xml, Format.XML, "isComposing"
    )


@pytest.mark.parametrize("root", DRAWN)
@given(data=st.data())
@settings(QUICK, max_examples=2)
def test_both_refuse_another_root(root: str, data: st.DataObject) -> None:
    """A document under an unknown root, or in a wrong namespace, is refused."""
    tree = data.draw(documents(root), label="document")
    assert violations(to_json("other", tree), Format.JSON, root)
    assert violations(to_xml("other", tree, namespace_of(root)), Format.XML, root)
    assert violations(to_xml(root, tree, "urn:oma:xml:rest:netapi:chat:2"), Format.XML, root)
