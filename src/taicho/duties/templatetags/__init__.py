"""Template words of this area."""
