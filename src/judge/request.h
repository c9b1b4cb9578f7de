/*
 * request.h - the exact bytes that a model is sent. Pure.
 *
 * What the candidate said is data: it stands between two lines that hold a fence,
 * hexadecimal digits that are new in each request, so that no text can close it. Nobody
 * else's words are in it but the problem's and the rubric's; the expressions that the
 * built-in grader looks for are not.
 */
#ifndef VIVA_JUDGE_REQUEST_H
#define VIVA_JUDGE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "scoring/rubric.h"
#include "scoring/score.h"

/* How a reply's shape is asked for: servers differ in what they know. */
enum request_form {
    FORM_SCHEMA, /* a JSON Schema, which the server holds the model to */
    FORM_OBJECT, /* some JSON object; the words say which */
    FORM_PLAIN,  /* the words alone */
    FORM_COUNT
};
extern const char *const request_form_names[]; /* "schema", "object", "plain", NULL */

enum { FENCE_DIGITS = 32 };

/* What is put before the model as grader. */
struct grade_request {
    const char *model;
    enum request_form form;
    bool temperature;           /* 0 is asked for; a few models refuse that */
    const char *title, *prompt; /* of the problem; may be NULL */
    const struct rubric *rubric;
    const bool *wanted; /* per criterion: to be judged */
    const struct answer *answer;
    const bool *counts;               /* per part: the candidate's own words; NULL: all */
    const char *fence;                /* must not stand in the answer */
    const char *previous, *complaint; /* for the one repair: the reply, and what is wrong
                                         with it; else NULL */
};
void request_grade(const struct grade_request *request, struct buffer *out);

/* One thing that was said in the phase. */
struct talk_line {
    bool candidate;
    const char *text;
    size_t length;
};

/* What is put before the model as interviewer: one question about one point. */
struct talk_request {
    const char *model;
    bool temperature;
    const char *title, *prompt, *phase;
    const char *const
        *facts; /* NULL-terminated: all that the interviewer knows beside the prompt */
    const struct talk_line *lines;
    size_t line_count;
    const char *point;    /* what to ask about */
    const char *question; /* how the built-in interviewer would ask */
    const char *fence;
};
void request_talk(const struct talk_request *request, struct buffer *out);

/* Asks for one word; for doctor. With a form other than FORM_PLAIN the reply is {"word":
 * ...}. */
void request_ping(const char *model, enum request_form form, struct buffer *out);

/* A copy of the answer, in the arena, in which each of the words is replaced by as many
 * x: offsets stay the same. ASCII letters match in either case. */
struct answer request_redact(const struct answer *answer, char *const *words,
                             size_t count, struct arena *arena);

#endif
