"""Every kind of measure that any room registers can be asked for on a form and said in words (Done-when 3 of the line in)."""

import pytest

from taicho.directives.rules.kinds import KINDS
from taicho.directives.rules.parameters import Shape
from taicho.directives.web.parameter_fields import PREFIX, parameter_fields, stated_in

SAMPLES = {
    Shape.NUMBER: "50", Shape.FLAG: "on", Shape.WORDS: "lời của văn bản", Shape.TIMES: "06:00\n12:00", Shape.DAY: "31/8/2021",
}  # fmt: skip


def sample(parameter):
    """What somebody would type for a parameter."""
    if parameter.shape is Shape.CHOICE:
        return parameter.words[-1]
    if parameter.shape is Shape.SET:
        return list(parameter.words) or "một\nhai"
    return SAMPLES[parameter.shape]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_has_words_for_all_it_may_say(name):  # A6
    kind = KINDS[name]
    words = {word for parameter in kind.parameters.values() for word in parameter.words}
    assert not (set(kind.parameters) | words) - set(kind.says)
    assert str(kind.label) and name.split(".")[0] in {
        "directives", "duties", "health", "roster", "gate", "reports", "travel", "premises", "cases", "oversight",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_form_asks_for_every_parameter_and_the_kind_reads_what_was_typed(name):  # A6
    kind = KINDS[name]
    fields = parameter_fields(kind)
    assert set(fields) == {PREFIX + parameter for parameter in kind.parameters}
    cleaned = {}
    for parameter, shape in kind.parameters.items():
        typed = sample(shape)
        if shape.shape is Shape.NUMBER:
            typed = next(str(n) for n in (50, 2, 36, 1) if readable(shape, n))
        cleaned[PREFIX + parameter] = fields[PREFIX + parameter].clean(typed)
    held = kind.read(stated_in(kind, cleaned))
    assert set(held) == set(kind.parameters)
    said = kind.describe(held)
    assert said or not kind.parameters
    assert not [parameter for parameter in held if f"{kind.says[parameter]}: " in said], "a sentence, not a form"


def readable(parameter, number):
    """Whether the parameter takes the number."""
    try:
        parameter.read(number)
    except ValueError:
        return False
    return True


def test_an_empty_form_states_nothing():  # A6
    for kind in KINDS.values():
        if any(parameter.required for parameter in kind.parameters.values()):
            continue
        fields = parameter_fields(kind)
        assert stated_in(kind, {name: field.clean("") for name, field in fields.items()}) == {}
