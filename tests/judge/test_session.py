"""A model as interviewer: what it may say, what happens when it cannot, and how it looks at a terminal."""
import json
import os
import time

import pexpect
import pytest

from conftest import KEY, QUICK, SESSION, VIVA
from server import QUESTION

SAID = "Tea and cake for every guest who comes by in the morning.\n/next\nWe serve it hot.\n/quit\n\n"
ENDPOINT = "The model does not answer: {} From here on the built-in interviewer asks."
WORDS = "The model's question is left out: {}. The built-in interviewer asks."
PROBE = "Before we move on: What do your guests expect of you? (a probe)"

FAULTS = [
    ("401", ENDPOINT.format("'HOST' does not accept the key (401): check VIVA_LLM_KEY.")),
    ("429", ENDPOINT.format("'HOST' is busy, or the quota is used up (429): try again later; tried 3 times.")),
    ("503", ENDPOINT.format("'HOST' cannot answer now (503); tried 3 times: loading model.")),
    ("hang", ENDPOINT.format("'HOST' had not finished its answer after 2 s.")),
    ("drop", ENDPOINT.format("'HOST' dropped the connection.")),
    ("stream-reset", ENDPOINT.format("'HOST' dropped the connection in the middle of its answer.")),
    ("stream-hang", ENDPOINT.format("'HOST' had not finished its answer after 2 s.")),
    ("endless", ENDPOINT.format("the stream has a line without end.")),
    ("stream-html", ENDPOINT.format("the answer is no stream of a chat completion: does the url end as it should, mostly in /v1?")),
    ("stream-error", ENDPOINT.format("the server broke off: overloaded.")),
    ("stream-empty", ENDPOINT.format("the model gave an empty answer.")),
    ("stream-figures", WORDS.format("it names a figure that nobody has named ('9000')")),
]


@pytest.mark.parametrize("fault, words", FAULTS, ids=[row[0] for row in FAULTS])
def test_built_in_interviewer_goes_on(bench, fault, words):
    began = time.monotonic()
    done = bench.practice("--interviewer", "llm", said=SAID, fault=fault)
    assert done.returncode == 0, done.stderr
    assert f"{words} Interviewer {PROBE}" in bench.words(done), done.stdout
    assert time.monotonic() - began < 12
    probes = [e for e in bench.events() if e.get("kind") == "probe"]
    assert probes and all("by" not in e for e in probes)
    assert KEY not in json.dumps(bench.events()) + done.stdout


def test_question_is_shown_and_kept(bench):
    done = bench.practice("--interviewer", "llm", said=SAID)
    assert f"Interviewer {QUESTION} (a probe)" in bench.words(done)
    probe = next(e for e in bench.events() if e.get("kind") == "probe")
    assert (probe["by"], probe["of"], probe["text"]) == ("llm:test", "scope", QUESTION)


@pytest.mark.parametrize("fault, shown", [
    ("stream-escape", "What ^[[Jbreaks at noon, and who \\u202e notices?"),
    ("stream-accents", "Und wenn der größte Kessel ausfällt, was spürt der Gast — naïf oder nicht?"),
    ("stream-long", "And what then?"), ("stream-thoughts", "What happens then?"),
    ("stream-none", "What happens then?")])
def test_words_are_harmless(bench, fault, shown):
    done = bench.practice("--interviewer", "llm", said=SAID, fault=fault)
    assert f"Interviewer {shown} (a probe)" in bench.words(done)
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout


def test_facts_that_nobody_asked_for_stay_here(bench):
    bench.practice("--interviewer", "llm", said="How many sorts of tea are there?\n" + SAID)
    text = json.loads(bench.server.seen[0]["body"])["messages"][1]["content"]
    assert "Eight sorts" in text and "seven to seven" not in text


def test_facts_come_first(bench):
    """A question that a fact answers is never the model's."""
    done = bench.practice("--interviewer", "llm", said="How many sorts of tea are there?\n/quit\n\n")
    assert "Eight sorts, and two of them" in done.stdout and not bench.server.seen


def test_not_more_questions_than_ours(bench):
    """The caps are ours: three in a phase, two a point."""
    line = "There are kettles for all the guests, and a boiler somewhere in the kitchen.\n"
    bench.practice("--interviewer", "llm", said=("/next\n" + line * 6) * 4 + "/quit\n\n", fault="ok")
    phase, count = None, {}
    for e in bench.events():
        phase = e.get("phase", phase) if e["type"] == "phase.start" else phase
        if e.get("kind") == "probe":
            count[phase] = count.get(phase, 0) + 1
            count[e["of"]] = count.get(e["of"], 0) + 1
    assert count and all(count.get(p, 0) <= 3 for p in ("requirements", "design", "wrap-up"))
    assert all(count.get(c, 0) <= 2 for c in ("scope", "kettles", "spare", "twist"))


