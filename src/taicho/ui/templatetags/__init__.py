"""Template tags of the ui area: parts (icons, symbols, contracts, assets) and official (dates, hours, figures)."""
