#define _XOPEN_SOURCE 700
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

int file_read_descriptor(int descriptor, const char *name, size_t cap, struct buffer *out,
                         struct error *e)
{
    char chunk[16384];
    for (;;) {
        ssize_t got = read(descriptor, chunk, sizeof(chunk));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(e, ERROR_STORAGE, errno, "cannot read '%s'", name);
        if (got == 0)
            return 0;
        if (out->length + (size_t)got > cap)
            return error_set(e, ERROR_INPUT, "'%s' is larger than %zu bytes", name, cap);
        buffer_add(out, chunk, (size_t)got);
    }
}

int file_read(const char *path, size_t cap, struct buffer *out, struct error *e)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return error_set_errno(e, ERROR_INPUT, errno, "cannot open '%s'", path);
    struct stat st;
    int result = -1;
    if (fstat(descriptor, &st) == 0 && S_ISDIR(st.st_mode))
        error_set(e, ERROR_INPUT, "'%s' is a folder, not a file", path);
    else
        result = file_read_descriptor(descriptor, path, cap, out, e);
    close(descriptor);
    return result;
}

static int write_all(int descriptor, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t done = write(descriptor, data, length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -1;
        data += done;
        length -= (size_t)done;
    }
    return 0;
}

int file_write(const char *path, const char *data, size_t length, unsigned mode, struct error *e)
{
    struct buffer temporary = BUFFER_INIT;
    buffer_printf(&temporary, "%s.%ld.tmp", path, (long)getpid());
    int result = -1;
    int descriptor = open(temporary.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot write '%s'", path);
        goto done;
    }
    int failed = write_all(descriptor, data, length) < 0 || fsync(descriptor) < 0;
    failed = close(descriptor) < 0 || failed;
    if (failed || rename(temporary.data, path) < 0) {
        error_set_errno(e, ERROR_STORAGE, errno, "cannot write '%s'", path);
        unlink(temporary.data);
        goto done;
    }
    result = 0;
done:
    buffer_release(&temporary);
    return result;
}

int file_write_new(const char *path, const char *data, size_t length, unsigned mode,
                   struct error *e)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (descriptor < 0)
        return error_set_errno(e, ERROR_STORAGE, errno, "cannot make '%s'", path);
    int failed = write_all(descriptor, data, length) < 0;
    failed = close(descriptor) < 0 || failed;
    if (!failed)
        return 0;
    error_set_errno(e, ERROR_STORAGE, errno, "cannot write '%s'", path);
    unlink(path);
    return -1;
}

bool file_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

int file_make_folders(const char *path, struct error *e)
{
    char *copy = xstrdup(path);
    int result = 0;
    for (char *p = copy + 1; result == 0; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0700) < 0 && errno != EEXIST)
            result = error_set_errno(e, ERROR_STORAGE, errno, "cannot make folder '%s'", copy);
        *p = kept;
        if (!kept)
            break;
    }
    if (result == 0 && !file_is_folder(path))
        result = error_set(e, ERROR_STORAGE, "'%s' is not a folder", path);
    free(copy);
    return result;
}

char *path_join(const char *a, const char *b)
{
    struct buffer path = BUFFER_INIT;
    size_t length = strlen(a);
    buffer_printf(&path, "%s%s%s", a, length && a[length - 1] == '/' ? "" : "/", b);
    return buffer_detach(&path);
}

/* The specification says that a relative path in these variables is to be ignored. */
static char *xdg_home(const char *variable, const char *below_home)
{
    const char *base = getenv(variable);
    if (base && base[0] == '/')
        return path_join(base, "viva");
    const char *home = getenv("HOME");
    if (!home || home[0] != '/')
        return NULL;
    struct buffer path = BUFFER_INIT;
    buffer_printf(&path, "%s/%s/viva", home, below_home);
    return buffer_detach(&path);
}

char *path_data_home(void)
{
    return xdg_home("XDG_DATA_HOME", ".local/share");
}

char *path_config_home(void)
{
    return xdg_home("XDG_CONFIG_HOME", ".config");
}

char *path_cache_home(void)
{
    return xdg_home("XDG_CACHE_HOME", ".cache");
}

char *path_state_home(void)
{
    return xdg_home("XDG_STATE_HOME", ".local/state");
}

char *path_in_prefix(const char *below)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (length <= 0)
        return NULL;
    program[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return NULL;
        *slash = '\0';
    }
    char *path = path_join(program, below);
    if (file_is_folder(path))
        return path;
    free(path);
    return NULL;
}

char *path_real(const char *path)
{
    return realpath(path, NULL);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

size_t folder_list(const char *path, const char *suffix, char ***names)
{
    ARRAY(char *) found = { 0 };
    size_t tail = strlen(suffix);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || length <= tail ||
            strcmp(entry->d_name + length - tail, suffix) != 0)
            continue;
        *array_add(&found) = xstrdup(entry->d_name);
    }
    if (folder)
        closedir(folder);
    if (found.count)
        qsort(found.items, found.count, sizeof(*found.items), by_name);
    *names = found.items;
    return found.count;
}
