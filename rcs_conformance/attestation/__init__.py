"""Why others may believe a run: its record verified, its result signed, both in a certificate."""
