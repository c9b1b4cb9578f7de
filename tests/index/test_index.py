"""The index behind history, search and trends, on bad days: what it says must be what the transcripts say."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pexpect
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIVA = os.environ.get("VIVA", str(ROOT / "build/dev/viva"))
SOME = 200


class Place:
    """A folder of transcripts, a cache, and viva that looks at them."""

    def __init__(self, base):
        self.folder, self.cache = base / "transcripts", base / "cache"
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(base), "XDG_CACHE_HOME": str(self.cache),
            "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb", "COLUMNS": "80", "VIVA_SHARE": str(ROOT),
            "VIVA_TRANSCRIPTS": str(self.folder), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        }

    def make(self, count, seed=1):
        subprocess.run([ROOT / "script/make-transcripts", self.folder, str(count), "--seed", str(seed)],
                       check=True)
        return self

    def run(self, *words, status=0):
        done = subprocess.run([VIVA, *words], env=self.environment, capture_output=True, text=True,
                              timeout=120)
        assert done.returncode == status, (words, done.returncode, done.stdout[-500:], done.stderr)
        assert "AddressSanitizer" not in done.stderr and "runtime error" not in done.stderr
        return done

    def sessions(self, *words):
        lines = self.run("history", "--format", "json", "--limit", "0", *words).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def found(self, *words):
        """The ids of the sessions in which the words were found, and whether it was 1 for none."""
        done = subprocess.run([VIVA, "search", "--format", "json", "--limit", "0", *words],
                              env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 1), done.stderr
        ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
        assert done.returncode == (0 if ids else 1)
        return ids

    def index(self):
        found = list((self.cache / "viva").glob("library-*.sqlite"))
        assert len(found) == 1, found
        return found[0]

    def files(self):
        return sorted(self.folder.glob("*.jsonl"))


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def event(number, event_type, time_="2030-01-01T00:00:00Z", **fields):
    return json.dumps({"n": number, "t": time_, "type": event_type, **fields}) + "\n"


def say(number, text, **fields):
    return event(number, "say", who="candidate", kind="answer", text=text, **fields)


def start(id_="0badcafe-0000-4000-8000-000000000000", scenario="chat-app", **fields):
    return event(1, "session.start", id=id_, scenario={"id": scenario}, level="mid", mode="practice",
                 phases=[{"id": "design", "minutes": 10}], **fields)


def write(place, name, text):
    place.folder.mkdir(exist_ok=True)
    path = place.folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def result_by(path):
    """Whose score is the result: who sealed first, else the built-in grader."""
    events = [json.loads(line) for line in path.read_text().splitlines()]
    return next((e["grader"] for e in events if e["type"] == "score" and e.get("sealed")), "rubric")


def as_in_file(path):
    """What history must say of a transcript, from the file itself."""
    events = [json.loads(line) for line in path.read_text().splitlines()]
    grader = result_by(path)
    scores = [e for e in events if e["type"] == "score" and e["grader"] == grader]
    return {
        "id": path.stem[-8:], "scenario": events[0]["scenario"]["id"], "level": events[0]["level"],
        "candidate": events[0].get("candidate"), "score": scores[-1]["score"] if scores else None,
        "ended": any(e["type"] == "session.end" for e in events),
    }


def test_history_says_what_the_files_say(place):
    place.make(SOME)
    sessions = place.sessions()
    assert [s["start"] for s in sessions] == sorted((s["start"] for s in sessions), reverse=True)
    got = {s["id"]: {key: s.get(key) for key in ("id", "scenario", "level", "candidate", "score", "ended")}
           for s in sessions}
    assert got == {path.stem[-8:]: as_in_file(path) for path in place.files()}
    assert place.sessions() == sessions # from the index alone
    some = sessions[len(sessions) // 2]  # whichever scenarios there are
    scenario, level, year = some["scenario"], some["level"], some["start"][:4]
    one = place.sessions("--scenario", scenario, "--level", level, "--since", year, "--until", year + "-12")
    assert one == [s for s in sessions if s["scenario"] == scenario and s["level"] == level
                   and s["start"][:4] == year]
    assert one and place.sessions("--candidate", "AK") == [s for s in sessions if s.get("candidate") == "AK"]


def test_search_finds_what_grep_finds(place):
    place.make(SOME)
    for word in ["Elasticsearch", "p99", "idempotency", "nobodysaysthis"]:
        want = {path.stem[-8:] for path in place.files()
                if any(word.lower() in e["text"].lower() for e in map(json.loads, path.open())
                       if e["type"] in ("say", "note"))}
        assert set(place.found(word + "*")) >= set(place.found(word))
        assert set(place.found(word)) <= want
        if word != "idempotency": # a word that is not part of others
            assert set(place.found(word)) == want, word


def test_appended(place):
    place.make(20)
    place.run("history")
    for path in (place.files()[3], place.files()[-1]):
        with path.open("a") as out:
            out.write(say(9001, "quinquagesima"))
        assert place.found("quinquagesima") == [path.stem[-8:]]
        with path.open("a") as out:
            out.write(event(9002, "score", grader="rubric", score=12.5, unfinished=False, criteria=[]))
            out.write(event(9003, "session.end", why="done"))
        assert [s["score"] for s in place.sessions() if s["id"] == path.stem[-8:]] == [12.5]
        with path.open("a") as out:
            out.write(event(9004, "undo", event=9001))
        assert place.found("quinquagesima") == []


def test_appended_to_a_page_of_many(place):
    """Above the number of files that are all looked at: see library.h."""
    place.make(30)
    old = place.files()[0]
    lines = old.read_text()
    first = json.loads(lines.splitlines()[0])
    for i in range(5100):
        first["id"] = f"{i:08x}-0000-4000-8000-000000000000"
        write(place, f"20190101T000000Z-chat-app-{i:08x}.jsonl", json.dumps(first) + "\n")
    assert len(place.sessions()) == 5130
    time.sleep(2.2)
    place.run("history") # now every file is settled, and the folder
    newest = place.files()[-1]
    for path in (newest, old):
        with path.open("a") as out:
            out.write(event(9001, "session.end", why="done"))
            grader = result_by(path)
            out.write(event(9002, "score", grader=grader, sealed=grader != "rubric", score=99.25, unfinished=False))
    page = place.run("history", "--format", "json").stdout.splitlines()
    assert json.loads(page[0])["score"] == 99.25
    page = place.run("history", "--format", "json", "--until", "2020-03").stdout.splitlines()
    assert 99.25 in [json.loads(line).get("score") for line in page]
    write(place, "20310101T000000Z-chat-app-0badcafe.jsonl", start().replace("2030", "2031"))
    page = place.run("history", "--format", "json", "--limit", "3").stdout.splitlines()
    assert json.loads(page[0])["id"] == "0badcafe"
    place.folder.joinpath("20310101T000000Z-chat-app-0badcafe.jsonl").unlink()
    page = place.run("history", "--format", "json", "--limit", "3").stdout.splitlines()
    assert json.loads(page[0])["id"] == newest.stem[-8:]


def test_empty_file_becomes_a_session(place):
    place.make(3)
    path = write(place, "20310101T000000Z-chat-app-0badcafe.jsonl", "")
    assert len(place.sessions()) == 3 and not place.run("history").stderr
    path.write_text(start()[:-20])
    assert len(place.sessions()) == 3
    path.write_text(start())
    assert len(place.sessions()) == 4


def test_deleted_renamed_edited(place):
    place.make(20)
    place.run("history")
    gone, renamed, edited, longer = place.files()[2:6]
    gone.unlink()
    renamed.rename(place.folder / renamed.name.replace(renamed.stem[-8:], "0badcafe"))
    edited.write_text(edited.read_text().splitlines()[0] + "\n" + say(2, "quinquagesima"))
    text = longer.read_text()
    with longer.open("r+") as out: # the same inode, and longer than before: an edit all the same
        out.write(text.replace('"level":"', '"level":"staff","was":"') + say(9001, "sexagesima"))
    sessions = {s["id"]: s for s in place.sessions()}
    assert len(sessions) == 19 and gone.stem[-8:] not in sessions
    assert renamed.stem[-8:] not in sessions and "0badcafe" in sessions
    assert place.found("quinquagesima") == [edited.stem[-8:]] and not sessions[edited.stem[-8:]]["ended"]
    assert place.found("sexagesima") == [longer.stem[-8:]]
    assert sessions[longer.stem[-8:]]["level"] == "staff"


def test_edited_without_a_trace_in_size_and_time(place):
    path = write(place, "20300101T000000Z-chat-app-0badcafe.jsonl", start() + say(2, "abcdef"))
    os.utime(path, (1e9, 1e9))
    time.sleep(2.2)
    assert place.found("abcdef") and place.found("abcdef")
    with path.open("r+") as out:
        out.write(start() + say(2, "uvwxyz"))
    os.utime(path, (1e9, 1e9))
    assert not place.found("abcdef") and place.found("uvwxyz")


def test_folder_goes_away(place):
    place.make(3)
    place.run("history")
    shutil.rmtree(place.folder)
    assert place.sessions() == []
    for words in (["history"], ["trends"], ["search", "x"]):
        done = place.run(*words, status=words[0] == "search")
        assert "viva practice starts one" in " ".join(done.stdout.split())
    place.make(2)
    assert len(place.sessions()) == 2


@pytest.mark.parametrize("damage", ["garbage", "head", "middle", "empty", "words", "version", "foreign", "wal"])
def test_damaged_index(place, damage):
    place.make(60)
    want, words = place.sessions(), place.found("cache")
    path = place.index()
    data = bytearray(path.read_bytes())
    if damage == "garbage":
        path.write_bytes(b"this is no index" * 100)
    elif damage == "head":
        data[:100] = bytes(100)
        path.write_bytes(data)
    elif damage == "middle":
        for at in range(4096, len(data), 4096):
            data[at:at + 64] = b"\xa5" * 64
        path.write_bytes(data)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "words": # of the index of words alone
        with sqlite3.connect(path) as db:
            db.execute("UPDATE words_data SET block = x'ffffffffffffffff' WHERE id > 10")
    elif damage == "version":
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 99")
    elif damage == "foreign":
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE file (x)")
    elif damage == "wal":
        pathlib.Path(str(path) + "-wal").write_bytes(b"\x37\x7f\x06\x82" + os.urandom(5000))
    assert place.found("cache") == words
    assert place.sessions() == want
    assert path.stat().st_mode & 0o777 == 0o600


def test_modes(place):
    place.make(2)
    place.run("history")
    assert place.index().stat().st_mode & 0o777 == 0o600
    assert (place.cache / "viva").stat().st_mode & 0o777 == 0o700


def test_cache_that_cannot_be_written(place):
    place.make(10)
    want = place.sessions()
    shutil.rmtree(place.cache)
    place.cache.write_text("a file where the folder should be")
    done = place.run("history", "--format", "json", "--limit", "0")
    assert [json.loads(line) for line in done.stdout.splitlines()] == want
    assert len(done.stderr.splitlines()) == 1 and "made anew each time" in done.stderr
    assert place.found("cache")


def test_full_disk(place):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    place.make(10)
    want = place.sessions()
    path = place.index()
    path.unlink()
    path.symlink_to("/dev/full")
    done = place.run("history", "--format", "json", "--limit", "0")
    assert [json.loads(line) for line in done.stdout.splitlines()] == want


def test_locked_index(place):
    """What stands in it is used, and a line says so."""
    place.make(10)
    place.run("history")
    write(place, "20310101T000000Z-chat-app-0badcafe.jsonl", start())
    db = sqlite3.connect(place.index())
    db.execute("BEGIN IMMEDIATE")
    done = place.run("history", "--format", "json", "--limit", "0")
    assert len(done.stdout.splitlines()) == 10 and "another viva" in done.stderr
    db.rollback()
    assert len(place.sessions()) == 11


def start_many(place, count, *words):
    return [subprocess.Popen([VIVA, *words], env=place.environment, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True) for _ in range(count)]


def test_two_processes_index_at_once(place):
    place.make(SOME)
    for _ in range(2):
        outputs = [p.communicate(timeout=120) + (p.returncode,) for p in
                   start_many(place, 3, "history", "--format", "json", "--limit", "0")]
        assert all(status == 0 and len(out.splitlines()) == SOME for out, _, status in outputs), outputs
        db = sqlite3.connect(place.index())
        assert db.execute("SELECT count(*), count(DISTINCT name) FROM session").fetchone() == (SOME, SOME)
        said = sum(e["type"] in ("say", "note") for path in place.files() for e in map(json.loads, path.open()))
        assert db.execute("SELECT count(*) FROM said WHERE session > 0").fetchone()[0] == said
        assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        db.close()
        place.index().write_bytes(b"damaged, and found so by three at once")


def hits(place, word):
    done = subprocess.run([VIVA, "search", word, "--format", "json"], env=place.environment,
                          capture_output=True, text=True)
    assert done.returncode in (0, 1) and "viva:" not in done.stderr, done.stderr
    found = json.loads(done.stdout or '{"hits":[],"more":0}')
    return len(found["hits"]) + found["more"]


def test_appended_while_another_searches(place):
    place.make(100)
    place.run("history")
    path, stop, counts = place.files()[50], threading.Event(), []

    def append():
        for i in range(60):
            with path.open("a") as out:
                out.write(say(9001 + i, f"quinquagesima number {i}"))
                out.flush()
            time.sleep(0.02)
        stop.set()

    writer = threading.Thread(target=append)
    writer.start()
    while not stop.is_set():
        counts.append(hits(place, "quinquagesima"))
    writer.join()
    counts.append(hits(place, "quinquagesima"))
    assert counts == sorted(counts) and counts[-1] == 60, counts


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_midst(place, how):
    place.make(600)
    process = start_many(place, 1, "history")[0]
    time.sleep(0.6)
    process.send_signal(how)
    process.communicate(timeout=30)
    db = sqlite3.connect(place.index())
    assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    db.close()
    assert len(place.sessions()) == 600
    assert {path.stem[-8:] for path in place.files()} == {s["id"] for s in place.sessions()}


ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202ereversed \x02marked\x03 quinquagesima \x9b31m"


def test_hostile_transcripts(place):
    place.make(3)
    name = "20300101T000000Z-chat-app-%08x.jsonl"
    lead = event(2, "phase.start", phase="design")
    write(place, name % 1, start(candidate="\x1b[31mX", scenario="\x1b[2Jevil\nid") + lead + say(3, ESCAPES))
    write(place, name % 2, start() + lead + say(3, "x " * 400000 + "quinquagesima " + "y" * 100000))
    write(place, name % 3, start() + say(3, "q" * 2000000) + say(4, "quinquagesima"))
    write(place, name % 4, start() + say(3, "quinquagesima") + '{"n":4,"t":"2030-01-01T00')
    write(place, name % 5, b"\xff\xfe\x00\x01" * 5000)
    write(place, name % 6, start() + "[" * 100000 + "\n" + '{"n":1e400}\n' + "null\n" + say(3, "quinquagesima"))
    write(place, name % 7, say(1, "quinquagesima") + start())
    write(place, name % 8, start() + event(2, "score", grader=3, score="x", dimensions=[], criteria={"a": 1}) +
          event(3, "score", dimensions={"a": None, "b": {"share": "x"}}, criteria=[1, {}, {"id": 3}]) +
          event(4, "predict", guess=[1]) + event(5, "undo", event="x") + event(6, "undo", event=1e300) +
          event(7, "phase.start", phase="") + event(8, "edit", phase="nowhere", text="quinquagesima"))
    write(place, name % 9, b"")
    (place.folder / (name % 10)).mkdir()
    os.mkfifo(place.folder / (name % 11))
    (place.folder / (name % 12)).symlink_to("nowhere")
    (place.folder / (name % 13)).symlink_to("/dev/zero")
    (place.folder / "\x1b[2Jname.jsonl").write_text(start())
    done = place.run("search", "quinquagesima")
    for word in ("history", "trends"):
        out = place.run(word).stdout
        assert "\x1b" not in out and "\u202e" not in out
    assert "\x1b" not in done.stdout and "\x02" not in done.stdout and "\u202e" not in done.stdout
    assert "\x1b" not in done.stderr
    assert "[quinquagesima]" in done.stdout
    found = {f"{i:08x}" for i in (1, 2, 3, 4, 6, 8)}
    assert set(place.found("quinquagesima")) == found
    assert len(place.sessions()) == 3 + len(found) + 1 # with the one that is named badly
    with (place.folder / (name % 4)).open("a") as out: # the torn line is ended as the log ends it
        out.write("\n" + say(5, "sexagesima"))
    assert place.found("sexagesima") == ["00000004"]


def test_retracted_words_are_not_found(place):
    lead = start() + event(2, "phase.start", phase="design")
    said = say(3, "quinquagesima one") + say(4, "two") + event(5, "undo", event=4)
    edit = event(6, "edit", phase="design", text="sexagesima instead")
    path = write(place, "20300101T000000Z-chat-app-0badcafe.jsonl", lead + said)
    assert place.found("quinquagesima") and not place.found("two")
    path.write_text(lead + said + edit)
    assert not place.found("quinquagesima") and place.found("sexagesima")
    path.write_text(lead + said + edit + event(7, "undo", event=6))
    assert place.found("quinquagesima") and not place.found("sexagesima") and not place.found("two")


def test_any_query_is_safe(place):
    place.make(5)
    for words in (["'"], ['"'], ["'; DROP TABLE said"], ["a AND"], ["NEAR("], ["text:a"], ["^a"], ["a" * 5000],
                  ["\u00e9" * 300], ["(", "a"], ["*a"], ["a**"], ["{a b}: c"], ["a\nb"], ["%", "a"], ["\U0001f600", "a"],
                  ["--", "-a"], ["a" for _ in range(16)], ["a " * 60000]):
        done = subprocess.run([VIVA, "search", *words], env=place.environment, capture_output=True, text=True)
        assert done.returncode in (0, 1, 2), (words, done.stderr)
        assert "fts" not in done.stderr.lower() and "syntax" not in done.stderr
        assert "SQL" not in done.stderr and len(done.stderr.splitlines()) <= 3


def test_worn_index_is_made_anew(place):
    """Words of what was thrown out stay in it until they outweigh the rest."""
    lines = start() + event(2, "phase.start", phase="design")
    lines += "".join(say(3 + i, f"word{i} quinquagesima") for i in range(2000))
    path = write(place, "20300101T000000Z-chat-app-0badcafe.jsonl", lines)
    for i in range(12):
        path.write_text(lines.replace("quinquagesima", f"sexagesima{i}"))
        assert place.found(f"sexagesima{i}") == ["0badcafe"]
        assert not place.found(f"sexagesima{i - 1}")
    with sqlite3.connect(place.index()) as db:
        assert db.execute("SELECT count(*) FROM said").fetchone()[0] < 20000


def test_list_has_last_scores(place):
    place.make(60)
    last = {}
    for session in reversed(place.sessions()):
        if session.get("grader") == "rubric" and session["mode"] == "practice": # an interview is somebody else's
            last[session["scenario"]] = session["score"]
    rows = map(json.loads, place.run("list", "--format", "json").stdout.splitlines())
    got = {row["id"]: row["last_score"] for row in rows if "last_score" in row}
    assert got == last and len(got) > 3


def test_trends_add_up(place):
    place.make(80)
    trends = json.loads(place.run("trends", "--format", "json").stdout)
    events = {path.stem[-8:]: [json.loads(line) for line in path.open()] for path in place.files()}
    values = []
    for session in trends["sessions"]:
        score = [e for e in events[session["id"]] if e["type"] == "score" and e["grader"] == "rubric"][-1]
        assert not score["unfinished"]
        values.append(score["score"])
        for dimension in trends["dimensions"]:
            value = dimension["values"][len(values) - 1]
            share = score["dimensions"].get(dimension["id"], {}).get("share")
            assert value is None if share is None else abs(value - 4 * share) < 0.001
    assert trends["score"]["values"] == values
    people = json.loads(place.run("trends", "--format", "json", "--grader", "person:IV").stdout)
    assert people["sessions"] and all(s["grader"] == "person:IV" for s in people["sessions"])


def fits(value, schema, where="it"):
    """What of JSON Schema docs/schema/ uses for these outputs."""
    kinds = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None),
             "array": list, "object": dict}
    known = {"$schema", "title", "description", "format", "type", "enum", "properties", "required", "minimum",
             "additionalProperties", "items", "minItems", "maxItems"}
    assert set(schema) <= known, (where, schema)
    if "enum" in schema:
        assert value in schema["enum"], (where, value)
        return
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    right = [n for n in names if isinstance(value, kinds[n]) and (n == "boolean" or not isinstance(value, bool))]
    assert right, (where, value)
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), (where, sorted(value))
        for key, inner in value.items():
            fits(inner, schema["properties"][key], f"{where}.{key}")
    elif isinstance(value, list):
        assert schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)), where
        for inner in value:
            fits(inner, schema["items"], where + "[]")
    elif isinstance(value, (int, float)):
        assert value >= schema.get("minimum", value), (where, value)


def test_json_is_as_the_schemas_say(place):
    place.make(40)
    write(place, "20310101T000000Z-chat-app-0badcafe.jsonl", start())
    a, b = [path.stem[-8:] for path in place.files()[:2]]
    for words in (["history"], ["search", "cache"], ["trends"], ["trends", "--scenario", "none"],
                  ["compare", a, b], ["compare", a, "0badcafe"]):
        schema = json.loads((ROOT / f"docs/schema/{words[0]}.schema.json").read_text())
        lines = place.run(*words, "--format", "json").stdout.splitlines()
        assert lines
        for line in lines:
            fits(json.loads(line), schema)


def test_progress_bar_at_a_terminal(place):
    place.make(1500)
    child = pexpect.spawn(VIVA, ["history", "--limit", "1"], timeout=60, dimensions=(24, 80),
                          env={**place.environment, "TERM": "xterm"}, encoding="utf-8")
    child.expect("reading transcripts  .*of 1500")
    child.expect(r"\r +\r") # it is gone before the answer comes
    child.expect("viva review")
    child.expect(pexpect.EOF)


def test_progress_is_told_in_words(place):
    """With a clock that cannot be hurried there is only one way: enough to do for a second."""
    place.make(1500)
    done = place.run("history", "--plain")
    assert "reading 1500 transcripts into the index; this is done once" in done.stderr
    assert "\r" not in done.stderr
    assert place.run("history", "--plain").stderr == ""


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, *sys.argv[1:]]))
