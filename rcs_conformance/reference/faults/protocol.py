"""Faults in verbs, status codes and error bodies (TS-CHAT-5.5 to 5.9)."""

from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantSessionStatus, ParticipantStatus
from rcs_conformance.model.common import PolicyException, RequestError, ServiceException
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules

PROTOCOL = Faults()


class _Refused(Rules):
    """Rejects some requests otherwise."""

    status = 405

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejection

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == self.status:
            rejection = self._refuse(call, rejection)
        return super().reject(call, rejection)


@PROTOCOL.add("allow-missing", "TS-CHAT-5.5", "405 comes without an Allow header.")
class _AllowMissing(_Refused):
    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return Rejection(405, rejection.message_id, rejection.text, *rejection.variables)


@PROTOCOL.add("allow-lists-all", "TS-CHAT-5.5", "Allow lists verbs that the resource has not.")
class _AllowListsAll(_Refused):
    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.wrong_method(call.method, ("GET", "POST", "PUT", "DELETE"))


@PROTOCOL.add("wrong-verb-not-found", "TS-CHAT-5.5", "An unsupported verb is answered with 404.")
class _WrongVerbNotFound(_Refused):
    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.not_found(call.path)


@PROTOCOL.add("wrong-verb-refused", "TS-CHAT-5.5", "An unsupported verb is answered with 400.")
class _WrongVerbRefused(_Refused):
    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.malformed(call.method)


class _Succeeded(Rules):
    """Answers successes with another status."""

    status = 201
    instead = 200

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        return (
            replace(response, status=self.instead) if response.status == self.status else response
        )


@PROTOCOL.add("created-answered-200", "TS-CHAT-5.6", "A creation is answered with 200.")
class _CreatedAnswered200(_Succeeded):
    pass


@PROTOCOL.add("deleted-answered-202", "TS-CHAT-5.6", "What is answered with 204 is with 202.")
class _DeletedAnswered202(_Succeeded):
    status = 204
    instead = 202


@PROTOCOL.add("read-answered-203", "TS-CHAT-5.6", "A resource is read with status 203.")
class _ReadAnswered203(_Succeeded):
    status = 200
    instead = 203


@PROTOCOL.add("created-without-location", "TS-CHAT-5.6", "201 comes without a Location header.")
class _CreatedWithoutLocation(Rules):
    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        kept = tuple(field for field in response.headers if field[0] != "Location")
        return replace(response, headers=kept) if response.status == 201 else response


class _Errors(Rules):
    """Changes error bodies."""

    def _service(self, told: ServiceException) -> ServiceException:
        return told

    def _policy(self, told: PolicyException) -> PolicyException:
        return told

    def reject(self, call: Call, rejection: Rejection) -> Response:
        def change(error: RequestError) -> RequestError:
            service, policy = error.service_exception, error.policy_exception
            return replace(
                error,
                service_exception=self._service(service) if service else None,
                policy_exception=self._policy(policy) if policy else None,
            )

        return edited(super().reject(call, rejection), RequestError, change)


@PROTOCOL.add("error-id-unknown", "TS-CHAT-5.7", "The message id of an error is of no known form.")
class _ErrorIdUnknown(_Errors):
    def _service(self, told: ServiceException) -> ServiceException:
        return replace(told, message_id="E1")

    def _policy(self, told: PolicyException) -> PolicyException:
        return replace(told, message_id="E2")


@PROTOCOL.add(
    "error-variables-lost", "TS-CHAT-5.7", "An error text refers to variables that are not there."
)
class _ErrorVariablesLost(_Errors):
    def _service(self, told: ServiceException) -> ServiceException:
        return replace(told, text=f"{told.text} (%1)", variables=())

    def _policy(self, told: PolicyException) -> PolicyException:
        return replace(told, text=f"{told.text} (%1)", variables=())


@PROTOCOL.add("error-without-body", "TS-CHAT-5.7", "An error is answered without a body.")
class _ErrorWithoutBody(Rules):
    def reject(self, call: Call, rejection: Rejection) -> Response:
        return replace(super().reject(call, rejection), content=None)


@PROTOCOL.add("error-in-other-format", "TS-CHAT-5.7", "Errors come in the format not asked for.")
class _ErrorInOtherFormat(Rules):
    def reject(self, call: Call, rejection: Rejection) -> Response:
        return replace(super().reject(call, rejection), format=call.format.other)


@PROTOCOL.add("error-as-page", "TS-CHAT-5.7", "An error is answered with an HTML page.")
class _ErrorAsPage(Rules):
    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        if raw.status < 400:
            return raw
        headers = {**dict(raw.headers), "Content-Type": "text/html"}
        return replace(raw, headers=tuple(headers.items()), body=b"<html><p>Error</p></html>")


class _Misread(Rules):
    """Does something else with a body that is malformed or does not fit."""

    def _misread(self, call: Call, rejection: Rejection) -> object:
        raise rejection

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        if rejection.status != 400:
            raise rejection
        return self._misread(call, rejection)


@PROTOCOL.add("malformed-fails", "TS-CHAT-5.8", "A malformed body is answered with 500.")
class _MalformedFails(_Misread):
    def _misread(self, call: Call, rejection: Rejection) -> object:
        raise rejections.internal_error()


@PROTOCOL.add("malformed-succeeds", "TS-CHAT-5.8", "A malformed body is answered with 204.")
class _MalformedSucceeds(_Misread):
    def _misread(self, call: Call, rejection: Rejection) -> object:
        return rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, Rejection):
            return Response(status=204)
        return super().perform(call, content, operate)


@PROTOCOL.add(
    "unknown-status-accepts",
    "TS-CHAT-5.8",
    "A status that is none is rejected, but the user is connected all the same.",
)
class _UnknownStatusAccepts(_Misread):
    def _misread(self, call: Call, rejection: Rejection) -> object:
        if call.operation != "PUT participantStatus":
            raise rejection
        return rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, Rejection):
            return super().perform(call, content, operate)
        connected = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
        super().perform(call, connected, operate)
        raise content


class _Unknown(_Refused):
    """Does not read what does not exist otherwise."""

    status = 404

    def _instead(self, call: Call) -> Rejection:
        return rejections.malformed(call.path)

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        reads = call.method == "GET" or not call.resource
        return self._instead(call) if reads else rejection


@PROTOCOL.add("unknown-answered-400", "TS-CHAT-5.9", "What does not exist is read with 400.")
class _UnknownAnswered400(_Unknown):
    pass


@PROTOCOL.add("unknown-answered-410", "TS-CHAT-5.9", "What does not exist is read with 410.")
class _UnknownAnswered410(_Unknown):
    def _instead(self, call: Call) -> Rejection:
        gone = rejections.not_found(call.path)
        return Rejection(410, gone.message_id, gone.text, *gone.variables)


@PROTOCOL.add(
    "unknown-subscription-deleted", "TS-CHAT-5.9", "Deleting no subscription is answered with 204."
)
class _UnknownSubscriptionDeleted(Rules):
    def reject(self, call: Call, rejection: Rejection) -> Response:
        if (call.operation, rejection.status) == ("DELETE subscription", 404):
            return Response(status=204)
        return super().reject(call, rejection)
