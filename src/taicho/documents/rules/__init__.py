"""Pure rules of the area: no database, no clock, no HTTP."""
