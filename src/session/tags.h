/*
 * tags.h - what a person has judged in a session so far, read from its events: a verdict
 * per criterion, the red flags that were raised, and what each rests on. Also how a
 * criterion, fact or red flag is named in few keystrokes.
 */
#ifndef VIVA_SESSION_TAGS_H
#define VIVA_SESSION_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"
#include "scoring/score.h"
#include "session/session.h"

/* Something said or noted, as the evidence of a judgement. */
struct evidence_place {
    const struct event *event; /* NULL: there is none */
    size_t start, end;         /* bytes of its text */
};

struct tag {
    size_t number;        /* of its event; 0: not tagged */
    enum verdict verdict; /* absent, mentioned or explained */
    struct evidence_place evidence;
};

struct raised_flag {
    size_t number;               /* of its event */
    const struct red_flag *flag; /* NULL: in own words */
    const char *text;            /* those; else the flag's title */
    struct evidence_place evidence;
};

struct tags {
    struct tag *criteria; /* as in the rubric; the last of each counts */
    size_t tagged;        /* how many of them */
    struct raised_flag *flags;
    size_t flag_count;
};

/* Those of one person. Lives in the arena, texts and events in the session; valid until
 * the session's next event. */
void tags_read(const struct session *session, const char *by, struct arena *arena,
               struct tags *out);

/* Whether the interviewer raised a criterion, by a probe, a hint or the twist, before the
 * event of that number (0: at all). */
bool tags_was_asked(const struct session *session, const char *criterion, size_t before);

/* The last line of the candidate or note that stands, whichever is later; a person's
 * drafts of the verdict (notes with `about`) are none. `by`: notes of this person alone.
 */
struct evidence_place tags_last_evidence(const struct session *session, const char *by);

/* An event as evidence: what the candidate said, or a note; an error says why it is none.
 */
int tags_evidence(const struct session *session, size_t number,
                  struct evidence_place *out, struct error *e);

/* "12" of criterion 12, an id, or its unique beginning; else one of these and an error that
 * names what it could be. `length`: bytes of the word. */
enum { TAGS_NONE = -1, TAGS_SEVERAL = -2 };
int tags_find_criterion(const struct rubric *rubric, const char *word, size_t length,
                        struct error *e);
int tags_find_fact(const struct scenario *scenario, const char *word, size_t length,
                   struct error *e);
int tags_find_flag(const struct rubric *rubric, const char *word, size_t length,
                   struct error *e);

/* What follows /tag: criterion and verdict by turns, then perhaps "@12", the line that
 * they rest on: "key 2 alias 1 @12". A verdict is 0, 1, 2 or the beginning of its word.
 */
struct tag_words {
    struct {
        size_t criterion;
        enum verdict verdict;
    } pairs[32];
    size_t count;
    size_t line; /* 0: not given */
};
int tags_parse(const struct rubric *rubric, const char *words, struct tag_words *out,
               struct error *e);

#endif
