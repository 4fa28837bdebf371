"""Example hierarchies for drills, as data."""
