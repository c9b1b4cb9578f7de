"""What is sent, to whom, and where the key is not."""
import json
import os
import pathlib
import pty
import re
import resource
import select
import signal
import subprocess
import time

import pytest

from conftest import ANSWER, KEY, QUICK, VIVA

PLAIN = os.environ.get("VIVA_PLAIN", VIVA)


def everything_below(folder):
    return {path: path.read_bytes() for path in pathlib.Path(folder).rglob("*") if path.is_file()}


# --- the key ---

def test_key_is_written_nowhere(bench):
    said = ""
    for fault in ("ok", "401", "500", "redirect", "refusal", "hang"):
        for done in (bench.practice("--grader", "llm", fault=fault, VIVA_UUID=None), bench.score(fault=fault)):
            said += done.stdout + done.stderr
    said += "".join(str(bench.viva("doctor", fault=fault)) for fault in ("ok", "401"))
    sent = [request["headers"].get("Authorization") for request in bench.server.seen]
    assert sent and set(sent) == {"Bearer " + KEY}
    assert KEY not in said
    for path, data in everything_below(bench.home).items():
        assert KEY.encode() not in data, path


def test_key_that_a_server_repeats(bench):
    """Some repeat it when they refuse it."""
    from server import FAULTS, status
    FAULTS["repeats"] = status(400, "bad key " + KEY + " for you")
    done = bench.score(fault="repeats")
    assert done.returncode == 4 and KEY not in done.stdout + done.stderr
    assert "bad key ****" in done.stderr


@pytest.mark.parametrize("text", [
    '{"llm": {"key": "%s", "urll": 1}}', '{"llm": {"key": "%s" "url": 1}}', '{"llm": {"key": "%s', '["%s"]',
    '{"llm": {"key": ["%s"]}}', '{"llm": {"key": "%s"}, "llm": 1}', '{"format": "%s"}', '{"llm": {"key": %s}}'])
def test_key_in_a_file_that_is_wrong(bench, text):
    """Its mistakes are told by their place, and the line is not shown."""
    (bench.home / ".config/viva/config.json").write_text(text % KEY)
    done = bench.score(VIVA_LLM_KEY=None)
    assert done.returncode == 3 and re.search(r"config.json:1:\d+: ", done.stderr)
    assert KEY not in done.stdout + done.stderr


def start(bench, fault, program=VIVA):
    """A request that hangs."""
    environment = {**bench.environment, "VIVA_LLM_URL": bench.server.url(fault)}
    bench.configure(timeouts={"first": 8, "whole": 9})
    return subprocess.Popen([program, "score", "--grader", "llm", "answer.json"], env=environment, cwd=bench.home,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (-1, -1)))


def wait_for_request(bench):
    for _ in range(200):
        if bench.server.seen:
            return
        time.sleep(0.02)
    pytest.fail("no request came")


def test_key_is_in_no_list_of_processes(bench):
    process = start(bench, "hang")
    wait_for_request(bench)
    listed = subprocess.run(["ps", "-eww", "e", "-o", "pid,args"], capture_output=True, text=True).stdout
    own = [line for line in listed.splitlines() if re.match(rf"\s*{process.pid}\s", line)]
    process.kill()
    process.wait()
    assert own and "VIVA_LLM_MODEL" not in KEY
    assert KEY not in "\n".join(own)


def test_crash_leaves_no_key(bench):
    process = start(bench, "hang", PLAIN)
    wait_for_request(bench)
    limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
    os.kill(process.pid, signal.SIGSEGV)
    process.wait()
    assert re.search(r"Max core file size\s+0\s+0", limits)
    for path, data in everything_below(bench.home).items():
        assert KEY.encode() not in data, path


def test_editor_does_not_see_the_key(bench):
    editor = bench.home / "editor"
    editor.write_text('#!/bin/sh\nenv > "$HOME/seen"\necho more >> "$1"\n')
    editor.chmod(0o755)
    bench.practice("--grader", "llm", said="/edit\n/quit\n", VISUAL=str(editor))
    assert KEY not in (bench.home / "seen").read_text()


# --- consent ---

