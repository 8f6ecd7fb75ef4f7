"""What the target claims, as far as tests depend on it."""

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.catalogue.ics import claimed_items, supported_verbs
from rcs_conformance.target import Ics


class Claims:
    """The items that follow from a target's claim.

    Args:
        catalogue: Requirements and SCR items.
        ics: The claim.

    Raises:
        ConfigurationError: The claim contradicts itself.
    """

    def __init__(self, catalogue: Catalogue, ics: Ics) -> None:
        self._catalogue = catalogue
        self._ics = ics
        self._items = claimed_items(catalogue, ics.features, ics.items)

    def verbs(self, resource: str) -> frozenset[str]:
        """The verbs that the target must or claims to support on a resource."""
        return frozenset(supported_verbs(self._catalogue, self._items, resource))

    def operations(self) -> tuple[tuple[str, str], ...]:
        """Each item that the target must support or claims, with the operation behind it."""
        items = (self._catalogue.items[item] for item in sorted(self._items))
        return tuple((each.item, str(each.operation)) for each in items if each.operation)

    def feature(self, name: str) -> bool:
        """Whether the target claims a feature."""
        return name in self._ics.features
