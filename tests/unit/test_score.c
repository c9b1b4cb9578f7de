/*
 * From verdicts to points, on a rubric so small that each sum can be done by hand: two
 * criteria of weight 2 and 1, one that only the interviewer can raise, and red flags.
 */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "content/catalogue.h"
#include "scoring/score.h"
#include "table.h"

static const char rubric_text[] =
    "{\"scenario\": \"tea\", \"version\": 1, \"criteria\": ["
    "{\"id\": \"hot\", \"title\": \"Hot water\", \"phase\": \"design\", \"dimension\": "
    "\"depth\", "
    "\"weight\": 2, \"must_from\": \"mid\", \"evidence\": {\"names\": [\"kettle\"], "
    "\"mechanisms\": [\"water & (hot | boil) & (before | ahead)\"]}, \"probe\": \"?\", "
    "\"advice\": \"!\"},"
    "{\"id\": \"spare\", \"title\": \"Spare part\", \"phase\": \"wrap-up\", "
    "\"dimension\": \"reliability\", "
    "\"weight\": 1, \"must_from\": \"senior\", \"evidence\": {\"names\": [\"spare\"], "
    "\"mechanisms\": [\"second & boiler & fail\"]}, \"probe\": \"?\", \"advice\": \"!\"},"
    "{\"id\": \"twist\", \"title\": \"Coach\", \"phase\": \"design\", \"dimension\": "
    "\"depth\", "
    "\"weight\": 1, \"only_if_asked\": true, \"evidence\": {\"names\": [\"coach\"], "
    "\"mechanisms\": [\"pot & coach\"]}, \"probe\": \"?\", \"advice\": \"!\"}],"
    "\"red_flags\": [{\"id\": \"cold\", \"title\": \"Tea wants heat\", \"evidence\": "
    "[\"cold & tea\"], "
    "\"cost\": 3, \"advice\": \"!\", \"challenge\": {\"question\": \"Who drinks it?\", "
    "\"corrected\": [\"warm* & again\", \"nobody & cold\"]}}, {\"id\": \"milk\", \"title\": \"Milk\", "
    "\"evidence\": [\"milk & kettle\"], \"cap\": 10, \"advice\": \"!\"}]}";

static struct catalogue *catalogue;
static struct lexicon *lexicon;
static struct rubric *rubric;
static struct scorer *scorer;
static struct arena arena;

static int make_ready(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    static const char concepts[] =
        "{\"concepts\": {\"drawback\": {\"says\": [\"makes it worse\", \"trap\"], \"drawback\": true},"
        " \"mishap\": {\"says\": [\"what broke\", \"worst bug\"], \"mishap\": true}}}";
    catalogue = catalogue_new(VIVA_SOURCE_DIR "/tests/golden/content");
    lexicon = lexicon_load("lexicon", concepts, strlen(concepts), &errors);
    rubric = rubric_load("tea", rubric_text, strlen(rubric_text), lexicon, NULL, &errors);
    const struct weights *weights = catalogue_weights(catalogue, &errors);
    for (size_t i = 0; i < errors.count; i++)
        print_error("%s\n", errors.items[i].message);
    if (!rubric || !weights)
        return -1;
    scorer = scorer_new(rubric, lexicon, weights,
                        (struct subject) { "Tea", "Design a tea house." });
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    scorer_free(scorer);
    scorer_free(NULL);
    rubric_free(rubric);
    lexicon_free(lexicon);
    catalogue_free(catalogue);
    arena_release(&arena);
    return 0;
}

static struct answer_part part(const char *text)
{
    return (struct answer_part) { .text = text, .length = strlen(text) };
}

static struct score grade_by(struct scorer *by, struct answer answer)
{
    struct score score;
    scorer_grade(by, &answer, &arena, &score);
    return score;
}

static struct score grade(struct answer answer)
{
    return grade_by(scorer, answer);
}

/* The golden content's weights, to be changed. */
static struct weights own_weights(void)
{
    struct error_list errors = ERROR_LIST_INIT;
    return *catalogue_weights(catalogue, &errors);
}

static struct scorer *scorer_with(const struct weights *weights)
{
    return scorer_new(rubric, lexicon, weights, (struct subject) { 0 });
}

static struct score grade_text(const char *text)
{
    struct answer_part one = part(text);
    return grade((struct answer) { .parts = &one, .count = 1 });
}

#define HOT                                                                              \
    "We keep eight litres of water hot before anybody orders, because boiling takes 4 "  \
    "minutes."
