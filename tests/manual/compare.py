"""The pages against the program: its tables of commands and options, what it reads, and the formats of its files."""
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pages
from pages import ROOT

COMMON = "OPTIONS OF EVERY COMMAND"


@functools.lru_cache(maxsize=None)
def viva(program, *arguments, said=""):
    with tempfile.TemporaryDirectory(prefix="viva-manual-") as folder:
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "TERM": "dumb", "LC_ALL": "C.UTF-8", "COLUMNS": "120",
                       "VIVA_CONTENT": str(ROOT / "tests/golden/content"), "VIVA_SHARE": str(ROOT)}
        done = subprocess.run([program, *arguments], input=said, env=environment, cwd=folder,
                              capture_output=True, text=True, check=True)
        return done.stdout


@functools.lru_cache(maxsize=None)
def source(path):
    return (ROOT / path).read_text()


@functools.lru_cache(maxsize=None)
def schema(name):
    return json.loads(source(f"docs/schema/{name}.schema.json"))


def words_of(path, table):
    """The strings of a table in a C source."""
    body = re.search(rf"\b{table}\[\] = \{{(.*?)\}};", source(path), re.S)[1]
    return set(re.findall(r'"([^"]+)"', body))


def compare(what, page, program):
    """Differences, one a line."""
    for name in sorted(page ^ program):
        yield f"{what}: {name} is only " + ("on the page" if name in page else "in the program")


# --- commands and options ---


def options(text):
    return set(re.findall(r"^  (--[a-z-]+(?: [A-Z]+)?) ", text, re.M))


def listed(body):
    """What has an entry of its own: "--level LEVEL", "/hint"."""
    return {pages.plain(line) for line, _ in pages.entries(body)}


def rows(program):
    """(name, usage, help) of each command."""
    table = viva(program, "help").split("\nOptions")[0]
    return re.findall(r"^  ([a-z]+)((?: \S+)*?) {2,}(\S.*)$", table, re.M)


def spoken_of(where, text, known):
    names = {option.split()[0] for option in known}
    for word in sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - names):
        yield f"{where}: speaks of {word}, which is not there"


def check_command(program, name, summary, text):
    where, parts = f"viva-{name}(1)", pages.sections(text)
    said = viva(program, name, "--help")
    own, known = options(said.split("\nOptions of every command")[0]), options(said)
    usage = re.match(r"usage: (.*)", said)[1]
    if parts["NAME"].strip() != f"viva-{name} - {summary}":
        yield f"{where}: NAME does not say '{summary}'"
    if pages.plain(parts["SYNOPSIS"]).strip() != usage:
        yield f"{where}: SYNOPSIS is not '{usage}'"
    yield from compare(where, listed(parts.get("OPTIONS", "")), own)
    yield from spoken_of(where, pages.without_literals(text), known)


def check_commands(program, found):
    known = rows(program)
    sources = {name for name in found if name.endswith(".1") and name != "viva.1"}
    yield from compare("pages", sources, {f"viva-{name}.1" for name, _, _ in known})
    table = {(pages.plain(left), right) for left, right in pages.table(pages.sections(found["viva.1"])["COMMANDS"])}
    yield from compare("viva(1), the table", {" - ".join(row) for row in table},
                       {f"{name}{usage} - {summary}" for name, usage, summary in known})
    for name, _, summary in known:
        if f"viva-{name}.1" in found:
            yield from check_command(program, name, summary, found[f"viva-{name}.1"])


def check_choices(program, found):
    """What an option may be is said of it; completion knows it from the same table."""
    script = viva(program, "completion", "bash")
    for name, option, choices in re.findall(r'"([a-z]+) (--[a-z-]+)"\) _viva_words "([a-z -]+)"', script):
        body = pages.sections(found.get(f"viva-{name}.1", "")).get("OPTIONS", "")
        said = " ".join(text for line, text in pages.entries(body) if line.startswith(f"*{option}*"))
        for choice in choices.split():
            if f"*{choice}*" not in said:
                yield f"viva-{name}(1): {option} may be {choice}, which is not said"


def check_common(program, found):
    common = options(viva(program, "help").split("\nOptions of every command")[1])
    yield from compare("viva(1)", listed(pages.sections(found["viva.1"])[COMMON]), common)
    everything = set(common)
    for name, _, _ in rows(program):
        everything |= options(viva(program, name, "--help"))
    for name, text in found.items():
        yield from spoken_of(name, text, everything)


