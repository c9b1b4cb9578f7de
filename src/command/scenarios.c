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
    int theme, id, title;
    bool minutes, score, numbered, repeated; /* the theme stands in every line */
};

static int at_least(int width, const char *text)
{
    int own = utf8_width(text, strlen(text));
    return own > width ? own : width;
}

static struct layout lay_out(const struct scenario_rows *rows, const struct screen *screen,
                             bool numbered)
{
    enum {
        TITLE_LEAST = 8,
        TITLE_MOST = 34,
        LEVEL = 8,
        MINUTES = 9,
        LAST = 9,
        PART = 6,
        NUMBER = 4
    };
    struct layout l = { .numbered = numbered, .repeated = screen->plain || !screen->terminal };
    bool scores = false, parts = false;
    for (size_t i = 0; i < rows->count; i++) {
        l.theme = at_least(l.theme, scenario_theme(&rows->items[i]));
        l.id = at_least(l.id, rows->items[i].id);
        scores = scores || rows->items[i].has_score;
        parts = parts || (rows->items[i].has_score && rows->items[i].last_part);
    }
    int last = !scores ? 0 : parts ? LAST + PART : LAST;
    int rest = screen->width - l.id - LEVEL - (numbered ? NUMBER : 0);
    l.minutes = rest >= MINUTES || !screen->terminal; /* cut off sooner than broken */
    l.score = scores && (rest >= MINUTES + last || !screen->terminal);
    rest -= MINUTES + last;
    if (rest < l.theme + 2)
        l.theme = 0;
    rest -= l.theme ? l.theme + 2 : 0;
    l.title = rest - 2 >= TITLE_LEAST ? rest - 2 : 0;
    l.title = l.title > TITLE_MOST ? TITLE_MOST : l.title;
    return l;
}

static void add_cell(struct buffer *line, const struct screen *screen, const char *text, int width)
{
    if (!width)
        return;
    screen_cell(line, screen, text, width);
    buffer_add_string(line, "  ");
}

static void write_row(const struct scenario_rows *rows, size_t index, const struct layout *l,
                      const struct screen *screen, struct buffer *line)
{
    const struct scenario_row *row = &rows->items[index];
    const char *theme = scenario_theme(row);
    bool same = index > 0 && !strcmp(theme, scenario_theme(&rows->items[index - 1]));
    if (l->numbered)
        buffer_printf(line, "%2zu  ", index + 1);
    add_cell(line, screen, same && !l->repeated ? "" : theme, l->theme);
    add_cell(line, screen, row->id, l->id);
    add_cell(line, screen, row->title, l->title);
    screen_cell(line, screen, row->level, 6);
    if (l->minutes)
        buffer_printf(line, "  %3.0f min", row->minutes);
    if (l->score && row->has_score) {
        buffer_add_string(line, "  last ");
        card_total(row->last_score, line);
        buffer_add_string(line, row->last_part ? ", part" : "");
    }
}

void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out)
{
    struct layout layout = lay_out(rows, screen, numbered);
    for (size_t i = 0; i < rows->count; i++) {
        struct buffer line = BUFFER_INIT;
        write_row(rows, i, &layout, screen, &line);
        buffer_printf(out, "%s\n", line.data);
        buffer_release(&line);
    }
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
