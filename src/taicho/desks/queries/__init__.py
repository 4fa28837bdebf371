"""Questions the desks ask across areas."""
