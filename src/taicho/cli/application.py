"""The web application as the web server's process loads it."""

import os
import signal
from typing import Any

from taicho.cli.leash import tied_to


def application() -> Any:
    """Tie this process to the web server's main process, then load the application.

    Without the tie a `kill -9` of the main process would leave this one on the port, without a database.
    """
    from django.core.wsgi import get_wsgi_application

    tied_to(os.getppid(), signal.SIGKILL)()
    return get_wsgi_application()
