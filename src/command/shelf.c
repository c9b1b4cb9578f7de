#include "command/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"

const char *const shelf_levels[] = { "mid", "senior", "staff", NULL };
const char *const shelf_formats[] = { "text", "json", NULL };

enum { QUIET_MS = 1000, PLAIN_EVERY_MS = 5000, BAR_EVERY_MS = 100, BAR = 24 };

struct shelf {
    struct library *library;
    char *cache;
    struct command_context *ctx;
    struct screen screen; /* of standard error */
    int64_t began, told;  /* ticks; told 0: nothing yet */
    int shown;            /* columns of the bar that stand there now */
};

/* --- progress --- */

static void tell_words(struct shelf *s, size_t done, size_t total)
{
    if (!s->told)
        fprintf(s->ctx->err,
                "viva: reading %zu transcripts into the index; this is done once\n",
                total);
    else
        fprintf(s->ctx->err, "viva: %zu of %zu read\n", done, total);
}

static void show_bar(struct shelf *s, size_t done, size_t total)
{
    struct buffer line = BUFFER_INIT;
    buffer_add_string(&line, "\rreading transcripts  ");
    screen_bar(&line, &s->screen, (double)done / (double)total, BAR);
    buffer_printf(&line, "  %zu of %zu", done, total);
    fputs(line.data, s->ctx->err);
    s->shown = s->screen.width - 1;
    buffer_release(&line);
}

static void clear_bar(struct shelf *s)
{
    if (s->shown)
        fprintf(s->ctx->err, "\r%*s\r", s->shown, "");
    s->shown = 0;
    fflush(s->ctx->err);
}

static void progress(void *state, size_t done, size_t total)
{
    struct shelf *s = state;
    int64_t now = s->ctx->time.ticks(s->ctx->time.state);
    bool bar = s->screen.terminal && !s->screen.plain;
    if (now - s->began < QUIET_MS ||
        (s->told && now - s->told < (bar ? BAR_EVERY_MS : PLAIN_EVERY_MS)))
        return;
    if (bar)
        show_bar(s, done, total);
    else
        tell_words(s, done, total);
    fflush(s->ctx->err);
    s->told = now;
}

/* --- opening --- */

struct shelf *shelf_open(struct command_context *ctx, enum library_depth depth,
                         struct error *e)
{
    const char *folder = command_transcripts(ctx, e);
    if (!folder)
        return NULL;
    struct shelf *s = xcalloc(1, sizeof(*s));
    s->ctx = ctx;
    s->began = ctx->time.ticks(ctx->time.state);
    s->cache = path_cache_home();
    screen_init(&s->screen, ctx->err, ctx->screen.plain);
    s->library = library_open(folder, s->cache);
    int result = library_update(s->library, depth, progress, s, e);
    clear_bar(s);
    if (result < 0) {
        shelf_close(s);
        return NULL;
    }
    return s;
}

struct library *shelf_library(const struct shelf *s)
{
    return s->library;
}

void shelf_tell_note(const struct shelf *s)
{
    const char *note = library_note(s->library);
    struct buffer line = BUFFER_INIT;
    if (note)
        utf8_add_harmless(&line, note, strlen(note));
    if (note)
        fprintf(s->ctx->err, "viva: %s\n", line.data);
    buffer_release(&line);
}

void shelf_close(struct shelf *s)
{
    if (!s)
        return;
    library_close(s->library);
    free(s->cache);
    free(s);
}

/* --- which sessions --- */

static int read_date(const struct command_context *ctx, const char *option, int64_t *from,
                     int64_t *to, struct error *e)
{
    const char *text = command_text(ctx, option);
    *from = *to = 0;
    if (!text || time_parse_span(text, from, to))
        return 0;
    return error_set(e, ERROR_USAGE, "'--%s' wants a day such as 2026-11-20, not '%s'",
                     option, text);
}

int shelf_filter(const struct command_context *ctx, struct library_filter *out,
                 struct error *e)
{
    int64_t ignored;
    int level = command_choice(ctx, "level", -1);
    *out = (struct library_filter) {
        .scenario = command_text(ctx, "scenario"),
        .level = level >= 0 ? shelf_levels[level] : NULL,
        .candidate = command_text(ctx, "candidate"),
        .viewer = getenv("VIVA_INTERVIEWER"),
    };
    if (read_date(ctx, "since", &out->since, &ignored, e) < 0)
        return -1;
    return read_date(ctx, "until", &ignored, &out->until, e);
}

bool shelf_filters(const struct library_filter *f)
{
    return f->scenario || f->level || f->candidate || f->since || f->until;
}

void shelf_tell_none(struct command_context *ctx, const struct library_filter *filter)
{
    struct buffer text = BUFFER_INIT, laid = BUFFER_INIT;
    if (shelf_filters(filter))
        buffer_add_string(&text,
                          "No session fits. viva history --limit 0 lists all of them.");
    else
        buffer_printf(&text, "No sessions in '%s' yet: viva practice starts one.",
                      command_transcripts(ctx, NULL));
    screen_wrap(&laid, text.data, text.length, ctx->screen.width, 0, 0);
    buffer_add_char(&laid, '\n');
    screen_write(ctx->out, &laid);
    buffer_release(&text);
    buffer_release(&laid);
}

/* --- scores --- */

/* "person:AB" is one of "rubric, person:AB". */
static bool names(const char *list, const char *grader)
{
    size_t length = strlen(grader);
    for (const char *at = list; (at = strstr(at, grader)) != NULL; at++)
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ','))
            return true;
    return false;
}

int shelf_scores(struct command_context *ctx, const struct shelf *shelf,
                 const struct library_filter *filter, struct arena *arena,
                 struct library_scores *out, struct error *e)
{
    const char *grader = command_text(ctx, "grader");
    struct buffer known = BUFFER_INIT;
    int result =
        library_scores(shelf->library, grader ? grader : "rubric", filter, arena, out, e);
    if (result == 0 && grader && !out->count)
        result = library_graders(shelf->library, &known, e);
    if (result == 0 && known.length && (!*grader || !names(known.data, grader)))
        result =
            error_set(e, ERROR_USAGE, "no session is graded by '%s'; graders are: %s",
                      grader, known.data);
    buffer_release(&known);
    return result;
}

/* --- titles --- */

const char *shelf_title(void *state, const char *scenario, const char *criterion)
{
    struct command_context *ctx = state;
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *rubric = NULL;
    char *path = NULL;
    struct buffer name = BUFFER_INIT;
    const char *title = NULL;
    buffer_printf(&name, "%s.json", scenario);
    if (*scenario && !strchr(scenario, '/')) /* what a transcript says is not trusted */
        path = catalogue_path(command_catalogue(ctx), "rubrics", name.data);
    if (path &&
        catalogue_rubric(command_catalogue(ctx), scenario, &rubric, &errors) == 0) {
        int index = rubric_find(rubric, criterion);
        title = index >= 0 ? rubric->criteria[index].title : NULL;
    }
    error_list_release(&errors);
    buffer_release(&name);
    free(path);
    return title;
}
