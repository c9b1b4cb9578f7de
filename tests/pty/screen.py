"""What a terminal shows: the few sequences that readline and viva send, on a grid."""
import re
import time
import unicodedata

import pexpect

PIECE = re.compile(r"\x1b\[([?0-9;]*)([a-zA-Z@])|\x1b[()].|\x1b[=>M]|[\s\S]")
TIMEOUT = 20


def width(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


class Screen:
    """Of a child of pexpect. Cells are strings; "" is the second half of a wide character."""

    def __init__(self, child, columns=80, breaks_rows=True):
        self.child, self.columns, self.breaks_rows = child, columns, breaks_rows
        self.rows, self.x, self.y, self.rest = [[]], 0, 0, ""

    # --- reading ---

    def feed(self, text):
        text, self.rest = self.rest + text, ""
        cut = re.search(r"\x1b(\[[?0-9;]*)?$", text)
        if cut:
            text, self.rest = text[:cut.start()], text[cut.start():]
        for piece in PIECE.finditer(text):
            if piece[2]:
                self.control(piece[2], piece[1])
            elif piece[0] == "\x1bM":
                self.control("A", "")
            elif piece[0][0] != "\x1b":
                self.put(piece[0])

    def put(self, c):
        if c == "\r":
            self.x = 0
        elif c == "\n":
            self.down()
        elif c == "\b":
            self.x = max(0, min(self.x, self.columns - 1) - 1)
        elif c >= " ":
            self.write(c)

    def down(self):
        self.y += 1
        if self.y == len(self.rows):
            self.rows.append([])

    def write(self, c):
        row, size = self.rows[self.y], width(c)
        if size == 0:
            row[self.x - 1] += c
            return
        if self.x + size > self.columns:
            self.x = 0
            self.down()
            row = self.rows[self.y]
        row += [" "] * (self.x + size - len(row))
        row[self.x:self.x + size] = [c] + [""] * (size - 1)
        self.x += size

    def control(self, name, given):
        count = int(given) if given.isdigit() and int(given) else 1
        row = self.rows[self.y]
        if name == "A":
            self.y = max(0, self.y - count)
        elif name == "C":
            self.x = min(self.columns - 1, self.x + count)
        elif name == "D":
            self.x = max(0, self.x - count)
        elif name == "K":
            del row[self.x:]
        elif name == "P":
            del row[self.x:self.x + count]
        elif name == "@":
            row[self.x:self.x] = [" "] * count
            del row[self.columns:]
        elif name == "J" and given in ("", "0"):
            del row[self.x:], self.rows[self.y + 1:]
        elif name == "J" or name == "H":
            self.rows, self.x, self.y = [[]], 0, 0
        elif name not in "mhl":
            raise AssertionError(f"the screen does not know CSI {given} {name}")

    # --- the window ---

    def resize(self, columns):
        """A terminal breaks the rows that have become too long, or cuts them off."""
        rows, y = [], self.y
        for number, row in enumerate(self.rows):
            if number == self.y:
                y = len(rows) + (self.x // columns if self.breaks_rows else 0)
            pieces = [row[i:i + columns] for i in range(0, len(row), columns)] or [[]]
            rows += pieces if self.breaks_rows else pieces[:1]
        self.x = self.x % columns if self.breaks_rows else min(self.x, columns - 1)
        self.rows, self.y, self.columns = rows, y, columns
        self.child.setwinsize(40, columns)

    # --- what stands there ---

    def text(self):
        return [("".join(row)).rstrip() for row in self.rows]

    def line(self, prompt):
        """The rows from the last one on that begins with the prompt, and where in them the cursor stands."""
        text = self.text()
        at = max((i for i, row in enumerate(text) if row.startswith(prompt)), default=len(text))
        rows = text[at:]
        while rows and not rows[-1]:
            rows.pop()
        return rows, (self.x, self.y - at)

    def wait(self, holds, what):
        """Reads on until holds() does."""
        end = time.monotonic() + TIMEOUT
        while not holds():
            try:
                self.feed(self.child.read_nonblocking(1 << 16, 0.1))
            except pexpect.TIMEOUT:
                assert time.monotonic() < end, "\n".join([f"wanted: {what}", *self.text(), f"cursor {self.x}"])
