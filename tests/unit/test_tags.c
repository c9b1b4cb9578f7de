/* What an interviewer judged, as it stands in the events, and what is still to be asked.
 */
#include "interview.h"
#include "session/agenda.h"
#include "session/tags.h"

/* --- names and /tag in few keystrokes --- */

static void test_names(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *word, *found, *message; /* found NULL: the message begins so */
    } cases[] = {
        ROW("uniqueness", "uniqueness", NULL),
        ROW("uniq", "uniqueness", NULL),
        ROW("7", "uniqueness", NULL),
        ROW("1", "functional-scope", NULL),
        ROW("key-s", "key-space", NULL),
        ROW("key", NULL, "'key' could be key-generation or key-space"),
        ROW("0", NULL, "there is no criterion 0; they are 1 to 21"),
        ROW("22", NULL, "there is no criterion 22"),
        ROW("99999999999999999999", NULL, "there is no criterion"),
        ROW("unik", NULL, "no criterion begins with 'unik'; /todo all lists them"),
        ROW("", NULL, "no criterion begins with ''"),
        ROW("\xff\xfe", NULL, "no criterion begins with"),
        ROW("a-name-that-is-very-much-longer-than-any-criterion-has-ever-had-in-a-rubric",
            NULL, "no criterion begins with"),
    };
    const struct rubric *rubric = interview_subject()->rubric;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct error e;
        error_init(&e);
        int found = tags_find_criterion(rubric, cases[i].word, strlen(cases[i].word), &e);
        const char *name = found >= 0 ? rubric->criteria[found].id : NULL;
        if ((name == NULL) != (cases[i].found == NULL) ||
            (name && strcmp(name, cases[i].found) != 0) ||
            (!name &&
             strncmp(e.message, cases[i].message, strlen(cases[i].message)) != 0))
            row_fails(__FILE__, cases[i].row, "'%s' is %s, '%s'", cases[i].word,
                      name ? name : "none", e.message);
    }
    table_ends();
}

static void test_other_names(void **state)
{
    (void)state;
    const struct shipped *with = interview_subject();
    assert_int_equal(tags_find_fact(with->scenario, "life", 4, NULL), 2);
    assert_int_equal(tags_find_fact(with->scenario, "3", 1, NULL), 2);
    assert_int_equal(tags_find_fact(with->scenario, "c", 1, NULL), TAGS_SEVERAL);
    assert_int_equal(tags_find_fact(with->scenario, "unheard-of", 10, NULL), TAGS_NONE);
    int flag = tags_find_flag(with->rubric, "permanent-keeps", 15, NULL);
    assert_true(flag >= 0);
    assert_string_equal(with->rubric->red_flags[flag].id, "permanent-keeps-control");
}

static void write_words(const struct rubric *rubric, const struct tag_words *words,
                        struct buffer *out)
{
    for (size_t i = 0; i < words->count; i++)
        buffer_printf(out, "%s=%d ", rubric->criteria[words->pairs[i].criterion].id,
                      (int)words->pairs[i].verdict);
    if (words->line)
        buffer_printf(out, "@%zu", words->line);
}

