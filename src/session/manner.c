#include "session/manner.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "scoring/matcher.h"
#include "scoring/text.h"
#include "session/question.h"

#define ASSUMPTION                                                                                           \
    "assume | assuming | assumption | suppose | presume | i take it | i will take it | let us say | "        \
    "let's say | lets say | my understanding | i will go with | i expect | i guess that | taken as given | " \
    "unless you say | so i fix | take for granted | taken for granted | took for granted | "                 \
    "(i would say | i will say | i would guess | i guess | i reckon | i would reckon | i'd reckon | "        \
    "i would take | i'll take | i will take | ill take | "                                                   \
    "(call it & !(to call it | stop)) | let me say) & #number[0..1000000000000000]"
const char *const manner_assumption = ASSUMPTION;

/* What is looked for, in the language of rubrics; NULL: found in another way. */
static const char *const looks[MANNER_KINDS] = {
    [MANNER_ASSUMPTIONS] = ASSUMPTION,
    [MANNER_TRADE_OFFS] =
        "trade off | traded away | trade away | traded for | at the cost of | at the price of | "
        "at the expense of | the price is | the price of it | downside | drawback | disadvantage | "
        "in exchange | in return | "
        "(give up | gives up | gave up | giving up) & !(after | retry | attempt | try | tries | times) | "
        "we accept that | we accept a | i accept | on the other hand | costs us | cost us | it costs | costs one | costs a | costs an | costs two | costs more | cost more | "
        "that costs & !(not sure | no idea | don't know) | this costs | the cost is | we pay for it | we pay for that | i pay for it | we lose | i lose | pros and cons | "
        "sacrifice | compromise | the catch | i would rather | overkill | not worth | given up | "
        "i pay with | we pay with | paid with | i paid | we paid | a price too | that's a price | dearer | "
        "pro and con | cons | i prefer it to | "
        "(we could | i could | one could | could also | would be the usual) & (but | only that | except) | "
        "(over | rather than | instead of) & because | "
        "(picked | i pick | we pick | chose | i choose | we choose | i prefer | we prefer) & over | "
        "(instead of | rather than | versus | vs | compared to | compared with | the alternative | an alternative | (alternatively & !(with alternatives | w alternatives)) | turned down | "
        "turn down | i considered | could also | other option) & "
        "(because | since | cheap | cheaper | simple | simpler | slow | slower | fast | faster | quicker | cost | "
        "costs | less | fewer | worse | better | easier | harder | worth | lose | loses | extra | price | risk | but | too)",
    [MANNER_STRUCTURE] =
        "first i will | first i'll | first i would | first i want | first let me | first of all i | "
        "first i say | first i tell | first i talk | first i explain | first i ask | first i clarify | first i list | "
        "i will first | i would first | i'll first | let me first | let me start | i start with | "
        "i will start | i'll start | i would start | to begin with | to start with | in this order | "
        "my plan | the plan is | i will cover | i'll cover | i will go through | i'll go through | "
        "let me go through | "
        "to sum up | "
        "questions first | question first | hardest first | "
        "step 1 | step one | "
        "(i'd take | i would take | i will take | i'll take | let me take) & first | "
        "to summarise | in summary | sum it up | to recap | to conclude",
    [MANNER_FAILURES] =
        "fail | failure | crash | outage | unavailable | unreachable | goes down | is down | "
        "are down | went down | dies | die | dead & !letter | goes away | is gone | breaks | fail over | "
        "power cut | split brain | killed",
};

struct reading {
    const struct session_answer *answer;
    struct matcher *matcher;
    struct text text;
    size_t *parts; /* of the text: its part in the answer */
    size_t queries[MANNER_KINDS];
    ARRAY(uint32_t) announced; /* sentences, found before the failures are */
    ARRAY(uint32_t) assumed;   /* sentences */
    struct arena arena;
};

static void add_looks(struct reading *r)
{
    for (int kind = 0; kind < MANNER_KINDS; kind++) {
        if (looks[kind])
            r->queries[kind] = matcher_add_own(r->matcher, looks[kind]);
    }
    matcher_seal(r->matcher);
}