def check_sessions(program, found):
    said = viva(program, "practice", "tiny", said="/help\n")
    known = set(re.findall(r"^ *(/[a-z]+)(?: [\[a-z\]]+)? {2,}\S", said, re.M))
    yield from compare("viva(1), in a session", slashes(found["viva.1"], "IN A SESSION"), known)
    said = viva(program, "interview", "tiny", "--candidate", "XY", "--interviewer", "AB", said="/help\n")
    known = set(re.findall(r"^ *(?:/[a-z] )?(/[a-z]+)(?: \S+)* {2,}\S", said, re.M))
    yield from compare("viva-interview(1)", slashes(found["viva-interview.1"], "IN AN INTERVIEW"), known)


def slashes(text, heading):
    return {entry.split()[0] for entry in listed(pages.sections(text)[heading])}


# --- what else the program reads ---


def check_environment(_, found):
    read = set()
    for path in (ROOT / "src").rglob("*.c"):
        read |= set(re.findall(r'(?:getenv|environment|xdg_home|is_set)\("([A-Z_]+)"', path.read_text()))
    named = set(re.findall(r"[A-Z_]+", " ".join(listed(pages.sections(found["viva.1"])["ENVIRONMENT"]))))
    yield from compare("viva(1), the environment", named, read)


def leaves(properties, above=""):
    for name, what in properties.items():
        below = what.get("properties")
        yield from leaves(below, above + name + ".") if below else [above + name]


def check_configuration(_, found):
    named = listed(pages.sections(found["viva.1"])["CONFIGURATION"])
    yield from compare("viva(1), the configuration", named, set(leaves(schema("config")["properties"])))
    known = set()
    for table in ("top_keys", "llm_keys", "timeout_keys", "price_keys"):
        known |= words_of("src/judge/settings.c", table)
    yield from compare("viva(1), the configuration", {part for name in named for part in name.split(".")}, known)


# --- formats ---

# Page, heading, the loader's table (None: it has none, and overlooks other keys), the schema and the way to its part,
# steps parted by slashes.
FORMATS = [
    ("viva-scenario.5", "KEYS", "content/scenario scenario_keys", "scenario", ""),
    ("viva-scenario.5", "A fact", "content/scenario fact_keys", "scenario", "properties/facts/items"),
    ("viva-scenario.5", "A phase", "content/scenario phase_keys", "scenario", "properties/phases/items"),
    ("viva-scenario.5", "A hint", "content/scenario hint_keys", "scenario", "properties/hints/items"),
    ("viva-scenario.5", "A step of a ladder", "content/scenario step_keys", "scenario",
     "properties/hints/items/properties/ladder/items"),
    ("viva-scenario.5", "The twist", "content/scenario twist_keys", "scenario", "properties/twist"),
    ("viva-scenario.5", "A figure", "content/scenario figure_keys", "scenario", "properties/figures/items"),
    ("viva-rubric.5", "KEYS", "scoring/rubric rubric_keys", "rubric", ""),
    ("viva-rubric.5", "A criterion", "scoring/rubric criterion_keys", "rubric", "$defs/criterion"),
    ("viva-rubric.5", "The evidence of a criterion", "scoring/rubric evidence_keys", "rubric",
     "$defs/criterion/properties/evidence"),
    ("viva-rubric.5", "A red flag", "scoring/rubric flag_keys", "rubric", "$defs/red_flag"),
    ("viva-rubric.5", "A rule of consistency", "scoring/rubric rule_keys", "rubric", "properties/consistency/items"),
    ("viva-rubric.5", "Examples", "scoring/rubric examples_keys", "rubric", "$defs/examples"),
    ("viva-rubric.5", "A sample", "scoring/rubric sample_keys", "rubric", "$defs/sample"),
    ("viva-rubric.5", "RED-FLAGS.JSON", "scoring/rubric shared_keys", "red-flags", ""),
    ("viva-rubric.5", "LEXICON.JSON", "scoring/lexicon lexicon_keys", "lexicon", ""),
    ("viva-rubric.5", "A concept", "scoring/lexicon concept_keys", "lexicon",
     "properties/concepts/additionalProperties"),
    ("viva-score.1", "ANSWERS", None, "answers", ""),
    ("viva-rubric.5", "WEIGHTS.JSON", "scoring/weights weights_keys", None, None),
]