static void test_tag_words(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *words, *read, *message;
    } cases[] = {
        ROW("uniq 2", "uniqueness=2 ", NULL),
        ROW("7 2 key-sp 0 link 1", "uniqueness=2 key-space=0 link-expiry=1 ", NULL),
        ROW("7 2, 1 1", "uniqueness=2 functional-scope=1 ", NULL),
        ROW("uniq e twist m 1 a", "uniqueness=2 twist=1 functional-scope=0 ", NULL),
        ROW("uniq 2 @12", "uniqueness=2 @12", NULL),
        ROW("@12 uniq 2", "uniqueness=2 @12", NULL),
        ROW("uniq", NULL, "how was uniqueness? 0 absent"),
        ROW("uniq 2 key-sp", NULL, "how was key-space?"),
        ROW("uniq 3", NULL, "'3' is no verdict"),
        ROW("uniq 22", NULL, "'22' is no verdict"),
        ROW("uniq explainedd", NULL, "'explainedd' is no verdict"),
        ROW("uniq 2 nothing 1", NULL, "no criterion begins with 'nothing'"),
        ROW("uniq 2 @", NULL, "'@' is no line"),
        ROW("uniq 2 @0", NULL, "'@0' is no line"),
        ROW("uniq 2 @-1", NULL, "'@-1' is no line"),
        ROW("uniq 2 @1x", NULL, "'@1x' is no line"),
        ROW("@12", NULL, "a criterion and 0, 1 or 2 belong"),
        ROW(" , ", NULL, "a criterion and 0, 1 or 2 belong"),
        ROW("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 "
            "1 1 1 1 "
            "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            NULL, "too many at once"),
    };
    const struct rubric *rubric = interview_subject()->rubric;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct tag_words words;
        struct buffer read = BUFFER_INIT;
        struct error e;
        error_init(&e);
        bool right = tags_parse(rubric, cases[i].words, &words, &e) == 0;
        if (right)
            write_words(rubric, &words, &read);
        if (right != (cases[i].read != NULL) ||
            (right && strcmp(read.data, cases[i].read) != 0) ||
            (!right &&
             strncmp(e.message, cases[i].message, strlen(cases[i].message)) != 0))
            row_fails(__FILE__, cases[i].row, "'%s': '%s', '%s'", cases[i].words,
                      read.data, e.message);
        buffer_release(&read);
    }
    table_ends();
}

/* --- what stands --- */

/* Each row: events, then "criterion=verdict@evidence" of AB for all that are tagged. The
 * events are numbered from 2. */
static void test_standing(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *lines[6];
        const char *want;
    } cases[] = {
        ROW({ TAG("AB", "uniqueness", "mentioned") }, "uniqueness=mentioned "),
        ROW({ PHASE("requirements"), SAID("a"), TAG_OF("AB", "twist", "explained", "3") },
            "twist=explained@3 "),
        ROW({ TAG("AB", "twist", "explained"), TAG("AB", "twist", "absent") },
            "twist=absent "),
        ROW({ TAG("AB", "twist", "explained"), TAG("AB", "twist", "absent"), UNDO("3") },
            "twist=explained "),
        ROW({ TAG("CD", "twist", "explained") }, ""),
        ROW({ "\"type\":\"tag\",\"criterion\":\"twist\",\"verdict\":\"absent\"" },
            "twist=absent "), /* without a name it is the interviewer's */
        ROW({ TAG("AB", "of-another-rubric", "explained") }, ""),
        ROW({ TAG("AB", "twist", "not-asked") }, ""),
        ROW({ TAG("AB", "twist", "brilliant") }, ""),
        ROW({ NOTE("AB", "n"), TAG_OF("AB", "twist", "mentioned", "2") },
            "twist=mentioned@2 "),
        ROW({ NOTE("AB", "n"), UNDO("2"), TAG_OF("AB", "twist", "mentioned", "2") },
            "twist=mentioned "), /* what was taken back is no evidence */
        ROW({ ASKED("probe", "twist"), TAG_OF("AB", "twist", "mentioned", "2") },
            "twist=mentioned "), /* nor is what the interviewer said */
        ROW({ TAG_OF("AB", "twist", "mentioned", "77") }, "twist=mentioned "),
        ROW({ TAG_OF("AB", "twist", "mentioned", "-1e300") }, "twist=mentioned "),
        ROW({ TAG_OF("AB", "twist", "mentioned", "\"2\"") }, "twist=mentioned "),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct arena arena = ARENA_INIT;
        struct buffer got = BUFFER_INIT;
        struct tags tags;
        size_t count = 0;
        while (count < 6 && cases[i].lines[count])
            count++;
        struct interview v = interview_new(cases[i].lines, count);
        tags_read(v.session, "AB", &arena, &tags);
        for (size_t k = 0; k < v.rubric->criterion_count; k++) {
            const struct tag *tag = &tags.criteria[k];
            if (!tag->number)
                continue;
            buffer_printf(&got, "%s=%s", v.rubric->criteria[k].id,
                          verdict_names[tag->verdict]);
            if (tag->evidence.event)
                buffer_printf(&got, "@%zu", tag->evidence.event->number);
            buffer_add_char(&got, ' ');
        }
        if (strcmp(got.data, cases[i].want) != 0)
            row_fails(__FILE__, cases[i].row, "'%s'", got.data);
        buffer_release(&got);
        arena_release(&arena);
        interview_free(&v);
    }
    table_ends();
}

