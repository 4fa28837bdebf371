"""Pure rules of the gate: no database, no clock, no HTTP."""
