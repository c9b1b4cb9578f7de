#define _POSIX_C_SOURCE 200809L
#include "transcript/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

typedef ARRAY(struct event) event_array;

static void add_problem(struct transcript *t, struct error *problem, int line)
{
    problem->line = line;
    if (!problem->column)
        problem->column = 1;
    error_set_source(problem, t->source);
    error_list_add(&t->problems, problem);
}

static void add_event(event_array *events, struct event *e)
{
    size_t last = events->count ? events->items[events->count - 1].number : 0;
    if (e->number <= last)
        e->number = last + 1;
    *array_add(events) = *e;
}

static bool is_blank(const char *line, size_t length)
{
    return strspn(line, " \t\r") >= length;
}

/* A newer viva wrote it: what this one knows of it counts, the rest is kept, and nothing is added. */
static void look_at_format(struct transcript *t, const struct event *start,
                           const char *line, size_t length, int number)
{
    struct json_document doc;
    struct error problem;
    error_init(&problem);
    if (!json_format_is_newer(start->object) ||
        json_load_document(&doc, t->source, line, length, NULL) < 0)
        return;
    const json_t *format = json_object_get(doc.root, "format");
    t->newer = true;
    error_set(
        &problem, ERROR_INPUT,
        "a transcript written by a newer viva (format %g; this one reads up to %d): what is "
        "known of it is read, and nothing is added to it; update viva",
        json_number_value(format), JSON_FORMAT_NEWEST);
    error_locate(&problem, line, length, json_locate(&doc, format));
    add_problem(t, &problem, number);
    json_release_document(&doc);
}

/* `ended` is whether a newline stands behind the line. */
static void read_line(struct transcript *t, event_array *events, const char *line, size_t length,
                      int number, bool ended)
{
    struct error problem;
    struct event e;
    error_init(&problem);
    if (length > TRANSCRIPT_LINE_MAX) {
        error_set(&problem, ERROR_INPUT, "line is longer than %d bytes", TRANSCRIPT_LINE_MAX);
        add_problem(t, &problem, number);
    } else if (event_read(&e, line, length, &problem) == 0) {
        if (!events->count && e.type == EVENT_START)
            look_at_format(t, &e, line, length, number);
        add_event(events, &e);
    } else if (!ended) {
        t->torn = true;
    } else {
        add_problem(t, &problem, number);
    }
}

void transcript_parse(struct transcript *t, const char *source, const char *text, size_t length)
{
    event_array events = { 0 };
    *t = (struct transcript) { .source = xstrdup(source), .problems = ERROR_LIST_INIT };
    int number = 1;
    for (size_t at = 0; at < length; number++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end ? (size_t)(end - text) - at : length - at;
        char *line = xstrndup(text + at, size); /* ends in a zero byte */
        if (!is_blank(line, size))
            read_line(t, &events, line, size, number, end != NULL);
        free(line);
        at += size + 1;
    }
    t->events = events.items;
    t->count = events.count;
}

int transcript_read_descriptor(struct transcript *t, int descriptor, const char *path,
                               struct error *e)
{
    struct buffer text = BUFFER_INIT;
    int result = -1;
    if (lseek(descriptor, 0, SEEK_SET) < 0)
        error_set_errno(e, ERROR_STORAGE, errno, "cannot read '%s'", path);
    else
        result = file_read_descriptor(descriptor, path, TRANSCRIPT_FILE_MAX, &text, e);
    if (result == 0)
        transcript_parse(t, path, text.data, text.length);
    buffer_release(&text);
    return result;
}

int transcript_read(struct transcript *t, const char *path, struct error *e)
{
    struct buffer text = BUFFER_INIT;
    int result = file_read(path, TRANSCRIPT_FILE_MAX, &text, e);
    if (result == 0)
        transcript_parse(t, path, text.data, text.length);
    buffer_release(&text);
    return result;
}

void transcript_release(struct transcript *t)
{
    for (size_t i = 0; i < t->count; i++)
        event_release(&t->events[i]);
    free(t->events);
    free(t->source);
    error_list_release(&t->problems);
    *t = (struct transcript) { .problems = ERROR_LIST_INIT };
}

const struct event *transcript_start(const struct transcript *t)
{
    return t->count && t->events[0].type == EVENT_START ? &t->events[0] : NULL;
}

const char *transcript_scenario(const struct transcript *t)
{
    const struct event *start = transcript_start(t);
    return start ? json_string_value(json_object_get(event_json(start, "scenario"), "id"))
                 : NULL;
}

bool transcript_ended(const struct transcript *t)
{
    for (size_t i = t->count; i-- > 0;)
        if (t->events[i].type == EVENT_END)
            return true;
    return false;
}

static bool has_score_of(const struct transcript *t, const char *person)
{
    for (size_t i = 0; i < t->count; i++) {
        const char *grader = event_text(&t->events[i], "grader");
        if (t->events[i].type == EVENT_SCORE && !strncmp(grader, "person:", 7) &&
            !strcmp(grader + 7, person))
            return true;
    }
    return false;
}

