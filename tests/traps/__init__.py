"""The 53 traps in the five articles: each has a test that names it."""
