/*
 * judge.h - a remote model as grader: asked, read strictly, checked, and added up by
 * scoring/.
 *
 * The model gives a verdict and a quote for each criterion. A quote that the candidate
 * did not say voids its verdict; so does one that speaks to the grader or repeats the
 * problem. What the verdicts come to is the same code as for the built-in grader, with
 * its guards and red flags. A reply that cannot be used is sent back once; then it is an
 * error, and nothing is guessed.
 */
#ifndef VIVA_JUDGE_JUDGE_H
#define VIVA_JUDGE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "judge/endpoint.h"
#include "judge/settings.h"
#include "scoring/score.h"

enum { JUDGE_RUNS_MAX = 9 };

struct judge;

/* Borrows the settings, which must be complete and outlive it. Sends nothing. */
struct judge *judge_new(const struct endpoint_settings *settings)
    __attribute__((warn_unused_result));
void judge_free(struct judge *judge);

/* Called some ten times a second while a reply is waited for. */
void judge_on_wait(struct judge *judge, void (*wait)(void *state, double seconds),
                   void *state);

struct judge_question {
    const char *title, *prompt; /* of the problem; may be NULL */
    const struct rubric *rubric;
    struct scorer *scorer;
    const struct answer *answer;
    const bool
        *counts; /* per part: the candidate's own words, which are sent; NULL: all */
    bool redact; /* hide the words that the settings name */
    int runs;    /* 1..JUDGE_RUNS_MAX */
};

/* Why a verdict was voided; "" when it stands. */
struct judged_verdict {
    enum verdict verdict; /* what counts */
    enum verdict claimed; /* what the model said, in the run that it is taken from */
    const char *voided;   /* "not said", "short", "empty", "grader", "echo", "denied", "wrong"; "":
                             it stands */
    const char *quote;    /* as the model gave it */
    double stability;     /* 0..1: the share of the runs that came to `verdict` */
};

struct judged {
    struct score score;              /* from the verdicts that most runs gave */
    struct judged_verdict *verdicts; /* one a criterion */
    size_t voided;
    int runs;
    double low, high;           /* totals of the single runs */
    int requests;               /* really sent; 0: all of it was in the cache */
    long tokens_in, tokens_out; /* of those; -1: the server does not say */
    double cost;                /* below 0: no prices, or no tokens, are known */
    const char *grader;         /* "llm:<model>" */
};

/* All of `out` lives in the arena. -1 and an error when there is no grade; its code is
 * ERROR_NETWORK. */
int judge_grade(struct judge *judge, const struct judge_question *question,
                struct arena *arena, struct judged *out, struct error *e)
    __attribute__((warn_unused_result));

/* Whether the last failure was Ctrl-C. */
bool judge_was_cancelled(const struct judge *judge);

/* What judge_grade() would send first. The head has the address and the headers, the key
 * hidden. */
void judge_show(struct judge *judge, const struct judge_question *question,
                struct arena *arena, struct buffer *head, struct buffer *body);

/* [{"id","claimed","quote","why"}] of the verdicts that were voided; the caller's. */
json_t *judged_voided_json(const struct judged *judged, const struct rubric *rubric)
    __attribute__((warn_unused_result));

/* "1,204 tokens in, 310 out, 0.0041 USD, 2 requests"; what is not known is left out. */
void judged_usage(const struct judged *judged, const struct endpoint_settings *settings,
                  struct buffer *out);

#endif
