"""A claim-tracking news digest: quotations proven verbatim, built into a static site."""

__version__ = "0.1.0"
