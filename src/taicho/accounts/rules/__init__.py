"""Pure rules of accounts: names, codes, passwords, waiting times, sessions. No database, clock or HTTP."""