# --- at a terminal ---

class Terminal:
    def __init__(self, bench, fault, *arguments, **more):
        environment = {**bench.environment, "VIVA_LLM_URL": bench.server.url(fault), "TERM": "xterm-256color",
                       "INPUTRC": "/dev/null", "PAGER": "cat", **more}
        del environment["VIVA_CLOCK"], environment["COLUMNS"]
        self.child = pexpect.spawn(VIVA, ["practice", "tiny", *arguments], env=environment, cwd=bench.home,
                                   dimensions=(40, 80), timeout=15, encoding="utf-8")

    def prompt(self):
        self.child.expect("› ")

    def type(self, line):
        self.child.send(line + "\r")


def test_resume_with_a_model(bench):
    terminal = Terminal(bench, "ok")
    terminal.prompt()
    terminal.type("Tea for all.")
    terminal.prompt()
    terminal.child.close(force=True)
    done = bench.viva("resume", "--interviewer", "llm", said="/next\n")
    assert f"Interviewer {QUESTION} (a probe)" in bench.words(done)


def test_words_appear_as_they_come(bench):
    bench.configure(**{**QUICK, "timeouts": {"connect": 1, "first": 1, "whole": 10, "talk": 8}})
    terminal = Terminal(bench, "stream-hang", "--interviewer", "llm")
    terminal.prompt()
    terminal.type("/next")
    began = time.monotonic()
    terminal.child.expect("You")
    assert time.monotonic() - began < 6 # long before the stream is over
    terminal.child.expect("The model does not answer")
    terminal.child.expect("What do your guests expect")
    terminal.prompt()


def test_interrupt_gives_up_the_question_and_not_the_session(bench):
    bench.configure(timeouts={"connect": 1, "first": 15, "whole": 15, "talk": 15})
    terminal = Terminal(bench, "hang", "--interviewer", "llm")
    terminal.prompt()
    terminal.type("/next")
    terminal.child.expect("asking 127.0.0.1:\\d+, 1 s; Ctrl-C gives up")
    began = time.monotonic()
    terminal.child.sendintr()
    terminal.child.expect("Given up; the built-in interviewer asks.")
    terminal.child.expect("What do your guests expect")
    assert time.monotonic() - began < 6
    terminal.prompt()
    terminal.type("We serve eight sorts of tea to 600 guests an hour.")
    terminal.prompt()
    assert any(e.get("text", "").startswith("We serve eight") for e in bench.events())


def test_interrupt_gives_up_the_grade(bench):
    bench.configure(timeouts={"connect": 1, "first": 15, "whole": 15})
    terminal = Terminal(bench, "hang", "--grader", "llm")
    for line in SESSION.splitlines()[:3]:
        terminal.prompt()
        terminal.type(line)
    terminal.prompt()
    terminal.type("/quit")
    terminal.child.expect("stay \\(Enter\\)\\?")
    terminal.type("y")
    terminal.child.expect("Enter\\s+skips")
    terminal.type("")
    terminal.child.expect("Graded by the built-in")
    terminal.child.expect("asking test at 127.0.0.1:\\d+, 1 s; Ctrl-C gives up")
    terminal.child.sendintr()
    terminal.child.expect("The grade above is the built-in one")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    assert [e["grader"] for e in bench.events() if e["type"] == "score"] == ["rubric"]


def test_hang_up_while_waiting_saves(bench):
    bench.configure(timeouts={"connect": 1, "first": 15, "whole": 15, "talk": 15})
    terminal = Terminal(bench, "hang", "--interviewer", "llm")
    terminal.prompt()
    terminal.type("Tea for all.")
    terminal.prompt()
    terminal.type("/next")
    terminal.child.expect("asking 127")
    began = time.monotonic()
    os.kill(terminal.child.pid, 1)
    terminal.child.expect(pexpect.EOF)
    assert time.monotonic() - began < 6
    events = bench.events()
    assert any(e.get("text") == "Tea for all." for e in events) and events[-1]["type"] == "pause"


def test_waiting_line_is_plain_nowhere(bench):
    """Nothing is redrawn in plain mode."""
    terminal = Terminal(bench, "hang", "--interviewer", "llm", "--plain")
    terminal.child.expect("> ")
    terminal.type("/next")
    terminal.child.expect("The model does not answer")
    assert "asking" not in terminal.child.before
