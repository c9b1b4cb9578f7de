#define _GNU_SOURCE /* flock, O_NOFOLLOW and their kin */
#include "transcript/library.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/time.h"
#include "transcript/library_internal.h"

enum { LIBRARY_VERSION = 5, APPLICATION = 0x76697661 };
enum { BUSY_MS = 2000 };

/* --- statements --- */

#define FILTER                                                                           \
    "(?1 IS NULL OR t.scenario = ?1) AND (?2 IS NULL OR t.level = ?2) AND (?3 IS NULL "  \
    "OR "                                                                                \
    "t.candidate = ?3) AND t.start >= ?4 AND t.start < ?5"
/* transcript_missing_seal() for the viewer ?10; '' for its NULL. Each opener is a line of
 * json_each: a name, and whether they have seen a grade. */
#define SCORE_OF                                                                         \
    "EXISTS (SELECT 1 FROM score p WHERE p.session = t.id AND p.grader = 'person:' || "
#define MISSING                                                                          \
    "CASE WHEN t.interviewer = '' THEN '' WHEN NOT " SCORE_OF                            \
    "t.interviewer) THEN t.interviewer WHEN ?10 <> '' AND NOT " SCORE_OF                 \
    "?10) THEN ?10 WHEN ?10 <> '' OR t.openers IS NULL THEN '' ELSE coalesce((SELECT "   \
    "o.key FROM json_each(t.openers) o WHERE o.value = 0 AND NOT " SCORE_OF              \
    "o.key) ORDER BY o.id LIMIT 1), '') END"
#define SESSION                                                                          \
    "t.id, t.name, t.scenario, t.level, t.mode, t.candidate, t.start, t.used, t.ended, " \
    "t.early, t.opened, t.phases, t.score, t.grader, t.unfinished, " MISSING

