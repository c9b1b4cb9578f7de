#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/time.h"
#include "transcript/library_internal.h"

enum { BATCH_MS = 200, DEAD_MOST = 20000 };

static int64_t now_ms(void)
{
    return time_system.now(time_system.state);
}

/* --- many files --- */

static bool begin(struct library *l)
{
    library_run(l, library_statement(l, BEGIN));
    return !l->failed;
}

static void end(struct library *l)
{
    int failed = l->failed;
    if (!failed)
        library_run(l, library_statement(l, COMMIT));
    if (!l->failed)
        return;
    failed = l->failed;
    l->failed = 0;
    library_run(l, library_statement(l, ROLLBACK));
    l->failed = failed;
}

/* In short transactions, so that another process gets its turn and little is lost with
 * this one. */
static void take_changes(struct library *l, const struct folder_changes *changes)
{
    size_t total = changes->touched.count, done = 0;
    if (changes->gone.count && begin(l)) {
        for (size_t i = 0; i < changes->gone.count; i++)
            library_drop_file(l, changes->gone.items[i]);
        end(l);
    }
    while (done < total && begin(l)) {
        int64_t until = time_system.ticks(time_system.state) + BATCH_MS;
        do {
            library_take_file(l, changes->touched.items[done++]);
            if (l->progress)
                l->progress(l->state, done, total);
        } while (done < total && !l->failed &&
                 time_system.ticks(time_system.state) < until);
        end(l);
    }
}

static void get_files(struct library *l, enum library_statement which,
                      struct arena *arena, struct folder_file **files, size_t *count)
{
    ARRAY(struct folder_file) found = { 0 };
    struct rows *rows = library_statement(l, which);
    while (library_next(l, rows))
        *array_add(&found) = (struct folder_file) {
            arena_strdup(arena, library_column_text(rows, 0)),
            { library_column(rows, 1), library_column(rows, 2), library_column(rows, 3),
              library_column(rows, 4) },
        };
    *files = found.items;
    *count = found.count;
}

/* --- the folder --- */

struct look {
    int descriptor;
    int64_t now;
};

static bool look_at(void *state, const char *name, struct stamp *stamp)
{
    const struct look *look = state;
    struct stat st;
    if (fstatat(look->descriptor, name, &st, 0) < 0)
        return false;
    *stamp = stamp_of(&st, look->now);
    return true;
}

/* Opens the folder; one that is not there is as good as empty. */
static int open_folder(struct library *l, struct stamp *stamp, struct error *e)
{
    struct stat st = { .st_size = 0 };
    if (l->descriptor >= 0)
        close(l->descriptor);
    l->descriptor = open(l->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (l->descriptor < 0 && errno != ENOENT) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot read folder '%s'", l->folder);
        return -1;
    }
    if (l->descriptor >= 0)
        fstat(l->descriptor, &st);
    *stamp = stamp_of(&st, now_ms());
    stamp->size = 0; /* of a folder it says nothing */
    return 0;
}

static struct stamp folder_before(struct library *l, int64_t *dead)
{
    struct stamp stamp = { .changed = -1 };
    struct rows *rows = library_statement(l, FOLDER_GET);
    if (library_next(l, rows)) {
        stamp = (struct stamp) { 0, library_column(rows, 0), library_column(rows, 1),
                                 library_column(rows, 2) };
        *dead = library_column(rows, 3);
    }
    library_done(rows);
    return stamp;
}

static void put_folder(struct library *l, const struct stamp *stamp)
{
    struct rows *rows = library_statement(l, FOLDER_PUT);
    library_bind(rows, 1, stamp->modified);
    library_bind(rows, 2, stamp->changed);
    library_bind(rows, 3, stamp->inode);
    library_run(l, rows);
}

/* What was thrown out outweighs what is there: time for a new index. */
static bool is_worn(struct library *l, int64_t dead)
{
    if (dead < DEAD_MOST)
        return false;
    struct rows *rows = library_statement(l, SAID_COUNT);
    int64_t all = library_next(l, rows) ? library_column(rows, 0) : 0;
    library_done(rows);
    return dead > all / 2;
}

static void same_names(const struct folder_file *files, size_t count,
                       struct folder_names *out)
{
    out->items = xcalloc(count ? count : 1, sizeof(*out->items));
    out->count = count;
    for (size_t i = 0; i < count; i++)
        out->items[i] = xstrdup(files[i].name);
}

