#include "scoring/guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "scoring/marks.h"

const char *const guard_words[GUARD_COUNT] = {
    [GUARD_LIST] = "most of this is a list of terms, which earns nothing",
    [GUARD_NAMES] = "many names stand here with little said about them",
    [GUARD_FILLER] = "many sentences name a thing and say nothing of it",
    [GUARD_REPETITION] = "the same sentence comes back with other names in it",
    [GUARD_ORDER] = "the words do not stand in the order of sentences",
    [GUARD_PHRASES] =
        "terms strung together, with hardly a word of their own between them",
    [GUARD_ADVERTISING] =
        "words of a brochure: they praise, and say nothing of how it works",
    [GUARD_REASONS] = "most reasons say again what they should explain",
    [GUARD_PLAN] = "most of this says what you would talk about, and stops there",
    [GUARD_PROMPT] = "most of this says the task again in other words",
    [GUARD_TOPIC] = "this seems to answer another question",
};

/* A sentence that was said before, or repeats the prompt, is not looked at again. */
static bool is_repeated(const struct guard_view *v, const struct sentence *s)
{
    return v->stances->words.items[s->first].stance == STANCE_ECHO;
}

/* --- lists: short pieces between commas and line ends, without the small words of a sentence --- */

enum { ITEM_WORDS = 5, ITEM_WORDS_WITH_NUMBER = 3 };

struct item {
    uint32_t words, small, verbs, numbers;
};

static bool is_small(enum word_class c)
{
    return c >= CLASS_DETERMINER && c <= CLASS_NEGATOR;
}

/* Notes have figures and arrows in their pieces, lists have names. */
static bool is_listed(const struct item *item)
{
    uint32_t most = item->numbers ? ITEM_WORDS_WITH_NUMBER : ITEM_WORDS;
    return item->words > 0 && item->words <= most && item->small <= 1 && item->verbs == 0;
}

static void add_to_item(struct item *item, enum word_class c)
{
    item->words++;
    item->numbers += c == CLASS_NUMBER;
    item->small +=
        c == CLASS_DETERMINER || c == CLASS_PREPOSITION || c == CLASS_CONJUNCTION;
    item->verbs += c == CLASS_PRONOUN || c == CLASS_AUXILIARY || c == CLASS_NEGATOR;
}

/* A sentence of this many pieces, and no longer ones on average, is a list whatever they are. */
static const uint32_t run_pieces = 8;
static const double run_words = 3.2;
static const size_t short_text = 30;

static uint32_t listed_in(const struct text *text, const struct sentence *sentence,
                          unsigned breaks)
{
    struct item item = { 0 };
    uint32_t items = 0, listed = 0, length = sentence->end - sentence->first;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct word *word = &text->words.items[i];
        if (i > sentence->first && word->flags & breaks) {
            items++;
            listed += is_listed(&item) ? item.words : 0;
            item = (struct item) { 0 };
        }
        add_to_item(&item, (enum word_class)word->word_class);
    }
    items++;
    listed += is_listed(&item) ? item.words : 0;
    return items >= run_pieces && length <= run_words * items ? length : listed;
}

/*
 * Names parted by blanks alone: stretches without a small word, figure or mark, longer than prose and
 * notes have them; and runs without a mark that are too poor in small words. Notes have marks, and
 * who sets none speaks in sentences, with more small words than that: of 294 sound answers whose marks were taken
 * away, three are held for a list.
 */
enum { BARE_STRETCH = 6, BARE_RUN = 25 };
static const double small_words_of_speech = 0.24;

struct bare {
    uint32_t run, small,
        stretch;           /* words since the last mark, and since the last small one */
    uint32_t in_stretches; /* of the run */
    uint32_t listed;
};

static void end_stretch(struct bare *bare)
{
    bare->in_stretches += bare->stretch >= BARE_STRETCH ? bare->stretch : 0;
    bare->stretch = 0;
}

static void end_run(struct bare *bare)
{
    end_stretch(bare);
    bool poor = bare->run >= BARE_RUN && bare->small < small_words_of_speech * bare->run;
    bare->listed += poor ? bare->run : bare->in_stretches;
    bare->run = bare->small = bare->in_stretches = 0;
}