static const char *const sql[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [FILES] = "SELECT name, size, modified, changed, inode FROM file ORDER BY name",
    [FILES_ODD] = "SELECT name, size, modified, changed, inode FROM file WHERE kind <> 0",
    [FILES_COUNT] = "SELECT count(*) FROM (SELECT 1 FROM file LIMIT ?1)",
    [FILE_GET] =
        "SELECT size, modified, changed, inode, kind, session, offset, hash FROM file "
        "WHERE name = ?1",
    [FILE_PUT] =
        "INSERT OR REPLACE INTO file (name, size, modified, changed, inode, kind, "
        "session, offset, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [FILE_DROP] = "DELETE FROM file WHERE name = ?1",
    [FOLDER_GET] = "SELECT modified, changed, inode, dead FROM folder",
    [FOLDER_PUT] = "UPDATE folder SET modified = ?1, changed = ?2, inode = ?3",
    [COUNT_ODD] = "SELECT count(*), min(name) FROM file WHERE kind <> 0 AND kind >= 2",
    [SESSION_NEW] = "INSERT INTO session (name) VALUES (?1)",
    [SESSION_PUT] =
        "UPDATE session SET scenario = ?2, level = ?3, mode = ?4, candidate = ?5, start "
        "= ?6, "
        "used = ?7, ended = ?8, early = ?9, opened = ?10, phases = ?11, state = ?12, interviewer = ?13, "
        "openers = ?14 "
        "WHERE id = ?1",
    [SESSION_STATE] = "SELECT state, start FROM session WHERE id = ?1",
    [SESSION_DROP] = "DELETE FROM session WHERE id = ?1",
    [SCORES_DROP] = "DELETE FROM score WHERE session = ?1",
    [SCORE_PUT] =
        "INSERT INTO score (session, grader, event, total, unfinished, sealed, body) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (session, grader) DO UPDATE SET "
        "event = excluded.event, total = excluded.total, unfinished = excluded.unfinished, "
        "sealed = excluded.sealed, body = excluded.body WHERE excluded.sealed OR NOT sealed",
    [SCORE_BEST] =
        "UPDATE session SET (score, grader, unfinished) = (SELECT total, grader, "
        "unfinished FROM score WHERE session = ?1 ORDER BY sealed DESC, sealed AND "
        "grader = 'person:' || (SELECT interviewer FROM session WHERE id = ?1) DESC, "
        "grader = 'rubric' DESC, CASE WHEN sealed THEN -event ELSE event END DESC LIMIT 1) WHERE id = ?1",
    [SAID_LAST] = "SELECT max(id) FROM said WHERE id >= ?1 AND id < ?2",
    [SAID_PUT] = "INSERT INTO said (id, session, event, at, phase, who, offset) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SAID_WORDS] = "INSERT INTO words (rowid, text) VALUES (?1, ?2)",
    [SAID_DROP] =
        "UPDATE said SET session = 0 WHERE id >= ?1 AND id < ?2 AND session = ?3",
    [SAID_COUNT] = "SELECT count(*) FROM said",
    [DEAD_ADD] = "UPDATE folder SET dead = dead + changes()",
    [SAID_UNDO] =
        "UPDATE said SET retracted = ?4 WHERE id >= ?1 AND id < ?2 AND session = ?3 "
        "AND event = ?5",
    [SAID_REDO] =
        "UPDATE said SET retracted = NULL WHERE id >= ?1 AND id < ?2 AND session = ?3 "
        "AND retracted = ?4",
    [SAID_REPLACE] =
        "UPDATE said SET retracted = ?4 WHERE id >= ?1 AND id < ?2 AND session = ?3 "
        "AND phase = ?5 AND who = 0 AND retracted IS NULL AND event < ?4",
    [PAGE] = "SELECT " SESSION " FROM session t WHERE " FILTER
             " ORDER BY t.start DESC, t.id DESC LIMIT ?6",
    [PAGE_COUNT] = "SELECT count(*) FROM session t WHERE " FILTER,
    [LAST_SCORE] =
        "SELECT s.total, s.unfinished FROM session t JOIN score s ON s.session = t.id AND "
        "s.grader = 'rubric' WHERE t.scenario = ?1 AND s.total IS NOT NULL "
        "AND t.mode NOT IN ('interview', 'part') "
        "ORDER BY t.start DESC, t.id DESC LIMIT 1",
    [GRADERS] =
        "SELECT DISTINCT grader FROM score WHERE grader <> 'rubric' ORDER BY grader",
    [PAGE_FILES] = "SELECT size, modified, changed, inode FROM file WHERE name = ?1",
    [SEARCH] = "SELECT " SESSION ", s.event, s.at, s.phase, s.who, s.offset FROM words "
               "CROSS JOIN said s ON s.id = words.rowid CROSS JOIN session t ON t.id = "
               "s.session "
               "WHERE words MATCH ?6 AND words.rowid >= ?7 AND words.rowid < ?8 AND "
               "s.retracted IS NULL AND (?9 < 0 OR s.who = ?9 OR (?9 = 0 AND s.who = 1)) "
               "AND " FILTER " ORDER BY words.rowid DESC",
    [SCORES] =
        "SELECT " SESSION ", s.total, s.grader, s.unfinished, s.body, t.state "
        "FROM session t JOIN score s ON s.session = t.id AND s.grader = ?7 WHERE " FILTER
        " AND s.total IS NOT NULL AND " MISSING
        " = '' ORDER BY t.start DESC, t.id DESC LIMIT ?6",
    [SHOWN_PUT] = "INSERT INTO temp.shown (rowid, text) VALUES (1, ?1)",
    [SHOWN_GET] = "SELECT highlight(shown, 0, char(2), char(3)) FROM temp.shown "
                  "WHERE shown MATCH ?1",
    [SHOWN_DROP] = "DELETE FROM temp.shown",
};

