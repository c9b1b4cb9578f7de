/*
 * slash.h - the commands inside a session: lines that begin with a slash.
 *
 * To add one: a row in the table of slash.c, its run function in slash_run.c, a golden session
 * that uses it. The table drives lookup, /help, completion and what pressure mode forbids. An
 * interviewer has a table of their own, in cockpit.c.
 */
#ifndef VIVA_SESSION_SLASH_H
#define VIVA_SESSION_SLASH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"

struct talk;

struct slash {
    const char *name;  /* without the slash */
    const char *words; /* what may follow: "[number]"; "" for nothing */
    const char *help;  /* one line, lower case, no full stop */
    const char *pressure_help; /* the same in pressure mode, where it does less; NULL: as usual */
    bool takes_words, needs_words;
    bool in_pressure;  /* also there in pressure mode */
    bool while_paused; /* does not make a paused session go on */
    bool while_open;   /* of no use once the session is over: not offered then */
    void (*run)(struct talk *t, const char *words);
    char letter; /* means this one, though others begin with it too; 0: none does */
};

/* Which of these words an answer is, or is a beginning of, "" being Enter; -1: none. */
int slash_answer(const char *answer, const char *const *words);
/* Tells that it is none. */
void slash_tell_none(struct talk *t, const struct buffer *answer);
/* Asks until it is one of them; -1: nobody is there. */
int slash_choose(struct talk *t, const char *label, const char *const *words);

/* The candidate's. Ends with a row without a name. */
extern const struct slash slash_table[];

/* Whether the command is offered where this session stands. */
bool slash_is_offered(const struct talk *t, const struct slash *command);
/* What /help says of a command. */
const char *slash_help_words(const struct slash *command, bool pressure);

/* What a line is. */
enum slash_found {
    SLASH_SAID,    /* no command: it is said; text behind a doubled slash too */
    SLASH_COMMAND, /* *command and *words are set; words may be "" */
    SLASH_WRONG,   /* meant as a command, but which? The error says. */
};

/*
 * Finds out. Exact name, else unique beginning; else candidates or the nearest name in the error.
 * A word that stands alone on its line is a command, whatever it is, and in capitals too. What looks
 * like a path or an endpoint (/links/{id}, /var/log, /health says so) and is near no command is said.
 * An interviewer's line that begins with one slash is always a command or wrong, never a note: "/T 3 2" and "/t3 2"
 * are "/t 3 2".
 */
enum slash_found slash_find(const struct slash *table, const char *line,
                            const struct slash **command, const char **words, struct error *e);

/* The command of that name, letter or unique beginning, without the slash; NULL and an error. */
const struct slash *slash_named(const struct slash *table, const char *name,
                                struct error *e);

/* For prompt_set_completer(); `state` is a struct talk. */
size_t slash_complete(void *state, const char *line, size_t start, char ***out);

/* For other completers: adds a copy of a word if it begins so. */
typedef ARRAY(char *) word_array;
void slash_offer(word_array *words, const char *word, const char *beginning);
/* Adds the names of a table, each behind `prefix`. */
void slash_offer_names(const struct talk *t, const char *prefix, const char *beginning,
                       word_array *words);

void slash_next(struct talk *t, const char *words);
void slash_back(struct talk *t, const char *words);
void slash_ask(struct talk *t, const char *words);
void slash_hint(struct talk *t, const char *words);
void slash_edit(struct talk *t, const char *words);
void slash_note(struct talk *t, const char *words);
void slash_time(struct talk *t, const char *words);
void slash_pause(struct talk *t, const char *words);
void slash_skip(struct talk *t, const char *words);
void slash_undo(struct talk *t, const char *words);
void slash_model(struct talk *t, const char *words);
void slash_help(struct talk *t, const char *words);
void slash_quit(struct talk *t, const char *words);

#endif