static void add_to_run(struct bare *bare, const struct word *word)
{
    enum word_class c = (enum word_class)word->word_class;
    if (word->flags & (WORD_AFTER_COMMA | WORD_AFTER_COLON | WORD_AFTER_BREAK))
        end_run(bare);
    if (is_small(c) || c == CLASS_NUMBER || !(word->flags & (WORD_SPACED | WORD_JOINED)))
        end_stretch(bare);
    bare->run++;
    bare->small += is_small(c);
    bare->stretch += !is_small(c) && c != CLASS_NUMBER;
}

static uint32_t listed_by_blanks(const struct guard_view *v)
{
    const struct text *text = v->text;
    struct bare bare = { 0 };
    for (size_t s = 0; s < text->sentences.count; s++) {
        for (uint32_t i = text->sentences.items[s].first;
             i < text->sentences.items[s].end; i++)
            add_to_run(&bare, &text->words.items[i]);
        if (!text->sentences.items[s].cut)
            end_run(&bare);
    }
    return bare.listed;
}

static double list_share(const struct guard_view *v)
{
    const struct text *text = v->text;
    uint32_t listed = 0, all = 0;
    unsigned breaks = WORD_AFTER_COMMA | WORD_AFTER_SEMICOLON | WORD_AFTER_COLON;
    if (text->words.count < short_text) /* no room for notes with arrows: "a - b - c" is a list */
        breaks |= WORD_AFTER_BREAK;
    for (size_t s = 0; s < text->sentences.count; s++) {
        const struct sentence *sentence = &text->sentences.items[s];
        if (is_repeated(v, sentence))
            continue;
        listed += listed_in(text, sentence, breaks);
        all += sentence->end - sentence->first;
    }
    double bare = (double)listed_by_blanks(v) / (double)text->words.count;
    return all ? fmin(1, (double)listed / all + bare) : 0;
}

/*
 * Even terse notes have small words: one in ten where a list has one in twenty. What is missing of
 * them is added to the share of listed pieces.
 */
static const double small_words_of_notes = 0.11, small_words_of_list = 0.05;
static const double small_words_most = 0.3;

static double missing_small_words(const struct guard_view *v)
{
    uint32_t small = 0;
    for (uint32_t i = 0; i < v->text->words.count; i++)
        small += is_small((enum word_class)v->text->words.items[i].word_class);
    double share = (double)small / (double)v->text->words.count;
    double way = (small_words_of_notes - share) / (small_words_of_notes - small_words_of_list);
    return small_words_most * fmax(0, fmin(1, way));
}

/* --- filler: sentences that say nothing but a name --- */

enum { FILLER_WORDS = 3 };

static double filler_share(const struct guard_view *v)
{
    const struct text *text = v->text;
    uint32_t empty = 0, all = 0;
    for (size_t i = 0; i < text->sentences.count; i++) {
        const struct sentence *s = &text->sentences.items[i];
        if (is_repeated(v, s))
            continue;
        all += s->end - s->first;
        uint32_t said = 0;
        for (uint32_t w = s->first; w < s->end; w++) {
            const struct word *word = &text->words.items[w];
            said += word->word_class == CLASS_CONTENT && !(word->traits & TRAIT_PRAISE);
        }
        if (said <= FILLER_WORDS && !s->numbers)
            empty += s->end - s->first;
    }
    return all ? (double)empty / all : 0;
}

/* --- templates: runs of three words, terms taken out, that come back --- */

/* Nobody says the same so often in a thousand words; in more of them it happens by itself. */
enum { RUNS = 4096, RUN_TIMES = 3, RUN_WORDS = 1000 };

/* Terms and other content become one blank; a run counts with two real words in it. */
static uint64_t run_key(const struct text *text, const struct matcher *m, uint32_t first)
{
    uint64_t key = HASH_START;
    int real = 0;
    for (uint32_t w = first; w < first + 3; w++) {
        const struct word *word = &text->words.items[w];
        bool term = matcher_is_term(m, w) && word->word_class == CLASS_CONTENT;
        bool blank = term || word->number;
        uint32_t stem = blank ? UINT32_MAX : word->stem;
        real += !blank;
        key = hash_bytes(key, &stem, sizeof(stem));
    }
    return real >= 2 ? key : 0;
}

/* "I would say that": habits of speech. A short sentence is no more than its template. */
static uint32_t opening_words(const struct sentence *s)
{
    return s->end - s->first >= 8 ? 3 : 0;
}

/* How many sentences have a run, and the last of them, counted from 1: one sentence may hammer. */
struct run_count {
    uint32_t sentences, last;
};

