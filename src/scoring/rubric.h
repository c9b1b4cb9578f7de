/*
 * rubric.h - what is graded in a scenario: criteria, red flags, consistency rules, samples.
 *
 * All strings live in the rubric's arena. Expressions are parsed and their concepts known to exist.
 */
#ifndef VIVA_SCORING_RUBRIC_H
#define VIVA_SCORING_RUBRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/memory.h"
#include "scoring/expression.h"
#include "scoring/lexicon.h"

enum level { LEVEL_MID, LEVEL_SENIOR, LEVEL_STAFF, LEVEL_COUNT, LEVEL_NONE = LEVEL_COUNT };
extern const char *const level_names[]; /* "mid", "senior", "staff", NULL */
extern const double level_bars[LEVEL_COUNT]; /* 60, 75, 88 (DESIGN, section 2) */

enum verdict { VERDICT_ABSENT, VERDICT_MENTIONED, VERDICT_EXPLAINED, VERDICT_NOT_ASKED };
extern const char *const verdict_names[]; /* "absent", "mentioned", "explained", "not-asked", NULL */

/* A list of expressions; a hit of any is a hit of the list. `sources` are their texts, or NULL where
 * they were not kept; `items` is NULL where the texts alone were, which are known to be right. */
struct evidence {
    struct expression **items;
    const char **sources;
    size_t count;
};

/* Which expression of a criterion or red flag: its list, "names", "mechanisms" or "evidence", and its place there. */
struct expression_place {
    const char *list; /* NULL: none */
    size_t index;
};
/* "mechanisms[3]"; of none nothing. */
void expression_place_name(const struct expression_place *place, struct buffer *out);

struct criterion {
    const char *id, *title, *phase, *dimension, *why, *description, *probe, *advice;
    double weight;
    enum level must_from; /* LEVEL_NONE: never a must */
    bool only_if_asked;
    struct evidence names, mechanisms;
};

struct examples {
    const char **wrong, **sound;
    size_t wrong_count, sound_count;
};

/*
 * What an interviewer asks who has made the claim, and what somebody says then who knows better. The examples are
 * replies: "sound" ones put it right, "wrong" ones stand by it. `corrected` is kept as texts, see challenge.h.
 */
struct challenge {
    const char *question; /* NULL: the claim is not asked about */
    struct evidence corrected;
    struct examples examples;
};

struct red_flag {
    const char *id, *title, *advice;
    double cost; /* points */
    double cap;  /* 0: none; else the score cannot be higher */
    struct evidence evidence;
    struct examples examples;
    struct challenge challenge;
};

struct consistency_rule {
    const char *id, *question;
    struct evidence claim, against;
    struct examples examples;
};

struct sample_part {
    const char *phase; /* NULL: counts for all phases */
    const char *text;
};

struct sample_verdict {
    const char *criterion;
    enum verdict verdict;
};

struct sample {
    const char *id, *kind; /* strong, middling, weak, list, filler, negated, off-topic, wrong, verdict */
    struct sample_part *parts;
    size_t part_count;
    bool has_band;
    double low, high;
    struct sample_verdict *verdicts;
    size_t verdict_count;
};

struct rubric {
    const char *scenario, *about;
    int version;
    struct criterion *criteria;
    size_t criterion_count;
    struct red_flag *red_flags; /* own ones, then the shared ones that it names */
    size_t red_flag_count, own_red_flag_count;
    const char **shared_red_flags; /* the names of the shared ones */
    size_t shared_red_flag_count;
    struct evidence topic; /* words that an answer to this problem cannot do without; may be empty */
    struct consistency_rule *rules;
    size_t rule_count;
    struct sample *samples;
    size_t sample_count;
    char hash[HASH_TEXT_SIZE]; /* of the file's bytes */
    char shared_hash[HASH_TEXT_SIZE]; /* the same of the shared red flags; "" without any */
    struct arena arena;
    struct arena texts; /* to grade: of expressions that only a scorer wants */
};

/* rubrics/red-flags.json: misconceptions that many rubrics share. */
struct shared_red_flags {
    struct red_flag *items;
    size_t count;
    char hash[HASH_TEXT_SIZE]; /* of the file's bytes */
    struct arena arena;
};

struct shared_red_flags *shared_red_flags_load(const char *source, const char *text,
                                               size_t length, const struct lexicon *lexicon,
                                               struct error_list *errors)
    __attribute__((warn_unused_result));
void shared_red_flags_free(struct shared_red_flags *flags);

/*
 * Reads a rubric from JSON text. Every mistake is added to `errors`; NULL when there was one.
 * `shared` may be NULL. The rubric borrows from `shared` and `lexicon`, which must outlive it.
 */
struct rubric *rubric_load(const char *source, const char *text, size_t length,
                           const struct lexicon *lexicon,
                           const struct shared_red_flags *shared,
                           struct error_list *errors) __attribute__((warn_unused_result));
/*
 * The same for somebody who grades with it and does not test it, in two steps, since a session begins
 * before anything is graded: first the rubric without shared red flags, then those that it names, and
 * no others. Neither has the examples, and the samples but strong ones; what is left out is not looked
 * at. The evidence of red flags and the mechanisms of criteria are kept as texts, since they take four
 * times as much when parsed, all else without its text. The second step is -1 with errors, and then the
 * rubric cannot grade.
 */
struct rubric_file {
    const char *source, *text;
    size_t length;
};
struct rubric *rubric_load_to_grade(const struct rubric_file *file,
                                    const struct lexicon *lexicon,
                                    struct error_list *errors)
    __attribute__((warn_unused_result));
int rubric_add_shared_red_flags(struct rubric *rubric, const struct rubric_file *file,
                                const struct lexicon *lexicon, struct error_list *errors)
    __attribute__((warn_unused_result));
/* Once a scorer has been made, which is then the last: texts that it has read, up to 2 MiB, are of no more
 * use. Only of a rubric that was loaded to grade. */
void rubric_forget_texts(struct rubric *rubric);
void rubric_free(struct rubric *rubric);

/* Index of a criterion, or -1. */
int rubric_find(const struct rubric *rubric, const char *criterion);
/* The same of a red flag. */
int rubric_find_flag(const struct rubric *rubric, const char *flag);

/*
 * Reads a JSON list of expressions, or one expression, into `out`; `key` of `object`. For loaders of
 * other files that hold evidence (scenario facts).
 */
struct evidence_reader {
    struct json_check *check;
    const struct lexicon *lexicon;
    struct expression_room *room;
    /* Where expressions are parsed and dropped again, so that their texts alone are kept; or NULL. */
    struct arena *scratch;
};
void evidence_read(const struct evidence_reader *r, const json_t *object, const char *key,
                   bool needed, struct evidence *out);

#endif
