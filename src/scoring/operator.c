#include "scoring/operator.h"

#include <ctype.h>
#include <string.h>

#include "scoring/phrase.h"

enum {
    WORD_MAX = 16,
    NOUNS_MAX = 5, /* words between a number and the sign behind it */
};

/* The text between two numbers, as it is read. */
struct gap {
    const char *text;
    size_t at, to, length; /* of the gap, and of the text */
    const struct quantity *before, *next;
    struct operator_found found;
    int nouns;
    bool comma;
};

static const struct {
    const char *bytes;
    char sign;
} signs[] = {
    { "->", '=' },
    { "=>", '=' },
    { "*", '*' },
    { "/", '/' },
    { "+", '+' },
    { "-", '-' },
    { "=", '=' },
    { "\xc3\x97", '*' },
    { "\xc3\xb7", '/' },
    { "\xe2\x89\x88", '=' },
    { "\xe2\x86\x92", '=' },
};

/* Said for a sign; "is" ends a sum only where the units of its result follow, see arithmetic.c. */
static const struct {
    const char *word;
    char sign;
} spoken[] = {
    { "x", '*' },       { "times", '*' },  { "multiplied", '*' },
    { "divided", '/' }, { "is", '=' },     { "gives", '=' },
    { "makes", '=' },   { "equals", '=' }, { "that's", '=' },
};

/* The sign that begins at `at`, and its bytes; 0 when there is none. */
static char sign_at(const char *text, size_t at, size_t to, size_t *size)
{
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        size_t length = strlen(signs[i].bytes);
        if (to - at >= length && !memcmp(text + at, signs[i].bytes, length)) {
            *size = length;
            return signs[i].sign;
        }
    }
    return 0;
}

static char spoken_sign(const char *word)
{
    for (size_t i = 0; i < sizeof(spoken) / sizeof(*spoken); i++)
        if (!strcmp(spoken[i].word, word))
            return spoken[i].sign;
    return 0;
}

static size_t before_blanks(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '~' || text[at - 1] == '('))
        at--;
    return at;
}

/* Whether it stands behind an equals sign. */
static bool is_result(const char *text, size_t start)
{
    size_t at = before_blanks(text, start);
    return (at > 0 && text[at - 1] == '=') ||
           (at > 2 && !memcmp(text + at - 3, "\xe2\x89\x88", 3));
}

static bool is_word_char(char c)
{
    return isalpha((unsigned char)c) || c == '\'';
}

/* The word at the gap's place, in lower case, and the place behind it; a longer word than fits is cut. */
static void read_word(struct gap *g, char *word)
{
    size_t n = 0;
    for (; g->at < g->to; g->at++) {
        char c = g->text[g->at];
        bool inner = c == '-' && n > 0 && g->at + 1 < g->to &&
                     isalpha((unsigned char)g->text[g->at + 1]);
        if (!is_word_char(c) && !inner)
            break;
        if (n < WORD_MAX - 1)
            word[n++] = (char)tolower((unsigned char)c);
    }
    word[n] = '\0';
}

static bool take_sign(struct gap *g, char sign)
{
    if (g->found.sign && !(g->found.sign == '=' && sign == '='))
        return false;
    /* "5 users - 30 of them": a dash between words is no minus */
    if (sign == '-' && g->nouns > 0)
        return false;
    g->found.sign = sign;
    return true;
}

static bool is_each(const char *word)
{
    return !strcmp(word, "each") || !strcmp(word, "apiece");
}

/* "512 MB each", "fifty requests each": of as many things as the number before it says; "3 layers with 3 attempts each"
 * are 27. */
static bool is_for_each(const struct gap *g)
{
    bool many = g->next->kind == QUANTITY_BYTES || g->before->number >= 10;
    if (!many || (g->before->kind != QUANTITY_COUNT && g->before->kind != QUANTITY_RATE))
        return false;
    struct gap rest = { .text = g->text, .at = g->next->end, .to = g->length };
    for (int words = 0; words < 3; words++) {
        while (rest.at < rest.to && rest.text[rest.at] == ' ')
            rest.at++;
        char word[WORD_MAX] = "";
        read_word(&rest, word);
        if (is_each(word))
            return true;
        if (!word[0])
            return false;
    }
    return false;
}

/* "5% of 200", "2B rows at 64 bytes each", "10 shards of 500 GB", "ten users with two devices each". */
static bool is_product(const struct gap *g, const char *word)
{
    bool share = g->before->kind == QUANTITY_PERCENT && !g->nouns;
    bool counted = g->before->kind == QUANTITY_COUNT || g->before->kind == QUANTITY_RATE;
    bool things = counted && g->next->kind == QUANTITY_BYTES;
    if (phrase_in_list("of at with", word) && is_for_each(g))
        return true;
    return strcmp(word, "of") ? things && !strcmp(word, "at") : share || things;
}

