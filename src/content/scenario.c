#include "content/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* More of anything is a mistake, and would make the checks for doubles slow. */
enum { ITEMS_MAX = 1000, LINE_MAX_BYTES = 200 };

/* All run on the same session, rubric and transcript machinery; phases are data. */
static const char *const kinds[] = { "design", "question", "incident", "behavioural", "coding",
                                     NULL };

/* What a loader passes around. */
struct reading {
    struct json_check check;
    struct arena *arena;
    const struct lexicon *lexicon;
    struct expression_room room; /* in the arena */
    bool head_only;              /* what a summary needs */
};

/* --- strings --- */

static const char *need_text(struct reading *r, const json_t *object, const char *key)
{
    return arena_strdup(r->arena, json_need_string(&r->check, object, key));
}

static const char *want_text(struct reading *r, const json_t *object, const char *key)
{
    return arena_strdup(r->arena, json_want_string(&r->check, object, key));
}

/* A string that is shown within a line. */
static const char *need_line(struct reading *r, const json_t *object, const char *key)
{
    const char *text = json_need_string(&r->check, object, key);
    const json_t *value = json_object_get(object, key);
    for (const char *p = text; p && *p; p++)
        if ((unsigned char)*p < ' ') {
            json_fail(&r->check, value, "'%s' must be one line, without tabs", key);
            break;
        }
    if (text && strlen(text) > LINE_MAX_BYTES)
        json_fail(&r->check, value, "'%s' is longer than %d bytes", key, LINE_MAX_BYTES);
    return arena_strdup(r->arena, text);
}

static bool is_id(const char *text)
{
    size_t length = strlen(text);
    return length <= SCENARIO_ID_MAX && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length &&
           text[0] != '-' && text[length - 1] != '-' && !strstr(text, "--");
}

/* A required string that can be a file name and a word on the command line. */
static const char *need_id(struct reading *r, const json_t *object, const char *key)
{
    const char *text = json_need_string(&r->check, object, key);
    if (text && !is_id(text))
        json_fail(&r->check, json_object_get(object, key),
                  "'%s' must be lower-case letters, digits and single hyphens, at most %d", key,
                  SCENARIO_ID_MAX);
    return arena_strdup(r->arena, text);
}

static const char *want_id(struct reading *r, const json_t *object, const char *key)
{
    return json_object_get(object, key) ? need_id(r, object, key) : NULL;
}

/* --- lists --- */

/* The list at `key`, or NULL when it is absent, wrong or far too long. */
static json_t *read_list(struct reading *r, const json_t *object, const char *key, bool needed)
{
    json_t *list =
        needed ? json_need_array(&r->check, object, key) : json_want_array(&r->check, object, key);
    if (list && needed && !json_array_size(list))
        json_fail(&r->check, list, "'%s' is empty", key);
    if (json_array_size(list) <= ITEMS_MAX)
        return list;
    json_fail(&r->check, list, "'%s' has more than %d entries", key, ITEMS_MAX);
    return NULL;
}

/* Names seen in one list; reports the second of a kind. */
struct names_seen {
    const char **items;
    size_t count;
};

static struct names_seen names_new(struct reading *r, const json_t *list)
{
    return (struct names_seen) { arena_array(r->arena, const char *, json_array_size(list)), 0 };
}

static void check_new(struct reading *r, struct names_seen *seen, const json_t *object,
                      const char *key, const char *name)
{
    if (!name)
        return;
    for (size_t i = 0; i < seen->count; i++)
        if (!strcmp(seen->items[i], name)) {
            json_fail(&r->check, json_object_get(object, key), "'%s' stands here twice", name);
            return;
        }
    seen->items[seen->count++] = name;
}

static const char **read_strings(struct reading *r, const json_t *object, const char *key,
                                 size_t *count)
{
    json_t *list = read_list(r, object, key, false), *item;
    const char **strings = arena_array(r->arena, const char *, json_array_size(list));
    size_t index;
    *count = 0;
    json_array_foreach (list, index, item) {
        if (json_is_string(item) && json_string_length(item))
            strings[(*count)++] = arena_strdup(r->arena, json_string_value(item));
        else
            json_fail(&r->check, item, "each of '%s' must be a string that says something", key);
    }
    return strings;
}

/* --- the parts of a scenario --- */

static const char *const fact_keys[] = { "id",        "topic",    "asks", "answer",
                                         "criterion", "examples", NULL };

