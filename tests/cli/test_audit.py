"""`taicho audit verify` finds what somebody changed behind the system's back, and says which row (S-14, house § 6)."""

import pytest

BEHIND_THE_GUARDS = """
ALTER TABLE kernel_auditentry DISABLE TRIGGER USER;
{change} WHERE id = {row};
ALTER TABLE kernel_auditentry ENABLE TRIGGER USER;
"""
EDIT = "UPDATE kernel_auditentry SET verb = 'accounts.nothing_happened'"
DELETE = "DELETE FROM kernel_auditentry"


@pytest.fixture
def with_a_trail(office):
    """An office that serves and in whose trail something stands."""
    office.entry_link("first-administrator")
    office.running = office.serve()
    return office


def test_a_whole_trail_is_called_whole(office):
    office.entry_link("first-administrator")
    done = office.run("audit", "verify")
    assert done.returncode == 0
    assert "The trail is whole" in done.stderr


@pytest.mark.trial
def test_a_row_edited_by_hand_is_named_and_the_command_fails(with_a_trail):
    ((row,),) = with_a_trail.sql("SELECT min(id) FROM kernel_auditentry")
    with_a_trail.sql(BEHIND_THE_GUARDS.format(change=EDIT, row=row))
    done = with_a_trail.run("audit", "verify")
    assert done.returncode == 1
    assert f"Dòng {row} " in done.stdout
    assert "việc đã làm" in done.stdout, "which column"
    assert "whole" not in done.stderr


@pytest.mark.trial
def test_a_deleted_row_is_named_and_the_damage_survives_a_restart(with_a_trail):
    ((row,),) = with_a_trail.sql("SELECT min(id) FROM kernel_auditentry")
    with_a_trail.sql(BEHIND_THE_GUARDS.format(change=DELETE, row=row))
    assert with_a_trail.running.end() == 0
    done = with_a_trail.run("audit", "verify")
    assert done.returncode == 1
    assert f"Dòng {row} " in done.stdout
    assert "đã bị xóa" in done.stdout


@pytest.mark.trial
def test_the_application_itself_cannot_change_its_trail(with_a_trail):
    told = with_a_trail.script("""
from django.db import connection, DatabaseError
try:
    connection.cursor().execute("UPDATE kernel_auditentry SET verb = 'x'")
except DatabaseError as refused:
    print("refused:", refused)
""")
    assert told.startswith("refused:")
