#include "scoring/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "scoring/runon.h"

/* --- words --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Size of the letter at `at`, 0 when it is none. */
static size_t letter_size(const char *text, size_t length, size_t at)
{
    unsigned char c = (unsigned char)text[at];
    if (c < 0x80)
        return is_plain_letter((char)c);
    int32_t cp;
    size_t size = utf8_decode(text + at, length - at, &cp);
    return utf8_is_letter(cp) ? size : 0;
}

/* Size of an apostrophe, straight or curly, with a letter behind it. */
static size_t inner_apostrophe(const char *text, size_t length, size_t at)
{
    size_t size = text[at] == '\'' ? 1
                  : length - at > 3 && !memcmp(text + at, "\xe2\x80\x99", 3) ? 3 : 0;
    return size && at + size < length && letter_size(text, length, at + size) ? size : 0;
}

static size_t number_end(const char *text, size_t length, size_t at)
{
    while (at < length && is_digit(text[at])) {
        at++;
        if (at + 1 < length && strchr(".^,", text[at]) && is_digit(text[at + 1]))
            at++;
    }
    return at;
}

size_t text_word_end(const char *text, size_t length, size_t at)
{
    if (at >= length)
        return at;
    if (is_digit(text[at]))
        return number_end(text, length, at);
    for (size_t size; at < length && (size = letter_size(text, length, at)) > 0;) {
        at += size;
        while (at < length && is_plain_letter(text[at]))
            at++;
        if (at < length)
            at += inner_apostrophe(text, length, at);
    }
    return at;
}
/* --- reading --- */

