"""Pure rules of this area: administrative levels, identifiers, reach of a role."""
