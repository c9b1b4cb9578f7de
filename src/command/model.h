/*
 * model.h - what the commands that ask a remote model share: its options, the settings, a
 * person's yes, and the grade.
 */
#ifndef VIVA_COMMAND_MODEL_H
#define VIVA_COMMAND_MODEL_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/json.h"
#include "command/command.h"
#include "command/grading.h"
#include "judge/judge.h"
#include "terminal/waiting.h"

/* For option tables. */
#define MODEL_OPTIONS                                                                    \
    { .name = "llm-url",                                                                 \
      .kind = OPTION_TEXT,                                                               \
      .value = "URL",                                                                    \
      .help = "the endpoint of the model" },                                             \
    {                                                                                    \
        .name = "llm-model", .kind = OPTION_TEXT, .value = "NAME",                       \
        .help = "the model to ask there"                                                 \
    }

#define MODEL_GRADER_OPTIONS                                                             \
    { .name = "runs",                                                                    \
      .kind = OPTION_NUMBER,                                                             \
      .value = "N",                                                                      \
      .low = 1,                                                                          \
      .high = JUDGE_RUNS_MAX,                                                            \
      .help = "with a model: ask it N times and show the range" },                       \
        { .name = "redact",                                                              \
          .kind = OPTION_FLAG,                                                           \
          .help = "with a model: hide the words that the configuration lists" },         \
        MODEL_OPTIONS
extern const char *const grader_choices[]; /* "rubric", "llm", NULL */
enum { GRADER_RUBRIC, GRADER_LLM };

#define MODEL_SHOW_OPTION                                                                              \
    { .name = "show-request", .kind = OPTION_FLAG,                                                     \
      .help = "with a model: print what would be sent, and send nothing" }

/* Of a session: a second grade, and who words the questions. */
#define MODEL_SESSION_OPTIONS                                                            \
    { .name = "grader",                                                                  \
      .kind = OPTION_CHOICE,                                                             \
      .value = "GRADER",                                                                 \
      .choices = grader_choices,                                                         \
      .help = "llm: beside the built-in grade, one by the model" },                      \
        { .name = "interviewer",                                                         \
          .kind = OPTION_CHOICE,                                                         \
          .value = "WHO",                                                                \
          .choices = interviewer_choices,                                                \
          .help = "llm: the model words the questions" },                                \
        MODEL_SHOW_OPTION, MODEL_GRADER_OPTIONS
extern const char *const interviewer_choices[]; /* "built-in", "llm", NULL */
enum { INTERVIEWER_BUILT_IN, INTERVIEWER_LLM };

struct model {
    struct endpoint_settings settings;
    struct judge *judge;
    struct waiting waiting;
    struct screen screen; /* of standard error */
    char *what;
    int runs;
    bool redact;
    int failures;             /* in a row */
    bool show; /* what would be sent is shown, and nothing is sent */
    bool grader, interviewer; /* what --grader and --interviewer ask of it */
};

/* Reads settings and options, and asks for a yes where there was none. 0, or an exit
 * status with what is wrong printed or in the error. Close it in both cases. */
int model_open(struct command_context *ctx, struct model *m, struct error *e);
/* The same without a word to the endpoint: nobody is asked for a yes. */
int model_prepare(struct command_context *ctx, struct model *m, struct error *e);
/* A person's yes to this host, asked for where it is not known; an exit status. */
int model_consent(struct command_context *ctx, struct model *m, struct error *e);
/* Where no model is asked: -1 and an error when an option that goes with one was given. */
int model_not_asked(struct command_context *ctx, struct error *e);
/* For MODEL_SESSION_OPTIONS: opens it if one of the two asks for a model. */
int model_open_for_session(struct command_context *ctx, struct model *m, struct error *e);
void model_close(struct model *m);

/* A session or an answer that is to be graded. */
struct model_question {
    const struct grading_subject *subject;
    const struct answer *answer;
    const bool *counts; /* as in judge.h */
};

/* Grades; after three failures in a row, or Ctrl-C, it fails at once. */
int model_grade(struct model *m, const struct model_question *question,
                struct arena *arena, struct judged *out, struct error *e);
/* Writes what would be sent: the head to `head`, the exact body to `body`. */
void model_show(struct model *m, const struct model_question *question,
                struct arena *arena, FILE *head, FILE *body);

/* What a score of a model has beside any score, as members of a JSON object:
 * `,"runs":{...},"voided":[...], "usage":{...}`. */
void model_json(const struct judged *judged, const struct rubric *rubric,
                struct buffer *out);

#endif
