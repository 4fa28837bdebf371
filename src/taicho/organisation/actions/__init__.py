"""Verbs of this area: each writes its records, one audit row and the news, in one transaction."""
