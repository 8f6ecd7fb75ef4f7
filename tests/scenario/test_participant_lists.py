"""Lists of participants that leave out the user they are for are completed by other readings."""

from dataclasses import replace

from rcs_conformance.binding import ParticipantLists
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from tests.scenario.conftest import OpenBed, OpenServer

READ_ALONE = "REST-CHAT-GRP-INDPART-S-002-O"


def test_reader_is_read_alone_or_by_others(open_server: OpenServer, open_bed: OpenBed) -> None:
    """By itself where the target claims that; otherwise in the list of another participant."""
    root = open_server()
    whole = open_bed(root)
    ics = replace(whole.target.ics, items=whole.target.ics.items - {READ_ALONE})
    for bed in (whole, open_bed(root, ics=ics)):
        group = bed.groups.established(GroupOffer(), Format.JSON)
        for actor in bed.actors:
            actor.binding = replace(actor.binding, participant_lists=ParticipantLists.OTHERS)
        shown = group.read(bed.bob)
        whole_group = shown.answer.content
        assert isinstance(whole_group, GroupChatSessionInformation)
        others = tuple(each for each in whole_group.participant if each.address != bed.bob.address)
        content = replace(whole_group, participant=others)
        left_out = replace(shown, answer=replace(shown.answer, content=content))

        completed = getattr(group.completed(bed.bob, left_out).answer.content, "participant", ())

        own = [each for each in completed if each.address == bed.bob.address]
        assert [each.status for each in own] == [ParticipantStatus.CONNECTED]
        assert len(completed) == len(others) + 1
        assert group.named_to(bed.bob, bed.alice, bed.bob) == [bed.alice.address]
