/*
 * viva check [FILE...]: whether content is fit to be used. Without arguments all content that is
 * found, with them these files: scenarios, rubrics, lexicon, shared red flags, weights, and
 * transcripts. What a file is, its folder says, else its keys.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "command/command.h"
#include "content/lint.h"
#include "transcript/reader.h"

enum kind { KIND_SCENARIO, KIND_RUBRIC, KIND_LEXICON, KIND_RED_FLAGS, KIND_WEIGHTS,
            KIND_TRANSCRIPT, KIND_COUNT };

/* How many of what there are, for the summary. */
struct tally {
    const char *one, *many;
    size_t count;
};

/* One line of the summary: a scenario with its rubric, or a file. */
struct item {
    const char *name;
    struct error_list mistakes; /* why it cannot be used */
    struct error_list findings; /* what is wrong with it */
    struct tally tallies[6];
    size_t tally_count;
};

struct run {
    struct command_context *ctx;
    struct catalogue *catalogue; /* of the file at hand */
    bool strict, json;
    bool bad, failed;
    struct buffer out;
};

/* A file in memory, and what was loaded from it. */
struct content_file {
    char *path;
    struct buffer text;
};

/* --- items --- */

static void add_tally(struct item *item, const char *one, const char *many, size_t count)
{
    item->tallies[item->tally_count++] = (struct tally){ one, many, count };
}

static void write_text(struct run *run, const struct item *item)
{
    size_t findings = error_list_total(&item->findings);
    command_print_errors(run->ctx, &item->mistakes);
    command_print_errors(run->ctx, &item->findings);
    if (error_list_total(&item->mistakes))
        return;
    buffer_printf(&run->out, "%s", item->name);
    for (size_t i = 0; i < item->tally_count; i++) {
        const struct tally *t = &item->tallies[i];
        buffer_printf(&run->out, "%s%zu %s", i ? ", " : ": ", t->count,
                      t->count == 1 ? t->one : t->many);
    }
    if (findings)
        buffer_printf(&run->out, ": %zu finding%s\n", findings, findings == 1 ? "" : "s");
    else
        buffer_add_string(&run->out, ": fine\n");
}

static void add_problems(json_t *list, const struct error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        const struct error *e = &errors->items[i];
        json_t *object = json_object();
        json_object_set_new(object, "source", json_text_new(e->source, strlen(e->source)));
        json_object_set_new(object, "line", json_integer(e->line));
        json_object_set_new(object, "column", json_integer(e->column));
        json_object_set_new(object, "message", json_text_new(e->message, strlen(e->message)));
        json_array_append_new(list, object);
    }
}

/* "red flags" has the key "red_flags". */
static void add_count(json_t *object, const struct tally *tally)
{
    char key[32];
    snprintf(key, sizeof(key), "%s", tally->many);
    for (char *p = key; *p; p++)
        *p = *p == ' ' ? '_' : *p;
    json_object_set_new(object, key, json_integer((json_int_t)tally->count));
}

static void write_json(struct run *run, const struct item *item)
{
    json_t *object = json_object(), *mistakes = json_array(), *findings = json_array();
    add_problems(mistakes, &item->mistakes);
    add_problems(findings, &item->findings);
    json_object_set_new(object, "name", json_text_new(item->name, strlen(item->name)));
    json_object_set_new(object, "fine", json_boolean(!error_list_total(&item->mistakes) &&
                                                     !error_list_total(&item->findings)));
    for (size_t i = 0; i < item->tally_count; i++)
        add_count(object, &item->tallies[i]);
    json_object_set_new(object, "mistakes", mistakes);
    json_object_set_new(object, "findings", findings);
    json_write(&run->out, object);
    buffer_add_char(&run->out, '\n');
    json_decref(object);
}

static void close_item(struct run *run, struct item *item)
{
    run->bad = run->bad || error_list_total(&item->mistakes);
    run->failed = run->failed || error_list_total(&item->findings);
    if (run->json)
        write_json(run, item);
    else
        write_text(run, item);
    error_list_release(&item->mistakes);
    error_list_release(&item->findings);
    screen_write(run->ctx->out, &run->out);
    buffer_clear(&run->out);
}

/* --- files --- */

static bool open_file(struct content_file *file, const char *path, struct item *item)
{
    struct error e;
    error_init(&e);
    *file = (struct content_file){ xstrdup(path), BUFFER_INIT };
    if (file_read(path, CONTENT_BYTES_MAX, &file->text, &e) == 0)
        return true;
    error_list_add(&item->mistakes, &e);
    return false;
}

static void close_file(struct content_file *file)
{
    free(file->path);
    buffer_release(&file->text);
}

static struct lint_file lint_file(const struct content_file *file)
{
    return (struct lint_file){ file->path, file->text.data, file->text.length };
}

