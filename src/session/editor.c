#define _POSIX_C_SOURCE 200809L
#include "session/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

extern char **environ;

static const char *editor_name(void)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    if (visual && *visual)
        return visual;
    return editor && *editor ? editor : "vi";
}

/* A file of ours alone, holding the text; its name replaces the pattern in `path`. */
static int write_copy(const struct buffer *text, char *path, struct error *e)
{
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return error_set_errno(e, ERROR_STORAGE, errno, "cannot make a file for the editor");
    close(descriptor);
    struct buffer copy = BUFFER_INIT;
    buffer_printf(&copy, "%s%s", text->data, text->length ? "\n" : "");
    int result = file_write(path, copy.data, copy.length, 0600, e);
    buffer_release(&copy);
    return result;
}

/* Signals as a program expects them at its start, whatever this one does with them. */
static void usual_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTSTP);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* The shell takes the editor's own options apart: EDITOR="code --wait". */
static int run(const char *path, bool terminal, struct error *e)
{
    struct buffer command = BUFFER_INIT;
    buffer_printf(&command, "%s \"$1\"", editor_name());
    char shell[] = "sh", option[] = "-c";
    char *arguments[] = { shell, option, command.data, shell, (char *)path, NULL };
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    usual_signals(&attributes);
    if (!terminal)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child;
    int status = 0;
    int problem = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environ);
    if (problem)
        error_set_errno(e, ERROR_STORAGE, problem, "cannot start '%s'", editor_name());
    else
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
    if (!problem && status != 0)
        error_set(e, ERROR_ANSWER_IS_NO,
                  "'%s' failed, so nothing was changed; set EDITOR to another", editor_name());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    buffer_release(&command);
    return problem || status != 0 ? -1 : 0;
}

static int read_back(struct buffer *text, const char *path, struct error *e)
{
    struct buffer changed = BUFFER_INIT;
    int result = file_read(path, EDITOR_TEXT_MAX, &changed, e);
    if (result == 0) {
        while (changed.length && strchr("\n\r ", changed.data[changed.length - 1]))
            buffer_truncate(&changed, changed.length - 1);
        buffer_clear(text);
        buffer_add(text, changed.data, changed.length);
    }
    buffer_release(&changed);
    return result;
}

int editor_change(struct buffer *text, bool terminal, struct error *e)
{
    const char *folder = getenv("TMPDIR");
    char *path = path_join(folder && *folder ? folder : "/tmp", "viva-answer-XXXXXX");
    int result = write_copy(text, path, e);
    if (result == 0)
        result = run(path, terminal, e);
    bool edited = result == 0;
    if (edited)
        result = read_back(text, path, e);
    if (!edited || result == 0)
        unlink(path); /* what could not be taken back stays there: the error names it */
    free(path);
    return result;
}