#define TOKENS "tokenize = 'unicode61 remove_diacritics 2'"
static const char schema[] =
    "CREATE TABLE folder (path TEXT, modified INTEGER, changed INTEGER, inode INTEGER, "
    "  dead INTEGER);"
    "CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed "
    "INTEGER, "
    "  inode INTEGER, kind INTEGER, session INTEGER, offset INTEGER, hash INTEGER) "
    "WITHOUT ROWID;"
    "CREATE INDEX file_odd ON file (kind) WHERE kind <> 0;"
    "CREATE TABLE session (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, scenario "
    "TEXT, "
    "  level TEXT, mode TEXT, candidate TEXT, start INTEGER, used INTEGER, ended "
    "INTEGER, "
    "  early INTEGER, opened INTEGER, phases INTEGER, score REAL, grader TEXT, "
    "  unfinished INTEGER, state TEXT, interviewer TEXT, openers TEXT);"
    "CREATE INDEX session_page ON session (start, scenario, level, candidate);"
    "CREATE INDEX session_scenario ON session (scenario, start);"
    "CREATE TABLE score (session INTEGER, grader TEXT, event INTEGER, total REAL, "
    "  unfinished INTEGER, sealed INTEGER, body TEXT, UNIQUE (session, grader));"
    "CREATE TABLE said (id INTEGER PRIMARY KEY, session INTEGER, event INTEGER, at "
    "INTEGER, "
    "  phase TEXT, who INTEGER, offset INTEGER, retracted INTEGER);"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, " TOKENS
    ");";
static const char marks[] =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.shown USING fts5 (text, " TOKENS ");";

static void fail(struct library *l, int result)
{
    if (!l->failed && result != SQLITE_OK && result != SQLITE_ROW &&
        result != SQLITE_DONE)
        l->failed = result;
}

static sqlite3_stmt *of(struct rows *rows)
{
    return (sqlite3_stmt *)rows;
}

