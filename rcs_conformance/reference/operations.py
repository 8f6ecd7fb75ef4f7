"""What is done by verb and resource."""

from collections.abc import Mapping

from rcs_conformance.reference import (
    extending,
    files,
    groups,
    long_lived,
    messages,
    one_to_one,
    participants,
    subscriptions,
)
from rcs_conformance.reference.chat import Operation

OPERATIONS: Mapping[str, Operation] = {
    "GET subscriptions": subscriptions.list_all,
    "POST subscriptions": subscriptions.subscribe,
    "GET subscription": subscriptions.read,
    "DELETE subscription": subscriptions.delete,
    "POST oneToOneSessions": one_to_one.start,
    "GET oneToOneSession": one_to_one.read,
    "DELETE oneToOneSession": one_to_one.delete,
    "PUT oneToOneStatus": one_to_one.accept,
    "POST oneToOneExtend": extending.extend,
    "POST oneToOneExtendLongLived": extending.extend_long_lived,
    "POST oneToOneMessages": messages.send,
    "GET oneToOneMessageStatus": messages.read_status,
    "PUT oneToOneMessageStatus": messages.report_status,
    "POST groups": groups.start,
    "GET group": groups.read,
    "DELETE group": groups.delete,
    "GET participants": participants.list_all,
    "POST participants": participants.add,
    "GET participant": participants.read,
    "DELETE participant": participants.remove,
    "PUT participantStatus": participants.set_status,
    "POST groupMessages": messages.send,
    "GET groupMessageStatus": messages.read_status,
    "PUT groupMessageStatus": messages.report_status,
    "GET longLivedGroups": long_lived.list_all,
    "POST longLivedGroups": long_lived.start,
    "GET longLivedGroup": long_lived.read,
    "GET longLivedParticipants": participants.list_all,
    "POST longLivedParticipants": participants.add,
    "GET longLivedParticipant": participants.read,
    "DELETE longLivedParticipant": participants.remove,
    "PUT longLivedParticipantStatus": participants.set_status,
    "POST longLivedMessages": messages.send,
    "GET longLivedMessageStatus": messages.read_status,
    "PUT longLivedMessageStatus": messages.report_status,
    "GET file": files.download,
}
"""By verb and resource: every verb of `paths.SERVED`, and the files of multimedia messages."""
