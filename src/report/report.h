/*
 * report.h - a whole session for reading afterwards: the card, every grade, and the
 * transcript with the evidence in its place. Data alone; what lays it out stands beside
 * it: transcript_text (terminal), report_markdown, report_json, html.
 *
 * It is filled by session/debrief.h. Whoever is not to be named is not in it, so that
 * nothing which lays it out can give a name away. Texts are what people typed, any bytes:
 * laying out makes them harmless.
 */
#ifndef VIVA_REPORT_REPORT_H
#define VIVA_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "report/card.h"
#include "report/grade.h"
#include "transcript/event.h"

enum mark_kind { MARK_EVIDENCE, MARK_FLAG, MARK_SLIP };
extern const char *const mark_kind_names[]; /* "evidence", "red-flag", "slip", NULL */

/* A stretch of a line that something rests on. */
struct report_mark {
    size_t number; /* from 1, in the order of the transcript */
    enum mark_kind kind;
    const char *id,
        *title; /* of the criterion or the red flag; a slip has its correction as title */
    enum verdict verdict; /* of MARK_EVIDENCE */
    const struct grade *grade;
    size_t start, end; /* bytes of the line's text, between characters */
};

enum line_kind {
    LINE_CANDIDATE,
    LINE_INTERVIEWER,
    LINE_EDIT, /* the candidate's text of a phase, written anew */
    LINE_NOTE,
    LINE_TAG,
    LINE_PHASE,
    LINE_PAUSE,
    LINE_RESUME,
    LINE_GUESS,
    LINE_END,
};
extern const char *const line_kind_names[]; /* "candidate", ..., NULL */

enum line_state {
    LINE_STANDS,
    LINE_UNDONE,      /* taken back */
    LINE_REPLACED,    /* by an edit */
    LINE_AFTER_MODEL, /* a strong answer to the phase had been shown: it counts for
                         nothing */
};
extern const char *const line_state_names[]; /* "stands", ..., NULL */

struct report_line {
    size_t event; /* number */
    enum line_kind kind;
    enum line_state state;
    enum say_kind say; /* of what the two said */
    int phase;         /* index in the card's phases; -1: before the first */
    int64_t time;      /* ms since 1970; -1: not told */
    int64_t at;        /* ms used in the phase; -1: not known */
    const char *text;
    size_t length;
    const char
        *about;     /* title of what a probe, hint, fact or tag is about; NULL: nothing */
    const char *by; /* who worded or tagged it; NULL: nobody in particular */
    const char *verdict;             /* of a tag; NULL: none */
    double price;                    /* of a hint */
    bool model;                      /* a strong answer, shown because it was asked for */
    const struct report_mark *marks; /* by start */
    size_t mark_count;
};

struct report {
    struct card card;
    const char *id;                      /* of the session; NULL: not told */
    const char *mode;                    /* "practice", "interview" */
    const char *candidate, *interviewer; /* NULL: not told */
    const char *program;                 /* version that it was recorded with */
    int64_t began;                       /* ms since 1970; -1: not told */
    bool anonymous;
    bool unsealed; /* an interview whose reader has still to seal a score: no grade, no
                      tag and no evidence is in it */
    bool wordless; /* an interview in which the candidate's words were not typed: the
                      built-in grade says nothing, and is not shown */
    const struct report_line *lines;
    size_t line_count;
    size_t mark_count;          /* in all */
    const struct grade *grades; /* as recorded, in order */
    size_t grade_count;
    const struct grade *held; /* what the interviewer who held it sealed, wherever it
                                 stands among the grades; NULL: nothing */
    const struct grade *now;  /* by the built-in grader, as the card has it */
    struct event now_event;  /* owned; what `now` borrows from */
};

/* What to say in place of the built-in grade of a wordless interview. */
extern const char *const report_wordless;
/* And in place of every grade of an unsealed one. */
extern const char *const report_unsealed;

void report_release(struct report *report);

/* Grades that count beside the card's own: the newest of each model and of each person
 * who sealed it, of whom the one that held the interview comes first. The next after
 * `before`, NULL: the first. NULL: no more. */
const struct grade *report_other_grade(const struct report *report,
                                       const struct grade *before);

/* Every grade that is shown, in the order it is shown in: persons' first, for theirs is the result; then the
 * built-in grader's, unless the interview is wordless; then models'. As report_other_grade(). */
const struct grade *report_grade(const struct report *report, const struct grade *before);
/* What a sealed interview came to: the grade of the person who held it, else of the one who sealed first. NULL: nobody
 * sealed one. */
const struct grade *report_result(const struct report *report);

/* What a grader gives an area, 0 to 1; -1: nothing of it was asked, or there is no grader. */
double report_share(const struct report *report, const struct grade *grade,
                    const struct dimension_score *area);

/* What a grader says of a criterion with a quote that none before him rests on; NULL: nothing. */
const struct grade_verdict *report_own_words(const struct report *report,
                                             const char *criterion,
                                             const struct grade *grade);
/* "AB, built in": this grader, and those after him who rest on the same words. */
void report_graders(const struct report *report, const char *criterion,
                    const struct grade *grade, struct buffer *out);

/* "4:10 of 5:00 min, skipped", "not reached" */
void report_phase_time(const struct card_phase *phase, struct buffer *out);

/* "interview", "practice on your own" */
const char *report_mode_words(const struct report *report);
/* "2026-11-20 10:15 UTC"; nothing when it is not told. */
void report_date(int64_t time, struct buffer *out);
/* "Candidate" */
const char *report_speaker(const struct report_line *line);
/* The line in words: what was said, or what happened. */
void report_words(const struct report_line *line, struct buffer *text);
/* A tag or note that was taken back: nobody stands by it, and a page may be sent to whom it is about. */
bool report_is_withdrawn(const struct report_line *line);
/* What is to be said of a line beside its text: "a hint, 1 point: ..."; "taken back";
 * nothing. */
void report_remark(const struct report_line *line, struct buffer *out);
/* "explained: How the short code is made"; names the grader when there is more than one.
 */
void report_mark_words(const struct report *report, const struct report_mark *mark,
                       struct buffer *out);

/* The end of the stretch that begins at `from` and is covered by the same marks. */
size_t report_cut(const struct report_line *line, size_t from);
/* What is wrong outweighs what is explained, and that what is mentioned. */
int report_weight(const struct report_mark *mark);
/* The mark that covers the byte at `at` and weighs most, or NULL. */
const struct report_mark *report_covering(const struct report_line *line, size_t at);

/* A verdict tagged on the way that the person's sealed score has too: no need to read it twice. */
bool report_is_repeated(const struct report *report, const struct report_line *line);

/* "2:10" of milliseconds */
void report_clock(int64_t ms, struct buffer *out);

#endif
