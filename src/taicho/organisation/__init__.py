"""Units, persons, posts, delegations, standing bodies, outside authorities, sites; builds the Actor."""
