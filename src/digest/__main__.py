"""``python -m digest`` is the command ``digest``."""

from digest.cli import digest

digest(prog_name="digest")
