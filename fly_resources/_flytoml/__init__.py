"""Read fly.toml as flyctl does: the parts behind `fly_resources.flytoml`.

Facts about flyctl have ids such as FT-12; docs/flytoml.md lists them with the tests that show them.
"""