static void test_evidence_bytes(void **state)
{
    (void)state;
    static const char *const lines[] = {
        NOTE("AB", "0123456789"),
        TAG_OF("AB", "twist", "mentioned", "2") ",\"start\":2,\"end\":5",
        TAG_OF("AB", "uniqueness", "mentioned", "2") ",\"start\":5,\"end\":99",
        TAG_OF("AB", "key-space", "mentioned", "2") ",\"start\":-5,\"end\":1e18",
    };
    struct arena arena = ARENA_INIT;
    struct tags tags;
    struct interview v = interview_new(lines, 4);
    tags_read(v.session, "AB", &arena, &tags);
    const struct tag *part = &tags.criteria[rubric_find(v.rubric, "twist")];
    assert_int_equal(part->evidence.start, 2);
    assert_int_equal(part->evidence.end, 5);
    static const char *const whole[] = { "uniqueness", "key-space" };
    for (size_t i = 0; i < 2; i++) {
        const struct tag *tag = &tags.criteria[rubric_find(v.rubric, whole[i])];
        assert_int_equal(tag->evidence.start, 0);
        assert_int_equal(tag->evidence.end, 10);
    }
    arena_release(&arena);
    interview_free(&v);
}

static void test_flags(void **state)
{
    (void)state;
    static const char *const lines[] = {
        FLAG("AB", "code-reused-at-once"),
        FLAG("AB", "code-reused-at-once"),
        FLAG("AB", "of-another-rubric"),
        "\"type\":\"tag\",\"by\":\"AB\",\"text\":\"own words\"",
        FLAG("CD", "bloom-certain"),
    };
    struct arena arena = ARENA_INIT;
    struct tags tags;
    struct interview v = interview_new(lines, 5);
    tags_read(v.session, "AB", &arena, &tags);
    assert_int_equal(tags.flag_count, 3);
    assert_string_equal(tags.flags[0].flag->id, "code-reused-at-once");
    assert_null(tags.flags[1].flag);
    assert_string_equal(tags.flags[1].text, "of-another-rubric");
    assert_string_equal(tags.flags[2].text, "own words");
    arena_release(&arena);
    interview_free(&v);
}

static void test_last_evidence(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *lines[4];
        size_t want; /* number of the event */
    } cases[] = {
        ROW({ PHASE("requirements") }, 0),
        ROW({ PHASE("requirements"), SAID("a"), NOTE("AB", "n") }, 4),
        ROW({ PHASE("requirements"), NOTE("AB", "n"), SAID("a") }, 4),
        ROW({ PHASE("requirements"), SAID("a"), NOTE("CD", "n") }, 3),
        ROW({ PHASE("requirements"), SAID("a"), DRAFT("AB", "gaps", "n") }, 3),
        ROW({ PHASE("requirements"), SAID("a"), SAID("b"), UNDO("4") }, 3),
        ROW({ PHASE("requirements"), SAID("a"), ASKED("probe", "twist") }, 3),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        size_t count = 0;
        while (count < 4 && cases[i].lines[count])
            count++;
        struct interview v = interview_new(cases[i].lines, count);
        struct evidence_place place = tags_last_evidence(v.session, "AB");
        size_t got = place.event ? place.event->number : 0;
        if (got != cases[i].want)
            row_fails(__FILE__, cases[i].row, "event %zu", got);
        interview_free(&v);
    }
    table_ends();
}

/* --- the agenda --- */

