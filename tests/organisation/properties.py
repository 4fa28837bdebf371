"""`given` for the rules of this area: enough examples to find a hole, few enough to stay quick on a busy machine."""

import hypothesis

MODEST = hypothesis.settings(max_examples=40, deadline=None)


def given(*strategies):
    """As hypothesis' own, with a modest number of examples and no clock running."""
    return lambda test: MODEST(hypothesis.given(*strategies)(test))