static bool has_seen(const struct transcript *t, const char *person)
{
    for (size_t i = 0; i < t->count; i++)
        if (event_is_note(&t->events[i], "grade-seen") &&
            !strcmp(event_text(&t->events[i], "by"), person))
            return true;
    return false;
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

/* Whose score may still become a sealed one; as many are looked at as the index keeps. */
static size_t find_openers(const struct transcript *t, const char **out, size_t most)
{
    const char *looked_at[OPENERS_MOST];
    size_t looked = 0, count = 0;
    for (size_t i = 0; i < t->count && looked < OPENERS_MOST && count < most; i++) {
        const char *by = event_text(&t->events[i], "by");
        if (!event_is_note(&t->events[i], "opened") || !*by ||
            is_among(by, looked_at, looked))
            continue;
        looked_at[looked++] = by;
        if (!has_score_of(t, by) && !has_seen(t, by))
            out[count++] = by;
    }
    return count;
}

/* Of an interview, "" when somebody else wrote it; NULL: it is none. */
static const char *interviewer_of(const struct transcript *t)
{
    const struct event *start = transcript_start(t);
    bool interview = start && !strcmp(event_text(start, "mode"), "interview");
    return interview ? event_text(start, "interviewer") : NULL;
}

const char *transcript_missing_seal(const struct transcript *t, const char *viewer)
{
    const char *interviewer = interviewer_of(t), *opener;
    if (!interviewer || !*interviewer)
        return NULL;
    if (!has_score_of(t, interviewer))
        return interviewer;
    if (!viewer || !*viewer)
        return find_openers(t, &opener, 1) ? opener : NULL;
    return has_score_of(t, viewer) ? NULL : viewer;
}

size_t transcript_pending(const struct transcript *t, const char **out)
{
    const char *interviewer = interviewer_of(t);
    size_t count = 0;
    if (!interviewer || !*interviewer)
        return 0;
    if (!has_score_of(t, interviewer))
        out[count++] = interviewer;
    return count + find_openers(t, out + count, PENDING_MOST - count);
}

bool transcript_unsealed(const struct transcript *t)
{
    const char *interviewer = interviewer_of(t);
    return interviewer && *interviewer && !has_score_of(t, interviewer);
}

/* --- finding --- */

enum { ID_DIGITS = 8 };
static const char suffix[] = ".jsonl";

const char *transcript_id_in_name(const char *name)
{
    size_t length = strlen(name), tail = ID_DIGITS + sizeof(suffix) - 1;
    if (length <= tail || strcmp(name + length - (sizeof(suffix) - 1), suffix) != 0 ||
        name[length - tail - 1] != '-')
        return NULL;
    return name + length - tail;
}

/* Whether the first line of the file has a longer id that begins with `id`. */
static bool has_long_id(const char *path, const char *id)
{
    struct transcript t;
    if (transcript_read(&t, path, NULL) != 0)
        return false;
    const struct event *start = transcript_start(&t);
    bool same = start && !strncmp(event_text(start, "id"), id, strlen(id));
    transcript_release(&t);
    return same;
}

static bool name_fits(const char *folder, const char *name, const char *id)
{
    size_t length = strlen(id), stem = strlen(name) - (sizeof(suffix) - 1);
    if (!strcmp(name, id) || (length == stem && !strncmp(name, id, stem)))
        return true;
    const char *digits = transcript_id_in_name(name);
    if (!digits || strncmp(digits, id, length < ID_DIGITS ? length : ID_DIGITS) != 0)
        return false;
    if (length <= ID_DIGITS)
        return true;
    char *path = path_join(folder, name);
    bool same = has_long_id(path, id);
    free(path);
    return same;
}

static const char *short_id(const char *name)
{
    const char *digits = transcript_id_in_name(name);
    return digits ? digits : name;
}

/* A crash in the first moment leaves an empty file: no session. */
static bool is_empty(const char *folder, const char *name)
{
    struct stat st;
    char *path = path_join(folder, name);
    bool empty = stat(path, &st) == 0 && st.st_size == 0;
    free(path);
    return empty;
}

static char *choose(const char *folder, char **names, size_t count, const char *id, struct error *e)
{
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        bool fits = id ? *id && name_fits(folder, names[i], id)
                       : transcript_id_in_name(names[i]) && !is_empty(folder, names[i]);
        if (!fits)
            continue;
        if (found && id) {
            error_set(e, ERROR_USAGE, "more than one transcript begins with '%s': %.8s and %.8s",
                      id, short_id(found), short_id(names[i]));
            return NULL;
        }
        found = names[i];
    }
    if (found)
        return path_join(folder, found);
    if (id)
        error_set(e, ERROR_USAGE, "no transcript '%s' in '%s'; 'viva history' lists them",
                  id, folder);
    else
        error_set(e, ERROR_USAGE, "no transcript in '%s' yet: 'viva practice' makes one", folder);
    return NULL;
}

char *transcript_find(const char *folder, const char *id, struct error *e)
{
    if (id && strchr(id, '/') && file_exists(id))
        return xstrdup(id);
    char **names;
    size_t count = folder_list(folder, suffix, &names);
    struct error missing;
    error_init(&missing);
    char *path = choose(folder, names, count, id, &missing);
    if (!path && id && file_exists(id)) /* a file in the current folder */
        path = xstrdup(id);
    else if (!path)
        error_set(e, missing.code, "%s", missing.message);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return path;
}
