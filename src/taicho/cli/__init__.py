"""The command `taicho`: everything an installation needs done from a terminal."""
