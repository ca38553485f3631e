"""Sphinx: `scripts/docs` builds these pages, without a network and with every warning an error."""

# ruff: noqa: INP001 - a file of settings, in no package

import sys
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "generated_client")]

from fly_resources import __version__  # noqa: E402 - found through the path above

project = "fly-resources"
author = "the authors of fly-resources"
version = release = __version__
html_title = f"fly-resources {__version__}"
html_theme = "furo"
html_copy_source = False
html_show_copyright = False

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

# One backtick in a docstring is code, as in Markdown.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True

# Every reference to our own public names has to lead somewhere. Those to other libraries would need their
# inventories from the network; type variables, aliases and what stands in a signature only have no page.
nitpick_ignore_regex = [
    ("py:.*", r"(?!fly_resources\b).*"),
    ("py:.*", r"fly_resources\.(?:[a-z_]+\.)*(?:_.*|T|T_co|ModelT|ModelT_co)"),
]


def _readable_defaults(
    _app: object,
    _what: object,
    _name: object,
    _value: object,
    _options: object,
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None]:
    """Write `...` for a default that attrs makes anew for each object."""
    return (signature and signature.replace("= NOTHING", "= ...").replace("=NOTHING", "=..."), returns)


def setup(app: Sphinx) -> None:
    """Hook into Sphinx."""
    app.connect("autodoc-process-signature", _readable_defaults)
