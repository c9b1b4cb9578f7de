/*
 * The scorecard of hand-made scores, byte for byte, against tests/golden-card/. VIVA_BLESS=1 in the
 * environment rewrites these files; read the difference before committing it.
 */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "report/card.h"
#include "report/markdown.h"
#include "report/score_json.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* --- a rubric --- */

static struct criterion criteria[] = {
    { .id = "scope",
      .title = "What the service does and what it leaves out",
      .phase = "requirements",
      .dimension = "requirements",
      .weight = 2,
      .must_from = LEVEL_MID,
      .probe = "What will people be able to do with this, and what not?",
      .advice = "Put own aliases, end dates and click figures in or out, one clause each." },
    { .id = "load",
      .title = "Writes and reads a second",
      .phase = "estimation",
      .dimension = "estimation",
      .weight = 2,
      .must_from = LEVEL_MID,
      .probe = "What does that come to at any one moment?",
      .advice = "100 million a month is about 40 writes and 4,000 reads a second." },
    { .id = "codes",
      .title = "How the short code is made",
      .phase = "deep-dive",
      .dimension = "depth",
      .weight = 4,
      .must_from = LEVEL_MID,
      .probe = "Walk me through what happens between the paste and the short string.",
      .advice = "Number the links and write the number in base 62." },
    { .id = "redirect",
      .title = "Permanent or temporary redirect, and its price",
      .phase = "api",
      .dimension = "api-and-data",
      .weight = 2,
      .must_from = LEVEL_SENIOR,
      .probe = "Which answer does the browser get, exactly?",
      .advice = "A 301 saves load and cannot be called back from a browser." },
    { .id = "failure",
      .title = "What fails and what visitors then see",
      .phase = "wrap-up",
      .dimension = "reliability",
      .weight = 3,
      .must_from = LEVEL_SENIOR,
      .why = "a redirect service is judged by its bad days",
      .probe = "The cache tier is gone for five minutes. Who notices?",
      .advice = "For each part say what still works, for how long, and who repairs it." },
    { .id = "hot-link",
      .title = "One link that everybody clicks at once",
      .phase = "deep-dive",
      .dimension = "depth",
      .weight = 2,
      .must_from = LEVEL_STAFF,
      .probe = "Ten million people see the same link at eight o'clock. What feels it first?",
      .advice = "A copy in each server's own memory for ten seconds takes nearly all of it away." },
    { .id = "choices",
      .title = "Options compared, and what was given up",
      .phase = "design",
      .dimension = "trade-offs",
      .weight = 2,
      .must_from = LEVEL_NONE,
      .probe = "What did you decide against?",
      .advice = "Name the option that you left, and what it would have cost." },
};
enum { SCOPE, LOAD, CODES, REDIRECT, FAILURE, HOT_LINK, CHOICES, CRITERIA };

static struct red_flag flags[] = {
    { .id = "302-for-ever",
      .title = "A temporary redirect is not kept for ever",
      .cost = 4,
      .advice = "It is the 301 that browsers keep; a 302 comes back each time." },
    { .id = "hash-unique",
      .title = "A hash that was cut short is not unique",
      .cost = 5,
      .cap = 59,
      .advice = "Seven characters of a hash repeat after about two million links." },
};

static const struct rubric rubric = {
    .scenario = "url-shortener",
    .version = 4,
    .criteria = criteria,
    .criterion_count = CRITERIA,
    .red_flags = flags,
    .red_flag_count = COUNT(flags),
    .hash = "0123456789abcdef",
};

/* --- a session --- */

static const struct card_manner manner[] = {
    { "clarifying questions", 0, { .part = -1 }, NULL },
    { "assumptions stated", 1, { 0, 0, 20 }, NULL },
    { "trade-offs named", 2, { 5, 0, 30 }, "\"at the price of\"" },
    { "numbers used", 14, { 1, 0, 48 }, NULL },
    { "order announced", 0, { .part = -1 }, "\"first I will\" or \"to sum up\"" },
};
static const struct card_moment moments[] = { { "number", 310000, false },
                                              { "trade-off named", -1, false },
                                              { "failure", 2280000, true } };