struct rows *library_statement(struct library *l, enum library_statement which)
{
    struct rows **rows = &l->statements[which];
    sqlite3_stmt *s = of(*rows);
    if (l->failed)
        return NULL;
    if (s) {
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        return *rows;
    }
    int result =
        sqlite3_prepare_v3(l->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
    fail(l,
         result); /* one that cannot be understood stands before somebody else's tables */
    *rows = (struct rows *)s;
    return l->failed ? NULL : *rows;
}

bool library_next(struct library *l, struct rows *rows)
{
    if (l->failed || !rows)
        return false;
    int result = sqlite3_step(of(rows));
    if (result == SQLITE_ROW)
        return true;
    fail(l, result);
    sqlite3_reset(of(rows));
    return false;
}

void library_run(struct library *l, struct rows *rows)
{
    while (library_next(l, rows))
        ;
}

void library_done(struct rows *rows)
{
    if (rows)
        sqlite3_reset(of(rows));
}

void library_bind_bytes(struct rows *rows, int at, const char *text, size_t length)
{
    if (rows)
        sqlite3_bind_text64(of(rows), at, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void library_bind_text(struct rows *rows, int at, const char *text)
{
    if (text)
        library_bind_bytes(rows, at, text, strlen(text));
}

void library_bind(struct rows *rows, int at, int64_t number)
{
    if (rows)
        sqlite3_bind_int64(of(rows), at, number);
}

void library_bind_real(struct rows *rows, int at, double number)
{
    if (rows) /* NAN is null to SQLite */
        sqlite3_bind_double(of(rows), at, number);
}

int64_t library_column(struct rows *rows, int at)
{
    return sqlite3_column_int64(of(rows), at);
}

double library_column_real(struct rows *rows, int at)
{
    if (sqlite3_column_type(of(rows), at) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(of(rows), at);
}

const char *library_column_text(struct rows *rows, int at)
{
    const char *text = (const char *)sqlite3_column_text(of(rows), at);
    return text ? text : "";
}

size_t library_column_length(struct rows *rows, int at)
{
    return (size_t)sqlite3_column_bytes(of(rows), at);
}

int64_t library_last_row(struct library *l)
{
    return sqlite3_last_insert_rowid(l->db);
}

int64_t library_slot(int64_t start)
{
    return (start / 1000) << LIBRARY_SLOT_BITS;
}

/* --- opening --- */

static bool is_damage(int result)
{
    result &= 0xff;
    return result == SQLITE_CORRUPT || result == SQLITE_NOTADB ||
           result == SQLITE_MISMATCH || result == SQLITE_ERROR || result == SQLITE_SCHEMA;
}

static bool is_busy(int result)
{
    result &= 0xff;
    return result == SQLITE_BUSY || result == SQLITE_LOCKED;
}

bool library_is_busy(const struct library *l)
{
    return is_busy(l->failed);
}

void library_set_note(struct library *l, const char *format, ...)
{
    va_list args;
    if (l->note[0])
        return;
    va_start(args, format);
    vsnprintf(l->note, sizeof(l->note), format, args);
    va_end(args);
}

static void close_index(struct library *l)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        sqlite3_finalize(of(l->statements[i]));
        l->statements[i] = NULL;
    }
    sqlite3_close(l->db);
    l->db = NULL;
}

static void execute(struct library *l, const char *text)
{
    if (!l->failed)
        fail(l, sqlite3_exec(l->db, text, NULL, NULL, NULL));
}

static int64_t pragma(struct library *l, const char *text)
{
    sqlite3_stmt *s = NULL;
    int64_t value = 0;
    if (!l->failed)
        fail(l, sqlite3_prepare_v2(l->db, text, -1, &s, NULL));
    if (library_next(l, (struct rows *)s))
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

/* Whether the index is of this folder: two paths may have one hash. */
static bool is_ours(struct library *l)
{
    sqlite3_stmt *s = NULL;
    char *real = realpath(l->folder, NULL);
    if (!l->failed)
        fail(l, sqlite3_prepare_v2(l->db, "SELECT path FROM folder", -1, &s, NULL));
    bool ours =
        library_next(l, (struct rows *)s) &&
        !strcmp(library_column_text((struct rows *)s, 0), real ? real : l->folder);
    free(real);
    sqlite3_finalize(s);
    return ours;
}

/* Tables for an empty index; any other must be of this version and folder, else it is
 * damaged. */
static void make_tables(struct library *l)
{
    char text[160];
    execute(l, "BEGIN IMMEDIATE");
    if (l->failed)
        return;
    if (pragma(l, "SELECT count(*) FROM sqlite_master") == 0) {
        sqlite3_stmt *s = NULL;
        snprintf(text, sizeof(text),
                 "PRAGMA user_version = %d; PRAGMA application_id = %d", LIBRARY_VERSION,
                 APPLICATION);
        execute(l, schema);
        execute(l, text);
        if (!l->failed)
            fail(l,
                 sqlite3_prepare_v2(l->db, "INSERT INTO folder VALUES (?1, 0, 0, 0, 0)",
                                    -1, &s, NULL));
        char *real = realpath(l->folder, NULL);
        library_bind_text((struct rows *)s, 1, real ? real : l->folder);
        library_run(l, (struct rows *)s);
        sqlite3_finalize(s);
        free(real);
    }
    if (pragma(l, "PRAGMA user_version") != LIBRARY_VERSION ||
        pragma(l, "PRAGMA application_id") != APPLICATION || !is_ours(l))
        fail(l, SQLITE_CORRUPT);
    sqlite3_exec(l->db, l->failed ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL);
}

static bool has_tables(struct library *l)
{
    return pragma(l, "PRAGMA user_version") == LIBRARY_VERSION &&
           pragma(l, "PRAGMA application_id") == APPLICATION && is_ours(l);
}

/* The file is made by us, for its mode: SQLite's own files beside it get the same. */
static void make_file(struct library *l)
{
    struct stat st;
    int descriptor = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0 || fstat(descriptor, &st) < 0)
        fail(l, SQLITE_CANTOPEN);
    else
        l->inode = (uint64_t)st.st_ino;
    if (descriptor >= 0)
        close(descriptor);
}

/* Turning to write-ahead does not wait for another process that does the same. */
static void use_write_ahead(struct library *l)
{
    for (int i = 0; i < 20; i++) {
        int result = sqlite3_exec(l->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if (!is_busy(result)) {
            fail(l, result);
            break;
        }
        sqlite3_sleep(50);
    }
    execute(l, "PRAGMA synchronous = NORMAL");
}

static void open_index(struct library *l)
{
    l->failed = 0;
    if (l->path)
        make_file(l);
    if (!l->failed)
        fail(l, sqlite3_open_v2(l->path ? l->path : ":memory:", &l->db,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                                    SQLITE_OPEN_NOMUTEX,
                                NULL));
    if (l->failed)
        return;
    sqlite3_busy_timeout(l->db, BUSY_MS);
    execute(l, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000");
    if (l->path)
        use_write_ahead(l);
    if (l->failed || (l->path && has_tables(l)))
        return;
    l->failed = l->failed && !is_damage(l->failed) ? l->failed : 0;
    make_tables(l);
}

void library_prepare_marks(struct library *l)
{
    execute(l, marks);
}

/* Takes a damaged index away, unless another process has done so already. */
static void remove_index(struct library *l)
{
    static const char *const parts[] = { "", "-wal", "-shm", NULL };
    struct buffer name = BUFFER_INIT;
    struct stat st;
    buffer_printf(&name, "%s.lock", l->path);
    int lock = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0)
        flock(lock, LOCK_EX);
    bool same = stat(l->path, &st) == 0 && (uint64_t)st.st_ino == l->inode;
    for (size_t i = 0; same && parts[i]; i++) {
        buffer_clear(&name);
        buffer_printf(&name, "%s%s", l->path, parts[i]);
        unlink(name.data);
    }
    if (lock >= 0)
        close(lock);
    buffer_release(&name);
}

static void go_to_memory(struct library *l)
{
    if (l->path)
        library_set_note(l, "the index cannot be kept in '%s': it is made anew each time",
                         l->cache);
    free(l->path);
    l->path = NULL;
    close_index(l);
    open_index(l);
}

void library_recover(struct library *l)
{
    bool damaged = is_damage(l->failed);
    if (l->path && damaged && !l->replaced) {
        l->replaced = true;
        close_index(l);
        remove_index(l);
        open_index(l);
        if (!l->failed)
            return;
    }
    if (is_busy(l->failed))
        library_set_note(
            l, "%s", "the index is locked by another program: it is made anew in memory");
    go_to_memory(l);
}

void library_renew(struct library *l)
{
    close_index(l);
    if (l->path)
        remove_index(l);
    open_index(l);
    if (l->failed)
        library_recover(l);
}

/* NULL for a folder that is not there: nothing is worth keeping. */
static char *index_path(const char *folder, const char *cache)
{
    char *real = realpath(folder, NULL), text[HASH_TEXT_SIZE];
    if (!real)
        return NULL;
    hash_text(hash_bytes(HASH_START, real, strlen(real)), text);
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "library-%s.sqlite", text);
    char *joined = path_join(cache, name.data);
    buffer_release(&name);
    free(real);
    return joined;
}

struct library *library_open(const char *folder, const char *cache)
{
    struct library *l = xcalloc(1, sizeof(*l));
    *l = (struct library) { .folder = folder, .cache = cache, .descriptor = -1 };
    if (!cache)
        library_set_note(l, "%s",
                         "there is no cache folder: the index is made anew each time");
    else if (file_make_folders(cache, NULL) == 0)
        l->path = index_path(folder, cache);
    else
        library_set_note(l, "the index cannot be kept in '%s': it is made anew each time",
                         cache);
    open_index(l);
    if (l->failed)
        library_recover(l);
    return l;
}

void library_close(struct library *l)
{
    if (!l)
        return;
    close_index(l);
    if (l->descriptor >= 0)
        close(l->descriptor);
    free(l->path);
    free(l);
}

const char *library_note(const struct library *l)
{
    return l->note[0] ? l->note : NULL;
}

const char *library_version(void)
{
    return sqlite3_libversion();
}
