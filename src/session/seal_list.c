#include "session/seal_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The bytes of the words, at most `length`, without the blanks around them. */
static size_t trim(const char **words, size_t length)
{
    while (length && strchr(" \t\n", **words)) {
        (*words)++;
        length--;
    }
    while (length && strchr(" \t\n", (*words)[length - 1]))
        length--;
    return length;
}

static bool is_none(const char *words, size_t length)
{
    length = trim(&words, length);
    return !length || (length == 1 && *words == '-') ||
           (length == 4 && !strncasecmp(words, "none", 4));
}

bool seal_list_is_none(const char *words)
{
    return is_none(words, strlen(words));
}

/* The next piece that is one; false: there is no more. */
static bool next_piece(const char **words, const char **piece, size_t *length)
{
    while (**words) {
        size_t size = strcspn(*words, ";\n");
        *piece = *words;
        *words += size + ((*words)[size] != '\0');
        *length = trim(piece, size);
        if (!is_none(*piece, *length))
            return true;
    }
    return false;
}

size_t seal_list_count(const char *words)
{
    const char *piece;
    size_t length, count = 0;
    while (next_piece(&words, &piece, &length))
        count++;
    return count;
}

void seal_list_show(const char *words, bool numbered, struct buffer *out)
{
    const char *piece;
    size_t length, all = seal_list_count(words), count = 0;
    while (next_piece(&words, &piece, &length)) {
        buffer_add_string(out, count++ ? "; " : "");
        if (numbered && all > 1)
            buffer_printf(out, "%zu ", count);
        buffer_add(out, piece, length);
    }
}

json_t *seal_list_json(const char *words)
{
    json_t *list = json_array();
    const char *piece;
    size_t length;
    while (next_piece(&words, &piece, &length))
        json_array_append_new(list, json_text_new(piece, length));
    return list;
}

/* --- numbers --- */

static bool has_piece(const char *words, const char *wanted, size_t size)
{
    const char *piece;
    size_t length;
    while (next_piece(&words, &piece, &length))
        if (length == size && !memcmp(piece, wanted, size))
            return true;
    return false;
}

static void add_piece(struct buffer *out, const char *piece, size_t length)
{
    if (out->length && has_piece(out->data, piece, length))
        return;
    buffer_add_string(out, out->length ? "; " : "");
    buffer_add(out, piece, length);
}

static bool add_proposed(const char *proposed, size_t number, struct buffer *out)
{
    const char *piece;
    size_t length;
    while (number && next_piece(&proposed, &piece, &length))
        if (--number == 0) {
            add_piece(out, piece, length);
            return true;
        }
    return false;
}

/* "1 3", "1, 3 and 4" */
static bool is_numbers(const char *piece, size_t length)
{
    bool any = false;
    for (size_t i = 0; i < length; i++) {
        if (length - i >= 3 && !strncasecmp(piece + i, "and", 3))
            i += 2;
        else if (!strchr("0123456789 \t,&", piece[i]))
            return false;
        any = any || isdigit((unsigned char)piece[i]);
    }
    return any;
}

static bool add_numbers(const char *piece, size_t length, const char *proposed,
                        struct buffer *out)
{
    const char *end = piece + length;
    while (piece < end) {
        if (!isdigit((unsigned char)*piece)) {
            piece++;
            continue;
        }
        char *behind;
        if (!add_proposed(proposed, strtoul(piece, &behind, 10), out))
            return false;
        piece = behind;
    }
    return true;
}

/* --- a recommendation --- */

/* A word in small letters, and the mark right behind it. */
static bool next_word(const char **words, char *word, size_t room, char *mark)
{
    static const char ends[] = " \t\n,.;:!?(";
    size_t kept = 0;
    *words += strspn(*words, ends);
    for (; **words && !strchr(ends, **words); (*words)++)
        if (kept + 1 < room)
            word[kept++] = (char)tolower((unsigned char)**words);
    word[kept] = '\0';
    *mark = **words;
    return kept > 0;
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(word, *list))
            return true;
    return false;
}

/* "no numbers" is a gap, "no hire", "no at mid" and "no, weak on rollout" are not. */
static bool is_plain_no(const char *rest, char mark)
{
    static const char *const follow[] = { "hire", "but",    "at",    "for",    "because",
                                          "mid",  "senior", "staff", "hiring", NULL };
    char word[16];
    if (mark && strchr(",.;:!?", mark))
        return true;
    return !next_word(&rest, word, sizeof(word), &mark) || is_one_of(word, follow);
}

bool seal_list_recommends(const char *words)
{
    static const char *const degrees[] = { "strong",     "strongly", "lean",
                                           "leaning",    "weak",     "definite",
                                           "borderline", "s",        NULL };
    static const char *const plain[] = { "y",         "yes",         "n",
                                         "sy",        "sn",          "hire",
                                         "no-hire",   "nohire",      "strong-yes",
                                         "strong-no", "lean-yes",    "lean-no",
                                         "lean-hire", "strong-hire", NULL };
    char word[16], mark;
    bool degree = false, more;
    while ((more = next_word(&words, word, sizeof(word), &mark)) &&
           is_one_of(word, degrees))
        degree = true;
    if (!more)
        return degree;
    return is_one_of(word, plain) || (!strcmp(word, "no") && is_plain_no(words, mark));
}

enum seal_list seal_list_read(const char *words, const char *proposed, struct buffer *out)
{
    struct buffer all = BUFFER_INIT;
    const char *piece;
    size_t length;
    bool fine = true;
    if (seal_list_recommends(words))
        return SEAL_LIST_RECOMMENDS;
    while (fine && next_piece(&words, &piece, &length)) {
        if (is_numbers(piece, length))
            fine = add_numbers(piece, length, proposed, &all);
        else
            add_piece(&all, piece, length);
    }
    if (fine && all.length)
        buffer_add(out, all.data, all.length);
    buffer_release(&all);
    return fine ? SEAL_LIST_FINE : SEAL_LIST_NO_NUMBER;
}
