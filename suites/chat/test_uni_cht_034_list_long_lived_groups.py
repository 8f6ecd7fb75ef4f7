"""UNI-CHT-034: list the long-lived group chats of a user.

Long-lived groups are never removed, so the lists grow. These tests use the last user, who is in
fewer groups than the others.
"""

from functools import partial

import pytest
from hypothesis import given

from rcs_conformance.checks import group_list, long_lived_groups
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.strategies import subject_offers, with_subject_corners


@pytest.mark.requirement("UNI-CHT-034.1")
def test_list_holds_every_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The list holds the id of every group that the application created for the user.

    Stimulus: two groups, then GET of their creator's list.
    """
    groups = [
        bed.long_lived.started(GroupOffer(), fmt, by=bed.last, invite=(bed.bob,)) for _ in range(2)
    ]

    listed = groups[0].list_of(bed.last)

    template = bed.path("longLivedGroup")
    verify(*(group_list.holds(listed, each.chat_id(bed.last), template) for each in groups))


@pytest.mark.requirement("UNI-CHT-034.2")
@with_subject_corners
@given(offer=subject_offers())
def test_list_holds_the_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The list holds the subject of each group unchanged.

    Stimulus: a group with a subject of any characters that fit on a line, then GET of the list.
    """
    group = bed.long_lived.started(offer, fmt, by=bed.last, invite=(bed.bob,))
    read = group.read(bed.last)
    subject = partial(long_lived_groups.subject, read, expected=group.subject or "")
    bed.require_met(subject(group.additions_beside(subject(()))))

    listed = group.list_of(bed.last)

    verify(group_list.subject(listed, group.chat_id(bed.last), group.subject or ""))


@pytest.mark.requirement("UNI-CHT-034.3")
def test_groups_of_others_may_be_left_out(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group of another application is not listed, or is listed and found.

    Stimulus: a group, then GET of the list of a member that did not create it.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, by=bed.alice, invite=(bed.last,))

    listed = group.list_of(bed.last)

    read = group.read(bed.last)
    verify(group_list.of_others(listed, group.chat_id(bed.last), group.subject, read))