#define SPARE                                                                            \
    "A second boiler takes over within 30 seconds when the first one fails, so guests "  \
    "never wait."

/* --- verdicts --- */

static const struct {
    int row;
    const char *text;
    int hot, spare;
} verdicts[] = {
    ROW("", VERDICT_ABSENT, VERDICT_ABSENT),
    ROW("Nothing of it is said here.", VERDICT_ABSENT, VERDICT_ABSENT),
    ROW(HOT, VERDICT_EXPLAINED, VERDICT_ABSENT),
    ROW(SPARE, VERDICT_ABSENT, VERDICT_EXPLAINED),
    ROW(HOT " " SPARE, VERDICT_EXPLAINED, VERDICT_EXPLAINED),
    ROW("I would not do this: " HOT, VERDICT_ABSENT, VERDICT_ABSENT),
    ROW("I would discuss how " HOT, VERDICT_MENTIONED, VERDICT_ABSENT),
    ROW("I would discuss the heat: " HOT, VERDICT_EXPLAINED, VERDICT_ABSENT),
    ROW("There is no kettle.", VERDICT_ABSENT, VERDICT_ABSENT),
    /* denied flatly; with a reason; what stands behind it is so */
    ROW("It is not the second boiler that fails.", VERDICT_ABSENT, VERDICT_ABSENT),
    ROW("We do not keep a second boiler when the first fails.", VERDICT_ABSENT,
        VERDICT_ABSENT),
    ROW("We do not wait for a second boiler, when the first fails it takes over.",
        VERDICT_ABSENT, VERDICT_EXPLAINED),
    /* the next sentence's case is not what is denied */
    ROW("We do not keep a second boiler cold. When the first fails it takes over.",
        VERDICT_ABSENT, VERDICT_EXPLAINED),
    ROW("No second boiler waits until the first fails, because two cost too much.",
        VERDICT_ABSENT, VERDICT_EXPLAINED),
    ROW("There is not a second one from the shop, our own boiler steps in when the first fails.",
        VERDICT_ABSENT, VERDICT_EXPLAINED),
    ROW("Design a tea house with the kettle of a tea house.", VERDICT_MENTIONED,
        VERDICT_ABSENT),
};

static void test_verdicts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(verdicts); i++) {
        struct score s = grade_text(verdicts[i].text);
        if ((int)s.criteria[0].verdict != verdicts[i].hot ||
            (int)s.criteria[1].verdict != verdicts[i].spare)
            row_fails(__FILE__, verdicts[i].row, "'%s': %s and %s", verdicts[i].text,
                      verdict_names[s.criteria[0].verdict],
                      verdict_names[s.criteria[1].verdict]);
        if (s.criteria[2].verdict != VERDICT_NOT_ASKED || s.criteria[2].graded)
            row_fails(__FILE__, verdicts[i].row, "what nobody asked is graded");
    }
    table_ends();
}

static void test_order_of_totals(void **state)
{
    (void)state;
    double none = grade_text("").total, spare = grade_text(SPARE).total,
           hot = grade_text(HOT).total, both = grade_text(HOT " " SPARE).total;
    assert_true(none < 1 && none < spare && spare < hot && hot < both && both <= 100);
    struct score s = grade_text(HOT " " SPARE);
    assert_int_equal(s.dimension_count, 2);
    assert_string_equal(s.dimensions[0].id, "depth");
    assert_true(fabs(s.dimensions[0].weight - 2) < 1e-9); /* the twist is not in it */
    assert_true(s.coverage > 0.5 && s.coverage <= 1);
    assert_true(score_cost_of_gap(scorer, &s, 2) == 0);
    s = grade_text(SPARE);
    assert_true(score_cost_of_gap(scorer, &s, 0) > score_cost_of_gap(scorer, &s, 1));
}

static void test_quotes(void **state)
{
    (void)state;
    struct answer_part parts[] = { part("Hello. " SPARE " Thanks."), part(HOT) };
    struct score s = grade((struct answer) { .parts = parts, .count = 2 });
    const struct quote *q = &s.criteria[1].quote;
    assert_int_equal(q->part, 0);
    assert_memory_equal(parts[0].text + q->start, "A second boiler", 15);
    assert_int_equal(s.criteria[0].quote.part, 1);
    assert_int_equal(s.criteria[2].quote.part, -1);
}

/* --- phases, prompts, twists --- */

