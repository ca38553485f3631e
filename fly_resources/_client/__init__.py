"""The parts of `Fly` and `AsyncFly`."""
