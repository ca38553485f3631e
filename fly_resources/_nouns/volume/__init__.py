"""Volumes: matched, planned, applied."""