/* Counts the runs, and writes down for each the place in `counts` that it was counted in. */
static size_t count_runs(const struct guard_view *v, struct run_count *counts,
                         uint16_t *places)
{
    const struct text *text = v->text;
    size_t runs = 0;
    for (uint32_t i = 0; i < text->sentences.count; i++) {
        const struct sentence *s = &text->sentences.items[i];
        if (is_repeated(v, s))
            continue;
        for (uint32_t w = s->first + opening_words(s); w + 2 < s->end; w++) {
            uint64_t key = run_key(text, v->matcher, w);
            if (!key)
                continue;
            places[runs] = (uint16_t)((key ^ key >> 32) % RUNS);
            struct run_count *count = &counts[places[runs++]];
            count->sentences += count->last != i + 1;
            count->last = i + 1;
        }
    }
    return runs;
}

static double repetition_share(const struct guard_view *v)
{
    struct run_count counts[RUNS] = { 0 };
    uint16_t *places = xmalloc(v->text->words.count * sizeof(*places));
    size_t runs = count_runs(v, counts, places), repeated = 0;
    size_t times = RUN_TIMES + v->text->words.count / RUN_WORDS;
    for (size_t i = 0; i < runs; i++)
        repeated += counts[places[i]].sentences >= times;
    free(places);
    return runs ? (double)repeated / (double)runs : 0;
}

/* --- reasons: "a queue, because queues are good" --- */

/* A reason brings more new words than this, or is none: in 569 answers graded by people one sentence in twenty
 * at most, beside the first, has such a reason. */
enum { REASON_NEW_WORDS = 1 };

static bool says_something(const struct word *word)
{
    return word->word_class == CLASS_CONTENT || word->word_class == CLASS_NUMBER;
}

static bool has_stem(const struct text *text, uint32_t first, uint32_t end, uint32_t stem)
{
    for (uint32_t w = first; w < end; w++)
        if (text->words.items[w].stem == stem && says_something(&text->words.items[w]))
            return true;
    return false;
}

/* Whether a "because" in it, with something to explain before it, brings nothing that was not said there. */
static bool has_empty_reason(const struct text *text, const struct sentence *s)
{
    const struct word *words = text->words.items;
    uint32_t because = s->first, explained = 0, fresh = 0;
    for (; because < s->end && !(words[because].traits & TRAIT_CAUSE); because++)
        explained += says_something(&words[because]);
    for (uint32_t w = because; w < s->end && fresh <= REASON_NEW_WORDS; w++)
        fresh += says_something(&words[w]) && !has_stem(text, s->first, w, words[w].stem);
    bool of = because + 1 < s->end && words[because + 1].word_class == CLASS_PREPOSITION;
    return because < s->end && !of && explained && fresh <= REASON_NEW_WORDS;
}

static double empty_reasons(const struct guard_view *v)
{
    const struct text *text = v->text;
    uint32_t empty = 0, all = 0;
    for (size_t i = 0; i < text->sentences.count; i++) {
        const struct sentence *s = &text->sentences.items[i];
        if (is_repeated(v, s))
            continue;
        all++;
        empty += has_empty_reason(text, s);
    }
    return empty > 1 ? (double)(empty - 1) / all : 0; /* one is a slip */
}

/* --- order: are these neighbours those of prose, or of the same words shuffled? --- */

static double sentence_order(const struct guard_view *v, const struct sentence *s)
{
    double sum = 0;
    uint8_t last = ORDER_START;
    for (uint32_t w = s->first; w < s->end; w++) {
        uint8_t now = v->text->words.items[w].order;
        sum += (double)v->weights->order[last][now];
        last = now;
    }
    return sum + (double)v->weights->order[last][ORDER_END];
}

/*
 * The mean over all pairs, turned round, and the marks astray: positive when the words stand as if shuffled.
 * Commas say nothing here, since who dictates or is in a hurry leaves them out.
 */
static double disorder(const struct guard_view *v)
{
    double sum = 0;
    for (size_t i = 0; i < v->text->sentences.count; i++)
        sum += sentence_order(v, &v->text->sentences.items[i]);
    return marks_astray(v->text->parts, v->text->part_count) -
           sum / (double)(v->text->words.count + v->text->sentences.count);
}

/* --- topic: words far from any that an answer to this problem cannot do without --- */

/* A word of the topic speaks for so many words before it and behind it, however they are divided into
 * sentences: short bullets and long sentences weigh alike. */
enum { TOPIC_REACH = 15 };

