"""No number of a rule is in code (house D4): limits, hours, shares and distances come from packs and documents.

In the rooms above the ground floor a bare number other than −1, 0, 1, 2 in rules, measures, duties, indicators,
policies, queries or actions fails, unless its line says why it is not a rule: `# not a rule: …`.
"""

import ast

from tests.house.plan import FLOOR, TAICHO, area_of, python_files, tree, where

SMALL = {-1, 0, 1, 2}
WATCHED = {"rules", "measures", "duties", "indicators", "policies", "queries", "actions", "listeners"}


def watched_files():
    for path in python_files():
        inside = path.is_relative_to(TAICHO) and FLOOR.get(area_of(path), 0) >= FLOOR["organisation"]
        if inside and area_of(path) != "cli" and WATCHED & {path.stem, path.parent.name}:
            yield path


def test_no_number_of_a_rule_is_in_code():
    found = []
    for path in watched_files():
        text = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(path)):
            number = isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in SMALL
            if number and "# not a rule: " not in text[node.lineno - 1]:
                found.append(f"{where(path)}:{node.lineno}: {node.value}")
    assert not found
