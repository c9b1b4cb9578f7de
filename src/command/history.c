/* viva history: past sessions, newest first. */
#include "command/command.h"
#include "command/shelf.h"
#include "report/sessions.h"

static const struct option options[] = {
    SHELF_OPTIONS,
    SHELF_LIMIT_OPTION("show at most N sessions (20 unless told; 0: all)"),
    { .name = NULL },
};

static void show(struct command_context *ctx, const struct library_sessions *page,
                 const struct library_filter *filter)
{
    struct buffer out = BUFFER_INIT;
    if (command_choice(ctx, "format", 0) == 1)
        sessions_json(page, &out);
    else if (page->count)
        sessions_write(page, command_again(ctx), &ctx->screen, &out);
    else
        shelf_tell_none(ctx, filter);
    screen_page(&ctx->screen, ctx->out, &out);
    buffer_release(&out);
}

static int run(struct command_context *ctx, struct error *e)
{
    struct library_filter filter;
    struct library_sessions page;
    struct arena arena = ARENA_INIT;
    if (shelf_filter(ctx, &filter, e) < 0)
        return ERROR_USAGE;
    filter.limit = (size_t)command_number(ctx, "limit", SHELF_LIMIT);
    bool page_only = filter.limit && filter.limit <= LIBRARY_SMALL;
    struct shelf *shelf = shelf_open(ctx, page_only ? LIBRARY_PAGE : LIBRARY_ALL, e);
    if (shelf && library_sessions(shelf_library(shelf), &filter, &arena, &page, e) == 0)
        show(ctx, &page, &filter);
    if (shelf)
        shelf_tell_note(shelf);
    shelf_close(shelf);
    arena_release(&arena);
    return (int)e->code;
}

const struct command command_history = {
    .name = "history",
    .usage = "",
    .help = "list past sessions, newest first",
    .details =
        "Each line ends with the id that review, resume and compare take. A session "
        "is 'open' until it has ended; 'part' is a score on a part of the phases.",
    .options = options,
    .run = run,
};
