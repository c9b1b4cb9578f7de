#include "command/calibrate_me.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "command/choose.h"
#include "command/grading.h"
#include "scoring/agreement.h"
#include "terminal/prompt.h"

enum { SAMPLES = 5, INDENT = 2 };

/* One of each row is drawn; the last row has several kinds that are worth nothing. */
static const char *const kinds[SAMPLES][4] = {
    { "strong" }, { "middling" }, { "weak" }, { "wrong" }, { "list", "filler", "negated" },
};

struct graded {
    const struct sample *sample;
    double own, built_in; /* 0..100; own NAN: not graded */
};

struct round {
    struct command_context *ctx;
    struct grading *grading;
    struct grading_subject subject;
    struct arena arena;
    struct prompt *prompt;
    unsigned long chance;
    struct graded graded[SAMPLES];
    size_t count; /* drawn */
};

/* --- drawing --- */

/* Below `bound`. A linear congruential step (Knuth, The Art of Computer Programming, volume 2, 3.3.4, table 1,
 * line 26); its high bits are the good ones. */
static size_t draw(struct round *r, size_t bound)
{
    r->chance = r->chance * 6364136223846793005UL + 1442695040888963407UL;
    return (size_t)((r->chance >> 33) % bound);
}

static bool is_of(const struct sample *sample, const char *const *wanted)
{
    for (size_t i = 0; i < 4 && wanted[i]; i++)
        if (!strcmp(sample->kind, wanted[i]))
            return sample->has_band;
    return false;
}

static const struct sample *draw_sample(struct round *r, const char *const *wanted)
{
    const struct rubric *rubric = r->subject.rubric;
    const struct sample *chosen = NULL;
    size_t seen = 0;
    for (size_t i = 0; i < rubric->sample_count; i++)
        if (is_of(&rubric->samples[i], wanted) && draw(r, ++seen) == 0)
            chosen = &rubric->samples[i];
    return chosen;
}

static void draw_all(struct round *r)
{
    for (size_t k = 0; k < SAMPLES; k++) {
        const struct sample *sample = draw_sample(r, kinds[k]);
        if (sample)
            r->graded[r->count++] = (struct graded) { sample, NAN, NAN };
    }
    for (size_t i = r->count; i > 1; i--) { /* Fisher and Yates */
        size_t other = draw(r, i);
        struct graded swapped = r->graded[i - 1];
        r->graded[i - 1] = r->graded[other];
        r->graded[other] = swapped;
    }
}

static void grade_built_in(struct round *r, struct graded *g)
{
    const struct sample *sample = g->sample;
    struct answer answer = { .parts = answer_parts_of(sample, &r->arena),
                             .count = sample->part_count };
    struct score score;
    scorer_grade(r->subject.scorer, &answer, &r->arena, &score);
    g->built_in = score.total;
}

/* --- showing --- */

static void show(struct round *r, struct buffer *text)
{
    screen_write(r->ctx->out, text);
    buffer_release(text);
}

static void add_text(const struct round *r, struct buffer *out, const char *text, int indent)
{
    screen_paragraph(out, &r->ctx->screen, text, indent);
}

static const char scale[] =
    "The scale: 0-9 nothing usable, 10-29 strong no hire, 30-44 no hire, 45-59 borderline, 60-74 "
    "hire at mid, 75-87 hire at senior, 88-100 outstanding. A list of names without explanation "
    "and fluent wrong claims are below 30, however long.";

static void show_problem(struct round *r)
{
    struct buffer out = BUFFER_INIT;
    const struct scenario *scenario = r->subject.scenario;
    add_text(r, &out, "Answers to one problem, each with an anchor: the points that its author gives "
             "it. Grade them as you would a candidate's. Nothing is saved.", 0);
    buffer_add_char(&out, '\n');
    add_text(r, &out, scale, 0);
    buffer_add_char(&out, '\n');
    screen_styled(&out, &r->ctx->screen, SCREEN_BOLD, scenario->title);
    buffer_add_char(&out, '\n');
    add_text(r, &out, scenario->prompt, INDENT);
    show(r, &out);
}

static void show_answer(struct round *r, size_t index)
{
    const struct sample *sample = r->graded[index].sample;
    struct buffer out = BUFFER_INIT;
    char title[48];
    snprintf(title, sizeof(title), "Answer %zu of %zu", index + 1, r->count);
    buffer_add_char(&out, '\n');
    screen_styled(&out, &r->ctx->screen, SCREEN_BOLD, title);
    buffer_add_char(&out, '\n');
    for (size_t i = 0; i < sample->part_count; i++) {
        if (sample->parts[i].phase) {
            buffer_printf(&out, "%*s", INDENT, "");
            screen_styled(&out, &r->ctx->screen, SCREEN_DIM, sample->parts[i].phase);
            buffer_add_char(&out, '\n');
        }
        add_text(r, &out, sample->parts[i].text, 2 * INDENT);
    }
    show(r, &out);
}

/* --- asking --- */

