"""viva doctor: each step on the way to a model, how it went, and what to do."""
import re

import pytest

from conftest import KEY, NO_NAME
from server import Server, make_certificate

FINE = ["name fine: HOST", "connection fine", "certificate note: none: the line is open, on this machine",
        "key fine: taken", "model fine: listed", "answer fine: it answers"]
SHAPE = "shape fine: JSON Schema: replies have the shape that is asked for"

ROWS = [
    ("ok", 0, FINE + [SHAPE]),
    ("no-schema", 0, FINE + ["shape note: JSON mode; the shape is up to the model, and checked here"]),
    ("no-json", 0, FINE + ["shape note: none; the model is asked for JSON in words, and checked here"]),
    ("refused", 4, FINE[:1] + ["connection failed: nothing answers at 'HOST': is the server running?"]),
    ("no-name", 4, ["name failed: cannot find 'HOST': is the name right, and is there a network?"]),
    ("list-401", 4, FINE[:3] + ["key failed: 'HOST' does not accept the key (401): check VIVA_LLM_KEY"]),
    ("list-404", 0, FINE[:3] + ["key note: not known yet", "model note: this server does not list its models",
                                "answer fine: it answers", SHAPE]),
    ("list-500", 4, FINE[:3] + ["answer failed: 'HOST' failed (500); tried 3 times: worker died"]),
    ("list-strange", 0, FINE[:4] + ["model note: this server does not list its models", "answer fine: it answers", SHAPE]),
    ("list-other", 0, FINE[:4] + ["model note: not in the server's list: is VIVA_LLM_MODEL right, and was it loaded there?",
                                  "answer fine: it answers", SHAPE]),
    ("404", 4, FINE[:5] + ["answer failed: 'HOST' has no such address or model (404): does the url end as it should, "
                           "mostly in /v1, and is the model there?"]),
    ("hang", 4, FINE[:5] + ["answer failed: 'HOST' took the request and gave no answer within 2 s; for a slow model "
                            "raise llm.timeouts.first"]),
    ("refusal", 4, FINE[:5] + ["answer failed: the model refuses to answer: I cannot^[[2J help with that."]),
]


def steps(bench, done):
    """The lines of the section on the model that tell of a step, unwrapped."""
    text = done.stdout.replace(bench.host, "HOST").split("\nmodel\n")[1]
    lines = re.sub(r"\n {16}", " ", text).splitlines()
    words = [re.sub(r"\s+", " ", line).strip() for line in lines]
    return [line for line in words if re.match(r"\w+ (fine|note|failed)\b", line)]


@pytest.mark.parametrize("fault, status, wanted", ROWS, ids=[row[0] for row in ROWS])
def test_steps(bench, fault, status, wanted):
    url, more = bench.server.url(fault), {}
    if fault == "refused":
        url = "http://127.0.0.1:1/v1"
    if fault == "no-name":
        url, more = f"http://{NO_NAME}/v1", {"VIVA_LLM_KEY": None}
    bench.host = url.split("/")[2]
    done = bench.viva("doctor", fault=url, VIVA_LLM_CONSENT=bench.host, **more)
    assert (steps(bench, done), done.returncode) == (wanted, status)
    assert KEY not in done.stdout + done.stderr


def test_certificate(bench, tmp_path):
    certificate = make_certificate(tmp_path)
    url = Server(certificate).url("ok", "localhost")
    bench.host = url.split("/")[2]
    done = bench.viva("doctor", fault=url, VIVA_LLM_CONSENT=bench.host)
    assert done.returncode == 4 and steps(bench, done)[-1].startswith("certificate failed: the certificate of 'HOST'")
    done = bench.viva("doctor", fault=url, VIVA_LLM_CONSENT=bench.host, VIVA_LLM_CA=certificate[0])
    assert done.returncode == 0 and "certificate fine" in steps(bench, done)


def test_what_it_finds_is_remembered(bench):
    bench.viva("doctor", fault="no-json")
    bench.server.seen.clear()
    assert bench.score(fault="no-json").returncode == 0 and len(bench.server.seen) == 1


def test_nothing_set_up(bench):
    done = bench.viva("doctor", VIVA_LLM_MODEL=None, VIVA_LLM_URL=None)
    assert done.returncode == 0 and "no model is configured" in done.stdout and not bench.server.seen


def test_no_yes(bench):
    done = bench.viva("doctor", VIVA_LLM_CONSENT=None)
    assert done.returncode == 0 and "nobody has said yes" in bench.words(done) and not bench.server.seen


def test_no_library(bench):
    done = bench.viva("doctor", VIVA_LIBCURL="/no/libcurl.so")
    assert done.returncode == 4 and "not installed: no model can be asked" in done.stdout


def test_bad_configuration(bench):
    path = bench.home / ".config/viva/config.json"
    path.write_text('{"llm": {"urll": "x"}}')
    done = bench.viva("doctor")
    assert done.returncode == 3
    assert "config.json:1:10: unknown key 'urll' in llm; did you mean 'url'?" in done.stderr
