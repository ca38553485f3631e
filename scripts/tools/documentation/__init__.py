"""What the pages in `docs/` say by program: code blocks that run, their printed words, generated tables."""
