"""Faults in what a rejection tells: no body, or an exception that does not fit (TS-CHAT-5.7)."""

from dataclasses import replace

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules

EXCEPTIONS = Faults()


class _WithoutBody(OneKind):
    """Rejects without a body."""

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        return replace(response, content=None) if response.status >= 400 else response


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
    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        empty = response.status >= 400 and call.resource in ("subscriptions", "subscription")
        return replace(response, content=None) if empty else response


class _Renamed(Rules):
    """Rejects one status with another message id."""

    status = 403
    id = "SVC0001"

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == self.status:
            rejection = Rejection(
                rejection.status,
                self.id,
                rejection.text,
                *rejection.variables,
                headers=rejection.headers,
            )
        return super().reject(call, rejection)


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
