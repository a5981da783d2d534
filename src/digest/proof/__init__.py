"""What is true of the record."""
