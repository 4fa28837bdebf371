"""Directives: what an official document says, and the measures it puts in force."""
