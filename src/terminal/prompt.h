/*
 * prompt.h - where lines come from: a person at a terminal, a file, or a list of strings (tests).
 * The one file with readline, which is used only when both ends are a terminal: on anything else it
 * would echo what it reads.
 *
 * At a terminal, many lines pasted at once (bracketed paste) are one line with newlines in it;
 * Ctrl-C drops what was typed, Ctrl-Z stops and comes back, a resize redraws. A hang-up or a
 * request to terminate is PROMPT_HANGUP from then on, whichever the source.
 *
 * There is one readline, so there is at most one terminal prompt at a time.
 */
#ifndef VIVA_TERMINAL_PROMPT_H
#define VIVA_TERMINAL_PROMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "terminal/screen.h"

enum prompt_result {
    PROMPT_LINE,
    PROMPT_END,         /* end of input; Ctrl-D on an empty line */
    PROMPT_INTERRUPTED, /* Ctrl-C; what was typed is gone */
    PROMPT_HANGUP,      /* the terminal is gone, or the process was asked to end */
};

enum { PROMPT_LINE_MAX = 1 << 20 }; /* bytes kept of one line; the rest of it is dropped */

struct prompt;

/*
 * Candidates to complete the word that begins at byte `start` of `line` (line ends where the cursor
 * is). Fills *words with malloced strings and returns how many; readline frees them.
 */
typedef size_t (*prompt_completer)(void *state, const char *line, size_t start, char ***words);

/* At a terminal if both streams are one, else plainly from `in`. */
struct prompt *prompt_new(FILE *in, FILE *out, const struct screen *screen)
    __attribute__((warn_unused_result));
/* From a NULL-terminated list; a NULL list is empty. The list is borrowed. */
struct prompt *prompt_new_lines(const char *const *lines) __attribute__((warn_unused_result));
void prompt_free(struct prompt *p);

/* Whether a person is at the other end: questions make sense, labels are shown. */
bool prompt_interactive(const struct prompt *p);

void prompt_set_completer(struct prompt *p, prompt_completer completer, void *state);

/*
 * `work` is done once, when the next label stands there and before anything is read: what a person
 * need not wait for. It prints nothing. False: it cannot go on, and every read is PROMPT_HANGUP.
 */
typedef bool (*prompt_work)(void *state);
void prompt_do_when_shown(struct prompt *p, prompt_work work, void *state);

/* Puts a line among those that the up key brings back, in this process only. */
void prompt_remember(struct prompt *p, const char *line);
/*
 * Remembers the lines of a file, at most the last PROMPT_HISTORY, and adds those remembered from
 * now on that begin with '/' when the prompt is freed. What was answered never goes there. A file
 * that cannot be read or written is as good as none.
 */
enum { PROMPT_HISTORY = 200 };
void prompt_keep_commands(struct prompt *p, const char *path);

/*
 * Reads a line into `line` (cleared first), without its newline. `label` is shown before it when a
 * person is there: first its lines up to the last newline, then the rest as the prompt, broken
 * between words where it is wider than the screen.
 */
/* On PROMPT_HANGUP at a terminal `line` is what had been typed of it. */
enum prompt_result prompt_read(struct prompt *p, const char *label, struct buffer *line);

/* From now on the end of a file is PROMPT_HANGUP: nobody is there any more, and nothing is decided. */
void prompt_end_is_hangup(struct prompt *p);

/* The next line that is read at a terminal begins with this, and can be edited. */
void prompt_begin_line(struct prompt *p, const char *text);

/* Lets the terminal be used by another program, and takes it back: around an editor. */
void prompt_suspend(struct prompt *p);
void prompt_continue(struct prompt *p);

/* Whether the window was resized since the last call. */
bool prompt_resized(struct prompt *p);

const char *prompt_library_version(void);

#endif
