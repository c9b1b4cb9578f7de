#include "scoring/weights.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"

const char *const feature_names[] = {
    "named",       "names",          "explained",    "mechanisms",   "mechanism_sentences",
    "name_sentences", "numbers",     "name_numbers", "specific",     "name_specific",
    "overlap",     "overlap_all",    "reason",       "early",        "asked", NULL,
};

const char *const guard_names[] = { "list",  "names",   "filler",      "repetition",
                                    "order", "phrases", "advertising", "reasons",
                                    "plan",  "prompt",  "topic",       NULL };

static const char *const weights_keys[] = { "format",   "version", "about", "verdict",
                                            "features", "score",   "map",   "dialogue",
                                            "guards",   "order",   NULL };
static const char *const verdict_keys[] = {
    "cut_mentioned",        "cut_explained",    "pull",
    "mentioned_credit",     "credit_steepness", "prompted_credit",
    "names_only_from",      "flag_doubt",       "flag_doubt_most",
    "flag_doubt_elsewhere", "pull_usual",       "pull_usual_count",
    "usual_names",          "usual_mechanisms", NULL
};
static const char *const score_keys[] = {
    "depth_numbers",   "depth_words",      "depth_weighing",   "depth_limits",
    "depth_from",      "flag_void_from",   "flag_void_each",   "flag_void_floor",
    "flag_few_most",   "flag_alone_most",  "flag_alone_from",  "flag_alone_share",
    "flag_alone_rise", "phrases_disorder", "claims_from",      "claims_to",
    "claims_most",     "clean_from",       "clean_to",         "no_prose_most",
    "topic_allowed",   "topic_from",       "topic_to",         "unexplained_from",
    "unexplained_to",  "unexplained_rise", "unexplained_room", NULL
};
static const char *const dialogue_keys[] = {
    "topic",  "lift_from",    "lift_to",      "words_from", "words_to",
    "growth", "flags_spared", "stood_counts", "map",        NULL
};
static const char *const ramp_keys[] = { "from", "to", "floor", "minimum", NULL };

static void read_verdict(struct json_check *c, const json_t *root, struct weights *w)
{
    json_t *v = json_need_object(c, root, "verdict");
    if (!v || !json_check_object(c, v, "'verdict'", verdict_keys))
        return;
    w->cut_mentioned = json_need_number(c, v, "cut_mentioned", -100, 100, 0);
    w->cut_explained = json_need_number(c, v, "cut_explained", -100, 100, 0);
    w->names_only_from = json_need_number(c, v, "names_only_from", 0, 1, 0);
    w->flag_doubt = json_need_number(c, v, "flag_doubt", 0, 100, 0);
    w->flag_doubt_most = json_need_number(c, v, "flag_doubt_most", 0, 1000, 3);
    w->flag_doubt_elsewhere = json_need_number(c, v, "flag_doubt_elsewhere", 0, 1, 1);
    w->pull_usual = json_need_number(c, v, "pull_usual", -100, 100, 0);
    w->pull_usual_count = json_need_number(c, v, "pull_usual_count", 0, 100, 0);
    w->pull = json_need_number(c, v, "pull", 0, 2, 0);
    w->mentioned_credit = json_need_number(c, v, "mentioned_credit", 0, 1, 0);
    w->credit_steepness = json_want_number(c, v, "credit_steepness", 0.1, 100, 1);
    w->prompted_credit = json_need_number(c, v, "prompted_credit", 0, 1, 1);
    w->usual_names = json_want_number(c, v, "usual_names", 0, 1000, 0);
    w->usual_mechanisms = json_want_number(c, v, "usual_mechanisms", 0, 1000, 0);
}

static void read_features(struct json_check *c, const json_t *root, struct weights *w)
{
    json_t *features = json_need_object(c, root, "features");
    if (!features || !json_check_object(c, features, "'features'", feature_names))
        return;
    for (int i = 0; i < FEATURE_COUNT; i++)
        w->feature[i] = json_need_number(c, features, feature_names[i], -100, 100, 0);
}

static void read_score(struct json_check *c, const json_t *root, struct weights *w)
{
    json_t *s = json_need_object(c, root, "score");
    if (!s || !json_check_object(c, s, "'score'", score_keys))
        return;
    w->depth_numbers = json_need_number(c, s, "depth_numbers", -100, 100, 0);
    w->depth_words = json_need_number(c, s, "depth_words", -100, 100, 0);
    w->depth_weighing = json_need_number(c, s, "depth_weighing", -100, 100, 0);
    w->depth_limits = json_want_number(c, s, "depth_limits", -100, 100, 0);
    w->depth_from = json_need_number(c, s, "depth_from", 0, 1, 0);
    w->flag_void_from = json_need_number(c, s, "flag_void_from", 0, 100, 3);
    w->flag_void_each = json_need_number(c, s, "flag_void_each", 0, 1, 0.3);
    w->flag_void_floor = json_want_number(c, s, "flag_void_floor", 0, 1, 0);
    w->topic_allowed = json_want_number(c, s, "topic_allowed", 0, 1, 0);
    w->topic_from = json_want_number(c, s, "topic_from", 0, 1, 0);
    w->topic_to = json_want_number(c, s, "topic_to", 0, 1, 1);
    w->no_prose_most = json_need_number(c, s, "no_prose_most", 0, 100, 20);
    w->unexplained_from = json_want_number(c, s, "unexplained_from", 0, 1e6, 1e6);
    w->unexplained_to = json_want_number(c, s, "unexplained_to", 0, 2e6, 2e6);
    w->unexplained_rise = json_want_number(c, s, "unexplained_rise", 0, 1000, 0);
    w->claims_from = json_need_number(c, s, "claims_from", 0, 100, 1);
    w->claims_to = json_need_number(c, s, "claims_to", 0, 100, 2);
    w->claims_most = json_need_number(c, s, "claims_most", 0, 10, 0);
    w->unexplained_room = json_want_number(c, s, "unexplained_room", 0.1, 100, 4);
    w->clean_from = json_want_number(c, s, "clean_from", -1, 1, 0);
    w->clean_to = json_want_number(c, s, "clean_to", 0, 2, 1);
    w->flag_few_most = json_need_number(c, s, "flag_few_most", 0, 100, 5);
    w->flag_alone_most = json_want_number(c, s, "flag_alone_most", 0, 100, 100);
    w->flag_alone_from = json_want_number(c, s, "flag_alone_from", 0, 100, 100);
    w->flag_alone_share = json_want_number(c, s, "flag_alone_share", 0, 1, 1);
    w->flag_alone_rise = json_want_number(c, s, "flag_alone_rise", 0, 1000, 0);
    w->phrases_disorder = json_want_number(c, s, "phrases_disorder", 0, 100, 0);
}

