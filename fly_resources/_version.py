"""The version, defined only here: `pyproject.toml` reads this file, and importing it is cheap."""

__version__ = "0.1.0"
