/* check_kinds.c - what a file is, and the check of each kind. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "command/check.h"
#include "session/facts.h"
#include "transcript/reader.h"

static void add_tally(struct check_item *item, const char *one, const char *many, size_t count)
{
    item->tallies[item->tally_count++] = (struct check_tally) { one, many, count };
}

/* --- files --- */

bool check_open(struct check_file *file, const char *path, struct check_item *item)
{
    struct error e;
    error_init(&e);
    *file = (struct check_file) { xstrdup(path), BUFFER_INIT };
    if (file_read(path, CONTENT_BYTES_MAX, &file->text, &e) == 0)
        return true;
    error_list_add(&item->mistakes, &e);
    return false;
}

void check_close(struct check_file *file)
{
    free(file->path);
    buffer_release(&file->text);
}

static struct lint_file lint_file(const struct check_file *file)
{
    return (struct lint_file) { file->path, file->text.data, file->text.length };
}

void check_split_path(const char *path, struct buffer *folder, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    const char *start = slash;
    while (start && start > path && start[-1] != '/')
        start--;
    if (slash)
        buffer_add(folder, start, (size_t)(slash - start));
}

/* The shared parts that every check needs; false with mistakes when they are not to be had. */
bool check_shared(const struct check_view *view, const char *path, struct lint_content *content,
                  struct check_item *item)
{
    *content = (struct lint_content) {
        .lexicon = catalogue_lexicon(view->catalogue, path, &item->mistakes),
        .weights = catalogue_weights(view->catalogue, &item->mistakes),
        .strict = view->strict,
    };
    return content->lexicon && content->weights;
}

/* The other half of a scenario or rubric, where there is a usable one: it is checked by itself. */
static void find_scenario(const struct check_view *view, const char *id,
                          struct lint_content *content)
{
    struct scenario *scenario = NULL;
    struct error_list unseen = ERROR_LIST_INIT;
    if (catalogue_scenario(view->catalogue, id, &scenario, &unseen) == 0)
        content->scenario = scenario;
    error_list_release(&unseen);
}

static void find_rubric(const struct check_view *view, const char *id, struct lint_content *content)
{
    struct rubric *rubric = NULL;
    struct error_list unseen = ERROR_LIST_INIT;
    if (catalogue_rubric(view->catalogue, id, &rubric, &unseen) == 0)
        content->rubric = rubric;
    error_list_release(&unseen);
}

/* --- neighbours --- */

static void check_neighbours(const struct check_view *view, const struct lint_content *content,
                             const struct lint_file *file, struct check_item *item)
{
    char **ids;
    size_t count = catalogue_scenarios(view->catalogue, &ids), found = 0;
    const struct rubric **others = xcalloc(count + 1, sizeof(*others));
    for (size_t i = 0; i < count; i++) {
        struct lint_content other = { 0 };
        if (strcmp(ids[i], content->rubric->scenario) != 0)
            find_rubric(view, ids[i], &other);
        if (other.rubric)
            others[found++] = other.rubric;
        free(ids[i]);
    }
    free(ids);
    lint_neighbours(content, others, found, file, &item->findings);
    free(others);
}

/* --- each kind --- */

static void count_rubric(struct check_item *item, const struct rubric *rubric)
{
    add_tally(item, "criterion", "criteria", rubric->criterion_count);
    add_tally(item, "red flag", "red flags", rubric->red_flag_count);
}

static void lint_loaded_rubric(const struct check_view *view, const struct lint_content *content,
                               const struct check_file *file, struct check_item *item)
{
    struct lint_file lint = lint_file(file);
    lint_rubric(content, &lint, &item->findings);
    if (view->strict)
        check_neighbours(view, content, &lint, item);
}

/* In a content folder a file is called as its id says, or it would not be found. */
static void check_name(const struct check_file *file, const char *content_folder, const char *id,
                       struct check_item *item)
{
    struct buffer folder = BUFFER_INIT, wanted = BUFFER_INIT;
    struct error e;
    const char *name;
    error_init(&e);
    check_split_path(file->path, &folder, &name);
    buffer_printf(&wanted, "%s.json", id);
    if (!strcmp(folder.data, content_folder) && strcmp(name, wanted.data) != 0) {
        error_set(&e, ERROR_INPUT, "its id is '%s', so it must be called '%s'", id, wanted.data);
        error_set_source(&e, file->path);
        error_list_add(&item->mistakes, &e);
    }
    buffer_release(&folder);
    buffer_release(&wanted);
}

/* --- facts: their expressions must find some of the questions that they answer --- */

static bool finds_any(struct facts *facts, const struct scenario *s, size_t fact)
{
    for (size_t i = 0; i < s->facts[fact].example_count; i++) {
        const char *question = s->facts[fact].examples[i];
        bool draft = strstr(question, "TODO") != NULL; /* is not tried */
        if (draft || facts_finds(facts, fact, question, strlen(question)))
            return true;
    }
    return s->facts[fact].example_count == 0;
}

