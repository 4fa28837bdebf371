"""Pages across areas, by person."""
