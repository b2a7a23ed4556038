"""How the documentation is built."""

from importlib.metadata import version as installed

project = "ccsi-kit"
author = "the ccsi-kit contributors"
version = release = installed("ccsi-kit")

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"ccsi-kit {release}"
html_show_sourcelink = False
html_copy_source = False
