/*
 * viva check [FILE...]: whether content is fit to be used. Without arguments all content that is
 * found, with them the content of these folders, or these files: scenarios, rubrics, lexicon, shared red flags, weights, and
 * transcripts. What a file is, its folder says, else its keys.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "command/check.h"
#include "command/command.h"

struct run {
    struct command_context *ctx;
    struct check_view view; /* its catalogue is that of the file at hand */
    bool json;
    bool bad, failed;
    struct buffer out;
};

/* --- items --- */

/* Who mends the one mistake must not think that it was the last. */
static void write_untried(struct run *run, const struct check_item *item)
{
    size_t mistakes = error_list_total(&item->mistakes);
    if (item->untried)
        buffer_printf(&run->out, "%s: %zu mistake%s; not tried yet: %s%s\n", item->name,
                      mistakes, mistakes == 1 ? "" : "s", item->untried,
                      run->view.strict ? ", --strict" : "");
}

static void write_text(struct run *run, const struct check_item *item)
{
    size_t findings = error_list_total(&item->findings);
    command_print_errors(run->ctx, &item->mistakes);
    command_print_errors(run->ctx, &item->findings);
    if (error_list_total(&item->mistakes)) {
        write_untried(run, item);
        return;
    }
    buffer_printf(&run->out, "%s", item->name);
    for (size_t i = 0; i < item->tally_count; i++) {
        const struct check_tally *t = &item->tallies[i];
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
static void add_count(json_t *object, const struct check_tally *tally)
{
    char key[32];
    snprintf(key, sizeof(key), "%s", tally->many);
    for (char *p = key; *p; p++)
        *p = *p == ' ' ? '_' : *p;
    json_object_set_new(object, key, json_integer((json_int_t)tally->count));
}

static void write_json(struct run *run, const struct check_item *item)
{
    json_t *object = json_object(), *mistakes = json_array(), *findings = json_array();
    add_problems(mistakes, &item->mistakes);
    add_problems(findings, &item->findings);
    json_object_set_new(object, "name", json_text_new(item->name, strlen(item->name)));
    json_object_set_new(
        object, "fine",
        json_boolean(!error_list_total(&item->mistakes) && !error_list_total(&item->findings)));
    for (size_t i = 0; i < item->tally_count; i++)
        add_count(object, &item->tallies[i]);
    json_object_set_new(object, "mistakes", mistakes);
    json_object_set_new(object, "findings", findings);
    if (item->untried)
        json_object_set_new(object, "untried", json_string(item->untried));
    json_write(&run->out, object);
    buffer_add_char(&run->out, '\n');
    json_decref(object);
}

static void close_item(struct run *run, struct check_item *item)
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

/* --- given files --- */

/* Content beside the file comes first: what stands in DIR/rubrics/ belongs with DIR/scenarios/. */
static struct catalogue *catalogue_for(struct run *run, const char *path)
{
    struct buffer folder = BUFFER_INIT, root = BUFFER_INIT;
    const char *name;
    struct catalogue *catalogue = NULL;
    check_split_path(path, &folder, &name);
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

static void check_given(struct run *run, const char *path)
{
    struct check_item item = { .name = path };
    struct check_file file;
    struct catalogue *own = catalogue_for(run, path);
    run->view.catalogue = own ? own : command_catalogue(run->ctx);
    int kind = check_open(&file, path, &item) ? check_kind(&file, &item) : -1;
    if (kind >= 0)
        check_one(&run->view, (enum kind)kind, &file, &item);
    close_item(run, &item);
    check_close(&file);
    catalogue_free(own);
}

/* --- all content --- */

/* A path is of a root when it begins with it; those of the current folder are relative. */
static bool is_within(const char *path, const char *root)
{
    size_t length = strlen(root);
    if (!strcmp(root, "."))
        return !strncmp(path, "scenarios/", 10) || !strncmp(path, "rubrics/", 8);
    return !strncmp(path, root, length) &&
           (path[length] == '/' || root[length - 1] == '/');
}

/* The file that is used for it, to be freed; NULL when it does not stand in the root, of which NULL
 * is any. */
static char *path_from(const struct run *run, const char *root, const char *folder,
                       const char *id)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%s.json", id);
    char *path = catalogue_path(run->view.catalogue, folder, name.data);
    buffer_release(&name);
    if (!path || !root || is_within(path, root))
        return path;
    free(path);
    return NULL;
}

static bool comes_from(const struct run *run, const char *root, const char *folder,
                       const char *id)
{
    char *path = path_from(run, root, folder, id);
    bool found = path != NULL;
    free(path);
    return found;
}

static bool check_shared_file(struct run *run, const char *root, const char *id,
                              enum kind kind)
{
    char *path = path_from(run, root, "rubrics", id);
    if (!path)
        return true; /* check_shared() says when it is missed */
    struct check_item item = { .name = path };
    struct check_file file;
    if (check_open(&file, path, &item))
        check_one(&run->view, kind, &file, &item);
    bool good = !error_list_total(&item.mistakes);
    close_item(run, &item);
    check_close(&file);
    free(path);
    return good;
}

/* Without these nothing else can be checked, so their mistakes are said once. */
static bool check_what_is_shared(struct run *run, const char *root,
                                 struct lint_content *shared)
{
    struct check_item nothing = { .name = "" };
    bool good = check_shared_file(run, root, "lexicon", KIND_LEXICON) &&
                check_shared_file(run, root, "weights", KIND_WEIGHTS) &&
                check_shared_file(run, root, "red-flags", KIND_RED_FLAGS) &&
                check_shared(&run->view, NULL, shared, &nothing);
    command_print_errors(run->ctx, &nothing.mistakes);
    run->bad = run->bad || !good;
    error_list_release(&nothing.mistakes);
    return good;
}

/* A rubric that nobody can sit in is a scenario that was lost or misspelt. */
static void check_orphans(struct run *run, const char *root)
{
    char **ids;
    size_t count = catalogue_orphans(run->view.catalogue, &ids);
    for (size_t i = 0; i < count; i++) {
        struct check_item item = { .name = ids[i] };
        struct error e;
        error_init(&e);
        error_set(&e, ERROR_INPUT,
                  "the rubric '%s' has no scenario: no content folder has "
                  "'scenarios/%s.json'",
                  ids[i], ids[i]);
        error_list_add(&item.mistakes, &e);
        if (comes_from(run, root, "rubrics", ids[i]))
            close_item(run, &item);
        else
            error_list_release(&item.mistakes);
        free(ids[i]);
    }
    free(ids);
}

static void tell_left_out(struct run *run, size_t count)
{
    if (!count || run->json)
        return;
    buffer_printf(&run->out, "not tried yet: %zu scenario%s and what is in %s rubric%s\n",
                  count, count == 1 ? "" : "s", count == 1 ? "its" : "their",
                  count == 1 ? "" : "s");
    screen_write(run->ctx->out, &run->out);
    buffer_clear(&run->out);
}

/* All that the view's catalogue finds, or what of it stands in one root. */
static void check_content(struct run *run, const char *root, struct error *e)
{
    struct lint_content shared;
    char **ids;
    if (catalogue_check(run->view.catalogue, e) < 0)
        return;
    size_t count = catalogue_scenarios(run->view.catalogue, &ids), left_out = 0;
    if (!count)
        error_set(e, ERROR_INPUT,
                  "no scenarios are there; 'viva doctor' shows where they are sought");
    bool good = check_what_is_shared(run, root, &shared);
    for (size_t i = 0; i < count; i++) {
        struct check_item item = { .name = ids[i] };
        bool within = comes_from(run, root, "scenarios", ids[i]) ||
                      comes_from(run, root, "rubrics", ids[i]);
        left_out += within && !good;
        if (within && good) {
            check_pair(&run->view, ids[i], &shared, &item);
            close_item(run, &item);
        }
        free(ids[i]);
    }
    free(ids);
    tell_left_out(run, left_out);
    if (count) /* else every rubric would be one */
        check_orphans(run, root);
}

/* A folder of content by itself; what it lacks comes from where a session would take it. */
static void check_folder(struct run *run, const char *path, struct error *e)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    char *root = xstrndup(path, length);
    run->view.catalogue = catalogue_new(root);
    if (catalogue_check(run->view.catalogue, NULL) < 0)
        error_set(e, ERROR_INPUT, "'%s' has neither scenarios/ nor rubrics/ in it", path);
    else
        check_content(run, root, e);
    catalogue_free(run->view.catalogue);
    free(root);
}

/* --- the command --- */

static const char *const formats[] = { "text", "json", NULL };
static const struct option options[] = {
    { .name = "strict",
      .kind = OPTION_FLAG,
      .help = "hold it to the standards of the content that comes with viva" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text (the default) or json, one object a line" },
    { .name = NULL },
};

static int run_check(struct command_context *ctx, struct error *e)
{
    struct run run = {
        .ctx = ctx,
        .view.strict = command_flag(ctx, "strict"),
        .json = command_choice(ctx, "format", 0) == 1,
        .out = BUFFER_INIT,
    };
    run.view.catalogue = command_catalogue(ctx);
    if (!ctx->arg_count)
        check_content(&run, NULL, e);
    for (int i = 0; i < ctx->arg_count; i++)
        if (file_is_folder(ctx->args[i]))
            check_folder(&run, ctx->args[i], e);
        else
            check_given(&run, ctx->args[i]);
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
        "Reads them as a session would, tries each rubric's own samples, red flags "
        "and rules, and says what is wrong and where. Without FILE, all content that "
        "is found; a FILE that is a folder stands for the content in it. The exit "
        "status is 1 when a check failed and 3 when a file cannot be used.",
    .options = options,
    .max_args = -1,
    .run = run_check,
};