static void test_phases(void **state)
{
    (void)state;
    static const char *const opened[] = { "design", NULL };
    struct answer_part one = part(HOT);
    struct answer answer = {
        .parts = &one, .count = 1, .phases = opened, .unfinished = true
    };
    struct score s = grade(answer);
    assert_true(s.criteria[0].graded);
    assert_false(s.criteria[1].graded); /* its phase was not opened: in no sum */
    assert_int_equal(s.criteria[1].verdict, VERDICT_NOT_ASKED);
    assert_true(s.unfinished);
    for (int level = 0; level < LEVEL_COUNT; level++)
        assert_false(s.levels[level].cleared);
    double all = grade_text(HOT).total;
    assert_true(s.total > all); /* one of one instead of one of two */
    one = part(HOT " " SPARE);
    s = grade(answer);
    assert_true(s.criteria[1].graded); /* said unasked, it counts */
}

static void test_prompted(void **state)
{
    (void)state;
    struct answer_part free_part = part(HOT), prompted = part(HOT);
    prompted.prompted = true;
    struct score a = grade((struct answer) { .parts = &free_part, .count = 1 });
    struct score b = grade((struct answer) { .parts = &prompted, .count = 1 });
    assert_true(b.criteria[0].prompted && !a.criteria[0].prompted);
    assert_true(b.criteria[0].credit < a.criteria[0].credit);
    assert_true(b.criteria[0].credit > 0.5 * a.criteria[0].credit);
}

/* What was said after a probe or hint earns less for the criterion that it led to, and for no other. */
static void test_raised(void **state)
{
    (void)state;
    static const size_t never[] = { 0, 0, 0 }, heat[] = { 5, 0, 0 };
    struct answer_part first = part(HOT), second = part(SPARE);
    first.said = second.said = 6;
    struct answer_part both[] = { first, second };
    struct score a =
        grade((struct answer) { .parts = both, .count = 2, .raised = never });
    struct score b = grade((struct answer) { .parts = both, .count = 2, .raised = heat });
    assert_true(b.criteria[0].prompted && b.criteria[0].credit < a.criteria[0].credit);
    assert_true(!b.criteria[1].prompted && b.criteria[1].credit == a.criteria[1].credit);
    both[0].said = 4; /* before it was asked for, wherever it stands */
    b = grade((struct answer) { .parts = both, .count = 2, .raised = heat });
    assert_true(!b.criteria[0].prompted && b.criteria[0].credit == a.criteria[0].credit);
}

static void test_twist(void **state)
{
    (void)state;
    static const bool asked[] = { false, false, true };
    struct answer_part early = part(
                           "One pot serves the whole coach at once, so nobody waits."),
                       late = early;
    late.after_twist = true;
    struct score s =
        grade((struct answer) { .parts = &late, .count = 1, .asked = asked });
    assert_int_equal(s.criteria[2].verdict, VERDICT_EXPLAINED);
    struct answer_part both[] = { early, part("I cannot say.") };
    both[1].after_twist = true;
    s = grade((struct answer) { .parts = both, .count = 2, .asked = asked });
    assert_int_equal(s.criteria[2].verdict, VERDICT_ABSENT);
}

static void test_hints(void **state)
{
    (void)state;
    struct answer_part one = part(HOT " " SPARE);
    struct score s = grade((struct answer) { .parts = &one, .count = 1, .hint_cost = 3 });
    assert_true(fabs(s.without_hints - s.total - 3) < 1e-9);
    s = grade((struct answer) { .parts = &one, .count = 1, .hint_cost = 1000 });
    assert_true(s.total == 0);
}

/* --- levels --- */

static void test_levels(void **state)
{
    (void)state;
    struct score s = grade_text(HOT);
    assert_int_equal(s.levels[LEVEL_MID].short_count, 0);
    assert_int_equal(s.levels[LEVEL_SENIOR].short_count, 1);
    assert_string_equal(s.levels[LEVEL_SENIOR].short_of[0]->id, "spare");
    assert_false(s.levels[LEVEL_SENIOR].cleared);
    s = grade_text(SPARE);
    assert_string_equal(s.levels[LEVEL_MID].short_of[0]->id, "hot");
    assert_false(s.levels[LEVEL_MID].cleared);
    s = grade_text(HOT " " SPARE);
    for (int level = 0; level < LEVEL_COUNT; level++) {
        assert_int_equal(s.levels[level].short_count, 0);
        assert_int_equal(s.levels[level].cleared, s.total >= level_bars[level]);
    }
}

