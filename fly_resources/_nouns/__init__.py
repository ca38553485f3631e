"""The state read from the service, and the planning and applying of each kind of resource."""
