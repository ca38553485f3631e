"""The SDK calls that the verbs make, and the interpretation of their responses."""
