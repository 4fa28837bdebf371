"""Pages of this area, one module a noun."""