static void try_examples(const struct check_file *file, const struct scenario *s,
                         const struct lexicon *lexicon, struct error_list *findings)
{
    struct json_opened opened;
    if (!json_open(&opened, file->path, file->text.data, file->text.length, findings))
        return;
    struct facts *facts = facts_new(s, lexicon);
    json_t *list = json_object_get(opened.doc.root, "facts"), *item;
    size_t i;
    json_array_foreach (list, i, item)
        if (!finds_any(facts, s, i))
            json_fail(&opened.check, json_object_get(item, "asks"),
                      "'asks' of '%s' finds none of its examples", s->facts[i].id);
    facts_free(facts);
    json_close(&opened);
}

static void check_scenario(const struct check_view *view, const struct check_file *file,
                           struct check_item *item)
{
    struct lint_content content;
    item->untried = "facts, hints, twist";
    if (!check_shared(view, file->path, &content, item))
        return;
    struct scenario *scenario = scenario_load(file->path, file->text.data, file->text.length,
                                              content.lexicon, &item->mistakes);
    if (!scenario)
        return;
    item->untried = NULL;
    struct lint_file lint = lint_file(file);
    check_name(file, "scenarios", scenario->id, item);
    content.scenario = scenario;
    find_rubric(view, scenario->id, &content);
    add_tally(item, "phase", "phases", scenario->phase_count);
    add_tally(item, "fact", "facts", scenario->fact_count);
    add_tally(item, "hint ladder", "hint ladders", scenario->hint_count);
    lint_scenario(&content, &lint, &item->findings);
    try_examples(file, scenario, content.lexicon, &item->findings);
    scenario_free(scenario);
}

static void check_rubric(const struct check_view *view, const struct check_file *file,
                         struct check_item *item)
{
    struct lint_content content;
    item->untried = "samples, examples, rules";
    if (!check_shared(view, file->path, &content, item))
        return;
    const struct shared_red_flags *flags = catalogue_red_flags(view->catalogue, file->path, &item->mistakes);
    if (error_list_total(&item->mistakes))
        return;
    struct rubric *rubric = rubric_load(file->path, file->text.data, file->text.length,
                                        content.lexicon, flags, &item->mistakes);
    if (!rubric)
        return;
    item->untried = NULL;
    check_name(file, "rubrics", rubric->scenario, item);
    content.rubric = rubric;
    find_scenario(view, rubric->scenario, &content);
    count_rubric(item, rubric);
    add_tally(item, "sample", "samples", rubric->sample_count);
    lint_loaded_rubric(view, &content, file, item);
    rubric_free(rubric);
}

static void check_lexicon(const struct check_view *view, const struct check_file *file,
                          struct check_item *item)
{
    (void)view;
    struct lexicon *lexicon =
        lexicon_load(file->path, file->text.data, file->text.length, &item->mistakes);
    if (lexicon)
        add_tally(item, "concept", "concepts", lexicon->count);
    lexicon_free(lexicon);
}

static void check_red_flags(const struct check_view *view, const struct check_file *file,
                            struct check_item *item)
{
    struct lint_content content;
    item->untried = "examples";
    if (!check_shared(view, file->path, &content, item))
        return;
    struct shared_red_flags *flags = shared_red_flags_load(
        file->path, file->text.data, file->text.length, content.lexicon, &item->mistakes);
    if (!flags)
        return;
    item->untried = NULL;
    struct lint_file lint = lint_file(file);
    add_tally(item, "red flag", "red flags", flags->count);
    lint_red_flags(&content, flags, &lint, &item->findings);
    shared_red_flags_free(flags);
}

static void check_weights(const struct check_view *view, const struct check_file *file,
                          struct check_item *item)
{
    (void)view;
    struct weights *weights =
        weights_load(file->path, file->text.data, file->text.length, &item->mistakes);
    weights_free(weights);
}

static void check_transcript(const struct check_view *view, const struct check_file *file,
                             struct check_item *item)
{
    struct transcript t;
    (void)view;
    transcript_parse(&t, file->path, file->text.data, file->text.length);
    for (size_t i = 0; i < t.problems.count; i++)
        error_list_add(&item->mistakes, &t.problems.items[i]);
    item->mistakes.omitted += t.problems.omitted;
    add_tally(item, "event", "events", t.count);
    transcript_release(&t);
}

static void (*const checks[KIND_COUNT])(const struct check_view *, const struct check_file *,
                                        struct check_item *) = {
    [KIND_SCENARIO] = check_scenario, [KIND_RUBRIC] = check_rubric,
    [KIND_LEXICON] = check_lexicon,   [KIND_RED_FLAGS] = check_red_flags,
    [KIND_WEIGHTS] = check_weights,   [KIND_TRANSCRIPT] = check_transcript,
};