static const struct card_phase phases[] = {
    { "requirements", "requirements", 5, 240000, true, false },
    { "estimation", "estimation", 4, 190000, true, false },
    { "api", "api and data", 6, 301000, true, false },
    { "design", "design", 10, 842000, true, false },
    { "deep-dive", "deep dive", 12, 655000, true, false },
    { "wrap-up", "wrap-up", 8, 364000, true, false },
};

#define PART(where, words)                                                                         \
    {                                                                                              \
        .text = words, .length = sizeof(words) - 1, .phase = where                                 \
    }
static const struct answer_part parts[] = {
    PART("requirements", "Two things: shorten and redirect. No accounts in the first version."),
    PART("estimation", "100M a month / 2.6M seconds = 50 writes a second, times 100 for reads."),
    PART("deep-dive",
         "Every creator borrows a run of ten thousand integers and writes them in base\n"
         "62, so two of them never meet; a crash just wastes the rest of its run."),
    PART("api", "We answer with 302, and a 302 is cached by browsers for ever."),
    PART("wrap-up", "There are replicas."),
    PART("design", "A single table, not a cluster, because 40 writes a second fit on one machine."),
};
static const struct card_place places[] = { { 65000 }, { 5000 },   { 190000 },
                                            { 32000 }, { 130000 }, { 301000 } };

static bool asked[CRITERIA] = { [FAILURE] = true, [HOT_LINK] = true };
static const struct answer answer = { .parts = parts, .count = COUNT(parts), .asked = asked };

static struct quote all_of(int part)
{
    return (struct quote) { part, 0, parts[part].length };
}

static const struct card_guess guesses[] = { { "requirements", 3 }, { "reliability", 2.5 } };

static const struct card_fact facts[] = {
    { "whether people choose their own aliases",
      "Some do: about one link in fifty. Only paying customers.", "scope" },
    { "how fast a redirect must be", "Ninety-nine of a hundred within 50 ms.", "failure" },
    { "how many visitors one link can draw", "20,000 a second for some minutes.", "hot-link" },
    { "what the law asks about visitors' data", "European law applies.", NULL },
};

/* What the tests change; everything else is as made. */
struct scene {
    struct card card;
    struct score score;
    struct criterion_score verdicts[CRITERIA];
    struct dimension_score dimensions[6];
    struct red_flag_score red_flags[2];
    struct guard_score guards[2];
    struct arithmetic_slip slips[1];
    const struct criterion *short_of[LEVEL_COUNT][CRITERIA];
    double costs[CRITERIA];
};

static void set(struct scene *s, int criterion, enum verdict verdict, double credit, double cost,
                int part)
{
    struct quote none = { .part = -1 };
    s->verdicts[criterion] = (struct criterion_score) {
        .verdict = verdict,
        .credit = credit,
        .unasked = credit,
        .certainty = 1,
        .graded = true,
        .quote = part < 0 ? none : all_of(part),
    };
    s->costs[criterion] = cost;
}

static void make_score(struct scene *s)
{
    const struct dimension_score dimensions[] = {
        { "requirements", 0.95, 2 }, { "estimation", 0.775, 2 },  { "depth", 0.75, 6 },
        { "api-and-data", 0.65, 2 }, { "reliability", 0.275, 3 }, { "trade-offs", 0.575, 2 },
    };
    memcpy(s->dimensions, dimensions, sizeof(dimensions));
    s->score = (struct score) {
        .total = 71.4,
        .without_hints = 74.4,
        .criteria = s->verdicts,
        .criterion_count = CRITERIA,
        .dimensions = s->dimensions,
        .dimension_count = COUNT(dimensions),
        .red_flags = s->red_flags,
        .guards = s->guards,
        .slips = s->slips,
        .levels = { { .cleared = true },
                    { .short_of = s->short_of[1], .short_count = 2 },
                    { .short_of = s->short_of[2], .short_count = 3 } },
    };
    for (int level = LEVEL_SENIOR; level <= LEVEL_STAFF; level++) {
        s->short_of[level][0] = &criteria[REDIRECT];
        s->short_of[level][1] = &criteria[FAILURE];
        s->short_of[level][2] = &criteria[HOT_LINK];
    }
}

