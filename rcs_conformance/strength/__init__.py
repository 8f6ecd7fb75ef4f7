"""How strong the suites are: whether they find each fault of the reference server, and where.

`collected_suites` collects the suites once. `runner` then runs them against one fault after the
other, each in a process that `processes` forks; `plans` says which tests, `suite_run` what a run
showed. `matrix` forms that into a matrix of clause by fault, `text` and `document` write it down;
these know nothing of processes.
"""
