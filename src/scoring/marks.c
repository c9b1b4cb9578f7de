#include "scoring/marks.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct marks {
    size_t count, astray;
    size_t open; /* brackets; round and square ones count as one kind: "[start, end)" */
};

/* --- brackets --- */

/* "2)", "b)": the mark of an item. */
static bool marks_item(const char *text, size_t at)
{
    size_t start = at;
    while (start && isalnum((unsigned char)text[start - 1]))
        start--;
    return start < at && at - start <= 2 &&
           (!start || isspace((unsigned char)text[start - 1]));
}

/* ":)", ";-(" */
static bool is_face(const char *text, size_t at)
{
    size_t eyes = at && text[at - 1] == '-' ? at - 1 : at;
    return eyes && (text[eyes - 1] == ':' || text[eyes - 1] == ';');
}

static void open_bracket(struct marks *m, const struct text_part *part, size_t at)
{
    bool ends = at + 1 == part->length || isspace((unsigned char)part->text[at + 1]);
    if (ends && is_face(part->text, at))
        return;
    m->open++;
    m->count++;
}

static void close_bracket(struct marks *m, const char *text, size_t at)
{
    if (!m->open && (marks_item(text, at) || is_face(text, at)))
        return;
    m->count++;
    m->astray += !m->open;
    m->open -= m->open > 0;
}

static void read_brackets(struct marks *m, const struct text_part *part)
{
    for (size_t i = 0; i < part->length; i++) {
        char c = part->text[i];
        if (c == '(' || c == '[')
            open_bracket(m, part, i);
        else if (c == ')' || c == ']')
            close_bracket(m, part->text, i);
    }
    m->astray += m->open;
    m->open = 0;
}

/* --- signs --- */

/* What stands between two blanks. */
enum token { TOKEN_NONE, TOKEN_SIGN, TOKEN_WORD };

struct signs {
    enum token last;
    bool left; /* the last one is a sign, with something before it */
    char end;  /* the last one's last character */
};

static bool is_one_of(const char *const *signs, const char *text, size_t length)
{
    for (size_t i = 0; signs[i]; i++)
        if (strlen(signs[i]) == length && memcmp(signs[i], text, length) == 0)
            return true;
    return false;
}

static bool is_arrow(const char *text, size_t length)
{
    static const char *const arrows[] = { "->", "=>", "\u2192", NULL };
    return is_one_of(arrows, text, length);
}

enum { SIGN_MAX = 3 }; /* bytes; nearly all tokens are longer words */

static bool is_sign(const char *text, size_t length)
{
    static const char *const signs[] = { "=", "+", "\u00d7", "\u2248", NULL };
    return length <= SIGN_MAX && !isalnum((unsigned char)*text) &&
           (is_one_of(signs, text, length) || is_arrow(text, length));
}

/* The last token, a sign, is done with; `astray`: what it needs before or behind it is not there. */
static void end_sign(struct marks *m, bool astray)
{
    m->count++;
    m->astray += astray;
}

/* Whether a sign may follow here; an arrow begins sentences too: "One box. -> 500/s". */
static bool may_follow(const struct signs *s, bool arrow)
{
    if (s->last != TOKEN_WORD)
        return arrow && s->last == TOKEN_NONE;
    return !strchr(arrow ? ",;:([" : ".,;:([", s->end);
}

static void take_token(struct marks *m, struct signs *s, const char *text, size_t length)
{
    bool sign = is_sign(text, length);
    if (s->last == TOKEN_SIGN)
        end_sign(m, !s->left || sign || strchr(")],;", *text));
    s->left = sign && may_follow(s, is_arrow(text, length));
    s->end = text[length - 1];
    s->last = sign ? TOKEN_SIGN : TOKEN_WORD;
}

static void take_gap(struct marks *m, struct signs *s)
{
    if (s->last == TOKEN_SIGN)
        end_sign(m, true);
    *s = (struct signs) { .last = TOKEN_NONE };
}

/* A line that goes on in the next is one with it; an empty one parts. */
static void read_signs(struct marks *m, const struct text_part *part)
{
    struct signs s = { .last = TOKEN_NONE };
    size_t lines = 1; /* that ended since the last token */
    for (size_t i = 0; i < part->length;) {
        size_t start = i;
        if (isspace((unsigned char)part->text[i])) {
            lines += part->text[i++] == '\n';
            continue;
        }
        while (i < part->length && !isspace((unsigned char)part->text[i]))
            i++;
        if (lines > 1)
            take_gap(m, &s);
        if (!lines || !is_sign(part->text + start, i - start))
            take_token(m, &s, part->text + start, i - start);
        lines = 0;
    }
    take_gap(m, &s);
}

/* --- both --- */

enum { SLIPS = 1, SLIPS_SHARE = 12 };

double marks_astray(const struct text_part *parts, size_t count)
{
    struct marks m = { 0 };
    for (size_t i = 0; i < count; i++) {
        read_brackets(&m, &parts[i]);
        read_signs(&m, &parts[i]);
    }
    double beyond = (double)m.astray - SLIPS - (double)m.count / SLIPS_SHARE;
    return beyond > 0 ? beyond / (double)m.count : 0;
}