/* --- red flags --- */

static void test_red_flags(void **state)
{
    (void)state;
    double sound = grade_text(HOT " " SPARE).total;
    struct score s = grade_text(HOT " " SPARE " We serve cold tea.");
    assert_int_equal(s.red_flag_count, 1);
    assert_string_equal(s.red_flags[0].flag->id, "cold");
    assert_true(s.total < sound && s.total > sound - 8);
    s = grade_text(HOT " " SPARE " We never serve cold tea.");
    assert_int_equal(s.red_flag_count, 0);
    s = grade_text(HOT " " SPARE " I would not do this: cold tea.");
    assert_int_equal(s.red_flag_count, 0);
    s = grade_text(HOT " " SPARE " Is cold tea fine?");
    assert_int_equal(s.red_flag_count, 0);
    s = grade_text(HOT " " SPARE " Milk goes into the kettle.");
    assert_int_equal(s.red_flag_count, 1);
    assert_true(s.total <= 10);
}

/* Behind many places of a flag that are denied, and many drawbacks, the next one is seen too. */
static const struct {
    int row;
    const char *before; /* 300 times, each time with another name */
    const char *text;
    size_t flags;
} behind[] = {
    ROW("never serves cold tea", "We serve cold tea.", 1),
    ROW("never serves cold tea", "We never serve cold tea.", 0),
    ROW("is a trap", "We serve cold tea.", 1),
    ROW("is a trap", "Cold tea makes it worse.", 0),
};

static void test_flags_behind(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(behind); i++) {
        struct buffer text = BUFFER_INIT;
        for (int k = 0; k < 300; k++)
            buffer_printf(&text, "House z%c%ck %s. ", 'a' + k % 26, 'a' + k / 26,
                          behind[i].before);
        buffer_add_string(&text, behind[i].text);
        struct score s = grade_text(text.data);
        if (s.red_flag_count != behind[i].flags)
            row_fails(__FILE__, behind[i].row, "%zu red flags, not %zu: %s",
                      s.red_flag_count, behind[i].flags, behind[i].text);
        buffer_release(&text);
    }
    table_ends();
}

#define REST                                                                             \
    " The house has nine tables and a bench along the long wall. Two people work there " \
    "in the morning and three at noon. The street is quiet, and most guests come on "    \
    "foot. Cups are washed by hand in a room behind the bar. The bill is written on "    \
    "paper and paid at the door. On Mondays the place stays closed for the whole day. "  \
    "A neighbour brings bread, and her sister brings the flowers. The chairs were "      \
    "bought from a school that had closed. There is a garden that nobody uses yet."

static const struct {
    int row;
    const char *text;
    double most; /* points that its red flag may take, of those that it would have */
} alone[] = {
    ROW("We keep water hot before anybody orders, and a second boiler takes over when the "
        "first fails, and we serve cold tea." REST,
        5),
    /* it is the whole answer */
    ROW("We keep water hot before anybody orders, and a second boiler takes over when the "
        "first fails, and we serve cold tea.",
        100),
};

/* Said in one breath with what is right, a red flag takes the evidence too: from a sound answer so much at most. */
static void test_flag_alone(void **state)
{
    (void)state;
    struct weights none = own_weights(), weights = none;
    weights.flag_alone_most = 5;
    weights.flag_alone_share = 0.25;
    weights.flag_alone_rise = 200;
    weights.flag_alone_from = 0;
    struct scorer *without = scorer_with(&none), *with = scorer_with(&weights);
    for (size_t i = 0; i < ROWS(alone); i++) {
        struct answer_part one = part(alone[i].text);
        struct answer answer = { .parts = &one, .count = 1 };
        struct score s = grade_by(with, answer);
        double bare = grade_by(without, answer).total;
        double least = fmax(bare, s.unflagged - alone[i].most);
        if (s.red_flag_count != 1 || fabs(s.total - least) > 1e-9 ||
            (alone[i].most < 100) != (s.total > bare + 5))
            row_fails(__FILE__, alone[i].row, "%.1f points of %.1f, %.1f without a floor",
                      s.total, s.unflagged, bare);
    }
    weights.flag_alone_from = 100; /* further from being sound, more may be taken */
    struct answer_part one = part(alone[0].text);
    struct score s = grade_by(with, (struct answer) { .parts = &one, .count = 1 });
    assert_true(s.total < s.unflagged - 5);
    scorer_free(with);
    scorer_free(without);
    table_ends();
}

