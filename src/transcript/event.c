#include "transcript/event.h"

#include <string.h>

#include "base/json.h"
#include "base/time.h"

const char *const event_type_names[] = {
    "session.start", "phase.start", "say",     "edit",  "undo",        "tag", "note",
    "pause",         "resume",      "predict", "score", "session.end", NULL,
};

const char *const say_kind_names[] = {
    "answer", "question", "fact", "remark", "probe", "hint", "twist", NULL,
};

void event_init(struct event *e, enum event_type type, int64_t time)
{
    *e = (struct event) { .type = type, .time = time, .object = json_object() };
    char text[TIME_TEXT_SIZE];
    time_format(time, text);
    event_set_number(e, "n", 0); /* its place at the front; the log fills it in */
    event_set(e, "t", text);
    event_set(e, "type", event_type_names[type]);
}

void event_release(struct event *e)
{
    json_decref(e->object);
    *e = (struct event) { .type = EVENT_UNKNOWN };
}

void event_set_json(struct event *e, const char *key, json_t *value_take)
{
    json_object_set_new(e->object, key, value_take);
}

void event_set_bytes(struct event *e, const char *key, const char *text, size_t length)
{
    event_set_json(e, key, json_text_new(text, length));
}

void event_set(struct event *e, const char *key, const char *text)
{
    event_set_bytes(e, key, text, strlen(text));
}

void event_set_number(struct event *e, const char *key, double number)
{
    bool whole = number == (double)(json_int_t)number;
    event_set_json(e, key, whole ? json_integer((json_int_t)number) : json_real(number));
}

void event_set_flag(struct event *e, const char *key, bool value)
{
    event_set_json(e, key, json_boolean(value));
}

const json_t *event_json(const struct event *e, const char *key)
{
    return json_object_get(e->object, key);
}

const char *event_text(const struct event *e, const char *key)
{
    const char *text = json_string_value(event_json(e, key));
    return text ? text : "";
}

size_t event_text_length(const struct event *e, const char *key)
{
    return json_string_length(event_json(e, key));
}

double event_number(const struct event *e, const char *key, double otherwise)
{
    const json_t *value = event_json(e, key);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

bool event_flag(const struct event *e, const char *key, bool otherwise)
{
    const json_t *value = event_json(e, key);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

bool event_by_candidate(const struct event *e)
{
    return !strcmp(event_text(e, "who"), "candidate");
}

enum say_kind event_say_kind(const struct event *e)
{
    int kind = json_choice(event_text(e, "kind"), say_kind_names);
    if (kind >= 0)
        return (enum say_kind)kind;
    return event_by_candidate(e) ? SAY_ANSWER : SAY_REMARK;
}

bool event_is_own_score(const struct event *e)
{
    const char *grader = event_text(e, "grader");
    return !*grader || !strcmp(grader, "rubric");
}

bool score_outranks(struct score_rank score, struct score_rank other)
{
    return score.sealed != other.sealed ? score.sealed : score.event > other.event;
}

bool event_is_note(const struct event *e, const char *about)
{
    return e->type == EVENT_NOTE && !strcmp(event_text(e, "about"), about);
}

void event_write(const struct event *e, struct buffer *out)
{
    json_object_set_new(e->object, "n", json_integer((json_int_t)e->number));
    json_write(out, e->object);
    buffer_add_char(out, '\n');
}

/* --- reading --- */

/* What a type cannot do without; each is a string. */
static const struct {
    enum event_type type;
    const char *keys[3];
} needed[] = {
    { EVENT_START, { "id" } },        { EVENT_PHASE, { "phase" } },
    { EVENT_SAY, { "who", "text" } }, { EVENT_EDIT, { "phase", "text" } },
    { EVENT_NOTE, { "text" } },
};

static int fail_at(struct json_document *doc, const json_t *value, struct error *problem,
                   const char *message, const char *key)
{
    error_set(problem, ERROR_INPUT, message, key);
    error_locate(problem, doc->text, doc->length, json_locate(doc, value));
    return -1;
}

static int check_needed(struct json_document *doc, enum event_type type, struct error *problem)
{
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        for (size_t k = 0; k < 3 && needed[i].type == type && needed[i].keys[k]; k++) {
            const char *key = needed[i].keys[k];
            const json_t *value = json_object_get(doc->root, key);
            if (!value)
                return fail_at(doc, doc->root, problem, "'%s' is missing", key);
            if (!json_is_string(value))
                return fail_at(doc, value, problem, "'%s' must be a string", key);
        }
    }
    return 0;
}

static int check_scenario(struct json_document *doc, enum event_type type, struct error *problem)
{
    if (type != EVENT_START)
        return 0;
    const json_t *scenario = json_object_get(doc->root, "scenario");
    if (!scenario)
        return fail_at(doc, doc->root, problem, "'%s' is missing", "scenario");
    if (!json_is_string(json_object_get(scenario, "id")))
        return fail_at(doc, scenario, problem, "'%s' of the scenario must be a string", "id");
    return 0;
}

static int read_head(struct event *e, struct json_document *doc, struct error *problem)
{
    if (!json_is_object(doc->root))
        return fail_at(doc, doc->root, problem, "an event must be an %s", "object");
    const json_t *type = json_object_get(doc->root, "type");
    const json_t *time = json_object_get(doc->root, "t");
    if (!type)
        return fail_at(doc, doc->root, problem, "'%s' is missing", "type");
    if (!json_is_string(type))
        return fail_at(doc, type, problem, "'%s' must be a string", "type");
    if (!time)
        return fail_at(doc, doc->root, problem, "'%s' is missing", "t");
    if (!json_is_string(time) || !time_parse(json_string_value(time), &e->time))
        return fail_at(doc, time, problem, "'%s' must be a time such as 2026-11-20T10:15:00Z", "t");
    int known = json_choice(json_string_value(type), event_type_names);
    e->type = known >= 0 ? (enum event_type)known : EVENT_UNKNOWN;
    double number = event_number(&(struct event) { .object = doc->root }, "n", 0);
    e->number = number >= 1 && number < 1e9 ? (size_t)number : 0;
    return 0;
}

int event_read(struct event *e, const char *line, size_t length, struct error *problem)
{
    struct json_document doc;
    *e = (struct event) { .type = EVENT_UNKNOWN };
    if (json_load_document(&doc, NULL, line, length, problem) < 0)
        return -1;
    if (read_head(e, &doc, problem) < 0 || check_needed(&doc, e->type, problem) < 0 ||
        check_scenario(&doc, e->type, problem) < 0) {
        json_release_document(&doc);
        return -1;
    }
    e->object = doc.root;
    return 0;
}
