"""Tại Chỗ: epidemic prevention and response in a hierarchy of public offices."""
