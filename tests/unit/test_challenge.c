/*
 * Replies to the questions about red flags, by people who saw claim and question and no expression: how many that put
 * the matter right are recognised, and how many that do not are taken for it.
 */
#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "scoring/challenge.h"
#include "shipped.h"

static const char replies_path[] =
    VIVA_SOURCE_DIR "/tests/calibration/ungraded/replies-kept-back.jsonl";

struct tally {
    size_t outcomes[2][CHALLENGE_STOOD + 1],
        count[2]; /* of what does not put it right, and of what does */
};

/* The shared flags are in any rubric that names them. */
static const struct red_flag *find_flag(const char *id)
{
    for (size_t i = 0; i < shipped.count; i++) {
        int index = rubric_find_flag(shipped.items[i].rubric, id);
        if (index >= 0)
            return &shipped.items[i].rubric->red_flags[index];
    }
    return NULL;
}

static void try_reply(const json_t *line, struct tally *tally)
{
    const struct red_flag *flag =
        find_flag(json_string_value(json_object_get(line, "flag")));
    const char *text = json_string_value(json_object_get(line, "reply"));
    bool sound = json_is_true(json_object_get(line, "sound"));
    if (!flag || !flag->challenge.question)
        return;
    struct text_part reply = { text, strlen(text) };
    size_t best;
    struct challenge_reader *reader =
        challenge_reader_new(&flag->challenge, shipped.lexicon);
    tally->outcomes[sound][challenge_outcome(reader, &reply, 1, &best)]++;
    tally->count[sound]++;
    challenge_reader_free(reader);
}

static double share(const struct tally *t, bool sound, enum challenged outcome)
{
    return (double)t->outcomes[sound][outcome] / (double)t->count[sound];
}

static void test_replies(void **state)
{
    (void)state;
    struct tally tally = { 0 };
    FILE *f = fopen(replies_path, "r");
    assert_non_null(f);
    json_t *line;
    while ((line = json_loadf(f, JSON_DISABLE_EOF_CHECK, NULL))) {
        try_reply(line, &tally);
        json_decref(line);
    }
    fclose(f);
    static const char *const names[] = { "stands by it", "puts it right" };
    for (int sound = 0; sound < 2; sound++)
        print_message("%s (%zu): settled %.3f, open %.3f, confirmed %.3f\n", names[sound],
                      tally.count[sound], share(&tally, sound, CHALLENGE_CORRECTED),
                      share(&tally, sound, CHALLENGE_OPEN),
                      share(&tally, sound, CHALLENGE_STOOD));
    assert_true(tally.count[true] > 2000 && tally.count[false] > 1000);
    assert_true(share(&tally, true, CHALLENGE_CORRECTED) >= 0.6);
    assert_true(share(&tally, true, CHALLENGE_STOOD) <= 0.11);
    assert_true(share(&tally, false, CHALLENGE_CORRECTED) <= 0.03);
    assert_true(share(&tally, false, CHALLENGE_STOOD) >= 0.8);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_replies) };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