void check_one(const struct check_view *view, enum kind kind, const struct check_file *file,
               struct check_item *item)
{
    checks[kind](view, file, item);
}

/* --- a scenario with its rubric --- */

void check_pair(const struct check_view *view, const char *id, const struct lint_content *shared,
                struct check_item *item)
{
    struct lint_content content = *shared;
    struct scenario *scenario = NULL;
    struct rubric *rubric = NULL;
    struct buffer name = BUFFER_INIT;
    item->untried = "samples, examples, rules, hints";
    catalogue_scenario(view->catalogue, id, &scenario, &item->mistakes);
    catalogue_rubric(view->catalogue, id, &rubric, &item->mistakes);
    content.lexicon =
        rubric ? catalogue_lexicon_of(view->catalogue, id, &item->mistakes) : NULL;
    if (!scenario || !rubric || !content.lexicon)
        return;
    item->untried = NULL;
    content.scenario = scenario;
    content.rubric = rubric;
    count_rubric(item, rubric);
    add_tally(item, "fact", "facts", scenario->fact_count);
    add_tally(item, "hint ladder", "hint ladders", scenario->hint_count);
    add_tally(item, "sample", "samples", rubric->sample_count);
    buffer_printf(&name, "%s.json", id);
    char *scenario_path = catalogue_path(view->catalogue, "scenarios", name.data);
    char *rubric_path = catalogue_path(view->catalogue, "rubrics", name.data);
    struct check_file scenario_file, rubric_file;
    bool readable = check_open(&scenario_file, scenario_path, item);
    readable = check_open(&rubric_file, rubric_path, item) && readable;
    if (readable) {
        struct lint_file lint = lint_file(&scenario_file);
        lint_scenario(&content, &lint, &item->findings);
        lint_loaded_rubric(view, &content, &rubric_file, item);
    }
    check_close(&scenario_file);
    check_close(&rubric_file);
    free(scenario_path);
    free(rubric_path);
    buffer_release(&name);
}

/* --- telling kinds apart --- */

static const struct {
    const char *folder, *name; /* NULL: any */
    enum kind kind;
} places[] = {
    { "rubrics", "lexicon.json", KIND_LEXICON },
    { "rubrics", "red-flags.json", KIND_RED_FLAGS },
    { "rubrics", "weights.json", KIND_WEIGHTS },
    { "rubrics", NULL, KIND_RUBRIC },
    { "rubric", NULL, KIND_RUBRIC },
    { "scenarios", NULL, KIND_SCENARIO },
    { "scenario", NULL, KIND_SCENARIO },
    { "lexicon", NULL, KIND_LEXICON },
    { "red-flags", NULL, KIND_RED_FLAGS },
    { "weights", NULL, KIND_WEIGHTS },
};

static const struct {
    const char *key;
    enum kind kind;
} keys[] = {
    { "criteria", KIND_RUBRIC },  { "samples", KIND_RUBRIC },   { "prompt", KIND_SCENARIO },
    { "phases", KIND_SCENARIO },  { "concepts", KIND_LEXICON }, { "red_flags", KIND_RED_FLAGS },
    { "features", KIND_WEIGHTS }, { "guards", KIND_WEIGHTS },
};

static int kind_by_place(const char *path)
{
    struct buffer folder = BUFFER_INIT;
    const char *name, *end = strrchr(path, '.');
    int kind = -1;
    check_split_path(path, &folder, &name);
    if (end && !strcmp(end, ".jsonl"))
        kind = KIND_TRANSCRIPT;
    for (size_t i = 0; kind < 0 && i < sizeof(places) / sizeof(*places); i++)
        if (!strcmp(folder.data, places[i].folder) &&
            (!places[i].name || !strcmp(name, places[i].name)))
            kind = (int)places[i].kind;
    buffer_release(&folder);
    return kind;
}

static int kind_by_keys(const struct check_file *file, struct check_item *item)
{
    struct json_document doc;
    struct error e;
    int kind = -1;
    error_init(&e);
    if (json_load_document(&doc, file->path, file->text.data, file->text.length, &e) == 0) {
        for (size_t i = 0; kind < 0 && i < sizeof(keys) / sizeof(*keys); i++)
            if (json_object_get(doc.root, keys[i].key))
                kind = (int)keys[i].kind;
        if (kind < 0)
            error_set(&e, ERROR_INPUT,
                      "this is no scenario, rubric, lexicon, red flags or weights");
        error_set_source(&e, file->path);
        json_release_document(&doc);
    }
    if (e.code != ERROR_NONE)
        error_list_add(&item->mistakes, &e);
    return kind;
}

int check_kind(const struct check_file *file, struct check_item *item)
{
    int kind = kind_by_place(file->path);
    return kind >= 0 ? kind : kind_by_keys(file, item);
}
