#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/time.h"
#include "transcript/library_internal.h"

/* What is known of a file before it is read again. */
struct known {
    bool there;
    struct stamp stamp;
    enum library_kind kind;
    int64_t session;
    size_t offset;
    uint64_t hash;
};

/* A file that is being read. */
struct reading {
    struct library *l;
    const char *name;
    struct stamp stamp;
    enum library_kind kind;
    int64_t session; /* row; 0: none yet */
    struct summary summary;
    struct buffer text;
    size_t offset; /* of what has been read */
    bool bad;      /* a line was no event */
    int64_t said;  /* number of the last utterance; 0: not known yet */
};

static struct known get_known(struct library *l, const char *name)
{
    struct known known = { .there = false };
    struct rows *rows = library_statement(l, FILE_GET);
    library_bind_text(rows, 1, name);
    if (library_next(l, rows))
        known = (struct known) {
            .there = true,
            .stamp = { library_column(rows, 0), library_column(rows, 1),
                       library_column(rows, 2), library_column(rows, 3) },
            .kind = (enum library_kind)library_column(rows, 4),
            .session = library_column(rows, 5),
            .offset = (size_t)library_column(rows, 6),
            .hash = (uint64_t)library_column(rows, 7),
        };
    library_done(rows);
    return known;
}

static void bind_slot(struct rows *rows, int64_t start, int64_t session)
{
    library_bind(rows, 1, library_slot(start));
    library_bind(rows, 2, library_slot(start + 1000));
    library_bind(rows, 3, session);
}

/* Its utterances stay as dead rows: the index of words cannot do without what they said.
 */
static void drop_session(struct library *l, int64_t session)
{
    struct rows *rows = library_statement(l, SESSION_STATE);
    library_bind(rows, 1, session);
    int64_t start = library_next(l, rows) ? library_column(rows, 1) : 0;
    library_done(rows);
    rows = library_statement(l, SAID_DROP);
    bind_slot(rows, start, session);
    library_run(l, rows);
    rows = library_statement(l, DEAD_ADD);
    library_run(l, rows);
    for (enum library_statement s = SESSION_DROP; s <= SCORES_DROP; s++) {
        rows = library_statement(l, s);
        library_bind(rows, 1, session);
        library_run(l, rows);
    }
}

void library_drop_file(struct library *l, const char *name)
{
    struct known known = get_known(l, name);
    if (known.session)
        drop_session(l, known.session);
    struct rows *rows = library_statement(l, FILE_DROP);
    library_bind_text(rows, 1, name);
    library_run(l, rows);
}

/* --- what was said --- */

static int64_t next_number(struct reading *r)
{
    if (!r->said) {
        struct rows *rows = library_statement(r->l, SAID_LAST);
        library_bind(rows, 1, library_slot(r->summary.start));
        library_bind(rows, 2, library_slot(r->summary.start + 1000));
        r->said = library_next(r->l, rows) ? library_column(rows, 0) : 0;
        library_done(rows);
        if (!r->said)
            r->said = library_slot(r->summary.start);
    }
    return ++r->said;
}

static void put_said(struct reading *r, const struct event *e, enum library_speaker who,
                     const char *phase_id, size_t offset)
{
    const struct summary_phase *phase = summary_phase(&r->summary);
    int64_t number = next_number(r);
    if (number >= library_slot(r->summary.start + 1000))
        return;
    struct rows *rows = library_statement(r->l, SAID_PUT);
    library_bind(rows, 1, number);
    library_bind(rows, 2, r->session);
    library_bind(rows, 3, (int64_t)e->number);
    library_bind(rows, 4, phase ? phase->used : 0);
    library_bind_text(rows, 5, phase_id ? phase_id : phase ? phase->id : "");
    library_bind(rows, 6, who);
    library_bind(rows, 7, (int64_t)offset);
    library_run(r->l, rows);
    rows = library_statement(r->l, SAID_WORDS);
    library_bind(rows, 1, number);
    library_bind_bytes(rows, 2, event_text(e, "text"), event_text_length(e, "text"));
    library_run(r->l, rows);
}

static void put_undo(struct reading *r, const struct event *e)
{
    double undone = event_number(e, "event", 0);
    if (!(undone >= 1 && undone < 1e9))
        return;
    struct rows *rows = library_statement(r->l, SAID_REDO);
    bind_slot(rows, r->summary.start, r->session);
    library_bind(rows, 4, (int64_t)undone);
    library_run(r->l, rows);
    rows = library_statement(r->l, SAID_UNDO);
    bind_slot(rows, r->summary.start, r->session);
    library_bind(rows, 4, (int64_t)e->number);
    library_bind(rows, 5, (int64_t)undone);
    library_run(r->l, rows);
}