static void make_usual(struct scene *s)
{
    make_score(s);
    set(s, SCOPE, VERDICT_EXPLAINED, 1, 0, 0);
    set(s, LOAD, VERDICT_EXPLAINED, 0.8, 1.2, 1);
    set(s, CODES, VERDICT_EXPLAINED, 1, 0, 2);
    set(s, REDIRECT, VERDICT_ABSENT, 0, 5.2, -1);
    set(s, FAILURE, VERDICT_MENTIONED, 0.3, 8.7, 4);
    set(s, HOT_LINK, VERDICT_ABSENT, 0, 3.1, -1);
    set(s, CHOICES, VERDICT_EXPLAINED, 0.9, 0.4, 5);
    s->verdicts[LOAD].prompted = asked[LOAD] = true; /* as a probe has it */
    s->red_flags[0] = (struct red_flag_score) { .flag = &flags[0],
                                                .cost = 4,
                                                .quote = { 3, 23, 61 },
                                                .by = { "evidence", 0 },
                                                .reply = { .part = -1 } };
    s->red_flags[1] = (struct red_flag_score) {
        .flag = &flags[1], .cost = 5, .quote = { .part = -1 }, .reply = { .part = -1 }
    };
    s->score.red_flag_count = 1;
    s->slips[0] = (struct arithmetic_slip) { { 1, 0, 48 }, 50, 38.6, false };
    s->score.slip_count = 1;
    s->card = (struct card) {
        .title = "URL shortener",
        .scenario = "url-shortener",
        .session = "3f2a91c0",
        .next = "notification-system",
        .level = LEVEL_SENIOR,
        .duration = 2592000,
        .rubric = &rubric,
        .score = &s->score,
        .answer = &answer,
        .places = places,
        .costs = s->costs,
        .hint_cost = 3,
        .phases = phases,
        .phase_count = COUNT(phases),
        .manner = manner,
        .manner_count = COUNT(manner),
        .moments = moments,
        .moment_count = COUNT(moments),
        .guesses = guesses,
        .guess_count = COUNT(guesses),
        .never_asked = facts,
        .never_asked_count = COUNT(facts),
    };
}

/* Ended early, without a clock, by another grader; nothing is known but the verdicts. */
static void make_unfinished(struct scene *s)
{
    static struct card_phase opened[COUNT(phases)];
    make_usual(s);
    for (size_t i = 0; i < COUNT(phases); i++)
        opened[i] = (struct card_phase) { phases[i].id, phases[i].title, 0, -1, i < 3, false };
    s->card.phases = opened;
    s->card.places = NULL;
    s->card.duration = -1;
    s->card.grader = "llm:some-model";
    s->card.session = s->card.next = NULL;
    s->card.hint_cost = 0;
    s->card.guess_count = s->card.never_asked_count = 0;
    s->card.manner_count = s->card.moment_count = 0;
    s->score.unfinished = true;
    s->score.slip_count = s->score.red_flag_count = 0;
    s->score.levels[LEVEL_MID].cleared = false;
    for (int i = FAILURE; i < CRITERIA; i++) {
        set(s, i, VERDICT_NOT_ASKED, 0, 0, -1);
        s->verdicts[i].graded = false;
    }
    s->dimensions[4].weight = s->dimensions[5].weight = 0;
}

/* A list of names, with claims that are wrong. */
static void make_held_down(struct scene *s)
{
    static struct card_phase hurried[COUNT(phases)];
    make_usual(s);
    asked[LOAD] = false;
    memcpy(hurried, phases, sizeof(phases));
    hurried[0].used = 15 * 60000; /* of 5 */
    hurried[1].skipped = true;
    hurried[1].used = 4000;
    s->card.phases = hurried;
    for (int i = 0; i < CRITERIA; i++)
        set(s, i, i == CODES ? VERDICT_EXPLAINED : VERDICT_ABSENT, 0.1, 9 - i, i == CODES ? 2 : -1);
    for (size_t i = 0; i < s->score.dimension_count; i++)
        s->dimensions[i].share = 0.02;
    s->score.total = s->score.without_hints = 7;
    s->card.hint_cost = 0;
    s->score.levels[LEVEL_MID] =
        (struct level_score) { .short_of = s->short_of[1], .short_count = 2 };
    s->guards[0] = (struct guard_score) { "list", "most of this is a list of terms", 0.2 };
    s->guards[1] = (struct guard_score) { "grader", "words to the grader change nothing", 1 };
    s->score.guard_count = 2;
    s->score.red_flag_count = 2;
    s->score.slip_count = 0;
    s->card.never_asked_count = 0;
}

