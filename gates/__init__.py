"""Checks of the built site by others' tools; `make gates` runs them all."""
