/*
 * grade.h - a score event as it is shown: who graded, with what, and what came of it.
 *
 * A transcript holds any number of them, of the built-in grader, of models and of
 * persons, and of each several: the newest counts. What an event does not say is NULL, 0
 * or -1 here. Texts are borrowed from the event, which must outlive the grade; arrays
 * live in the arena.
 */
#ifndef VIVA_REPORT_GRADE_H
#define VIVA_REPORT_GRADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "scoring/rubric.h"
#include "transcript/event.h"

enum grader_kind { GRADER_BUILT_IN, GRADER_MODEL, GRADER_PERSON };

/* Words of the transcript that something rests on. */
struct grade_quote {
    const char *text; /* NULL: none */
    size_t length;
    size_t event, start, end; /* event 0: its place is not known */
    bool noted; /* a note of the person who judged, and not the candidate's words */
};

struct grade_verdict {
    const char *id, *title; /* the title is the rubric's; one that it does not have is
                               called by its id */
    int criterion;          /* index in the rubric, or -1 */
    enum verdict verdict;
    double credit; /* -1: not given */
    bool graded;
    struct grade_quote quote;
};

struct grade_flag {
    const char *id, *title;
    double cost; /* -1: not given */
    bool stood;  /* by it, when the interviewer asked */
    struct grade_quote quote;
};

struct grade_dimension {
    const char *id;
    double share; /* 0..1; -1: nothing of it was asked */
};

/* What a model claimed and could not show. */
struct grade_voided {
    const char *id, *title, *claimed, *quote, *why;
};

/* What a grade was made with. Where one is NULL the event does not say. */
struct grade_sources {
    const char *scorer, *rubric, *lexicon, *red_flags,
        *weights; /* a version, and hashes of files */
    int rubric_version;
};

struct grade {
    size_t event; /* number; 0: not in the transcript */
    int64_t time; /* ms since 1970; -1: not told */
    const char *grader;
    enum grader_kind kind;
    const char *who; /* for readers: "AB", a model's name, "built in" */
    bool newest;     /* of its grader, among those sealed if one is */
    bool sealed;     /* by a person, before any other grade was seen */
    double total, without_hints;
    bool unfinished, cleared[LEVEL_COUNT];
    const char *recommendation,
        *at; /* of a person: "strong-no" to "strong-yes"; the level */
    const char **strengths, **gaps;
    size_t strength_count, gap_count;
    struct grade_sources sources;
    struct grade_verdict *verdicts;
    size_t verdict_count;
    struct grade_flag *flags;
    size_t flag_count;
    struct grade_flag
        *corrected; /* put right when the interviewer asked; quoted is the reply */
    size_t corrected_count;
    struct grade_dimension *dimensions;
    size_t dimension_count;
    struct grade_voided *voided;
    size_t voided_count;
    int runs;         /* of a model; 0: not told */
    double low, high; /* of the runs */
};

/* Reads an EVENT_SCORE. False when it is none that can be shown: without grader or total.
 */
bool grade_read(const struct event *e, const struct rubric *rubric, struct arena *arena,
                struct grade *out);

/* The verdict on a criterion, or NULL. */
const struct grade_verdict *grade_verdict(const struct grade *grade,
                                          const char *criterion);
/* The share of a dimension; -1: it has none. */
double grade_share(const struct grade *grade, const char *dimension);

/* "explained", "not asked" */
const char *grade_verdict_words(enum verdict verdict);

/* " on 3 of 21 criteria" when the others were not asked about; else nothing. */
void grade_basis(const struct grade *grade, struct buffer *out);
/* A total as it was recorded, to a tenth: "30.5", "71". */
void grade_total(double total, struct buffer *out);
/* "strong no" of "strong-no": an id with blanks for its hyphens. */
void grade_words(const char *id, struct buffer *out);
/* Why a verdict was voided, as in "by "...", which you did not say"; "" for an unknown
 * reason. */
const char *grade_void_words(const char *why);

#endif
