/*
 * event.h - one thing that happened in a session, and the line of JSON that it is on
 * disk.
 *
 * An event keeps its JSON object whole, so keys and types that this version does not know
 * survive being read and written again. Fields are reached by name.
 *
 * What each type holds beside `n` (its number in the transcript, from 1), `t` and `type`:
 *
 *   session.start  id, program, scenario {id, version, hash}, rubric {id, version, hash},
 *                  level, mode ("practice" or "interview"), phases [{id, minutes}], pressure,
 *                  clock (false: without); format, from 2 on: what this page says is 1; in an interview `candidate` and `interviewer`, a
 *                  short name each
 *   phase.start    phase; `by`: "next", "back" or "skip" (the phase before was skipped)
 *   say            who: "candidate" or "interviewer"; text; kind (below); `of`: id of the
 *                  criterion (probe, hint, twist), the fact or the consistency rule; `price`
 *                  of a hint; `about`: "how" (a vague answer), "midway", "consistency",
 *                  "claim" (`of` is a red flag then) or "follow-up" of a probe about no criterion or not
 *                  asked at /next, "model" of a remark;
 *                  `by`: "llm:<model>" of words that a model chose
 *   edit           phase, text: replaces all that the candidate said in that phase
 *   undo           event: the number of the one taken back
 *   tag            by: who judged; criterion and verdict ("absent", "mentioned" or
 *                  "explained"), or `flag`: id of a red flag, or `text`: a red flag in own
 *                  words; `of`: number of the event that is the evidence, `start` and `end`:
 *                  bytes of its text. A later tag of the same criterion by the same person
 *                  takes the place of the earlier
 *   note           text; in an interview `by`; `about`: "opened" says that this person
 *                  judges from here on, to give an own score of one that is over, "grade-seen" that they
 *                  looked at another grade before giving it; "grades", "strengths",
 *                  "gaps" and "recommendation" are drafts of the verdict (session/seal.h)
 *   pause          why: "asked", "end" (of input) or "hangup", a file that ends in an interview
 *                  too; `typed`: the line that a hangup cut off, which was not said
 *   resume         -
 *   predict        guess {dimension: 0..4}
 *   score          see session/debrief.h, and session/seal.h for a person's; `grader` says
 *                  whose it is: "rubric", "llm:<model>" or "person:<name>"
 *   session.end    why: "done" or "early"
 */
#ifndef VIVA_TRANSCRIPT_EVENT_H
#define VIVA_TRANSCRIPT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"

enum event_type {
    EVENT_START,
    EVENT_PHASE,
    EVENT_SAY,
    EVENT_EDIT,
    EVENT_UNDO,
    EVENT_TAG,
    EVENT_NOTE,
    EVENT_PAUSE,
    EVENT_RESUME,
    EVENT_PREDICT,
    EVENT_SCORE,
    EVENT_END,
    EVENT_UNKNOWN, /* of a later version: kept, without effect */
};
extern const char *const event_type_names[]; /* "session.start", ..., NULL-terminated */

enum say_kind {
    SAY_ANSWER,
    SAY_QUESTION, /* the candidate's */
    SAY_FACT,     /* the interviewer answers a question from here on */
    SAY_REMARK,
    SAY_PROBE,
    SAY_HINT,
    SAY_TWIST,
};
extern const char *const say_kind_names[]; /* "answer", ..., NULL-terminated */

struct event {
    enum event_type type;
    size_t number;  /* from 1; 0 until it is in a transcript */
    int64_t time;   /* milliseconds since 1970 */
    json_t *object; /* owned */
};

void event_init(struct event *e, enum event_type type, int64_t time);
void event_release(struct event *e);

void event_set(struct event *e, const char *key, const char *text);
void event_set_bytes(struct event *e, const char *key, const char *text, size_t length);
void event_set_number(struct event *e, const char *key, double number);
void event_set_flag(struct event *e, const char *key, bool value);
/* Takes the value. */
void event_set_json(struct event *e, const char *key, json_t *value_take);

/* Borrowed; "" when absent or no string. */
const char *event_text(const struct event *e, const char *key);
size_t event_text_length(const struct event *e, const char *key);
double event_number(const struct event *e, const char *key, double otherwise);
bool event_flag(const struct event *e, const char *key, bool otherwise);
const json_t *event_json(const struct event *e, const char *key); /* NULL: absent */

/* EVENT_SAY: who and what kind; a kind of a later version is an answer or a remark. */
bool event_by_candidate(const struct event *e);
enum say_kind event_say_kind(const struct event *e);

/* EVENT_SCORE: by the built-in grader, and not by a model or a person. */
bool event_is_own_score(const struct event *e);

/* Which of two scores of one grader counts: what was sealed stays, whatever the same person gives
 * later, having seen others; else the later. */
struct score_rank {
    bool sealed;
    size_t event; /* its number */
};
bool score_outranks(struct score_rank score, struct score_rank other);

/* Whether it is a note of that kind: its `about`. */
bool event_is_note(const struct event *e, const char *about);

/* Of the people who began to score one interview so many are kept in mind. */
enum { OPENERS_MOST = 64 };

/* Appends the line, with its newline. */
void event_write(const struct event *e, struct buffer *out);

/*
 * Reads a line (without its newline). On a mistake -1 and the error's column within that line. The
 * number is the line's own `n`, or 0 when it has none.
 */
int event_read(struct event *e, const char *line, size_t length, struct error *problem)
    __attribute__((warn_unused_result));

#endif