/* A long dialogue has a map of its own, and is spared a red flag; a written answer and a short one are not. */
static void test_dialogue(void **state)
{
    (void)state;
    struct weights weights = own_weights();
    weights.flag_void_from = 1;
    weights.dialogue = (struct dialogue_weights) {
        .lift_from = 1,
        .lift_to = 2,
        .words_from = 10,
        .words_to = 20,
        .flags_spared = 1,
        .map = { .points = { { 0, 0 }, { 1, 50 } }, .count = 2 },
    };
    struct scorer *own = scorer_with(&weights);
    struct answer_part sound = part(HOT " " SPARE),
                       wrong = part("Milk goes into the kettle."),
                       milk = part(HOT " " SPARE " Milk goes into the kettle.");
    struct answer written = { .parts = &sound, .count = 1 }, said = written;
    said.dialogue = true;
    struct score w = grade_by(own, written), d = grade_by(own, said);
    assert_true(w.dialogue == 0 && d.dialogue == 1 &&
                fabs(w.coverage - d.coverage) < 1e-9);
    assert_true(fabs((w.total - d.total) - 50 * w.coverage) < 1e-6);
    double gaps = 0;
    for (size_t i = 0; i < d.criterion_count; i++)
        gaps += score_cost_of_gap(own, &d, i);
    assert_true(fabs(gaps - (100 - 100 * d.coverage)) < 1e-6);
    said.parts = written.parts = &milk;
    assert_true(grade_by(own, written).flags_beyond > 0);
    assert_true(grade_by(own, said).flags_beyond == 0);
    said.parts = &wrong; /* few words */
    d = grade_by(own, said);
    assert_true(d.dialogue == 0 && d.flags_beyond > 0);
    scorer_free(own);
}

static const struct {
    int row;
    const char *reply;
    enum challenged outcome;
} replies[] = {
    ROW("Nobody wants it cold, so we warm it up again.", CHALLENGE_CORRECTED),
    ROW("My mistake, it is warmed up again first.", CHALLENGE_CORRECTED),
    ROW("That was wrong: it is warmed up again first.", CHALLENGE_CORRECTED),
    ROW("No, that is wrong: everybody who comes in likes it.", CHALLENGE_OPEN),
    /* said by denying something */
    ROW("I did not think of that, it is warmed up again first.", CHALLENGE_CORRECTED),
    ROW("I hadn't thought of it, to be honest with you.", CHALLENGE_OPEN),
    ROW("There is no good reason for it that I could see now.", CHALLENGE_STOOD),
    /* one of two expressions */
    ROW("Right, so we warm the pot up again first.", CHALLENGE_OPEN),
    ROW("Everybody who comes in likes it that way.", CHALLENGE_STOOD),
    ROW("We do not warm it up again, there is no need.", CHALLENGE_STOOD),
    ROW("Warm it again? Cold tea is what all of them order.", CHALLENGE_STOOD),
    ROW("One could warm it up again, but I stand by that.", CHALLENGE_STOOD),
    /* puts it right and says it again */
    ROW("Nobody wants it cold, one could warm it again, but we serve cold tea.",
        CHALLENGE_STOOD),
    ROW("I don't know.", CHALLENGE_NONE),
};

