/*
 * library_internal.h - what library.c (SQLite and the index file), library_file.c (what a
 * transcript puts in), library_update.c (which ones have changed) and library_ask.c (what
 * comes out) share. Nobody else includes it.
 *
 * The first failure of SQLite stays in `failed`; until it is cleared everything below
 * does nothing and gives nothing, so it is looked at once, behind a transaction or a
 * question.
 */
#ifndef VIVA_TRANSCRIPT_LIBRARY_INTERNAL_H
#define VIVA_TRANSCRIPT_LIBRARY_INTERNAL_H

#include "base/json.h"
#include "transcript/folder.h"
#include "transcript/library.h"
#include "transcript/summary.h"

/* What a file in the folder turned out to be. */
enum library_kind { LIBRARY_SESSION, LIBRARY_EMPTY, LIBRARY_FOREIGN, LIBRARY_UNREADABLE };

enum library_statement {
    BEGIN,
    COMMIT,
    ROLLBACK,
    FILES,
    FILES_ODD,
    FILES_COUNT,
    FILE_GET,
    FILE_PUT,
    FILE_DROP,
    FOLDER_GET,
    FOLDER_PUT,
    COUNT_ODD,
    SESSION_NEW,
    SESSION_PUT,
    SESSION_STATE,
    SESSION_DROP,
    SCORES_DROP,
    SCORE_PUT,
    SCORE_BEST,
    SAID_LAST,
    SAID_PUT,
    SAID_WORDS,
    SAID_DROP,
    SAID_COUNT,
    DEAD_ADD,
    SAID_UNDO,
    SAID_REDO,
    SAID_REPLACE,
    PAGE,
    PAGE_COUNT,
    PAGE_FILES,
    LAST_SCORE,
    GRADERS,
    SEARCH,
    SCORES,
    SHOWN_PUT,
    SHOWN_GET,
    SHOWN_DROP,
    STATEMENTS,
};

struct sqlite3;
struct rows; /* a statement being executed */

struct library {
    const char *folder, *cache;
    char *path; /* of the index; NULL: in memory */
    uint64_t inode;
    struct sqlite3 *db;
    struct rows *statements[STATEMENTS];
    int failed;
    bool replaced, busy;
    int descriptor; /* of the folder of transcripts, or -1 */
    char note[320];
    library_progress *progress;
    void *state;
};

/* Ready to be bound (from 1); NULL after a failure, which all below allow. */
struct rows *library_statement(struct library *l, enum library_statement which);
/* The next row. False at the end, when the statement is reset, and after a failure. */
bool library_next(struct library *l, struct rows *rows);
void library_run(struct library *l, struct rows *rows); /* to its end */
void library_done(struct rows *rows);                   /* no more rows are wanted */

void library_bind_text(struct rows *rows, int at, const char *text); /* NULL: null */
void library_bind_bytes(struct rows *rows, int at, const char *text, size_t length);
void library_bind(struct rows *rows, int at, int64_t number);
void library_bind_real(struct rows *rows, int at, double number); /* NAN: null */

/* Of the row, from 0. Texts are good until the next row; "" for null. */
int64_t library_column(struct rows *rows, int at);
double library_column_real(struct rows *rows, int at); /* NAN for null */
const char *library_column_text(struct rows *rows, int at);
size_t library_column_length(struct rows *rows, int at);
int64_t library_last_row(struct library *l);

bool library_is_busy(const struct library *l);
/* After a failure: an index that works, and that has to be brought up to date. */
void library_recover(struct library *l);
/* An empty one in its place. */
void library_renew(struct library *l);
/* For the statements SHOWN_*. */
void library_prepare_marks(struct library *l);
/* The first note stays. */
void library_set_note(struct library *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Utterances are numbered by when their session began, so that the newest are found
 * first: a session has those from library_slot() of its start on, below that of the next
 * second. A number is never used twice.
 */
enum { LIBRARY_SLOT_BITS = 24 };
int64_t library_slot(int64_t start);

/* Takes in what a file has become, or that it is gone. Within a transaction. */
void library_take_file(struct library *l, const char *name);
void library_drop_file(struct library *l, const char *name);

/* Looks at the files again, and reads what has changed. Whether anything had. */
bool library_look_again(struct library *l, const struct folder_file *files, size_t count);

#endif
