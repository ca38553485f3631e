"""What the simulator models, and how far it answers as the service was recorded to."""
