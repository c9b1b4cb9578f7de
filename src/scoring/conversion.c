/*
 * conversion.c - a figure that is told again: per another span ("600 GB a day, so over a year 220 TB"), in bits or bytes
 * ("200 Gbps, which means 25 gigabytes a second"), or as the downtime that a share of time leaves ("99.9% is 43 minutes a
 * month"). Between the two stand words that lead on and no others, so that "compressed", "at peak" or "next year" claim
 * nothing. Wrong is what is off by more than a factor of four, which leaves out copies and busy hours, and which no number
 * beside it explains.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "scoring/phrase.h"
#include "scoring/score_internal.h"

enum { WORD_MAX = 16 };
static const double off_by = 4, off_by_number = 1.15, off_as_rounded = 2;

/* Two figures next to each other: the second one tells the first one again. */
struct pair {
    const struct text *text;
    const struct text_part *part;
    size_t first, second;     /* quantities of the text */
    double span, second_span; /* that they are per, in seconds; 0: none */
};

static const struct quantity *quantity_at(const struct pair *p, size_t i)
{
    return &p->text->quantities.items[i].quantity;
}

static uint32_t sentence_of(const struct text *t, size_t quantity)
{
    return t->words.items[t->quantities.items[quantity].word].sentence;
}

static bool is_within(double a, double b, double factor)
{
    return a > 0 && b > 0 && a < b * factor && b < a * factor;
}

/* --- what stands between the two --- */

struct walk {
    const char *text;
    size_t at, to;
    bool
        leads_on; /* a word or a sign was met that says what follows from the first figure */
    bool or ;     /* the last word, which does so before "about" alone */
};

static bool leads_on(const char *word)
{
    return phrase_in_list(
        "so is that's thats it's its makes make gives giving equals means meaning mean comes thus "
        "hence therefore ie becomes leaves allows lets",
        word);
}

static bool is_passed_over(const char *word)
{
    return phrase_in_list(
        "which that it this us we you i about around roughly approximately approx nearly almost in "
        "over a an one the to out at by going be will would have need get then say some total "
        "altogether for and keep keeping kept hold holding held store stored storing retain retained retention with on disk whole last data traffic availability uptime only just e ll re s i'd we'd we'll it'll",
        word);
}

static size_t read_word(const struct walk *w, char *word)
{
    size_t n = 0, at = w->at;
    for (; at < w->to && (isalpha((unsigned char)w->text[at]) || w->text[at] == '\'');
         at++)
        if (n < WORD_MAX - 1)
            word[n++] = (char)tolower((unsigned char)w->text[at]);
    word[n] = '\0';
    return at;
}

/* A word; false when what stands there does more than to lead on. */
static bool walk_word(struct walk *w)
{
    char word[WORD_MAX];
    w->at = read_word(w, word);
    bool after_or = w->or ;
    w->or = !strcmp(word, "or");
    if (after_or) { /* "or so" is "about" */
        w->leads_on = w->leads_on ||
                      phrase_in_list("about around roughly approximately approx", word);
        return is_passed_over(word) || !strcmp(word, "so");
    }
    bool that_is = !strcmp(word, "i") && w->at + 1 < w->to && w->text[w->at] == '.' &&
                   w->text[w->at + 1] == 'e';
    w->leads_on = w->leads_on || that_is || leads_on(word);
    return w->or || leads_on(word) || is_passed_over(word);
}

/* A mark between words; false when it is none that a figure is told again over. */
static bool walk_mark(struct walk *w)
{
    static const char *const signs[] = { "->", "=>", "=", "\xe2\x86\x92",
                                         "\xe2\x89\x88" };
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        size_t size = strlen(signs[i]);
        if (w->to - w->at >= size && !memcmp(w->text + w->at, signs[i], size)) {
            w->at += size;
            return w->leads_on = true;
        }
    }
    return strchr(" \t\n,.:;~(", w->text[w->at++]) != NULL;
}

/* "a lot over a day", "a customer a minute": no figure either. */
static bool is_article(const struct pair *p, const struct quantity *q)
{
    return q->number == 1 && tolower((unsigned char)p->part->text[q->start]) == 'a';
}

/* "$15,000 a month, i.e. 1.5 cents per daily user", "ten times in an hour": what is paid for another thing, and how
 * often something happens. */
static bool is_other(const struct pair *p, const struct quantity *q)
{
    static const char *const before[] = { "$", "\xe2\x82\xac", "\xc2\xa3" };
    const char *text = p->part->text;
    for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
        size_t size = strlen(before[i]);
        if (q->start >= size && !memcmp(text + q->start - size, before[i], size))
            return true;
    }
    struct walk w = { text, q->start, q->end, false, false };
    char word[WORD_MAX] = "";
    while (w.to < p->part->length &&
           (text[w.to] == ' ' || isalpha((unsigned char)text[w.to])) &&
           w.to < q->end + WORD_MAX)
        w.to++; /* the word behind it */
    for (size_t next; w.at<w.to; w.at = next> w.at ? next : w.at + 1) {
        next = read_word(&w, word);
        if (phrase_in_list("cent cents dollar dollars euro euros eur usd bucks times",
                           word))
            return true;
    }
    return false;
}

