"""Verbs of accounts: each one transaction, one record, one audit row."""