static void release_names(struct folder_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static void compare_and_take(struct library *l, enum library_depth depth, bool same,
                             struct arena *arena)
{
    struct folder_file *files;
    struct folder_names names = { NULL, 0 };
    struct folder_changes changes;
    struct look look = { l->descriptor, now_ms() };
    size_t count;
    get_files(l, FILES, arena, &files, &count);
    if (same)
        same_names(files, count, &names);
    else if (l->descriptor >= 0)
        names.count = folder_list(l->folder, ".jsonl", &names.items);
    bool all = depth == LIBRARY_ALL || names.count <= LIBRARY_SMALL;
    folder_compare(files, count, &names, all ? look_at : NULL, &look, &changes);
    if (!l->failed)
        take_changes(l, &changes);
    array_release(&changes.touched);
    array_release(&changes.gone);
    release_names(&names);
    free(files);
}

static bool is_large(struct library *l)
{
    struct rows *rows = library_statement(l, FILES_COUNT);
    library_bind(rows, 1, LIBRARY_SMALL + 1);
    bool large = library_next(l, rows) && library_column(rows, 0) > LIBRARY_SMALL;
    library_done(rows);
    return large;
}

/* The files that were no sessions may have become some. */
static void look_at_odd(struct library *l, struct arena *arena)
{
    struct folder_file *files;
    size_t count;
    get_files(l, FILES_ODD, arena, &files, &count);
    library_look_again(l, files, count);
    free(files);
}

static int update_once(struct library *l, enum library_depth depth, struct error *e)
{
    struct arena arena = ARENA_INIT;
    struct stamp now;
    int64_t dead = 0;
    if (open_folder(l, &now, e) < 0)
        return -1;
    struct stamp before = folder_before(l, &dead);
    if (is_worn(l, dead)) {
        library_renew(l);
        before = folder_before(l, &dead);
    }
    bool same = stamp_equal(&now, &before) && l->descriptor >= 0;
    if (!same || depth == LIBRARY_ALL || !is_large(l)) {
        compare_and_take(l, depth, same, &arena);
        if (!same && !l->failed && begin(l)) {
            put_folder(l, &now);
            end(l);
        }
    }
    look_at_odd(l, &arena);
    arena_release(&arena);
    return 0;
}

/* Locked by another process: what stands in the index is used. Whether it was so. */
static bool pass_over_lock(struct library *l)
{
    if (!library_is_busy(l))
        return false;
    l->failed = 0;
    l->busy = true;
    library_set_note(
        l, "another viva is reading the transcripts: what follows may lack the newest");
    return true;
}

bool library_look_again(struct library *l, const struct folder_file *files, size_t count)
{
    struct folder_changes changes = { 0 };
    struct look look = { l->descriptor, now_ms() };
    for (size_t i = 0; i < count; i++) {
        struct stamp stamp;
        if (!look_at(&look, files[i].name, &stamp) ||
            !stamp_equal(&stamp, &files[i].stamp))
            *array_add(&changes.touched) = files[i].name;
    }
    bool any = changes.touched.count > 0 && !l->busy;
    if (any && !l->failed)
        take_changes(l, &changes);
    pass_over_lock(l);
    array_release(&changes.touched);
    return any;
}

static void note_odd(struct library *l)
{
    struct rows *rows = library_statement(l, COUNT_ODD);
    int64_t count = library_next(l, rows) ? library_column(rows, 0) : 0;
    if (count == 1)
        library_set_note(l,
                         "'%s' is no transcript that can be read; 'viva review' says why",
                         library_column_text(rows, 1));
    else if (count)
        library_set_note(
            l, "%lld files are no transcripts that can be read, '%s' among them",
            (long long)count, library_column_text(rows, 1));
    library_done(rows);
}

int library_update(struct library *l, enum library_depth depth,
                   library_progress *progress, void *state, struct error *e)
{
    l->progress = progress;
    l->state = state;
    for (int attempt = 0; attempt < 3; attempt++) {
        if (update_once(l, depth, e) < 0)
            return -1;
        if (pass_over_lock(l))
            return 0;
        if (!l->failed) {
            note_odd(l);
            return 0;
        }
        library_recover(l);
        depth = LIBRARY_ALL;
    }
    return error_set(e, ERROR_STORAGE, "the index of '%s' cannot be made", l->folder);
}
