/*
 * talk.h - the conversation: reads lines, says them to the interviewer, shows what comes back.
 *
 * Everything that happens becomes an event first: talk_record() writes it, applies it to the
 * session, and says so at once when it could not be written. Only then is it shown.
 *
 * Input is one line source for people and for files. With a fake clock and input from a file, lines
 * `@+75` move the clock and are not said.
 */
#ifndef VIVA_SESSION_TALK_H
#define VIVA_SESSION_TALK_H

#include <stdbool.h>
#include <stdio.h>

#include "judge/partner.h"
#include "session/clock.h"
#include "session/interviewer.h"
#include "session/session.h"
#include "terminal/prompt.h"
#include "terminal/screen.h"
#include "transcript/log.h"

enum talk_end {
    TALK_RUNNING,
    TALK_OVER,   /* the session has ended: grade it */
    TALK_PAUSED, /* left, to be resumed */
    TALK_HANGUP, /* the same, and nobody is there to read anything */
};

struct talk;
struct slash;
struct cockpit;

/* Who is at the keyboard, and what a line means to them: the candidate alone, or an interviewer. */
struct seat {
    const char *speaker;  /* stands before what the interviewer says; up to TALK_INDENT - 2 columns */
    const char *listener; /* before what the candidate said */
    const struct slash *commands;
    prompt_completer complete; /* its state is the talk */
    /* A line that is no command, without blanks at its end. */
    void (*line)(struct talk *t, const char *text, size_t length);
    /* Whether a paste of several lines is taken line by line, as if it was typed; NULL: it never is. */
    bool (*by_lines)(const char *text, size_t length);
    /* A phase has begun: what is shown beneath its head. */
    void (*phase)(struct talk *t, size_t phase);
    void (*before_prompt)(struct talk *t);
};
extern const struct seat talk_candidate_seat;

/* The hints of a phase in the order in which they were listed first: a number that was shown keeps its meaning. */
enum { HINTS_NUMBERED = 32 };
struct hint_numbers {
    size_t phase, count;
    size_t ladders[HINTS_NUMBERED];
};

struct talk {
    const struct seat *seat;
    struct cockpit *cockpit; /* what the interviewer's seat keeps; NULL: it is the candidate's */
    struct session *session;
    struct interviewer *interviewer;
    struct log *log;
    struct prompt *prompt;
    struct screen screen;
    FILE *out;
    struct session_clock clock;
    struct fake_clock *fake; /* NULL: the clock is real */
    struct hint_numbers hints;
    enum talk_end end;
    size_t warned_phase; /* the phase that `warned` is about */
    int warned;          /* 0, 80 or 100 percent of its time */
    bool gap;            /* what was shown last is an empty line */
    bool words_told; /* that a question which was not answered may be in other words */
    bool end_told; /* that /next ends here, though nothing was said in the last phase */
    struct partner
        *partner; /* a model that words questions (ask.h); NULL: none, or it has failed */
    const char *
        again; /* what a later command has to be told too: " --content my"; NULL: nothing */
    FILE *requests; /* what it would be sent goes here, and nowhere else; NULL: it is asked */
};

/* The column at which what is said begins, behind "Interviewer". */
enum { TALK_INDENT = 13 };

/* Begins a new session: its head, the problem, the first phase. `start` is its session.start. */
void talk_begin(struct talk *t, struct event *start_take);
/* Goes on with one that was replayed: says where it stands. */
void talk_go_on(struct talk *t);

/* Reads and answers until the session ends or is left. */
enum talk_end talk_run(struct talk *t);

/* --- for the commands inside a session --- */

int64_t talk_now(const struct talk *t);
void talk_event(const struct talk *t, struct event *e, enum event_type type);
void talk_record(struct talk *t, struct event *event_take);

/* The interviewer says something: recorded, then shown; `of` may be NULL, and `remark` too, which
 * is shown behind it in parentheses. */
void talk_interviewer(struct talk *t, enum say_kind kind, const char *of, const char *text,
                      const char *remark);
/* The same behind any label, which is cut at TALK_INDENT - 2 columns. */
void talk_show_labelled(struct talk *t, const char *label, const char *text, const char *remark);
/* The next step of a ladder of hints, with its price. */
void talk_hint(struct talk *t, size_t ladder);
/* Only shows what the interviewer says. */
void talk_show_spoken(struct talk *t, const char *text, const char *remark);
/* The candidate says something. Questions are answered. */
void talk_candidate(struct talk *t, const char *text, size_t length, bool question);
/* Only records it, in several events when it is very long. */
void talk_record_candidate(struct talk *t, const char *text, size_t length, bool question);
/* How much of a text one event can hold. */
size_t talk_piece(const char *text, size_t length);
/* Whether the line asks: with a question mark, or in the words of a question to which there is a fact. */
bool talk_asks(struct talk *t, const char *text, size_t length);

/* A line or more of ours, indented, dim; printf-like. Not recorded. */
void talk_tell(struct talk *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What ends this sentence: nothing when it has its own mark, else ".". */
const char *talk_stop(const char *sentence);

/* One empty line, and never two. */
void talk_gap(struct talk *t);

/* The message of an error, as a sentence. */
void talk_tell_error(struct talk *t, const struct error *e);

void talk_enter_phase(struct talk *t, size_t phase, const char *by);
/* Says the twist. */
void talk_twist(struct talk *t);
void talk_pause(struct talk *t, const char *why);
/* Ends the session, unless it has ended, and the talk. */
void talk_finish(struct talk *t);

/* Does what the line says: a command is run, all else is said or noted. Blanks at its end are cut off. */
void talk_take_line(struct talk *t, struct buffer *line);
/* Asks in words and reads one line; false at the end of input or when nobody is there. */
bool talk_ask(struct talk *t, const char *label, struct buffer *answer);

#endif
