"""Widgets for several screens; none of them knows the store, the rules or the documents."""