static void test_agenda(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *lines[6];
        const char *untouched, *probe; /* of the open phase; NULL: none */
    } cases[] = {
        ROW({ PHASE("requirements") }, "functional-scope quality-goals ",
            "functional-scope"),
        ROW({ PHASE("requirements"), TAG("AB", "functional-scope", "explained") },
            "quality-goals ", "quality-goals"),
        ROW({ PHASE("requirements"), TAG("AB", "functional-scope", "mentioned") },
            "quality-goals ",
            "functional-scope"), /* a must that was only named comes first */
        ROW({ PHASE("requirements"), ASKED("probe", "functional-scope") },
            "functional-scope quality-goals ", "quality-goals"),
        ROW({ PHASE("requirements"), ASKED("probe", "functional-scope"), UNDO("3") },
            "functional-scope quality-goals ", "functional-scope"),
        ROW({ PHASE("requirements"), TAG("CD", "functional-scope", "explained") },
            "functional-scope quality-goals ",
            "functional-scope"), /* another's tags are not seen */
        ROW({ PHASE("estimation"), TAG("AB", "traffic-estimate", "explained"),
              TAG("AB", "key-space", "explained"),
              TAG("AB", "storage-estimate", "explained") },
            "", "functional-scope"), /* what is left of the phases before */
        ROW({ PHASE("deep-dive") },
            "key-generation uniqueness link-expiry abuse-and-security hot-link ",
            "key-generation"),
        ROW({ PHASE("deep-dive"), ASKED("twist", "twist") },
            "key-generation uniqueness twist link-expiry abuse-and-security hot-link ",
            "key-generation"),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct arena arena = ARENA_INIT;
        struct buffer got = BUFFER_INIT;
        struct tags tags;
        size_t list[32], count = 0;
        while (count < 6 && cases[i].lines[count])
            count++;
        struct interview v = interview_new(cases[i].lines, count);
        tags_read(v.session, "AB", &arena, &tags);
        size_t phase = v.session->phase;
        size_t open = agenda_untouched(v.session, &tags, phase, phase, list, 32);
        for (size_t k = 0; k < open; k++)
            buffer_printf(&got, "%s ", v.rubric->criteria[list[k]].id);
        int probe = agenda_probe(v.session, &tags);
        const char *id = probe >= 0 ? v.rubric->criteria[probe].id : "none";
        if (strcmp(got.data, cases[i].untouched) != 0 || strcmp(id, cases[i].probe) != 0)
            row_fails(__FILE__, cases[i].row, "untouched '%s', probe %s", got.data, id);
        size_t few[1];
        assert_int_equal(agenda_untouched(v.session, &tags, phase, phase, few, 1), open);
        assert_true(open == 0 || few[0] == list[0]);
        buffer_release(&got);
        arena_release(&arena);
        interview_free(&v);
    }
    table_ends();
}

/* Undo in an interview: also what the interviewer did, in any phase, and nobody else's
 * judgement. */
static void test_undo(void **state)
{
    (void)state;
    static const char *const lines[] = {
        PHASE("requirements"),        SAID("a"),
        ASKED("probe", "twist"),      PHASE("estimation"),
        TAG("CD", "twist", "absent"),
    };
    struct interview v = interview_new(lines, 5);
    assert_int_equal(session_last_undoable(v.session, "AB"), 4);
    assert_int_equal(session_last_undoable(v.session, "CD"), 6);
    assert_true(tags_was_asked(v.session, "twist", 0));
    assert_true(tags_was_asked(v.session, "twist", 5));
    assert_false(tags_was_asked(v.session, "twist", 4));
    interview_free(&v);
    static const char *const over[] = { PHASE("requirements"), SAID("a"), END };
    v = interview_new(over, 3);
    assert_int_equal(session_last_undoable(v.session, "AB"),
                     0); /* what was said stays said */
    interview_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),          cmocka_unit_test(test_other_names),
        cmocka_unit_test(test_tag_words),      cmocka_unit_test(test_standing),
        cmocka_unit_test(test_evidence_bytes), cmocka_unit_test(test_flags),
        cmocka_unit_test(test_last_evidence),  cmocka_unit_test(test_agenda),
        cmocka_unit_test(test_undo),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
