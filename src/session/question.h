/*
 * question.h - whether a line asks something. Who types in a hurry leaves the mark out: "what plans are
 * there" is a question too, if somebody knows the answer.
 */
#ifndef VIVA_SESSION_QUESTION_H
#define VIVA_SESSION_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

enum question_kind {
    QUESTION_NONE,
    QUESTION_WORDED, /* it begins as questions do, and is a single sentence without the mark */
    QUESTION_WITHIN, /* a sentence of it ends in a question mark, and it goes on: "wanted? It changes a lot." */
    QUESTION_MARKED, /* it ends in a question mark */
};
enum question_kind question_read(const char *text, size_t length);

/* Whether a line without the mark asks beyond doubt, where things are cleared up and not decided: it begins as nothing but
 * a question does ("what can people filter on"), has a verb before its subject ("if the store is down do we let them
 * pass") and no answer of its own, or wants a yes ("aliases y/n"). */
bool question_surely(const char *text, size_t length);

/* Whether it asks without the form of a question: "not sure whether ...", "I'd like to know ...", "correct me". */
bool question_wonders(const char *text, size_t length);

/* Whether it is an assumption to be confirmed or put right: "I take it that ...", "..., I guess". */
bool question_assumes(const char *text, size_t length);

/* Whether what stands behind the last question mark answers nothing: "per key or per user? It changes a lot." */
bool question_leaves_open(const char *text, size_t length);

/* Whether the first question of a line stands behind a statement: "It times out. Did it go out?" */
bool question_follows(const char *text, size_t length);

/* Whether a line without the mark begins with a clause that is the subject of what follows: "how long a link lives stands
 * in its row". */
bool question_is_subject(const char *text, size_t length);

/* Whether a line only makes sure of the interviewer, and asks for no fact: "does that make sense?", "shall I go on?" */
bool question_checks(const char *text, size_t length);

/* Whether a line asks what the interviewer would do, and for no fact: "should I use Kafka?", "would you shard?" */
bool question_seeks_opinion(const char *text, size_t length);

/* Which of two things a few words choose: 1 for "the first", "yes"; 2 for "the second", "the latter"; QUESTION_BOTH;
 * 0: neither. */
enum { QUESTION_BOTH = 3 };
int question_choice(const char *text, size_t length);

/* Whether a few words without the mark say something of their own, and choose nothing by the words that they share with
 * what was offered: "at most five devices", "I count clicks", "no unique visitors", but not "I mean the clicks". */
bool question_states(const char *text, size_t length);

/*
 * The next sentence behind byte `*at` that ends in a question mark: fills [*from, *at), the mark left out; false when
 * there is none.
 */
bool question_sentence(const char *text, size_t length, size_t *from, size_t *at);

/* Where the sentence ends that byte `at` stands in; the next begins at `*next`. */
size_t question_stop(const char *text, size_t length, size_t at, size_t *next);

/*
 * Where the piece of a line that begins at `at` ends; the next begins at `*next`, which is `length` behind the
 * last. Pieces may be questions of their own: they are parted by question marks, semicolons, plus signs, line ends and
 * "and", by a comma only where another question begins behind it that does not speak of "it".
 */
size_t question_piece(const char *text, size_t length, size_t at, size_t *next);

/* The same for pieces that are questions of their own: "and", "or" and commas part them where another one begins. */
size_t question_half(const char *text, size_t length, size_t at, size_t *next);

/* Whether it speaks of "it" or "them", and what that is stands elsewhere. */
bool question_refers(const char *text, size_t length);

#endif