/* "a day", "one year", "30 days": a span of time, which the second figure may be for. */
static bool is_span(const struct pair *p, const struct quantity *q)
{
    bool many = quantity_at(p, p->first)->kind != QUANTITY_PERCENT && q->value >= 3600;
    return q->kind == QUANTITY_DURATION && (many || q->number == 1);
}

/* The span that begins where the walk is: "a year", "30 days", "per day", "daily". */
static double walk_span(const struct pair *p, const struct walk *w, size_t *end)
{
    for (size_t i = p->first + 1; i < p->second; i++)
        if (quantity_at(p, i)->start == w->at) {
            *end = quantity_at(p, i)->end;
            return quantity_at(p, i)->value;
        }
    bool begins = isalpha((unsigned char)w->text[w->at]) &&
                  (w->at == 0 || !isalpha((unsigned char)w->text[w->at - 1]));
    return begins ? quantity_span_at(w->text, w->to, w->at, end) : 0;
}

/* Reads what stands between the figures, the span that the second one is per included: "so over a year". */
static bool walk_between(struct pair *p, size_t from)
{
    struct walk w = { p->part->text, from, quantity_at(p, p->second)->start, false,
                      false };
    while (w.at < w.to) {
        size_t end = w.at;
        double span = walk_span(p, &w, &end);
        if (span > 0 && p->second_span > 0)
            return false;
        if (span > 0) {
            p->second_span = span;
            w.at = end;
        } else if (isalpha((unsigned char)w.text[w.at]) ? !walk_word(&w)
                                                        : !walk_mark(&w)) {
            return false;
        }
    }
    return w.leads_on;
}

/* The span that a figure is per, behind it; *end the byte behind that. What leads on stands before it in no text. */
static double span_behind(const struct pair *p, const struct quantity *q, size_t *end)
{
    *end = q->end;
    if (q->kind == QUANTITY_RATE)
        return q->value > 0 ? q->number / q->value : 0;
    double span = quantity_span(p->part->text, p->part->length, q->end, end);
    struct walk w = { p->part->text, q->end, *end, false, false };
    char word[WORD_MAX];
    while (w.at < w.to) {
        size_t next = read_word(&w, word);
        if (leads_on(word) ||
            phrase_in_list(
                "or which then and if when last lasts fill fills enough hold holds will can take takes",
                word)) {
            *end = q->end;
            return 0;
        }
        w.at = next > w.at ? next : w.at + 1;
    }
    return span;
}

/* --- what the second figure should be --- */

static bool has_unit(const struct pair *p, const struct quantity *q, const char *unit)
{
    size_t length = strlen(unit);
    for (size_t i = q->start; i + length <= q->end; i++)
        if (!strncasecmp(p->part->text + i, unit, length))
            return q->kind == QUANTITY_BYTES;
    return false;
}

static bool is_in_bits(const struct pair *p, const struct quantity *q)
{
    return has_unit(p, q, "bit") || has_unit(p, q, "bps");
}

/* "2.3 Gbps" are per second; bits alone are per what the bytes are per, which need their own: "90 TB, so 25 Gbit/s". */
static double span_of_bits(const struct pair *p, const struct quantity *q, double own,
                           double other)
{
    if (own > 0 || !is_in_bits(p, q))
        return own;
    return has_unit(p, q, "bps") ? 1 : other;
}

/* In the unit of the second figure's kind; 0 when neither tells the other again. */
static double told_again(struct pair *p)
{
    const struct quantity *a = quantity_at(p, p->first), *b = quantity_at(p, p->second);
    if (a->kind != b->kind || (a->kind != QUANTITY_BYTES && a->kind != QUANTITY_RATE))
        return 0;
    bool bits = is_in_bits(p, a) != is_in_bits(p, b);
    p->span = span_of_bits(p, a, p->span, p->second_span);
    p->second_span = span_of_bits(p, b, p->second_span, p->span);
    if (bits && (p->span == 0) != (p->second_span == 0))
        return 0;
    if (!bits && (p->span == 0 || p->second_span == 0 || p->span == p->second_span))
        return 0;
    double ratio = p->span > 0 ? p->second_span / p->span : 1;
    return a->kind == QUANTITY_RATE ? a->number * ratio : a->value * ratio;
}

/* "99.9% is 43 minutes a month": what is left of the span that the time is per, in seconds. */
static double downtime(const struct pair *p)
{
    const struct quantity *a = quantity_at(p, p->first), *b = quantity_at(p, p->second);
    bool available = a->kind == QUANTITY_PERCENT && a->number >= 90 && a->number < 100;
    return available && b->kind == QUANTITY_DURATION && p->second_span > b->value
               ? p->second_span * (1 - a->number / 100)
               : 0;
}

static double said(const struct quantity *q)
{
    return q->kind == QUANTITY_RATE ? q->number : q->value;
}

