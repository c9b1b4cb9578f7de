/* viva trends: how sessions went over time. */
#include "report/trends.h"
#include "command/command.h"
#include "command/shelf.h"

enum { TRENDS_LIMIT = 1000 };

static const struct option options[] = {
    SHELF_OPTIONS,
    { .name = "grader",
      .kind = OPTION_TEXT,
      .value = "GRADER",
      .help = "whose scores: rubric (the default), person:XY or llm:MODEL" },
    { .name = "unfinished",
      .kind = OPTION_FLAG,
      .help = "take in sessions that were graded on a part of the phases" },
    SHELF_LIMIT_OPTION("look at the newest N sessions (1000 unless told; 0: all)"),
    { .name = NULL },
};

/* There are no scores: because there are no sessions, or none that was graded to its end.
 */
static void tell_none(struct command_context *ctx, const struct library_filter *filter,
                      const struct trends *t)
{
    if (t->left_out)
        fprintf(ctx->out,
                "Only sessions graded in part: viva trends --unfinished shows them.\n");
    else if (!shelf_filters(filter) && !command_text(ctx, "grader"))
        fprintf(ctx->out, "No graded sessions yet: viva practice starts one.\n");
    else
        fprintf(ctx->out, "No graded session fits.\n");
}

static void show(struct command_context *ctx, const struct library_filter *filter,
                 const struct trends *t)
{
    struct buffer out = BUFFER_INIT;
    if (command_choice(ctx, "format", 0) == 1)
        trends_json(t, &out);
    else if (t->count)
        trends_write(t, command_again(ctx), &ctx->screen, &out);
    else
        tell_none(ctx, filter, t);
    screen_page(&ctx->screen, ctx->out, &out);
    buffer_release(&out);
}

static int run(struct command_context *ctx, struct error *e)
{
    struct library_filter filter;
    struct library_scores scores;
    struct trends trends;
    struct arena arena = ARENA_INIT;
    if (shelf_filter(ctx, &filter, e) < 0)
        return ERROR_USAGE;
    filter.limit = (size_t)command_number(ctx, "limit", TRENDS_LIMIT);
    struct shelf *shelf = shelf_open(ctx, LIBRARY_ALL, e);
    if (shelf && shelf_scores(ctx, shelf, &filter, &arena, &scores, e) == 0) {
        trends_make(&scores, command_flag(ctx, "unfinished"), shelf_title, ctx, &arena,
                    &trends);
        trends.more = filter.limit && scores.count == filter.limit;
        show(ctx, &filter, &trends);
    }
    if (shelf)
        shelf_tell_note(shelf);
    shelf_close(shelf);
    arena_release(&arena);
    return (int)e->code;
}

const struct command command_trends = {
    .name = "trends",
    .usage = "",
    .help = "show how sessions went over time",
    .details =
        "The score, each dimension, your guesses against the grade, and the points "
        "that stay weakest, oldest session first.",
    .options = options,
    .run = run,
};