struct reader {
    struct text *out;
    struct dictionary *d;
    const char *text;
    size_t length, at;
    size_t line_start, width; /* runon_width() */
    uint32_t part;
    unsigned flags;  /* for the next word */
    bool bullet;     /* the next sentence begins with a list mark */
    size_t quantity_end;
    bool points; /* quantity_has_points() of all parts */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Where a list mark at `at`, behind blanks, ends: "- ", "* ", "3. ", "4) "; 0 when there is none. */
static size_t bullet_end(const struct reader *r, size_t at)
{
    while (at < r->length && is_blank(r->text[at]))
        at++;
    size_t left = r->length - at;
    size_t mark = left && (r->text[at] == '-' || r->text[at] == '*' || r->text[at] == '+') ? 1
                  : left >= 3 && !memcmp(r->text + at, "\xe2\x80\xa2", 3)                 ? 3 : 0;
    if (mark)
        return left > mark && !is_digit(r->text[at + mark]) ? at + mark : 0;
    size_t digits = at;
    while (digits < r->length && is_digit(r->text[digits]))
        digits++;
    bool number = digits > at && digits - at < 3 && digits + 1 < r->length &&
                  (r->text[digits] == '.' || r->text[digits] == ')') &&
                  is_blank(r->text[digits + 1]);
    return number ? digits + 1 : 0;
}

/* Behind what closes right after byte `at`: a bracket, a quotation, the sign of a share. */
static size_t behind_closing(const struct reader *r, size_t at)
{
    while (at < r->length && r->text[at] && strchr(")]}%\"", r->text[at]))
        at++;
    return at;
}

static void end_sentence(struct reader *r, bool question)
{
    struct text *t = r->out;
    size_t known = t->sentences.count;
    uint32_t start = known ? t->sentences.items[known - 1].end : 0;
    uint32_t end = (uint32_t)t->words.count;
    if (start == end)
        return;
    struct runon runon = { t, r->d, start, start, end };
    for (uint32_t first = start, stop; first < end; first = stop) {
        stop = runon_next(&runon, first);
        for (uint32_t w = first; first > start && w < stop; w++)
            t->words.items[w].sentence = (uint32_t)t->sentences.count;
        *array_add(&t->sentences) = (struct sentence) {
            .first = first,
            .end = stop,
            .part = r->part,
            .start = t->words.items[first].start,
            .stop = behind_closing(r, t->words.items[stop - 1].end),
            .question = question && stop == end,
            .cut = stop < end,
            .bullet = r->bullet,
        };
        r->bullet = false;
    }
    r->flags = 0;
}

static void read_newline(struct reader *r)
{
    size_t next = r->at + 1;
    while (next < r->length && is_blank(r->text[next]))
        next++;
    bool blank = next >= r->length || r->text[next] == '\n';
    size_t bullet = bullet_end(r, r->at + 1);
    if (blank || bullet || !r->width ||
        !runon_is_wrapped(r->text, r->length, r->line_start, r->at, r->width))
        end_sentence(r, false);
    if (bullet)
        r->bullet = true;
    r->flags |= WORD_STARTS_LINE;
    r->at++;
    r->line_start = r->at;
    if (bullet)
        r->at = bullet; /* a mark's number is no word */
}

/* "e.g. ", and "a. " before a point of a list; not "within 60 s. ", "on node B. " */
static bool is_letter_abbreviated(const struct reader *r, const struct word *last)
{
    const struct text *t = r->out;
    size_t known = t->sentences.count;
    bool first = last == &t->words.items[known ? t->sentences.items[known - 1].end : 0];
    return first || (last->start > 0 && r->text[last->start - 1] == '.');
}

/* "e.g. ", "i.e. ", "vs. ", "approx. ": the stop ends no sentence. */
static bool is_abbreviation(const struct reader *r)
{
    static const char *const known[] = { "vs", "approx", "ca", "resp", "incl", "cf", "al" };
    const struct text *t = r->out;
    if (!t->words.count)
        return false;
    const struct word *last = &t->words.items[t->words.count - 1];
    if (last->end != r->at)
        return false;
    const struct word_form *form = dictionary_get(r->d, last->form);
    if (form->length == 1 && !form->number)
        return is_letter_abbreviated(r, last);
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (!strcmp(form->text, known[i]))
            return true;
    return false;
}

static bool ends_here(const struct reader *r)
{
    size_t next = r->at + 1;
    while (next < r->length && strchr("\"')]*_`.!?", r->text[next]))
        next++;
    return next >= r->length || is_blank(r->text[next]) || r->text[next] == '\n';
}

static void read_mark(struct reader *r)
{
    char c = r->text[r->at];
    if (c == '\n') {
        read_newline(r);
        return;
    }
    if ((c == '.' || c == '!' || c == '?') && ends_here(r) && !(c == '.' && is_abbreviation(r)))
        end_sentence(r, c == '?');
    else if (c == ',')
        r->flags |= WORD_AFTER_COMMA;
    else if (c == ':')
        r->flags |= WORD_AFTER_COLON;
    else if (c == '-' && (r->flags & ~(unsigned)WORD_STARTS_LINE) == 0)
        r->flags |= WORD_JOINED;
    else if (is_blank(c) && (r->flags & ~(unsigned)WORD_STARTS_LINE) == 0)
        r->flags |= WORD_SPACED;
    else if (c == '-' || strchr(";()[]|", c) || (unsigned char)c >= 0x80)
        r->flags |= c == ';' ? WORD_AFTER_BREAK | WORD_AFTER_SEMICOLON : WORD_AFTER_BREAK;
    r->at++;
}

static void read_quantity(struct reader *r, uint32_t word, const struct word_form *form)
{
    const struct word *w = &r->out->words.items[word];
    if (!form->measures)
        return;
    bool candidate = form->number || form->word_class == CLASS_NUMBER ||
                     form->word_class == CLASS_DETERMINER || form->word_class == CLASS_ADVERB;
    bool glued = w->start > 0 && letter_size(r->text, r->length, w->start - 1) > 0;
    struct quantity q;
    if (!candidate || glued || w->start < r->quantity_end ||
        !quantity_read(r->text, r->length, r->points, w->start, &q))
        return;
    *array_add(&r->out->quantities) = (struct text_quantity) {
        .quantity = q,
        .word = word,
        .written = form->number || q.kind != QUANTITY_COUNT,
    };
    r->quantity_end = q.end;
}

/* The form of the last word of the sentence that is read, UINT32_MAX when it has none yet. */
static uint32_t last_form(const struct reader *r)
{
    const struct text *t = r->out;
    size_t known = t->sentences.count;
    size_t start = known ? t->sentences.items[known - 1].end : 0;
    return t->words.count > start ? t->words.items[t->words.count - 1].form : UINT32_MAX;
}

/* "an ER diagram", "the er model": no hesitation. */
static bool is_diagram(const struct reader *r, size_t end)
{
    static const char *const kinds[] = { "diagram", "model", "schema" };
    size_t at = end;
    while (at < r->length && is_blank(r->text[at]))
        at++;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (r->length - at >= strlen(kinds[i]) &&
            !strncasecmp(r->text + at, kinds[i], strlen(kinds[i])))
            return true;
    return false;
}

/* "the um the cache": what is spoken or typed in a hurry hesitates and begins again, and means nothing by it. */
static bool is_slip(const struct reader *r, uint32_t form_index, size_t end)
{
    const struct word_form *form = dictionary_get(r->d, form_index);
    if (form->traits & TRAIT_HESITATION)
        return !is_diagram(r, end);
    return last_form(r) == form_index && r->flags == WORD_SPACED && !form->number &&
           form->word_class != CLASS_NUMBER;
}

/* "I mean" is said, and no average: takes the "I" back too. */
static bool is_i_mean(struct reader *r, const struct word_form *form)
{
    uint32_t before = last_form(r);
    if (r->flags != WORD_SPACED || before == UINT32_MAX ||
        strcmp(dictionary_get(r->d, before)->text, "i") != 0 ||
        strcmp(form->text, "mean") != 0)
        return false;
    struct text *t = r->out;
    r->flags = t->words.items[--t->words.count].flags & ~(unsigned)WORD_CAPITAL;
    return true;
}

static void read_word(struct reader *r, size_t end)
{
    struct text *t = r->out;
    char first = r->text[r->at];
    uint32_t index = (uint32_t)t->words.count;
    uint32_t form_index = dictionary_form(r->d, r->text + r->at, end - r->at);
    const struct word_form *form = dictionary_get(r->d, form_index);
    if (is_slip(r, form_index, end) || is_i_mean(r, form)) {
        r->at = end;
        return;
    }
    *array_add(&t->words) = (struct word) {
        .form = form_index,
        .word_class = form->word_class,
        .order = form->order,
        .number = form->number,
        .stem = form->stem,
        .traits = form->traits,
        .start = (uint32_t)r->at,
        .end = (uint32_t)end,
        .sentence = (uint32_t)t->sentences.count,
        .flags = (uint16_t)(r->flags | (first >= 'A' && first <= 'Z' ? WORD_CAPITAL : 0)),
    };
    r->flags = 0;
    r->at = end;
    read_quantity(r, index, form);
}

static void read_part(struct reader *r)
{
    r->at = bullet_end(r, 0);
    r->bullet = r->at > 0;
    r->flags = WORD_STARTS_LINE;
    r->width = runon_width(r->text, r->length);
    while (r->at < r->length && r->out->words.count < TEXT_WORDS_MAX) {
        size_t end = text_word_end(r->text, r->length, r->at);
        if (end > r->at)
            read_word(r, end);
        else
            read_mark(r);
    }
    end_sentence(r, false);
}

enum { MARKER_WORDS = 6 };

static void find_reasons(struct text *t, struct dictionary *d)
{
    for (size_t s = 0; s < t->sentences.count; s++) {
        struct sentence *sentence = &t->sentences.items[s];
        for (uint32_t i = sentence->first; i < sentence->end; i++) {
            unsigned traits = t->words.items[i].traits;
            const char *words[MARKER_WORDS];
            size_t count = 0;
            if (!(traits & (TRAIT_REASON | TRAIT_STARTS_REASON)))
                continue;
            for (; count < MARKER_WORDS && i + count < sentence->end; count++)
                words[count] = dictionary_get(d, t->words.items[i + count].form)->text;
            if (!(traits & TRAIT_REASON) && !english_reason_phrase(words, count))
                continue;
            *array_add(&t->reasons) = i;
            sentence->reason = true;
        }
    }
}

/* A piece of a list: at most this many words, one small word at most, no verb that is seen as one. */
enum { PIECE_WORDS = 4, PIECES = 4 };

struct piece {
    uint32_t words, small, verbs;
};

static void count_word(struct piece *piece, enum word_class c, bool number)
{
    piece->words++;
    piece->small += c == CLASS_DETERMINER || c == CLASS_PREPOSITION || c == CLASS_CONJUNCTION;
    piece->verbs += c == CLASS_PRONOUN || c == CLASS_AUXILIARY || c == CLASS_NEGATOR || number;
}

static bool is_piece(const struct piece *p)
{
    return p->words > 0 && p->words <= PIECE_WORDS && p->small <= 1 && p->verbs == 0;
}

/* "two" is as often "both": from here on a bare number in words says as much as one in digits. */
enum { WORDS_FROM = 3 };

static void count_numbers(struct text *t)
{
    for (size_t i = 0; i < t->quantities.count; i++) {
        const struct text_quantity *q = &t->quantities.items[i];
        t->sentences.items[t->words.items[q->word].sentence].numbers +=
            q->written || q->quantity.value >= WORDS_FROM;
    }
}

static void find_enumerations(struct text *t)
{
    for (size_t s = 0; s < t->sentences.count; s++) {
        struct sentence *sentence = &t->sentences.items[s];
        struct piece piece = { 0 };
        uint32_t pieces = 0, words = 0;
        for (uint32_t i = sentence->first; i <= sentence->end; i++) {
            bool ends = i == sentence->end ||
                        (t->words.items[i].flags & (WORD_AFTER_COMMA | WORD_AFTER_COLON));
            if (ends && is_piece(&piece)) {
                pieces++;
                words += piece.words;
            }
            if (ends)
                piece = (struct piece){ 0 };
            if (i == sentence->end)
                break;
            const struct word *word = &t->words.items[i];
            count_word(&piece, (enum word_class)word->word_class, word->number);
        }
        sentence->enumeration =
            pieces >= PIECES && words * 10 >= (sentence->end - sentence->first) * 6;
    }
}

void text_read(struct text *out, struct dictionary *d, const struct text_part *parts, size_t count)
{
    out->parts = parts;
    out->part_count = count;
    out->words.count = out->sentences.count = out->quantities.count = out->reasons.count = 0;
    bool points = false;
    for (size_t i = 0; i < count && !points; i++)
        points = quantity_has_points(parts[i].text, parts[i].length);
    for (size_t i = 0; i < count; i++) {
        struct reader r = { .out = out, .d = d, .text = parts[i].text,
                            .length = parts[i].length, .part = (uint32_t)i, .points = points };
        if (utf8_plain_blanks(&out->plain, r.text, r.length))
            r.text = out->plain.data;
        read_part(&r);
    }
    find_reasons(out, d);
    find_enumerations(out);
    count_numbers(out);
}

/* Moves the words of the sentences that stay; fills where each word went, UINT32_MAX for gone. */
static void move_words(struct text *t, const uint8_t *drop, uint32_t *moved)
{
    uint32_t words = 0, sentences = 0;
    for (size_t s = 0; s < t->sentences.count; s++) {
        struct sentence sentence = t->sentences.items[s];
        uint32_t first = words;
        for (uint32_t w = sentence.first; w < sentence.end; w++) {
            moved[w] = drop[s] ? UINT32_MAX : words;
            if (drop[s])
                continue;
            t->words.items[words] = t->words.items[w];
            t->words.items[words++].sentence = sentences;
        }
        if (drop[s])
            continue;
        sentence.first = first;
        sentence.end = words;
        t->sentences.items[sentences++] = sentence;
    }
    t->words.count = words;
    t->sentences.count = sentences;
}

void text_drop(struct text *t, const uint8_t *drop)
{
    if (!t->words.count)
        return;
    uint32_t *moved = xcalloc(t->words.count, sizeof(*moved));
    move_words(t, drop, moved);
    size_t kept = 0;
    for (size_t i = 0; i < t->quantities.count; i++) {
        struct text_quantity q = t->quantities.items[i];
        q.word = moved[q.word];
        if (q.word != UINT32_MAX)
            t->quantities.items[kept++] = q;
    }
    t->quantities.count = kept;
    kept = 0;
    for (size_t i = 0; i < t->reasons.count; i++)
        if (moved[t->reasons.items[i]] != UINT32_MAX)
            t->reasons.items[kept++] = moved[t->reasons.items[i]];
    t->reasons.count = kept;
    free(moved);
}

void text_release(struct text *text)
{
    array_release(&text->words);
    array_release(&text->sentences);
    array_release(&text->quantities);
    array_release(&text->reasons);
    buffer_release(&text->plain);
}
