"""What this area does when it hears news."""

from taicho.kernel.news import listens_to
from taicho.organisation.actions.background_import import write_confirmed_list
from taicho.organisation.news import StaffImportConfirmed


@listens_to(StaffImportConfirmed)
def on_staff_import_confirmed(news: StaffImportConfirmed) -> None:
    """A long staff list is written away from the page."""
    write_confirmed_list(news.staff_import)
