"""`scripts/mutate MODULE...`: whether the tests notice small changes to a module."""
