/*
 * viva report ID: a session as a page that can be sent on, as Markdown, or for machines.
 */
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "command/past.h"
#include "command/shelf.h"
#include "report/html.h"
#include "report/html_trends.h"
#include "report/report_json.h"
#include "report/report_markdown.h"

static const char *const formats[] = { "html", "markdown", "json", NULL };
enum { FORMAT_HTML, FORMAT_MARKDOWN, FORMAT_JSON };

static const struct option options[] = {
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "html, markdown or json; html unless told" },
    { .name = "output",
      .kind = OPTION_TEXT,
      .value = "FILE",
      .help = "write it there, readable by you alone" },
    { .name = "unsealed",
      .kind = OPTION_FLAG,
      .help = "show the grade of an unsealed interview; that is noted in it" },
    { .name = "anonymous",
      .kind = OPTION_FLAG,
      .help = "name neither candidate nor interviewers, nor when it was" },
    { .name = "trends",
      .kind = OPTION_FLAG,
      .help =
          "how all sessions went over time, in place of one; what follows chooses them" },
    SHELF_CHOICE_OPTIONS,
    { .name = "grader",
      .kind = OPTION_TEXT,
      .value = "GRADER",
      .help = "whose scores: rubric (the default), person:XY or llm:MODEL" },
    { .name = NULL },
};

static void write_report(const struct past *past, int format, struct buffer *out)
{
    if (format == FORMAT_JSON)
        report_json(&past->report, out);
    else if (format == FORMAT_MARKDOWN)
        report_markdown(&past->report, true, out);
    else
        report_html(&past->report, out);
}

/* --- names that were typed --- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c & 0x80);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the name stands in the text as a word. */
static bool says(const char *text, size_t length, const char *name)
{
    size_t size = strlen(name);
    for (size_t at = 0; size && at + size <= length; at++) {
        size_t same = 0;
        while (same < size && lower(text[at + same]) == lower(name[same]))
            same++;
        if (same == size && (at == 0 || !is_word(text[at - 1])) &&
            (at + size == length || !is_word(text[at + size])))
            return true;
    }
    return false;
}

/* What was said is not changed: whoever is to stay unnamed had better be told. */
static void warn_of_name(const struct past *past, const char *key)
{
    const char *name = event_text(session_start_event(past->session), key);
    size_t count = 0;
    for (size_t i = 0; i < past->report.line_count && *name; i++)
        count += says(past->report.lines[i].text, past->report.lines[i].length, name);
    if (count)
        fprintf(past->ctx->err,
                "viva: the name '%s' was typed in %zu line%s of the transcript, which "
                "--anonymous "
                "does not change\n",
                name, count, count == 1 ? "" : "s");
}

/* --- one session --- */

static int deliver(struct command_context *ctx, const struct buffer *text,
                   struct error *e)
{
    const char *path = command_text(ctx, "output");
    if (!path) {
        fwrite(text->data, 1, text->length, ctx->out);
        return ERROR_NONE;
    }
    if (file_write(path, text->data, text->length, 0600, e) < 0)
        return ERROR_STORAGE;
    fprintf(ctx->err, "Written: %s\n", path);
    return ERROR_NONE;
}

static int report_session(struct command_context *ctx, int format, struct error *e)
{
    bool anonymous = command_flag(ctx, "anonymous");
    struct past past;
    struct buffer text = BUFFER_INIT;
    struct past_plan plan = { .id = ctx->args[0],
                              .anonymous = anonymous,
                              .unsealed = command_flag(ctx, "unsealed") };
    int status = past_open(ctx, plan, &past, e);
    if (status == ERROR_NONE) {
        if (past.report.unsealed)
            past_tell_unsealed(&past);
        if (anonymous) {
            warn_of_name(&past, "candidate");
            warn_of_name(&past, "interviewer");
        }
        write_report(&past, format, &text);
        status = deliver(ctx, &text, e);
    }
    buffer_release(&text);
    past_close(&past);
    return status;
}

/* --- over time --- */

static void write_trends(const struct trends *t, int format, bool anonymous,
                         struct buffer *out)
{
    if (format == FORMAT_JSON)
        trends_json(t, out);
    else if (t->count)
        trends_html(t, anonymous, out);
}

static int report_trends(struct command_context *ctx, int format, struct error *e)
{
    struct library_filter filter;
    struct library_scores scores;
    struct trends trends;
    struct arena arena = ARENA_INIT;
    struct buffer text = BUFFER_INIT;
    if (shelf_filter(ctx, &filter, e) < 0)
        return ERROR_USAGE;
    struct shelf *shelf = shelf_open(ctx, LIBRARY_ALL, e);
    if (shelf && shelf_scores(ctx, shelf, &filter, &arena, &scores, e) == 0) {
        trends_make(&scores, false, shelf_title, ctx, &arena, &trends);
        write_trends(&trends, format, command_flag(ctx, "anonymous"), &text);
        if (text.length)
            deliver(ctx, &text, e);
        else
            error_set(e, ERROR_ANSWER_IS_NO,
                      "no session that was graded to its end fits, so there is nothing "
                      "to show");
    }
    if (shelf)
        shelf_tell_note(shelf);
    shelf_close(shelf);
    buffer_release(&text);
    arena_release(&arena);
    return (int)e->code;
}

/* --- the command --- */

/* What goes with --trends alone, or never with it; NULL: all is well. */
static const char *misplaced(const struct command_context *ctx, int format)
{
    static const char *const own[] = { "scenario", "level", "candidate",
                                       "since",    "until", "grader" };
    bool trends = command_flag(ctx, "trends");
    if (trends && ctx->arg_count)
        return "--trends is about all sessions; it takes no ID";
    if (trends && format == FORMAT_MARKDOWN)
        return "--trends comes as html or json; 'viva trends' shows it here";
    if (trends && format == FORMAT_JSON && command_flag(ctx, "anonymous"))
        return "--anonymous with --trends goes with html alone";
    if (trends && command_flag(ctx, "unsealed"))
        return "--unsealed is about one session, not --trends";
    for (size_t i = 0; i < sizeof(own) / sizeof(*own) && !trends; i++)
        if (options_find(&ctx->options, own[i]))
            return "what chooses sessions goes with --trends";
    return NULL;
}

static int run(struct command_context *ctx, struct error *e)
{
    int format = command_choice(ctx, "format", FORMAT_HTML);
    const char *wrong = misplaced(ctx, format);
    if (wrong)
        return error_set(e, ERROR_USAGE, "%s", wrong), ERROR_USAGE;
    if (format == FORMAT_HTML && ctx->screen.terminal && !command_text(ctx, "output"))
        return error_set(e, ERROR_USAGE,
                         "a page is for a browser: give --output FILE.html, or "
                         "--format markdown to read it here"),
               ERROR_USAGE;
    return command_flag(ctx, "trends") ? report_trends(ctx, format, e)
                                       : report_session(ctx, format, e);
}

const struct command command_report = {
    .name = "report",
    .usage = "[ID]",
    .help = "a session as a page to send on, as Markdown or as JSON",
    .details =
        "ID is the beginning of the session's id, its file's name or a path; without "
        "one it is the newest session. The page stands by itself: no script, nothing "
        "from elsewhere. Markdown is for a mail or an applicant-tracking system, "
        "JSON for machines. With --trends it is about all sessions, as 'viva trends' "
        "is.",
    .options = options,
    .max_args = 1,
    .run = run,
};
