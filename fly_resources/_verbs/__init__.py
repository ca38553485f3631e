"""The verbs as flows: plan, ensure, destroy, read and wait; run, exec, logs and rollback."""
