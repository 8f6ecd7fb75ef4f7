"""File transfers in the test bed: in group chats of either kind, and outside of any."""

from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.checks import file_transfers, group_creation, transfer_services
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileSelector,
    FileTransferSessionInformation,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.media import Attachment
from rcs_conformance.model.offers import FileOffer, GroupOffer
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.chats.file_transfer import IN_CHAT, FileTransfer, picture, reference
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.preambles.groups import GroupPreamble
from rcs_conformance.scenario.preambles.long_lived import LongLivedPreamble
from rcs_conformance.scenario.preambles.triggers import Triggers
from rcs_conformance.scenario.setup.preconditions import require_arrival

_PLAIN = FileOffer()


class TransferPreamble:
    """Offers files, in group chats of either kind and outside of chats.

    Args:
        environment: The users, their mailboxes, and what the target claims.
        groups: Starts the group chats that files are offered in.
        long_lived: Starts the long-lived groups.
        triggers: Change the services of a chat.
    """

    def __init__(
        self,
        environment: Environment,
        groups: GroupPreamble,
        long_lived: LongLivedPreamble,
        triggers: Triggers,
    ) -> None:
        self._environment = environment
        self._groups = groups
        self._long_lived = long_lived
        self._triggers = triggers

    @property
    def service(self) -> str:
        """The service token of file transfer.

        Raises:
            NotApplicable: The target's policy lets no chat have it.
        """
        token = self._environment.binding.services[0]
        if token not in self._environment.supported_services:
            raise NotApplicable("[policy] services of the target file leaves out file transfer")
        return token

    def require_opt_in_by_subscription(self) -> None:
        """Go on only if clients opt in to the reference of the group chat by their subscription.

        Raises:
            Inconclusive: They do so by a capability alone, so the clause is not tested.
        """
        if not self._environment.claims.feature("ft_reference_opt_in"):
            reason = (
                "the target file says that clients opt in by a capability: that takes the CapDis"
                " API, which the binding has no resources for"
            )
            raise Inconclusive(Cause.UNAVAILABLE, reason)

    def claimed(self, file: FileOffer) -> FileOffer:
        """How a file is offered, as far as the target claims it: by value only where it does."""
        can = self._environment.claims.operation("POST ftSessions multipart")
        return replace(file, by_value=file.by_value and can)

    def chat(
        self, kind: ChatKind, fmt: Format, offer: GroupOffer | None = None
    ) -> GroupChat | LongLivedChat:
        """An established group of alice, bob and carol in which files can be offered.

        Args:
            kind: Of which kind.
            fmt: The format of everything that follows.
            offer: Its parameters; those that the target does not claim are left out.

        Raises:
            NotApplicable: The target does not claim this kind of chat, or the service in it.
            Inconclusive: It could not be established.
        """
        claimed = self.claimed_chat_offer(offer or GroupOffer(services=(self.service,)))
        if kind is ChatKind.LONG_LIVED:
            return self._long_lived.established(claimed, fmt)
        return self._groups.established(claimed, fmt)

    def claimed_chat_offer(self, offer: GroupOffer) -> GroupOffer:
        """The parameters of a chat, as far as the target claims them."""
        claims = self._environment.claims
        return replace(
            offer,
            closed=offer.closed if claims.feature("closed_group_chat") else None,
            services=offer.services if claims.feature("gc_services") else (),
        )

    def nonexistent(self, kind: ChatKind, fmt: Format) -> GroupChat | LongLivedChat:
        """A group chat that does not exist.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
        """
        if kind is ChatKind.LONG_LIVED:
            return self._long_lived.nonexistent(fmt)
        return self._groups.nonexistent(fmt)

    def change(self, group: GroupChat | LongLivedChat, *, without: bool) -> None:
        """Give a group other services, with file transfer or without; wait for notifications.

        Raises:
            Inconclusive: There is no trigger for it, or a user is not notified.
        """
        services = () if without else (self.service,)
        self._triggers.fire("services", group, self._environment.alice, services=services)
        for each in group.everyone:
            require_arrival(chat_waits.services(group, each, services), "UNI-CHT-037.1")

    def require_left_out(self, group: GroupChat, service: str) -> None:
        """Go on only if the services told on the acceptance by bob leave out one.

        Raises:
            Inconclusive: They were not notified, or do not.
        """
        environment = self._environment
        require_arrival(
            chat_waits.accepted(group, environment.alice, environment.bob), "UNI-CHT-004b.1"
        )
        notified = chat_waits.accepted_services(group, environment.alice, environment.bob)
        if any(service in each for each in notified):
            reason = f"the notification of the acceptance lists {service}"
            raise Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-004b.5")

    def accepted_with_service(
        self, kind: ChatKind, fmt: Format, offer: GroupOffer, file: FileOffer
    ) -> list[CheckResult]:
        """What UNI-FLT-001.1 says of a file in a chat with file transfer and nothing else.

        Args:
            kind: The kind of chat.
            fmt: The format of everything.
            offer: The parameters of another chat, of which all but the services are kept.
            file: How the file is offered.

        Raises:
            Inconclusive: There could be no such chat.
        """
        chat = self.chat(kind, fmt, replace(offer, services=(self.service,)))
        environment = self._environment
        offered = self.offer(
            environment.alice, (environment.bob, environment.carol), fmt, file=file, chat=chat
        )
        return [file_transfers.accepted(offered.creation, IN_CHAT, "that names a group chat")]

    def services_shown(self, kind: ChatKind, fmt: Format, offer: GroupOffer) -> list[CheckResult]:
        """What the clauses about the start of a chat say of the services that it is shown with.

        Args:
            kind: The kind of chat.
            fmt: The format of everything.
            offer: Its parameters.

        Raises:
            Inconclusive: There could be no such chat.
        """
        claimed = self.claimed_chat_offer(offer)
        chat: GroupChat | LongLivedChat
        if kind is ChatKind.LONG_LIVED:
            chat = self._long_lived.established(claimed, fmt)
            readers: tuple[Actor, ...] = (chat.originator,)
        else:
            chat = self._groups.invited(claimed, fmt)
            readers = chat.everyone
        return [
            group_creation.services(
                chat.read(each), chat.requested_services, chat.services, chat.occasion
            )
            for each in readers
        ]

    def rejected_without_service(
        self, kind: ChatKind, fmt: Format, offer: GroupOffer
    ) -> list[CheckResult]:
        """What UNI-FLT-001.4 says of a file in a chat that never had the service.

        Args:
            kind: The kind of chat.
            fmt: The format of everything.
            offer: Its parameters.

        Raises:
            Inconclusive: There could be no such chat.
        """
        chat = self.chat(kind, fmt, offer)
        offered = self.offer(self._environment.bob, (self._environment.alice,), fmt, chat=chat)
        services = self.notified_services(chat, self._environment.bob)
        errors = self._environment.binding.errors
        return [transfer_services.as_notified(offered.creation, self.service, services, errors)]

    def notified_services(self, chat: GroupChat | LongLivedChat, who: Actor) -> tuple[str, ...]:
        """The services that a user was notified of when it became part of a chat.

        Raises:
            Inconclusive: It was not notified.
        """
        if isinstance(chat, LongLivedChat):
            return require_arrival(chat.addition(who), "UNI-CHT-032.1").supported_service
        return require_arrival(chat.invitation(who), "UNI-CHT-007b.1").supported_service

    def offer(
        self,
        by: Actor,
        to: tuple[Actor, ...],
        fmt: Format,
        *,
        file: FileOffer = _PLAIN,
        chat: MultiUserChat | None = None,
        supported: bool | None = True,
        correlator: str | None = None,
    ) -> FileTransfer:
        """Offer a file, whatever the response.

        Args:
            by: Who offers it.
            to: Who shall get it; where they are not named, all others in the chat.
            fmt: The format of everything that follows.
            file: How it is offered.
            chat: The group chat that is named, if any.
            supported: Whether the clients of the receivers support the reference to it.
            correlator: Tells the request from others; `None` for none.

        Raises:
            NotApplicable: The target does not claim to take files by value.
            Inconclusive: A user cannot subscribe.
        """
        environment = self._environment
        self._environment.transfer_mailboxes.of(by, fmt)
        for each in to:
            self._environment.transfer_mailboxes.of(each, fmt, supported=supported)
        marker = environment.markers.next()
        content = picture(marker)
        named = file.names_receivers or chat is None
        addresses = (file.spelled,) if file.spelled else tuple(each.address for each in to)
        url = None if chat is None else reference(chat, by)
        request = FileTransferSessionInformation(
            file_information=self._information(content, by_value=file.by_value),
            originator_address=by.address,
            receiver_address=addresses if named else (),
            group_chat_url=_moved(url) if url and file.elsewhere else url,
            client_correlator=correlator,
        )
        return FileTransfer(
            environment=environment,
            fmt=fmt,
            marker=marker,
            originator=by,
            receivers=to,
            chat=chat,
            file=content,
            request=request,
            creation=self._created(by, request, content if file.by_value else None, fmt),
        )

    def offered(
        self,
        by: Actor,
        to: tuple[Actor, ...],
        fmt: Format,
        *,
        file: FileOffer = _PLAIN,
        chat: MultiUserChat | None = None,
        correlator: str | None = None,
    ) -> FileTransfer:
        """Offer a file that all receivers are notified of; parameters as of `offer`.

        Raises:
            Inconclusive: It is rejected, or a user is not notified.
        """
        transfer = self.offer(by, to, fmt, file=file, chat=chat, correlator=correlator)
        transfer.await_invitations()
        return transfer

    def request(self, by: Actor, to: Actor, marker: str) -> FileTransferSessionInformation:
        """What requests a transfer by reference, outside of any chat, of a file with a marker."""
        return FileTransferSessionInformation(
            file_information=self._information(picture(marker), by_value=False),
            originator_address=by.address,
            receiver_address=(to.address,),
        )

    def _information(self, file: Attachment, *, by_value: bool) -> FileInformation:
        return FileInformation(
            file_selector=FileSelector(name=file.name, type=file.media_type, size=len(file.data)),
            file_url=None if by_value else self._environment.mailboxes.serve_file(file),
        )

    def _created(
        self,
        by: Actor,
        request: FileTransferSessionInformation,
        file: Attachment | None,
        fmt: Format,
    ) -> Exchange:
        if file is None:
            return by.send("POST", "ftSessions", request, fmt=fmt)
        self._environment.claims.require_operation("POST ftSessions multipart")
        return by.send("POST", "ftSessions", by.multipart(request, file, fmt), fmt=fmt)


def _moved(url: str) -> str:
    """The URL at a server that does not exist (RFC 6761)."""
    return urlsplit(url)._replace(scheme="https", netloc="chat.invalid").geturl()
