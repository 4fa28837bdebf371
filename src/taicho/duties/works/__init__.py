"""Kinds of duties of this area, one a file."""