/* Who puts a claim right when asked has not made it; who stands by it is not spared it as a false alarm. */
static void test_challenges(void **state)
{
    (void)state;
    struct weights weights = own_weights();
    weights.flag_void_from = 1;
    weights.dialogue.words_from = 1;
    weights.dialogue.words_to = 2;
    weights.dialogue.flags_spared = 1;
    weights.dialogue.stood_counts = 2;
    struct scorer *own = scorer_with(&weights);
    struct answer_challenge challenge = { .flag = 0, .first = 1, .count = 1 };
    for (size_t i = 0; i < ROWS(replies); i++) {
        struct answer_part said[] = { part(HOT " We serve cold tea."),
                                      part(replies[i].reply) };
        struct answer answer = { .parts = said,
                                 .count = 2,
                                 .dialogue = true,
                                 .challenges = &challenge,
                                 .challenge_count = 1 };
        struct score s = grade_by(own, answer);
        bool corrected = replies[i].outcome == CHALLENGE_CORRECTED;
        if (s.red_flags_found != 1 || s.red_flag_count != !corrected ||
            s.red_flags[0].challenged != replies[i].outcome ||
            (s.flags_beyond > 0) != (replies[i].outcome == CHALLENGE_STOOD))
            row_fails(__FILE__, replies[i].row, "outcome %d, %zu of %zu count: %s",
                      (int)s.red_flags[0].challenged, s.red_flag_count, s.red_flags_found,
                      replies[i].reply);
        assert_int_equal(s.red_flags[0].reply.part, 1);
    }
    /* made again later it is not settled; what was asked about before is no reply to it */
    struct answer_part later[] = { part(HOT " We serve cold tea."),
                                   part("My mistake, it is warmed up again first."),
                                   part("Later we serve cold tea.") };
    struct answer twice = {
        .parts = later, .count = 3, .challenges = &challenge, .challenge_count = 1
    };
    assert_int_equal(grade_by(own, twice).red_flags[0].challenged, CHALLENGE_OPEN);
    /* a reply to another question settles this one too */
    later[1] = part("Everybody who comes in likes it that way.");
    later[2] = part("My mistake, it is warmed up again first.");
    struct answer_challenge both[] = { { .flag = 0, .first = 1, .count = 1 },
                                       { .flag = SIZE_MAX, .first = 2, .count = 1 } };
    twice.challenges = both;
    twice.challenge_count = 2;
    assert_int_equal(grade_by(own, twice).red_flags[0].challenged, CHALLENGE_CORRECTED);
    assert_int_equal(grade_by(own, twice).red_flags[0].reply.part, 2);
    twice.challenge_count = 1;
    assert_int_equal(grade_by(own, twice).red_flags[0].challenged, CHALLENGE_STOOD);
    twice.challenges = &challenge;
    twice.parts++;
    twice.count--;
    challenge.first = 0;
    assert_int_equal(grade_by(own, twice).red_flags[0].challenged, CHALLENGE_NONE);
    challenge.first = 1;
    scorer_free(own);
    /* what may be a false alarm costs `flag_few_most` at most, what was stood by its own cost */
    weights.flag_void_from = 3;
    weights.flag_few_most = 1;
    own = scorer_with(&weights);
    struct answer_part stood[] = { part(HOT " We serve cold tea."),
                                   part("Everybody who comes in likes it that way.") };
    struct answer answer = { .parts = stood, .count = 2 };
    assert_true(fabs(grade_by(own, answer).flag_cost - 1) < 1e-9);
    answer.challenges = &challenge;
    answer.challenge_count = 1;
    assert_true(fabs(grade_by(own, answer).flag_cost - 3) < 1e-9);
    scorer_free(own);
    table_ends();
}

/* What a red flag voids is shown as what there is of a criterion, unless there is better. */
static void test_wrong(void **state)
{
    (void)state;
    struct score s = grade_text("Milk goes into the kettle.");
    assert_int_equal(s.criteria[0].verdict, VERDICT_ABSENT);
    assert_true(s.criteria[0].wrong);
    assert_int_equal(s.criteria[0].quote.part, 0);
    assert_string_equal(s.criteria[0].by.list, "names");
    assert_int_equal(s.criteria[1].quote.part, -1);
    assert_null(s.criteria[1].by.list);
    assert_string_equal(s.red_flags[0].by.list, "evidence");
    s = grade_text("Milk goes into the kettle. The kettle stands on the stove.");
    assert_false(s.criteria[0].wrong);
    assert_true(s.criteria[0].quote.start > 0);
}

#define W10 "one two three four five six seven eight nine ten "

static const struct {
    int row;
    const char *text;
    size_t flags;
} drawbacks[] = {
    ROW("We serve cold tea.", 1),
    ROW("Cold tea is a trap.", 0),
    ROW("Cold tea in the evening, and milk in it makes it worse.", 0),
    ROW("Serve tea cold. That makes it worse.", 0),
    ROW("Serve tea cold. " W10 "and makes it worse.", 0),
    ROW("Serve tea cold. " W10 "and it makes it worse.",
        1), /* begins as the thirteenth word */
    ROW("Serve tea cold. It is good. That makes it worse.", 1),
    ROW("Heat makes it worse. Serve tea cold.", 1),
    ROW("Serve tea cold. That never makes it worse.", 1),
    ROW("Serve tea cold. Is it a trap?", 1),
    ROW("What broke: we serve cold tea.", 0),
    ROW("The worst bug here is that we serve cold tea.", 0),
    ROW("What broke was the pot. We serve cold tea.", 1),
    ROW("We serve cold tea, and what broke was the pot.", 1),
    ROW("We serve cold tea. No wait, that was wrong, it is hot.", 0),
    ROW("We serve cold tea. Hmm, that is wrong: hot.", 0),
    ROW("We serve cold tea. It is good. That was wrong.", 1),
    ROW("We serve cold tea. That was good.", 1),
    ROW("We serve cold tea. It is wrong to heat it.", 1),
};

