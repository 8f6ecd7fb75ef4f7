"""The expressions of `when` and `requires`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.catalogue import Condition, ItemExpression
from rcs_conformance.catalogue.expressions import Expression, ExpressionError

FEATURES = ("a", "b2", "gc_services")
ITEMS = ("A-S-001-O", "B-1-S-002-M", "REST-C")

PYTHON = {"&&": "and", "||": "or", "AND": "and", "OR": "or"}


def sources(names: tuple[str, ...], every: str, some: str) -> st.SearchStrategy[str]:
    """Expressions as they may be written, with and without needless parentheses."""
    return st.recursive(
        st.sampled_from(names),
        lambda inner: st.one_of(
            st.builds("({})".format, inner),
            st.builds(f"{{}} {every} {{}}".format, inner, inner),
            st.builds(f"{{}} {some} {{}}".format, inner, inner),
        ),
        max_leaves=12,
    )


def meaning(source: str, given_names: frozenset[str], names: tuple[str, ...]) -> bool:
    """What Python makes of the same expression."""
    for name in names:
        source = source.replace(name, str(name in given_names))
    for word, python in PYTHON.items():
        source = source.replace(word, python)
    return bool(eval(source))  # noqa: S307 - True, False, and, or, parentheses


@given(source=sources(FEATURES, "&&", "||"), given_names=st.frozensets(st.sampled_from(FEATURES)))
def test_condition_means_what_python_says(source: str, given_names: frozenset[str]) -> None:
    """Precedence and parentheses are the usual ones."""
    condition = Condition.parse(source)
    assert condition.holds(given_names) == meaning(source, given_names, FEATURES)
    assert str(condition) == source


@given(source=sources(ITEMS, "AND", "OR"), given_names=st.frozensets(st.sampled_from(ITEMS)))
def test_item_expression_means_what_python_says(source: str, given_names: frozenset[str]) -> None:
    """As for conditions; and what holds goes on to hold when more is given."""
    expression = ItemExpression.parse(source)
    assert expression.holds(given_names) == meaning(source, given_names, ITEMS)
    assert expression.holds(expression.names)
    assert not expression.holds(frozenset())


@given(source=sources(FEATURES, "&&", "||"))
def test_names_are_those_that_were_written(source: str) -> None:
    """No name is lost and none is made up; spaces do not matter."""
    names = Condition.parse(source.replace(" ", "")).names
    assert names == {name for name in FEATURES if name in source}


def test_operators_bind_as_usual() -> None:
    """The and before the or, whichever comes first."""
    assert Condition.parse("a || b && c").holds({"a"})
    assert not Condition.parse("(a || b) && c").holds({"a"})
    assert Condition.parse("a && b || c").holds({"c"})


@pytest.mark.parametrize(
    ("kind", "source", "message"),
    [
        (Condition, "", "expected a name or (, not the end at word 1"),
        (Condition, "a &&", "expected a name or (, not the end at word 3"),
        (Condition, "a && && b", "expected a name or (, not '&&' at word 3"),
        (Condition, "a b", "expected &&, || or the end, not 'b' at word 2"),
        (Condition, "a & b", "expected &&, || or the end, not '&' at word 2"),
        (Condition, "(a", "expected ), not the end at word 3"),
        (Condition, "a)", "expected &&, || or the end, not ')' at word 2"),
        (Condition, "!a", "expected a name or (, not '!a' at word 1"),
        (Condition, "a AND b", "expected &&, || or the end, not 'AND' at word 2"),
        (ItemExpression, "A-B && C-D", "expected AND, OR or the end, not '&&' at word 2"),
        (ItemExpression, "A-B and C-D", "expected AND, OR or the end, not 'and' at word 2"),
        (ItemExpression, "AND", "expected a name or (, not 'AND' at word 1"),
    ],
)
def test_malformed_expression_is_refused(kind: type[Expression], source: str, message: str) -> None:
    """The message says where, and what the right form is."""
    with pytest.raises(ExpressionError) as caught:
        kind.parse(source)
    assert message in str(caught.value)
    assert f"write a {kind.every_word} b" in str(caught.value)
