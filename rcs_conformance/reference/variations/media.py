"""Variations in messages, multimedia content and its download."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.reference.calls import Call, RawResponse
from rcs_conformance.reference.edits import retold
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.paths import FILE
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Account, Accounts

MEDIA = Variations()

_Told = MultimediaChatMessageNotification


@MEDIA.add("contacts-sought", "A message to a contact that nobody is fails only afterwards.")
class _ContactsSought(Rules):
    def accepts_unknown_contacts(self) -> bool:
        return True


@MEDIA.add("multimedia-told-without-text", "Multimedia messages are told without their text.")
class _MultimediaToldWithoutText(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(outgoing, _Told, lambda told: replace(told, chat_message=None))


@MEDIA.add("file-urls-relative", "The URL of a file is relative to the server root.")
class _FileUrlsRelative(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(
                outgoing, _Told, lambda told: replace(told, file_url=_path(told.file_url))
            )


def _path(url: str | None) -> str:
    return urlsplit(url or "").path


@MEDIA.add("files-elsewhere", "Files are downloaded from another origin, where no token is known.")
class _FilesElsewhere(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(outgoing, _Told, self._elsewhere)

    @staticmethod
    def _elsewhere(told: _Told) -> _Told:
        return replace(told, file_url=(told.file_url or "").replace("127.0.0.1", "localhost"))

    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if call.resource == FILE and owner and "authorization" not in call.headers:
            return owner
        return super().identify(call, accounts)


@MEDIA.add("files-unlabelled", "Files are downloaded without a Content-Type.")
class _FilesUnlabelled(Rules):
    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        if call.resource != FILE:
            return raw
        kept = tuple(field for field in raw.headers if field[0] != "Content-Type")
        return replace(raw, headers=kept)
