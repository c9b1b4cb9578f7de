#include "command/scenarios.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "command/shelf.h"
#include "report/card.h"

/* Last scores come from the index; without transcripts there are none. */
static void find_scores(struct command_context *ctx, struct scenario_rows *rows)
{
    const char *folder = command_transcripts(ctx, NULL);
    struct shelf *shelf =
        folder && file_is_folder(folder) ? shelf_open(ctx, LIBRARY_ALL, NULL) : NULL;
    for (size_t i = 0; shelf && i < rows->count; i++)
        rows->items[i].has_score =
            library_last_score(shelf_library(shelf), rows->items[i].id,
                               &rows->items[i].last_score, &rows->items[i].last_part);
    shelf_close(shelf);
}

/* --- rows --- */

static void take_summary(struct scenario_row *row, const char *id, struct scenario_summary *summary)
{
    *row = (struct scenario_row) {
        .id = xstrdup(id),
        .title = xstrdup(summary->title),
        .level = xstrdup(summary->level ? summary->level : ""),
        .tags = summary->tags,
        .minutes = summary->minutes,
    };
    summary->tags = NULL;
    scenario_summary_release(summary);
}

const char *scenario_theme(const struct scenario_row *row)
{
    return row->tags && row->tags[0] ? row->tags[0] : "other";
}

/* By theme, those of none at the end; then by id. */
static int by_theme(const void *a, const void *b)
{
    const struct scenario_row *x = a, *y = b;
    bool none = !(x->tags && x->tags[0]), other = !(y->tags && y->tags[0]);
    if (none != other)
        return none ? 1 : -1;
    int order = strcmp(scenario_theme(x), scenario_theme(y));
    return order ? order : strcmp(x->id, y->id);
}

int scenario_rows_none(struct error *e)
{
    error_set(e, ERROR_INPUT,
              "there are no scenarios: install viva with its content, or name a "
              "folder that has some with --content DIR; 'viva doctor' shows where "
              "they are sought");
    return ERROR_INPUT;
}

int scenario_rows_load(struct command_context *ctx, struct scenario_rows *out)
{
    char **ids = NULL;
    struct error_list errors = ERROR_LIST_INIT;
    struct catalogue *catalogue = command_catalogue(ctx);
    struct error problem;
    error_init(&problem);
    if (catalogue_check(catalogue, &problem) < 0) { /* once, not for every scenario elsewhere */
        *out = (struct scenario_rows) { NULL, 0 };
        command_print_error(ctx, &problem);
        return (int)problem.code;
    }
    size_t count = catalogue_scenarios(catalogue, &ids);
    *out = (struct scenario_rows) { xcalloc(count ? count : 1, sizeof(*out->items)), 0 };
    for (size_t i = 0; i < count; i++) {
        struct scenario_summary summary;
        if (catalogue_summary(catalogue, ids[i], &summary, &errors) == 0)
            take_summary(&out->items[out->count++], ids[i], &summary);
        free(ids[i]);
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].root =
            catalogue_root_of(catalogue, out->items[i].id, &out->items[i].hidden);
    free(ids);
    qsort(out->items, out->count, sizeof(*out->items), by_theme);
    find_scores(ctx, out);
    int status = command_print_errors(ctx, &errors);
    error_list_release(&errors);
    return status;
}

static void release_row(struct scenario_row *row)
{
    free(row->id);
    free(row->title);
    free(row->level);
    for (char **tag = row->tags; tag && *tag; tag++)
        free(*tag);
    free(row->tags);
}

void scenario_rows_release(struct scenario_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        release_row(&rows->items[i]);
    free(rows->items);
    *rows = (struct scenario_rows) { NULL, 0 };
}

/* --- the table --- */

/* Columns of the table; 0: there is no room for it. */
struct layout {
    int theme, id, title, last;
    bool minutes, numbered, repeated; /* the theme stands in every line */
};

enum { NUMBER = 4, GAP = 2, LEVEL = 6, MINUTES = 9, LAST = 9, PART = 6 };