/* "about 200", "the 40": between a sign and its number; elsewhere a word that names what is counted. */
static bool take_word(struct gap *g)
{
    char word[WORD_MAX] = "";
    read_word(g, word);
    if (g->found.sign)
        return phrase_in_list(
                   "about around roughly approximately approx some by ca circa say the those these us",
                   word) ||
               (g->found.sign == '*' && !g->found.said && g->nouns < NOUNS_MAX &&
                phrase_in_list("pool average avg mean factor of a an size", word));
    char sign = is_product(g, word) ? '*' : spoken_sign(word);
    if (sign) {
        g->found.sign = sign;
        g->found.said = strcmp(word, "x") != 0;
        return true;
    }
    g->found.spoken = true;
    if (is_each(word)) { /* "1 KB each, so that's": what was counted is behind */
        g->nouns = 0;
        return true;
    }
    if (g->comma && phrase_in_list("which so that", word))
        return true;
    /* "2 G", "40 N", "$0.09/GB": a number, or a unit, that is not read */
    bool letter = !word[1] && !phrase_in_list("a s h d", word);
    return ++g->nouns <= NOUNS_MAX && !letter &&
           !phrase_in_list(
               "and or but nor so then if we i you it they are was be with that which who "
               "when while because than to from as at by not no minus plus over for cents "
               "kb mb gb tb pb kib mib gib tib",
               word);
}

/* "messages/user / 86400": a slash before a word says per. */
static bool is_per(const struct gap *g)
{
    return g->text[g->at] == '/' && g->at + 1 < g->to &&
           isalpha((unsigned char)g->text[g->at + 1]);
}

/* The place behind a remark: "50M users (daily) * 40"; 0 when there is none. */
static size_t remark_end(const struct gap *g)
{
    size_t end = g->at + 1;
    while (end < g->to &&
           (isalpha((unsigned char)g->text[end]) || strchr(" -/", g->text[end])))
        end++;
    bool closed = end < g->to && g->text[end] == ')' && end > g->at + 1;
    return g->text[g->at] == '(' && !g->found.sign && closed ? end + 1 : 0;
}

/* Brackets close before a sign, and open behind it. */
static bool take_bracket(struct gap *g)
{
    size_t end = remark_end(g);
    bool opens = g->text[g->at] == '(';
    g->at = end ? end : g->at + 1;
    if (!end)
        *(opens ? &g->found.opens : &g->found.closes) += 1;
    return end || opens == (g->found.sign != 0);
}

/* One sign, word or mark of the gap; false when no sum goes on over it. */
static bool take_next(struct gap *g)
{
    char c = g->text[g->at];
    size_t size = 1;
    if (isspace((unsigned char)c) || c == '~' || c == '$') {
        g->at++;
        return c != '\n' || !g->nouns;
    }
    if (c == '(' || c == ')')
        return take_bracket(g);
    if (c == ',' && !g->found.sign && !g->comma) {
        g->comma = true;
        g->at++;
        return true;
    }
    if (is_word_char(c))
        return take_word(g);
    if (is_per(g)) {
        g->at++;
        return take_word(g);
    }
    char sign = sign_at(g->text, g->at, g->to, &size);
    bool arrow =
        sign == '=' && c != '=' && !(c == '\xe2' && g->text[g->at + 1] == '\x89');
    g->found.said =
        g->found.said || arrow; /* it may lead elsewhere: "50 ms / 46 MiB -> 40 logins" */
    g->at += size;
    return sign && take_sign(g, sign);
}

/* "= 3.3M a day, / 86400", "4k * 86400, which is 350M"; a list does not go on. */
static bool goes_on_over_comma(const struct gap *g)
{
    if (g->found.sign == '=')
        return g->found.said && !g->nouns;
    return is_result(g->text, g->before->start) &&
           (g->found.sign == '*' || g->found.sign == '/');
}

struct operator_found operator_between(const char *text, size_t length,
                                       const struct quantity *before,
                                       const struct quantity *next)
{
    struct gap g = { .text = text,
                     .at = before->end,
                     .to = next->start,
                     .length = length,
                     .before = before,
                     .next = next };
    while (g.at < g.to)
        if (!take_next(&g))
            return (struct operator_found) { .sign = 0 };
    g.found.spoken = g.found.spoken || g.found.said;
    if (g.comma && !g.found.sign && !g.found.opens &&
        is_for_each(&g)) /* "ten users, fifty requests each" */
        g.found = (struct operator_found) { .sign = '*', .said = true, .spoken = true };
    else if (g.comma && !goes_on_over_comma(&g))
        g.found.sign = 0;
    return g.found;
}

int operator_opens_before(const char *text, size_t start)
{
    int opens = 0;
    for (; start > 0 && strchr(" ~$(", text[start - 1]); start--)
        opens += text[start - 1] == '(';
    return opens;
}

static bool ends_with(const char *text, size_t at, const char *end)
{
    size_t length = strlen(end);
    return at >= length && !memcmp(text + at - length, end, length);
}

/* The bytes of the sign, or of the word for one, that ends at `at`; 0 when there is none. */
static size_t sign_before(const char *text, size_t at)
{
    static const char *const ends[] = {
        "\xc3\x97", "\xc3\xb7", "*", "/", " of", " times", "multiplied by", "divided by"
    };
    if (at >= 2 && (text[at - 1] == 'x' || text[at - 1] == 'X') &&
        !isalpha((unsigned char)text[at - 2]))
        return 1;
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
        if (ends_with(text, at, ends[i]))
            return strlen(ends[i]);
    return 0;
}

bool operator_before(const char *text, size_t start)
{
    size_t at = before_blanks(text, start), size = sign_before(text, at);
    at = before_blanks(text, at - size);
    return size > 0 && at > 0 && text[at - 1] != '\n';
}
