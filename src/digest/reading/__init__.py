"""An article, read as a curator would."""
