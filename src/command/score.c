/*
 * viva score FILE...: the scripting door (DESIGN, section 6). A pure filter: reads transcripts,
 * answers or plain text, writes one score each in the order of the input, knows no clock and no
 * state. Lines are graded in batches by --jobs threads and written in order. An ID in place of a FILE
 * is the one thing that writes: it adds the score to that session's transcript (rescore.h).
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "command/grading.h"
#include "command/model.h"
#include "command/rescore.h"
#include "command/transcribed.h"
#include "report/score_text.h"

enum { JOBS_MAX = 64, BATCH_LINES = 256, TEXT_MAX = 64 << 20 };

/* One line of input and what came of it. */
struct job {
    char *line;
    size_t length, space, number;
    struct buffer out;
    struct error error;
};

struct run {
    struct command_context *ctx;
    const char *scenario, *phase; /* of the options; may be NULL */
    bool json, evidence;
    int jobs;
    struct grading *gradings[JOBS_MAX];
    struct job *batch;
    size_t count; /* lines in the batch */
    const char *source;
    int status;          /* of the first failure */
    struct model *model; /* NULL: the built-in grader */
    bool show;           /* what would be sent, and nothing else */
};

/* --- writing --- */

static void write_score(const struct run *run, struct buffer *out, const struct score_report *r)
{
    if (run->json)
        score_json_write(out, r);
    else
        score_text_write(out, r);
    if (run->evidence && !run->json)
        score_text_write_evidence(out, &run->ctx->screen, r);
}

static void write_error(const struct run *run, const char *id, const struct error *e,
                        struct buffer *out)
{
    if (!run->json)
        return;
    buffer_add_string(out, "{\"id\":");
    if (id)
        json_write_string(out, id, strlen(id));
    else
        buffer_add_string(out, "null");
    buffer_add_string(out, ",\"error\":");
    json_write_string(out, e->message, strlen(e->message));
    buffer_add_string(out, "}\n");
}

/* --- one answer --- */

/* An answer that is to be graded. */
struct graded {
    const char *id; /* NULL: none */
    const struct grading_subject *subject;
    const struct answer *answer;
    const struct session_answer *session; /* that the answer is of; NULL: it is no session's */
};

static int grade_by_model(const struct run *run, const struct graded *g, struct arena *arena,
                          struct buffer *out, struct error *e)
{
    struct model_question question = { g->subject, g->answer,
                                       g->session ? session_answer_counts(g->session, arena) : NULL };
    struct judged judged;
    struct buffer more = BUFFER_INIT;
    if (run->show) {
        model_show(run->model, &question, arena, run->ctx->err, run->ctx->out);
        return 0;
    }
    if (model_grade(run->model, &question, arena, &judged, e) < 0)
        return -1;
    if (g->session)
        session_answer_own_words(g->session, &judged.score);
    model_json(&judged, g->subject->rubric, &more);
    struct score_report report = { g->id, judged.grader, g->subject->rubric, g->answer, &judged.score,
                                   more.data };
    write_score(run, out, &report);
    buffer_release(&more);
    return 0;
}

/* By whichever grader was asked for. */
static int grade_answer(const struct run *run, const struct graded *g, struct arena *arena,
                        struct buffer *out, struct error *e)
{
    struct score score;
    if (run->model)
        return grade_by_model(run, g, arena, out, e);
    scorer_grade(g->subject->scorer, g->answer, arena, &score);
    if (g->session)
        session_answer_own_words(g->session, &score);
    struct score_report report = { g->id, "rubric", g->subject->rubric, g->answer, &score, NULL };
    write_score(run, out, &report);
    return 0;
}

static int grade_line(const struct run *run, struct grading *g, struct job *job,
                      const json_t *line, const char *id, struct arena *arena)
{
    const char *scenario = json_string_value(json_object_get(line, "scenario"));
    struct grading_subject subject;
    struct answer answer;
    if (!scenario)
        scenario = run->scenario;
    if (!scenario)
        return error_set(&job->error, ERROR_INPUT,
                         "the answer names no scenario; give --scenario ID");
    if (grading_subject(g, scenario, &subject, &job->error) < 0 ||
        grading_answer(&subject, line, arena, &answer, &job->error) < 0)
        return -1;
    struct graded graded = { id, &subject, &answer, NULL };
    return grade_answer(run, &graded, arena, &job->out, &job->error);
}

