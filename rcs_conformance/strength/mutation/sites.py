"""The places of the server's code at which an operator fits, and the code with one of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from rcs_conformance import reference
from rcs_conformance.strength.mutation.operators import OPERATORS

ROOT = Path(reference.__file__).parent
"""The folder of the server."""

_APART = {
    *("faults", "variations", "edits.py", "registry.py", "seams.py", "lenience.py", "mending.py"),
    *("windows.py", "control.py", "server.py", "web_socket.py", "listener_connection.py"),
    *("dialects.py", "presentation.py", "notification_members.py", "further.py", "digest.py"),
    "verbs.py",
}
"""What is not the behaviour of a conforming server in the default binding: deviations, the windows
of faulty races, what starts and controls the server, connections, and what other bindings have."""
_LENGTH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One change of one function.

    Attributes:
        file: Path below the folder of the server.
        function: Qualified name of the function, or of the outermost one around it.
        line: The first line of the statement around the changed part.
        last: Its last line; of a compound statement, the last one before its body.
        begin: The first line of the function.
        end: Its last line.
        operator: Name of the operator.
        before: The part as it is.
        after: What stands in its place.
        node: Number of the part in the walk through the function.
        choice: Which one of those that the operator yields.
    """

    file: str
    function: str
    line: int
    last: int
    begin: int
    end: int
    operator: str
    before: str
    after: str
    node: int
    choice: int

    @property
    def name(self) -> str:
        """What names it on the command line and in files; it changes with the function only."""
        return f"{self.file}:{self.function}:{self.operator}:{self.node}.{self.choice}"


def mutations() -> Iterator[Mutation]:
    """All of them, file by file."""
    for file in sorted(ROOT.rglob("*.py")):
        place = file.relative_to(ROOT)
        if _APART.isdisjoint(place.parts):
            for name, function in _functions(ast.parse(file.read_text("utf-8"))):
                yield from _of(place.as_posix(), name, function)


def mutated(mutation: Mutation) -> CodeType:
    """The code of the function with the mutation.

    Raises:
        ValueError: The source has no such place any more.
    """
    path = ROOT / mutation.file
    tree = ast.parse(path.read_text("utf-8"))
    for name, function in _functions(tree):
        if name == mutation.function:
            node, statement = _parts(function)[mutation.node]
            new = list(OPERATORS[mutation.operator](node))[mutation.choice]
            _Exchange(node, ast.copy_location(new, statement)).visit(tree)
            code = compile(ast.fix_missing_locations(tree), str(path), "exec")
            return _found(code, mutation.function)
    raise ValueError(f"{mutation.name}: there is no such function")


def _of(file: str, name: str, function: ast.FunctionDef) -> Iterator[Mutation]:
    for number, (node, statement) in enumerate(_parts(function)):
        for operator, changes in OPERATORS.items():
            for choice, new in enumerate(changes(node)):
                before, after = _difference(_shown(node), _shown(ast.copy_location(new, statement)))
                yield Mutation(
                    file=file,
                    function=name,
                    line=statement.lineno,
                    last=_last(statement),
                    begin=function.lineno,
                    end=function.end_lineno or function.lineno,
                    operator=operator,
                    before=before,
                    after=after,
                    node=number,
                    choice=choice,
                )


def _last(statement: ast.stmt) -> int:
    body: list[ast.stmt] = getattr(statement, "body", [])
    end = statement.end_lineno or statement.lineno
    return max(statement.lineno, body[0].lineno - 1) if body else end


def _functions(
    tree: ast.Module | ast.ClassDef, within: str = ""
) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of the module, and methods of its classes, by their qualified names."""
    for node in tree.body:
        match node:
            case ast.FunctionDef():
                yield f"{within}{node.name}", node
            case ast.ClassDef():
                yield from _functions(node, f"{within}{node.name}.")


def _parts(function: ast.FunctionDef) -> list[tuple[ast.AST, ast.stmt]]:
    """The parts of a function's body, each with the statement around it.

    No annotation, default value, decorator, or text of its own.
    """
    return [part for each in function.body for part in _within(each, each)]


def _within(node: ast.AST, statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.stmt]]:
    yield node, statement
    for name, value in ast.iter_fields(node):
        if name in {"args", "returns", "decorator_list", "annotation"} and not isinstance(
            node, ast.Call
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child, child if isinstance(child, ast.stmt) else statement)


def _found(code: CodeType, name: str) -> CodeType:
    """The code of a function within that of its module; of several with one name, the last."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in reversed(inner):
        if each.co_qualname == name:
            return each
        if name.startswith(f"{each.co_qualname}."):
            return _found(each, name)
    raise ValueError(f"there is no function {name}")


def _shown(node: ast.AST) -> str:
    """A part in one line."""
    match node:
        case ast.comprehension():
            text = ast.unparse(ast.GeneratorExp(ast.Name("_"), [node]))
        case ast.If() | ast.For():
            text = ast.unparse(node).splitlines()[0]
        case _:
            text = ast.unparse(node)
    return " ".join(text.split())


def _difference(before: str, after: str) -> tuple[str, str]:
    """Both texts, short, from a little before the first character in which they differ."""
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((place for place, (one, other) in pairs if one != other), 0)
    begin = max(0, alike - _LENGTH // 3) if max(len(before), len(after)) > _LENGTH else 0
    return _cut(before, begin), _cut(after, begin)


def _cut(text: str, begin: int) -> str:
    rest = f"...{text[begin:]}" if begin else text
    return rest if len(rest) <= _LENGTH else f"{rest[: _LENGTH - 3]}..."


class _Exchange(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old = old
        self._new = new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node where the old one is met."""
        if node is self._old:
            return self._new
        result: ast.AST = super().visit(node)
        return result
