"""Compares the statements with the source documents, and says what is suspect for it.

A clause is suspect where a sentence that it comes from is no longer what it was, and so are its
tests and the verdicts that were recorded of it. A verdict is suspect too where its clause came to
demand something else afterwards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rcs_conformance.catalogue.records import Clause
from rcs_conformance.catalogue.sentences import Sentence, sentences_of
from rcs_conformance.catalogue.statements import Document, Statement, Statements
from rcs_conformance.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A sentence of a document that is not as `statements.toml` has it.

    Attributes:
        place: Document, section, label and position.
        what: Changed, gone, or new.
        clauses: That come from it.
    """

    place: str
    what: str
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The verdicts of a run: when it was made, and the verdicts by clause."""

    made: date
    verdicts: Mapping[str, str]


def differences(statements: Statements, folder: Path) -> tuple[Difference, ...]:
    """What differs between the statements and the documents in a folder.

    A sentence that only stands elsewhere in its document, because others came or went before it, is
    not different.

    Raises:
        ConfigurationError: A document is missing or cannot be read.
    """
    return tuple(
        difference
        for document in statements.documents
        for difference in _of_document(
            document,
            [each for each in statements.statements if each.document == document.id],
            sentences_of(_text(folder / document.file, document)),
        )
    )


def suspects(
    clauses: Iterable[Clause],
    found: Iterable[Difference] = (),
    recorded: Recorded | None = None,
) -> Mapping[str, tuple[str, ...]]:
    """Why clauses are suspect, by their ids; those that are.

    Args:
        clauses: All of the catalogue.
        found: How the documents differ.
        recorded: Verdicts of an earlier run.
    """
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for difference in found:
        for clause in difference.clauses:
            reasons[clause].append(str(difference))
    if recorded:
        for each in clauses:
            verdict = recorded.verdicts.get(each.id)
            if verdict and each.revised and each.revised > recorded.made:
                reasons[each.id].append(f"revised on {each.revised}")
            if verdict and each.id in reasons:
                reasons[each.id].append(f"verdict {verdict} of {recorded.made} is from before")
    return {clause: tuple(those) for clause, those in reasons.items()}


def _text(file: Path, document: Document) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ConfigurationError(
            f"--source: {file}: cannot be read: {reason}; it must be the document {document.id!r}"
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"--source: {file}: must be text in UTF-8") from None


def _of_document(
    document: Document, stated: list[Statement], sentences: tuple[Sentence, ...]
) -> Iterator[Difference]:
    left = {_place(document, each): each for each in sentences}
    here = [each for each in stated if _digest_at(left, str(each)) == each.digest]
    for statement in here:
        del left[str(statement)]
    lost: list[Statement] = []
    for statement in (each for each in stated if each not in here):
        moved = next((at for at, each in left.items() if each.digest == statement.digest), None)
        if moved is None:
            lost.append(statement)
        else:
            del left[moved]
    for statement in lost:
        what = "changed" if left.pop(str(statement), None) else "gone"
        yield Difference(place=str(statement), what=what, clauses=statement.clauses)
    yield from (Difference(place=at, what="new") for at in left)


def _digest_at(sentences: Mapping[str, Sentence], place: str) -> str:
    return sentences[place].digest if place in sentences else ""


def _place(document: Document, sentence: Sentence) -> str:
    parts = (document.id, sentence.section, sentence.label, sentence.position)
    return " ".join(part for part in parts if part)
