"""Auth, connections and errors: from an SDK call to a request and back."""
