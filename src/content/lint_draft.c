/* lint_draft.c - what is still to be written: strings with TODO in them, as skeletons have. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "content/lint_internal.h"

static const char mark[] = "TODO";

/* Where the mark stands as a word by itself, or NULL. */
static const char *find_mark(const char *text)
{
    const size_t length = sizeof(mark) - 1;
    for (const char *at = text; (at = strstr(at, mark)); at += length) {
        bool begins = at == text || !isalnum((unsigned char)at[-1]);
        if (begins && !isalnum((unsigned char)at[length]))
            return at;
    }
    return NULL;
}

bool lint_is_draft(const char *text)
{
    return text && find_mark(text);
}

static void check_string(struct lint *l, const json_t *value)
{
    enum { SHOWN_MOST = 160 };
    const char *text = json_string_value(value), *at = find_mark(text);
    if (!at)
        return;
    at += sizeof(mark) - 1;
    at += strspn(at, ": ");
    size_t length = strcspn(at, "\n)");
    length = length > SHOWN_MOST ? utf8_valid_prefix(at, SHOWN_MOST) : length;
    if (length)
        json_fail(&l->check, value, "still to write: %.*s", (int)length, at);
    else
        json_fail(&l->check, value, "still to write");
}

static void walk(struct lint *l, json_t *value)
{
    size_t index;
    const char *key;
    json_t *item;
    if (json_is_string(value))
        check_string(l, value);
    json_array_foreach (value, index, item)
        walk(l, item);
    json_object_foreach (value, key, item)
        walk(l, item);
}

void lint_drafts(struct lint *l)
{
    walk(l, l->doc.root);
}