/* Reads what was said and is no question. */
static void read_text(struct reading *r)
{
    const struct answer *answer = &r->answer->answer;
    struct text_part *parts = arena_array(&r->arena, struct text_part, answer->count);
    size_t count = 0;
    r->parts = arena_array(&r->arena, size_t, answer->count);
    for (size_t i = 0; i < answer->count; i++) {
        if (r->answer->places[i].question)
            continue;
        r->parts[count] = i;
        parts[count++] = (struct text_part) { answer->parts[i].text, answer->parts[i].length };
    }
    text_read(&r->text, matcher_dictionary(r->matcher), parts, count);
    matcher_read(r->matcher, &r->text);
}

static void count_one(struct reading *r, struct manner *out, enum manner_kind kind, uint32_t word)
{
    const struct sentence *s = &r->text.sentences.items[r->text.words.items[word].sentence];
    size_t part = r->parts[s->part];
    struct quote *quote = &out->quotes[kind];
    int64_t at = r->answer->places[part].session_at;
    if (quote->part < 0 || at < r->answer->places[quote->part].session_at)
        *quote = (struct quote) { (int)part, s->start, s->stop };
    out->counts[kind]++;
}

static bool has_sentence(const uint32_t *sentences, size_t count, uint32_t sentence)
{
    for (size_t i = 0; i < count; i++)
        if (sentences[i] == sentence)
            return true;
    return false;
}

/* Sentences in which it is found. To announce that one will speak of failures names none. */
static void count_sentences(struct reading *r, struct manner *out, enum manner_kind kind)
{
    enum { ROOM = 256 };
    struct match *matches = arena_array(&r->arena, struct match, ROOM);
    size_t count = matcher_find(r->matcher, r->queries[kind], matches, ROOM);
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t sentence = r->text.words.items[matches[i].first].sentence;
        if (kind == MANNER_STRUCTURE)
            *array_add(&r->announced) = sentence;
        if (kind == MANNER_ASSUMPTIONS)
            *array_add(&r->assumed) = sentence;
        if (sentence != last &&
            !(kind == MANNER_FAILURES &&
              has_sentence(r->announced.items, r->announced.count, sentence)))
            count_one(r, out, kind, matches[i].first);
        last = sentence;
    }
}

static bool has_digit_at(const char *text, size_t at, size_t length)
{
    return at < length && isdigit((unsigned char)text[at]);
}

static bool is_word(const struct reading *r, uint32_t word, const char *what)
{
    const struct word *w = &r->text.words.items[word];
    const char *text = r->text.parts[r->text.sentences.items[w->sentence].part].text;
    return w->end - w->start == strlen(what) &&
           !strncasecmp(text + w->start, what, strlen(what));
}

/* "409 with the row", "say 200 and go on": what a call answers, and no figure; "200 friends" are one. */
static bool is_status(const struct reading *r, const struct text_quantity *q)
{
    static const int codes[] = { 200, 201, 202, 204, 301, 302, 303, 304, 307, 308, 400,
                                 401, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422,
                                 425, 428, 429, 451, 500, 501, 502, 503, 504 };
    bool known = false;
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        known = known || q->quantity.number == codes[i];
    if (!known || q->quantity.kind != QUANTITY_COUNT ||
        q->quantity.end - q->quantity.start != 3)
        return false;
    if (fmod(q->quantity.number, 100) > 0)
        return true;
    uint32_t next = q->word + 1;
    const struct sentence *s =
        &r->text.sentences.items[r->text.words.items[q->word].sentence];
    return next >= s->end || (r->text.words.items[next].word_class != CLASS_CONTENT &&
                              !is_word(r, next, "of"));
}

