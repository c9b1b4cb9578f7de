#define _POSIX_C_SOURCE 200809L
#include "command/scenarios.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "command/shelf.h"
#include "report/card.h"
#include "terminal/prompt.h"

/* Last scores come from the index; without transcripts there are none. */
static void find_scores(struct command_context *ctx, struct scenario_rows *rows)
{
    const char *folder = command_transcripts(ctx, NULL);
    struct shelf *shelf =
        folder && file_is_folder(folder) ? shelf_open(ctx, LIBRARY_ALL, NULL) : NULL;
    for (size_t i = 0; shelf && i < rows->count; i++)
        rows->items[i].has_score = library_last_score(shelf_library(shelf), rows->items[i].id,
                                                      &rows->items[i].last_score);
    shelf_close(shelf);
}

/* --- rows --- */

int scenario_rows_load(struct command_context *ctx, struct scenario_rows *out)
{
    char **ids = NULL;
    struct error_list errors = ERROR_LIST_INIT;
    struct catalogue *catalogue = command_catalogue(ctx);
    struct error problem;
    error_init(&problem);
    if (catalogue_check(catalogue, &problem) < 0) { /* once, not for every scenario elsewhere */
        *out = (struct scenario_rows) { NULL, 0 };
        command_print_error(ctx, &problem);
        return (int)problem.code;
    }
    size_t count = catalogue_scenarios(catalogue, &ids);
    *out = (struct scenario_rows) { xcalloc(count ? count : 1, sizeof(*out->items)), 0 };
    for (size_t i = 0; i < count; i++) {
        struct scenario_summary summary;
        if (catalogue_summary(catalogue, ids[i], &summary, &errors) == 0) {
            out->items[out->count++] = (struct scenario_row) {
                .id = xstrdup(ids[i]),
                .title = xstrdup(summary.title),
                .level = xstrdup(summary.level ? summary.level : ""),
                .minutes = summary.minutes,
            };
            scenario_summary_release(&summary);
        }
        free(ids[i]);
    }
    free(ids);
    find_scores(ctx, out);
    int status = command_print_errors(ctx, &errors);
    error_list_release(&errors);
    return status;
}

void scenario_rows_release(struct scenario_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->items[i].id);
        free(rows->items[i].title);
        free(rows->items[i].level);
    }
    free(rows->items);
    *rows = (struct scenario_rows) { NULL, 0 };
}

static int widest_id(const struct scenario_rows *rows)
{
    int widest = 0;
    for (size_t i = 0; i < rows->count; i++) {
        int width = utf8_width(rows->items[i].id, strlen(rows->items[i].id));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static bool any_score(const struct scenario_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].has_score)
            return true;
    return false;
}

void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out)
{
    int id_width = widest_id(rows), fixed = 19 + (numbered ? 4 : 0) + (any_score(rows) ? 11 : 0);
    int title_width = screen->width - id_width - fixed;
    title_width = title_width > 34 ? 34 : title_width;
    for (size_t i = 0; i < rows->count; i++) {
        const struct scenario_row *row = &rows->items[i];
        struct buffer line = BUFFER_INIT;
        if (numbered)
            buffer_printf(&line, "%2zu  ", i + 1);
        screen_cell(&line, screen, row->id, id_width);
        buffer_add_string(&line, "  ");
        if (title_width >= 8) {
            screen_cell(&line, screen, row->title, title_width);
            buffer_add_string(&line, "  ");
        }
        screen_cell(&line, screen, row->level, 6);
        buffer_printf(&line, "  %3.0f min", row->minutes);
        if (row->has_score) {
            buffer_add_string(&line, "  last ");
            card_total(row->last_score, &line);
        }
        buffer_printf(out, "%s\n", line.data);
        buffer_release(&line);
    }
}

/* --- choosing --- */

static char *chosen(const struct scenario_rows *rows, const char *answer)
{
    char *end;
    long number = strtol(answer, &end, 10);
    if (end != answer && !*end && number >= 1 && number <= (long)rows->count)
        return xstrdup(rows->items[number - 1].id);
    const char *found = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        if (!strcmp(rows->items[i].id, answer))
            return xstrdup(answer);
        if (strncmp(rows->items[i].id, answer, strlen(answer)) != 0)
            continue;
        if (found)
            return NULL;
        found = rows->items[i].id;
    }
    return xstrdup(found);
}

static size_t complete_id(void *state, const char *line, size_t start, char ***words)
{
    const struct scenario_rows *rows = state;
    ARRAY(char *) found = { 0 };
    for (size_t i = 0; start == 0 && i < rows->count; i++)
        if (!strncmp(rows->items[i].id, line, strlen(line)))
            *array_add(&found) = xstrdup(rows->items[i].id);
    *words = found.items;
    return found.count;
}

static char *ask(struct command_context *ctx, struct scenario_rows *rows)
{
    struct buffer answer = BUFFER_INIT;
    struct prompt *prompt = prompt_new(ctx->in, ctx->out, &ctx->screen);
    char *id = NULL;
    prompt_set_completer(prompt, complete_id, rows);
    for (;;) {
        enum prompt_result result =
            prompt_read(prompt, "Number or name, Enter for none: ", &answer);
        while (answer.length && answer.data[answer.length - 1] == ' ') /* completion leaves one */
            buffer_truncate(&answer, answer.length - 1);
        if (result != PROMPT_LINE || !answer.length)
            break;
        if ((id = chosen(rows, answer.data)))
            break;
        fprintf(ctx->out, "There is no scenario '%s'.\n", answer.data);
    }
    prompt_free(prompt);
    buffer_release(&answer);
    return id;
}

char *scenario_choose(struct command_context *ctx, struct error *e)
{
    struct scenario_rows rows;
    struct buffer out = BUFFER_INIT;
    char *id = NULL;
    if (!ctx->screen.terminal || !isatty(fileno(ctx->in))) {
        error_set(e, ERROR_USAGE, "which scenario? 'viva list' shows them");
        return NULL;
    }
    scenario_rows_load(ctx, &rows);
    scenario_rows_write(&rows, &ctx->screen, true, &out);
    screen_write(ctx->out, &out);
    id = ask(ctx, &rows);
    buffer_release(&out);
    scenario_rows_release(&rows);
    return id;
}
