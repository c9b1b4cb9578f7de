"""The line that is being typed wraps at words, whatever is done to it, and is said as it was typed."""
import re
import signal

import pytest
from conftest import PROMPT
from screen import Screen

LABEL = "1 requirements  0:00 / 2:00 " + PROMPT
WORDS = ("We expect about one hundred million links in five years, and reads outnumber writes a hundred to one, "
         "so that a cache in front of the table answers nearly all of them")
LONG = " ".join(f"word{n}" for n in range(52)) + " ends-here"
BEGIN, END = "\x1b[200~", "\x1b[201~"


def rows_of(text, columns, label=LABEL):
    """Written down a second time, for words that are parted by one space and fit on a row."""
    rows = [label]
    for n, word in enumerate(text.split(" ")):
        space = " " if n else ""
        if len(rows[-1] + space + word) > columns - 1:
            rows.append("  " + word)
        else:
            rows[-1] += space + word
    return [row.rstrip() for row in rows]


class Typist:
    def __init__(self, terminal, columns=80, breaks_rows=True, lines=40, **environment):
        self.child = terminal.start("practice", "tiny", columns=columns, lines=lines,
                                    **{"TERM": "xterm-256color", "VIVA_CLOCK": "2026-11-20T10:15:00Z", **environment})
        self.screen = Screen(self.child, columns, breaks_rows)
        self.shows("")

    def shows(self, text, rows=None, prompt=LABEL):
        wanted = rows or rows_of(text, self.screen.columns)
        self.screen.wait(lambda: self.screen.line(prompt.rstrip())[0] == wanted, wanted)

    def cursor(self, x, y, prompt=LABEL):
        self.screen.wait(lambda: self.screen.line(prompt.rstrip())[1] == (x, y), f"the cursor at {x}, {y}")

    def type(self, keys, shown=None):
        self.child.send(keys)
        if shown is not None:
            self.shows(shown)

    def prompts(self):
        return sum(row.startswith(LABEL.rstrip()) for row in self.screen.text())

    def enter(self):
        before = self.prompts()
        self.child.send("\r")
        self.screen.wait(lambda: self.prompts() > before, "another prompt")
        self.shows("")


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_words_move_as_soon_as_they_do_not_fit(terminal, columns):
    typist = Typist(terminal, columns)
    for at in range(1, len(WORDS) + 1):
        if WORDS[at - 1] != " ":
            typist.type(WORDS[at - 1], WORDS[:at])
            last = rows_of(WORDS[:at], columns)
            typist.cursor(len(last[-1]), len(last) - 1)
        else:
            typist.type(" ")
    typist.enter()
    assert terminal.said() == [WORDS]


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "tmux-256color", "vt100"])
def test_editing_in_the_middle(terminal, term):
    typist = Typist(terminal, 60, TERM=term)
    typist.type(WORDS, WORDS)
    typist.type("\x01Well, ", "Well, " + WORDS)
    typist.cursor(len(LABEL) + 6, 0)
    typist.type("\x05!", "Well, " + WORDS + "!")
    typist.type("\x01" + "\x04" * 6, WORDS + "!")
    typist.type("\x05" + "\x7f" * 40, (WORDS + "!")[:-40])
    typist.type("\x1f" * 40, WORDS + "!") # undo
    typist.type("\x01\x0b", "")
    typist.type("\x19", WORDS + "!")
    typist.enter()
    assert terminal.said() == [WORDS + "!"]


def test_backspace_over_every_wrap(terminal):
    typist = Typist(terminal, 60)
    typist.type(WORDS, WORDS)
    for end in range(len(WORDS) - 1, 0, -1):
        typist.type("\x7f")
        if WORDS[end - 1] != " ":
            typist.shows(WORDS[:end])
    typist.type("\x7fA", "A")
    typist.enter()
    assert terminal.said() == ["A"]


@pytest.mark.parametrize("before, after", [("", ""), (BEGIN, END)])
def test_paste(terminal, before, after):
    assert len(LONG) > 350
    typist = Typist(terminal, 60)
    typist.type(before + LONG + after, LONG)
    typist.enter()
    assert terminal.said() == [LONG]


def test_completion_and_its_list(terminal):
    typist = Typist(terminal, 60)
    typist.type("/ne\t", "/next")
    typist.type("\x15/n\t\t")
    typist.screen.wait(lambda: any(re.match("/next +/note", row) for row in typist.screen.text()), "a list")
    typist.shows("/n")
    typist.type("\x15")
    typist.type("/note " + WORDS, "/note " + WORDS)
    typist.type("\x01/ne\t", "/next/note " + WORDS)


