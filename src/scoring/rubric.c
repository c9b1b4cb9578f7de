#include "scoring/rubric.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_span.h"

const char *const level_names[] = { "mid", "senior", "staff", NULL };
const double level_bars[LEVEL_COUNT] = { 60, 75, 88 };
const char *const verdict_names[] = { "absent", "mentioned", "explained", "not-asked", NULL };

static const char *const sample_kinds[] = { "strong",    "middling", "weak",    "list",
                                            "filler",    "negated",  "off-topic", "wrong",
                                            "verdict",   NULL };

/* What a loader passes around. */
struct reading {
    struct json_check check;
    struct arena *arena;
    const struct lexicon *lexicon;
    struct expression_room room; /* in the arena */
    struct arena *texts; /* to grade, else NULL: for expressions that are kept as texts */
    struct arena scratch;
};

static const char *keep(struct reading *r, const char *text)
{
    return arena_strdup(r->arena, text);
}

static const char *need_text(struct reading *r, const json_t *object, const char *key)
{
    return keep(r, json_need_string(&r->check, object, key));
}

static const char *want_text(struct reading *r, const json_t *object, const char *key)
{
    return keep(r, json_want_string(&r->check, object, key));
}

/* --- evidence --- */

struct concept_check {
    struct json_check *check;
    const struct lexicon *lexicon;
    const json_t *value;
};