static void read_facts(struct reading *r, const json_t *root, struct scenario *out)
{
    json_t *list = read_list(r, root, "facts", false), *item;
    struct names_seen ids = names_new(r, list);
    struct evidence_reader reader = { &r->check, r->lexicon, &r->room, NULL };
    size_t index;
    out->facts = arena_array(r->arena, struct fact, json_array_size(list));
    json_array_foreach (list, index, item) {
        struct fact *fact = &out->facts[out->fact_count++];
        if (!json_check_object(&r->check, item, "a fact", fact_keys))
            continue;
        fact->id = need_id(r, item, "id");
        check_new(r, &ids, item, "id", fact->id);
        fact->topic = need_line(r, item, "topic");
        fact->answer = need_text(r, item, "answer");
        fact->criterion = want_id(r, item, "criterion");
        evidence_read(&reader, item, "asks", true, &fact->asks);
        fact->examples = read_strings(r, item, "examples", &fact->example_count);
    }
}

static const char *const phase_keys[] = { "id", "title", "minutes", "opening", NULL };

static void read_phases(struct reading *r, const json_t *root, struct scenario *out)
{
    json_t *list = read_list(r, root, "phases", true), *item;
    struct names_seen ids = names_new(r, list);
    size_t index;
    out->phases = arena_array(r->arena, struct phase, json_array_size(list));
    json_array_foreach (list, index, item) {
        struct phase *phase = &out->phases[out->phase_count++];
        if (!json_check_object(&r->check, item, "a phase", phase_keys))
            continue;
        phase->id = need_id(r, item, "id");
        check_new(r, &ids, item, "id", phase->id);
        phase->title = need_line(r, item, "title");
        phase->minutes = json_need_number(&r->check, item, "minutes", 0.5, 240, 1);
        phase->opening = want_text(r, item, "opening");
    }
}

static const char *const hint_keys[] = { "criterion", "ladder", NULL };
static const char *const step_keys[] = { "text", "price", NULL };

static void read_ladder(struct reading *r, const json_t *object, struct hint_ladder *out)
{
    json_t *list = read_list(r, object, "ladder", true), *item;
    size_t index;
    out->steps = arena_array(r->arena, struct hint_step, json_array_size(list));
    json_array_foreach (list, index, item) {
        struct hint_step *step = &out->steps[out->count++];
        if (!json_check_object(&r->check, item, "a step of a ladder", step_keys))
            continue;
        step->text = need_text(r, item, "text");
        step->price = json_need_number(&r->check, item, "price", 0, 20, 0);
    }
}

static void read_hints(struct reading *r, const json_t *root, struct scenario *out)
{
    json_t *list = read_list(r, root, "hints", false), *item;
    struct names_seen criteria = names_new(r, list);
    size_t index;
    out->hints = arena_array(r->arena, struct hint_ladder, json_array_size(list));
    json_array_foreach (list, index, item) {
        struct hint_ladder *ladder = &out->hints[out->hint_count++];
        if (!json_check_object(&r->check, item, "a hint", hint_keys))
            continue;
        ladder->criterion = need_id(r, item, "criterion");
        check_new(r, &criteria, item, "criterion", ladder->criterion);
        read_ladder(r, item, ladder);
    }
}

static const char *const twist_keys[] = { "minute", "says", "criterion", NULL };

/* After the phases: it has to come before the session is over. */
static void read_twist(struct reading *r, const json_t *root, struct scenario *out)
{
    json_t *twist = json_want_object(&r->check, root, "twist");
    if (!twist || !json_check_object(&r->check, twist, "a twist", twist_keys))
        return;
    out->twist.says = need_text(r, twist, "says");
    out->twist.criterion = need_id(r, twist, "criterion");
    out->twist.minute = json_need_number(&r->check, twist, "minute", 0, 10000, 0);
    if (out->phase_count && out->twist.minute >= scenario_minutes(out))
        json_fail(&r->check, json_object_get(twist, "minute"),
                  "the twist comes at minute %g, but the phases end at %g", out->twist.minute,
                  scenario_minutes(out));
}

static const char *const figure_keys[] = { "name", "kind", "value", "how", NULL };

static void read_figures(struct reading *r, const json_t *root, struct scenario *out)
{
    json_t *list = read_list(r, root, "figures", false), *item;
    struct names_seen names = names_new(r, list);
    size_t index;
    out->figures = arena_array(r->arena, struct figure, json_array_size(list));
    json_array_foreach (list, index, item) {
        struct figure *figure = &out->figures[out->figure_count++];
        if (!json_check_object(&r->check, item, "a figure", figure_keys))
            continue;
        figure->name = need_line(r, item, "name");
        check_new(r, &names, item, "name", figure->name);
        figure->how = need_text(r, item, "how");
        figure->value = json_need_number(&r->check, item, "value", 0, 1e30, 0);
        const char *kind = json_need_string(&r->check, item, "kind");
        int choice = kind ? json_choice(kind, quantity_names) : -1;
        if (choice >= 0 && choice < QUANTITY_KINDS)
            figure->kind = (enum quantity_kind)choice;
        else if (kind)
            json_fail(&r->check, json_object_get(item, "kind"),
                      "'kind' must be rate, bytes, count, duration or percent");
    }
}