static void read_map(struct json_check *c, const json_t *root, struct coverage_map *out)
{
    json_t *map = json_need_array(c, root, "map"), *point;
    size_t index;
    if (json_array_size(map) < 2 || json_array_size(map) > MAP_POINTS_MAX) {
        json_fail(c, map ? map : root, "'map' must have 2 to %d points", MAP_POINTS_MAX);
        return;
    }
    json_array_foreach(map, index, point)
    {
        const json_t *coverage = json_array_get(point, 0), *score = json_array_get(point, 1);
        out->points[index].coverage = json_number_value(coverage);
        out->points[index].score = json_number_value(score);
        if (json_array_size(point) != 2 || !json_is_number(coverage) ||
            !json_is_number(score) ||
            (index && (out->points[index].coverage <= out->points[index - 1].coverage ||
                       out->points[index].score < out->points[index - 1].score)))
            json_fail(c, point, "a point is [coverage, score], and points rise");
    }
    out->count = json_array_size(map);
}

static void read_dialogue(struct json_check *c, const json_t *root,
                          struct dialogue_weights *out)
{
    json_t *d = json_want_object(c, root, "dialogue");
    *out = (struct dialogue_weights) { .lift_from = 1, .lift_to = 2, .stood_counts = 1 };
    if (!d || !json_check_object(c, d, "'dialogue'", dialogue_keys))
        return;
    out->topic = json_need_number(c, d, "topic", 0, 1, 0);
    out->lift_from = json_need_number(c, d, "lift_from", 0, 1, 1);
    out->lift_to = json_need_number(c, d, "lift_to", 0, 2, 2);
    out->words_from = json_need_number(c, d, "words_from", 1, 1e6, 0);
    out->words_to = json_need_number(c, d, "words_to", 1, 1e6, 0);
    out->flags_spared = json_need_number(c, d, "flags_spared", 0, 100, 0);
    out->stood_counts = json_want_number(c, d, "stood_counts", 1, 100, 1);
    out->growth = json_need_number(c, d, "growth", 0, 1, 0);
    read_map(c, d, &out->map);
}

static void read_guards(struct json_check *c, const json_t *root, struct weights *w)
{
    json_t *guards = json_need_object(c, root, "guards");
    if (!guards || !json_check_object(c, guards, "'guards'", guard_names))
        return;
    for (int i = 0; i < GUARD_COUNT; i++) {
        json_t *ramp = json_want_object(c, guards, guard_names[i]);
        if (!ramp || !json_check_object(c, ramp, "a guard", ramp_keys))
            continue;
        w->guards[i].from = json_need_number(c, ramp, "from", -1000, 1000, 0);
        w->guards[i].to = json_need_number(c, ramp, "to", -1000, 1000, 0);
        w->guards[i].floor = json_need_number(c, ramp, "floor", 0, 1, 1);
        w->guards[i].minimum = json_need_number(c, ramp, "minimum", 0, 1e6, 0);
    }
}

static void read_order(struct json_check *c, const json_t *root, struct weights *w)
{
    json_t *order = json_need_object(c, root, "order"), *value;
    const char *pair;
    json_object_foreach(order, pair, value)
    {
        size_t length = strcspn(pair, " ");
        size_t first = order_find(pair, length);
        size_t second = pair[length]
                            ? order_find(pair + length + 1, strlen(pair + length + 1))
                            : ORDER_COUNT;
        if (first == ORDER_COUNT || second == ORDER_COUNT || !json_is_number(value))
            json_fail(c, value, "'%s' is no pair of kinds of words, as \"of the\": 0.9",
                      pair);
        else
            w->order[first][second] = (float)json_number_value(value);
    }
}

struct weights *weights_load(const char *source, const char *text, size_t length,
                             struct error_list *errors)
{
    struct json_opened file;
    if (!json_open(&file, source, text, length, errors))
        return NULL;
    struct weights *w = xcalloc(1, sizeof(*w));
    if (json_check_file(&file.check, file.doc.root, "the weights", weights_keys)) {
        w->version = (int)json_need_number(&file.check, file.doc.root, "version", 1, 1e6, 1);
        read_verdict(&file.check, file.doc.root, w);
        read_features(&file.check, file.doc.root, w);
        read_score(&file.check, file.doc.root, w);
        read_map(&file.check, file.doc.root, &w->map);
        read_dialogue(&file.check, file.doc.root, &w->dialogue);
        read_guards(&file.check, file.doc.root, w);
        read_order(&file.check, file.doc.root, w);
    }
    hash_text(hash_bytes(HASH_START, text, length), w->hash);
    if (json_close(&file))
        return w;
    weights_free(w);
    return NULL;
}

void weights_free(struct weights *weights)
{
    free(weights);
}
