/*
 * error.h - what went wrong, where, and the line that shows it.
 *
 * A function that can fail on its input takes a `struct error *` owned by the caller, returns 0 or
 * -1, and never prints. NULL is allowed. The first cause wins: a second error_set() on the same
 * struct changes nothing, so a caller may pass it down several times.
 *
 * Loaders that go on after a mistake take a `struct error_list` instead and add one entry a mistake.
 *
 * Message grammar: lower case, no full stop, what failed first, the subject in quotes, one line,
 * and where it helps what to do. Control characters in messages and excerpts are masked.
 */
#ifndef VIVA_BASE_ERROR_H
#define VIVA_BASE_ERROR_H

#include <stddef.h>

/* Also the exit status of the program (DESIGN, section 3). */
enum error_code {
    ERROR_NONE = 0,
    ERROR_ANSWER_IS_NO = 1, /* it ran, and the answer is no: a check failed */
    ERROR_USAGE = 2,
    ERROR_INPUT = 3,
    ERROR_NETWORK = 4,
    ERROR_STORAGE = 5,
};

struct error {
    enum error_code code;
    int line;           /* from 1; 0: unknown */
    int column;         /* in characters, from 1; 0: unknown */
    int caret;          /* character of the excerpt to point at, from 1; 0: none */
    char source[160];   /* path or "standard input"; a long path keeps its tail */
    char excerpt[160];  /* the bad line, or the part of it around the column */
    char message[320];
};

void error_init(struct error *e);

/* Sets the message unless one is set already. Always returns -1. */
int error_set(struct error *e, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, with strerror(errno_value) at its end: "cannot open 'x': no such file or directory". */
int error_set_errno(struct error *e, enum error_code code, int errno_value, const char *format,
                    ...) __attribute__((format(printf, 4, 5)));

void error_set_source(struct error *e, const char *source);

/*
 * Fills line, column, excerpt and caret for byte `offset` of `text`. The excerpt is the line, cut to
 * a window around the column when it is long. Does nothing when a line is set already.
 */
void error_locate(struct error *e, const char *text, size_t length, size_t offset);

/* Errors of one load, in the order found. Entries beyond ERROR_LIST_MAX are counted, not kept. */
#define ERROR_LIST_MAX 128
struct error_list {
    struct error *items;
    size_t count;
    size_t omitted;
};
#define ERROR_LIST_INIT { NULL, 0, 0 }

static inline size_t error_list_total(const struct error_list *list)
{
    return list->count + list->omitted;
}

/* Adds a copy. */
void error_list_add(struct error_list *list, const struct error *e);
void error_list_release(struct error_list *list);

#endif