static void put_edit(struct reading *r, const struct event *e, size_t offset)
{
    struct rows *rows = library_statement(r->l, SAID_REPLACE);
    bind_slot(rows, r->summary.start, r->session);
    library_bind(rows, 4, (int64_t)e->number);
    library_bind_text(rows, 5, event_text(e, "phase"));
    library_run(r->l, rows);
    put_said(r, e, LIBRARY_ANSWER, event_text(e, "phase"), offset);
}

static void put_event(struct reading *r, const struct event *e, size_t offset)
{
    if (e->type == EVENT_SAY && !event_by_candidate(e))
        put_said(r, e, LIBRARY_INTERVIEWER, NULL, offset);
    else if (e->type == EVENT_SAY)
        put_said(r, e,
                 event_say_kind(e) == SAY_QUESTION ? LIBRARY_QUESTION : LIBRARY_ANSWER,
                 NULL, offset);
    else if (event_is_note(e, "opened"))
        return; /* nobody wrote that */
    else if (e->type == EVENT_NOTE || (e->type == EVENT_TAG && *event_text(e, "text")))
        put_said(r, e, LIBRARY_NOTE, NULL, offset);
    else if (e->type == EVENT_EDIT)
        put_edit(r, e, offset);
    else if (e->type == EVENT_UNDO)
        put_undo(r, e);
}

/* --- lines --- */

static void begin_session(struct reading *r)
{
    struct rows *rows = library_statement(r->l, SESSION_NEW);
    library_bind_text(rows, 1, r->name);
    library_run(r->l, rows);
    r->session = r->l->failed ? 0 : library_last_row(r->l);
    r->kind = LIBRARY_SESSION;
}

static void read_event(struct reading *r, struct event *e, size_t offset)
{
    if (e->number <= r->summary.number)
        e->number = r->summary.number + 1;
    summary_apply(&r->summary, e);
    if (r->summary.foreign)
        return;
    if (!r->session)
        begin_session(r);
    put_event(r, e, offset);
}

/* The rules are those of transcript/reader.h. A torn last line is left for the next time.
 */
static void read_lines(struct reading *r)
{
    char *text = r->text.data;
    for (size_t at = r->offset; at < r->text.length && !r->summary.foreign;) {
        char *end = memchr(text + at, '\n', r->text.length - at);
        size_t length = end ? (size_t)(end - text) - at : r->text.length - at;
        struct event e;
        if (end)
            *end = '\0';
        bool blank = strspn(text + at, " \t\r") >= length;
        bool good = !blank && length <= TRANSCRIPT_LINE_MAX &&
                    event_read(&e, text + at, length, NULL) == 0;
        if (end)
            *end = '\n';
        if (!end && !good)
            break;
        if (good) {
            read_event(r, &e, at);
            event_release(&e);
        }
        r->bad = r->bad || (!good && !blank);
        at += length + (end != NULL);
        r->offset = at;
    }
}

/* Takes up where reading stopped, if what stands before is what was read. */
static bool go_on(struct reading *r, const struct known *known)
{
    if (!known->there || known->kind != LIBRARY_SESSION ||
        known->stamp.inode != r->stamp.inode || r->text.length < known->offset ||
        hash_bytes(HASH_START, r->text.data, known->offset) != known->hash)
        return false;
    struct rows *rows = library_statement(r->l, SESSION_STATE);
    struct json_document state;
    library_bind(rows, 1, known->session);
    bool good = library_next(r->l, rows) &&
                json_load_document(&state, NULL, library_column_text(rows, 0),
                                   library_column_length(rows, 0), NULL) == 0;
    if (good) {
        summary_release(&r->summary);
        good = summary_restore(&r->summary, state.root);
        json_release_document(&state);
    }
    library_done(rows);
    if (good) {
        r->session = known->session;
        r->offset = known->offset;
        r->kind = LIBRARY_SESSION;
    }
    return good;
}

/* --- what stays of it --- */

static json_t *kept_dimensions(const json_t *dimensions)
{
    json_t *kept = json_object();
    const char *id;
    json_t *value;
    json_object_foreach ((json_t *)dimensions, id, value) {
        json_t *pair = json_array();
        json_array_append(pair, json_object_get(value, "share"));
        json_array_append(pair, json_object_get(value, "weight"));
        json_object_set_new(kept, id, pair);
    }
    return kept;
}

static json_t *kept_criteria(const json_t *criteria)
{
    json_t *kept = json_array(), *value;
    size_t i;
    json_array_foreach ((json_t *)criteria, i, value) {
        json_t *one = json_array(), *credit = json_object_get(value, "credit");
        json_array_append(one, json_object_get(value, "id"));
        json_array_append(one, json_object_get(value, "verdict"));
        if (credit)
            json_array_append(one, credit);
        json_array_append_new(kept, one);
    }
    return kept;
}

