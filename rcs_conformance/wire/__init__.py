"""Wire forms: bytes to structures and back, without any input or output of its own."""

from rcs_conformance.wire.codec import Codec, Document
from rcs_conformance.wire.structure import ROOTS, Root, root_of

__all__ = ["ROOTS", "Codec", "Document", "Root", "root_of"]
