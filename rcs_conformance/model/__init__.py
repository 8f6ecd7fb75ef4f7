"""Frozen records that every other room speaks of: structures, exchanges, results, names."""
