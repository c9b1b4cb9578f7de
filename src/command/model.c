#define _POSIX_C_SOURCE 200809L
#include "command/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content/scenario.h"
#include "judge/keep.h"

const char *const grader_choices[] = { "rubric", "llm", NULL };
const char *const interviewer_choices[] = { "built-in", "llm", NULL };

static bool has_option(const struct command_context *ctx, const char *name)
{
    for (const struct option *o = ctx->command->options; o && o->name; o++)
        if (!strcmp(o->name, name))
            return true;
    return false;
}

static const char *option(const struct command_context *ctx, const char *name)
{
    return has_option(ctx, name) ? command_text(ctx, name) : NULL;
}

int model_prepare(struct command_context *ctx, struct model *m, struct error *e)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct settings_options options = { option(ctx, "llm-url"),
                                        option(ctx, "llm-model") };
    *m = (struct model) { .runs = 1 };
    int loaded = settings_load(&m->settings, &options, &errors);
    int status = command_print_errors(ctx, &errors);
    error_list_release(&errors);
    if (loaded < 0)
        return status;
    if (!settings_complete(&m->settings, e))
        return (int)e->code;
    if (has_option(ctx, "runs"))
        m->runs = (int)command_number(ctx, "runs", 1);
    m->show = has_option(ctx, "show-request") && command_flag(ctx, "show-request");
    m->redact = has_option(ctx, "redact") && command_flag(ctx, "redact");
    if (m->redact && !m->settings.redact.count)
        return error_set(e, ERROR_USAGE,
                         "--redact has nothing to hide: list words in llm.redact of '%s'",
                         m->settings.path ? m->settings.path : "viva/config.json"),
               ERROR_USAGE;
    struct buffer what = BUFFER_INIT;
    buffer_printf(&what, "asking %s at %s", m->settings.model, m->settings.host);
    m->what = buffer_detach(&what);
    screen_init(&m->screen, ctx->err, command_flag(ctx, "plain"));
    m->waiting =
        (struct waiting) { .stream = ctx->err, .screen = &m->screen, .what = m->what };
    m->judge = judge_new(&m->settings);
    judge_on_wait(m->judge, waiting_show, &m->waiting);
    return ERROR_NONE;
}

/* --- a person's yes --- */

static void say(struct command_context *ctx, const struct model *m)
{
    struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
    buffer_printf(&text,
                  "Nothing was sent to %s yet. To be graded or interviewed by the model "
                  "%s, what the candidate says, "
                  "the problem and the criteria of its rubric go there%s; nothing else "
                  "does. viva score --show-request FILE shows it.",
                  m->settings.host, m->settings.model,
                  settings_is_local(&m->settings) ? ", on this machine" : "");
    screen_wrap(&out, text.data, text.length, m->screen.width, 0, 0);
    buffer_add_string(&out, "\nSend it there, now and later? (yes or no) ");
    screen_write(ctx->err, &out);
    buffer_release(&text);
    buffer_release(&out);
}

static bool says_yes(struct command_context *ctx)
{
    char line[64];
    if (!fgets(line, sizeof(line), ctx->in))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return !strcmp(line, "yes") || !strcmp(line, "y") || !strcmp(line, "Yes") ||
           !strcmp(line, "YES");
}

int model_consent(struct command_context *ctx, struct model *m, struct error *e)
{
    if (keep_consent(&m->settings))
        return ERROR_NONE;
    if (!isatty(fileno(ctx->in)) || !isatty(fileno(ctx->err)))
        return error_set(e, ERROR_USAGE,
                         "nobody has said yes to sending anything to '%s': run 'viva "
                         "doctor' at a terminal, or set "
                         "VIVA_LLM_CONSENT=%s",
                         m->settings.host, m->settings.host),
               ERROR_USAGE;
    say(ctx, m);
    if (!says_yes(ctx))
        return error_set(e, ERROR_USAGE, "nothing was sent to '%s'", m->settings.host),
               ERROR_USAGE;
    if (keep_consent_give(&m->settings, e) < 0)
        return (int)e->code;
    return ERROR_NONE;
}

int model_open(struct command_context *ctx, struct model *m, struct error *e)
{
    int status = model_prepare(ctx, m, e);
    return status == ERROR_NONE && !m->show ? model_consent(ctx, m, e) : status;
}

int model_not_asked(struct command_context *ctx, struct error *e)
{
    static const char *const names[] = { "runs", "redact", "show-request", "llm-url", "llm-model", NULL };
    for (size_t i = 0; names[i]; i++)
        if (has_option(ctx, names[i]) && command_text(ctx, names[i]))
            return error_set(e, ERROR_USAGE, "--%s goes with a model: add --%s llm", names[i],
                             has_option(ctx, "grade-with") ? "grade-with" : "grader");
    return 0;
}

