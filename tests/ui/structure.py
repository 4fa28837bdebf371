"""What a browser makes of a piece of HTML: its tags with the names of their attributes, and the words between."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collects tags, attributes and words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.values, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value for _, value in attrs if value is not None]

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")

    def handle_data(self, data):
        self.words.append(data)

    def words_together(self):
        """All words, as one reads them through."""
        return "".join(self.words)

    def handle_comment(self, data):
        self.tags.append("comment")

    def handle_decl(self, decl):
        self.tags.append("declaration")


def read(html):
    """The reader after the whole of `html`."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def skeleton(html):
    """Tags and names of attributes in order, without any word or value."""
    return read(html).tags
