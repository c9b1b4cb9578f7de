#include "report/sessions.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "base/utf8.h"
#include "report/card.h"

enum { DAY = 10, MINUTE = 16, LEVEL = 6, ID = 8, GAP = 2, WIDE = 76 };
enum { SCENARIO_MOST = 28, CANDIDATE_MOST = 16, CANDIDATE_NARROW = 10 };

static int wider(int width, const char *text)
{
    int own = utf8_width(text, strlen(text));
    return own > width ? own : width;
}

static void widen(struct sessions_layout *layout, const struct library_session *s)
{
    layout->scenario = wider(layout->scenario, s->scenario);
    struct buffer state = BUFFER_INIT;
    session_state(s, &state);
    layout->state = wider(layout->state, state.data);
    layout->candidate = wider(layout->candidate, s->candidate);
    buffer_release(&state);
}

/* What fits: a narrow screen shows no time of day, and no level beside a candidate. */
static void fit(struct sessions_layout *layout, const struct screen *screen)
{
    int most = screen->width >= WIDE ? CANDIDATE_MOST : CANDIDATE_NARROW;
    if (layout->candidate > most)
        layout->candidate = most;
    layout->time = screen->width >= WIDE;
    layout->level = screen->width >= WIDE || !layout->candidate;
    int fixed = (layout->time ? MINUTE : DAY) + GAP + (layout->level ? LEVEL + GAP : 0) +
                layout->state + GAP + (layout->candidate ? layout->candidate + GAP : 0) +
                ID + GAP;
    int left = screen->width - fixed;
    left = left < 8 ? 8 : left > SCENARIO_MOST ? SCENARIO_MOST : left;
    if (layout->scenario > left)
        layout->scenario = left;
}

void sessions_layout(const struct library_session *items, size_t count,
                     const struct screen *screen, struct sessions_layout *out)
{
    *out = (struct sessions_layout) { 0 };
    for (size_t i = 0; i < count; i++)
        widen(out, &items[i]);
    fit(out, screen);
}

void sessions_layout_found(const struct library_findings *found,
                           const struct screen *screen, struct sessions_layout *out)
{
    *out = (struct sessions_layout) { 0 };
    for (size_t i = 0; i < found->count; i++)
        widen(out, &found->items[i].session);
    fit(out, screen);
}

void session_add_grader(const char *grader, struct buffer *out)
{
    const char *colon = strchr(grader, ':');
    if (strcmp(grader, "rubric") != 0)
        buffer_printf(out, " by %s", colon ? colon + 1 : grader);
}

void session_state(const struct library_session *s, struct buffer *out)
{
    if (!s->ended)
        buffer_add_string(out, "open");
    else if (*s->unsealed)
        buffer_add_string(out, "not sealed");
    else if (isnan(s->score))
        buffer_add_string(out, "not graded");
    if (!s->ended || isnan(s->score))
        return;
    card_total(s->score, out);
    session_add_grader(s->grader, out);
    if (s->unfinished)
        buffer_add_string(out, ", part");
}

static void cell(struct buffer *out, const struct screen *screen, const char *text,
                 int columns)
{
    screen_cell(out, screen, text, columns);
    buffer_repeat(out, " ", GAP);
}

void session_line(const struct library_session *s, const struct sessions_layout *layout,
                  const struct screen *screen, struct buffer *out)
{
    struct buffer state = BUFFER_INIT;
    char when[TIME_TEXT_SIZE];
    time_format_local(s->start, when);
    if (!layout->time)
        when[DAY] = '\0';
    cell(out, screen, when, layout->time ? MINUTE : DAY);
    cell(out, screen, s->scenario, layout->scenario);
    if (layout->level)
        cell(out, screen, s->level, LEVEL);
    session_state(s, &state);
    cell(out, screen, state.data, layout->state);
    if (layout->candidate)
        cell(out, screen, s->candidate, layout->candidate);
    utf8_add_harmless(out, s->id, strlen(s->id));
    buffer_add_char(out, '\n');
    buffer_release(&state);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(object, key, json_string(text));
}

json_t *session_json(const struct library_session *s)
{
    json_t *object = json_object();
    char start[TIME_TEXT_SIZE];
    time_format(s->start, start);
    json_object_set_new(object, "id", json_text_new(s->id, strlen(s->id)));
    json_object_set_new(object, "file", json_text_new(s->name, strlen(s->name)));
    set_text(object, "scenario", s->scenario);
    set_text(object, "level", s->level);
    set_text(object, "mode", s->mode);
    set_text(object, "candidate", s->candidate);
    json_object_set_new(object, "start", json_string(start));
    json_object_set_new(object, "seconds", json_integer(s->used / 1000));
    json_object_set_new(object, "ended", json_boolean(s->ended));
    json_object_set_new(object, "early", json_boolean(s->early));
    json_object_set_new(object, "opened", json_integer((json_int_t)s->opened));
    json_object_set_new(object, "phases", json_integer((json_int_t)s->phases));
    if (*s->unsealed)
        json_object_set_new(object, "unsealed", json_true());
    if (!isnan(s->score)) {
        json_object_set_new(object, "score", json_real(s->score));
        set_text(object, "grader", s->grader);
        json_object_set_new(object, "unfinished", json_boolean(s->unfinished));
    }
    return object;
}

void sessions_json(const struct library_sessions *page, struct buffer *out)
{
    for (size_t i = 0; i < page->count; i++) {
        json_t *object = session_json(&page->items[i]);
        json_write(out, object);
        buffer_add_char(out, '\n');
        json_decref(object);
    }
}

void sessions_write(const struct library_sessions *page, const char *again,
                    const struct screen *screen, struct buffer *out)
{
    struct sessions_layout layout;
    struct buffer rest = BUFFER_INIT;
    sessions_layout(page->items, page->count, screen, &layout);
    for (size_t i = 0; i < page->count; i++)
        session_line(&page->items[i], &layout, screen, out);
    if (page->count < page->total)
        buffer_printf(&rest, "The newest %zu of %zu; --limit 0 shows all. ", page->count,
                      page->total);
    buffer_printf(&rest, "viva review %s%s shows the newest again.", page->items[0].id,
                  again);
    buffer_add_char(out, '\n');
    screen_style(out, screen, SCREEN_DIM);
    screen_wrap(out, rest.data, rest.length, screen->width, 0, 0);
    screen_style(out, screen, SCREEN_NORMAL);
    buffer_add_char(out, '\n');
    buffer_release(&rest);
}

void session_clock_text(int64_t ms, struct buffer *out)
{
    int64_t seconds = ms < 0 ? 0 : ms / 1000;
    buffer_printf(out, "%lld:%02lld", (long long)(seconds / 60),
                  (long long)(seconds % 60));
}

void session_phase_name(const char *id, struct buffer *out)
{
    bool one_word = !strcmp(id, "wrap-up");
    for (; *id; id++)
        buffer_add_char(out, *id == '-' && !one_word ? ' ' : *id);
}
