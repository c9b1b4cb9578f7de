#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "transcript/library_internal.h"
#include "transcript/reader.h"

/* A question that may have to be asked twice: what it has filled is filled anew. */
typedef void question(struct library *l, void *state);

static int ask(struct library *l, question *q, void *state, struct error *e)
{
    for (int attempt = 0; attempt < 3; attempt++) {
        q(l, state);
        if (!l->failed)
            return 0;
        if (library_is_busy(l)) {
            l->failed = 0;
            return error_set(e, ERROR_STORAGE,
                             "the index is locked by another program: try again");
        }
        library_recover(l);
        if (library_update(l, LIBRARY_ALL, l->progress, l->state, e) < 0)
            return -1;
    }
    return error_set(e, ERROR_STORAGE, "the index of '%s' cannot be read", l->folder);
}

static void bind_filter(struct rows *rows, const struct library_filter *filter)
{
    library_bind_text(rows, 1, filter->scenario);
    library_bind_text(rows, 2, filter->level);
    library_bind_text(rows, 3, filter->candidate);
    library_bind(rows, 4, filter->since);
    library_bind(rows, 5, filter->until ? filter->until : INT64_MAX);
}

/* Of the statements with SESSION in them. */
static void bind_viewer(struct rows *rows, const struct library_filter *filter)
{
    library_bind_text(rows, 10, filter->viewer);
}

static int64_t limit_of(const struct library_filter *filter)
{
    return filter->limit ? (int64_t)filter->limit : -1;
}

/* --- sessions --- */

static const char *id_of(const char *name, struct arena *arena)
{
    static const size_t tail = sizeof(".jsonl") - 1;
    const char *digits = transcript_id_in_name(name);
    size_t length = strlen(name);
    if (digits)
        return arena_strndup(arena, digits, strlen(digits) - tail);
    return arena_strndup(arena, name, length > tail ? length - tail : length);
}

/* The columns that SESSION in library.c names. */
enum { SESSION_COLUMNS = 16 };

static struct library_session get_session(struct rows *rows, struct arena *arena)
{
    const char *name = arena_strdup(arena, library_column_text(rows, 1));
    const char *unsealed = arena_strdup(arena, library_column_text(rows, 15));
    return (struct library_session) {
        .key = library_column(rows, 0),
        .name = name,
        .id = id_of(name, arena),
        .scenario = arena_strdup(arena, library_column_text(rows, 2)),
        .level = arena_strdup(arena, library_column_text(rows, 3)),
        .mode = arena_strdup(arena, library_column_text(rows, 4)),
        .candidate = arena_strdup(arena, library_column_text(rows, 5)),
        .start = library_column(rows, 6),
        .used = library_column(rows, 7),
        .ended = library_column(rows, 8),
        .early = library_column(rows, 9),
        .opened = (size_t)library_column(rows, 10),
        .phases = (size_t)library_column(rows, 11),
        .score = *unsealed ? NAN : library_column_real(rows, 12),
        .grader = *unsealed ? "" : arena_strdup(arena, library_column_text(rows, 13)),
        .unfinished = !*unsealed && library_column(rows, 14),
        .unsealed = unsealed,
    };
}

struct page {
    const struct library_filter *filter;
    struct arena *arena;
    struct library_sessions *out;
};

static void get_page(struct library *l, struct page *page)
{
    ARRAY(struct library_session) found = { 0 };
    struct rows *rows = library_statement(l, PAGE);
    bind_filter(rows, page->filter);
    bind_viewer(rows, page->filter);
    library_bind(rows, 6, limit_of(page->filter));
    while (library_next(l, rows))
        *array_add(&found) = get_session(rows, page->arena);
    struct library_sessions *out = page->out;
    out->items = arena_array(page->arena, struct library_session, found.count);
    out->count = found.count;
    if (found.count)
        memcpy(out->items, found.items, found.count * sizeof(*found.items));
    array_release(&found);
    rows = library_statement(l, PAGE_COUNT);
    bind_filter(rows, page->filter);
    out->total = library_next(l, rows) ? (size_t)library_column(rows, 0) : 0;
    library_done(rows);
}

/* Whether a file on the page was read again. */
static bool look_at_page(struct library *l, const struct library_sessions *page)
{
    struct folder_file *files = xcalloc(page->count ? page->count : 1, sizeof(*files));
    for (size_t i = 0; i < page->count; i++) {
        struct rows *rows = library_statement(l, PAGE_FILES);
        files[i] = (struct folder_file) { page->items[i].name, { .changed = -1 } };
        library_bind_text(rows, 1, files[i].name);
        if (library_next(l, rows))
            files[i].stamp =
                (struct stamp) { library_column(rows, 0), library_column(rows, 1),
                                 library_column(rows, 2), library_column(rows, 3) };
        library_done(rows);
    }
    bool any = library_look_again(l, files, page->count);
    free(files);
    return any;
}

