#define _POSIX_C_SOURCE 200809L
#include "transcript/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/time.h"

struct log {
    int descriptor;
    char *path;
    struct buffer waiting; /* whole lines */
    size_t lines;          /* in `waiting` */
    off_t good;            /* the file's size after the last line that is safe */
    bool dirty;            /* bytes beyond `good` could not be cut off yet */
    size_t number;         /* of the last event */
};

static struct flock whole_file(void)
{
    return (struct flock) { .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

static pid_t holder_of(int descriptor)
{
    struct flock lock = whole_file();
    if (fcntl(descriptor, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK)
        return 0;
    return lock.l_pid;
}

pid_t log_holder(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    pid_t pid = holder_of(descriptor);
    close(descriptor);
    return pid;
}

static int take_lock(int descriptor, const char *path, struct error *e)
{
    struct flock lock = whole_file();
    if (fcntl(descriptor, F_SETLK, &lock) == 0)
        return 0;
    if (errno != EACCES && errno != EAGAIN)
        return error_set_errno(e, ERROR_STORAGE, errno, "cannot lock '%s'", path);
    return error_set(e, ERROR_STORAGE, "'%s' is open in another viva (process %ld)", path,
                     (long)holder_of(descriptor));
}

/* Takes path and descriptor. */
static struct log *log_new(char *path_take, int descriptor, struct error *e)
{
    struct stat st;
    if (take_lock(descriptor, path_take, e) < 0)
        goto failed;
    if (fstat(descriptor, &st) < 0) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot read '%s'", path_take);
        goto failed;
    }
    struct log *log = xcalloc(1, sizeof(*log));
    *log = (struct log) {
        .descriptor = descriptor, .path = path_take, .waiting = BUFFER_INIT, .good = st.st_size
    };
    return log;
failed:
    close(descriptor);
    free(path_take);
    return NULL;
}

/* The name of a new file is safe only when its folder is. */
static int sync_folder(const char *folder, struct error *e)
{
    int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return error_set_errno(e, ERROR_STORAGE, errno, "cannot open folder '%s'", folder);
    int result = fsync(descriptor);
    if (result < 0 && errno != EINVAL && errno != EROFS)
        error_set_errno(e, ERROR_STORAGE, errno, "cannot write folder '%s'", folder);
    else
        result = 0;
    close(descriptor);
    return result;
}

struct log *log_create(const char *folder, const char *scenario, const char *id, int64_t time,
                       struct error *e)
{
    if (file_make_folders(folder, e) < 0)
        return NULL;
    char stamp[TIME_TEXT_SIZE];
    time_format_basic(time, stamp);
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%s-%s-%.8s.jsonl", stamp, scenario, id);
    char *path = path_join(folder, name.data);
    buffer_release(&name);
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot make '%s'", path);
        free(path);
        return NULL;
    }
    struct log *log = log_new(path, descriptor, e);
    if (log && sync_folder(folder, e) < 0) {
        log_close(log);
        return NULL;
    }
    return log;
}

/* A newline behind a torn last line; it waits like any line if it cannot be written now. */
static int end_torn_line(struct log *log, struct error *e)
{
    char last = '\n';
    if (log->good > 0 && pread(log->descriptor, &last, 1, log->good - 1) < 0)
        return error_set_errno(e, ERROR_STORAGE, errno, "cannot read '%s'", log->path);
    if (last != '\n')
        buffer_add_char(&log->waiting, '\n');
    return 0;
}

struct log *log_open(const char *path, struct error *e)
{
    int descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC);
    if (descriptor < 0) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot write '%s'", path);
        return NULL;
    }
    struct log *log = log_new(xstrdup(path), descriptor, e);
    if (log && end_torn_line(log, e) < 0) {
        log_close(log);
        return NULL;
    }
    return log;
}

int log_read(struct log *log, struct transcript *out, struct error *e)
{
    if (transcript_read_descriptor(out, log->descriptor, log->path, e) < 0)
        return -1;
    if (out->newer)
        return error_set(
            e, ERROR_INPUT,
            "'%s' was written by a newer viva, which this one adds nothing to: update "
            "viva; 'viva review' shows what this one knows of it",
            log->path);
    if (out->count && out->events[out->count - 1].number > log->number)
        log->number = out->events[out->count - 1].number;
    return 0;
}

/* Cuts off what an earlier failure left beyond the last safe line. */
static int cut_rest(struct log *log)
{
    if (log->dirty && ftruncate(log->descriptor, log->good) < 0)
        return -1;
    log->dirty = false;
    return 0;
}

/* Where the next line begins: also right when somebody has edited the file meanwhile. */
static int find_end(struct log *log)
{
    struct stat st;
    if (fstat(log->descriptor, &st) < 0)
        return -1;
    log->good = st.st_size;
    if (st.st_nlink > 0)
        return 0;
    errno = ENOENT; /* removed or replaced: bytes written here would be gone */
    return -1;
}

static int write_waiting(struct log *log)
{
    for (size_t done = 0; done < log->waiting.length;) {
        ssize_t size = write(log->descriptor, log->waiting.data + done, log->waiting.length - done);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return -1;
        done += (size_t)size;
    }
    return fsync(log->descriptor);
}

int log_flush(struct log *log, struct error *e)
{
    if (!log->waiting.length)
        return 0;
    if (cut_rest(log) == 0 && find_end(log) == 0 && write_waiting(log) == 0) {
        buffer_clear(&log->waiting);
        log->lines = 0;
        return 0;
    }
    int reason = errno;
    struct stat st;
    log->dirty = fstat(log->descriptor, &st) < 0 || st.st_size > log->good;
    cut_rest(log);
    return error_set_errno(e, ERROR_STORAGE, reason, "cannot write the transcript");
}

int log_append(struct log *log, struct event *event, struct error *e)
{
    event->number = ++log->number;
    event_write(event, &log->waiting);
    log->lines++;
    return log_flush(log, e);
}

size_t log_waiting(const struct log *log)
{
    return log->lines;
}

const char *log_waiting_text(const struct log *log)
{
    return log->waiting.data;
}

const char *log_path(const struct log *log)
{
    return log->path;
}

void log_close(struct log *log)
{
    if (!log)
        return;
    close(log->descriptor);
    buffer_release(&log->waiting);
    free(log->path);
    free(log);
}

int log_append_to(const char *path, struct event *event, struct error *e)
{
    struct transcript t = { .problems = ERROR_LIST_INIT };
    struct log *log = log_open(path, e);
    int result = log && log_read(log, &t, e) == 0 ? log_append(log, event, e) : -1;
    transcript_release(&t);
    log_close(log);
    return result;
}
