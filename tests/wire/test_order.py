"""The order of elements, where a binding asks for it."""

from rcs_conformance.wire.order import misplaced

HEAD = '<n:{} xmlns:n="urn:oma:xml:rest:netapi:chat:1">{}</n:{}>'


def body(root: str, inner: str) -> bytes:
    """An XML document of the Chat API."""
    return HEAD.format(root, inner, root).encode()


def test_elements_in_order_are_fine() -> None:
    """Repeated ones and unknown ones, wherever they stand, as well."""
    inner = "<other/><participant><address>a</address></participant><participant/><resourceURL/>"
    assert misplaced(body("participantList", inner), "participantList", {}) == ()


def test_misplaced_elements_are_found_at_any_depth() -> None:
    """With their path, in the names of the dialect."""
    inner = "<resourceURL/><member><name>n</name><address>a</address></member>"
    names = {"participantList": "members", "participant": "member"}
    assert misplaced(body("members", inner), "participantList", names) == (
        "members: resourceURL stands before member",
        "members/member: name stands before address",
    )


def test_what_cannot_be_read_has_no_order() -> None:
    """Nor has a root that nobody knows."""
    assert misplaced(b"<", "participantList", {}) == ()
    assert misplaced(b"<a/>", "a", {}) == ()