/* --- the head --- */

static const char *const scenario_keys[] = { "format", "kind",  "id",      "title",   "version",
                                             "level",  "tags",  "prompt",  "facts",   "phases",
                                             "hints",  "twist", "figures", "sources", NULL };

static int read_version(struct reading *r, const json_t *root)
{
    const json_t *value = json_object_get(root, "version");
    if (json_is_real(value))
        json_fail(&r->check, value, "'version' must be a whole number");
    return (int)json_need_number(&r->check, root, "version", 1, 999999, 1);
}

static const char *read_level(struct reading *r, const json_t *root)
{
    const char *level = json_want_string(&r->check, root, "level");
    if (level && json_choice(level, level_names) < 0)
        json_fail(&r->check, json_object_get(root, "level"),
                  "'level' must be mid, senior or staff");
    return arena_strdup(r->arena, level);
}

static const char *read_kind(struct reading *r, const json_t *root)
{
    const char *kind = json_need_string(&r->check, root, "kind");
    if (kind && json_choice(kind, kinds) < 0)
        json_fail(&r->check, json_object_get(root, "kind"),
                  "unknown kind '%s'; this viva knows 'design'", kind);
    return arena_strdup(r->arena, kind);
}

static void read_head(struct reading *r, const json_t *root, struct scenario *out)
{
    out->kind = read_kind(r, root);
    out->id = need_id(r, root, "id");
    out->title = need_line(r, root, "title");
    out->version = read_version(r, root);
    out->level = read_level(r, root);
    out->tags = read_strings(r, root, "tags", &out->tag_count);
}

static void read_scenario(struct reading *r, const json_t *root,
                          struct scenario *scenario)
{
    read_head(r, root, scenario);
    if (!r->head_only) {
        scenario->prompt = need_text(r, root, "prompt");
        read_facts(r, root, scenario);
    }
    read_phases(r, root, scenario);
    if (r->head_only)
        return;
    read_hints(r, root, scenario);
    read_twist(r, root, scenario);
    read_figures(r, root, scenario);
    scenario->sources = read_strings(r, root, "sources", &scenario->source_count);
}

/* Reads the text into `out`; false when anything was wrong. */
static bool read_document(struct reading *r, const char *source, const char *text,
                          size_t length, struct scenario *out)
{
    struct json_opened file;
    if (!json_open(&file, source, text, length, r->check.errors))
        return false;
    r->check = file.check;
    if (json_check_file(&r->check, file.doc.root, "a scenario", scenario_keys))
        read_scenario(r, file.doc.root, out);
    return json_close(&file);
}

struct scenario *scenario_load(const char *source, const char *text, size_t length,
                               const struct lexicon *lexicon, struct error_list *errors)
{
    struct scenario *scenario = xcalloc(1, sizeof(*scenario));
    struct reading r = { .check = { .errors = errors },
                         .arena = &scenario->arena,
                         .lexicon = lexicon,
                         .room = { .arena = &scenario->arena, .drops_texts = true } };
    hash_text(hash_bytes(HASH_START, text, length), scenario->hash);
    bool good = read_document(&r, source, text, length, scenario);
    expression_room_release(&r.room);
    if (good)
        return scenario;
    scenario_free(scenario);
    return NULL;
}

void scenario_free(struct scenario *scenario)
{
    if (!scenario)
        return;
    arena_release(&scenario->arena);
    free(scenario);
}

double scenario_minutes(const struct scenario *scenario)
{
    double minutes = 0;
    for (size_t i = 0; i < scenario->phase_count; i++)
        minutes += scenario->phases[i].minutes;
    return minutes;
}

/* --- summary --- */

int scenario_summarise(const char *source, const char *text, size_t length,
                       struct scenario_summary *out, struct error_list *errors)
{
    struct scenario head = { 0 };
    struct reading r = { .check = { .errors = errors },
                         .arena = &head.arena,
                         .head_only = true };
    *out = (struct scenario_summary) { 0 };
    bool good = read_document(&r, source, text, length, &head);
    if (good) {
        out->title = xstrdup(head.title);
        out->level = xstrdup(head.level);
        out->minutes = scenario_minutes(&head);
        out->version = head.version;
        out->tags = xcalloc(head.tag_count + 1, sizeof(*out->tags));
        for (size_t i = 0; i < head.tag_count; i++)
            out->tags[i] = xstrdup(head.tags[i]);
    }
    arena_release(&head.arena);
    return good ? 0 : -1;
}

void scenario_summary_release(struct scenario_summary *summary)
{
    for (char **tag = summary->tags; tag && *tag; tag++)
        free(*tag);
    free(summary->tags);
    free(summary->title);
    free(summary->level);
    *summary = (struct scenario_summary) { 0 };
}
