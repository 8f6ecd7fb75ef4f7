"""What the small suites of the plugin's tests begin with, and the smallest of them."""

PREAMBLE = '''
"""A small suite."""
import pytest
from hypothesis import assume, given, strategies as st
from rcs_conformance.checks.judging import Place
from rcs_conformance.errors import *
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.judgement import ConformanceFailure

declares = pytest.mark.requirement

def found(clause, holds=True, rule="rule"):
    place = Place("GET group")
    return place.require(clause, rule, holds=holds, expected="so", actual="otherwise")
'''

ONE = '''
@declares("UNI-CHT-002b.1")
def test_one(verify):
    """One test that needs no target."""
    verify(found("UNI-CHT-002b.1"))
'''
"""A test that needs no target."""
