"""`taicho read`: what the reader finds in official documents; nothing is stored."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from taicho.cli.installation import django_ready_without_office


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Một dòng JSON cho mỗi tệp / one line of JSON a file")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Đọc văn bản (.txt, .docx, .odt, .pdf): số, ký hiệu, ngày, trích yếu, điều khoản, căn cứ.

    Read official documents and print what was found. Nothing is stored; a paper with a secrecy mark is refused.
    """
    django_ready_without_office()
    from taicho.kernel.refusals import Refusal

    refused = 0
    for file in files:
        try:
            found = read_file(file)
        except Refusal as refusal:
            refused += 1
            click.secho(f"{file.name}: {refusal.sentence}", fg="red", err=True)
            continue
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else in_words(file.name, found))
    if refused:
        raise SystemExit(1)


def read_file(file: Path) -> dict[str, Any]:
    """What the reader finds in one file. Raises Refusal (the sentences of the door)."""
    from taicho.directives.rules.reading import read_structure
    from taicho.directives.rules.reading.exchange import as_exchanged
    from taicho.directives.rules.reading.paragraphs import as_paragraphs
    from taicho.kernel.intake import Kind, Read, take_in

    written = {Kind.TXT, Kind.DOCX, Kind.ODT, Kind.PDF}
    accepted = take_in(file.read_bytes(), name=file.name, accept=written, read=Read.TEXT)
    text = accepted.text or ""
    return as_exchanged(read_structure(as_paragraphs(text) if accepted.kind is Kind.PDF else text), name=file.stem)


def in_words(name: str, found: dict[str, Any]) -> str:
    """The same for a person: one line a field, missing ones said to be missing, the clauses as a tree."""
    from taicho.kernel.dates import official_date

    labels = {
        "type": "Loại", "number": "Số", "symbol": "Ký hiệu", "issuer": "Cơ quan ban hành", "superior": "Cơ quan chủ quản",
        "place": "Nơi ban hành", "date": "Ngày", "subject": "Trích yếu", "addressees": "Kính gửi", "signer_name": "Người ký",
        "recipients": "Nơi nhận",
    }  # fmt: skip
    lines = [click.style(name, bold=True)]
    for field, label in labels.items():
        value = found[field]
        if field == "date" and value:
            value = official_date(date.fromisoformat(value))
        shown = "; ".join(value) if isinstance(value, list) else value
        doubt = " (cần xem lại)" if field in found["doubts"] else ""
        lines.append(f"  {label:<17} {shown or 'không có trong tệp'}{doubt}")
    lines += [f"  Căn cứ            {cited['number']}" for cited in found["cites"]]
    lines += [
        f"  {'  ' * clause['path'].count('/')}{clause['path']}  {clause['text'][:70]}" for clause in found["clauses"]
    ]
    return "\n".join(lines)
