"""Flows as generators of effects, and the two drivers that run them."""
