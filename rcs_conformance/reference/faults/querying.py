"""Faults in reading long-lived groups, one by one and as a list (UNI-CHT-034, 035)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    LongLivedGroupChat,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    ParticipantList,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, edited
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES
from rcs_conformance.reference.state import Conversation, Member

QUERYING = Faults()

_Info = LongLivedGroupChatInformation
_Line = LongLivedGroupChat
_HEAD = 20
"""Characters that a subject is cut to; more than what tests know their groups by."""


class _Listed(OneKind):
    """Changes the lines of a list of groups; `None` leaves one out."""

    kind = ChatKind.LONG_LIVED

    def _list(self, line: _Line, last: bool) -> _Line | None:
        return line

    def respond(self, call: Call, response: Response) -> Response:
        def changed(shown: LongLivedGroupChatList) -> LongLivedGroupChatList:
            lines = shown.long_lived_group_chat
            kept = [self._list(each, each is lines[-1]) for each in lines]
            return replace(
                shown, long_lived_group_chat=tuple(each for each in kept if each is not None)
            )

        return edited(super().respond(call, response), LongLivedGroupChatList, changed)


@QUERYING.add("list-without-newest", "UNI-CHT-034.1", "A list leaves out the newest group.")
class _ListWithoutNewest(_Listed):
    def _list(self, line: _Line, last: bool) -> _Line | None:
        return None if last else line


@QUERYING.add("list-leads-nowhere", "UNI-CHT-034.1", "A list gives URLs at which no group is.")
class _ListLeadsNowhere(_Listed):
    def _list(self, line: _Line, last: bool) -> _Line | None:
        return replace(line, resource_url=f"{line.resource_url}0")


@QUERYING.add("list-subject-cut", "UNI-CHT-034.2", "A list cuts subjects.")
class _ListSubjectCut(_Listed):
    def _list(self, line: _Line, last: bool) -> _Line | None:
        return replace(line, subject=line.subject[:_HEAD])


@QUERYING.add("list-subject-lower", "UNI-CHT-034.2", "A list puts subjects in lower case.")
class _ListSubjectLower(_Listed):
    def _list(self, line: _Line, last: bool) -> _Line | None:
        return replace(line, subject=line.subject.lower())


@QUERYING.add(
    "list-of-others-leads-nowhere",
    "UNI-CHT-034.3",
    "A list holds groups that another user created under ids of no group.",
)
class _ListOfOthersLeadsNowhere(_Listed):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._others: set[str] = set()

    def is_listed(self, conversation: Conversation, member: Member) -> bool:
        if member.address != conversation.originator:
            self._others.add(member.session_id)
        return super().is_listed(conversation, member)

    def _list(self, line: _Line, last: bool) -> _Line | None:
        of_other = line.group_chat_id in self._others
        return replace(line, group_chat_id=f"{line.group_chat_id}0") if of_other else line


class _Queried(OneKind):
    """Changes a group where it is read."""

    kind = ChatKind.LONG_LIVED

    def _query(self, info: _Info) -> _Info:
        return info

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        return edited(response, _Info, self._query) if call.method == "GET" else response


@QUERYING.add("query-names-not-all", "UNI-CHT-035.1", "A group is read without its last member.")
class _QueryNamesNotAll(_Queried):
    def _query(self, info: _Info) -> _Info:
        several = len(info.participant) > 2
        return replace(info, participant=info.participant[:-1]) if several else info


@QUERYING.add(
    "members-list-cut",
    "UNI-CHT-035.1",
    "The list of the participants of a group leaves out its last member.",
)
class _MembersListCut(OneKind):
    kind = ChatKind.LONG_LIVED

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if not call.does("GET", Part.PARTICIPANTS):
            return response
        return edited(
            response,
            ParticipantList,
            lambda shown: replace(shown, participant=shown.participant[:-1]),
        )


@QUERYING.add(
    "query-subject-squeezed", "UNI-CHT-035.2", "A group is read with its subject squeezed."
)
class _QuerySubjectSqueezed(_Queried):
    def _query(self, info: _Info) -> _Info:
        return replace(info, subject=" ".join(info.subject.split()))


@QUERYING.add("query-without-services", "UNI-CHT-035.3", "A group is read without its services.")
class _QueryWithoutServices(_Queried):
    def _query(self, info: _Info) -> _Info:
        return replace(info, supported_service=())


@QUERYING.add("query-with-all-services", "UNI-CHT-035.3", "A group is read with all services.")
class _QueryWithAllServices(_Queried):
    def _query(self, info: _Info) -> _Info:
        return replace(info, supported_service=SERVICES)


@QUERYING.add("query-closed-as-regular", "UNI-CHT-035.4", "A closed group is read as regular.")
class _QueryClosedAsRegular(_Queried):
    def _query(self, info: _Info) -> _Info:
        return replace(info, is_closed=None)


@QUERYING.add("query-regular-as-closed", "UNI-CHT-035.4", "A regular group is read as closed.")
class _QueryRegularAsClosed(_Queried):
    def _query(self, info: _Info) -> _Info:
        return replace(info, is_closed=True)


@QUERYING.add(
    "query-of-nothing-forbidden",
    "UNI-CHT-035.5",
    "Reading no group is answered with 403.",
)
class _QueryOfNothingForbidden(Converted):
    kind = ChatKind.LONG_LIVED

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("GET", Part.CHAT) and rejection.status == 404:
            raise rejections.forbidden("no such group") from rejection
        return super().convert(call, content, rejection)
