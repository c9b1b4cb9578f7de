"""Reading a session again, for people and for machines: what an interview and a second grade look like in each form."""
import fcntl
import json
import re

import pytest

from conftest import ROOT, VIVA
from schema import mistakes
from sessions import BOILER, ID, NASTY, SERVE, SPARE, Session, evidence, interview, practice

SCHEMA = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
SESSIONS = {"practice": practice, "interview": interview, "unsealed": lambda: interview(sealed=False),
            "nasty": lambda: interview(said=NASTY, words=NASTY), "empty": lambda: Session()}


def read(bench, session, *arguments, command="report"):
    session.write(bench.transcripts)
    return bench.viva(command, *arguments).stdout


def as_json(bench, session, *arguments):
    return json.loads(read(bench, session, "--format", "json", *arguments))


def line(report, text):
    return next(one for one in report["transcript"] if one["text"] == text)


@pytest.mark.parametrize("anonymous", ["", "--anonymous"])
@pytest.mark.parametrize("name", SESSIONS)
def test_json_is_as_its_schema_says(bench, name, anonymous):
    report = as_json(bench, SESSIONS[name](), *filter(None, [anonymous]))
    assert list(mistakes(report, SCHEMA, SCHEMA)) == []
    for one in report["transcript"]:
        data = one["text"].encode()
        assert all(0 <= mark["start"] < mark["end"] <= len(data) for mark in one["marks"])
        for mark in one["marks"]:
            data[mark["start"]:mark["end"]].decode()


def test_schema_finds_mistakes(bench):
    report = as_json(bench, practice())
    report["mood"] = 1
    report["transcript"][0]["kind"] = "song"
    del report["grades"][0]["score"]
    report["now"]["sources"]["rubric"] = "none"
    found = "\n".join(mistakes(report, SCHEMA, SCHEMA))
    assert all(words in found for words in ("mood is unknown", "'song' is not allowed", "score is missing", "'none' is not as"))


def test_states_of_lines(bench):
    report = as_json(bench, practice())
    assert line(report, "That was wrong.")["state"] == "undone"
    assert line(report, "nothing")["state"] == "replaced"
    assert line(report, SPARE)["kind"] == "edit" and line(report, SPARE)["state"] == "stands"
    assert line(report, SERVE)["at_ms"] == 21000 and line(report, SERVE)["phase"] == "requirements"
    tags = [(one["about"], one["verdict"], one["state"]) for one in as_json(bench, interview())["transcript"]
            if one["kind"] == "tag" and "verdict" in one]
    assert tags == [("What the kitchen serves", "mentioned", "replaced"),
                    ("What the kitchen serves", "explained", "stands"),
                    ("What happens when a part fails", "explained", "undone")]


def test_evidence_of_every_grader(bench):
    report = as_json(bench, interview())
    marks = {(mark["grader"], mark["id"]): BOILER.encode()[mark["start"]:mark["end"]].decode()
             for mark in line(report, BOILER)["marks"]}
    assert marks[("person:CD", "kettles")] == "because boiling takes four minutes"
    assert marks[("rubric", "kettles")].startswith("A boiler keeps")
    note = line(report, "drew the boiler first, ünprompted")
    assert [(mark["grader"], mark["verdict"]) for mark in note["marks"]] == [("person:AB", "mentioned")]
    assert "a draft of the verdict" not in json.dumps(report)


