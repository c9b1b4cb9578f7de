#define _POSIX_C_SOURCE 200809L
#include "command/choose.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "command/scenarios.h"
#include "terminal/prompt.h"

enum {
    LETTERS_LEAST = 3
}; /* fewer begin no session: they may be an answer of another kind */

enum yes_no yes_no_read(const char *text)
{
    static const struct {
        const char *word;
        enum yes_no answer;
    } words[] = {
        { "y", SAID_YES },      { "yes", SAID_YES },     { "n", SAID_NO },
        { "no", SAID_NO },      { "q", SAID_LEAVE },     { "/q", SAID_LEAVE },
        { "quit", SAID_LEAVE }, { "/quit", SAID_LEAVE }, { "exit", SAID_LEAVE },
    };
    size_t length;
    text += strspn(text, " \t");
    for (length = strlen(text); length && strchr(" \t", text[length - 1]);)
        length--;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strlen(words[i].word) == length && !strncasecmp(text, words[i].word, length))
            return words[i].answer;
    return SAID_OTHER;
}

/* Whether the text has the word in it, in either case. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (; *text; text++)
        if (!strncasecmp(text, word, length))
            return true;
    return false;
}

/* By a number of the table, a whole id, or what only one scenario begins with; -1: none. */
static int find_one(const struct scenario_rows *rows, const char *answer)
{
    char *end;
    long number = strtol(answer, &end, 10);
    int found = -1;
    if (end != answer && !*end && number >= 1 && number <= (long)rows->count)
        return (int)number - 1;
    for (size_t i = 0; i < rows->count; i++) {
        if (!strcmp(rows->items[i].id, answer))
            return (int)i;
        if (strlen(answer) < LETTERS_LEAST ||
            strncasecmp(rows->items[i].id, answer, strlen(answer)) != 0)
            continue;
        found = found == -1 ? (int)i : -2;
    }
    return found < 0 ? -1 : found;
}

/* Those whose tags, id, title or level have the word in them; how many, the last in *last. */
static size_t find_some(const struct scenario_rows *rows, const char *word, bool *fits, size_t *last)
{
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct scenario_row *row = &rows->items[i];
        fits[i] = has_word(row->id, word) || has_word(row->title, word) ||
                  !strcasecmp(row->level, word);
        for (char **tag = row->tags; tag && *tag; tag++)
            fits[i] = fits[i] || !strncasecmp(*tag, word, strlen(word));
        if (fits[i])
            *last = i;
        count += fits[i];
    }
    return count;
}

/* The lines of the table that fit, with the numbers that they have in it. */
static void show_some(struct command_context *ctx, const struct scenario_rows *rows,
                      const bool *fits)
{
    struct buffer table = BUFFER_INIT, some = BUFFER_INIT;
    struct screen screen = ctx->screen;
    screen.terminal = false; /* a line stands by itself: it has its theme */
    scenario_rows_write(rows, &screen, true, &table);
    const char *line = table.data;
    for (size_t i = 0; i < rows->count; i++) {
        const char *end = strchr(line, '\n') + 1;
        if (fits[i])
            buffer_add(&some, line, (size_t)(end - line));
        line = end;
    }
    screen_write(ctx->out, &some);
    buffer_release(&table);
    buffer_release(&some);
}

static void tell_unknown(struct command_context *ctx, const struct scenario_rows *rows,
                         const char *answer)
{
    const char **ids = xcalloc(rows->count + 1, sizeof(*ids));
    for (size_t i = 0; i < rows->count; i++)
        ids[i] = rows->items[i].id;
    const char *near = nearest_word(answer, ids);
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "There is no scenario '%s'%s%s%s\n", answer,
                  near ? "; did you mean " : ".", near ? near : "", near ? "?" : "");
    screen_write(ctx->out, &line);
    buffer_release(&line);
    free(ids);
}