/* "15-24 TB": the upper end, when the second figure begins a range. */
static size_t range_end(const struct pair *p)
{
    if (p->second + 1 >= p->text->quantities.count)
        return p->second;
    const struct quantity *b = quantity_at(p, p->second),
                          *next = quantity_at(p, p->second + 1);
    size_t gap = next->start - b->end;
    const char *between = p->part->text + b->end;
    bool range = next->start >= b->end && next->kind == b->kind &&
                 ((gap == 1 && *between == '-') ||
                  (gap == 3 && !memcmp(between, "\xe2\x80\x93", 3)) ||
                  (gap == 4 && !memcmp(between, " to ", 4)));
    return range ? p->second + 1 : p->second;
}

/* A number in the same part that makes up for the difference, or the right figure. */
static bool is_explained(const struct pair *p, double claimed, double right)
{
    uint32_t part = p->text->sentences.items[sentence_of(p->text, p->first)].part;
    for (size_t i = 0; i < p->text->quantities.count; i++) {
        const struct quantity *q = quantity_at(p, i);
        if (i == p->first || i == p->second ||
            p->text->sentences.items[sentence_of(p->text, i)].part != part)
            continue;
        double share = q->kind == QUANTITY_PERCENT ? q->number / 100 : q->number;
        if (is_within(claimed, right * share, off_by_number) ||
            is_within(claimed, right / share, off_by_number) ||
            (i > p->second && q->kind == quantity_at(p, p->second)->kind &&
             is_within(said(q), right, off_as_rounded)))
            return true;
    }
    return false;
}

static bool read_pair(struct pair *p)
{
    size_t end;
    const struct quantity *a = quantity_at(p, p->first), *b = quantity_at(p, p->second);
    if (is_article(p, a) || is_article(p, b) || is_other(p, a) || is_other(p, b))
        return false;
    p->span = span_behind(p, quantity_at(p, p->first), &end);
    if (end > quantity_at(p, p->second)->start || !walk_between(p, end))
        return false;
    p->second = range_end(p);
    double behind = span_behind(p, quantity_at(p, p->second), &end);
    if (behind > 0 && p->second_span > 0) /* "for 10 minutes, so 6,000 a day" */
        return false;
    p->second_span = behind > 0 ? behind : p->second_span;
    return true;
}

static void add_slip(struct scorer *s, struct score *out, const struct pair *p,
                     double right)
{
    const struct quantity *a = quantity_at(p, p->first), *b = quantity_at(p, p->second);
    const struct sentence *sentence =
        &s->text.sentences.items[sentence_of(p->text, p->second)];
    score_miscount(&s->text, p->second);
    bool bytes = b->kind == QUANTITY_BYTES && !is_in_bits(p, b);
    double unit = bytes ? 1 : said(b) / b->number;
    out->slips[out->slip_count++] = (struct arithmetic_slip) {
        .quote = { (int)sentence->part, a->start, b->end },
        .claimed = said(b) / unit,
        .correct = right / unit,
        .bytes = bytes,
    };
}

static bool is_told(const struct score *out, const struct quantity *q, uint32_t part)
{
    for (size_t i = 0; i < out->slip_count; i++)
        if (out->slips[i].quote.part == (int)part && out->slips[i].quote.end >= q->end &&
            out->slips[i].quote.start <= q->start)
            return true;
    return false;
}

/* Most pairs are told apart by their kinds alone, and by what is too far away to be told again. */
static bool may_tell_again(const struct quantity *a, const struct quantity *b)
{
    enum { GAP_MOST = 100 }; /* bytes */
    bool alike =
        a->kind == b->kind && (a->kind == QUANTITY_BYTES || a->kind == QUANTITY_RATE);
    bool downtime = a->kind == QUANTITY_PERCENT && b->kind == QUANTITY_DURATION;
    return (alike || downtime) && b->start >= a->end && b->start - a->end <= GAP_MOST;
}

void score_find_conversions(struct scorer *s, struct score *out)
{
    const struct text *t = &s->text;
    for (size_t i = 0; i + 1 < t->quantities.count && out->slip_count < SLIPS_MOST; i++) {
        uint32_t part = t->sentences.items[sentence_of(t, i)].part;
        struct pair p = { t, &t->parts[part], i, i + 1, 0, 0 };
        while (p.second + 1 < t->quantities.count &&
               is_span(&p, quantity_at(&p, p.second)))
            p.second++;
        if (t->sentences.items[sentence_of(t, p.second)].part != part ||
            !may_tell_again(quantity_at(&p, i), quantity_at(&p, p.second)) ||
            !read_pair(&p))
            continue;
        const struct quantity *b = quantity_at(&p, p.second);
        double right = downtime(&p);
        right = right > 0 ? right : told_again(&p);
        if (right > 0 && !is_within(said(b), right, off_by) &&
            !is_explained(&p, said(b), right) && !is_told(out, quantity_at(&p, i), part))
            add_slip(s, out, &p, right);
    }
}