/* The folder and the name at the end of a path. */
static void split_path(const char *path, struct buffer *folder, const char **name)
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
static bool need_shared(struct run *run, struct lint_content *content, struct item *item)
{
    *content = (struct lint_content){
        .lexicon = catalogue_lexicon(run->catalogue, &item->mistakes),
        .weights = catalogue_weights(run->catalogue, &item->mistakes),
        .strict = run->strict,
    };
    return content->lexicon && content->weights;
}

/* The other half of a scenario or rubric, where there is a usable one: it is checked by itself. */
static void find_scenario(struct run *run, const char *id, struct lint_content *content)
{
    struct scenario *scenario = NULL;
    struct error_list unseen = ERROR_LIST_INIT;
    if (catalogue_scenario(run->catalogue, id, &scenario, &unseen) == 0)
        content->scenario = scenario;
    error_list_release(&unseen);
}

static void find_rubric(struct run *run, const char *id, struct lint_content *content)
{
    struct rubric *rubric = NULL;
    struct error_list unseen = ERROR_LIST_INIT;
    if (catalogue_rubric(run->catalogue, id, &rubric, &unseen) == 0)
        content->rubric = rubric;
    error_list_release(&unseen);
}

/* --- neighbours --- */

static void check_neighbours(struct run *run, const struct lint_content *content,
                             const struct lint_file *file, struct item *item)
{
    char **ids;
    size_t count = catalogue_scenarios(run->catalogue, &ids), found = 0;
    const struct rubric **others = xcalloc(count + 1, sizeof(*others));
    for (size_t i = 0; i < count; i++) {
        struct lint_content other = { 0 };
        if (strcmp(ids[i], content->rubric->scenario) != 0)
            find_rubric(run, ids[i], &other);
        if (other.rubric)
            others[found++] = other.rubric;
        free(ids[i]);
    }
    free(ids);
    lint_neighbours(content, others, found, file, &item->findings);
    free(others);
}

/* --- each kind --- */

static void count_rubric(struct item *item, const struct rubric *rubric)
{
    add_tally(item, "criterion", "criteria", rubric->criterion_count);
    add_tally(item, "red flag", "red flags", rubric->red_flag_count);
}

static void lint_loaded_rubric(struct run *run, const struct lint_content *content,
                               const struct content_file *file, struct item *item)
{
    struct lint_file lint = lint_file(file);
    lint_rubric(content, &lint, &item->findings);
    if (run->strict)
        check_neighbours(run, content, &lint, item);
}

/* In a content folder a file is called as its id says, or it would not be found. */
static void check_name(const struct content_file *file, const char *content_folder, const char *id,
                       struct item *item)
{
    struct buffer folder = BUFFER_INIT, wanted = BUFFER_INIT;
    struct error e;
    const char *name;
    error_init(&e);
    split_path(file->path, &folder, &name);
    buffer_printf(&wanted, "%s.json", id);
    if (!strcmp(folder.data, content_folder) && strcmp(name, wanted.data) != 0) {
        error_set(&e, ERROR_INPUT, "its id is '%s', so it must be called '%s'", id, wanted.data);
        error_set_source(&e, file->path);
        error_list_add(&item->mistakes, &e);
    }
    buffer_release(&folder);
    buffer_release(&wanted);
}

static void check_scenario(struct run *run, const struct content_file *file, struct item *item)
{
    struct lint_content content;
    if (!need_shared(run, &content, item))
        return;
    struct scenario *scenario = scenario_load(file->path, file->text.data, file->text.length,
                                              content.lexicon, &item->mistakes);
    if (!scenario)
        return;
    struct lint_file lint = lint_file(file);
    check_name(file, "scenarios", scenario->id, item);
    content.scenario = scenario;
    find_rubric(run, scenario->id, &content);
    add_tally(item, "phase", "phases", scenario->phase_count);
    add_tally(item, "fact", "facts", scenario->fact_count);
    add_tally(item, "hint ladder", "hint ladders", scenario->hint_count);
    lint_scenario(&content, &lint, &item->findings);
    scenario_free(scenario);
}

static void check_rubric(struct run *run, const struct content_file *file, struct item *item)
{
    struct lint_content content;
    if (!need_shared(run, &content, item))
        return;
    const struct shared_red_flags *flags = catalogue_red_flags(run->catalogue, &item->mistakes);
    if (error_list_total(&item->mistakes))
        return;
    struct rubric *rubric = rubric_load(file->path, file->text.data, file->text.length,
                                        content.lexicon, flags, &item->mistakes);
    if (!rubric)
        return;
    check_name(file, "rubrics", rubric->scenario, item);
    content.rubric = rubric;
    find_scenario(run, rubric->scenario, &content);
    count_rubric(item, rubric);
    add_tally(item, "sample", "samples", rubric->sample_count);
    lint_loaded_rubric(run, &content, file, item);
    rubric_free(rubric);
}