/* The index of what the answer picks; -1 when it has to be asked again. */
static int pick(struct command_context *ctx, const struct scenario_rows *rows, const char *answer)
{
    bool *fits = xcalloc(rows->count + 1, sizeof(*fits));
    size_t last = 0, count = 0;
    int found = find_one(rows, answer);
    if (found < 0 && (count = find_some(rows, answer, fits, &last)) == 1 &&
        strlen(answer) >= LETTERS_LEAST)
        found = (int)last;
    if (found < 0 && count)
        show_some(ctx, rows, fits);
    else if (found < 0)
        tell_unknown(ctx, rows, answer);
    free(fits);
    return found;
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
    int found = -1;
    prompt_set_completer(prompt, complete_id, rows);
    while (found < 0) {
        enum prompt_result result =
            prompt_read(prompt, "Number, name or word; Enter leaves: ", &answer);
        while (answer.length && answer.data[answer.length - 1] == ' ') /* completion leaves one */
            buffer_truncate(&answer, answer.length - 1);
        enum yes_no word = yes_no_read(answer.data);
        if (result != PROMPT_LINE || !answer.length || word == SAID_NO ||
            word == SAID_LEAVE)
            break;
        found = pick(ctx, rows, answer.data);
    }
    prompt_free(prompt);
    buffer_release(&answer);
    return found < 0 ? NULL : xstrdup(rows->items[found].id);
}

/* What this is, to somebody who has never sat in a session. */
static void add_first_words(struct command_context *ctx, const struct scenario_rows *rows,
                            struct buffer *out)
{
    /* Whoever has a score needs none of it; the transcripts may be many, and are not listed then. */
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].has_score)
            return;
    const char *folder = command_transcripts(ctx, NULL);
    char **names = NULL;
    size_t count = folder ? folder_list(folder, ".jsonl", &names) : 0;
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    if (count)
        return;
    buffer_add_char(out, '\n');
    screen_paragraph(
        out, &ctx->screen,
        "A mock system-design interview: choose a problem, type what you would say, "
        "and see at the end what it earned and why. /help and /quit are there at any "
        "time; 'viva help' lists what else there is.",
        0);
}

static size_t lines_of(const struct buffer *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->data[i] == '\n';
    return lines;
}

/* The table, if the window is high enough for it and what stands beneath, and the question. */
static bool write_table(const struct scenario_rows *rows, const struct screen *screen,
                        const struct buffer *beneath, struct buffer *out)
{
    struct buffer table = BUFFER_INIT;
    scenario_rows_write(rows, screen, true, &table);
    size_t lines = 1 + lines_of(&table) + lines_of(beneath);
    bool fits = screen->plain || !screen->height || lines <= (size_t)screen->height;
    if (fits)
        buffer_add(out, table.data, table.length);
    buffer_release(&table);
    return fits;
}

/* The table; in a low window with titles that are cut, or the names alone. */
static void write_choice(struct command_context *ctx, const struct scenario_rows *rows,
                         const struct buffer *beneath, struct buffer *out)
{
    struct screen lines = ctx->screen;
    lines.terminal = false; /* a scenario has one line */
    if (write_table(rows, &ctx->screen, beneath, out) ||
        write_table(rows, &lines, beneath, out))
        return;
    scenario_rows_write_names(rows, &ctx->screen, out);
    buffer_add_char(out, '\n');
    screen_paragraph(out, &ctx->screen,
                     "'viva list' shows titles, levels and last scores.", 0);
}

char *scenario_choose(struct command_context *ctx, struct error *e)
{
    struct scenario_rows rows;
    struct buffer out = BUFFER_INIT, beneath = BUFFER_INIT;
    if (!ctx->screen.terminal || !isatty(fileno(ctx->in))) {
        error_set(e, ERROR_USAGE, "which scenario? 'viva list' shows them");
        return NULL;
    }
    if (scenario_rows_load(ctx, &rows) == ERROR_NONE && !rows.count)
        scenario_rows_none(e);
    if (!rows.count) {
        scenario_rows_release(&rows);
        return NULL;
    }
    add_first_words(ctx, &rows, &beneath);
    write_choice(ctx, &rows, &beneath, &out);
    buffer_add(&out, beneath.data, beneath.length);
    screen_write(ctx->out, &out);
    char *id = ask(ctx, &rows);
    buffer_release(&out);
    buffer_release(&beneath);
    scenario_rows_release(&rows);
    return id;
}
