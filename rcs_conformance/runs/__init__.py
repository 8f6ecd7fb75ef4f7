"""Several runs together: what differs between two, what many show, one run of its parts."""
