"""The version, here only: `pyproject.toml` reads this file, and importing it costs nothing."""

__version__ = "0.1.0"
