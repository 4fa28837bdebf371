"""The least of a browser: cookies, forms, redirects."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from urllib.error import HTTPError


class Browser:
    """One person at one address; every answer is (status, path it ended on, page)."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open
        self.tokens = {}

    def get(self, path):
        return self._ask(path)

    def send(self, path, to=None, **fields):
        """Fill the form of the page at `path` and send it there, or to the address `to`."""
        if path not in self.tokens:
            self.tokens[path] = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path)[2])[1]
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self.tokens[path]})
        return self._ask(to or path, body.encode())

    def _ask(self, path, body=None):
        try:
            answer = self.open(self.base + path, body, timeout=30)
        except HTTPError as refused:
            answer = refused
        with answer:
            return answer.status, urllib.parse.urlsplit(answer.url).path, answer.read().decode()
