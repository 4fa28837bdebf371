"""Pages of accounts, and what allauth is told about ours."""
