"""What the curator wrote."""
