"""Races: requests of several users that leave at the same moment, told as a history."""
