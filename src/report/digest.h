/*
 * digest.h - what a scorecard says, before it is laid out: which points, in which order, in which
 * words. Shared by the card on the terminal, in Markdown and on the page; the text of `viva score`
 * has its quotes from here.
 *
 * The functions append plain text without line breaks, except before a command to copy. What
 * people wrote is in it as they wrote it: whoever lays it out makes it harmless (screen_wrap()
 * does).
 */
#ifndef VIVA_REPORT_DIGEST_H
#define VIVA_REPORT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "report/card.h"

enum { STRONG_MOST = 3, GAPS_MOST = 6, FACTS_MOST = 3 };

struct digest {
    const struct card *card;
    size_t strong[STRONG_MOST]; /* criteria that earned most */
    size_t strong_count;
    size_t gaps[GAPS_MOST]; /* criteria in order of what they cost */
    size_t gap_count;
    size_t smaller_gaps;      /* not among them, but not whole either */
    size_t facts[FACTS_MOST]; /* of never_asked; what would have helped most first */
    size_t fact_count;
    size_t opened; /* phases */
};

/* What stands above the facts that were not given. */
const char *digest_never_asked(const struct card *card);
void digest_make(const struct card *card, struct digest *out);

/* "43 min 12 s"; "1 h 2 min". Nothing when it is not known. */
void digest_duration(int64_t ms, struct buffer *out);
/* "URL shortener"; of an exercise in a part "URL shortener: estimation only" */
void digest_title(const struct card *card, struct buffer *out);
/* "Graded by the built-in rubric grader 1.0 with rubric url-shortener 4." */
void digest_grader(const struct card *card, struct buffer *out);
/* "Unfinished: 3 of 6 phases. ..."; "An exercise ..."; nothing when the session was whole. */
void digest_unfinished(const struct digest *d, struct buffer *out);
/* card_total() of the card's. */
void digest_total(const struct card *card, struct buffer *out);
/* "hire", "4 points and two criteria short", "no" */
void digest_level(const struct card *card, enum level level, struct buffer *out);
/* Whole points from a total up to the level's bar. */
size_t digest_points_short(double total, enum level level);
/* Whether a level is told about at all: what lacks so many points or criteria is a plain "no". */
bool digest_is_near(size_t points, size_t criteria);
/* "4 points and two criteria short" of counts that are not both 0 */
void digest_short_words(size_t points, size_t criteria, struct buffer *out);
/* "For senior, still to explain: A; B." for the first level that lacks a must, if it is near; of a
 * part also what is reached: "What mid asks of it is explained." */
void digest_short_of(const struct card *card, struct buffer *out);
/* "74 without the hints, which cost 3 points." or nothing. */
void digest_hints(const struct card *card, struct buffer *out);

/* "api and data" of "api-and-data" */
void digest_dimension_name(const char *id, struct buffer *out);
/* The guess for a dimension, or -1. */
double digest_guess(const struct card *card, const char *dimension);

/* Whether the quote can be shown. */
bool digest_has_quote(const struct answer *answer, const struct quote *quote);
/* The words in double quotes, on one line, cut when they are very long. */
void digest_quote(const struct answer *answer, const struct quote *quote,
                  struct buffer *out);
/* "wrap-up 2:10", or what of it is known */
void digest_place(const struct card *card, const struct quote *quote, struct buffer *out);

/* "-9", "-0.5" */
void digest_cost(double cost, struct buffer *out);
/* "-9, a must at senior" */
void digest_gap_cost(const struct card *card, size_t criterion, struct buffer *out);
/* What the criterion would get without the wrong claims, where these took its verdict or much of its credit; else
 * NULL. */
const struct criterion_score *digest_undoubted(const struct card *card, size_t criterion);
/* What the answer had of the criterion: "Not raised." */
void digest_seen(const struct card *card, size_t criterion, struct buffer *out);
/* What was replied when the interviewer asked about a red flag: "Asked about it: "...""; false when nothing was. */
bool digest_reply(const struct card *card, const struct red_flag_score *flag,
                  struct buffer *out);
/* "-4" or "-4, and no more than 59 in all" */
void digest_flag_cost(const struct red_flag_score *flag, struct buffer *out);
/* 1,157, not 40 */
void digest_figures(const struct arithmetic_slip *slip, struct buffer *out);
/* "100M / 86400 = 40" comes to 1,157, not 40. */
void digest_slip(const struct card *card, const struct arithmetic_slip *slip, struct buffer *out);
/* "Most of this is a list ...: 60% fewer points." No share of points that there are not. */
void digest_guard(const struct card *card, const struct guard_score *guard,
                  struct buffer *out);
/* "whether private links exist: They do." The first sentence of the answer. */
void digest_fact(const struct card_fact *fact, struct buffer *out);
/* "requirements 4 of 5 min, estimation 3 of 4"; nothing when no times are known. */
void digest_times(const struct card *card, struct buffer *out);
/* "First number at 5:10, first trade-off at 14:40, no failure." and what was left out or took too
 * long, in words; nothing when no times are known. */
void digest_moments(const struct card *card, struct buffer *out);
/* "Assumptions stated: 2, first "let us say ...""; "Order announced: none in words like "to begin with"" */
void digest_manner(const struct card *card, const struct card_manner *manner, struct buffer *out);

/* The gap that cost most and is not explained, or NULL. */
const struct criterion *digest_next_gap(const struct digest *d);
/* The one thing to work on: that gap that cost most, why it matters, the habit that closes it, and
 * in a line of its own, which can be copied, another problem to practise it at. Nothing of an interview. */
void digest_next(const struct digest *d, struct buffer *out);

#endif
