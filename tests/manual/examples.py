"""What the pages show, tried out.

A line of a literal block that begins with "$ " is typed in a shell, "> " goes on with it; what follows is what
comes back, "..." standing for anything, by itself for any lines. A command's status is 0; where the page shows no
output, none is compared. The examples of a page run one after the other in one folder, as somebody who has the
sessions of transcripts/ and nothing else.
"""
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pages
from pages import ROOT


def environment(program, home):
    return {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8",
            "TERM": "dumb", "COLUMNS": "60", "VIVA_SHARE": str(ROOT), "VIVA_CLOCK": "2026-11-21T10:00:00Z"}


def commands(text):
    """(command, output) of each command in a block."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        lines = part.splitlines(True)
        end = next((i for i in range(1, len(lines)) if not lines[i].startswith("> ")), len(lines))
        yield lines[0] + "".join(line[2:] for line in lines[1:end]), "".join(lines[end:])


def pattern(output):
    return "".join(r"(?:.*\n)*?" if line.strip() == "..." else ".*?".join(map(re.escape, line.split("...")))
                   for line in output.splitlines(True))


class Shell:
    """Remembers where it is, and nothing else."""

    def __init__(self, program, folder):
        self.at, self.state = folder / "work", folder / "at"
        self.environment = environment(program, folder / "home")
        store = folder / "home/.local/share/viva/transcripts"
        self.at.mkdir()
        store.mkdir(parents=True)
        for path in (ROOT / "transcripts").glob("*.jsonl"):
            shutil.copy(path, store)

    def run(self, command):
        script = f"cd {shlex.quote(str(self.at))}\n{command}\nstatus=$?\npwd >{self.state}\nexit $status\n"
        done = subprocess.run(["sh", "-c", script], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=100)
        self.at = pathlib.Path(self.state.read_text().rstrip("\n"))
        return done.returncode, done.stdout


def check_page(program, name, text):
    blocks = [block for _, block in pages.literals(text) if "$ " in block]
    if not blocks:
        return [f"{name}: no example that can be tried"] if not name.startswith("viva-expressions") else []
    wrong = []
    with tempfile.TemporaryDirectory(prefix="viva-manual-") as folder:
        shell = Shell(program, pathlib.Path(folder))
        for command, output in (pair for block in blocks for pair in commands(block)):
            status, got = shell.run(command)
            if status:
                wrong.append(f"{name}: exit status {status}\n$ {command}{got}")
            elif output.strip() and not re.fullmatch(pattern(output), got):
                wrong.append(f"{name}: the page shows\n{output}and what comes is\n$ {command}{got}")
    return wrong


def check(program, found):
    with ThreadPoolExecutor(2) as pool:
        return [line for lines in pool.map(lambda item: check_page(program, *item), found.items()) for line in lines]


# --- expressions ---

FLAG = "IN A RED FLAG"


def expressions(text):
    """(heading, expression, texts that it finds, texts that it does not) of the page's examples."""
    for heading, block in pages.literals(text):
        for part in block.split("\n\n") if "$ " not in block else []:
            first, *rest = part.strip().splitlines()
            yield (heading, first, [line[2:] for line in rest if line.startswith("+ ")],
                   [line[2:] for line in rest if line.startswith("- ")])


def rubric(examples):
    """In which each example is a rule of consistency that looks for one thing twice, or a red flag."""
    rules, flags = [], []
    for number, (heading, expression, hits, misses) in enumerate(examples):
        one = {"id": f"row-{number}", "examples": {"wrong": hits, "sound": misses}}
        if heading == FLAG:
            flags.append({**one, "title": "?", "advice": "?", "cost": 1, "evidence": expression})
        else:
            rules.append({**one, "claim": expression, "against": expression, "question": "?"})
    criterion = {"id": "none", "title": "?", "phase": "all", "dimension": "depth", "weight": 1,
                 "evidence": {"names": "nothing"}, "probe": "?", "advice": "?"}
    return {"scenario": "manual", "version": 1, "criteria": [criterion], "red_flags": flags, "consistency": rules}


def check_expressions(program, found):
    """Through viva check, which tries a rubric's own examples."""
    examples = list(expressions(found["viva-expressions.7"]))
    for _, expression, hits, misses in examples:
        if not hits or not misses:
            yield f"viva-expressions(7): {expression} wants a text that it finds and one that it does not"
    every = " ".join(expression for _, expression, _, _ in examples)
    kinds = re.search(r"quantity_names\[\] = \{(.*?)\}", (ROOT / "src/scoring/quantity.c").read_text(), re.S)[1]
    for sign in [*"&|!(@*\"[", "~reason", *("#" + kind for kind in re.findall(r'"(\w+)"', kinds))]:
        if sign not in every:
            yield f"viva-expressions(7): there is no example of {sign}"
    with tempfile.TemporaryDirectory(prefix="viva-manual-") as folder:
        path = pathlib.Path(folder, "rubrics/manual.json")
        path.parent.mkdir()
        path.write_text(json.dumps(rubric(examples)))
        done = subprocess.run([program, "check", "--format", "json", path], env=environment(program, folder),
                              capture_output=True, text=True)
    said = json.loads(done.stdout)
    for problem in said["mistakes"] + [one for one in said["findings"] if "'row-" in one["message"]]:
        text = re.sub(r"'row-(\d+)'", lambda row: examples[int(row[1])][1], problem["message"])
        yield f"viva-expressions(7): {text}"
