"""How strong the suites are: whether they find each fault of the reference server, and where.

`runner` runs the suites against one fault after the other, each in a process that `processes`
forks and `observing` fills; `sampling` says which tests. `matrix` forms what they showed into a
matrix of clause by fault, `text` and `document` write it down; these know nothing of processes.
"""
