"""Settings, routes and entry points of one Tại Chỗ installation."""