/* Nothing to say against it. */
static void make_clean(struct scene *s)
{
    make_usual(s);
    for (int i = 0; i < CRITERIA; i++)
        set(s, i, VERDICT_EXPLAINED, 1, 0, 2);
    for (size_t i = 0; i < s->score.dimension_count; i++)
        s->dimensions[i].share = 1;
    s->score.total = s->score.without_hints = 97.6;
    s->score.red_flag_count = s->score.slip_count = 0;
    for (int level = 0; level < LEVEL_COUNT; level++)
        s->score.levels[level] = (struct level_score) { .cleared = true };
    s->card.hint_cost = 0;
    s->card.guess_count = 0;
    s->card.never_asked_count = 0;
    s->card.duration = 3725000;
    s->card.grader = "person:ab";
}

static const struct answer_part strange_parts[] = {
    PART("deep-dive",
         "短縮コードは六十二進法で書きます。各サーバーは一万個の番号を借りるので、"
         "重なりません。 cafe\xcc\x81 nai\xcc\x88ve re\xcc\x81sume\xcc\x81 "
         "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"),
    PART("deep-dive", "\033[31mred\033[0m \xe2\x80\xae"
                      "backwards \xff\xfe bytes *stars* [x](y) <b>"),
};
static const struct answer strange_answer = { .parts = strange_parts, .count = 2 };

/* Wide and combining characters, escape sequences, bytes that are no text. */
static void make_strange(struct scene *s)
{
    make_usual(s);
    s->card.title = "短縮URLサービス";
    s->card.answer = &strange_answer;
    s->card.places = NULL;
    for (int i = 0; i < CRITERIA; i++)
        set(s, i, VERDICT_ABSENT, 0, 0, -1);
    set(s, CODES, VERDICT_EXPLAINED, 1, 0, -1);
    set(s, HOT_LINK, VERDICT_MENTIONED, 0.2, 4, -1);
    s->verdicts[CODES].quote = (struct quote) { 0, 0, strange_parts[0].length };
    s->verdicts[HOT_LINK].quote = (struct quote) { 1, 0, strange_parts[1].length };
    s->score.red_flag_count = s->score.slip_count = 0;
    s->card.never_asked_count = 0;
    s->dimensions[0].id = "範囲と要件";
}

static const struct {
    const char *name;
    void (*make)(struct scene *);
} scenes[] = {
    { "usual", make_usual }, { "unfinished", make_unfinished }, { "held-down", make_held_down },
    { "clean", make_clean }, { "strange", make_strange },
};

static const struct {
    const char *name;
    struct screen screen;
} screens[] = {
    { "100", { .width = 100 } },
    { "80", { .width = 80 } },
    { "60", { .width = 60 } },
    { "80-colour", { .width = 80, .colour = true } },
    { "60-colour", { .width = 60, .colour = true } },
    { "100-plain", { .width = 100, .plain = true } },
    { "80-plain", { .width = 80, .plain = true } },
    { "60-plain", { .width = 60, .plain = true } },
};

/* --- comparing --- */

static void compare_with_file(const char *name, const struct buffer *got)
{
    struct buffer path = BUFFER_INIT, want = BUFFER_INIT;
    struct error e;
    error_init(&e);
    buffer_printf(&path, "%s/tests/golden-card/%s", VIVA_SOURCE_DIR, name);
    if (getenv("VIVA_BLESS"))
        assert_int_equal(file_write(path.data, got->data, got->length, 0644, &e), 0);
    if (file_read(path.data, 1 << 20, &want, &e) < 0)
        fail_msg("%s", e.message);
    if (want.length != got->length || memcmp(want.data, got->data, got->length) != 0)
        fail_msg("%s differs; now it is:\n%s", name, got->data);
    buffer_release(&path);
    buffer_release(&want);
}

