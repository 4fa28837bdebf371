"""How much of everything one file may ask for (trust.md S-07, 5.3.6; house.md § 7)."""

MIB = 1024 * 1024

MAX_BYTES = 25_000_000
"""Bytes held of one upload (25 MB as people count); also of all files of one request together."""

# The child that opens the file.
CHILD_MEMORY = 512 * MIB
CHILD_CPU_SECONDS = 10
CHILD_WALL_SECONDS = 10
CHILD_ANSWER_BYTES = 64 * MIB
CHILDREN_AT_ONCE = 2
WAIT_FOR_A_CHILD_SECONDS = 20

# Packages (.xlsx, .docx, .odt).
MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * MIB
MAX_RATIO = 100
RATIO_FLOOR = 1 * MIB
"""Below this unpacked size the ratio does not matter: short regular XML packs well and hurts nobody."""
MAX_DIRECTORY_BYTES = 2 * MIB
MAX_XML_DEPTH = 256

# What is read out of them.
MAX_SHEETS = 50
MAX_ROWS = 50_000
MAX_COLUMNS = 1_000
MAX_CELLS = 1_000_000
MAX_CELL_LETTERS = 32_767
MAX_TEXT_LETTERS = 5_000_000

# PDF and images.
MAX_PAGES = 2_000
MAX_PDF_OBJECTS = 200_000
MAX_PDF_DEPTH = 100
PAGES_READ_FOR_MARKS = 3
MAX_PIXELS = 40_000_000
MAX_IMAGE_NOTES = 4 * MIB
"""Unpacked size of one packed text or colour table in a PNG."""
