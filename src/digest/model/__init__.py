"""What an article, a speaker, a claim and a printing are. Frozen records; no rules, no I/O."""