static int at_least(int width, const char *text)
{
    int own = utf8_width(text, strlen(text));
    return own > width ? own : width;
}

/* Whether all say the same, which then can be said once. */
static bool minutes_alike(const struct scenario_rows *rows)
{
    for (size_t i = 1; i < rows->count; i++)
        if (rows->items[i].minutes != rows->items[0].minutes)
            return false;
    return rows->count > 1;
}

static int last_columns(const struct scenario_rows *rows)
{
    int last = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].has_score && last < LAST + PART)
            last = rows->items[i].last_part ? LAST + PART : LAST;
    return last;
}

/* What the other columns leave for titles, with the gap behind them taken off. */
static int room_for_title(const struct layout *l, const struct screen *screen)
{
    return screen->width - (l->numbered ? NUMBER : 0) - (l->theme ? l->theme + GAP : 0) -
           (l->id + GAP) - GAP - LEVEL - (l->minutes ? MINUTES : 0) - l->last;
}

/* Titles say what a problem is: minutes that are all alike go first, then the theme, which orders the rows all the
 * same. Elsewhere than in a window a line may be too long: it is cut off sooner than broken. */
static struct layout lay_out(const struct scenario_rows *rows, const struct screen *screen,
                             bool numbered)
{
    enum { TITLE_LEAST = 8, TITLE_GOOD = 20, TITLE_MOST = 50 };
    struct layout l = { .numbered = numbered,
                        .minutes = true,
                        .last = last_columns(rows),
                        .repeated = screen->plain || !screen->terminal };
    int wanted = 0;
    for (size_t i = 0; i < rows->count; i++) {
        l.theme = at_least(l.theme, scenario_theme(&rows->items[i]));
        l.id = at_least(l.id, rows->items[i].id);
        wanted = at_least(wanted, rows->items[i].title);
    }
    wanted = wanted > TITLE_MOST ? TITLE_MOST : wanted;
    if (room_for_title(&l, screen) < wanted && minutes_alike(rows))
        l.minutes = false;
    if (room_for_title(&l, screen) < (wanted < TITLE_GOOD ? wanted : TITLE_GOOD))
        l.theme = 0;
    int room = room_for_title(&l, screen);
    l.title = room < TITLE_LEAST ? 0 : room < wanted ? room : wanted;
    if (l.title == 0 && room + GAP < 0 && screen->terminal)
        l.last = 0;
    if (l.title == 0 && room_for_title(&l, screen) + GAP < 0 && screen->terminal)
        l.minutes = false;
    return l;
}

static void add_cell(struct buffer *line, const struct screen *screen, const char *text, int width)
{
    if (!width)
        return;
    screen_cell(line, screen, text, width);
    buffer_add_string(line, "  ");
}

/* The lines of a title that did not fit into its column, each beneath the one before. */
static void write_rest(const char *rest, const struct layout *l, struct buffer *out)
{
    int indent =
        (l->numbered ? NUMBER : 0) + (l->theme ? l->theme + GAP : 0) + l->id + GAP;
    while (*rest) {
        size_t length = strcspn(rest, "\n");
        buffer_repeat(out, " ", (size_t)indent);
        buffer_add(out, rest, length);
        buffer_add_char(out, '\n');
        rest += length + (rest[length] == '\n');
    }
}

/* A row, its title in several lines if it has to be and may be. */
static void write_row(const struct scenario_rows *rows, size_t index,
                      const struct layout *l, const struct screen *screen,
                      struct buffer *out)
{
    const struct scenario_row *row = &rows->items[index];
    const char *theme = scenario_theme(row), *rest = "";
    bool same = index > 0 && !strcmp(theme, scenario_theme(&rows->items[index - 1]));
    struct buffer title = BUFFER_INIT;
    screen_wrap(&title, row->title, strlen(row->title),
                l->repeated || !l->title ? SCREEN_WIDEST : l->title, 0, 0);
    char *end = title.length ? strchr(title.data, '\n') : NULL;
    if (end) {
        *end = '\0';
        rest = end + 1;
    }
    if (l->numbered)
        buffer_printf(out, "%2zu  ", index + 1);
    add_cell(out, screen, same && !l->repeated ? "" : theme, l->theme);
    add_cell(out, screen, row->id, l->id);
    add_cell(out, screen, title.length ? title.data : "", l->title);
    screen_cell(out, screen, row->level, LEVEL);
    if (l->minutes)
        buffer_printf(out, "  %3.0f min", row->minutes);
    if (l->last && row->has_score) {
        buffer_add_string(out, "  last ");
        card_total(row->last_score, out);
        buffer_add_string(out, row->last_part ? ", part" : "");
    }
    buffer_add_char(out, '\n');
    if (l->title)
        write_rest(rest, l, out);
    buffer_release(&title);
}

