"""An actor: one of the target's users, as seen from outside.

It sends what it is told to and hands back what was exchanged. Whether an answer is right is not
its business.
"""

import secrets
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass

from rcs_conformance.binding import Additions, Binding
from rcs_conformance.driver import download, multipart
from rcs_conformance.driver.created_url import with_created_url
from rcs_conformance.driver.credentials import CredentialStore, PresentedCredentials
from rcs_conformance.driver.ledger import Ledger
from rcs_conformance.driver.long_poll import LongPoll
from rcs_conformance.driver.negotiation import Negotiation, wanting
from rcs_conformance.driver.participant_ids import PARTICIPANT_ID, ParticipantIds
from rcs_conformance.driver.rate_limit import RateLimit
from rcs_conformance.driver.recorded_transport import RecordedTransport
from rcs_conformance.driver.transport import Transport
from rcs_conformance.driver.web_socket import WebSocket
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.exchange import Exchange, Headers, Request
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, TEXT_XML, Format
from rcs_conformance.model.media import Attachment
from rcs_conformance.record import Journal
from rcs_conformance.target import Target, User
from rcs_conformance.wire import Codec, root_of

_USERS = frozenset({"userId", "otherUserId", PARTICIPANT_ID})
"""The variables of paths that stand for users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A request body as bytes, for what no structure can say: invalid requests, other media types.

    Attributes:
        data: Its bytes.
        media_type: Its `Content-Type`; empty where it has none.
        root: Name of the root of the structure that it holds beside other things, if any.
        mutation: What is wrong with it, as a phrase; empty where nothing is.
    """

    data: bytes
    media_type: str
    root: str = ""
    mutation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How a request is sent: the parameters of `Actor.send` with the same names."""

    fmt: Format
    negotiation: Negotiation | None
    credentials: "Actor | str | None"
    at: str | None


class Actor:
    """A user of the target with a keep-alive session of its own.

    Args:
        target: The implementation under test.
        user: Whose requests these are.
        binding: How they are spelt.
        log: Where every exchange is recorded.
        rate_limit: The rate that the actors of a process keep to together.
        credential_store: What the users authenticate with, whose tokens these actors share.
        ledger: Where what its requests make is noted; `None`: nowhere.
    """

    def __init__(
        self,
        target: Target,
        user: User,
        binding: Binding,
        log: EvidenceLog,
        rate_limit: RateLimit | None = None,
        credential_store: CredentialStore | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._ledger = ledger
        self._rate_limit = rate_limit or RateLimit()
        self.user = user
        self.binding = binding
        self.codec = Codec.of(binding.requests, binding.parts, target.aliases)
        self._ids = {each.address: each.id for each in target.users if each.id}
        self._participant_ids = ParticipantIds(binding, self._ids)
        self._target = target
        self._log = log
        self._connection = log.journal.connection()
        self._recorded = RecordedTransport(
            self.codec,
            Codec.of(binding.responses, binding.parts, target.aliases),
            log,
            self._rate_limit,
        )
        self._transport = Transport(
            target.server_root,
            deadline=target.limits.deadline,
            max_bytes=target.limits.max_body_bytes,
            tls=target.tls,
        )
        self._credentials = (credential_store or CredentialStore(target, binding, log)).of(user)

    @property
    def address(self) -> str:
        """The address of this user, by which it is known throughout."""
        return self.user.address

    @property
    def journal(self) -> Journal:
        """What this user's tests learn beside the responses passes through it."""
        return self._log.journal

    def url(self, resource: str, **variables: str) -> str:
        """The URL of a resource as this user sees it; users are named in it by their ids."""
        named = {"userId": self.address, **variables}
        for name in _USERS & named.keys():
            named[name] = self._ids.get(named[name], named[name])
        return self.binding.url(
            self._target.server_root,
            resource,
            api_version=self._target.api_version or None,
            **named,
        )

    def send(
        self,
        method: str,
        resource: str,
        content: object | None = None,
        *,
        fmt: Format,
        negotiation: Negotiation | None = None,
        credentials: "Actor | str | None" = None,
        ids: Mapping[str, str] | None = None,
        at: str | None = None,
    ) -> Exchange:
        """Send a request and record the exchange.

        Args:
            method: The HTTP method.
            resource: Key of the resource.
            content: A structure, sent in `fmt`; or a `Body`, sent as it is; or nothing.
            fmt: Of the request body, and of the answer unless `negotiation` says otherwise.
            negotiation: How the format of the answer is asked for.
            credentials: Somebody else whose credentials are sent, or a secret as text that nobody
                has, in the way in which this user authenticates; `""` sends none.
            ids: Variables of the resource's path; `userId` is this user unless given. A participant
                is named by its address; a target that shows another id is sent that.
            at: The URL where the target tells it, as `located` has it.

        Raises:
            TargetError: There was no answer that can be judged; what was tried is recorded.
            Inconclusive: Somebody else has the same credentials.
            ConfigurationError: No access token is to be had.
        """
        how = _How(fmt=fmt, negotiation=negotiation, credentials=credentials, at=at)
        named = ids or {}
        if at is not None or PARTICIPANT_ID not in named:
            return self._sent(method, resource, content, named, how)
        return self._participant_ids.sent(
            resource,
            named,
            send=lambda ids: self._sent(method, resource, content, ids, how),
            read=lambda listing, ids: self.send("GET", listing, fmt=fmt, ids=ids),
        )

    def _sent(
        self,
        method: str,
        resource: str,
        content: object | None,
        ids: Mapping[str, str],
        how: _How,
    ) -> Exchange:
        """Send a request with exactly these variables, and record the exchange."""
        asked = how.negotiation or wanting(how.fmt)
        body = self._body(content, how.fmt)
        headers = dict(self.binding.headers)
        if body is not None and body.media_type:
            headers["Content-Type"] = body.media_type
        if asked.accept is not None:
            headers["Accept"] = asked.accept
        query = f"?resFormat={asked.res_format}" if asked.res_format else ""
        request = Request(
            user=self.address,
            resource=resource,
            method=method,
            url=(how.at or self.url(resource, **ids)) + query,
            headers=_recorded(headers),
            body=b"" if body is None else body.data,
            format=asked.expected,
            root="" if body is None else body.root,
            mutation="" if body is None else body.mutation,
        )

        def sent() -> Exchange:
            presented = self._presented(how.credentials)
            return self._recorded.exchange(request, headers, self._transport, presented)

        if method == "GET":
            return self._exchanged(request, sent)
        if self._ledger is None:
            return self._located(self._exchanged(request, sent), how.fmt)
        with self._ledger.expecting():
            exchange = self._located(self._exchanged(request, sent), how.fmt)
            self._ledger.note(exchange, content, self.binding)
        return exchange

    def located(self, url: str | None) -> str | None:
        """The absolute form of a URL that the target told; `None` where it is none of its own."""
        try:
            found = download.absolute_url(url or "", self._target.server_root)
        except TargetError:
            return None
        return found if url and download.is_own(found, self._target) else None

    def download(self, url: str, fmt: Format) -> Exchange:
        """Fetch content that the target points to, in one attempt, and record the exchange.

        This user's credentials go along only where the URL is of the target's own origin. The
        content is not read as a structure, whatever its type.

        Args:
            url: As the target told it: absolute, or relative to the server root.
            fmt: Of the notification that told it.

        Raises:
            TargetError: There was no answer that can be judged, or the URL is none.
            ConfigurationError: No access token is to be had.
        """
        located = download.absolute_url(url, self._target.server_root)
        headers = {"Accept": "*/*"}
        request = Request(
            user=self.address,
            resource=download.RESOURCE,
            method="GET",
            url=located,
            headers=_recorded(headers),
            body=b"",
            format=fmt,
        )

        def sent() -> Exchange:
            presented = self._presented_at(located)
            with closing(download.transport_to(located, self._target)) as transport:
                return self._recorded.exchange(request, headers, transport, presented)

        return self._exchanged(request, sent)

    def authorization(self, method: str, url: str) -> str:
        """The `Authorization` field for a request that is none of the API's.

        Args:
            method: Of the request.
            url: Of the request; for another origin than the target's it is empty.

        Raises:
            ConfigurationError: No access token is to be had.
        """
        presented = self._presented_at(url)
        return presented.header(method, url) if presented else ""

    def long_poll(self, url: str, fmt: Format) -> LongPoll:
        """The polls of a notification channel of this user.

        Args:
            url: As the target told it.
            fmt: Of the lists of notifications.

        Raises:
            TargetError: The URL is none.
        """
        return LongPoll(
            self.address,
            self._credentials,
            self._target,
            url,
            fmt,
            self._log,
            self._rate_limit,
            self.binding.requests.names,
        )

    def web_socket(self, url: str) -> WebSocket:
        """The WebSocket of a notification channel of this user, not open yet.

        Args:
            url: As the target told it.

        Raises:
            TargetError: The URL is none.
        """
        return WebSocket(self._credentials, self._target, url, self.binding.delivery, self._log)

    def form(self, content: object) -> Body:
        """A structure as form fields."""
        return Body(data=self.codec.encode_form(content), media_type=FORM_MEDIA_TYPE)

    def text_xml(self, content: object) -> Body:
        """A structure as text/xml, with 1 and 0 for booleans, which is as valid (section 5)."""
        data = self.codec.encode(content, Format.XML)
        data = data.replace(b">true<", b">1<").replace(b">false<", b">0<")
        return Body(data=data, media_type=TEXT_XML, root=root_of(content).name)

    def multipart(self, content: object, attachment: Attachment, fmt: Format) -> Body:
        """A structure in a format, and content of other media beside it."""
        structure = self.codec.encode(content, fmt)
        data, media_type = multipart.encoded(
            structure,
            fmt.media_type,
            attachment,
            self.codec.parts,
            boundary=self._log.journal.observed("boundary", lambda: secrets.token_hex(16)),
        )
        return Body(data=data, media_type=media_type, root=root_of(content).name)

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    def _exchanged(self, request: Request, sent: Callable[[], Exchange]) -> Exchange:
        read, add = self._recorded.read_again, self._log.add
        return self._log.journal.exchanged(request, sent, read, add, self._connection)

    def _located(self, exchange: Exchange, fmt: Format) -> Exchange:
        return with_created_url(
            exchange,
            self.binding,
            lambda resource, ids: self.send("GET", resource, fmt=fmt, ids=ids),
        )

    def _body(self, content: object | None, fmt: Format) -> Body | None:
        if content is None or isinstance(content, Body):
            return content
        if isinstance(content, ParticipantList) and self.binding.additions is Additions.SINGLE:
            (content,) = content.participant  # the dialect has no lists to add users by
        data = self.codec.encode(content, fmt)
        return Body(data=data, media_type=fmt.media_type, root=root_of(content).name)

    def _presented(self, credentials: "Actor | str | None" = None) -> PresentedCredentials | None:
        """What a request is authenticated with."""
        own = self._credentials
        if credentials == "":
            return None
        if isinstance(credentials, str):
            return PresentedCredentials(credentials=own, value=own.of(credentials), is_valid=False)
        who = credentials or self
        theirs = who._credentials
        if who.address != self.address and theirs.identity == own.identity:
            reason = f"{who.address} and {self.address} have the same credentials"
            raise Inconclusive(Cause.CONFIGURATION, f"{reason}: give each user its own")
        value = theirs.value()
        self._log.learn(value, value.rstrip("="))  # the store may have told only another log
        return PresentedCredentials(credentials=theirs, value=value)

    def _presented_at(self, url: str) -> PresentedCredentials | None:
        """The same for any URL: nothing, but where it is of the target's own origin."""
        return self._presented() if download.is_own(url, self._target) else None


def _recorded(headers: Mapping[str, str]) -> Headers:
    return tuple((name.lower(), text) for name, text in headers.items())
