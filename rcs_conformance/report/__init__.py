"""Reports of a finished run. They tell what `verdict` found and add nothing to it."""