static void grade_job(const struct run *run, struct grading *g, struct job *job,
                      struct arena *arena)
{
    json_error_t problem;
    json_t *line = json_loadb(job->line, job->length, JSON_REJECT_DUPLICATES, &problem);
    const char *id = json_string_value(json_object_get(line, "id"));
    if (!line)
        error_set(&job->error, ERROR_INPUT, "not valid JSON: %s", problem.text);
    else if (!json_is_object(line))
        error_set(&job->error, ERROR_INPUT, "an answer must be a JSON object");
    if (job->error.code != ERROR_NONE || grade_line(run, g, job, line, id, arena) < 0)
        write_error(run, id, &job->error, &job->out);
    json_decref(line);
    arena_reset(arena);
}

/* What stands in a line is a mistake of the input, whatever it is. */
static int status_of(const struct error *e)
{
    return e->code == ERROR_NETWORK ? ERROR_NETWORK : ERROR_INPUT;
}

/* --- batches --- */

struct worker {
    struct run *run;
    int number;
};

static void *work(void *state)
{
    const struct worker *w = state;
    struct arena arena = ARENA_INIT;
    for (size_t i = (size_t)w->number; i < w->run->count; i += (size_t)w->run->jobs)
        grade_job(w->run, w->run->gradings[w->number], &w->run->batch[i], &arena);
    arena_release(&arena);
    return NULL;
}

static void grade_batch(struct run *run)
{
    pthread_t threads[JOBS_MAX];
    struct worker workers[JOBS_MAX] = { { run, 0 } };
    for (int i = 1; i < run->jobs; i++) {
        workers[i] = (struct worker) { run, i };
        if (pthread_create(&threads[i], NULL, work, &workers[i]) != 0) {
            work(&workers[i]); /* no thread to be had: the work is done here */
            workers[i].run = NULL;
        }
    }
    work(&workers[0]);
    for (int i = 1; i < run->jobs; i++)
        if (workers[i].run)
            pthread_join(threads[i], NULL);
}

static void flush_batch(struct run *run)
{
    grade_batch(run);
    for (size_t i = 0; i < run->count; i++) {
        struct job *job = &run->batch[i];
        fwrite(job->out.data, 1, job->out.length, run->ctx->out);
        buffer_clear(&job->out);
        if (job->error.code == ERROR_NONE)
            continue;
        run->status = run->status ? run->status : status_of(&job->error);
        error_set_source(&job->error, run->source);
        if (!job->error.line) {
            job->error.line = (int)job->number;
            job->error.column = 1;
        }
        command_print_error(run->ctx, &job->error);
        error_init(&job->error);
    }
    run->count = 0;
}

static bool is_blank_line(const char *line, size_t length)
{
    return strspn(line, " \t\r\n") >= length;
}

static void score_lines(struct run *run, FILE *in)
{
    size_t number = 0;
    for (;;) {
        struct job *job = &run->batch[run->count];
        ssize_t got = getline(&job->line, &job->space, in);
        if (got < 0)
            break;
        job->length = (size_t)got;
        job->number = ++number;
        if (!is_blank_line(job->line, job->length) &&
            ++run->count == (run->model ? 1 : BATCH_LINES))
            flush_batch(run);
    }
    flush_batch(run);
}

/* --- transcripts and plain text --- */

static int score_transcript(struct run *run, const char *path, struct error *e)
{
    struct transcribed t;
    bool unsealed = command_flag(run->ctx, "unsealed");
    int result = transcribed_open(run->ctx, run->gradings[0], path, unsealed, &t, e);
    if (result == 0) {
        struct buffer out = BUFFER_INIT;
        struct graded graded = { session_id(t.session), &t.subject, &t.answer.answer,
                                 &t.answer };
        result = grade_answer(run, &graded, &t.arena, &out, e);
        fwrite(out.data, 1, out.length, run->ctx->out);
        buffer_release(&out);
    }
    transcribed_release(&t);
    return result;
}

/* Whether it can be an answer at all: a Word file that scores 0 would say nothing to anybody. */
static int check_text(const struct run *run, const struct buffer *text, struct error *e)
{
    const char *data = text->data;
    if (!text->length && !run->scenario)
        return error_set(e, ERROR_INPUT, "'%s' is empty", run->source);
    if (text->length > 3 && !memcmp(data, "PK\3\4", 4))
        return error_set(e, ERROR_INPUT,
                         "'%s' is no text but a word processor's file or an "
                         "archive: save the answer as plain text",
                         run->source);
    if (text->length > 3 && !memcmp(data, "%PDF", 4))
        return error_set(e, ERROR_INPUT,
                         "'%s' is no text but a PDF: save the answer as plain text",
                         run->source);
    if (memchr(data, '\0', text->length))
        return error_set(e, ERROR_INPUT,
                         "'%s' is no text in UTF-8: save the answer as plain text",
                         run->source);
    return 0;
}