static void test_drawbacks(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(drawbacks); i++) {
        struct score s = grade_text(drawbacks[i].text);
        if (s.red_flag_count != drawbacks[i].flags)
            row_fails(__FILE__, drawbacks[i].row, "%zu red flags, not %zu: %s",
                      s.red_flag_count, drawbacks[i].flags, drawbacks[i].text);
    }
    table_ends();
}

/* --- a wrong sum is a mention --- */

#define DERIVED "We keep water hot before anybody orders, "

static void test_miscounted(void **state)
{
    (void)state;
    assert_int_equal(grade_text(DERIVED "40 * 5 = 200 litres.").criteria[0].verdict,
                     VERDICT_EXPLAINED);
    assert_int_equal(grade_text(DERIVED "40 * 5 = 2,000 litres.").criteria[0].verdict,
                     VERDICT_MENTIONED);
}

/* --- depth --- */

static void test_limits(void **state)
{
    (void)state;
    double none = grade_text(HOT).depth_limits;
    double some =
        grade_text("We keep eight litres of water hot within the hour before anybody "
                   "orders, only until closing, because boiling takes 4 minutes.")
            .depth_limits;
    double elsewhere =
        grade_text(HOT " The rest is done only within its own walls.").depth_limits;
    assert_true(none < 0 && some > 0);
    assert_true(fabs(elsewhere - none) <
                1e-9); /* a sentence without evidence says nothing */
}

/* --- much named, little explained --- */

#define NAMED                                                                            \
    "There is a kettle in the house, and a spare somewhere in the cellar, and we also "  \
    "have the usual cups, spoons, tables and chairs that any such house has."

static const struct {
    int row;
    const char *text;
    double
        limit; /* of weights that begin to limit at 10 words and are at the limit at 30 */
} unexplained[] = {
    ROW("A kettle and a spare, we have both.", 100), /* 8 words */
    ROW("There is a kettle in the house and there is a spare in the cellar as well.", 72),
    ROW(NAMED, 20),
    ROW(NAMED " " HOT, 95), /* one of two is explained */
    ROW(HOT " " SPARE, 100),
    ROW("Nobody has ever said a word about what this house may look like, and so we cannot "
        "tell you anything about it either, sorry as all of us here are for that.",
        20),
};

static void test_unexplained(void **state)
{
    (void)state;
    struct weights weights = own_weights();
    weights.no_prose_most = 20;
    weights.unexplained_from = 10;
    weights.unexplained_to = 30;
    weights.unexplained_rise = 150;
    struct scorer *own = scorer_with(&weights);
    for (size_t i = 0; i < ROWS(unexplained); i++) {
        struct answer_part one = part(unexplained[i].text);
        struct score s = grade_by(own, (struct answer) { .parts = &one, .count = 1 });
        if (fabs(s.limit - unexplained[i].limit) > 0.01 || s.total > s.limit)
            row_fails(__FILE__, unexplained[i].row,
                      "limit %.2f, not %.2f, and %.1f points", s.limit,
                      unexplained[i].limit, s.total);
    }
    scorer_free(own);
    table_ends();
}

/* --- flags in some phases alone --- */

/* Ten words each; cold tea and milk in the kettle are the flags. */
#define CLEAN "Guests wait outside until the second boiler is hot again."
#define COLD "We serve cold tea and say that it is fine."
#define MILK "The milk goes into the kettle since that is easier."

static const struct {
    int row;
    const char *design, *wrap_up; /* NULL: no such phase */
    double factor; /* of weights of which two flags leave a hundredth, but half at most */
} clean_phases[] = {
    ROW(COLD " " MILK, NULL, 0.01),
    ROW(COLD " " MILK,
        CLEAN " " CLEAN " The spoon is the guest's own, within reach, ten of them.", 0.5),
    ROW(COLD " " MILK " We like it, and nobody has ever told us no.", CLEAN, 0.125),
    ROW(COLD " " MILK " And that is how it has always been here.", "Only that.", 0.01),
    ROW(COLD " " CLEAN, MILK " " CLEAN, 0.01),
    ROW(COLD " " CLEAN, CLEAN,
        0.1), /* one flag leaves a tenth; the same sentence counts once */
};

