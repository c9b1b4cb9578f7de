"""The manual's sources, docs/man/*.scd, taken apart.

What the tests go by: a heading is a line that begins with # or ##; an entry is a line in bold at the margin, with an
indented text below it; a literal block stands between lines of three backticks.
"""
import pathlib
import re
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/man"


def load():
    """Name, "viva-score.1", to source."""
    return {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.scd"))}


def plain(marked):
    """Without the marks of bold and underlined, and without escapes."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*|(?<![\w\\])_|(?<!\\)_(?!\w)", "", marked))


def without_literals(text):
    return re.sub(r"^(\t*)```\n.*?^\1```\n", "", text, flags=re.M | re.S)


def sections(text):
    """Heading to the text below it, up to the next heading of any kind."""
    parts = re.split(r"^#{1,2} (.*)\n", without_literals(text), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def entries(body):
    """(line, text) of each entry."""
    return re.findall(r"^(\*\S.*)\n((?:\t.*\n|\n(?=\t))+)", body, re.M)


def literals(text):
    """(heading of the section, text) of each literal block, as a reader sees it."""
    found = []
    heading = ""
    for match in re.finditer(r"^#{1,2} (?P<heading>[^\n]*)\n|^(?P<tabs>\t*)```\n(?P<text>.*?)^(?P=tabs)```\n", text,
                             re.M | re.S):
        if match["heading"]:
            heading = match["heading"]
        else:
            found.append((heading, re.sub(r"\\(.)", r"\1", textwrap.dedent(match["text"]))))
    return found


def table(body):
    """(left, right) of each row of a table of two columns."""
    return re.findall(r"^\|[\[ ] (.*)\n:[< ] (.*)\n", body, re.M)
