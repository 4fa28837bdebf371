"""Accounts, credentials, second factor, devices, security log, timed administrator rights."""