static bool read_grade(const struct buffer *line, double *grade)
{
    char *end;
    *grade = strtod(line->data, &end);
    return end != line->data && !end[strspn(end, " \t")] && *grade >= 0 && *grade <= 100;
}

/* False when the person is done or gone. */
static bool ask_grade(struct round *r, struct graded *g)
{
    struct buffer line = BUFFER_INIT;
    bool goes_on = true;
    while (goes_on && isnan(g->own)) {
        double grade;
        enum prompt_result got = prompt_read(r->prompt, "Your grade, 0 to 100 › ", &line);
        if (got == PROMPT_INTERRUPTED)
            continue;
        goes_on = got == PROMPT_LINE && strcmp(line.data, "q") != 0;
        if (goes_on && read_grade(&line, &grade))
            g->own = grade;
        else if (goes_on)
            fprintf(r->ctx->out, "A number from 0 to 100, please; q ends here.\n");
    }
    buffer_release(&line);
    return goes_on;
}

/* --- the result --- */

/* Points above (or, negative, below) the band; 0: within. */
static double beyond(const struct graded *g)
{
    const struct sample *s = g->sample;
    return g->own > s->high ? g->own - s->high : g->own < s->low ? g->own - s->low : 0;
}

static void add_row(const struct round *r, struct buffer *out, size_t index)
{
    const struct graded *g = &r->graded[index];
    double apart = beyond(g);
    buffer_printf(out, "  %zu  ", index + 1);
    screen_cell(out, &r->ctx->screen, g->sample->kind, 10);
    buffer_printf(out, "%5.0f  %3.0f to %-3.0f  %4.0f  ", g->own, g->sample->low, g->sample->high,
                  g->built_in);
    if (apart == 0)
        buffer_add_string(out, "within\n");
    else
        buffer_printf(out, "%.0f %s\n", fabs(apart), apart > 0 ? "above" : "below");
}

static void add_summary(const struct round *r, size_t graded, struct buffer *out)
{
    double own[SAMPLES], anchor[SAMPLES], sum = 0;
    size_t within = 0;
    for (size_t i = 0; i < graded; i++) {
        const struct graded *g = &r->graded[i];
        own[i] = g->own;
        anchor[i] = (g->sample->low + g->sample->high) / 2;
        sum += beyond(g);
        within += beyond(g) == 0;
    }
    struct buffer line = BUFFER_INIT;
    double order = agreement_spearman(own, anchor, graded), mean = sum / (double)graded;
    buffer_printf(&line, "%zu of %zu within the anchor", within, graded);
    if (fabs(mean) >= 0.5)
        buffer_printf(&line, "; on average %.0f point%s %s", fabs(mean),
                      fabs(mean) < 1.5 ? "" : "s", mean > 0 ? "more generous" : "stricter");
    if (!isnan(order))
        buffer_printf(&line, ". Your order and theirs: Spearman %.2f", order);
    buffer_add_string(&line, ".");
    add_text(r, out, line.data, 0);
    buffer_release(&line);
}

static void show_result(struct round *r, size_t graded)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "\n     %-10s%5s  %-10s  %4s\n", "answer", "you", "anchor", "viva");
    for (size_t i = 0; i < graded; i++)
        add_row(r, &out, i);
    buffer_add_char(&out, '\n');
    add_summary(r, graded, &out);
    show(r, &out);
}

/* --- the command --- */

static int play(struct round *r, struct error *e)
{
    size_t graded = 0;
    if (!r->subject.scenario || r->count < 2)
        return error_set(e, ERROR_INPUT, "the rubric of '%s' has too few samples with a score to "
                         "grade", r->subject.rubric->scenario);
    for (size_t i = 0; i < r->count; i++)
        grade_built_in(r, &r->graded[i]);
    show_problem(r);
    while (graded < r->count) {
        show_answer(r, graded);
        if (!ask_grade(r, &r->graded[graded]))
            break;
        graded++;
    }
    if (!graded)
        return error_set(e, ERROR_USAGE, "no answer was graded: type a number from 0 to 100 after each");
    show_result(r, graded);
    return 0;
}

int calibrate_me(struct command_context *ctx, const char *scenario, unsigned long seed,
                 struct error *e)
{
    char *chosen = scenario ? xstrdup(scenario) : scenario_choose(ctx, e);
    if (!chosen)
        return (int)e->code;
    struct round r = { .ctx = ctx, .chance = seed, .arena = ARENA_INIT };
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *rubric = NULL;
    /* before there is a grading, which does without samples */
    catalogue_rubric(command_catalogue(ctx), chosen, &rubric, &errors);
    r.grading = grading_new(command_catalogue(ctx));
    if (rubric && grading_subject(r.grading, chosen, &r.subject, e) == 0) {
        r.prompt = prompt_new(ctx->in, ctx->out, &ctx->screen);
        draw_all(&r);
        play(&r, e);
        prompt_free(r.prompt);
    }
    int status = command_print_errors(ctx, &errors);
    error_list_release(&errors);
    grading_free(r.grading);
    arena_release(&r.arena);
    free(chosen);
    return e->code != ERROR_NONE ? (int)e->code : status;
}
