"""Faults in what a refusal tells: no body, or an exception that does not fit (TS-CHAT-5.7)."""

from dataclasses import replace

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.edits import OneKind
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Rules

EXCEPTIONS = Faults()


class _WithoutBody(OneKind):
    """Refuses without a body."""

    def answered(self, call: Call, answer: Answer) -> Answer:
        answer = super().answered(call, answer)
        return replace(answer, content=None) if answer.status >= 400 else answer


@EXCEPTIONS.add(
    "session-error-without-body", "TS-CHAT-5.7", "Errors about 1-to-1 sessions have no body."
)
class _SessionErrorWithoutBody(_WithoutBody):
    kind = ChatKind.ONE_TO_ONE


@EXCEPTIONS.add("adhoc-error-without-body", "TS-CHAT-5.7", "Errors about ad-hoc chat have no body.")
class _AdhocErrorWithoutBody(_WithoutBody):
    kind = ChatKind.ADHOC


@EXCEPTIONS.add(
    "long-lived-error-without-body", "TS-CHAT-5.7", "Errors about long-lived groups have no body."
)
class _LongLivedErrorWithoutBody(_WithoutBody):
    kind = ChatKind.LONG_LIVED


@EXCEPTIONS.add(
    "subscription-error-without-body", "TS-CHAT-5.7", "Errors about subscriptions have no body."
)
class _SubscriptionErrorWithoutBody(Rules):
    def answered(self, call: Call, answer: Answer) -> Answer:
        answer = super().answered(call, answer)
        empty = answer.status >= 400 and call.resource in ("subscriptions", "subscription")
        return replace(answer, content=None) if empty else answer


class _Renamed(Rules):
    """Refuses one status with another message id."""

    status = 403
    id = "SVC0001"

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        if refusal.status == self.status:
            refusal = Refusal(
                refusal.status,
                self.id,
                refusal.text,
                *refusal.variables,
                headers=refusal.headers,
            )
        return super().refuse(call, refusal)


@EXCEPTIONS.add("policy-as-service", "TS-CHAT-5.7", "403 carries a service exception.")
class _PolicyAsService(_Renamed):
    pass


@EXCEPTIONS.add("not-found-as-policy", "TS-CHAT-5.7", "404 carries a policy exception.")
class _NotFoundAsPolicy(_Renamed):
    status = 404
    id = "POL0001"


@EXCEPTIONS.add("invalid-input-as-policy", "TS-CHAT-5.7", "400 carries a policy exception.")
class _InvalidInputAsPolicy(_Renamed):
    status = 400
    id = "POL0001"


@EXCEPTIONS.add("invalid-token-as-input", "TS-CHAT-5.7", "401 carries the id of invalid input.")
class _InvalidTokenAsInput(_Renamed):
    status = 401
    id = "SVC0002"