/* "1:1 and groups", but not "1:10" */
static bool is_one_to_one(const char *text, const struct text_quantity *q, size_t length)
{
    size_t start = q->quantity.start;
    if (start >= 2 && !memcmp(text + start - 2, "1:1", 3))
        start -= 2;
    return start + 3 <= length && !memcmp(text + start, "1:1", 3) &&
           !has_digit_at(text, start + 3, length) &&
           (start == 0 || !has_digit_at(text, start - 1, length));
}

/* "a second server" reads like a time and is none. */
static bool is_number(const struct reading *r, const struct text_quantity *q)
{
    const struct word *word = &r->text.words.items[q->word];
    const struct text_part *part =
        &r->text.parts[r->text.sentences.items[word->sentence].part];
    const char *text = part->text;
    size_t length = word->end - word->start;
    bool article = (text[word->start] | 32) == 'a' &&
                   (length == 1 || (length == 2 && (text[word->start + 1] | 32) == 'n'));
    return q->written && !article && !is_status(r, q) &&
           !is_one_to_one(text, q, part->length);
}

static bool is_about(const struct reading *r, uint32_t word)
{
    static const char *const words[] = { "about", "around", "maybe", "roughly", "some" };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (is_word(r, word, words[i]))
            return true;
    return false;
}

/* "say 200 of them", "say about 5 KB": the number is assumed. */
static void count_said_numbers(struct reading *r, struct manner *out)
{
    for (size_t i = 0; i < r->text.quantities.count; i++) {
        uint32_t word = r->text.quantities.items[i].word;
        uint32_t sentence = r->text.words.items[word].sentence;
        uint32_t first = r->text.sentences.items[sentence].first;
        bool about = word >= first + 2 && is_about(r, word - 1);
        if (word > first && is_word(r, word - 1 - about, "say") &&
            !is_status(r, &r->text.quantities.items[i]) &&
            !has_sentence(r->assumed.items, r->assumed.count, sentence)) {
            *array_add(&r->assumed) = sentence;
            count_one(r, out, MANNER_ASSUMPTIONS, word);
        }
    }
}

/* "How many? And how long?" is two; what bears no mark is one. */
static size_t questions_in(const struct answer_part *part)
{
    size_t count = 0, from, at = 0;
    while (question_sentence(part->text, part->length, &from, &at))
        count++;
    return count ? count : 1;
}

static void count_questions(const struct session_answer *answer, struct manner *out)
{
    struct quote *quote = &out->quotes[MANNER_QUESTIONS];
    for (size_t i = 0; i < answer->answer.count; i++) {
        const struct answer_place *place = &answer->places[i];
        if (!place->question || place->topic)
            continue;
        out->counts[MANNER_QUESTIONS] += questions_in(&answer->answer.parts[i]);
        if (quote->part < 0 || place->session_at < answer->places[quote->part].session_at)
            *quote = (struct quote) { (int)i, 0, answer->answer.parts[i].length };
    }
}

void manner_read(const struct session_answer *answer, const struct lexicon *lexicon,
                 struct manner *out)
{
    struct reading r = { .answer = answer, .matcher = matcher_new(lexicon) };
    *out = (struct manner) { 0 };
    for (int kind = 0; kind < MANNER_KINDS; kind++)
        out->quotes[kind].part = -1;
    add_looks(&r);
    read_text(&r);
    count_questions(answer, out);
    for (int kind = 0; kind < MANNER_KINDS; kind++)
        if (looks[kind])
            count_sentences(&r, out, (enum manner_kind)kind);
    count_said_numbers(&r, out);
    for (size_t i = 0; i < r.text.quantities.count; i++)
        if (is_number(&r, &r.text.quantities.items[i]))
            count_one(&r, out, MANNER_NUMBERS, r.text.quantities.items[i].word);
    matcher_free(r.matcher);
    text_release(&r.text);
    array_release(&r.announced);
    array_release(&r.assumed);
    arena_release(&r.arena);
}

int64_t manner_first(const struct manner *manner, const struct session_answer *answer,
                     enum manner_kind kind)
{
    int part = manner->quotes[kind].part;
    return part < 0 ? -1 : answer->places[part].session_at;
}
