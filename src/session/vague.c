#include "session/vague.h"

#include <stdbool.h>
#include <string.h>

#include "scoring/text.h"

/* Compared by stem. Words of a class that says nothing of a subject need not stand here. */
static const char *const qualities[] = {
    "scale",      "scalable",   "scalability", "fast",       "quick",      "quickly",
    "speed",      "slow",       "reliable",    "reliably",   "reliability", "robust",
    "secure",     "security",   "safe",        "stable",     "available",  "availability",
    "efficient",  "performant", "performance", "resilient",  "flexible",   "optimized",
    "optimal",    "smooth",     "durable",     "durability", "tolerant",   "responsive",
    "elastic",    "consistent", "consistency", "latency",    "throughput", "maintainable",
    "extensible", "modular",    "powerful",    "bulletproof",
};
static const char *const generic[] = {
    "system", "service", "app",    "application", "platform", "site",    "website",  "server",
    "design", "backend", "thing",  "everything",  "user",     "people",  "customer", "request",
    "traffic", "load",   "time",   "way",         "problem",  "issue",   "fault",    "make",
    "keep",   "run",     "work",   "solution",    "architecture", "high", "highly",  "low",
    "part",   "lot",     "scenario", "whole",     "modern",   "proper",  "properly", "course",
    "sure",   "ensure",  "big",    "huge",        "growth",   "grow",    "future",   "today",
};
static const char *const goals[] = { "should", "must", "need", "needs", "want", "has", "have",
                                     "ought" };

enum { SENTENCE_MOST = 12, ANSWER_MOST = 24 }; /* words */

static bool has_stem(struct dictionary *d, uint32_t stem, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dictionary_stem(d, words[i], strlen(words[i])) == stem)
            return true;
    return false;
}

#define IS_ONE_OF(d, stem, words) has_stem(d, stem, words, sizeof(words) / sizeof(*(words)))

/* A reason in the sentence; a "so" that begins it gives none. */
static bool gives_reason(const struct text *text, const struct sentence *s)
{
    for (size_t i = 0; i < text->reasons.count; i++)
        if (text->reasons.items[i] > s->first && text->reasons.items[i] < s->end)
            return true;
    return false;
}

static enum vague read_sentence(const struct text *text, const struct sentence *s,
                                struct dictionary *d)
{
    bool quality = false, goal = false;
    if (s->question || gives_reason(text, s) || s->end - s->first > SENTENCE_MOST)
        return VAGUE_NO;
    for (uint32_t w = s->first; w < s->end; w++) {
        struct word_form form = *dictionary_get(d, text->words.items[w].form);
        bool claims = IS_ONE_OF(d, form.stem, qualities);
        quality = quality || claims;
        goal = goal || IS_ONE_OF(d, form.stem, goals);
        if (form.word_class == CLASS_NUMBER || form.word_class == CLASS_NEGATOR ||
            (form.word_class == CLASS_CONTENT && !claims && !IS_ONE_OF(d, form.stem, generic)))
            return VAGUE_NO;
    }
    return !quality ? VAGUE_NO : goal ? VAGUE_GOAL : VAGUE_CLAIM;
}

enum vague vague_answer(const char *text, size_t length)
{
    enum { BYTES_MOST = 400 };
    if (length > BYTES_MOST)
        return VAGUE_NO;
    struct dictionary *d = dictionary_new();
    struct text read = { 0 };
    struct text_part part = { text, length };
    enum vague vague = VAGUE_NO;
    text_read(&read, d, &part, 1);
    for (size_t i = 0; i < read.sentences.count; i++) {
        vague = read_sentence(&read, &read.sentences.items[i], d);
        if (vague == VAGUE_NO)
            break;
    }
    if (read.words.count > ANSWER_MOST || read.quantities.count)
        vague = VAGUE_NO;
    text_release(&read);
    dictionary_free(d);
    return vague;
}
