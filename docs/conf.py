"""How the documentation is built."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

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


def setup(app: Sphinx) -> None:
    """Makes the pages of the reference that say what the code says."""
    from made import write

    app.connect("builder-inited", lambda _: write(Path(app.srcdir) / "reference" / "made"))
