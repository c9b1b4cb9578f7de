/*
 * cockpit.h - the interviewer's seat: a person drives the interview, the program keeps
 * the clock, the script and what is still to be asked, and writes down what that person
 * judges.
 *
 * Free text is a note; a line that begins with `>` is what the candidate said; commands
 * are in cockpit_table. Each tag, question, fact and flag is an event, and so is taking
 * one back.
 *
 * Criteria, facts and red flags have fixed numbers, their places in the rubric and the
 * scenario, so that a number that was read once stays right for the whole session.
 *
 * With `scoring` the session is over and somebody gives it an own score from its
 * transcript: notes and tags are added, nothing is said any more, and no clock runs.
 */
#ifndef VIVA_SESSION_COCKPIT_H
#define VIVA_SESSION_COCKPIT_H

#include <stdbool.h>

#include "session/slash.h"
#include "session/tags.h"
#include "session/talk.h"

enum { COCKPIT_NAME_MOST = 24 };

struct cockpit {
    char by[COCKPIT_NAME_MOST + 1]; /* who judges */
    bool scoring;
    bool twist_told;    /* that it is due */
    size_t
        verdict; /* the number of the last event before the verdict began; 0: it has not */
    struct arena arena; /* for what one line needs */
};

extern const struct seat cockpit_seat;
extern const struct slash cockpit_table[];

/* Initials or a short name: letters, digits and -_. in it, at most COCKPIT_NAME_MOST. */
bool cockpit_name_fits(const char *name);

/* The transcript, each line with its number; what was tagged or scored is left out. */
void cockpit_show_transcript(struct talk *t);

/* Whether a paste holds more than one speaker's words or a command: several lines without a mark are one note, those
 * behind a > are the candidate's, up to the next that begins with > behind a line without. */
bool cockpit_by_lines(const char *text, size_t length);

/* --- for the commands and seal_run.c --- */

/* The judgements of whoever sits here; valid until the next line. */
void cockpit_tags(struct talk *t, struct tags *out);
/* A row "Label        text", the text wrapped in its column. */
void cockpit_row(const struct talk *t, struct buffer *out, const char *label,
                 const char *text);
/* The same with a number, from 1, before the text. */
void cockpit_numbered_row(const struct talk *t, struct buffer *out, const char *label,
                          size_t number, const char *text);
/* " 7 uniqueness  How two links never get the same code", the more in words behind it. */
void cockpit_criterion_row(const struct talk *t, struct buffer *out, const char *label,
                           size_t criterion, const char *more);
void cockpit_show(struct talk *t, struct buffer *rows_take);
/* What is untouched in the phases first..last, at most `most`, and the next probe. */
void cockpit_agenda(struct talk *t, size_t first, size_t last, size_t most);
/* Who scores a transcript is about to judge: from the first time on nobody is shown a
 * grade who may be this person. To have looked into it is no judgement. Events move. */
void cockpit_judges(struct talk *t);
/* A note; with `about` it is an answer on the way to a verdict. */
void cockpit_note(struct talk *t, const char *about, const char *text, size_t length);
/* "beginning of the words ..." of an evidence, on one line. */
void cockpit_quote(const struct evidence_place *place, struct buffer *out);

/* The line that a judgement rests on: the one of this number, or for 0 the last line or note. -1: it is none. */
int cockpit_evidence(struct talk *t, size_t line, struct evidence_place *out,
                     struct error *e);
void cockpit_set_evidence(struct event *e, const struct evidence_place *place);

void cockpit_tag(struct talk *t, const char *given);
void cockpit_list_tags(struct talk *t, const char *words);
void cockpit_lines(struct talk *t, const char *words);
void cockpit_todo(struct talk *t, const char *words);
void cockpit_task(struct talk *t, const char *words);
void cockpit_probe(struct talk *t, const char *words);
void cockpit_fact(struct talk *t, const char *words);
void cockpit_hint(struct talk *t, const char *words);
void cockpit_twist(struct talk *t, const char *words);
void cockpit_flag(struct talk *t, const char *words);
void cockpit_next(struct talk *t, const char *words);
void cockpit_back(struct talk *t, const char *words);
void cockpit_undo(struct talk *t, const char *words);
void cockpit_pause(struct talk *t, const char *words);
void cockpit_quit(struct talk *t, const char *words);

#endif