static double flags_leave(const struct score *s)
{
    for (size_t i = 0; i < s->guard_count; i++)
        if (!strcmp(s->guards[i].id, "red-flags"))
            return s->guards[i].factor;
    return 1;
}

static void test_clean_phases(void **state)
{
    (void)state;
    struct weights weights = own_weights();
    weights.flag_void_from = 1;
    weights.flag_void_each = 0.9;
    weights.claims_most = 0;
    weights.flag_void_floor = 0.5;
    weights.clean_from = 0.2;
    weights.clean_to = 0.4;
    struct scorer *own = scorer_with(&weights);
    for (size_t i = 0; i < ROWS(clean_phases); i++) {
        struct answer_part parts[2] = { part(clean_phases[i].design) };
        struct answer answer = { .parts = parts, .count = 1 };
        if (clean_phases[i].wrap_up) {
            parts[1] = part(clean_phases[i].wrap_up);
            parts[0].phase = "design";
            parts[1].phase = "wrap-up";
            answer.count = 2;
        }
        struct score s = grade_by(own, answer);
        double left = flags_leave(&s);
        if (fabs(left - clean_phases[i].factor) > 0.001)
            row_fails(__FILE__, clean_phases[i].row, "%.4f is left, not %.4f", left,
                      clean_phases[i].factor);
    }
    scorer_free(own);
    table_ends();
}

/* --- bands --- */

static const struct {
    int row;
    double total;
    int band;
} bands[] = {
    ROW(0, 0),    ROW(9.9, 0),  ROW(10, 1),   ROW(29.9, 1), ROW(30, 2),
    ROW(44.9, 2), ROW(45, 3),   ROW(59.9, 3), ROW(60, 4),   ROW(74.9, 4),
    ROW(75, 5),   ROW(87.9, 5), ROW(88, 6),   ROW(100, 6),
};

static void test_bands(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(bands); i++) {
        if (score_band_index(bands[i].total) != bands[i].band)
            row_fails(__FILE__, bands[i].row, "%.1f is in band %d", bands[i].total,
                      score_band_index(bands[i].total));
        assert_true(score_band(bands[i].total)[0] != '\0');
    }
    table_ends();
}

/* --- the same again, and nothing at all --- */

static void test_again(void **state)
{
    (void)state;
    double first = grade_text(HOT " " SPARE).total;
    grade_text("Quite another text, with strange words: xyzzy plugh.");
    assert_true(grade_text(HOT " " SPARE).total == first);
    struct score s = grade((struct answer) { .count = 0 });
    assert_true(s.total == 0 && s.word_count == 0);
    scorer_drop(scorer, 1, 7); /* every expression is overlooked */
    assert_int_equal(grade_text(HOT).criteria[0].verdict, VERDICT_ABSENT);
    scorer_drop(scorer, 0, 0);
    assert_true(grade_text(HOT " " SPARE).total == first);
    assert_true(scorer_features(scorer, 0)[FEATURE_MECHANISMS] > 0);
}

/* Each sentence is compared with those before it at once; one by one this takes seven seconds. */
static void test_many_sentences(void **state)
{
    (void)state;
    enum { SENTENCES = 100000 };
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < SENTENCES; i++)
        buffer_printf(&text, "Z%c%c%c%ck. ", 'a' + i % 26, 'a' + i / 26 % 26,
                      'a' + i / 676 % 26, 'a' + i / 17576);
    buffer_add_string(&text, "Zaaaak. Zbaaak.");
    assert_int_equal(grade_text(text.data).word_count, SENTENCES);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),     cmocka_unit_test(test_order_of_totals),
        cmocka_unit_test(test_quotes),       cmocka_unit_test(test_phases),
        cmocka_unit_test(test_prompted),     cmocka_unit_test(test_raised),
        cmocka_unit_test(test_twist),        cmocka_unit_test(test_hints),
        cmocka_unit_test(test_levels),       cmocka_unit_test(test_red_flags),
        cmocka_unit_test(test_flag_alone),   cmocka_unit_test(test_dialogue),
        cmocka_unit_test(test_challenges),   cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_drawbacks),    cmocka_unit_test(test_limits),
        cmocka_unit_test(test_miscounted),   cmocka_unit_test(test_unexplained),
        cmocka_unit_test(test_clean_phases), cmocka_unit_test(test_bands),
        cmocka_unit_test(test_again),        cmocka_unit_test(test_many_sentences),
        cmocka_unit_test(test_flags_behind),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
