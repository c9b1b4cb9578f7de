"""Transcripts written by hand, in the shapes of src/transcript/event.h: what no session of a test would bring about."""
import datetime
import json

BEGAN = datetime.datetime(2026, 11, 20, 10, 15, tzinfo=datetime.timezone.utc)
ID = "3f2a91c0-0000-4000-8000-000000000001"
SERVE = "We serve eight sorts of tea to 600 guests an hour at noon."
BOILER = ("A boiler keeps ten litres of water hot before anybody orders, because boiling takes four minutes and a "
          "guest waits two.")
SPARE = "A second boiler takes over within a minute when the first one fails."
NASTY = [
    "<script>document.title='taken'</script>",
    "</script><script>alert(1)</script><style>body{display:none}</style>",
    "<img src=x onerror=\"document.title='taken'\"> <svg onload=alert(2)>",
    "<a href=\"javascript:alert(3)\">here</a> javascript:alert(4) https://example.org/?a=1&b=2",
    "\"quotes\" 'both' `ticks` &amp; &lt;b&gt; --> <!-- ]]> {{7*7}}",
    "control \x1b[31mred\x1b]0;title\x07 bell \x08 back \x9b c1 \x7f",
    "right \u202eto left\u202c and \u2066isolates\u2069, \u200ehidden\u200f marks",
    "<p id=\"main\"></p><base href=\"https://example.org/\"><meta http-equiv=\"refresh\" content=\"0;url=https://example.org/\">",
    "العربية and 漢字 and é and 👩‍💻",
]


class Session:
    """Events in order, a second apart."""

    def __init__(self, mode="practice", **more):
        self.events = []
        self.add("session.start", id=ID, program="0.1.0",
                 scenario={"id": "tiny", "version": 3, "hash": "0123456789abcdef"},
                 rubric={"id": "tiny", "version": 2, "hash": "0123456789abcdef"}, level="mid", mode=mode,
                 phases=[{"id": "requirements", "minutes": 2}, {"id": "design", "minutes": 4},
                         {"id": "wrap-up", "minutes": 2}], pressure=False, clock=True, **more)

    def add(self, type_, **more):
        at = BEGAN + datetime.timedelta(seconds=7 * len(self.events))
        self.events.append({"n": len(self.events) + 1, "t": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "type": type_, **more})
        return len(self.events)

    def phase(self, name):
        self.add("phase.start", phase=name, by="next")

    def say(self, text, who="candidate", kind="answer", **more):
        return self.add("say", who=who, kind=kind, text=text, **more)

    def score(self, grader, total, criteria, **more):
        return self.add("score", grader=grader, scorer="1.0", rubric={"id": "tiny", "version": 2, "hash": "0123456789abcdef"},
                        level="mid", score=total, unfinished=False,
                        levels={"mid": {"cleared": True, "short_of": []}, "senior": {"cleared": False, "short_of": []},
                                "staff": {"cleared": False, "short_of": []}},
                        dimensions={"requirements": {"share": 0.75, "weight": 2}, "architecture": {"share": 1, "weight": 4},
                                    "reliability": {"share": 0.5, "weight": 3}},
                        criteria=criteria, red_flags=more.pop("red_flags", []), **more)

    def text(self):
        return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in self.events)

    def write(self, folder):
        folder.mkdir(exist_ok=True)
        start = self.events[0]
        time = start["t"].replace("-", "").replace(":", "")
        path = folder / f"{time}-tiny-{start['id'][:8]}.jsonl"
        path.write_text(self.text())
        return path


def evidence(criterion, verdict, event, text, whole):
    start = len(whole[:whole.index(text)].encode())
    return {"id": criterion, "verdict": verdict, "credit": 1 if verdict == "explained" else 0.1, "quote": text,
            "event": event, "start": start, "end": start + len(text.encode())}


def practice(said=()):
    """On one's own: with a question, a probe, an undo, an edit, and a model's grade; `said` is said in the design."""
    s = Session()
    s.phase("requirements")
    s.say("how many sorts of tea are there?", kind="question")
    s.say("Eight sorts, and two of them make up most of the orders.", who="interviewer", kind="fact", of="sorts")
    s.say(SERVE)
    gone = s.say("That was wrong.")
    s.add("undo", event=gone)
    s.phase("design")
    boiler = s.say(BOILER)
    for text in said:
        s.say(text)
    s.say("Could that be done before anybody asks?", who="interviewer", kind="hint", of="kettles", price=2)
    s.phase("wrap-up")
    s.say("It is noon and something breaks. What do guests notice?", who="interviewer", kind="probe", of="spare")
    s.say("nothing")
    s.add("edit", phase="wrap-up", text=SPARE)
    s.add("predict", guess={"requirements": 3, "architecture": 3.5, "reliability": 2})
    s.add("session.end", why="done")
    s.score("llm:test", 64.2, [evidence("kettles", "explained", boiler, "A boiler keeps ten litres of water hot", BOILER)],
            runs={"count": 3, "low": 61, "high": 66},
            voided=[{"id": "spare", "claimed": "explained", "quote": "we have <b>three</b> spares", "why": "not said"}])
    return s


def interview(said=(), sealed=True, candidate="XY", words=("calm and exact",)):
    """Driven by AB, with notes and tags; scored by AB and CD. `words` are AB's strengths."""
    s = Session("interview", candidate=candidate, interviewer="AB")
    s.phase("requirements")
    s.say("What do your guests expect of you?", who="interviewer", kind="probe", of="scope")
    serve = s.say(SERVE)
    first = s.add("tag", by="AB", criterion="scope", verdict="mentioned", of=serve, start=0, end=10)
    s.add("tag", by="AB", criterion="scope", verdict="explained", of=serve, start=0, end=len(SERVE))
    s.add("tag", by="AB", criterion="spare", verdict="explained")
    s.add("undo", event=first + 2)
    s.phase("design")
    note = s.add("note", by="AB", text="drew the boiler first, ünprompted")
    boiler = s.say(BOILER)
    for text in said:
        s.say(text)
    s.add("tag", by="AB", text="no idea what a guest pays")
    s.phase("wrap-up")
    s.say(SPARE)
    s.add("note", by="AB", about="strengths", text="a draft of the verdict")
    s.add("session.end", why="done")
    if sealed:
        s.score("person:AB", 71, [evidence("scope", "explained", serve, SERVE, SERVE),
                                  evidence("kettles", "mentioned", note, "ünprompted", "drew the boiler first, ünprompted")],
                sealed=True, recommendation="yes", at="mid", strengths=list(words),
                gaps=["never said what it costs"], red_flags=[{"text": "no idea what a guest pays"}])
        s.score("person:CD", 80, [evidence("kettles", "explained", boiler, "because boiling takes four minutes", BOILER)],
                sealed=True, recommendation="strong-yes", at="mid", strengths=[], gaps=[])
    return s


def series(number):
    """The session of that day, with a score of the built-in grader that rises by four a day."""
    s = Session()
    s.phase("requirements")
    s.say(SERVE)
    s.add("predict", guess={"requirements": 4})
    s.add("session.end", why="done")
    s.score("rubric", 40 + 4 * number,
            [{"id": "scope", "verdict": "explained", "credit": 0.8}, {"id": "kettles", "verdict": "absent", "credit": 0},
             {"id": "</script><script>alert(1)</script>", "verdict": "absent", "credit": 0}])
    day = f"2026-11-{10 + number:02}"
    for event in s.events:
        event["t"] = day + event["t"][10:]
    s.events[0]["id"] = f"3f2a91c{number}" + ID[8:]
    return s
