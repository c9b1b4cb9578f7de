/*
 * scenario.h - a problem to be interviewed on: prompt, facts, phases, hints, twist, figures.
 *
 * All strings live in the scenario's arena and are valid UTF-8. Ids are lower-case words joined by
 * hyphens and unique in their list; expressions are parsed and their concepts known to exist. What
 * is optional in the file and absent is NULL or empty here.
 */
#ifndef VIVA_CONTENT_SCENARIO_H
#define VIVA_CONTENT_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "scoring/lexicon.h"
#include "scoring/quantity.h"
#include "scoring/rubric.h"

/* Bytes of an id: it is a file's name and a word on the command line. */
enum { SCENARIO_ID_MAX = 64 };

/* What the interviewer answers when he is asked. */
struct fact {
    const char *id;
    const char *topic; /* goes on from "you never asked" */
    const char *answer;
    const char *criterion; /* that it belongs to; may be NULL */
    struct evidence asks;  /* matched against the candidate's question */
    const char **examples; /* questions that it answers, as people ask them */
    size_t example_count;
};

struct phase {
    const char *id, *title;
    const char *opening; /* the interviewer's line; may be NULL */
    double minutes;
};

struct hint_step {
    const char *text;
    double price; /* points of 100 */
};

/* From a nudge to the specific; at least one step. */
struct hint_ladder {
    const char *criterion;
    struct hint_step *steps;
    size_t count;
};

/* A new requirement in the middle of the session. */
struct twist {
    const char *says; /* NULL: there is none */
    const char *criterion;
    double minute; /* of the whole session, before its end */
};

/* A derivation that an estimate is checked against. */
struct figure {
    const char *name, *how;
    enum quantity_kind kind;
    double value; /* in the base unit of its kind */
};

struct scenario {
    const char *kind, *id, *title;
    const char *level; /* that it is most asked at: a name of level_names, or NULL */
    const char *prompt;
    int version;
    bool part; /* some of the phases only: part.h */
    struct fact *facts;
    size_t fact_count;
    struct phase *phases; /* at least one */
    size_t phase_count;
    struct hint_ladder *hints;
    size_t hint_count;
    struct twist twist;
    struct figure *figures;
    size_t figure_count;
    const char **tags;
    size_t tag_count;
    const char **sources;
    size_t source_count;
    char hash[HASH_TEXT_SIZE]; /* of the file's bytes */
    struct arena arena;
};

/*
 * Reads a scenario from JSON text. Every mistake is added to `errors`; NULL when there was one.
 * `source` is for messages. The lexicon is needed while loading only. Free with scenario_free().
 */
struct scenario *scenario_load(const char *source, const char *text, size_t length,
                               const struct lexicon *lexicon, struct error_list *errors)
    __attribute__((warn_unused_result));
void scenario_free(struct scenario *scenario);

/* Sum over the phases. */
double scenario_minutes(const struct scenario *scenario);

/* What a list of scenarios says about one; strings are owned. */
struct scenario_summary {
    char *title;
    char *level; /* NULL: none given */
    char **tags; /* NULL-terminated */
    double minutes;
    int version;
};

/*
 * The same from JSON text without looking at the rest of it: no lexicon is needed, and mistakes in
 * facts or hints go unseen. -1 with an error when what it reads is not right.
 */
int scenario_summarise(const char *source, const char *text, size_t length,
                       struct scenario_summary *out, struct error_list *errors);
void scenario_summary_release(struct scenario_summary *summary);

#endif
