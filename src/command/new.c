/*
 * viva new scenario NAME: a scenario and a rubric to be written. Says what is still missing, line by
 * line, as `viva check --strict` will until it is there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "command/check.h"
#include "command/command.h"
#include "content/skeleton.h"

/* Where files of one's own go: --in, else the current folder if it has content, else the user's. */
static char *choose_folder(struct command_context *ctx, struct error *e)
{
    const char *given = command_text(ctx, "in");
    if (given)
        return xstrdup(given);
    if (file_is_folder("scenarios") && file_is_folder("rubrics"))
        return xstrdup(".");
    char *home = path_data_home();
    if (!home)
        error_set(e, ERROR_USAGE, "there is no home folder; --in DIR says where to put it");
    return home;
}

/* "FOLDER/scenarios/ID.json", or "scenarios/ID.json" in the current folder. */
static char *path_for(const char *folder, const char *below, const char *id)
{
    struct buffer path = BUFFER_INIT;
    if (strcmp(folder, ".") != 0)
        buffer_printf(&path, "%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/");
    buffer_printf(&path, "%s/%s.json", below, id);
    return buffer_detach(&path);
}

static int refuse_if_there(const char *path, struct error *e)
{
    return file_exists(path)
               ? error_set(e, ERROR_STORAGE, "'%s' is there already; nothing was changed", path)
               : 0;
}

/* Another of that name would be hidden by this one. */
static int refuse_known(struct command_context *ctx, const char *id, struct error *e)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%s.json", id);
    char *path = catalogue_path(command_catalogue(ctx), "scenarios", name.data);
    if (path)
        error_set(e, ERROR_USAGE, "there is a scenario '%s' already, in '%s'", id, path);
    free(path);
    buffer_release(&name);
    return path ? -1 : 0;
}

static int write_one(const char *path, void (*skeleton)(const char *, struct buffer *),
                     const char *id, struct error *e)
{
    struct buffer text = BUFFER_INIT;
    char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));
    skeleton(id, &text);
    int result = file_make_folders(folder, e);
    if (result == 0)
        result = file_write_new(path, text.data, text.length, 0644, e);
    free(folder);
    buffer_release(&text);
    return result;
}

/* --- what is missing --- */

static int by_line(const void *a, const void *b)
{
    const struct error *x = a, *y = b;
    return x->line != y->line ? (x->line < y->line ? -1 : 1) : x->column - y->column;
}

static void write_findings(struct error_list *list, struct buffer *out)
{
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_line);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].line)
            buffer_printf(out, "%s:%d: %s\n", list->items[i].source, list->items[i].line,
                          list->items[i].message);
        else
            buffer_printf(out, "%s\n", list->items[i].message);
    if (list->omitted)
        buffer_printf(out, "and %zu more\n", list->omitted);
}

static bool check_written(const struct check_view *view, const char *path, struct buffer *out)
{
    struct check_item item = { .name = path };
    struct check_file file;
    int kind = check_open(&file, path, &item) ? check_kind(&file, &item) : -1;
    if (kind >= 0)
        check_one(view, (enum kind)kind, &file, &item);
    bool good = !error_list_total(&item.mistakes);
    write_findings(&item.mistakes, out);
    write_findings(&item.findings, out);
    error_list_release(&item.mistakes);
    error_list_release(&item.findings);
    check_close(&file);
    return good;
}

static int tell(struct command_context *ctx, const char *folder, char *const paths[2])
{
    struct buffer out = BUFFER_INIT;
    struct check_view view = { catalogue_new(folder), true };
    buffer_printf(&out, "Made %s and %s. What is missing:\n\n", paths[0], paths[1]);
    bool good = check_written(&view, paths[0], &out);
    good = check_written(&view, paths[1], &out) && good;
    buffer_printf(&out, "\nviva check --strict %s %s\nsays what is left; docs/authoring.md shows how it "
                        "is done.\n", paths[0], paths[1]);
    screen_write(ctx->out, &out);
    buffer_release(&out);
    catalogue_free(view.catalogue);
    return good ? ERROR_NONE : ERROR_INPUT;
}

/* --- the command --- */

static int make(struct command_context *ctx, const char *id, const char *folder, struct error *e)
{
    char *paths[2] = { path_for(folder, "scenarios", id), path_for(folder, "rubrics", id) };
    int result = -1;
    if (refuse_if_there(paths[0], e) == 0 && refuse_if_there(paths[1], e) == 0 &&
        refuse_known(ctx, id, e) == 0 && write_one(paths[0], skeleton_scenario, id, e) == 0)
        result = write_one(paths[1], skeleton_rubric, id, e);
    int status = result < 0 ? (int)e->code : tell(ctx, folder, paths);
    free(paths[0]);
    free(paths[1]);
    return status;
}

static int run(struct command_context *ctx, struct error *e)
{
    const char *id = ctx->args[1];
    if (strcmp(ctx->args[0], "scenario") != 0)
        error_set(e, ERROR_USAGE, "'%s' cannot be made new; a scenario can: viva new scenario NAME",
                  ctx->args[0]);
    else if (!skeleton_is_id(id))
        error_set(e, ERROR_USAGE,
                  "a scenario's name is made of lower-case letters, digits and single hyphens, at "
                  "most %d: not '%s'", SCENARIO_ID_MAX, id);
    char *folder = e->code == ERROR_NONE ? choose_folder(ctx, e) : NULL;
    int status = folder ? make(ctx, id, folder, e) : (int)e->code;
    free(folder);
    return status;
}

static const struct option options[] = {
    { .name = "in",
      .kind = OPTION_TEXT,
      .value = "DIR",
      .help = "the content folder; the current one if it is one, else your own" },
    { .name = NULL },
};

const struct command command_new = {
    .name = "new",
    .usage = "scenario NAME",
    .help = "make a scenario and a rubric to be written",
    .details =
        "Two files that load, with TODO wherever there is something to write, and a "
        "list of what is missing, with its line. What is there already is never "
        "touched.",
    .options = options,
    .min_args = 2,
    .max_args = 2,
    .run = run,
};
