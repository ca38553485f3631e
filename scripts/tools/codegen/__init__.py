"""From upstream's API document to the typed SDK.

In order: facts, corrections, names, enums, errors, prose; that is the document. Then view and generator.
"""
