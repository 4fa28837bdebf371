"""Rules of health: pure functions over values and the pack."""
