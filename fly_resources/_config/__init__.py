"""Check, compare and merge machine configs."""