def test_history_and_search(terminal):
    typist = Typist(terminal, 60)
    typist.type(WORDS, WORDS)
    typist.enter()
    typist.type("short", "short")
    typist.type("\x1b[A", WORDS)
    typist.type("\x1b[B", "short")
    typist.type("\x12five")
    search = "(reverse-i-search)`five': "
    typist.shows("", rows_of(WORDS, 60, search), search)
    typist.type("\x07", "short") # nothing of what was found stays there
    typist.type("\x12table\x05", WORDS)
    typist.enter()
    assert terminal.said() == [WORDS, WORDS]


def test_interrupt(terminal):
    typist = Typist(terminal, 60)
    typist.type(WORDS, WORDS)
    typist.type("\x01\x03")
    dropped = rows_of(WORDS, 60)
    dropped[-1] += "^C"
    typist.shows("")
    text = typist.screen.text()
    at = text.index(dropped[-1])
    assert text[at - len(dropped) + 1:at + 2] == dropped + [LABEL.rstrip()]
    typist.type("kept", "kept")
    typist.enter()
    assert terminal.said() == ["kept"]


@pytest.mark.parametrize("breaks_rows", [True, False])
@pytest.mark.parametrize("key", ["\x05", "\x01"]) # the cursor at the end, at the beginning
def test_resize(terminal, breaks_rows, key):
    more = {} if breaks_rows else {"XTERM_VERSION": "XTerm(379)"}
    typist = Typist(terminal, 80, breaks_rows, **more)
    typist.type(WORDS, WORDS)
    typist.type(key)
    if key == "\x01":
        typist.cursor(len(LABEL), 0)
    above = "".join("\n".join(typist.screen.text()).split(LABEL.rstrip())[0].split())
    for columns in (50, 70, 41, 100):
        typist.screen.resize(columns)
        typist.child.kill(signal.SIGWINCH)
        typist.shows(WORDS)
        text = "\n".join(typist.screen.text())
        assert text.count("requirements  0:00") == 1
        if breaks_rows: # and nothing above is lost; words may be broken by now
            assert "".join(text.split(LABEL.rstrip())[0].split()) == above
    typist.type("\x05!", WORDS + "!")
    typist.enter()
    assert terminal.said() == [WORDS + "!"]


def test_screen_is_cleared(terminal):
    typist = Typist(terminal, 60)
    typist.type(WORDS, WORDS)
    typist.type("\x0c")
    typist.screen.wait(lambda: typist.screen.text()[0].startswith(LABEL.rstrip()), "a clear screen")
    typist.shows(WORDS)


def test_wide_characters_and_marks(terminal):
    typist = Typist(terminal, 40)
    text = "caf\u00e9 \u65e5\u672c\u8a9e\u65e5\u672c\u8a9e e\u0301t\u00e9"
    typist.type(text)
    typist.shows("", [LABEL + "caf\u00e9 \u65e5\u672c", "  \u8a9e\u65e5\u672c\u8a9e e\u0301t\u00e9"])
    typist.enter()
    assert terminal.said() == [text]


def test_lines_of_a_paste_and_a_word_that_is_too_long(terminal):
    typist = Typist(terminal, 40)
    text = "one\n\n  two\tthree " + "x" * 50
    typist.type(BEGIN + text + END)
    typist.shows("", [LABEL + "one", "", "    two three", "  " + "x" * 37, "  " + "x" * 13])
    typist.enter()
    assert terminal.said() == [text]


def test_more_rows_than_the_window_has(terminal):
    typist = Typist(terminal, 60, lines=6)
    rows = rows_of(LONG, 60)
    typist.type(BEGIN + LONG + END)
    typist.shows("", [LABEL + "..."] + rows[-4:])
    typist.type("\x01")
    typist.shows("", rows[:5])
    typist.cursor(len(LABEL), 0)
    typist.type("\x05")
    typist.shows("", [LABEL + "..."] + rows[-4:])
    typist.enter()
    assert terminal.said() == [LONG]
    text = typist.screen.text()
    assert text[text.index(rows[0]):text.index(rows[-1]) + 1] == rows # once it is said, all of it


@pytest.mark.parametrize("why", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"columns": 19}, {"TERM": "no-such-terminal"}])
def test_elsewhere_the_display_is_readlines_own(terminal, why):
    child = terminal.start("practice", "tiny", **{"TERM": "xterm", "columns": 60, **why})
    child.expect("0:0\\d / 2:00 ")
    child.send(WORDS + "\r")
    child.expect("requirements")
    assert "\n  " not in child.before.replace("\r", "")
    child.expect("0:0\\d / 2:00 ")
    assert terminal.said() == [WORDS]
