"""What the target claims, as far as tests depend on it."""

from collections.abc import Mapping

from rcs_conformance.catalogue import Catalogue, Operation
from rcs_conformance.catalogue.ics import claimed_items, later_than, supported_verbs
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.setup.terms import TERMS
from rcs_conformance.target import Ics


class Claims:
    """The items that follow from a target's claim.

    Args:
        catalogue: Requirements and SCR items.
        ics: The claim; of it counts what the release has that the target is tested for.

    Raises:
        ConfigurationError: The claim contradicts itself.
    """

    def __init__(self, catalogue: Catalogue, ics: Ics) -> None:
        self._catalogue = catalogue
        self._ics = ics
        self._items = claimed_items(
            catalogue, ics.features, ics.items, ics.release, not_supported=ics.not_supported
        )
        self._features = ics.features - catalogue.later_features(ics.release)
        claimed = (catalogue.items[item] for item in sorted(self._items))
        self._operations = tuple(
            (each.item, str(each.operation)) for each in claimed if each.operation
        )

    def verbs(self, resource: str) -> frozenset[str]:
        """The verbs that the target must or claims to support on a resource."""
        return frozenset(supported_verbs(self._catalogue, self._items, resource))

    def operations(self) -> tuple[tuple[str, str], ...]:
        """Each item that the target must support or claims, with the operation behind it."""
        return self._operations

    def unclaimed(self) -> Mapping[str, Operation]:
        """Each item that the target neither must support nor claims, with its operation."""
        return {
            each.item: each.operation
            for each in self._catalogue.items.values()
            if each.operation
            and each.item not in self._items
            and not later_than(each.since, self._ics.release)
        }

    def item(self, name: str) -> bool:
        return name in self._items

    def items(self, operation: str) -> tuple[str, ...]:
        """The items behind an operation that the target must support or claims."""
        return tuple(item for item, claimed in self._operations if claimed == operation)

    def operation(self, name: str) -> bool:
        """Whether the target must or claims to support an operation: `POST groups form`."""
        return any(name == claimed for _, claimed in self._operations)

    def require_format(self, fmt: Format) -> None:
        """Go on only if the target claims a format.

        Raises:
            NotApplicable: It does not.
        """
        if fmt not in self._ics.formats:
            raise NotApplicable(f"the target does not claim {fmt.name}")

    def other_format(self, fmt: Format) -> Format:
        """The other format where the target claims it; else the same again."""
        return fmt.other if fmt.other in self._ics.formats else fmt

    def require_operation(self, name: str) -> None:
        """Go on only if the target must or claims to support an operation: `POST oneToOneExtend`.

        Raises:
            NotApplicable: It does not.
        """
        if not self.operation(name):
            raise NotApplicable(f"the target does not claim {name}")

    def feature(self, name: str) -> bool:
        """Whether the target claims a feature that its release of RCS has."""
        return name in self._features

    def require_feature(self, name: str) -> None:
        """Go on only if the target claims a feature.

        Raises:
            NotApplicable: It does not.
        """
        if not self.feature(name):
            raise NotApplicable(f"the target does not claim the feature {name}")

    def kind(self, kind: ChatKind) -> bool:
        return TERMS[kind].item in self._items

    def some_kind(self) -> ChatKind:
        """A kind of chat that the target claims, group chat before the others.

        Raises:
            NotApplicable: It claims none.
        """
        order = (ChatKind.GROUP, ChatKind.ONE_TO_ONE, ChatKind.LONG_LIVED, ChatKind.ADHOC)
        for kind in order:
            if self.kind(kind):
                return kind
        raise NotApplicable("the target claims no kind of chat")

    def some_group(self) -> ChatKind:
        """A kind of group that the target claims, group chat before long-lived ones.

        Raises:
            NotApplicable: It claims none.
        """
        for kind in (ChatKind.GROUP, ChatKind.LONG_LIVED):
            if self.kind(kind):
                return kind
        raise NotApplicable("the target claims no group chat")

    def require(self, kind: ChatKind) -> None:
        """Go on only if the target claims a kind of chat.

        Raises:
            NotApplicable: It does not.
        """
        if not self.kind(kind):
            item = self._catalogue.items[TERMS[kind].item]
            late = later_than(item.since, self._ics.release)
            raise NotApplicable(late or f"the target does not claim {item.item}")
