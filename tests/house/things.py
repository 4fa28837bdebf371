"""Things a page can be about, one at each place of the world: thing → route arguments."""

THINGS = {}


def thing(name):
    """Register how to find the thing called `name` for (world, role, place); None where it cannot exist."""

    def register(find):
        THINGS[name] = find
        return find

    return register


@thing("unit")
def unit_at(world, role, place):
    """The unit at the place; one's own unit for oneself."""
    return {"key": (world.unit_of(role) if place == "m" else world.units[place]).key}


@thing("person")
def person_at(world, role, place):
    """A colleague at the place; oneself for oneself."""
    person = world.people.get(role, world.people["staff"]) if place == "m" else world.colleagues[place]
    return {"key": person.key}