static int no_phase(const struct run *run, const struct grading_subject *subject, struct error *e)
{
    struct buffer ids = BUFFER_INIT;
    for (size_t i = 0; subject->scenario && i < subject->scenario->phase_count; i++)
        buffer_printf(&ids, "%s %s", i ? "," : "; it has", subject->scenario->phases[i].id);
    error_set(e, ERROR_USAGE, "'%s' has no phase '%s'%s", run->scenario, run->phase,
              ids.length ? ids.data : "");
    buffer_release(&ids);
    return -1;
}

/* What is no JSON object: one answer in plain text. */
static int score_text(struct run *run, const char *id, const struct buffer *text, struct error *e)
{
    struct grading_subject subject;
    if (check_text(run, text, e) < 0)
        return -1;
    if (!run->scenario)
        return error_set(e, ERROR_USAGE,
                         "plain text needs --scenario ID; 'viva list' shows the ids");
    if (grading_subject(run->gradings[0], run->scenario, &subject, e) < 0)
        return -1;
    if (run->phase && !grading_phase(&subject, run->phase))
        return no_phase(run, &subject, e);
    struct arena arena = ARENA_INIT;
    struct answer_part part = { .text = text->data, .length = text->length, .phase = run->phase };
    struct answer answer = { .parts = &part, .count = 1 };
    struct buffer out = BUFFER_INIT;
    struct graded graded = { id, &subject, &answer, NULL };
    int result = grade_answer(run, &graded, &arena, &out, e);
    fwrite(out.data, 1, out.length, run->ctx->out);
    buffer_release(&out);
    arena_release(&arena);
    return result;
}

/* --- a session of the transcripts folder --- */

static int score_session(struct run *run, const char *id, struct error *e)
{
    struct rescored r;
    struct buffer out = BUFFER_INIT;
    int status = rescore_open(run->ctx, id, run->model, &r, e);
    if (status == ERROR_NONE && r.score) {
        struct score_report report = { session_id(r.past.session), r.grader, r.past.rubric,
                                       &r.past.debrief.answer.answer, r.score,
                                       r.more.length ? r.more.data : NULL };
        write_score(run, &out, &report);
        fwrite(out.data, 1, out.length, run->ctx->out);
    }
    run->status = run->status ? run->status : status;
    buffer_release(&out);
    rescore_close(&r);
    return status == ERROR_NONE || e->code == ERROR_NONE ? 0 : -1;
}

/* --- files --- */

/* The first character that is no blank, put back; EOF for an empty file. */
static int first_character(FILE *in)
{
    int c;
    while ((c = getc(in)) == ' ' || c == '\t' || c == '\n' || c == '\r')
        ;
    if (c != EOF)
        ungetc(c, in);
    return c;
}

/* One JSON object over several lines, or a line each: told apart by whether the whole parses. */
static bool score_one_object(struct run *run, const struct buffer *text)
{
    json_t *whole = json_loadb(text->data, text->length, 0, NULL);
    if (!whole)
        return false;
    json_decref(whole);
    struct job *job = &run->batch[0];
    free(job->line);
    job->line = xstrndup(text->data, text->length);
    job->space = job->length = text->length;
    job->space++;
    job->number = 1;
    run->count = 1;
    flush_batch(run);
    return true;
}

static bool ends_with(const char *text, const char *tail)
{
    size_t a = strlen(text), b = strlen(tail);
    return a >= b && !strcmp(text + a - b, tail);
}

static bool is_transcript(FILE *in)
{
    char *line = NULL;
    size_t space = 0;
    bool found = false;
    if (getline(&line, &space, in) > 0) {
        json_t *first = json_loads(line, 0, NULL);
        found = json_is_string(json_object_get(first, "type"));
        json_decref(first);
    }
    free(line);
    rewind(in);
    return found;
}

static int score_stream(struct run *run, FILE *in, const char *id, struct error *e)
{
    int first = first_character(in);
    if (first == '{' && !ends_with(run->source, ".json")) {
        score_lines(run, in);
        return 0;
    }
    struct buffer text = BUFFER_INIT;
    int result = 0;
    char chunk[16384];
    for (size_t got; (got = fread(chunk, 1, sizeof(chunk), in)) > 0 && text.length < TEXT_MAX;)
        buffer_add(&text, chunk, got);
    if (first != '{')
        result = score_text(run, id, &text, e);
    else if (!score_one_object(run, &text)) {
        rewind(in);
        score_lines(run, in);
    }
    buffer_release(&text);
    return result;
}

static int score_file(struct run *run, const char *path, struct error *e)
{
    bool standard = !strcmp(path, "-");
    run->source = standard ? "standard input" : path;
    if (standard)
        return score_stream(run, run->ctx->in, NULL, e);
    if (rescore_is_id(run->ctx, path))
        return score_session(run, path, e);
    if (file_is_folder(path))
        return error_set(e, ERROR_INPUT, "'%s' is a folder, not a file", path);
    FILE *in = fopen(path, "r");
    if (!in)
        return error_set_errno(e, ERROR_INPUT, errno, "cannot open '%s'", path);
    int result = ends_with(path, ".jsonl") && is_transcript(in) ? score_transcript(run, path, e)
                                                                : score_stream(run, in, path, e);
    fclose(in);
    return result;
}