def test_quotes_out_of_place_do_no_harm(bench):
    """Scores written by hand: events that are not there, places beyond the end and within a character."""
    s = Session()
    s.phase("requirements")
    said = s.say("ünïcödé everywhere, and a menu")
    wrong = [{"id": "scope", "verdict": "explained", "quote": "x", "event": 999, "start": 0, "end": 5},
             {"id": "kettles", "verdict": "explained", "quote": "x", "event": said, "start": 1, "end": 6},
             {"id": "spare", "verdict": "explained", "quote": "x", "event": said, "start": 3, "end": 900000},
             {"id": "twist", "verdict": "mentioned", "quote": 7, "event": -1, "start": 9, "end": 2},
             {"id": 4}, {"id": "unknown", "verdict": "absent"}, 7, None]
    s.score("person:AB", 50, wrong, sealed=True, strengths=[1, None, ""], recommendation="yes")
    s.score("llm:test", 50, wrong, voided=[{"id": "spare"}, 3], runs=7)
    s.score("", 50, [])
    s.add("score", grader="person:EF", score="many")
    report = as_json(bench, s)
    assert list(mistakes(report, SCHEMA, SCHEMA)) == []
    for one in report["transcript"]:
        for mark in one["marks"]:
            one["text"].encode()[mark["start"]:mark["end"]].decode()
    for command, form in (("review", "text"), ("review", "markdown"), ("report", "html")):
        read(bench, s, "--format", form, command=command)


def test_markdown_shows_the_second_grade(bench):
    text = read(bench, practice(), "--format", "markdown")
    assert "## Score by the language model test\n\n**64 of 100**, in runs from 61 to 66." in text
    assert "- What happens when a part fails: explained, which was not said" in text
    assert "| criterion | built-in grader | test | evidence |\n| --- | --- | --- | --- |\n" in text
    row = next(one for one in text.splitlines() if one.startswith("| Water"))
    assert row.split(" | ")[1:3] == ["explained", "explained"]


def test_markdown_of_an_interview(bench):
    text = read(bench, interview(), "--format", "markdown")
    head, rest = text.split("## Score by AB\n")
    assert "- Candidate: XY\n- Interviewer: AB\n" in head
    assert "**71 of 100**, recommends: **yes at mid**" in rest and "Strengths:\n\n- calm and exact\n" in rest
    assert "Ask yourself" not in text and "You never" not in text and "One thing next" not in text
    assert "\n## Time\n" in text and "\n## Transcript\n" in text
    card = read(bench, interview(), "--format", "markdown", "--card", command="review")
    assert "\n## Areas, 0 to 4\n" in card and "## Time" not in card and "## Transcript" not in card


def test_markdown_is_text(bench):
    text = read(bench, interview(said=NASTY, words=NASTY), "--format", "markdown", command="review")
    assert "\x1b" not in text and "\u202e" not in text
    assert "<script" not in text.replace("\\<script", "") and "](" not in text


def test_text_of_an_interview(bench):
    text = read(bench, interview(), command="review")
    assert text.index("calm and exact") < text.index("Graded by the built-in")
    assert "= mentioned: Water that is hot before the order (AB)" in text
    assert "mentioned: What the kitchen serves (by AB; replaced later)" in " ".join(text.split())
    assert "explained: What happens when a part fails (by AB; taken back)" in " ".join(text.split())


def test_text_is_harmless(bench):
    for arguments in ([], ["--plain"], ["--scores"]):
        text = read(bench, interview(said=NASTY, words=NASTY), *arguments, command="review")
        assert not [c for c in text if ord(c) < 32 and c != "\n" or 0x7f <= ord(c) < 0xa0 or c in "\u202e\u2066\u200e"]


def test_no_grade_before_the_seal(bench):
    session = interview(sealed=False)
    session.score("rubric", 12.3, [evidence("scope", "mentioned", 4, SERVE, SERVE)])
    path = session.write(bench.transcripts)
    before = path.read_bytes()
    for arguments in (["review"], ["review", "--format", "markdown"], ["review", "--format", "json"], ["report"],
                      ["report", "--format", "markdown"]):
        done = bench.viva(*arguments)
        text = re.sub("<style>.*</style>", "", done.stdout, flags=re.S)
        assert "still to be sealed" in text or '"unsealed":true' in text, arguments
        assert "Graded by" not in text and "12.3" not in text and "mentioned" not in text, arguments
        assert "the score of AB on interview 3f2a91c0 is not sealed yet" in done.stderr, arguments
        assert arguments == ["report", "--format", "markdown"] or "drew the boiler first" in text
    for arguments in (["review", "--card"], ["review", "--scores"], ["score", ID[:8]]):
        assert "is not sealed yet" in bench.viva(*arguments, status=1).stderr
    assert path.read_bytes() == before


