"""The operators: what each does to a part of the code, as new parts in its place."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping

_CONDITIONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_BOUNDARIES: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
_CODE = re.compile(r"(SVC|POL)(\d{4})")


def _condition(node: ast.AST) -> Iterator[ast.AST]:
    """The opposite of a condition, and `and` for `or`."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _CONDITIONS:
            yield ast.Compare(node.left, [_CONDITIONS[type(op)]()], node.comparators)
        case ast.BoolOp(op=ast.And()):
            yield ast.BoolOp(ast.Or(), node.values)
        case ast.BoolOp(op=ast.Or()):
            yield ast.BoolOp(ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.If(test=ast.Name() | ast.Attribute() | ast.Call() | ast.NamedExpr()):
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.IfExp(test=ast.Name() | ast.Attribute() | ast.Call() | ast.NamedExpr()):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _boundary(node: ast.AST) -> Iterator[ast.AST]:
    """The boundary itself moves to the other side."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _BOUNDARIES:
            yield ast.Compare(node.left, [_BOUNDARIES[type(op)]()], node.comparators)


def _value(node: ast.AST) -> Iterator[ast.AST]:
    """Another truth value, number (of a status, of seconds), or code of an exception."""
    match node:
        case ast.Constant(value=bool(truth)):
            yield ast.Constant(not truth)
        case ast.Constant(value=int(number)):
            yield ast.Constant(number + 1)
        case ast.Constant(value=str(text)) if _CODE.fullmatch(text):
            yield ast.Constant(text[:-1] + str((int(text[-1]) + 1) % 10))


def _member(node: ast.AST) -> Iterator[ast.AST]:
    """A member that is left out where a structure is made, or stays as it was in a new one."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name[0].isupper() or name == "replace":
            for given in node.keywords:
                others = [each for each in node.keywords if each is not given]
                if name == "replace":
                    yield ast.Call(node.func, node.args, others)
                elif not isinstance(given.value, ast.Constant):
                    lost = ast.keyword(given.arg, ast.Constant(None))
                    yield ast.Call(node.func, node.args, [*others, lost])


def _effect(node: ast.AST) -> Iterator[ast.AST]:
    """A step that is left out."""
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()


def _selection(node: ast.AST) -> Iterator[ast.AST]:
    """Those who are chosen: without the filter, and without the first."""
    match node:
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
    match node:
        case ast.comprehension():
            yield ast.comprehension(node.target, _less(node.iter), node.ifs, node.is_async)
        case ast.For():
            yield ast.For(node.target, _less(node.iter), node.body, node.orelse)


def _order(node: ast.AST) -> Iterator[ast.AST]:
    """The other way round, where the order can show: no set, and no `any` or `all`, has one."""
    match node:
        case ast.ListComp():
            yield ast.ListComp(node.elt, _turned_first(node.generators))
        case ast.Call(
            func=ast.Name(id="tuple" | "list" | "next"), args=[ast.GeneratorExp() as all_]
        ):
            yield ast.Call(
                node.func, [ast.GeneratorExp(all_.elt, _turned_first(all_.generators))], []
            )
        case ast.For():
            yield ast.For(node.target, _turned(node.iter), node.body, node.orelse)


OPERATORS: Mapping[str, Callable[[ast.AST], Iterator[ast.AST]]] = {
    "condition": _condition,
    "boundary": _boundary,
    "value": _value,
    "member": _member,
    "effect": _effect,
    "selection": _selection,
    "order": _order,
}
"""What each yields in the place of a node, by its name; nothing where it does not fit."""


def _all(iterable: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("list", ast.Load()), [iterable], [])


def _less(iterable: ast.expr) -> ast.expr:
    """All but the first."""
    return ast.Subscript(_all(iterable), ast.Slice(ast.Constant(1)), ast.Load())


def _turned(iterable: ast.expr) -> ast.expr:
    """All, from the last to the first."""
    return ast.Subscript(
        _all(iterable), ast.Slice(step=ast.UnaryOp(ast.USub(), ast.Constant(1))), ast.Load()
    )


def _turned_first(parts: list[ast.comprehension]) -> list[ast.comprehension]:
    first = parts[0]
    turned = ast.comprehension(first.target, _turned(first.iter), first.ifs, first.is_async)
    return [turned, *parts[1:]]
