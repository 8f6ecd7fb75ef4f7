"""The verdict of a test, by the exception that ended it."""

from dataclasses import dataclass

from hypothesis.errors import Flaky

from rcs_conformance.errors import (
    Cause,
    ConfigurationError,
    DeadlineExceeded,
    Inconclusive,
    NotApplicable,
    TargetError,
)
from rcs_conformance.model.results import Verdict
from rcs_conformance.plugin.judgement import ConformanceFailure, Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a test ended.

    Attributes:
        verdict: Of the test.
        cause: Why there is no other verdict.
        reason: The cause in a sentence.
        precondition: The clause that stands in the way.
    """

    verdict: Verdict
    cause: Cause | None = None
    reason: str = ""
    precondition: str = ""


def ending(error: BaseException | None, judgement: Judgement) -> Ending:
    """The end of a test.

    Args:
        error: What ended it; `None` where nothing did.
        judgement: Its results.
    """
    if isinstance(error, Flaky) and not _lost_target(error):
        reason = "the target responded differently when the same requests were repeated"
        return _inconclusive(Cause.NONDETERMINISTIC, reason + _lost(judgement.unserved))
    if judgement.failures or isinstance(error, ConformanceFailure):
        return Ending(verdict=Verdict.FAIL, reason=str(error or ""))
    if error is None:
        return _complete(judgement)
    if isinstance(error, BaseExceptionGroup):
        return min((ending(each, judgement) for each in error.exceptions), key=_severity)
    return _by_type(error)


def _lost(requests: int) -> str:
    """What may be why, where some requests of the test were lost or met a limit."""
    if not requests:
        return ""
    those = "request" if requests == 1 else "requests"
    return f"; {requests} {those} got no response, or met a limit, which may be why"


def _lost_target(error: Flaky) -> bool:
    """Whether a failure was not reproduced only because the target stopped responding."""
    repeated = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return any(isinstance(each, TargetError | Inconclusive) for each in repeated)


def _complete(judgement: Judgement) -> Ending:
    """A test that ran to its end must have checked every clause that it declares.

    Where it met failures of other clauses, they may have left it nothing to check.
    """
    missing = judgement.missing()
    met = judgement.all_failures()
    if missing and met:
        reason = f"{met[0].clause} failed, and left nothing to check of {', '.join(missing)}"
        return _inconclusive(Cause.PRECONDITION, reason, met[0].clause)
    if missing:
        reason = f"the test declares {', '.join(missing)}, but made no check of it"
        return Ending(verdict=Verdict.ERROR, reason=reason)
    return Ending(verdict=Verdict.PASS)


def _by_type(error: BaseException) -> Ending:
    reason = str(error)
    match error:
        case Inconclusive(cause=Cause.NO_TRIGGER | Cause.UNAVAILABLE):
            return Ending(verdict=Verdict.NOT_TESTED, cause=error.cause, reason=reason)
        case Inconclusive():
            return _inconclusive(error.cause, reason, error.clause)
        case NotApplicable():
            return Ending(verdict=Verdict.NOT_APPLICABLE, reason=reason)
        case TargetError():
            late = isinstance(error, DeadlineExceeded)
            return _inconclusive(Cause.TIMEOUT if late else Cause.NETWORK, reason)
        case ConfigurationError():
            return _inconclusive(Cause.CONFIGURATION, reason)
    return Ending(verdict=Verdict.ERROR, reason=f"{type(error).__name__}: {reason}")


def _inconclusive(cause: Cause, reason: str, precondition: str = "") -> Ending:
    return Ending(
        verdict=Verdict.INCONCLUSIVE, cause=cause, reason=reason, precondition=precondition
    )


_SEVERITY = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)


def _severity(one: Ending) -> int:
    return _SEVERITY.index(one.verdict) if one.verdict in _SEVERITY else len(_SEVERITY)
