"""Pure rules of duties."""
