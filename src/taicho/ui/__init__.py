"""Components, tables, forms, print sheets, tokens and the shell around every page."""
