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
    size_t sound, recognised, wrong, taken;
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
    struct challenge_reader *reader =
        challenge_reader_new(&flag->challenge, shipped.lexicon);
    bool corrected = challenge_is_corrected(reader, &reply, 1);
    challenge_reader_free(reader);
    tally->sound += sound;
    tally->recognised += sound && corrected;
    tally->wrong += !sound;
    tally->taken += !sound && corrected;
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
    print_message(
        "put right: %zu of %zu recognised; not put right: %zu of %zu taken for it\n",
        tally.recognised, tally.sound, tally.taken, tally.wrong);
    assert_true(tally.sound > 2000 && tally.wrong > 1000);
    assert_true(tally.recognised >= 0.89 * (double)tally.sound);
    assert_true(tally.taken <= 0.19 * (double)tally.wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_replies) };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