def test_sealed_by_one_and_read_by_another(bench):
    """AB and CD have sealed; EF sees neither their grades nor their tags and notes."""
    interview().write(bench.transcripts)
    for arguments in (["review"], ["report"], ["report", "--format", "json"]):
        text = re.sub("<style>.*</style>", "", bench.viva(*arguments, VIVA_INTERVIEWER="EF").stdout, flags=re.S)
        for words in ("drew the boiler first", "explained", "strong yes", "strong-yes", "no idea what"):
            assert words not in text, (arguments, words)
        assert SERVE.split(" 600")[0] in " ".join(text.split())


def test_looked_at_before_the_seal(bench):
    path = interview(sealed=False).write(bench.transcripts)
    assert "Graded by" in bench.viva("report", "--unsealed", "--format", "markdown").stdout
    assert json.loads(path.read_text().splitlines()[-1])["about"] == "grade-seen"


def test_interview_without_the_candidates_words(bench):
    session = interview()
    session.events = [event for event in session.events if event.get("who") != "candidate"]
    session.write(bench.transcripts)
    for arguments in (["report"], ["report", "--format", "markdown"]):
        text = bench.viva(*arguments).stdout
        assert "What the candidate said was not typed" in text and "Graded by" not in text, arguments
        assert "built in: " not in text and "| built-in" not in text
    report = json.loads(bench.viva("report", "--format", "json").stdout)
    assert report["wordless"] and "now" not in report and list(mistakes(report, SCHEMA, SCHEMA)) == []


def test_a_part_of_a_problem(bench):
    """What is outside of the part is no gap, and no level is cleared."""
    session = Session()
    session.events[0]["phases"] = [{"id": "design", "minutes": 4}]
    session.phase("design")
    session.say(BOILER)
    session.add("session.end", why="done")
    session.write(bench.transcripts)
    page = bench.viva("report").stdout
    assert "<h1>Tea kitchen: the kitchen only</h1>" in page and "</strong> of 100 for this part" in page
    assert "What the kitchen serves" not in page and "class=\"levels\"" not in page and "not reached" not in page
    text = bench.viva("report", "--format", "markdown").stdout
    assert text.startswith("# Tea kitchen: the kitchen only, practice") and "| What the kitchen serves" not in text
    assert bench.viva("review").stdout.startswith("Tea kitchen: the kitchen only")
    report = json.loads(bench.viva("report", "--format", "json").stdout)
    assert [phase["id"] for phase in report["phases"]] == ["design"] and list(mistakes(report, SCHEMA, SCHEMA)) == []


def test_anonymous(bench):
    session = interview(said=["as xy said before: ask ab, or anxypas"], candidate="xy")
    session.write(bench.transcripts)
    for form in ("html", "markdown", "json"):
        done = bench.viva("report", "--anonymous", "--format", form)
        rest = done.stdout.replace("as xy said before: ask ab, or anxypas", "")
        for name in ("xy", "AB", "CD", ID[:8], "2026-11", "10:1"):
            assert name not in rest, (form, name)
        assert "interviewer 1" in rest and "interviewer 2" in rest
        assert "the name 'xy' was typed in 1 line of the transcript" in done.stderr
        assert "the name 'AB' was typed in 1 line" in done.stderr


def test_a_page_on_a_terminal_is_refused(bench):
    pexpect = pytest.importorskip("pexpect")
    practice().write(bench.transcripts)
    child = pexpect.spawn(VIVA, ["report"], env=bench.environment, encoding="utf-8", timeout=20)
    child.expect("give --output FILE.html, or --format markdown")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


def test_scored_while_it_is_open_elsewhere(bench):
    """The lock of a session that is under way keeps a score out, and says so."""
    path = practice().write(bench.transcripts)
    before = path.read_bytes()
    with path.open("r+") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        done = bench.viva("score", ID[:8], status=5)
        assert done.stderr.strip()
    assert path.read_bytes() == before
