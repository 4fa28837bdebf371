"""Names of the kinds of measures of this area, as the database keeps them; the kinds themselves are in `measures`."""

ONSITE_CAP = "roster.onsite_cap"
ALWAYS_ON = "roster.always_on"
CAP_BASE = "roster.cap_base"
SPLIT_SITES = "roster.split_sites"