def test_nothing_is_sent_without_an_endpoint(bench):
    done = bench.viva("score", "--grader", "llm", "answer.json", fault="http://x", VIVA_LLM_URL=None)
    assert done.returncode == 2 and "no model is configured: set VIVA_LLM_URL and VIVA_LLM_MODEL" in done.stderr
    assert bench.viva("practice", "tiny", said="Tea.\n/quit\n").returncode == 0
    assert bench.viva("score", "answer.json").returncode == 0
    assert not bench.server.seen


def test_nothing_is_sent_without_a_yes(bench):
    done = bench.score(VIVA_LLM_CONSENT=None)
    assert done.returncode == 2 and not bench.server.seen
    assert "nobody has said yes to sending anything to '" + bench.host in done.stderr
    assert bench.score(VIVA_LLM_CONSENT="other:80").returncode == 2
    assert not bench.server.seen


def at_terminal(bench, arguments, answers):
    """Runs it at a pseudo-terminal; each answer is typed when its question stands there. All that was shown."""
    environment = {**bench.environment, "VIVA_LLM_URL": bench.server.url("ok")}
    del environment["VIVA_LLM_CONSENT"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(bench.home)
        os.execve(VIVA, [VIVA, *arguments], environment)
    seen, end = b"", time.monotonic() + 20
    answers = list(answers)
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            break
        if answers and answers[0][0] in seen:
            os.write(terminal, answers.pop(0)[1])
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, seen.decode("utf-8", "replace")


def test_a_no_sends_nothing(bench):
    status, seen = at_terminal(bench, ["score", "--grader", "llm", "answer.json"], [(b"(yes or no)", b"\r")])
    assert status == 2 and not bench.server.seen
    assert "nothing was sent to '" in seen and "Nothing was sent to" in seen


def test_a_yes_is_asked_for_once(bench):
    status, seen = at_terminal(bench, ["score", "--grader", "llm", "answer.json"], [(b"(yes or no)", b"yes\r")])
    assert status == 0 and len(bench.server.seen) == 1
    (bench.home / ".cache/viva/verdicts").rename(bench.home / "gone")
    status, seen = at_terminal(bench, ["score", "--grader", "llm", "answer.json"], [])
    assert status == 0 and "yes or no" not in seen and len(bench.server.seen) == 2


# --- what is sent ---

def test_shown_is_what_is_sent(bench):
    shown = bench.viva("score", "--show-request", "answer.json")
    assert shown.returncode == 0 and not bench.server.seen
    assert shown.stderr.startswith(f"POST {bench.server.url('ok')}/chat/completions\n") and KEY not in shown.stderr
    bench.score()
    assert shown.stdout.encode() == bench.server.seen[0]["body"] + b"\n"


def test_shown_in_a_session(bench):
    said = "We serve it hot.\n/next\n/next\n/quit\n\n"
    shown = bench.practice("--interviewer", "llm", "--grader", "llm", "--show-request", said=said, VIVA_LLM_CONSENT=None)
    assert shown.returncode == 0 and not bench.server.seen
    bodies = [line for line in shown.stderr.splitlines() if line.startswith("{")]
    assert [json.loads(body).get("stream", False) for body in bodies] == [True, False]
    assert "A second grade" not in shown.stdout and "(a probe)" in shown.stdout
    assert KEY not in shown.stderr
    # and what is sent later is the same, but for its fence
    bench.viva("review", "--grade-with", "llm")
    bare = lambda text: re.sub("[0-9a-f]{32}", "", text)
    assert bare(bench.server.seen[0]["body"].decode()) == bare(bodies[-1])


def test_shown_needs_no_yes(bench):
    assert bench.viva("score", "--show-request", "answer.json", VIVA_LLM_CONSENT=None).returncode == 0


def test_fence_is_new_each_time(bench):
    fences = set()
    for _ in range(4):
        shown = bench.viva("score", "--show-request", "answer.json", VIVA_LLM_SEED=None)
        fences |= set(re.findall(r"=== answer ([0-9a-f]{32}) ===", shown.stdout))
    assert len(fences) == 4


def test_redact(bench):
    bench.configure(**QUICK, redact=["eight sorts", "boiler"])
    done = bench.score("--redact")
    assert done.returncode == 0, done.stderr
    body = bench.server.seen[0]["body"].decode()
    assert "eight" not in body and "boiler" not in body and "xxxxx xxxxx" not in body
    assert "We serve xxxxxxxxxxx of tea" in body
    # the quote is found by what was sent, and shown as it was said
    assert json.loads(done.stdout)["criteria"][0]["quote"].startswith("We serve eight sorts of tea")


def test_redact_without_words(bench):
    done = bench.score("--redact")
    assert done.returncode == 2 and "--redact has nothing to hide" in done.stderr


def test_only_the_candidates_words_are_sent(bench):
    bench.practice("--grader", "llm", said="what kind of tea do you have?\n/note my mother's name\n"
                   "We serve tea all day, because guests come all day.\n/quit\n")
    text = json.loads(bench.server.seen[0]["body"])["messages"][1]["content"]
    said = text.split("=== answer")[1]
    assert "what kind of tea" in said and "We serve tea all day" in said
    assert "Eight sorts" not in said and "mother" not in text and str(bench.home) not in text


def test_nothing_said_is_not_sent(bench):
    done = bench.practice("--grader", "llm", said="/quit\n\n")
    assert done.returncode == 0 and not bench.server.seen
    assert "nothing to grade" in done.stdout and "A second grade" not in done.stdout


# --- the cache ---

def test_nothing_is_paid_twice(bench):
    first = json.loads(bench.score().stdout)
    second = json.loads(bench.score().stdout)
    assert len(bench.server.seen) == 1
    assert second["usage"]["requests"] == 0 and second["score"] == first["score"]
    bench.score(VIVA_LLM_MODEL="other")
    assert len(bench.server.seen) == 2
    (bench.home / "answer.json").write_text(json.dumps({**ANSWER, "answers": {"design": "Five kettles."}}))
    bench.score()
    assert len(bench.server.seen) == 3


def test_cache_is_not_believed(bench):
    first = bench.score()
    kept, = (bench.home / ".cache/viva/verdicts").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    for text in ("not json", '{"text": 7}', '{"text": "{}"}', json.dumps({"text": json.loads(kept.read_text())["text"] + "}"})):
        kept.write_text(text)
        assert json.loads(bench.score().stdout)["score"] == json.loads(first.stdout)["score"]
    assert len(bench.server.seen) == 5
    # a forged verdict needs its quote all the same
    forged = {"verdicts": [{"id": c, "quote": "forty samovars on all the floors", "verdict": "explained"}
                           for c in ("scope", "kettles", "spare")]}
    kept.write_text(json.dumps({"text": json.dumps(forged)}))
    score = json.loads(bench.score().stdout)
    assert score["score"] == 0 and len(score["voided"]) == 3


def test_runs(bench):
    score = json.loads(bench.score("--runs", "3", fault="wavering").stdout)
    assert len(bench.server.seen) == 3
    assert score["runs"]["count"] == 3 and score["runs"]["low"] < score["runs"]["high"] == score["score"]
    assert score["runs"]["unstable"] == {"scope": 0.667}
    assert score["usage"] == {"requests": 3, "tokens_in": 3 * 1204, "tokens_out": 3 * 310, "cost": None}


def test_price(bench):
    bench.configure(**QUICK, price={"input": 2.5, "output": 10, "currency": "EUR"})
    done = bench.practice("--grader", "llm")
    assert "1,204 tokens in, 310 out, 0.0061 EUR, 1 request" in bench.words(done)


def test_proxy_of_the_environment(bench):
    """Another port of this machine plays the proxy: it is asked for the address in full."""
    done = bench.score(fault="http://no-such-host.invalid/ok/v1", VIVA_LLM_KEY=None,
                       VIVA_LLM_CONSENT="no-such-host.invalid", http_proxy=bench.server.url("x"))
    assert bench.server.seen[0]["path"].startswith("http://no-such-host.invalid/ok/v1/chat"), done.stderr


def test_no_proxy_for_this_machine(bench):
    assert bench.score(http_proxy="http://127.0.0.1:1").returncode == 0


# --- Ctrl-C ---

def test_interrupt_gives_up_the_request(bench):
    process = start(bench, "hang")
    wait_for_request(bench)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert process.returncode == 4 and b"was given up" in err
