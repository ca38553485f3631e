"""Shared parts of the transports: operations, bodies, deadlines, masking."""
