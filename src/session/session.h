/*
 * session.h - where an interview stands, rebuilt from its events alone.
 *
 * session_apply() is the only way to change a session, for what happens now as for what is read
 * from a transcript: to resume is to replay. Nothing here reads a clock, prints or writes.
 *
 * Time belongs to the phase that is open: what passes between two events counts, unless the session
 * was paused or the second is a `resume` (so an interrupted session counts until its last event).
 * A clock that goes back counts nothing.
 */
#ifndef VIVA_SESSION_SESSION_H
#define VIVA_SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"
#include "content/scenario.h"
#include "scoring/rubric.h"
#include "transcript/event.h"
#include "transcript/reader.h"

/* Something the candidate said, as it counts now: undone and replaced ones are not here. */
struct utterance {
    size_t event;  /* number of the event that holds it */
    size_t offset; /* where in that event's text; not 0 only for pieces of an edit */
    size_t phase;  /* index in the scenario */
    const char *text;
    size_t length;
    int64_t at;         /* time used in its phase when it was said */
    int64_t session_at; /* time used in all */
    bool question;
    size_t said;   /* number of the event that said it first: an edit keeps it */
    bool replies;  /* to a probe, or the first after a hint */
    bool prompted; /* by a question that is about no criterion in particular */
    bool after_twist;
    bool after_model; /* a strong answer to this phase had been shown: no evidence */
};

/* When an event happened: the phase that was open, and the time used in it. */
struct moment {
    size_t phase;
    int64_t used;
    bool over; /* the session was */
};

struct phase_state {
    double minutes; /* planned in this session */
    int64_t used;   /* milliseconds, up to the last event */
    bool opened, skipped, model_shown;
    int probes;      /* in all */
    int next_probes; /* at /next */
    bool asked_how;  /* about a vague answer */
    bool asked_midway;
    int challenges;       /* about doubtful claims */
    bool asked_follow_up; /* by a model */
    bool twisted;         /* the twist was said in it */
};

struct session {
    const struct scenario *scenario; /* borrowed; from session.start on the part of it that is
                                        practised, if it names fewer phases than there are */
    const struct rubric *rubric;     /* borrowed */

    ARRAY(struct event) events; /* owned, in order */
    ARRAY(bool) undone;         /* per event */
    ARRAY(struct moment) moments; /* per event; meaningless before the first phase */

    /* What session.start fixed. */
    enum level level;
    bool pressure, clock;
    bool interview; /* a person drives, and types what the candidate says */

    /* What follows from the events. */
    struct phase_state *phases; /* as in the scenario */
    size_t phase;               /* the open one; meaningless before `begun` */
    ARRAY(struct utterance) said;
    size_t *facts_asked; /* per fact: number of the event that asked for it; 0: none did */
    int *hints_taken;  /* per ladder: steps */
    double hint_cost;
    int *probes; /* per criterion */
    size_t *
        raised; /* per criterion: number of the event that first asked or hinted; 0: none */
    bool begun, paused, ended, early, twist_said;
    bool replying;       /* to a probe at /next: until the phase ends */
    bool answering;      /* to a probe in mid-phase: no word since */
    int64_t reply_until; /* time of the phase until which what is said belongs to that reply */
    bool hinted;         /* no word since the last hint */
    bool aimless;        /* the last probe is about no criterion */
    int64_t last_time;
    const struct event *prediction; /* the last, or NULL; valid until the next apply */
    const struct event *last_score; /* the same */
    struct scenario *part;          /* owned; NULL: the whole scenario */
};

struct session *session_new(const struct scenario *scenario, const struct rubric *rubric)
    __attribute__((warn_unused_result));
void session_free(struct session *session);

/* Takes the event, which must have its number. */
void session_apply(struct session *session, struct event *event_take);

/* Takes all events of a transcript. */
void session_replay(struct session *session, struct transcript *transcript_take);

const struct event *session_start_event(const struct session *session); /* NULL: none yet */
const char *session_id(const struct session *session);                  /* "" before the start */

/* Of an interview; "" in practice. */
const char *session_candidate(const struct session *session);
const char *session_interviewer(const struct session *session);
/* Who tagged or noted this: its `by`, else the session's interviewer. */
const char *session_author(const struct session *session, const struct event *e);

/* Milliseconds used in a phase, or in all, if it is `now`; -1 stands for the last event. */
int64_t session_used(const struct session *session, size_t phase, int64_t now);
int64_t session_used_in_all(const struct session *session, int64_t now);

/*
 * Number of the event that /undo would take back, or 0: said or noted in the open phase, whenever
 * it was open, and the interviewer has not asked about a claim since. In an interview in any phase, and also what
 * the interviewer asked or gave; what is tagged or noted must be by `by` then (NULL: by anybody).
 */
size_t session_last_undoable(const struct session *session, const char *by);
/* An event by its number, or NULL. */
const struct event *session_event(const struct session *session, size_t number);

/* What the candidate has said in a phase, one utterance a line, questions left out. */
void session_phase_text(const struct session *session, size_t phase, struct buffer *out);

/* How many questions of the kind `about` the interviewer has asked; `of`: only those of that id,
 * NULL: all. */
size_t session_asked_about(const struct session *session, const char *about, const char *of);

/* Whether event `index` is such a question. */
bool session_is_asked_about(const struct session *session, size_t index,
                            const char *about, const char *of);

/* Index of a phase or fact by id, or -1. */
int session_phase_index(const struct session *session, const char *id);
/* Of a phase as people name it, or -1: by the number or the title that the prompt shows, or by id. */
int session_phase_named(const struct session *session, const char *words);
size_t session_opened(const struct session *session);
/* The step of a ladder that would be taken next; the ladder must have one left. */
const struct hint_step *session_next_hint(const struct session *session, size_t ladder);
/* Whether all phases were reached. */
bool session_complete(const struct session *session);

#endif
