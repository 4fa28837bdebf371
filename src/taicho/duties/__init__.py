"""Duties: what measures ask of people, with owners and clocks, and what became of it."""
