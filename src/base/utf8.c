#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t utf8_decode(const char *text, size_t length, int32_t *codepoint)
{
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        *codepoint = first;
        return 1;
    }
    utf8proc_int32_t cp;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, &cp);
    if (size <= 0) {
        *codepoint = 0xfffd;
        return 1;
    }
    *codepoint = cp;
    return (size_t)size;
}

/* Bytes before the first that is not ASCII: eight at a time, since most text has none. */
static size_t ascii_prefix(const char *text, size_t length)
{
    uint64_t eight;
    size_t at = 0;
    for (; at + sizeof(eight) <= length; at += sizeof(eight)) {
        memcpy(&eight, text + at, sizeof(eight));
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < length && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid_prefix(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        at += ascii_prefix(text + at, length - at);
        if (at == length)
            break;
        utf8proc_int32_t cp;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(length - at), &cp);
        if (size <= 0)
            break;
        at += (size_t)size;
    }
    return at;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    int32_t cp;
    for (size_t at = 0; at < length; count++)
        at += utf8_decode(text + at, length - at, &cp);
    return count;
}

/* Bytes of the blank at `text`, 0 when there is none or it is ASCII. */
static size_t wide_blank(const char *text, size_t length)
{
    int32_t cp;
    unsigned char first = (unsigned char)*text;
    if (first != 0xc2 && first != 0xe1 && first != 0xe2 &&
        first != 0xe3) /* of U+00A0 ... U+3000 */
        return 0;
    size_t size = utf8_decode(text, length, &cp);
    return utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS ? size : 0;
}

bool utf8_plain_blanks(struct buffer *out, const char *text, size_t length)
{
    size_t at = ascii_prefix(text, length);
    while (at < length && !wide_blank(text + at, length - at))
        at++;
    if (at == length)
        return false;
    buffer_clear(out);
    buffer_add(out, text, length);
    for (size_t size; at < length; at += size ? size : 1) {
        size = wide_blank(text + at, length - at);
        memset(out->data + at, ' ', size);
    }
    return true;
}

static char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void fold_ascii(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buffer_add_char(out, lowered(text[i]));
}

bool utf8_fold_plain(char *room, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return false;
        room[i] = lowered(text[i]);
    }
    return true;
}

void utf8_fold(struct buffer *out, const char *text, size_t length)
{
    if (!length)
        return;
    if (ascii_prefix(text, length) == length) {
        fold_ascii(out, text, length);
        return;
    }
    const int options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                        UTF8PROC_IGNORE | UTF8PROC_STRIPMARK | UTF8PROC_STABLE;
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text,
                                         (utf8proc_ssize_t)length, &folded,
                                         (utf8proc_option_t)options);
    if (size < 0)
        fold_ascii(out, text, length); /* invalid UTF-8: bytes compare as they are */
    else
        buffer_add(out, (const char *)folded, (size_t)size);
    free(folded);
}

bool utf8_is_letter(int32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    utf8proc_category_t c = utf8proc_category(cp);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
           (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME);
}

bool utf8_is_digit(int32_t cp)
{
    if (cp < 0x80)
        return cp >= '0' && cp <= '9';
    return utf8proc_category(cp) == UTF8PROC_CATEGORY_ND;
}

static int character_width(int32_t cp)
{
    if (cp >= 0x20 && cp < 0x7f)
        return 1;
    if (cp < 0x20 || cp == 0x7f)
        return 0;
    int width = utf8proc_charwidth(cp);
    return width < 0 ? 0 : width;
}

int utf8_width(const char *text, size_t length)
{
    int width = 0;
    int32_t cp;
    for (size_t at = 0; at < length;) {
        at += utf8_decode(text + at, length - at, &cp);
        width += character_width(cp);
    }
    return width;
}

size_t utf8_fit(const char *text, size_t length, int columns)
{
    size_t at = 0;
    int32_t cp;
    while (at < length) {
        size_t size = utf8_decode(text + at, length - at, &cp);
        columns -= character_width(cp);
        if (columns < 0)
            break;
        at += size;
    }
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

size_t utf8_fit_words(const char *text, size_t length, int columns)
{
    size_t fit = utf8_fit(text, length, columns), end = fit;
    if (fit == length)
        return fit;
    while (end > 0 && !is_blank(text[end]))
        end--;
    while (end > 0 && is_blank(text[end - 1]))
        end--;
    return end > fit / 2 ? end : fit;
}

static bool changes_direction(int32_t cp)
{
    return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
           cp == 0x200f;
}

void utf8_add_harmless(struct buffer *out, const char *text, size_t length)
{
    int32_t cp;
    for (size_t at = 0, size; at < length; at += size) {
        size = utf8_decode(text + at, length - at, &cp);
        if (cp == '\n' || cp == '\t')
            buffer_add_char(out, (char)cp);
        else if (cp < 0x20)
            buffer_printf(out, "^%c", (char)(cp + 0x40));
        else if (cp == 0x7f)
            buffer_add_string(out, "^?");
        else if ((cp >= 0x80 && cp < 0xa0) || changes_direction(cp))
            buffer_printf(out, "\\u%04x", (unsigned)cp);
        else if (cp == 0xfffd && size == 1)
            buffer_add_string(out, "\xef\xbf\xbd");
        else
            buffer_add(out, text + at, size);
    }
}

const char *utf8_library_version(void)
{
    return utf8proc_version();
}

size_t utf8_words(const char *text, size_t length)
{
    size_t words = 0;
    for (size_t i = 0; i < length; i++)
        words +=
            (unsigned char)text[i] > ' ' && (i == 0 || (unsigned char)text[i - 1] <= ' ');
    return words;
}
