"""One file, one thought; one function, one breath (style_examples, Sizes)."""

import ast
import re

from tests.house.plan import ROOT, SRC, python_files, templates, tree, where

DRAWERS = {"utils", "helpers", "misc", "common", "data", "handle", "process", "shared", "stuff"}


def functions():
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node, node.end_lineno - node.lineno + 1


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_sixty_lines():
    assert not [f"{where(p)}:{n.name} {k}" for p, n, k in functions() if k > 60]


def test_ninety_five_views_of_a_hundred_have_at_most_twenty_five_lines():
    views = sorted(k for _, n, k in functions() if n.args.args and n.args.args[0].arg == "request")
    assert not views or views[min(len(views) - 1, int(0.95 * len(views)))] <= 25


def test_no_file_is_longer_than_five_hundred_lines():
    ours = [*python_files(), *SRC.rglob("*.js"), *SRC.rglob("*.css"), *ROOT.glob("tests/**/*.py")]
    built = SRC / "taicho" / "ui" / "static"
    assert not [where(p) for p in ours if lines(p) > 500 and "vendor" not in p.parts and p.parent != built]


def test_no_template_is_longer_than_a_hundred_and_twenty_lines():
    assert not [where(p) for p in templates() if lines(p) > 120]


def test_nothing_is_left_to_do_later():
    word = re.compile(r"\b(TODO|FIXME|XXX)\b")
    ours = [*python_files(), *templates(), *SRC.rglob("*.js"), *SRC.rglob("*.css")]
    assert not [where(p) for p in ours if "vendor" not in p.parts and word.search(p.read_text(encoding="utf-8"))]


def test_there_is_no_drawer():
    assert not [where(p) for p in python_files() if p.stem in DRAWERS or p.parent.name in DRAWERS]


def test_every_public_function_says_what_it_means():
    silent = [
        f"{where(p)}:{n.name}" for p, n, _ in functions()
        if not n.name.startswith("_") and p.stem in {"actions", "queries", "rules", "policies"}
        and not ast.get_docstring(n)
    ]  # fmt: skip
    assert not silent
