/* viva search WORDS: what was said, in all transcripts. */
#include <string.h>

#include "base/utf8.h"
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

/* What is looked for, and where. */
struct hunt {
    struct shelf *shelf;
    const struct query *query;
    const struct library_filter *filter;
};

static bool is_found_alone(struct command_context *ctx, const struct hunt *hunt, int arg)
{
    struct library_filter filter = *hunt->filter;
    struct query one = QUERY_INIT;
    struct library_wanted wanted = { &one, &filter, chosen_speaker(ctx) };
    struct library_findings found = { 0 };
    struct arena arena = ARENA_INIT;
    struct error ignored;
    error_init(&ignored);
    filter.limit = 1;
    bool known = query_parse(&one, ctx->args + arg, 1, &ignored) < 0 || /* a lone dash */
                 (library_search(shelf_library(hunt->shelf), &wanted, &arena, &found,
                                 &ignored) == 0 &&
                  found.count);
    query_release(&one);
    arena_release(&arena);
    return known;
}

/* Which of the words stand nowhere: those are to be changed, else there are too many. */
static void add_missing(struct command_context *ctx, const struct hunt *hunt,
                        struct buffer *out)
{
    struct buffer missing = BUFFER_INIT;
    for (int i = 0; i < ctx->arg_count; i++) {
        if (is_found_alone(ctx, hunt, i))
            continue;
        buffer_add_string(&missing, missing.length ? ", '" : "'");
        utf8_add_harmless(&missing, ctx->args[i], strlen(ctx->args[i]));
        buffer_add_char(&missing, '\'');
    }
    if (missing.length)
        buffer_printf(out,
                      " Not found alone either: %s. A %sword with a star finds its "
                      "endings: cach*.",
                      missing.data,
                      hunt->query->phrase ? "phrase must stand word for word, a " : "");
    else
        buffer_add_string(out, " Each of them is found alone: try fewer.");
    buffer_release(&missing);
}

static void tell_nothing(struct command_context *ctx, const struct hunt *hunt)
{
    struct buffer out = BUFFER_INIT, laid = BUFFER_INIT;
    buffer_add_string(
        &out, hunt->query->terms > 1
                  ? "Nobody said that: one line must have all of these words."
              : hunt->query->phrase
                  ? "Nobody said that. A phrase in quotes must stand word for word: "
                    "without the quotes its words may stand apart."
                  : "Nobody said that. A word with a star finds its endings: cach*.");
    if (hunt->query->terms > 1 && ctx->arg_count > 1)
        add_missing(ctx, hunt, &out);
    else if (hunt->query->terms > 1)
        buffer_add_string(&out, " Try fewer.");
    screen_wrap(&laid, out.data, out.length, ctx->screen.width, 0, 0);
    fprintf(ctx->err, "%s\n", laid.data);
    buffer_release(&laid);
    buffer_release(&out);
}

static int show(struct command_context *ctx, const struct library_findings *found,
                const struct hunt *hunt)
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
    tell_nothing(ctx, hunt);
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
        status = show(ctx, &found, &(struct hunt) { shelf, query, filter });
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
        "One line of a transcript must have all the words, in any order: viva search "
        "cache stampede. \"cold cache\" in quotes is a phrase, cach* any word that "
        "begins so. Case and accents do not matter. What was taken back is not found.",
    .options = options,
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
