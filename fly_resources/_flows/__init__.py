"""How each noun is read, compared and changed: pure generators, no I/O."""
