"""The same with a server that somebody else wrote (openai-mock-api, from npm, pinned in package-lock.json), so that not
only our own idea of the protocol is tested.

It is installed into $VIVA_NODE with npm ci, once. VIVA_OFFLINE=1 skips it where npm cannot be reached.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time

import pytest

from conftest import KEY, QUICK

HERE = pathlib.Path(__file__).resolve().parent
VERDICTS = {"verdicts": [
    {"id": "scope", "quote": "We serve eight sorts of tea to 600 guests", "verdict": "explained"},
    {"id": "kettles", "quote": "keeps ten litres of water hot before anybody orders", "verdict": "explained"},
    {"id": "spare", "quote": "We have three spare boilers in the cellar", "verdict": "explained"}]}
QUESTION = "Who comes to the house, and what do they expect to find there?"


def flow(name, contains, reply):
    return {"id": name, "messages": [{"role": "system", "matcher": "any"},
                                     {"role": "user", "content": contains, "matcher": "contains"},
                                     {"role": "assistant", "content": reply}]}


def ping(name, contains, reply):
    return {"id": name, "messages": [{"role": "user", "content": contains, "matcher": "contains"},
                                     {"role": "assistant", "content": reply}]}


RESPONSES = [flow("grade", "Criteria:", json.dumps(VERDICTS)), flow("ask", "The point to ask about", QUESTION),
             ping("word", "the one word", "ready"), ping("object", "this JSON object", '{"word": "ready"}')]


@pytest.fixture(scope="session")
def program():
    if os.environ.get("VIVA_OFFLINE"):
        pytest.skip("VIVA_OFFLINE is set")
    folder = pathlib.Path(os.environ["VIVA_NODE"])
    wanted = (HERE / "package-lock.json").read_bytes()
    found = folder / "package-lock.json"
    if not (folder / "node_modules").is_dir() or not found.exists() or found.read_bytes() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                              capture_output=True, text=True)
        assert done.returncode == 0, "npm ci failed (VIVA_OFFLINE=1 leaves this test out):\n" + done.stderr[-2000:]
    return folder / "node_modules/openai-mock-api/dist/cli.js"


@pytest.fixture(scope="session")
def other(program, tmp_path_factory):
    """Its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = tmp_path_factory.mktemp("other") / "config.yaml" # JSON is YAML
    path.write_text(json.dumps({"apiKey": KEY, "port": port, "responses": RESPONSES}))
    process = subprocess.Popen(["node", str(program), "--config", str(path), "--port", str(port)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/v1"
    process.terminate()
    process.wait()


@pytest.fixture
def place(bench, other):
    bench.configure(**{**QUICK, "timeouts": {"connect": 2, "first": 10, "whole": 20, "talk": 10}})
    bench.host = other.split("/")[2]
    return {"fault": other, "VIVA_LLM_CONSENT": bench.host}


def test_grade(bench, place):
    done = bench.score(**place)
    assert done.returncode == 0, done.stderr
    score = json.loads(done.stdout)
    assert {c["id"]: c["verdict"] for c in score["criteria"]} == {
        "scope": "explained", "kettles": "explained", "spare": "absent", "twist": "not-asked"}
    assert [v["id"] for v in score["voided"]] == ["spare"] and score["voided"][0]["why"] == "not said"
    assert score["usage"]["requests"] == 1 and score["usage"]["tokens_in"] > 100


def test_interviewer(bench, place):
    done = bench.practice("--interviewer", "llm", said="Tea.\n/next\n/quit\n\n", **place)
    assert f"Interviewer {QUESTION} (a probe)" in bench.words(done), done.stdout


def test_wrong_key(bench, place):
    done = bench.score(**place, VIVA_LLM_KEY="sk-other")
    assert done.returncode == 4 and "does not accept the key (401)" in done.stderr


def test_doctor(bench, place):
    done = bench.viva("doctor", **place)
    text = bench.words(done)
    assert "name fine" in text and "connection fine" in text and "answer fine: it answers" in text, text
    assert "shape fine: JSON Schema" in text
