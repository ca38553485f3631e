"""Checks of arguments. An invalid one is a ConfigurationError that names it."""