def keys(body):
    """Names of the entries, and those of them that are marked as needed."""
    named, needed = set(), set()
    for line, _ in pages.entries(body):
        names = re.findall(r"\*([^*]+)\*", line)
        named |= set(names)
        needed |= set(names) if line.endswith(", needed") else set()
    return named, needed


def check_formats(_, found):
    for page, heading, loader, name, way in FORMATS:
        where = f"{page}, {heading}"
        named, needed = keys(pages.sections(found[page]).get(heading, ""))
        if loader:
            path, table = loader.split()
            yield from compare(where, named, words_of(f"src/{path}.c", table))
        if name:
            part = functools.reduce(lambda at, step: at[step], filter(None, way.split("/")), schema(name))
            yield from compare(f"{where}, the schema", named, set(part["properties"]))
            yield from compare(f"{where}, needed", needed, set(part.get("required", [])))


def nested(part):
    """Names of the keys of objects below a property, as the schema has them."""
    for below in (part, part.get("items", {}), part.get("additionalProperties", {})):
        yield from below.get("properties", {})


def check_event(name, body):
    where, part = f"viva-transcript(5), {name}", schema("transcript")["$defs"][name]
    named, needed = keys(body)
    known = {key: what for key, what in part["properties"].items() if key != "type"}
    yield from compare(where, named, set(known))
    yield from compare(f"{where}, needed", needed, set(part.get("required", [])))
    for line, text in pages.entries(body):
        for key in sorted(set(nested(known.get(pages.plain(line).split(",")[0], {})))):
            if f"_{key}_" not in text:
                yield f"{where}: nothing is said of {key} of {line}"


def check_events(_, found):
    parts = pages.sections(found["viva-transcript.5"])
    yield from compare("viva-transcript(5), every event", keys(parts["EVERY EVENT"])[0],
                       set(schema("transcript")["properties"]))
    types = words_of("src/transcript/event.c", "event_type_names")
    yield from compare("viva-transcript(5)", {heading for heading in parts if not heading.isupper()}, types)
    for name in sorted(types & set(parts)):
        yield from check_event(name, parts[name])
    written = set()
    for folder in ("session", "command"):
        for path in (ROOT / "src" / folder).glob("*.c"):
            written |= set(re.findall(r'event_set(?:_\w+)?\([^,"]+, "(\w+)"', path.read_text()))
    for name in sorted(written - {name for body in parts.values() for name in keys(body)[0]}):
        yield f"viva-transcript(5): nothing is said of {name}, which the program writes"


# --- the pages among themselves ---


def check_references(_, found):
    named = {f"{name}.{section}" for text in found.values()
             for name, section in re.findall(r"\*(viva[a-z-]*)\*\((\d)\)", text)}
    for name in sorted(named - set(found)):
        yield f"there is no page {name}"
    text = pages.sections(found["viva.1"])["SEE ALSO"]
    for name in sorted(set(found) - {"viva.1"}):
        if "*{}*({})".format(*name.rsplit(".", 1)) not in text:
            yield f"viva(1): SEE ALSO does not name {name}"
    for name in found:
        if not found[name].startswith("{}({}) ".format(*name.rsplit(".", 1))):
            yield f"{name}: the page calls itself otherwise"


@functools.lru_cache(maxsize=None)
def layout(text):
    """What scdoc and groff have to say; and a dot that begins a line, which is lost."""
    lost = re.search(r"^\t*\.\S.*", pages.without_literals(text), re.M)
    if lost:
        return f"the first dot of this line is not shown: {lost[0]}"
    made = subprocess.run(["scdoc"], input=text, capture_output=True, text=True)
    if made.returncode or not shutil.which("groff"):
        return made.stderr
    return made.stderr + subprocess.run(["groff", "-t", "-man", "-ww", "-b", "-z", "-Tutf8", "-k"], input=made.stdout,
                                        capture_output=True, text=True).stderr


def check_layout(_, found):
    for name, text in found.items():
        yield from (f"{name}: {line}" for line in layout(text).splitlines())


CHECKS = [check_commands, check_choices, check_common, check_sessions, check_environment, check_configuration,
          check_formats, check_events, check_references, check_layout]


def check(program, found):
    return [line for one in CHECKS for line in one(program, found)]