static void check_concept(const struct expression *node, void *state)
{
    struct concept_check *k = state;
    if (node->kind != EXPRESSION_CONCEPT ||
        lexicon_find(k->lexicon, node->concept) >= 0 || json_fails_in_vain(k->check))
        return;
    size_t count = k->lexicon ? k->lexicon->count : 0;
    const char **names = xcalloc(count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++)
        names[i] = k->lexicon->concepts[i].name;
    const char *near = nearest_word(node->concept, names);
    json_fail_in_string(k->check, k->value, node->offset,
                        "the lexicon has no concept '%s'%s%s%s", node->concept,
                        near ? "; did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
    free(names);
}

static void read_expression(const struct evidence_reader *r, const json_t *value,
                            struct evidence *out)
{
    struct json_check *c = r->check;
    if (!json_is_string(value)) {
        json_fail(c, value, "an expression must be a string");
        return;
    }
    struct error e;
    error_init(&e);
    size_t where = 0;
    const char *source = json_string_value(value);
    struct expression *x = r->scratch ? expression_parse(r->scratch, source, &where, &e)
                                      : expression_parse_in(r->room, source, &where, &e);
    if (!x) {
        json_fail_in_string(c, value, where, "%s", e.message);
        return;
    }
    struct concept_check k = { c, r->lexicon, value };
    expression_walk(x, check_concept, &k);
    if (out->sources)
        out->sources[out->count] = arena_strdup(r->room->arena, source);
    if (out->items)
        out->items[out->count] = x;
    else
        arena_reset(r->scratch);
    out->count++;
}

void evidence_read(const struct evidence_reader *r, const json_t *object, const char *key,
                   bool needed, struct evidence *out)
{
    struct json_check *c = r->check;
    *out = (struct evidence) { 0 };
    json_t *value = json_object_get(object, key);
    if (!value) {
        if (needed)
            json_fail(c, object, "'%s' is missing", key);
        return;
    }
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    if (needed && count == 0)
        json_fail(c, value, "'%s' is empty", key);
    if (!r->scratch)
        out->items = arena_array(r->room->arena, struct expression *, count);
    out->sources =
        r->room->drops_texts ? NULL : arena_array(r->room->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        read_expression(r, json_is_array(value) ? json_array_get(value, i) : value, out);
}

static void read_evidence(struct reading *r, const json_t *object, const char *key,
                          bool needed, struct evidence *out)
{
    evidence_read(&(struct evidence_reader) { &r->check, r->lexicon, &r->room, NULL },
                  object, key, needed, out);
}

/* What only a scorer wants, which is most of a rubric: to grade, its texts are enough. */
static void read_texts(struct reading *r, const json_t *object, const char *key,
                       bool needed, struct evidence *out)
{
    struct expression_room room = { .arena = r->texts };
    if (r->texts)
        evidence_read(
            &(struct evidence_reader) { &r->check, r->lexicon, &room, &r->scratch },
            object, key, needed, out);
    else
        read_evidence(r, object, key, needed, out);
}

/* What hardly ever is looked for, and outlives the scorer: its texts alone are kept. */
static void read_rare(struct reading *r, const json_t *object, const char *key,
                      struct evidence *out)
{
    struct expression_room room = { .arena = r->arena };
    evidence_read(&(struct evidence_reader) { &r->check, r->lexicon, &room, &r->scratch },
                  object, key, true, out);
}

/* --- criteria --- */

static const char *const criterion_keys[] = { "id",        "title",    "phase",   "dimension",
                                              "weight",    "why",      "must_from", "only_if_asked",
                                              "description", "evidence", "probe", "advice", NULL };
static const char *const evidence_keys[] = { "names", "mechanisms", NULL };

static enum level read_level(struct reading *r, const json_t *object, const char *key)
{
    const char *name = json_want_string(&r->check, object, key);
    if (!name)
        return LEVEL_NONE;
    int level = json_choice(name, level_names);
    if (level >= 0)
        return (enum level)level;
    json_fail(&r->check, json_object_get(object, key), "'%s' must be mid, senior or staff", key);
    return LEVEL_NONE;
}

static void read_criterion(struct reading *r, const json_t *object, struct criterion *out)
{
    struct json_check *c = &r->check;
    if (!json_check_object(c, object, "a criterion", criterion_keys))
        return;
    out->id = need_text(r, object, "id");
    out->title = need_text(r, object, "title");
    out->phase = need_text(r, object, "phase");
    out->dimension = need_text(r, object, "dimension");
    out->weight = json_need_number(c, object, "weight", 0.1, 10, 1);
    out->why = want_text(r, object, "why");
    out->must_from = read_level(r, object, "must_from");
    out->only_if_asked = json_want_bool(c, object, "only_if_asked", false);
    out->description = want_text(r, object, "description");
    out->probe = need_text(r, object, "probe");
    out->advice = need_text(r, object, "advice");
    json_t *evidence = json_need_object(c, object, "evidence");
    if (!evidence || !json_check_object(c, evidence, "evidence", evidence_keys))
        return;
    read_evidence(r, evidence, "names", false, &out->names);
    read_texts(r, evidence, "mechanisms", false, &out->mechanisms);
    if (!out->names.count && !out->mechanisms.count)
        json_fail(c, evidence, "evidence needs 'names' or 'mechanisms'");
}

/* Reports an id that an earlier item of the list has too. */
static void check_unique(struct reading *r, const json_t *object, const char *id,
                         const char *const *ids, size_t count)
{
    for (size_t i = 0; id && i < count; i++)
        if (ids[i] && !strcmp(ids[i], id))
            json_fail(&r->check, json_object_get(object, "id"), "'%s' stands here twice", id);
}

static void read_criteria(struct reading *r, const json_t *root, struct rubric *out)
{
    json_t *list = json_need_array(&r->check, root, "criteria"), *item;
    size_t index, count = json_array_size(list);
    if (list && !count)
        json_fail(&r->check, list, "'criteria' is empty");
    out->criteria = arena_array(r->arena, struct criterion, count);
    const char **ids = arena_array(r->arena, const char *, count);
    json_array_foreach(list, index, item)
    {
        struct criterion *one = &out->criteria[out->criterion_count];
        read_criterion(r, item, one);
        check_unique(r, item, one->id, ids, index);
        ids[index] = one->id;
        out->criterion_count++;
    }
}

/* --- red flags and rules --- */

static const char **read_strings(struct reading *r, json_t *list, size_t *count)
{
    const char **strings = arena_array(r->arena, const char *, json_array_size(list));
    json_t *item;
    size_t index;
    *count = 0;
    json_array_foreach(list, index, item)
    {
        if (json_is_string(item))
            strings[(*count)++] = keep(r, json_string_value(item));
        else
            json_fail(&r->check, item, "this must be a string");
    }
    return strings;
}

static const char *const examples_keys[] = { "wrong", "sound", NULL };

static void read_examples(struct reading *r, const json_t *object, struct examples *out)
{
    struct json_check *c = &r->check;
    json_t *examples = json_want_object(c, object, "examples");
    if (!examples || !json_check_object(c, examples, "examples", examples_keys))
        return;
    if (r->texts)
        return;
    out->wrong = read_strings(r, json_want_array(c, examples, "wrong"), &out->wrong_count);
    out->sound = read_strings(r, json_want_array(c, examples, "sound"), &out->sound_count);
}

static const char *const challenge_keys[] = { "question", "corrected", "examples", NULL };

static void read_challenge(struct reading *r, const json_t *object, struct challenge *out)
{
    struct json_check *c = &r->check;
    json_t *challenge = json_want_object(c, object, "challenge");
    if (!challenge || !json_check_object(c, challenge, "a challenge", challenge_keys))
        return;
    out->question = need_text(r, challenge, "question");
    read_rare(r, challenge, "corrected", &out->corrected);
    read_examples(r, challenge, &out->examples);
}

static const char *const flag_keys[] = { "id",     "title",    "evidence",  "cost", "cap",
                                         "advice", "examples", "challenge", NULL };

static void read_flag(struct reading *r, const json_t *object, struct red_flag *out)
{
    struct json_check *c = &r->check;
    if (!json_check_object(c, object, "a red flag", flag_keys))
        return;
    out->id = need_text(r, object, "id");
    out->title = need_text(r, object, "title");
    out->advice = need_text(r, object, "advice");
    out->cost = json_want_number(c, object, "cost", 0, 100, 0);
    out->cap = json_want_number(c, object, "cap", 0, 100, 0);
    if (!json_object_get(object, "cost") && !json_object_get(object, "cap"))
        json_fail(c, object, "a red flag needs 'cost' or 'cap'");
    read_texts(r, object, "evidence", true, &out->evidence);
    read_examples(r, object, &out->examples);
    read_challenge(r, object, &out->challenge);
}

/* Reads a list of flags into out[0..]; returns how many. */
static size_t read_flags(struct reading *r, json_t *list, struct red_flag *out)
{
    json_t *item;
    size_t index;
    const char **ids = arena_array(r->arena, const char *, json_array_size(list));
    json_array_foreach(list, index, item)
    {
        read_flag(r, item, &out[index]);
        check_unique(r, item, out[index].id, ids, index);
        ids[index] = out[index].id;
    }
    return json_array_size(list);
}

static const struct red_flag *find_shared(const struct shared_red_flags *shared, const char *id)
{
    for (size_t i = 0; shared && i < shared->count; i++)
        if (!strcmp(shared->items[i].id, id))
            return &shared->items[i];
    return NULL;
}

static void take_shared(struct reading *r, const json_t *name,
                        const struct shared_red_flags *shared, struct rubric *out)
{
    const char *id = json_is_string(name) ? json_string_value(name) : "";
    const struct red_flag *flag = find_shared(shared, id);
    if (flag)
        out->red_flags[out->red_flag_count++] = *flag;
    else
        json_fail(&r->check, name, "rubrics/red-flags.json has no red flag '%s'", id);
}

static void read_red_flags(struct reading *r, const json_t *root,
                           const struct shared_red_flags *shared, struct rubric *out)
{
    json_t *own = json_want_array(&r->check, root, "red_flags");
    json_t *names = json_want_array(&r->check, root, "shared_red_flags"), *name;
    out->red_flags = arena_array(r->arena, struct red_flag,
                                 json_array_size(own) + json_array_size(names));
    out->own_red_flag_count = out->red_flag_count = read_flags(r, own, out->red_flags);
    if (r->texts) {
        out->shared_red_flags = read_strings(r, names, &out->shared_red_flag_count);
        return;
    }
    size_t index;
    json_array_foreach (names, index, name)
        take_shared(r, name, shared, out);
}

static const char *const rule_keys[] = { "id", "claim", "against", "question", "examples", NULL };

static void read_rules(struct reading *r, const json_t *root, struct rubric *out)
{
    struct json_check *c = &r->check;
    json_t *list = json_want_array(c, root, "consistency"), *item;
    size_t index;
    out->rules = arena_array(r->arena, struct consistency_rule, json_array_size(list));
    json_array_foreach(list, index, item)
    {
        struct consistency_rule *rule = &out->rules[out->rule_count++];
        if (!json_check_object(c, item, "a consistency rule", rule_keys))
            continue;
        rule->id = need_text(r, item, "id");
        rule->question = need_text(r, item, "question");
        read_evidence(r, item, "claim", true, &rule->claim);
        read_evidence(r, item, "against", true, &rule->against);
        read_examples(r, item, &rule->examples);
    }
}

/* --- samples --- */

static const char *const sample_keys[] = { "id",    "kind",     "text", "answers",
                                           "score", "verdicts", NULL };

static void read_sample_text(struct reading *r, const json_t *object, struct sample *out)
{
    struct json_check *c = &r->check;
    json_t *answers = json_want_object(c, object, "answers"), *value;
    const char *text = json_want_string(c, object, "text"), *phase;
    out->parts = arena_array(r->arena, struct sample_part, json_object_size(answers) + 1);
    if (text)
        out->parts[out->part_count++].text = keep(r, text);
    json_object_foreach(answers, phase, value)
    {
        if (!json_is_string(value)) {
            json_fail(c, value, "an answer must be a string");
            continue;
        }
        struct sample_part *part = &out->parts[out->part_count++];
        part->phase = keep(r, phase);
        part->text = keep(r, json_string_value(value));
    }
    if (!out->part_count)
        json_fail(c, object, "a sample needs 'text' or 'answers'");
}

static void read_band(struct reading *r, const json_t *object, struct sample *out)
{
    json_t *band = json_want_array(&r->check, object, "score");
    if (!band)
        return;
    const json_t *low = json_array_get(band, 0), *high = json_array_get(band, 1);
    out->has_band = json_array_size(band) == 2 && json_is_number(low) && json_is_number(high) &&
                    json_number_value(low) <= json_number_value(high);
    if (!out->has_band) {
        json_fail(&r->check, band, "'score' must be two numbers, lowest first");
        return;
    }
    out->low = json_number_value(low);
    out->high = json_number_value(high);
}

static void read_sample_verdicts(struct reading *r, const json_t *object,
                                 const struct rubric *rubric, struct sample *out)
{
    struct json_check *c = &r->check;
    json_t *verdicts = json_want_object(c, object, "verdicts"), *value;
    const char *id;
    out->verdicts = arena_array(r->arena, struct sample_verdict, json_object_size(verdicts));
    json_object_foreach(verdicts, id, value)
    {
        const char *name = json_string_value(value);
        int verdict = name ? json_choice(name, verdict_names) : -1;
        if (rubric_find(rubric, id) < 0)
            json_fail_key(c, verdicts, id, "no criterion '%s'", id);
        else if (verdict < 0 || verdict == VERDICT_NOT_ASKED)
            json_fail(c, value, "a verdict is absent, mentioned or explained");
        else
            out->verdicts[out->verdict_count++] =
                (struct sample_verdict){ keep(r, id), (enum verdict)verdict };
    }
}

static void read_samples(struct reading *r, const json_t *root, struct rubric *out)
{
    struct json_check *c = &r->check;
    json_t *list = json_want_array(c, root, "samples"), *item;
    size_t index;
    out->samples = arena_array(r->arena, struct sample, json_array_size(list));
    json_array_foreach(list, index, item)
    {
        struct sample *sample = &out->samples[out->sample_count];
        const char *kind = json_string_value(json_object_get(item, "kind"));
        if (r->texts && kind && strcmp(kind, "strong") != 0)
            continue;
        out->sample_count++;
        if (!json_check_object(c, item, "a sample", sample_keys))
            continue;
        sample->id = need_text(r, item, "id");
        sample->kind = need_text(r, item, "kind");
        if (sample->kind && json_choice(sample->kind, sample_kinds) < 0)
            json_fail(c, json_object_get(item, "kind"), "unknown kind of sample '%s'",
                      sample->kind);
        read_sample_text(r, item, sample);
        read_band(r, item, sample);
        read_sample_verdicts(r, item, out, sample);
        if (!sample->has_band && !sample->verdict_count)
            json_fail(c, item, "a sample needs 'score' or 'verdicts'");
    }
}

/* --- files --- */

static const char *const rubric_keys[] = { "format",   "scenario",  "version",
                                           "about",    "topic", "criteria",  "red_flags",
                                           "shared_red_flags", "consistency", "samples", NULL };

static struct reading reading_of(const struct json_opened *file, struct arena *arena,
                                 const struct lexicon *lexicon, struct arena *texts)
{
    return (struct reading) { .check = file->check,
                              .arena = arena,
                              .lexicon = lexicon,
                              .room = { .arena = arena, .drops_texts = texts != NULL },
                              .texts = texts };
}

static void reading_ends(struct reading *r)
{
    expression_room_release(&r->room);
    arena_release(&r->scratch);
}

static void read_rubric(struct reading *r, const json_t *root,
                        const struct shared_red_flags *shared, struct rubric *out)
{
    if (!json_check_file(&r->check, root, "a rubric", rubric_keys))
        return;
    out->scenario = need_text(r, root, "scenario");
    out->version = (int)json_need_number(&r->check, root, "version", 1, 1e6, 1);
    out->about = want_text(r, root, "about");
    read_evidence(r, root, "topic", false, &out->topic);
    read_criteria(r, root, out);
    read_red_flags(r, root, shared, out);
    read_rules(r, root, out);
    read_samples(r, root, out);
}

static struct rubric *load_rubric(const struct rubric_file *from, const struct lexicon *lexicon,
                                  const struct shared_red_flags *shared, bool to_grade,
                                  struct error_list *errors)
{
    struct json_opened file;
    if (!json_open(&file, from->source, from->text, from->length, errors))
        return NULL;
    struct rubric *rubric = xcalloc(1, sizeof(*rubric));
    struct reading r =
        reading_of(&file, &rubric->arena, lexicon, to_grade ? &rubric->texts : NULL);
    read_rubric(&r, file.doc.root, shared, rubric);
    reading_ends(&r);
    hash_text(hash_bytes(HASH_START, from->text, from->length), rubric->hash);
    if (shared)
        memcpy(rubric->shared_hash, shared->hash, sizeof(shared->hash));
    if (json_close(&file))
        return rubric;
    rubric_free(rubric);
    return NULL;
}

struct rubric *rubric_load(const char *source, const char *text, size_t length,
                           const struct lexicon *lexicon, const struct shared_red_flags *shared,
                           struct error_list *errors)
{
    const struct rubric_file file = { source, text, length };
    return load_rubric(&file, lexicon, shared, false, errors);
}

struct rubric *rubric_load_to_grade(const struct rubric_file *file,
                                    const struct lexicon *lexicon,
                                    struct error_list *errors)
{
    return load_rubric(file, lexicon, NULL, true, errors);
}

void rubric_forget_texts(struct rubric *rubric)
{
    for (size_t i = 0; i < rubric->criterion_count; i++)
        rubric->criteria[i].mechanisms.sources = NULL;
    for (size_t i = 0; i < rubric->red_flag_count; i++)
        rubric->red_flags[i].evidence.sources = NULL;
    arena_release(&rubric->texts);
}

void rubric_free(struct rubric *rubric)
{
    if (!rubric)
        return;
    arena_release(&rubric->texts);
    arena_release(&rubric->arena);
    free(rubric);
}

static const char *const shared_keys[] = { "format", "version", "about", "red_flags", NULL };

static json_t *shared_list(struct reading *r, const json_t *root)
{
    return json_check_file(&r->check, root, "the shared red flags", shared_keys)
               ? json_need_array(&r->check, root, "red_flags")
               : NULL;
}

struct shared_red_flags *shared_red_flags_load(const char *source, const char *text,
                                               size_t length,
                                               const struct lexicon *lexicon,
                                               struct error_list *errors)
{
    struct json_opened file;
    if (!json_open(&file, source, text, length, errors))
        return NULL;
    struct shared_red_flags *flags = xcalloc(1, sizeof(*flags));
    struct reading r = reading_of(&file, &flags->arena, lexicon, NULL);
    json_t *list = shared_list(&r, file.doc.root);
    flags->items = arena_array(r.arena, struct red_flag, json_array_size(list));
    flags->count = read_flags(&r, list, flags->items);
    reading_ends(&r);
    hash_text(hash_bytes(HASH_START, text, length), flags->hash);
    if (json_close(&file))
        return flags;
    shared_red_flags_free(flags);
    return NULL;
}

/* --- the shared red flags that a rubric names --- */

static struct red_flag *place_of(const struct rubric *rubric, struct json_span id)
{
    for (size_t i = 0; i < rubric->shared_red_flag_count; i++)
        if (json_span_is(id, rubric->shared_red_flags[i]))
            return &rubric->red_flags[rubric->own_red_flag_count + i];
    return NULL;
}

static size_t count_missing(const struct rubric *rubric)
{
    size_t missing = 0;
    const struct red_flag *flags = rubric->red_flags;
    for (size_t i = 0; i < rubric->shared_red_flag_count; i++)
        missing += !flags || !flags[rubric->own_red_flag_count + i].id;
    return missing;
}

static void read_flag_at(struct reading *r, const char *source, struct json_span span,
                         struct red_flag *out)
{
    struct json_opened opened;
    if (!json_open(&opened, source, span.text, span.length, r->check.errors))
        return;
    r->check = opened.check;
    read_flag(r, opened.doc.root, out);
    json_close(&opened);
}

/* Whether a list was read to its end, and the file has one: nothing was cut off. */
static bool is_whole(struct json_span root, struct json_span rest)
{
    return rest.length && *rest.text == ']' && root.text[root.length - 1] == '}';
}

/*
 * One flag after the other, since a tree of the whole file takes megabytes. False when anything is
 * missing or wrong; where it stands is then for read_named_flags() to say.
 */
static bool read_named_alone(struct reading *r, const struct rubric_file *file,
                             struct rubric *out)
{
    struct error_list mistakes = ERROR_LIST_INIT;
    struct json_span root = json_span_of(file->text, file->length);
    struct json_walk walk = JSON_WALK(json_span_member(root, "red_flags"));
    double format = json_span_number(json_span_member(root, "format"), 1);
    r->check.errors = &mistakes;
    while (format <= JSON_FORMAT_NEWEST && json_walk(&walk)) {
        struct red_flag *place = place_of(out, json_span_member(walk.value, "id"));
        if (place)
            read_flag_at(r, file->source, walk.value, place);
    }
    bool good = is_whole(root, walk.rest) && error_list_total(&mistakes) == 0 &&
                count_missing(out) == 0;
    error_list_release(&mistakes);
    r->check = (struct json_check) { 0 };
    return good;
}

static void read_flag_if_named(struct reading *r, const json_t *object,
                               struct rubric *out)
{
    const char *id = json_string_value(json_object_get(object, "id"));
    for (size_t i = 0; id && i < out->shared_red_flag_count; i++)
        if (!strcmp(id, out->shared_red_flags[i]))
            read_flag(r, object, &out->red_flags[out->own_red_flag_count + i]);
}

static void read_named_flags(struct reading *r, json_t *list, struct rubric *out)
{
    json_t *item;
    size_t index;
    json_array_foreach (list, index, item)
        read_flag_if_named(r, item, out);
    for (size_t i = 0; i < out->shared_red_flag_count; i++)
        if (!out->red_flags[out->own_red_flag_count + i].id)
            json_fail(&r->check, list,
                      "there is no red flag '%s'; the rubric of '%s' names it",
                      out->shared_red_flags[i], out->scenario);
}

static bool read_named_of_tree(struct reading *r, const struct rubric_file *file,
                               struct rubric *out, struct error_list *errors)
{
    struct json_opened opened;
    if (!json_open(&opened, file->source, file->text, file->length, errors))
        return false;
    r->check = opened.check;
    json_t *list = shared_list(r, opened.doc.root);
    if (list)
        read_named_flags(r, list, out);
    return json_close(&opened);
}

int rubric_add_shared_red_flags(struct rubric *rubric, const struct rubric_file *file,
                                const struct lexicon *lexicon, struct error_list *errors)
{
    struct reading r = { .arena = &rubric->arena,
                         .lexicon = lexicon,
                         .texts = &rubric->texts };
    bool good = read_named_alone(&r, file, rubric) ||
                read_named_of_tree(&r, file, rubric, errors);
    reading_ends(&r);
    rubric->red_flag_count = rubric->own_red_flag_count + rubric->shared_red_flag_count;
    hash_text(hash_bytes(HASH_START, file->text, file->length), rubric->shared_hash);
    return good ? 0 : -1;
}

void shared_red_flags_free(struct shared_red_flags *flags)
{
    if (!flags)
        return;
    arena_release(&flags->arena);
    free(flags);
}

void expression_place_name(const struct expression_place *place, struct buffer *out)
{
    if (place->list)
        buffer_printf(out, "%s[%zu]", place->list, place->index);
}

int rubric_find(const struct rubric *rubric, const char *criterion)
{
    for (size_t i = 0; i < rubric->criterion_count; i++)
        if (rubric->criteria[i].id && !strcmp(rubric->criteria[i].id, criterion))
            return (int)i;
    return -1;
}

int rubric_find_flag(const struct rubric *rubric, const char *flag)
{
    for (size_t i = 0; i < rubric->red_flag_count; i++)
        if (rubric->red_flags[i].id && !strcmp(rubric->red_flags[i].id, flag))
            return (int)i;
    return -1;
}
