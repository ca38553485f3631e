"""Machines: planned, created, updated, waited for, destroyed."""
