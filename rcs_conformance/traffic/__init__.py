"""Traffic that the suites did not make: read from a HAR file or a record, written, and judged.

`entries` are what was on the wire, whoever put it there. `attribution` finds out which resource,
user and subscription each of them is about, from the binding and from the traffic itself, and puts
that down as `attributed` has it; `judging` has every check look at it that needs no arrangement.
"""