static void test_golden(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++)
        for (size_t k = 0; k < COUNT(screens); k++) {
            struct scene scene = { 0 };
            struct buffer text = BUFFER_INIT, name = BUFFER_INIT;
            scenes[i].make(&scene);
            card_write(&scene.card, &screens[k].screen, &text);
            buffer_printf(&name, "%s-%s.txt", scenes[i].name, screens[k].name);
            compare_with_file(name.data, &text);
            buffer_release(&text);
            buffer_release(&name);
        }
}

static void test_markdown(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT, name = BUFFER_INIT;
        scenes[i].make(&scene);
        card_markdown(&scene.card, &text);
        buffer_printf(&name, "%s.md", scenes[i].name);
        compare_with_file(name.data, &text);
        buffer_release(&text);
        buffer_release(&name);
    }
}

/* --- what holds for every card --- */

/* The text without the colour sequences that the screen itself makes. */
static void strip_colour(const char *text, struct buffer *out)
{
    for (; *text; text++) {
        if (*text == '\033')
            while (*text != 'm')
                text++;
        else
            buffer_add_char(out, *text);
    }
}

static void check_lines(const char *text, int width, const char *what)
{
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        if (utf8_width(line, (size_t)(end - line)) > width)
            fail_msg("%s: too wide: %.*s", what, (int)(end - line), line);
        if (end > line && end[-1] == ' ')
            fail_msg("%s: blanks at the end: %.*s", what, (int)(end - line), line);
        line = end + 1;
    }
}

static void test_every_width(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++)
        for (int width = SCREEN_NARROWEST; width <= SCREEN_WIDEST; width++)
            for (int kind = 0; kind < 3; kind++) {
                struct screen screen = { .width = width, .colour = kind == 1, .plain = kind == 2 };
                struct scene scene = { 0 };
                struct buffer text = BUFFER_INIT, bare = BUFFER_INIT;
                scenes[i].make(&scene);
                card_write(&scene.card, &screen, &text);
                strip_colour(text.data, &bare);
                check_lines(bare.data, width, scenes[i].name);
                assert_int_equal(screen.colour, text.length != bare.length);
                if (screen.plain)
                    assert_null(strstr(text.data, "\xe2\x96")); /* no block characters */
                buffer_release(&text);
                buffer_release(&bare);
            }
}

/* Colour adds nothing but colour. */
static void test_colour_only_repeats(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++) {
        struct scene scene = { 0 };
        struct buffer with = BUFFER_INIT, without = BUFFER_INIT, bare = BUFFER_INIT;
        scenes[i].make(&scene);
        card_write(&scene.card, &(struct screen) { .width = 80, .colour = true }, &with);
        card_write(&scene.card, &(struct screen) { .width = 80 }, &without);
        strip_colour(with.data, &bare);
        assert_string_equal(bare.data, without.data);
        buffer_release(&with);
        buffer_release(&without);
        buffer_release(&bare);
    }
}

/* --- levels --- */

static const struct {
    double total;
    size_t short_count;
    bool cleared;
    const char *says; /* of the senior level */
} levels[] = {
    { 80, 0, true, "senior: hire\n" },
    { 80, 1, false, "senior: one criterion short\n" },
    { 80, 6, false, "senior: no\n" },
    { 74.6, 0, false, "74.6 of 100\n" },
    { 74.6, 0, false, "senior: one point short\n" },
    { 71, 2, false, "senior: four points and two criteria short\n" },
    { 63, 0, false, "senior: 12 points short\n" },
    { 59, 0, false, "senior: no\n" },
    { 0, 0, false, "0 of 100\n" },
};

static void test_levels(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT;
        make_usual(&scene);
        scene.score.total = levels[i].total;
        struct level_score *l = &scene.score.levels[LEVEL_SENIOR];
        for (size_t k = 0; k < levels[i].short_count; k++)
            scene.short_of[LEVEL_SENIOR][k] = &criteria[k];
        l->short_count = levels[i].short_count;
        l->cleared = levels[i].cleared;
        card_write(&scene.card, &(struct screen) { .width = 80, .plain = true }, &text);
        if (!strstr(text.data, levels[i].says))
            fail_msg("row %zu: no '%s' in:\n%s", i, levels[i].says, text.data);
        buffer_release(&text);
    }
}

/* --- what wrong claims take from the rest --- */

