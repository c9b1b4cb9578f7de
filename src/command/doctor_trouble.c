#define _POSIX_C_SOURCE 200809L
#include "command/doctor_trouble.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

enum {
    MARK = 4,
    TOLD_MOST = 12,      /* what comes then comes of the same cause, mostly */
    DISK_LEAST_KB = 1024 /* a long session takes a tenth of that */
};

struct trouble {
    struct command_context *ctx;
    struct buffer out;
    size_t count;
};

static void add(struct trouble *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct trouble *t, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    if (++t->count <= TOLD_MOST) {
        buffer_add_string(&t->out, "  - ");
        screen_wrap(&t->out, text.data, text.length, t->ctx->screen.width, MARK, -MARK);
        buffer_add_char(&t->out, '\n');
    }
    buffer_release(&text);
}

/* "path:line:column: message", or the message alone. */
static void add_place(struct buffer *out, const struct error *e)
{
    if (e->line)
        buffer_printf(out, "%s:%d:%d: ", e->source, e->line, e->column);
    else if (e->source[0])
        buffer_printf(out, "%s: ", e->source);
    buffer_add_string(out, e->message);
}

/* --- content --- */

/* What every scenario needs; without it each of them would say the same. */
static bool look_at_shared(struct trouble *t, struct catalogue *catalogue)
{
    struct error_list errors = ERROR_LIST_INIT;
    bool good = catalogue_lexicon(catalogue, NULL, &errors) != NULL;
    good = catalogue_weights(catalogue, &errors) && good;
    for (size_t i = 0; i < errors.count; i++) {
        struct buffer text = BUFFER_INIT;
        add_place(&text, &errors.items[i]);
        int length = (int)strcspn(text.data, ";"); /* without "'viva doctor' shows ..." */
        add(t, "%.*s. No session is possible: install viva again, with its content.",
            errors.items[i].line ? (int)text.length : length, text.data);
        buffer_release(&text);
    }
    error_list_release(&errors);
    return good;
}

/* A mistake in a sample, say, stands in nobody's way: that is for 'viva check' to tell. */
static bool can_be_graded(struct trouble *t, const char *id)
{
    struct catalogue *catalogue = catalogue_new(command_text(t->ctx, "content"));
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *scenario;
    struct rubric *rubric;
    catalogue_only_grades(catalogue);
    bool good = catalogue_scenario(catalogue, id, &scenario, &errors) == 0 &&
                catalogue_rubric(catalogue, id, &rubric, &errors) == 0;
    error_list_release(&errors);
    catalogue_free(catalogue);
    return good;
}

static void look_at_scenario(struct trouble *t, struct catalogue *catalogue,
                             const char *id)
{
    struct scenario *scenario;
    struct rubric *rubric;
    struct error_list errors = ERROR_LIST_INIT;
    struct buffer text = BUFFER_INIT;
    const char *hidden, *root = catalogue_root_of(catalogue, id, &hidden);
    if (catalogue_scenario(catalogue, id, &scenario, &errors) == 0)
        (void)catalogue_rubric(catalogue, id, &rubric, &errors);
    if (errors.count && !can_be_graded(t, id)) {
        add_place(&text, &errors.items[0]);
        size_t more = error_list_total(&errors) - 1;
        if (more)
            buffer_printf(&text, "; and %zu more", more);
        add(t,
            "the scenario '%s' in %s cannot be used, the others can: %s. 'viva check' shows all "
            "of it; mend it or take it away%s.",
            id, root, text.data, hidden ? ", then that which it hides is used" : "");
    }
    buffer_release(&text);
    error_list_release(&errors);
}

static void look_at_orphans(struct trouble *t, struct catalogue *catalogue)
{
    char **ids;
    size_t count = catalogue_orphans(catalogue, &ids);
    for (size_t i = 0; i < count; i++) {
        add(t,
            "the rubric '%s' has no scenario: put scenarios/%s.json beside it, or take it away.",
            ids[i], ids[i]);
        free(ids[i]);
    }
    free(ids);
}

