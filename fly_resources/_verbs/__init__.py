"""The verbs plan, ensure and destroy: the step graph, pruning, and the resources that an app contains."""