/* A file that goes on growing while we look is not waited for. */
static void ask_page(struct library *l, void *state)
{
    struct page *page = state;
    get_page(l, page);
    if (look_at_page(l, page->out))
        get_page(l, page);
}

int library_sessions(struct library *l, const struct library_filter *filter,
                     struct arena *arena, struct library_sessions *out, struct error *e)
{
    struct page page = { filter, arena, out };
    *out = (struct library_sessions) { NULL, 0, 0 };
    return ask(l, ask_page, &page, e);
}

struct last_score {
    const char *scenario;
    double score;
    bool unfinished;
};

static void ask_last_score(struct library *l, void *state)
{
    struct last_score *last = state;
    struct rows *rows = library_statement(l, LAST_SCORE);
    library_bind_text(rows, 1, last->scenario);
    last->score = library_next(l, rows) ? library_column_real(rows, 0) : NAN;
    last->unfinished = !isnan(last->score) && library_column(rows, 1);
    library_done(rows);
}

bool library_last_score(struct library *l, const char *scenario, double *score,
                        bool *unfinished)
{
    struct last_score last = { scenario, NAN, false };
    if (ask(l, ask_last_score, &last, NULL) < 0 || isnan(last.score))
        return false;
    *score = last.score;
    *unfinished = last.unfinished;
    return true;
}

static void ask_graders(struct library *l, void *state)
{
    struct buffer *out = state;
    struct rows *rows = library_statement(l, GRADERS);
    buffer_clear(out);
    buffer_add_string(out, "rubric");
    while (library_next(l, rows))
        buffer_printf(out, ", %s", library_column_text(rows, 0));
    library_done(rows);
}

int library_graders(struct library *l, struct buffer *out, struct error *e)
{
    struct buffer found = BUFFER_INIT;
    int result = ask(l, ask_graders, &found, e);
    buffer_add(out, found.data, found.length);
    buffer_release(&found);
    return result;
}

/* --- search --- */

struct place {
    int64_t offset;
    struct library_hit hit;
};

/* A session with its hits; they come last first, so the first ones of the session stay.
 */
struct found {
    struct library_session session;
    struct place places[LIBRARY_HITS];
    size_t count;
};

struct search {
    const struct library_wanted *wanted;
    struct arena *arena;
    struct library_findings *out;
    ARRAY(struct found) found;
};

static struct found *found_of(struct search *s, int64_t key)
{
    for (size_t i = s->found.count; i-- > 0;)
        if (s->found.items[i].session.key == key)
            return &s->found.items[i];
    return NULL;
}

/* False when the row belongs to a session beyond the limit. */
static bool take_row(struct search *s, struct rows *rows)
{
    struct found *found = found_of(s, library_column(rows, 0));
    if (!found && s->wanted->filter->limit && s->found.count == s->wanted->filter->limit)
        return false;
    if (!found) {
        found = array_add(&s->found);
        *found = (struct found) { .session = get_session(rows, s->arena) };
    }
    found->places[found->count++ % LIBRARY_HITS] = (struct place) {
        library_column(rows, SESSION_COLUMNS + 4),
        {
            .event = (size_t)library_column(rows, SESSION_COLUMNS),
            .at = library_column(rows, SESSION_COLUMNS + 1),
            .phase =
                arena_strdup(s->arena, library_column_text(rows, SESSION_COLUMNS + 2)),
            .who = (enum library_speaker)library_column(rows, SESSION_COLUMNS + 3),
        },
    };
    return true;
}

/* The words of an event's line, read from the transcript itself: the index does not keep
 * them. */
