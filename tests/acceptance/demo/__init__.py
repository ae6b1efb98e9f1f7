"""The demo company, published once: everything its mart says adds up and can be recomputed."""