static void check_lexicon(struct run *run, const struct content_file *file, struct item *item)
{
    (void)run;
    struct lexicon *lexicon = lexicon_load(file->path, file->text.data, file->text.length,
                                           &item->mistakes);
    if (lexicon)
        add_tally(item, "concept", "concepts", lexicon->count);
    lexicon_free(lexicon);
}

static void check_red_flags(struct run *run, const struct content_file *file, struct item *item)
{
    struct lint_content content;
    if (!need_shared(run, &content, item))
        return;
    struct shared_red_flags *flags = shared_red_flags_load(
        file->path, file->text.data, file->text.length, content.lexicon, &item->mistakes);
    if (!flags)
        return;
    struct lint_file lint = lint_file(file);
    add_tally(item, "red flag", "red flags", flags->count);
    lint_red_flags(&content, flags, &lint, &item->findings);
    shared_red_flags_free(flags);
}

static void check_weights(struct run *run, const struct content_file *file, struct item *item)
{
    (void)run;
    struct weights *weights = weights_load(file->path, file->text.data, file->text.length,
                                           &item->mistakes);
    if (weights)
        add_tally(item, "point of the map", "points of the map", weights->map_count);
    weights_free(weights);
}

static void check_transcript(struct run *run, const struct content_file *file, struct item *item)
{
    struct transcript t;
    (void)run;
    transcript_parse(&t, file->path, file->text.data, file->text.length);
    for (size_t i = 0; i < t.problems.count; i++)
        error_list_add(&item->mistakes, &t.problems.items[i]);
    item->mistakes.omitted += t.problems.omitted;
    add_tally(item, "event", "events", t.count);
    transcript_release(&t);
}

static void (*const checks[KIND_COUNT])(struct run *, const struct content_file *,
                                        struct item *) = {
    [KIND_SCENARIO] = check_scenario,   [KIND_RUBRIC] = check_rubric,
    [KIND_LEXICON] = check_lexicon,     [KIND_RED_FLAGS] = check_red_flags,
    [KIND_WEIGHTS] = check_weights,     [KIND_TRANSCRIPT] = check_transcript,
};

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
    split_path(path, &folder, &name);
    if (end && !strcmp(end, ".jsonl"))
        kind = KIND_TRANSCRIPT;
    for (size_t i = 0; kind < 0 && i < sizeof(places) / sizeof(*places); i++)
        if (!strcmp(folder.data, places[i].folder) &&
            (!places[i].name || !strcmp(name, places[i].name)))
            kind = (int)places[i].kind;
    buffer_release(&folder);
    return kind;
}

static int kind_by_keys(const struct content_file *file, struct item *item)
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
            error_set(&e, ERROR_INPUT, "this is no scenario, rubric, lexicon, red flags or weights");
        error_set_source(&e, file->path);
        json_release_document(&doc);
    }
    if (e.code != ERROR_NONE)
        error_list_add(&item->mistakes, &e);
    return kind;
}

/* --- given files --- */

/* Content beside the file comes first: what stands in DIR/rubrics/ belongs with DIR/scenarios/. */
static struct catalogue *catalogue_for(struct run *run, const char *path)
{
    struct buffer folder = BUFFER_INIT, root = BUFFER_INIT;
    const char *name;
    struct catalogue *catalogue = NULL;
    split_path(path, &folder, &name);
    if (!command_text(run->ctx, "content") &&
        (!strcmp(folder.data, "rubrics") || !strcmp(folder.data, "scenarios"))) {
        size_t length = (size_t)(name - path) - folder.length - 1;
        buffer_add(&root, path, length);
        catalogue = catalogue_new(!length ? "." : root.length > 1 ? root.data : "/");
    }
    buffer_release(&folder);
    buffer_release(&root);
    return catalogue;
}

static void check_file(struct run *run, const char *path, const char *name)
{
    struct item item = { .name = name };
    struct content_file file;
    struct catalogue *own = catalogue_for(run, path);
    run->catalogue = own ? own : command_catalogue(run->ctx);
    if (open_file(&file, path, &item)) {
        int kind = kind_by_place(path);
        kind = kind >= 0 ? kind : kind_by_keys(&file, &item);
        if (kind >= 0)
            checks[kind](run, &file, &item);
    }
    close_item(run, &item);
    close_file(&file);
    catalogue_free(own);
}

/* --- all content --- */

