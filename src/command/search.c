/* viva search WORDS: what was said, in all transcripts. */
#include <string.h>

#include "command/command.h"
#include "command/shelf.h"
#include "report/findings.h"
#include "transcript/query.h"

static const char *const speakers[] = { "candidate", "interviewer", "note", NULL };

static const struct option options[] = {
    { .name = "by",
      .kind = OPTION_CHOICE,
      .value = "WHO",
      .choices = speakers,
      .help = "only what candidate or interviewer said, or a note" },
    SHELF_OPTIONS,
    SHELF_LIMIT_OPTION("show at most N sessions (20 unless told; 0: all)"),
    { .name = NULL },
};

static int chosen_speaker(const struct command_context *ctx)
{
    static const int who[] = { LIBRARY_ANSWER, LIBRARY_INTERVIEWER, LIBRARY_NOTE };
    int choice = command_choice(ctx, "by", -1);
    return choice < 0 ? -1 : who[choice];
}

static void tell_nothing(struct command_context *ctx, const struct query *query)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_string(
        &out, query->phrase
                  ? "Nobody said that. A phrase in quotes must stand word for word: "
                    "without the quotes its words may stand apart.\n"
              : query->terms > 1
                  ? "Nobody said that: one line must have all of these words. A word "
                    "with a star finds its endings: cach*.\n"
                  : "Nobody said that. A word with a star finds its endings: cach*.\n");
    struct buffer laid = BUFFER_INIT;
    screen_wrap(&laid, out.data, out.length - 1, ctx->screen.width, 0, 0);
    fprintf(ctx->err, "%s\n", laid.data);
    buffer_release(&laid);
    buffer_release(&out);
}

static int show(struct command_context *ctx, const struct library_findings *found,
                const struct query *query)
{
    struct buffer out = BUFFER_INIT;
    if (command_choice(ctx, "format", 0) == 1)
        findings_json(found, &out);
    else
        findings_write(found, &ctx->screen, &out);
    screen_page(&ctx->screen, ctx->out, &out);
    buffer_release(&out);
    if (found->count)
        return ERROR_NONE;
    tell_nothing(ctx, query);
    return ERROR_ANSWER_IS_NO;
}

/* Whether there is nothing to search at all; then says what to do. */
static bool is_empty(struct command_context *ctx, struct shelf *shelf, struct error *e)
{
    struct library_filter any = { .limit = 1 };
    struct library_sessions page;
    struct arena arena = ARENA_INIT;
    bool empty = library_sessions(shelf_library(shelf), &any, &arena, &page, e) == 0 &&
                 !page.count;
    if (empty)
        shelf_tell_none(ctx, &any);
    arena_release(&arena);
    return empty;
}

static int search(struct command_context *ctx, const struct query *query,
                  const struct library_filter *filter, struct error *e)
{
    struct library_wanted wanted = { query, filter, chosen_speaker(ctx) };
    struct library_findings found;
    struct arena arena = ARENA_INIT;
    int status = ERROR_STORAGE;
    struct shelf *shelf = shelf_open(ctx, LIBRARY_ALL, e);
    if (shelf && is_empty(ctx, shelf, e))
        status = ERROR_ANSWER_IS_NO;
    else if (shelf &&
             library_search(shelf_library(shelf), &wanted, &arena, &found, e) == 0)
        status = show(ctx, &found, query);
    if (shelf)
        shelf_tell_note(shelf);
    shelf_close(shelf);
    arena_release(&arena);
    return status;
}

static int run(struct command_context *ctx, struct error *e)
{
    struct library_filter filter;
    struct query query = QUERY_INIT;
    int status = ERROR_USAGE;
    if (shelf_filter(ctx, &filter, e) == 0 &&
        query_parse(&query, ctx->args, (size_t)ctx->arg_count, e) == 0) {
        filter.limit = (size_t)command_number(ctx, "limit", SHELF_LIMIT);
        status = search(ctx, &query, &filter, e);
    }
    query_release(&query);
    return status;
}

const struct command command_search = {
    .name = "search",
    .usage = "WORDS...",
    .help = "find what was said, in all transcripts",
    .details =
        "One line of a transcript must have all the words, in any order: viva search\n"
        "cache stampede. \"cold cache\" in quotes is a phrase, cach* any word that "
        "begins\n"
        "so. Case and accents do not matter. What was taken back is not found.",
    .options = options,
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
