"""Sphinx: `scripts/docs` builds these pages, without a network and with every warning an error."""

# ruff: noqa: INP001 - a file of settings, in no package

import os
import subprocess
import sys
import tomllib
from html import escape
from pathlib import Path

from docutils import nodes
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
html_extra_path = ["images/share.png"]
html_baseurl = os.environ.get("DOCS_URL", "")  # where the site is published; pictures for sharing need it

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True
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


def _repository() -> str | None:
    """Return the address of the repository, of the workflow or of the clone; None if it has none."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        return f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}"
    asked = subprocess.run(
        ["git", "remote", "get-url", "origin"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    address = asked.stdout.strip().removesuffix(".git")
    return address if address.startswith("https://") and "@" not in address else None


if (repository := _repository()) is not None:
    html_theme_options = {
        "source_edit_link": f"{repository}/edit/main/docs/{{filename}}",
        "source_view_link": f"{repository}/blob/main/docs/{{filename}}?plain=true",
        "footer_icons": [
            {"name": "Repository", "url": repository, "html": "Repository", "class": ""},
            {"name": "Issues", "url": f"{repository}/issues", "html": "Issues", "class": ""},
        ],
    }

#: What people search for on each page.
SEARCHED = tomllib.loads((Path(__file__).parent / "search.toml").read_text(encoding="utf-8"))


def _index_words(_app: object, page: str, source: list[str]) -> None:
    """Enter what people search for, below the heading of the page."""
    if words := SEARCHED.get(page):
        heading, rest = source[0].split("\n", 1)
        entries = "\n".join(f"! single: {word}" for word in words)
        source[0] = f"{heading}\n\n```{{eval-rst}}\n.. index::\n{_indented(entries)}\n```\n{rest}"


def _indented(lines: str) -> str:
    return "\n".join(f"   {line}" for line in lines.splitlines())


def _describe(
    _app: object, page: str, _template: object, context: dict[str, object], tree: nodes.document | None
) -> None:
    """Give the page a description, its first paragraph, and what sites show that link to it."""
    paragraph = next(iter(tree.findall(nodes.paragraph)), None) if tree is not None else None
    words = " ".join(paragraph.astext().split()) if paragraph is not None else html_title
    title = f"{context.get('title') or project} - {project}" if page != "index" else project
    shown = {
        "og:type": "website",
        "og:title": title,
        "og:description": words,
        "og:image": f"{html_baseurl}share.png",
    }
    rows = [f'<meta name="description" content="{escape(words)}">']
    rows += [f'<meta property="{name}" content="{escape(content)}">' for name, content in shown.items()]
    rows.append('<meta name="twitter:card" content="summary_large_image">')
    context["metatags"] = "\n".join([str(context.get("metatags", "")), *rows])


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
    app.connect("source-read", _index_words)
    app.connect("html-page-context", _describe)
    app.connect("autodoc-process-signature", _readable_defaults)