/* A scenario with its rubric, on one line of the summary. */
static void check_pair(struct run *run, const char *id, const struct lint_content *shared)
{
    struct item item = { .name = id };
    struct lint_content content = *shared;
    struct scenario *scenario = NULL;
    struct rubric *rubric = NULL;
    struct content_file scenario_file = { NULL, BUFFER_INIT }, rubric_file = { NULL, BUFFER_INIT };
    struct buffer name = BUFFER_INIT;
    catalogue_scenario(run->catalogue, id, &scenario, &item.mistakes);
    catalogue_rubric(run->catalogue, id, &rubric, &item.mistakes);
    if (!scenario || !rubric)
        goto done;
    content.scenario = scenario;
    content.rubric = rubric;
    count_rubric(&item, rubric);
    add_tally(&item, "fact", "facts", scenario->fact_count);
    add_tally(&item, "sample", "samples", rubric->sample_count);
    buffer_printf(&name, "%s.json", id);
    char *scenario_path = catalogue_path(run->catalogue, "scenarios", name.data);
    char *rubric_path = catalogue_path(run->catalogue, "rubrics", name.data);
    if (open_file(&scenario_file, scenario_path, &item) &&
        open_file(&rubric_file, rubric_path, &item)) {
        struct lint_file lint = lint_file(&scenario_file);
        lint_scenario(&content, &lint, &item.findings);
        lint_loaded_rubric(run, &content, &rubric_file, &item);
    }
    free(scenario_path);
    free(rubric_path);
done:
    close_item(run, &item);
    close_file(&scenario_file);
    close_file(&rubric_file);
    buffer_release(&name);
}

static bool check_shared_file(struct run *run, const char *name, enum kind kind)
{
    char *path = catalogue_path(run->catalogue, "rubrics", name);
    if (!path)
        return true; /* need_shared() says when it is missed */
    struct item item = { .name = path };
    struct content_file file;
    if (open_file(&file, path, &item))
        checks[kind](run, &file, &item);
    bool good = !error_list_total(&item.mistakes);
    close_item(run, &item);
    close_file(&file);
    free(path);
    return good;
}

static int check_all(struct run *run, struct error *e)
{
    struct item nothing = { .name = "" };
    struct lint_content shared;
    char **ids;
    run->catalogue = command_catalogue(run->ctx);
    if (catalogue_check(run->catalogue, e) < 0)
        return -1;
    size_t count = catalogue_scenarios(run->catalogue, &ids);
    if (!count)
        error_set(e, ERROR_INPUT, "no scenarios are there; 'viva doctor' shows where they are sought");
    /* Without these nothing else can be checked, so their mistakes are said once. */
    bool good = check_shared_file(run, "lexicon.json", KIND_LEXICON) &&
                check_shared_file(run, "weights.json", KIND_WEIGHTS) &&
                check_shared_file(run, "red-flags.json", KIND_RED_FLAGS) &&
                need_shared(run, &shared, &nothing);
    command_print_errors(run->ctx, &nothing.mistakes);
    run->bad = run->bad || !good;
    error_list_release(&nothing.mistakes);
    for (size_t i = 0; i < count; i++) {
        if (good)
            check_pair(run, ids[i], &shared);
        free(ids[i]);
    }
    free(ids);
    return e->code == ERROR_NONE ? 0 : -1;
}

/* --- the command --- */

static const char *const formats[] = { "text", "json", NULL };
static const struct option options[] = {
    { .name = "strict", .kind = OPTION_FLAG,
      .help = "hold it to the standards of the content that comes with viva" },
    { .name = "format", .kind = OPTION_CHOICE, .value = "FORMAT", .choices = formats,
      .help = "text (the default) or json, one object a line" },
    { .name = NULL },
};

static int run_check(struct command_context *ctx, struct error *e)
{
    struct run run = {
        .ctx = ctx,
        .strict = command_flag(ctx, "strict"),
        .json = command_choice(ctx, "format", 0) == 1,
        .out = BUFFER_INIT,
    };
    if (!ctx->arg_count)
        check_all(&run, e);
    for (int i = 0; i < ctx->arg_count; i++)
        check_file(&run, ctx->args[i], ctx->args[i]);
    buffer_release(&run.out);
    if (e->code != ERROR_NONE)
        return (int)e->code;
    return run.bad ? ERROR_INPUT : run.failed ? ERROR_ANSWER_IS_NO : ERROR_NONE;
}

const struct command command_check = {
    .name = "check",
    .usage = "[FILE...]",
    .help = "whether scenarios and rubrics are fit to be used",
    .details =
        "Reads them as a session would, tries each rubric's own samples, red flags and rules, and\n"
        "says what is wrong and where. Without FILE, all content that is found. The exit status is\n"
        "1 when a check failed and 3 when a file cannot be used.",
    .options = options,
    .max_args = -1,
    .run = run_check,
};