/* --- the command --- */

static const char *const formats[] = { "text", "json", NULL };
static const struct option options[] = {
    { .name = "scenario",
      .kind = OPTION_TEXT,
      .value = "ID",
      .help = "the scenario of answers that name none" },
    { .name = "phase",
      .kind = OPTION_TEXT,
      .value = "ID",
      .help = "the phase that plain text belongs to; without it, all" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text or json: one object a line" },
    { .name = "evidence",
      .kind = OPTION_FLAG,
      .help = "each verdict with its quote, red flags and guards; json has them always" },
    { .name = "jobs",
      .kind = OPTION_NUMBER,
      .value = "N",
      .low = 1,
      .high = JOBS_MAX,
      .help = "how many threads grade" },
    { .name = "grader",
      .kind = OPTION_CHOICE,
      .value = "GRADER",
      .choices = grader_choices,
      .help = "rubric, which is built in, or llm: the model that is configured" },
    { .name = "unsealed",
      .kind = OPTION_FLAG,
      .help = "grade an unsealed interview; that is noted in it" },
    MODEL_SHOW_OPTION,
    MODEL_GRADER_OPTIONS,
    { .name = NULL },
};

/* --show-request is about the model whether --grader names it or not. */
static int open_model(struct run *run, struct model *m, struct error *e)
{
    struct command_context *ctx = run->ctx;
    run->show = command_flag(ctx, "show-request");
    if (!run->show && command_choice(ctx, "grader", GRADER_RUBRIC) != GRADER_LLM)
        return model_not_asked(ctx, e) < 0 ? ERROR_USAGE : ERROR_NONE;
    run->model = m;
    run->json = run->json && !run->show;
    if (run->jobs > 1)
        return error_set(e, ERROR_USAGE,
                         "--jobs goes with the built-in grader; a model is asked one at "
                         "a time"),
               ERROR_USAGE;
    return model_open(ctx, m, e);
}

static void score_files(struct run *run, struct error *e)
{
    struct command_context *ctx = run->ctx;
    for (int i = 0; i < ctx->arg_count; i++) {
        struct error one;
        error_init(&one);
        if (score_file(run, ctx->args[i], &one) == 0)
            continue;
        run->status = run->status ? run->status : status_of(&one);
        if (ctx->arg_count == 1)
            *e = one;
        else
            command_print_error(ctx, &one);
    }
}

static int run_score(struct command_context *ctx, struct error *e)
{
    struct model model = { .runs = 1 };
    struct run run = {
        .ctx = ctx,
        .scenario = command_text(ctx, "scenario"),
        .phase = command_text(ctx, "phase"),
        .json = command_choice(ctx, "format", 0) == 1,
        .evidence = command_flag(ctx, "evidence"),
        .jobs = (int)command_number(ctx, "jobs", 1),
    };
    int status = open_model(&run, &model, e);
    if (status != ERROR_NONE) {
        model_close(&model);
        return status;
    }
    struct catalogue *catalogue = command_catalogue(ctx);
    run.batch = xcalloc(BATCH_LINES, sizeof(*run.batch));
    for (size_t i = 0; i < BATCH_LINES; i++)
        run.batch[i].out = (struct buffer)BUFFER_INIT;
    for (int i = 0; i < run.jobs; i++)
        run.gradings[i] = grading_new(catalogue);
    score_files(&run, e);
    for (int i = 0; i < run.jobs; i++)
        grading_free(run.gradings[i]);
    for (size_t i = 0; i < BATCH_LINES; i++) {
        free(run.batch[i].line);
        buffer_release(&run.batch[i].out);
    }
    free(run.batch);
    model_close(&model);
    return e->code != ERROR_NONE ? (int)e->code : run.status;
}

const struct command command_score = {
    .name = "score",
    .usage = "FILE...",
    .help = "grade transcripts, answers or plain text",
    .details =
        "Answers are JSON, one a line: {\"id\", \"scenario\", \"answers\": {phase: "
        "text}} or with \"text\" in place of answers. `-` is standard input. A bad "
        "line is reported, gives a line with \"error\", and the rest go on. The "
        "beginning of a session's id in place of a FILE grades that session and adds "
        "the score to its transcript, if anything that it depends on has changed; "
        "files, transcripts too, are only read.",
    .options = options,
    .min_args = 1,
    .max_args = -1,
    .run = run_score,
};
