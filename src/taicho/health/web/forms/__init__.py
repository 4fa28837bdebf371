"""Forms of health."""
