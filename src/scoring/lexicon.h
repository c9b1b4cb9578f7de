/*
 * lexicon.h - concepts and the many ways people say them, from rubrics/lexicon.json.
 *
 * A concept matches its own phrases and those of every concept that is a kind of it: with
 * redis -> in-memory-store -> cache, `@cache` is hit by "redis".
 */
#ifndef VIVA_SCORING_LEXICON_H
#define VIVA_SCORING_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"
#include "scoring/expression.h"

enum concept_mark {
    CONCEPT_PRODUCT = 1, /* a thing that is bought or installed, or a word of fashion */
    CONCEPT_ADVERTISING = 2, /* words of brochures: praise, and nothing of how it works */
    CONCEPT_DRAWBACK =
        4, /* what goes wrong: told behind a claim, the claim is not made */
    CONCEPT_MISHAP =
        8, /* what went wrong once: told before a claim, the claim is a story */
};

struct concept {
    const char *name;
    struct expression **says; /* EXPRESSION_PHRASE each */
    size_t says_count;
    unsigned marks; /* of enum concept_mark */
    size_t *kinds; /* indices of the concepts that are a kind of this one, itself first */
    size_t kinds_count;
};

/* A word that people write in place of another: "msg" for "message". Both folded, one word each. */
struct abbreviation {
    const char *written, *full;
};

struct lexicon {
    struct concept *concepts; /* sorted by name */
    size_t count;
    const char **tags; /* what scenarios may be tagged with; none: with anything */
    size_t tag_count;
    struct abbreviation *abbreviations;
    size_t abbreviation_count;
    int version;
    uint64_t hash;
    struct arena arena;
};

/*
 * Reads a lexicon from JSON text. Every mistake is added to `errors` (unknown keys, bad phrases,
 * unknown or circular `is`); NULL when there was one. `source` is for messages. Free with
 * lexicon_free().
 */
struct lexicon *lexicon_load(const char *source, const char *text, size_t length,
                             struct error_list *errors) __attribute__((warn_unused_result));
void lexicon_free(struct lexicon *lexicon);

/* Index of a concept, or -1. */
int lexicon_find(const struct lexicon *lexicon, const char *name);

#endif
