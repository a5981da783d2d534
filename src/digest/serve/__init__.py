"""The preview: pages from memory as they are asked for, and the curator's desk."""
