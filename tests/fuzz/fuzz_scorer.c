/*
 * An answer to the shipped URL shortener, in parts behind byte 0x1e: whatever is said,
 * the score is a score, quotes lie in their parts, and the same answer gets the same
 * score again. The first byte of a part says how it came: prompted, after the twist, in
 * which phase, in reply to a question about a red flag.
 */
#include "fuzz.h"

#include <math.h>

#include "content/catalogue.h"
#include "scoring/score.h"

enum { PARTS_MAX = 8, PART_MARK = 0x1e };

static struct rubric *rubric;
static struct scorer *scorer;
static bool *asked;
static size_t *raised;

static void make_ready(void)
{
    static struct catalogue *catalogue;
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *scenario = NULL;
    if (catalogue)
        return;
    catalogue = catalogue_new(VIVA_SOURCE_DIR);
    const struct lexicon *lexicon = catalogue_lexicon(catalogue, NULL, &errors);
    const struct weights *weights = catalogue_weights(catalogue, &errors);
    catalogue_rubric(catalogue, "url-shortener", &rubric, &errors);
    catalogue_scenario(catalogue, "url-shortener", &scenario, &errors);
    must(lexicon && weights && rubric && scenario);
    scorer = scorer_new(rubric, lexicon, weights,
                        (struct subject) { scenario->title, scenario->prompt });
    asked = xcalloc(rubric->criterion_count, sizeof(*asked));
    for (size_t i = 0; i < rubric->criterion_count; i++)
        asked[i] = true;
    raised = xcalloc(rubric->criterion_count, sizeof(*raised));
    for (size_t i = 0; i < rubric->criterion_count; i++)
        raised[i] = i % 7;
}

static size_t split(const uint8_t *data, size_t size, struct answer_part *parts)
{
    static const char *const phases[] = { NULL, "requirements", "estimation",
                                          "deep-dive" };
    size_t count = 0;
    for (size_t at = 0; at < size && count < PARTS_MAX; count++) {
        const uint8_t *mark = memchr(data + at, PART_MARK, size - at);
        size_t end = mark ? (size_t)(mark - data) : size;
        uint8_t how = at < end ? data[at] : 0;
        parts[count] = (struct answer_part) { .text = (const char *)data + at,
                                              .length = end - at,
                                              .phase = phases[how % 4],
                                              .said = count + 1,
                                              .prompted = (how & 4) != 0,
                                              .after_twist = (how & 8) != 0 };
        at = end + 1;
    }
    return count;
}

/* Every part may be a reply; of which red flag follows from where it stands. */
static size_t find_replies(const struct answer_part *parts, size_t count,
                           struct answer_challenge *out)
{
    size_t found = 0;
    for (size_t i = 1; i < count; i++) {
        uint8_t how = parts[i].length ? (uint8_t)parts[i].text[0] : 0;
        if (how & 16)
            out[found++] = (struct answer_challenge) {
                .flag = (how * 8 + i) % rubric->red_flag_count, .first = i, .count = 1
            };
    }
    return found;
}

static void check_quote(const struct quote *q, const struct answer *answer)
{
    must(q->part >= -1 && q->part < (int)answer->count);
    if (q->part >= 0)
        must(q->start <= q->end && q->end <= answer->parts[q->part].length);
}

static void check(const struct score *score, const struct answer *answer)
{
    must(isfinite(score->total) && score->total >= 0 && score->total <= 100);
    must(score->coverage >= 0 && score->coverage <= 1);
    must(score->factor >= 0 && score->factor <= 1);
    for (size_t i = 0; i < score->criterion_count; i++) {
        must(score->criteria[i].credit >= 0 && score->criteria[i].credit <= 1);
        check_quote(&score->criteria[i].quote, answer);
        must(score_cost_of_gap(scorer, score, i) >= 0);
    }
    for (size_t i = 0; i < score->red_flags_found; i++) {
        must(score->red_flags[i].cost >= 0);
        check_quote(&score->red_flags[i].quote, answer);
        if (score->red_flags[i].challenged != CHALLENGE_NONE)
            check_quote(&score->red_flags[i].reply, answer);
    }
    for (size_t i = 0; i < score->slip_count; i++)
        check_quote(&score->slips[i].quote, answer);
    for (size_t i = 0; i < score->guard_count; i++)
        must(score->guards[i].factor >= 0 && score->guards[i].factor <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answer_part parts[PARTS_MAX];
    struct answer_challenge challenges[PARTS_MAX];
    struct arena arena = ARENA_INIT;
    struct score score, again;
    make_ready();
    struct answer answer = { .parts = parts, .count = split(data, size, parts) };
    answer.asked = size % 2 ? asked : NULL;
    answer.raised = size % 3 ? raised : NULL;
    answer.dialogue = size % 3 == 0;
    answer.challenges = challenges;
    answer.challenge_count = find_replies(parts, answer.count, challenges);
    scorer_grade(scorer, &answer, &arena, &score);
    check(&score, &answer);
    if (size % 8 == 0) {
        scorer_grade(scorer, &answer, &arena, &again);
        must(score.total == again.total && score.slip_count == again.slip_count);
        must(score.red_flag_count == again.red_flag_count);
    }
    arena_release(&arena);
    return 0;
}
