"""The words of the glossary are law on every screen (ux.md § 16); nothing calls home."""

import re

from tests.house.plan import ROOT, SRC, templates, where

FORBIDDEN = re.compile(
    r"\b(user|login|log in|dashboard|task|submit|con bệnh|đối tượng F\d|cấp huyện|bắt buộc nhập)\b", re.IGNORECASE
)
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)


def words_on_screen(text):
    return MARKUP.sub(" ", text)


def test_no_template_uses_a_forbidden_synonym():
    assert not [
        f"{where(p)}: {m.group()}"
        for p in templates()
        for m in FORBIDDEN.finditer(words_on_screen(p.read_text(encoding="utf-8")))
    ]


def test_no_vietnamese_source_string_uses_a_forbidden_synonym():
    strings = re.compile(r"""{%\s*(?:translate|trans)\s+(["'])(.*?)\1""")
    assert not [
        f"{where(p)}: {text}"
        for p in templates()
        for _, text in strings.findall(p.read_text(encoding="utf-8"))
        if FORBIDDEN.search(text)
    ]


def test_no_page_script_or_style_names_an_outside_host():
    ours = [*templates(), *(p for p in SRC.rglob("static/**/*") if p.suffix in {".js", ".css", ".svg", ".json"})]
    assert not [where(p) for p in ours if "vendor" not in p.parts and OUTSIDE.search(p.read_text(encoding="utf-8"))]


def is_kept_out(parts, ours):
    """Caches, environments and what a run leaves behind are not part of the project."""
    return "var" in parts[:1] or "node_modules" in parts or (parts[0].startswith(".") and parts[0] not in ours)


def test_no_file_names_a_package_registry_or_a_place_on_this_machine():
    places = re.compile("|".join(["pypi" + r"\.org", "registry" + r"\.npm", "deb" + r"\.debian", "/work" + "/main"]))
    ours = {".ci", ".gitignore"}
    texts = [
        p for p in ROOT.rglob("*")
        if p.is_file() and not is_kept_out(p.relative_to(ROOT).parts, ours)
        and p.suffix in {".py", ".toml", ".txt", ".md", ".html", ".js", ".css", ".yaml", ".json", ""}
    ]  # fmt: skip
    assert not [where(p) for p in texts if places.search(p.read_text(encoding="utf-8", errors="ignore"))]
