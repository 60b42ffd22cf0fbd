"""A question into a typed plan, an exact result and a cited answer."""