void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out)
{
    struct layout layout = lay_out(rows, screen, numbered);
    for (size_t i = 0; i < rows->count; i++)
        write_row(rows, i, &layout, screen, out);
    if (!layout.minutes && minutes_alike(rows) && screen->terminal)
        buffer_printf(out, "\n%.0f minutes each.\n", rows->items[0].minutes);
}

/* "12 rate-limiter", on a line of its own where it would be broken. Returns the column behind it. */
static int add_name(struct buffer *out, const struct screen *screen, size_t number,
                    const char *id, int column, int indent)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%zu %s", number, id);
    int width = utf8_width(name.data, name.length);
    if (column > indent && column + 2 + width > screen->width) {
        buffer_add_char(out, '\n');
        buffer_repeat(out, " ", (size_t)indent);
        column = indent;
    }
    buffer_printf(out, "  %s", name.data);
    buffer_release(&name);
    return column + 2 + width;
}

void scenario_rows_write_names(const struct scenario_rows *rows,
                               const struct screen *screen, struct buffer *out)
{
    int indent = 0;
    for (size_t i = 0; i < rows->count; i++)
        indent = at_least(indent, scenario_theme(&rows->items[i]));
    for (size_t i = 0; i < rows->count;) {
        const char *theme = scenario_theme(&rows->items[i]);
        int column = indent;
        screen_cell(out, screen, theme, indent);
        for (; i < rows->count && !strcmp(theme, scenario_theme(&rows->items[i])); i++)
            column = add_name(out, screen, i + 1, rows->items[i].id, column, indent);
        buffer_add_char(out, '\n');
    }
}

/* "From team: booking-system, and url-shortener in place of that in /usr/share/viva." */
static void add_source(const struct scenario_rows *rows, const char *root,
                       struct buffer *text)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct scenario_row *row = &rows->items[i];
        if (row->root != root)
            continue;
        buffer_printf(text, "%s%s", text->length ? ", " : "", row->id);
        if (row->hidden)
            buffer_printf(text, " (in place of that in %s)", row->hidden);
    }
}

void scenario_rows_write_sources(const struct scenario_rows *rows,
                                 const char *const *roots, const struct screen *screen,
                                 struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; roots[i] && roots[i + 1];
         i++) { /* the last is that of the installation */
        struct buffer names = BUFFER_INIT, text = BUFFER_INIT;
        add_source(rows, roots[i], &names);
        if (names.length) {
            buffer_printf(&text, "From %s: %s",
                          strcmp(roots[i], ".") != 0 ? roots[i] : "this folder",
                          names.data);
            buffer_add_string(out, any ? "" : "\n");
            screen_paragraph(out, screen, text.data, 0);
            any = true;
        }
        buffer_release(&names);
        buffer_release(&text);
    }
}

/* --- some of them --- */

bool scenario_has_tag(const struct scenario_row *row, const char *tag, size_t length)
{
    for (char **own = row->tags; own && *own; own++)
        if (strlen(*own) == length && !strncmp(*own, tag, length))
            return true;
    return false;
}

void scenario_rows_keep(struct scenario_rows *rows, const bool *keep)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (keep[i])
            rows->items[kept++] = rows->items[i];
        else
            release_row(&rows->items[i]);
    }
    rows->count = kept;
}
