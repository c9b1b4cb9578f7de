#include "report/findings.h"

#include <string.h>

#include "base/utf8.h"
#include "report/sessions.h"

enum { INDENT = 2, INNER = 4, LINES = 3, LEAD = 60, SPAN_MOST = 160 };

static const char *const who_names[] = { "candidate", "candidate", "interviewer",
                                         "note" };

static void write_place(const struct library_session *s, const struct library_hit *hit,
                        struct buffer *out)
{
    if (*hit->phase) {
        session_phase_name(hit->phase, out);
        buffer_add_char(out, ' ');
    }
    session_clock_text(hit->at, out);
    buffer_add_string(out, ", ");
    if (hit->who > LIBRARY_QUESTION)
        buffer_add_string(out, hit->who == LIBRARY_NOTE ? "a note" : "interviewer");
    else if (*s->candidate)
        buffer_add_string(out, s->candidate);
    else
        buffer_add_string(out, strcmp(s->mode, "interview") ? "you" : "candidate");
}

/* Where the excerpt begins: at a word, a little before the first hit. */
static size_t excerpt_start(const struct library_hit *hit)
{
    size_t first = hit->span_count ? hit->spans[0].start : 0;
    if (first <= LEAD)
        return 0;
    size_t at = first - LEAD;
    while (at < first && hit->text[at] != ' ' && hit->text[at] != '\n')
        at++;
    if (at == first) /* no space: at a character */
        for (at = first - LEAD;
             at < first && ((unsigned char)hit->text[at] & 0xc0) == 0x80;)
            at++;
    while (at < first && (hit->text[at] == ' ' || hit->text[at] == '\n'))
        at++;
    return at;
}

/* Where it ends: at a word that fits, but not within the first hit. */
static size_t excerpt_end(const struct library_hit *hit, size_t start, int columns)
{
    size_t end = start + utf8_fit(hit->text + start, hit->length - start, columns);
    size_t least = hit->span_count ? hit->spans[0].start + hit->spans[0].length : start;
    if (end == hit->length || end <= least)
        return end < least ? least : end;
    size_t cut = end;
    while (cut > least && hit->text[cut] != ' ' && hit->text[cut] != '\n')
        cut--;
    return cut > least ? cut : end;
}

static void add_flat(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buffer_add_char(out, strchr("\r\n\t", text[i]) && text[i] ? ' ' : text[i]);
}

/* The excerpt with brackets around the hits. */
static void excerpt(const struct library_hit *hit, int columns, struct buffer *out)
{
    size_t at = excerpt_start(hit), end = excerpt_end(hit, at, columns);
    buffer_add_string(out, at ? "... " : "");
    for (size_t i = 0; i < hit->span_count && hit->spans[i].start < end; i++) {
        const struct library_span *span = &hit->spans[i];
        add_flat(out, hit->text + at, span->start - at);
        buffer_add_char(out, '[');
        size_t shown = utf8_fit(hit->text + span->start, span->length, SPAN_MOST);
        add_flat(out, hit->text + span->start, shown);
        buffer_add_string(out, shown < span->length ? "...]" : "]");
        at = span->start + span->length;
    }
    if (end > at)
        add_flat(out, hit->text + at, end - at);
    buffer_add_string(out, (at > end ? at : end) < hit->length ? " ..." : "");
}

/* The brackets of the hits get colour after the text was laid out: which brackets those
 * are is known by counting, since the text may have some of its own. */
static size_t own_brackets_before(const struct library_hit *hit, size_t span, size_t from)
{
    size_t count = 0;
    for (size_t i = from; i < hit->spans[span].start; i++)
        count += hit->text[i] == '[';
    return count;
}

static void add_coloured(struct buffer *out, const struct screen *screen,
                         const char *text, const struct library_hit *hit)
{
    size_t at = excerpt_start(hit), span = 0;
    size_t skip = hit->span_count ? own_brackets_before(hit, 0, at) : 0;
    bool open = false;
    for (; *text; text++) {
        if (*text == '[' && !open && span < hit->span_count && skip-- == 0) {
            screen_style(out, screen, SCREEN_WARN);
            open = true;
        }
        buffer_add_char(out, *text);
        if (*text == ']' && open) {
            size_t end = hit->spans[span].start + hit->spans[span].length;
            screen_style(out, screen, SCREEN_NORMAL);
            open = false;
            skip = ++span < hit->span_count ? own_brackets_before(hit, span, end) : 0;
        }
    }
    if (open)
        screen_style(out, screen, SCREEN_NORMAL);
}

static void write_hit(const struct library_session *s, const struct library_hit *hit,
                      const struct screen *screen, struct buffer *out)
{
    struct buffer line = BUFFER_INIT, laid = BUFFER_INIT;
    write_place(s, hit, &line);
    screen_style(out, screen, SCREEN_DIM);
    screen_wrap(out, line.data, line.length, screen->width, INDENT, INDENT);
    screen_style(out, screen, SCREEN_NORMAL);
    buffer_add_char(out, '\n');
    buffer_clear(&line);
    excerpt(hit, (screen->width - INNER) * LINES - 16, &line);
    screen_wrap(&laid, line.data, line.length, screen->width, INNER, INNER);
    add_coloured(out, screen, laid.data, hit);
    buffer_add_char(out, '\n');
    buffer_release(&line);
    buffer_release(&laid);
}

void findings_write(const struct library_findings *found, const struct screen *screen,
                    struct buffer *out)
{
    struct sessions_layout layout;
    sessions_layout_found(found, screen, &layout);
    for (size_t i = 0; i < found->count; i++) {
        const struct library_found *f = &found->items[i];
        if (i)
            buffer_add_char(out, '\n');
        screen_style(out, screen, SCREEN_BOLD);
        session_line(&f->session, &layout, screen, out);
        screen_style(out, screen, SCREEN_NORMAL);
        for (size_t k = 0; k < f->hit_count; k++)
            write_hit(&f->session, &f->hits[k], screen, out);
        if (f->more)
            buffer_printf(out, "  and %zu more in this session\n", f->more);
    }
    if (!found->more)
        return;
    buffer_add_char(out, '\n');
    screen_styled(out, screen, SCREEN_DIM, "There are older ones: --limit 0 shows all.");
    buffer_add_char(out, '\n');
}

static json_t *hit_json(const struct library_hit *hit)
{
    json_t *object = json_object(), *spans = json_array();
    for (size_t i = 0; i < hit->span_count; i++) {
        json_t *span = json_array();
        json_array_append_new(span, json_integer((json_int_t)hit->spans[i].start));
        json_array_append_new(span, json_integer((json_int_t)hit->spans[i].length));
        json_array_append_new(spans, span);
    }
    json_object_set_new(object, "event", json_integer((json_int_t)hit->event));
    json_object_set_new(object, "phase", json_string(hit->phase));
    json_object_set_new(object, "at", json_integer(hit->at / 1000));
    json_object_set_new(object, "who", json_string(who_names[hit->who]));
    json_object_set_new(object, "text", json_text_new(hit->text, hit->length));
    json_object_set_new(object, "spans", spans);
    return object;
}

void findings_json(const struct library_findings *found, struct buffer *out)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct library_found *f = &found->items[i];
        json_t *object = session_json(&f->session), *hits = json_array();
        for (size_t k = 0; k < f->hit_count; k++)
            json_array_append_new(hits, hit_json(&f->hits[k]));
        json_object_set_new(object, "hits", hits);
        json_object_set_new(object, "more", json_integer((json_int_t)f->more));
        json_write(out, object);
        buffer_add_char(out, '\n');
        json_decref(object);
    }
}