static void put_score(struct reading *r, const struct summary_score *score)
{
    struct buffer body = BUFFER_INIT;
    json_t *o = json_object();
    json_object_set_new(o, "dimensions",
                        kept_dimensions(json_object_get(score->object, "dimensions")));
    json_object_set_new(o, "criteria",
                        kept_criteria(json_object_get(score->object, "criteria")));
    json_write(&body, o);
    struct rows *rows = library_statement(r->l, SCORE_PUT);
    library_bind(rows, 1, r->session);
    library_bind_text(rows, 2, score->grader);
    library_bind(rows, 3, (int64_t)score->event);
    library_bind_real(rows, 4, score->total);
    library_bind(rows, 5, score->unfinished);
    library_bind(rows, 6, score->sealed);
    library_bind_bytes(rows, 7, body.data, body.length);
    library_run(r->l, rows);
    json_decref(o);
    buffer_release(&body);
}

static size_t planned(const struct summary *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->phases.count; i++)
        count += s->phases.items[i].minutes > 0;
    return count;
}

static void put_session(struct reading *r)
{
    const struct summary *s = &r->summary;
    struct buffer state = BUFFER_INIT, openers = BUFFER_INIT;
    json_t *object = summary_state(s);
    json_write(&state, object);
    if (s->openers)
        json_write(&openers, s->openers);
    struct rows *rows = library_statement(r->l, SESSION_PUT);
    library_bind(rows, 1, r->session);
    library_bind_text(rows, 2, s->scenario);
    library_bind_text(rows, 3, s->level);
    library_bind_text(rows, 4, s->mode);
    library_bind_text(rows, 5, s->candidate);
    library_bind(rows, 6, s->start);
    library_bind(rows, 7, summary_used(s));
    library_bind(rows, 8, s->ended);
    library_bind(rows, 9, s->early);
    library_bind(rows, 10, (int64_t)summary_opened(s));
    library_bind(rows, 11, (int64_t)planned(s));
    library_bind_bytes(rows, 12, state.data, state.length);
    library_bind_text(rows, 13, strcmp(s->mode, "interview") ? "" : s->interviewer);
    library_bind_text(rows, 14, s->openers ? openers.data : NULL);
    library_run(r->l, rows);
    json_decref(object);
    buffer_release(&state);
    buffer_release(&openers);
    for (size_t i = 0; i < s->scores.count; i++)
        put_score(r, &s->scores.items[i]);
    rows = library_statement(r->l, SCORE_BEST);
    library_bind(rows, 1, r->session);
    library_run(r->l, rows);
}

static void put_file(struct reading *r)
{
    struct rows *rows = library_statement(r->l, FILE_PUT);
    library_bind_text(rows, 1, r->name);
    library_bind(rows, 2, r->stamp.size);
    library_bind(rows, 3, r->stamp.modified);
    library_bind(rows, 4, r->stamp.changed);
    library_bind(rows, 5, r->stamp.inode);
    library_bind(rows, 6, r->kind);
    library_bind(rows, 7, r->session);
    library_bind(rows, 8, (int64_t)r->offset);
    library_bind(rows, 9, (int64_t)hash_bytes(HASH_START, r->text.data, r->offset));
    library_run(r->l, rows);
}

static void read_text(struct reading *r, const struct known *known)
{
    summary_init(&r->summary);
    if (!go_on(r, known) && known->session)
        drop_session(r->l, known->session);
    read_lines(r);
    if (r->summary.foreign || (!r->session && r->bad)) {
        r->kind = LIBRARY_FOREIGN;
        r->offset = 0;
    }
    if (r->session)
        put_session(r);
    summary_release(&r->summary);
}

void library_take_file(struct library *l, const char *name)
{
    struct reading r = {
        .l = l, .name = name, .kind = LIBRARY_EMPTY, .text = BUFFER_INIT
    };
    struct known known = get_known(l, name);
    struct stat st;
    int descriptor = openat(l->descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) {
        library_drop_file(l, name);
        return;
    }
    bool seen = descriptor >= 0 ? fstat(descriptor, &st) == 0
                                : fstatat(l->descriptor, name, &st, 0) == 0;
    if (!seen)
        st = (struct stat) { .st_size = 0 };
    r.stamp = stamp_of(&st, time_system.now(time_system.state));
    if (known.there && stamp_equal(&r.stamp, &known.stamp)) {
        if (descriptor >= 0)
            close(descriptor);
        return; /* another process was quicker */
    }
    if (descriptor >= 0 && S_ISREG(st.st_mode) &&
        file_read_descriptor(descriptor, name, TRANSCRIPT_FILE_MAX, &r.text, NULL) == 0) {
        read_text(&r, &known);
    } else {
        r.kind = LIBRARY_UNREADABLE;
        if (known.session)
            drop_session(l, known.session);
        buffer_clear(&r.text);
    }
    put_file(&r);
    if (descriptor >= 0)
        close(descriptor);
    buffer_release(&r.text);
}