static const struct {
    enum verdict verdict;
    double credit;
    enum verdict without; /* the wrong claims */
    double credit_without;
    const char *says;
} doubts[] = {
    { VERDICT_MENTIONED, 0.3, VERDICT_MENTIONED, 0.3, "Named, not explained (wrap-up" },
    { VERDICT_MENTIONED, 0.6, VERDICT_MENTIONED, 0.6, "Not explained far enough (" },
    { VERDICT_MENTIONED, 0.3, VERDICT_EXPLAINED, 0.9,
      "Explained, but in doubt because of what was wrong (" },
    { VERDICT_ABSENT, 0.1, VERDICT_EXPLAINED, 0.9, "Explained, but in doubt because of" },
    { VERDICT_EXPLAINED, 0.7, VERDICT_EXPLAINED, 0.95,
      "Explained, but in doubt because of" },
    { VERDICT_EXPLAINED, 0.7, VERDICT_EXPLAINED, 0.75, "Explained in part (" },
    { VERDICT_MENTIONED, 0.3, VERDICT_MENTIONED, 0.6,
      "Not explained far enough, and in doubt" },
    { VERDICT_ABSENT, 0.1, VERDICT_MENTIONED, 0.3, "Named, and in doubt because of" },
    { VERDICT_MENTIONED, 0.3, VERDICT_EXPLAINED, 0.9, "still to explain or in doubt: " },
    { VERDICT_MENTIONED, 0.3, VERDICT_MENTIONED, 0.3, "still to explain: " },
    { VERDICT_MENTIONED, 0.3, VERDICT_EXPLAINED, 0.9,
      "Several wrong claims; without them it would be 83 points." },
};

static void test_doubt(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(doubts); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT;
        make_usual(&scene);
        struct criterion_score without[CRITERIA];
        memcpy(without, scene.verdicts, sizeof(without));
        without[FAILURE].verdict = doubts[i].without;
        without[FAILURE].unasked = without[FAILURE].credit = doubts[i].credit_without;
        struct score undoubted = { .total = 82.7, .criteria = without };
        scene.card.undoubted = &undoubted;
        scene.verdicts[FAILURE].verdict = doubts[i].verdict;
        scene.verdicts[FAILURE].unasked = scene.verdicts[FAILURE].credit =
            doubts[i].credit;
        scene.guards[0] =
            (struct guard_score) { "red-flags", "several wrong claims", 0.9 };
        scene.score.guard_count = 1;
        scene.score.red_flag_count = 2;
        card_write(&scene.card, &(struct screen) { .width = 100, .plain = true }, &text);
        if (!strstr(text.data, doubts[i].says))
            fail_msg("row %zu: no '%s' in:\n%s", i, doubts[i].says, text.data);
        buffer_release(&text);
    }
}

/* What a guard takes is told of points that there are. */
static void test_guard_share(void **state)
{
    static const char share[] = "list of terms: 80% fewer points.";
    (void)state;
    for (int points = 0; points <= 7; points += 7) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT;
        make_held_down(&scene);
        scene.score.total = scene.score.without_hints = points;
        card_write(&scene.card, &(struct screen) { .width = 80 }, &text);
        assert_int_equal(strstr(text.data, share) != NULL, points > 0);
        buffer_release(&text);
    }
}

/* What the card calls explained is not what to do next. */
static void test_next(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct buffer text = BUFFER_INIT;
    make_usual(&scene);
    set(&scene, FAILURE, VERDICT_EXPLAINED, 0.5, 8.7, 4);
    assert_ptr_equal(card_worst_gap(&scene.card), &criteria[REDIRECT]);
    card_write(&scene.card, &(struct screen) { .width = 80, .plain = true }, &text);
    assert_non_null(strstr(text.data, "One thing next: Permanent or temporary redirect"));
    buffer_clear(&text);
    set(&scene, REDIRECT, VERDICT_EXPLAINED, 0.5, 5.2, 3);
    set(&scene, HOT_LINK, VERDICT_EXPLAINED, 0.5, 3.1, 4);
    scene.score.red_flag_count = 0;
    assert_ptr_equal(card_worst_gap(&scene.card), &criteria[FAILURE]);
    card_write(&scene.card, &(struct screen) { .width = 80, .plain = true }, &text);
    assert_non_null(strstr(
        text.data, "One thing next: for each part say how it fails and what people"));
    buffer_release(&text);
}

