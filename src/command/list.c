/* viva list: what can be practised. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "command/command.h"
#include "command/scenarios.h"

static const char *const formats[] = { "text", "json", NULL };

static const struct option options[] = {
    { .name = "tag",
      .kind = OPTION_TEXT,
      .value = "TAGS",
      .help = "only those with one of these tags, parted by commas" },
    { .name = "level",
      .kind = OPTION_CHOICE,
      .value = "LEVEL",
      .choices = level_names,
      .help = "only those that are most asked at mid, senior or staff" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text (the default) or json, one object a line" },
    { .name = NULL },
};

/* --- which ones --- */

/* All tags that there are, each once, NULL-terminated; the array is the caller's. */
static const char **known_tags(const struct scenario_rows *rows)
{
    ARRAY(const char *) known = { 0 };
    for (size_t i = 0; i < rows->count; i++)
        for (char **tag = rows->items[i].tags; tag && *tag; tag++) {
            bool seen = false;
            for (size_t k = 0; k < known.count && !seen; k++)
                seen = !strcmp(known.items[k], *tag);
            if (!seen)
                *array_add(&known) = *tag;
        }
    *array_add(&known) = NULL;
    return known.items;
}

static int fail_tag(const struct scenario_rows *rows, const char *tag, struct error *e)
{
    const char **known = known_tags(rows), *near = nearest_word(tag, known);
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; known[i]; i++)
        buffer_printf(&all, "%s%s", i ? ", " : "", known[i]);
    if (near)
        error_set(e, ERROR_USAGE, "no scenario has the tag '%s'; did you mean '%s'?", tag, near);
    else
        error_set(e, ERROR_USAGE, "no scenario has the tag '%s'; there are %s", tag, all.data);
    buffer_release(&all);
    free(known);
    return -1;
}

static int keep_tag(const struct scenario_rows *rows, const char *tag, bool *keep, struct error *e)
{
    bool found = false;
    for (size_t i = 0; i < rows->count; i++)
        if (scenario_has_tag(&rows->items[i], tag, strlen(tag)))
            keep[i] = found = true;
    return found ? 0 : fail_tag(rows, tag, e);
}

static int keep_tags(const struct scenario_rows *rows, const char *tags, bool *keep,
                     struct error *e)
{
    for (const char *at = tags; at;) {
        size_t blanks = strspn(at, " "), length = strcspn(at + blanks, ", ");
        char *tag = xstrndup(at + blanks, length);
        int result = keep_tag(rows, tag, keep, e);
        free(tag);
        if (result < 0)
            return -1;
        at = strchr(at, ',');
        at = at ? at + 1 : NULL;
    }
    return 0;
}

static int filter(struct command_context *ctx, struct scenario_rows *rows, struct error *e)
{
    const char *tags = command_text(ctx, "tag");
    int level = command_choice(ctx, "level", -1), result = 0;
    bool *keep = xcalloc(rows->count + 1, sizeof(*keep));
    for (size_t i = 0; i < rows->count; i++)
        keep[i] = !tags;
    if (tags)
        result = keep_tags(rows, tags, keep, e);
    for (size_t i = 0; level >= 0 && i < rows->count; i++)
        keep[i] = keep[i] && !strcmp(rows->items[i].level, level_names[level]);
    if (result == 0)
        scenario_rows_keep(rows, keep);
    free(keep);
    return result;
}

/* --- output --- */

static void write_json(const struct scenario_row *row, struct buffer *out)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(row->id));
    json_object_set_new(object, "title", json_string(row->title));
    json_object_set_new(object, "level", json_string(row->level));
    json_object_set_new(object, "minutes", json_real(row->minutes));
    json_t *tags = json_array();
    for (char **tag = row->tags; tag && *tag; tag++)
        json_array_append_new(tags, json_string(*tag));
    json_object_set_new(object, "tags", tags);
    json_object_set_new(object, "content", json_text_new(row->root, strlen(row->root)));
    if (row->hidden)
        json_object_set_new(object, "hides",
                            json_text_new(row->hidden, strlen(row->hidden)));
    if (row->has_score)
        json_object_set_new(object, "last_score", json_real(row->last_score));
    if (row->has_score && row->last_part)
        json_object_set_new(object, "last_part", json_true());
    json_write(out, object);
    buffer_add_char(out, '\n');
    json_decref(object);
}

/* Sources are told where there are several: who has but one needs no word about it. */
static void write_table(struct command_context *ctx, const struct scenario_rows *rows,
                        struct buffer *out)
{
    const char *root = rows->count ? rows->items[0].root : NULL;
    bool several = false;
    for (size_t i = 0; i < rows->count; i++)
        several = several || rows->items[i].root != root || rows->items[i].hidden;
    scenario_rows_write(rows, &ctx->screen, false, out);
    if (several)
        scenario_rows_write_sources(rows, catalogue_roots(command_catalogue(ctx)),
                                    &ctx->screen, out);
}

static int run(struct command_context *ctx, struct error *e)
{
    struct scenario_rows rows;
    struct buffer out = BUFFER_INIT;
    int status = scenario_rows_load(ctx, &rows);
    bool any = rows.count > 0;
    if (!any && status == ERROR_NONE)
        status = scenario_rows_none(e);
    if (any && filter(ctx, &rows, e) < 0) {
        scenario_rows_release(&rows);
        return (int)e->code;
    }
    if (command_choice(ctx, "format", 0) == 1)
        for (size_t i = 0; i < rows.count; i++)
            write_json(&rows.items[i], &out);
    else
        write_table(ctx, &rows, &out);
    screen_page(&ctx->screen, ctx->out, &out);
    if (any && !rows.count) {
        error_set(e, ERROR_ANSWER_IS_NO, "no scenario is like that");
        status = (int)e->code;
    }
    buffer_release(&out);
    scenario_rows_release(&rows);
    return status;
}

const struct command command_list = {
    .name = "list",
    .usage = "",
    .help = "show the scenarios by theme, with level, minutes and last score",
    .options = options,
    .run = run,
};
