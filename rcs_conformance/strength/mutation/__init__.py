"""Mutations of the reference server's own code: would the suites notice each of them?

Faults are written by those who write the checks. A mutation is made by a table, at every place
where it fits, so that it also meets what nobody thought of.
"""