static void shows(const struct scene *scene, const char *words, bool wanted)
{
    struct buffer text = BUFFER_INIT;
    card_write(&scene->card, &(struct screen) { .width = 80, .plain = true }, &text);
    if ((strstr(text.data, words) != NULL) != wanted)
        fail_msg("'%s' is %s in:\n%s", words, wanted ? "not" : "", text.data);
    buffer_release(&text);
}

/* What is wrong in one sentence is not praised for another; what was not understood is not called unasked. */
static void test_contested(void **state)
{
    static const char strong[] = "What earned most\n  How the short code is made";
    (void)state;
    struct scene scene = { 0 };
    make_usual(&scene);
    shows(&scene, strong, true);
    scene.verdicts[CODES].contested = true;
    shows(&scene, strong, false);
    scene.score.red_flag_count = 0; /* it was put right */
    shows(&scene, strong, true);
    shows(&scene, "You never asked\n", true);
    scene.card.unanswered = true;
    shows(&scene, "You never asked, or were not understood\n", true);
    scene.score.total = 73.46; /* saved as 73.5, which history shows as 74 */
    shows(&scene, "\n74 of 100\n", true);
    scene.score.total = 74.46;
    shows(&scene, "\n74.4 of 100\n", true);
}

/* A quote that lies outside of the answer is not shown, and nothing breaks. */
static void test_bad_quotes(void **state)
{
    static const struct quote quotes[] = { { 99, 0, 5 }, { 0, 5, 5 }, { 0, 9, 3 }, { 0, 0, 9999 } };
    (void)state;
    for (size_t i = 0; i < COUNT(quotes); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT, json = BUFFER_INIT;
        make_usual(&scene);
        scene.verdicts[CODES].quote = scene.verdicts[FAILURE].quote = quotes[i];
        card_write(&scene.card, &(struct screen) { .width = 80 }, &text);
        assert_null(strstr(text.data, "Every creator"));
        card_markdown(&scene.card, &text);
        score_json_write(&json, &(struct score_report) {
                                    .rubric = &rubric, .answer = &answer, .score = &scene.score });
        buffer_release(&text);
        buffer_release(&json);
    }
}

/* --- the line of JSON --- */

static void test_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT, name = BUFFER_INIT;
        scenes[i].make(&scene);
        score_json_write(&text, &(struct score_report) { .id = i == 0 ? "a \"quoted\" id\n" : NULL,
                                                         .grader = scene.card.grader,
                                                         .rubric = &rubric,
                                                         .answer = scene.card.answer,
                                                         .score = &scene.score });
        buffer_printf(&name, "%s.json", scenes[i].name);
        compare_with_file(name.data, &text);
        json_t *root = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        assert_int_equal(json_array_size(json_object_get(root, "criteria")), CRITERIA);
        assert_ptr_equal(strchr(text.data, '\n'), text.data + text.length - 1);
        json_decref(root);
        buffer_release(&text);
        buffer_release(&name);
    }
}

static const struct {
    double value;
    const char *shown;
} numbers[] = {
    { 0, "\"score\":0," },       { -0.04, "\"score\":0," }, { 71.449, "\"score\":71.4," },
    { 71.96, "\"score\":72," },  { 100, "\"score\":100," }, { 0.05, "\"score\":0.1," },
    { -1.5, "\"score\":-1.5," },
};

static void test_json_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct scene scene = { 0 };
        struct buffer text = BUFFER_INIT;
        make_usual(&scene);
        scene.score.total = numbers[i].value;
        score_json_write(&text, &(struct score_report) {
                                    .rubric = &rubric, .answer = &answer, .score = &scene.score });
        if (!strstr(text.data, numbers[i].shown))
            fail_msg("%g: no %s in %s", numbers[i].value, numbers[i].shown, text.data);
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),      cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_every_width), cmocka_unit_test(test_colour_only_repeats),
        cmocka_unit_test(test_levels),      cmocka_unit_test(test_bad_quotes),
        cmocka_unit_test(test_doubt),       cmocka_unit_test(test_guard_share),
        cmocka_unit_test(test_contested),   cmocka_unit_test(test_next),
        cmocka_unit_test(test_json),        cmocka_unit_test(test_json_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
