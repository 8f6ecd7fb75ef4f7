"""The test bed: the environment of a run, and the preambles that start chats of each kind in it."""

from typing import ClassVar

from rcs_conformance.binding import Authentication, Binding
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.environment import Environment, TestBedSettings
from rcs_conformance.scenario.preambles.groups import GroupPreamble
from rcs_conformance.scenario.preambles.long_lived import LongLivedPreamble
from rcs_conformance.scenario.preambles.sessions import AdhocPreamble, SessionPreamble
from rcs_conformance.scenario.preambles.transfers import TransferPreamble
from rcs_conformance.scenario.preambles.triggers import Triggers
from rcs_conformance.scenario.setup import preconditions
from rcs_conformance.scenario.setup.terms import TERMS
from rcs_conformance.target import Target


class TestBed(Environment):
    """Where tests act: an environment, with chats of each kind to start from.

    Args:
        target: The implementation under test.
        binding: Its resources and the spelling of its bodies.
        log: The evidence of the current example.
        settings: What the run gives.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """

    __test__: ClassVar[bool] = False

    require = staticmethod(preconditions.require_arrival)
    require_success = staticmethod(preconditions.require_success)
    require_met = staticmethod(preconditions.require_met)
    owned = staticmethod(preconditions.owned)

    def __init__(
        self, target: Target, binding: Binding, log: EvidenceLog, settings: TestBedSettings
    ) -> None:
        super().__init__(target, binding, log, settings)
        self.triggers = Triggers(target, settings.aside)
        self.sessions = SessionPreamble(self)
        self.adhoc = AdhocPreamble(self)
        self.groups = GroupPreamble(self, self.sessions)
        self.long_lived = LongLivedPreamble(self, self.sessions)
        self.transfers = TransferPreamble(self, self.groups, self.long_lived, self.triggers)

    def token_without_scope(self, who: Actor) -> str:
        """The access token of a user that lacks the scope of the API.

        Raises:
            NotApplicable: Users authenticate by password, which knows no scopes.
            Inconclusive: The target file gives none.
        """
        token = who.user.token_without_scope
        by_token = self.binding.authentication is Authentication.BEARER
        if not by_token or who.user.username is not None:
            raise NotApplicable("users authenticate by password, which has no scopes")
        if token is None:
            reason = f"[[users]] {who.address} has no token_without_scope"
            raise Inconclusive(Cause.CONFIGURATION, reason)
        return token.reveal()

    def established_chat(self, kind: ChatKind, fmt: Format, *, composing: bool = False) -> Chat:
        """An established chat of a kind: of alice and bob, and of carol where it takes several.

        Args:
            kind: The kind.
            fmt: The format of everything that follows.
            composing: Whether it is for composing indications, which are an item of their own.

        Raises:
            NotApplicable: The target does not claim this kind of chat, or what it is for.
            Inconclusive: It could not be established.
        """
        self.claims.require(kind)
        if composing:
            self.claims.require_operation(f"POST {TERMS[kind].messages} isComposing")
        match kind:
            case ChatKind.ADHOC:
                return self.adhoc.between(fmt)
            case ChatKind.ONE_TO_ONE:
                return self.sessions.established(SessionOffer(), fmt)
            case ChatKind.GROUP:
                return self.groups.established(GroupOffer(), fmt)
            case ChatKind.LONG_LIVED:
                return self.long_lived.established(GroupOffer(), fmt)

    def established_group(
        self, kind: ChatKind, offer: GroupOffer, fmt: Format, invite: tuple[Actor, ...]
    ) -> GroupChat | LongLivedChat:
        """An established group of either kind, with parameters and users of its own.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
            Inconclusive: It could not be established.
        """
        if kind is ChatKind.LONG_LIVED:
            return self.long_lived.established(offer, fmt, invite=invite)
        return self.groups.established(offer, fmt, invite=invite)

    def any_established_chat(self, fmt: Format) -> Chat:
        """An established chat of whichever kind the target claims, for what all kinds share.

        Raises:
            Inconclusive: It could not be established.
        """
        return self.established_chat(self.claims.some_kind(), fmt)

    def nonexistent(self, kind: ChatKind, fmt: Format) -> Chat:
        """A chat of a kind that does not exist, for requests about it.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
        """
        match kind:
            case ChatKind.ADHOC:
                return self.adhoc.nonexistent(fmt)
            case ChatKind.ONE_TO_ONE:
                return self.sessions.nonexistent(fmt)
            case ChatKind.GROUP:
                return self.groups.nonexistent(fmt)
            case ChatKind.LONG_LIVED:
                return self.long_lived.nonexistent(fmt)