static bool read_said(struct library *l, const char *name, int64_t offset,
                      struct event *e)
{
    struct buffer line = BUFFER_INIT;
    char piece[4096];
    ssize_t size;
    bool whole = false;
    int descriptor = openat(l->descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    while (descriptor >= 0 && !whole && line.length <= TRANSCRIPT_LINE_MAX &&
           (size = pread(descriptor, piece, sizeof(piece), (off_t)offset)) > 0) {
        const char *end = memchr(piece, '\n', (size_t)size);
        whole = end != NULL;
        buffer_add(&line, piece, end ? (size_t)(end - piece) : (size_t)size);
        offset += size;
    }
    if (descriptor >= 0)
        close(descriptor);
    bool good = line.length > 0 && event_read(e, line.data, line.length, NULL) == 0;
    buffer_release(&line);
    return good;
}

/* Before the seal nobody finds what others thought, nor drafts of a verdict: as in a review. */
static bool is_hidden(struct library *l, struct rows *rows, const char *viewer)
{
    const char *unsealed = library_column_text(rows, SESSION_COLUMNS - 1);
    struct event e;
    if (!*unsealed || library_column(rows, SESSION_COLUMNS + 3) != LIBRARY_NOTE)
        return false;
    if (!read_said(l, library_column_text(rows, 1),
                   library_column(rows, SESSION_COLUMNS + 4), &e))
        return true;
    bool own = e.type == EVENT_NOTE && !*event_text(&e, "about") &&
               !strcmp(event_text(&e, "by"), viewer && *viewer ? viewer : unsealed);
    event_release(&e);
    return !own;
}

static void find_rows(struct library *l, struct search *s)
{
    struct rows *rows = library_statement(l, SEARCH);
    int64_t until = s->wanted->filter->until;
    bind_filter(rows, s->wanted->filter);
    bind_viewer(rows, s->wanted->filter);
    library_bind_text(rows, 6, s->wanted->query->match.data);
    library_bind(rows, 7, library_slot(s->wanted->filter->since));
    library_bind(rows, 8,
                 until && until < INT64_MAX - 1000 ? library_slot(until + 999)
                                                   : INT64_MAX);
    library_bind(rows, 9, s->wanted->who);
    s->found.count = 0;
    s->out->more = false;
    while (library_next(l, rows))
        if (!is_hidden(l, rows, s->wanted->filter->viewer) && !take_row(s, rows)) {
            s->out->more = true;
            library_done(rows);
            break;
        }
}

/* What SQLite marked, as spans; the marks are gone from the text, which had none of its
 * own. */
static void take_spans(struct search *s, const char *marked, size_t length,
                       struct library_hit *hit)
{
    ARRAY(struct library_span) spans = { 0 };
    char *text = arena_array(s->arena, char, length + 1);
    size_t size = 0;
    for (size_t i = 0; i < length; i++) {
        if (marked[i] == 2)
            *array_add(&spans) = (struct library_span) { size, 0 };
        else if (marked[i] == 3 && spans.count)
            spans.items[spans.count - 1].length =
                size - spans.items[spans.count - 1].start;
        else
            text[size++] = marked[i];
    }
    struct library_span *kept = arena_array(s->arena, struct library_span, spans.count);
    if (spans.count)
        memcpy(kept, spans.items, spans.count * sizeof(*kept));
    hit->text = text;
    hit->length = size;
    hit->spans = kept;
    hit->span_count = spans.count;
    array_release(&spans);
}

/* Lets SQLite find the words in the text once more: so they are marked just where they
 * were found. */
static bool mark(struct library *l, struct search *s, const struct event *e,
                 struct library_hit *hit)
{
    struct buffer text = BUFFER_INIT;
    const char *said = event_text(e, "text");
    for (size_t i = 0; i < event_text_length(e, "text"); i++)
        buffer_add_char(&text, said[i] == 2 || said[i] == 3 ? ' ' : said[i]);
    library_run(l, library_statement(l, SHOWN_DROP));
    struct rows *rows = library_statement(l, SHOWN_PUT);
    library_bind_bytes(rows, 1, text.data, text.length);
    library_run(l, rows);
    rows = library_statement(l, SHOWN_GET);
    library_bind_text(rows, 1, s->wanted->query->match.data);
    bool marked = library_next(l, rows);
    if (marked) {
        const char *found = library_column_text(rows, 0);
        take_spans(s, found, library_column_length(rows, 0), hit);
    }
    library_done(rows);
    buffer_release(&text);
    return marked;
}

static void take_hits(struct library *l, struct search *s, const struct found *from,
                      struct library_found *to)
{
    size_t kept = from->count < LIBRARY_HITS ? from->count : LIBRARY_HITS;
    *to = (struct library_found) { .session = from->session, .more = from->count - kept };
    for (size_t i = 0; i < kept; i++) { /* the newest row came first */
        const struct place *place = &from->places[(from->count - 1 - i) % LIBRARY_HITS];
        struct event e;
        struct library_hit *hit = &to->hits[to->hit_count];
        if (!read_said(l, from->session.name, place->offset, &e))
            continue;
        *hit = place->hit;
        to->hit_count += mark(l, s, &e, hit);
        event_release(&e);
    }
}

static void ask_search(struct library *l, void *state)
{
    struct search *s = state;
    find_rows(l, s);
    library_prepare_marks(l);
    s->out->items = arena_array(s->arena, struct library_found, s->found.count);
    s->out->count = 0;
    for (size_t i = 0; i < s->found.count && !l->failed; i++) {
        struct library_found *to = &s->out->items[s->out->count];
        take_hits(l, s, &s->found.items[i], to);
        s->out->count += to->hit_count > 0;
    }
}

int library_search(struct library *l, const struct library_wanted *wanted,
                   struct arena *arena, struct library_findings *out, struct error *e)
{
    struct search s = { .wanted = wanted, .arena = arena, .out = out };
    *out = (struct library_findings) { NULL, 0, false };
    int result = ask(l, ask_search, &s, e);
    array_release(&s.found);
    return result;
}

/* --- scores --- */

struct scores {
    const char *grader;
    const struct library_filter *filter;
    struct arena *arena;
    struct library_scores *out;
};

static double number_of(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *string_of(const json_t *value, struct arena *arena)
{
    return json_is_string(value) ? arena_strdup(arena, json_string_value(value)) : "";
}

static void get_dimensions(struct library_score *score, const json_t *dimensions,
                           const json_t *guess, struct arena *arena)
{
    const char *id;
    json_t *pair;
    score->dimensions =
        arena_array(arena, struct library_dimension, json_object_size(dimensions));
    json_object_foreach ((json_t *)dimensions, id, pair) {
        score->dimensions[score->dimension_count++] = (struct library_dimension) {
            arena_strdup(arena, id),
            number_of(json_array_get(pair, 0)),
            number_of(json_array_get(pair, 1)),
            number_of(json_object_get(guess, id)),
        };
    }
}

static void get_criteria(struct library_score *score, const json_t *criteria,
                         struct arena *arena)
{
    size_t i;
    json_t *one;
    score->criteria =
        arena_array(arena, struct library_criterion, json_array_size(criteria));
    json_array_foreach ((json_t *)criteria, i, one)
        score->criteria[score->criterion_count++] = (struct library_criterion) {
            string_of(json_array_get(one, 0), arena),
            string_of(json_array_get(one, 1), arena),
            number_of(json_array_get(one, 2)),
        };
}

/* The JSON of a column; an empty document when it is none. */
static json_t *get_json(struct rows *rows, int at)
{
    struct json_document doc;
    if (json_load_document(&doc, NULL, library_column_text(rows, at),
                           library_column_length(rows, at), NULL) < 0)
        return json_object();
    return doc.root;
}

static struct library_score get_score(struct rows *rows, struct arena *arena)
{
    struct library_score score = { .session = get_session(rows, arena) };
    json_t *body = get_json(rows, SESSION_COLUMNS + 3),
           *state = get_json(rows, SESSION_COLUMNS + 4);
    score.session.score = library_column_real(rows, SESSION_COLUMNS);
    score.session.grader =
        arena_strdup(arena, library_column_text(rows, SESSION_COLUMNS + 1));
    score.session.unfinished = library_column(rows, SESSION_COLUMNS + 2);
    get_dimensions(&score, json_object_get(body, "dimensions"),
                   json_object_get(state, "guess"), arena);
    get_criteria(&score, json_object_get(body, "criteria"), arena);
    json_decref(body);
    json_decref(state);
    return score;
}

static void ask_scores(struct library *l, void *state)
{
    struct scores *s = state;
    ARRAY(struct library_score) found = { 0 };
    struct rows *rows = library_statement(l, SCORES);
    bind_filter(rows, s->filter);
    bind_viewer(rows, s->filter);
    library_bind(rows, 6, limit_of(s->filter));
    library_bind_text(rows, 7, s->grader);
    while (library_next(l, rows))
        *array_add(&found) = get_score(rows, s->arena);
    s->out->items = arena_array(s->arena, struct library_score, found.count);
    s->out->count = found.count;
    for (size_t i = 0; i < found.count; i++)
        s->out->items[found.count - 1 - i] = found.items[i];
    array_release(&found);
}

int library_scores(struct library *l, const char *grader,
                   const struct library_filter *filter, struct arena *arena,
                   struct library_scores *out, struct error *e)
{
    struct scores s = { grader, filter, arena, out };
    *out = (struct library_scores) { NULL, 0 };
    return ask(l, ask_scores, &s, e);
}
