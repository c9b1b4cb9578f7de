/* viva compare A B: two sessions side by side. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/command.h"
#include "command/sealing.h"
#include "command/shelf.h"
#include "report/comparison.h"
#include "transcript/reader.h"

static const struct option options[] = {
    { .name = "grader",
      .kind = OPTION_TEXT,
      .value = "GRADER",
      .help = "whose scores: rubric, person:XY or llm:MODEL" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = shelf_formats,
      .help = "text (the default) or json" },
    { .name = NULL },
};

/* A transcript and what it comes to. */
struct side {
    struct transcript transcript;
    struct summary summary;
    char *id;
};

static char *short_id(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    const char *digits = transcript_id_in_name(name);
    if (digits)
        return xstrndup(digits, strcspn(digits, "."));
    size_t length = strlen(name), tail = strlen(".jsonl");
    return xstrndup(name, length > tail ? length - tail : length);
}

static int read_side(struct command_context *ctx, const char *id, struct side *side,
                     struct error *e)
{
    const char *folder = command_transcripts(ctx, e);
    char *path = folder ? transcript_find(folder, id, e) : NULL;
    int result = path ? transcript_read(&side->transcript, path, e) : -1;
    if (result == 0) {
        command_print_errors(ctx, &side->transcript.problems);
        summary_of(&side->summary, &side->transcript);
        side->id = short_id(path);
    }
    if (result == 0 && !side->summary.begun)
        result = error_set(e, ERROR_INPUT,
                           "'%s' is no transcript: it does not begin with session.start",
                           path);
    if (result == 0 && !sealing_allows(ctx, &side->transcript, e))
        result = -1;
    free(path);
    return result;
}

static void release_side(struct side *side)
{
    summary_release(&side->summary);
    transcript_release(&side->transcript);
    free(side->id);
}

static void add_graders(const struct comparison_side *side, struct buffer *out)
{
    for (size_t i = 0; i < side->summary->scores.count; i++)
        buffer_printf(out, "%s%s", i ? ", " : "", side->summary->scores.items[i].grader);
    buffer_add_string(out, side->summary->scores.count ? "" : "nobody");
}

static int refuse_grader(const struct comparison *c, struct error *e)
{
    struct buffer graders[2] = { BUFFER_INIT, BUFFER_INIT };
    for (int i = 0; i < 2; i++)
        add_graders(&c->side[i], &graders[i]);
    error_set(e, ERROR_USAGE, "'%s' has not graded both; %s is graded by %s, %s by %s",
              c->grader, c->side[0].id, graders[0].data, c->side[1].id, graders[1].data);
    buffer_release(&graders[0]);
    buffer_release(&graders[1]);
    return -1;
}

static int show(struct command_context *ctx, const struct comparison *c, struct error *e)
{
    struct buffer out = BUFFER_INIT;
    if (command_text(ctx, "grader") && (!c->side[0].score || !c->side[1].score))
        return refuse_grader(c, e);
    if (command_choice(ctx, "format", 0) == 1)
        comparison_json(c, &out);
    else
        comparison_write(c, &ctx->screen, &out);
    screen_page(&ctx->screen, ctx->out, &out);
    buffer_release(&out);
    return 0;
}

static int run(struct command_context *ctx, struct error *e)
{
    struct side sides[2] = { { .id = NULL }, { .id = NULL } };
    struct arena arena = ARENA_INIT;
    if (read_side(ctx, ctx->args[0], &sides[0], e) == 0 &&
        read_side(ctx, ctx->args[1], &sides[1], e) == 0) {
        struct comparison_side two[2] = {
            { .id = sides[0].id, .summary = &sides[0].summary },
            { .id = sides[1].id, .summary = &sides[1].summary },
        };
        struct comparison comparison;
        comparison_make(two, command_text(ctx, "grader"), shelf_title, ctx, &arena,
                        &comparison);
        show(ctx, &comparison, e);
    }
    release_side(&sides[0]);
    release_side(&sides[1]);
    arena_release(&arena);
    return (int)e->code;
}

const struct command command_compare = {
    .name = "compare",
    .usage = "A B",
    .help = "show two sessions side by side",
    .details =
        "A and B are as for review: the beginning of an id, a file's name or a path. "
        "What B has and A had not is new, what only A had is lost.",
    .options = options,
    .min_args = 2,
    .max_args = 2,
    .run = run,
};
