"""Names the plugin of the suites and the fixture modules, nothing else."""

pytest_plugins = ["rcs_conformance.plugin", "rcs_conformance.kit.fixtures.bed"]