/* Marks in `near` what one match speaks for, within its part. */
static void mark_near(const struct text *text, const struct match *match,
                      unsigned char *near)
{
    const struct word *words = text->words.items;
    uint32_t part = text->sentences.items[words[match->first].sentence].part;
    size_t first = match->first > TOPIC_REACH ? match->first - TOPIC_REACH : 0;
    size_t end = match->last + TOPIC_REACH + 1;
    for (size_t w = first; w < end && w < text->words.count; w++)
        if (text->sentences.items[words[w].sentence].part == part)
            near[w] = 1;
}

static double off_topic_share(const struct guard_view *v)
{
    if (!v->topic_count)
        return 0;
    size_t words = v->text->words.count, on_topic = 0;
    struct match *found = xmalloc(words * sizeof(*found));
    unsigned char *near = xcalloc(words, 1);
    for (size_t q = 0; q < v->topic_count; q++) {
        size_t count = matcher_find(v->matcher, v->topic + q, found, words);
        for (size_t i = 0; i < count; i++)
            mark_near(v->text, &found[i], near);
    }
    for (size_t w = 0; w < words; w++)
        on_topic += near[w];
    free(near);
    free(found);
    return 1 - (double)on_topic / (double)words;
}

/* --- the prompt, in another order --- */

static double prompt_share(const struct guard_view *v)
{
    uint32_t asked = 0, all = 0;
    for (size_t i = 0; i < v->text->words.count; i++) {
        const struct word *word = &v->text->words.items[i];
        if (word->word_class != CLASS_CONTENT ||
            v->stances->words.items[i].stance == STANCE_ECHO)
            continue;
        all++;
        asked += verdict_in_prompt(v->queries, word->stem);
    }
    return all ? (double)asked / all : 0;
}

/* --- names, advertising: words that belong to them, per word --- */

/* Anybody may call something robust: so many words of advertising are not counted. */
static const uint32_t advertising_free = 2;

static double share_of(const struct guard_view *v, size_t query, uint32_t not_counted)
{
    size_t room = v->text->words.count; /* no two begin at one word */
    struct match *found = xmalloc(room * sizeof(*found));
    size_t count = matcher_find(v->matcher, query, found, room);
    uint32_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += found[i].last - found[i].first + 1;
    free(found);
    return words > not_counted ? (double)(words - not_counted) / (double)v->text->words.count : 0;
}

/* --- phrases of the rubric, side by side --- */

static double phrase_share(const struct guard_view *v)
{
    uint32_t count = 0, all = (uint32_t)v->text->words.count;
    for (uint32_t w = 0; w < all; w++)
        count += matcher_in_phrase(v->matcher, w);
    return (double)count / (double)all;
}

void guard_read(struct guard_reading *out, const struct guard_view *v)
{
    *out = (struct guard_reading){ .words = (uint32_t)v->text->words.count };
    if (!v->text->words.count)
        return;
    out->share[GUARD_LIST] = fmin(1, list_share(v) + missing_small_words(v));
    out->share[GUARD_NAMES] = share_of(v, v->products, 0);
    out->share[GUARD_ADVERTISING] = share_of(v, v->advertising, advertising_free);
    out->share[GUARD_FILLER] = filler_share(v);
    out->share[GUARD_REPETITION] = repetition_share(v);
    out->share[GUARD_REASONS] = empty_reasons(v);
    out->share[GUARD_PLAN] =
        (double)v->stances->announced_sentences / (double)v->text->sentences.count;
    out->share[GUARD_ORDER] = disorder(v);
    out->share[GUARD_PHRASES] =
        fmax(0, phrase_share(v) + v->weights->phrases_disorder * out->share[GUARD_ORDER]);
    out->share[GUARD_PROMPT] = prompt_share(v);
    out->share[GUARD_TOPIC] =
        off_topic_share(v) - (v->dialogue ? v->weights->dialogue.topic : 0);
}

double guard_factor(const struct weights *w, enum guard guard, const struct guard_reading *r)
{
    const struct ramp *ramp = &w->guards[guard];
    double x = r->share[guard] - (guard == GUARD_TOPIC ? r->topic_allowed : 0);
    if (r->words < ramp->minimum || x <= ramp->from || ramp->to <= ramp->from)
        return 1;
    double way = fmin(1, (x - ramp->from) / (ramp->to - ramp->from));
    double lift = guard == GUARD_TOPIC ? r->topic_lift : 0;
    return 1 - way * (1 - ramp->floor) * (1 - lift);
}