int model_open_for_session(struct command_context *ctx, struct model *m, struct error *e)
{
    bool grader = command_choice(ctx, "grader", GRADER_RUBRIC) == GRADER_LLM;
    bool interviewer =
        command_choice(ctx, "interviewer", INTERVIEWER_BUILT_IN) == INTERVIEWER_LLM;
    *m = (struct model) { .runs = 1 };
    int status = ERROR_NONE;
    if (grader || interviewer)
        status = model_open(ctx, m, e);
    else if (model_not_asked(ctx, e) < 0)
        status = ERROR_USAGE;
    m->grader = grader;
    m->interviewer = interviewer;
    return status;
}

void model_close(struct model *m)
{
    judge_free(m->judge);
    settings_release(&m->settings);
    free(m->what);
    m->judge = NULL;
    m->what = NULL;
}

/* --- the grade --- */

static struct judge_question question_of(const struct model *m,
                                         const struct model_question *q)
{
    const struct grading_subject *subject = q->subject;
    return (struct judge_question) {
        .title = subject->scenario ? subject->scenario->title : NULL,
        .prompt = subject->scenario ? subject->scenario->prompt : NULL,
        .rubric = subject->rubric,
        .scorer = subject->scorer,
        .answer = q->answer,
        .counts = q->counts,
        .redact = m->redact,
        .runs = m->runs,
    };
}

int model_grade(struct model *m, const struct model_question *q, struct arena *arena,
                struct judged *out, struct error *e)
{
    enum { FAILURES_MOST = 3 };
    struct judge_question question = question_of(m, q);
    if (m->failures >= FAILURES_MOST)
        return error_set(e, ERROR_NETWORK, "not asked: '%s' has failed before",
                         m->settings.host);
    int result = judge_grade(m->judge, &question, arena, out, e);
    waiting_clear(&m->waiting);
    m->failures = result == 0                     ? 0
                  : judge_was_cancelled(m->judge) ? FAILURES_MOST
                                                  : m->failures + 1;
    return result;
}

void model_show(struct model *m, const struct model_question *q, struct arena *arena,
                FILE *head, FILE *body)
{
    struct buffer first = BUFFER_INIT, second = BUFFER_INIT;
    struct judge_question question = question_of(m, q);
    judge_show(m->judge, &question, arena, &first, &second);
    fwrite(first.data, 1, first.length, head);
    fflush(head);
    fwrite(second.data, 1, second.length, body);
    fputc('\n', body);
    buffer_release(&first);
    buffer_release(&second);
}

/* --- as JSON --- */

static json_t *rounded(double value, double unit)
{
    return json_real(round(value / unit) * unit);
}

static json_t *runs_json(const struct judged *judged, const struct rubric *rubric)
{
    json_t *runs = json_object(), *unstable = json_object();
    for (size_t i = 0; i < rubric->criterion_count; i++)
        if (judged->verdicts[i].stability < 1)
            json_object_set_new(unstable, rubric->criteria[i].id,
                                rounded(judged->verdicts[i].stability, 0.001));
    json_object_set_new(runs, "count", json_integer(judged->runs));
    json_object_set_new(runs, "low", rounded(judged->low, 0.1));
    json_object_set_new(runs, "high", rounded(judged->high, 0.1));
    json_object_set_new(runs, "unstable", unstable);
    return runs;
}

static json_t *usage_json(const struct judged *judged)
{
    json_t *usage = json_object();
    bool known = judged->requests > 0 && judged->tokens_in >= 0;
    json_object_set_new(usage, "requests", json_integer(judged->requests));
    json_object_set_new(usage, "tokens_in",
                        known ? json_integer(judged->tokens_in) : json_null());
    json_object_set_new(usage, "tokens_out",
                        known ? json_integer(judged->tokens_out) : json_null());
    json_object_set_new(usage, "cost",
                        judged->cost >= 0 ? json_real(judged->cost) : json_null());
    return usage;
}

void model_json(const struct judged *judged, const struct rubric *rubric,
                struct buffer *out)
{
    json_t *object = json_object();
    struct buffer text = BUFFER_INIT;
    json_object_set_new(object, "runs", runs_json(judged, rubric));
    json_object_set_new(object, "voided", judged_voided_json(judged, rubric));
    json_object_set_new(object, "usage", usage_json(judged));
    json_write(&text, object);
    buffer_add_char(out, ',');
    buffer_add(out, text.data + 1, text.length - 2); /* without its braces */
    buffer_release(&text);
    json_decref(object);
}