/* An unreadable folder looks like an empty one everywhere else. */
static void look_at_roots(struct trouble *t, struct catalogue *catalogue)
{
    static const char *const below[] = { "", "scenarios", "rubrics" };
    const char *const *roots = catalogue_roots(catalogue);
    for (size_t i = 0; roots[i]; i++)
        for (size_t k = 0; k < sizeof(below) / sizeof(*below); k++) {
            char *path = path_join(roots[i], below[k]);
            if (file_is_folder(path) && access(path, R_OK | X_OK) < 0)
                add(t,
                    "the folder '%s' cannot be read: its owner can allow it with chmod a+rX.",
                    path);
            free(path);
        }
}

static void look_at_content(struct trouble *t)
{
    struct catalogue *catalogue = command_catalogue(t->ctx);
    struct error e;
    char **ids;
    error_init(&e);
    if (catalogue_check(catalogue, &e) < 0) {
        add(t, "%s. Put content there, name another folder, or name none.", e.message);
        return;
    }
    look_at_roots(t, catalogue);
    size_t count = catalogue_scenarios(catalogue, &ids);
    if (!count)
        add(t,
            "there are no scenarios in the folders above: install viva with its content, or "
            "name a folder that has some with --content DIR.");
    bool good = count && look_at_shared(t, catalogue);
    for (size_t i = 0; i < count; i++) {
        if (good)
            look_at_scenario(t, catalogue, ids[i]);
        free(ids[i]);
    }
    free(ids);
    if (count) /* else every rubric would be one */
        look_at_orphans(t, catalogue);
}

/* --- folders --- */

/* The folder itself, or the nearest one above it that is there. */
static char *nearest_there(const char *folder)
{
    char *path = xstrdup(folder);
    for (char *slash; !file_exists(path) && (slash = strrchr(path, '/')) && slash > path;)
        *slash = '\0';
    if (file_exists(path))
        return path;
    bool root = *path == '/';
    free(path);
    return xstrdup(root ? "/" : ".");
}

/* Whether files can be made there, else `remedy` is said. */
static bool look_at_folder(struct trouble *t, const char *what, const char *folder,
                           const char *remedy)
{
    char *there = nearest_there(folder);
    bool good = false;
    if (!file_is_folder(there))
        add(t, "%s: '%s' is no folder: move it away, or %s.", what, there, remedy);
    else if (access(there, W_OK | X_OK) < 0)
        add(t,
            "%s cannot be kept in '%s': '%s' cannot be written (%s). Make it writable, or %s.",
            what, folder, there,
            errno == EROFS ? "a file system that is read only" : "permissions", remedy);
    else
        good = true;
    free(there);
    return good;
}

static void look_at_disk(struct trouble *t, const char *folder)
{
    struct statvfs st;
    char *there = nearest_there(folder);
    if (statvfs(there, &st) == 0 && st.f_blocks &&
        (double)st.f_bavail * (double)st.f_frsize < DISK_LEAST_KB * 1024.0)
        add(t,
            "the disk with '%s' is full, or nearly so: make room there, or --transcripts DIR "
            "keeps sessions elsewhere.",
            there);
    free(there);
}

static void look_at_files(struct trouble *t)
{
    struct error e;
    error_init(&e);
    const char *transcripts = command_transcripts(t->ctx, &e);
    if (!transcripts)
        add(t, "%s; sessions cannot be saved, so none is begun.", e.message);
    else if (look_at_folder(t, "transcripts", transcripts,
                            "name another with --transcripts DIR"))
        look_at_disk(t, transcripts);
    char *state = path_state_home(), *cache = path_cache_home();
    if (state)
        look_at_folder(t, "the history of commands", state,
                       "set XDG_STATE_HOME; sessions go on without it");
    if (cache)
        look_at_folder(t, "the index", cache,
                       "set XDG_CACHE_HOME; until then it is made anew each time");
    free(state);
    free(cache);
}

bool doctor_trouble(struct command_context *ctx)
{
    struct trouble t = { ctx, BUFFER_INIT, 0 };
    look_at_files(&t);
    look_at_content(&t);
    fputs("to mend\n", ctx->out);
    if (!t.count)
        buffer_add_string(&t.out, "  nothing: a session can begin\n");
    if (t.count > TOLD_MOST)
        buffer_printf(&t.out, "  - and %zu more\n", t.count - TOLD_MOST);
    screen_write(ctx->out, &t.out);
    buffer_release(&t.out);
    return t.count > 0;
}
