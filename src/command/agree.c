/*
 * viva agree [ID...]: how far the graders of transcripts agree: persons (sealed scores alone), the
 * built-in grader, models. Without an ID: all transcripts that two or more have graded.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "command/command.h"
#include "command/sealing.h"
#include "report/agree.h"
#include "scoring/rubric.h"
#include "transcript/reader.h"

enum { GRADERS_MOST = 16 };

/* The scores of one transcript by grader; NULL: has none. */
struct panel {
    const struct event *scores[GRADERS_MOST];
};

struct run {
    struct command_context *ctx;
    bool named; /* transcripts were named: say what is wrong with one */
    ARRAY(const char *) graders;
    ARRAY(struct agree_unit) units;
    ARRAY(const char *) paths; /* taken already */
    struct arena kept;
    size_t transcripts, left_out;
    size_t unsealed; /* interviews whose grades are not to be seen yet */
};

/* --- scores --- */

static bool is_person(const char *grader)
{
    return !strncmp(grader, "person:", strlen("person:"));
}

/* Index of a grader, a new one at the end; -1: there are too many. */
static int grader_index(struct run *run, const char *grader)
{
    for (size_t i = 0; i < run->graders.count; i++)
        if (!strcmp(run->graders.items[i], grader))
            return (int)i;
    if (run->graders.count == GRADERS_MOST)
        return -1;
    *array_add(&run->graders) = arena_strdup(&run->kept, grader);
    return (int)run->graders.count - 1;
}

static bool counts(struct run *run, const struct event *e)
{
    const char *grader = event_text(e, "grader");
    if (e->type != EVENT_SCORE || !*grader)
        return false;
    if (!is_person(grader) || event_flag(e, "sealed", false))
        return true;
    run->left_out++;
    return false;
}

/* The transcript's scores that count, the newest of each grader, in the order of their first. */
struct scores {
    const struct event *items[GRADERS_MOST];
    size_t count;
};

static void find_scores(struct run *run, const struct transcript *t, struct scores *out)
{
    out->count = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct event *e = &t->events[i];
        size_t place = 0;
        if (!counts(run, e))
            continue;
        while (place < out->count &&
               strcmp(event_text(out->items[place], "grader"), event_text(e, "grader")) != 0)
            place++;
        if (place == GRADERS_MOST)
            continue;
        out->count += place == out->count;
        out->items[place] = e;
    }
}

static void seat(struct run *run, const struct scores *scores, struct panel *panel)
{
    *panel = (struct panel) { 0 };
    for (size_t i = 0; i < scores->count; i++) {
        int grader = grader_index(run, event_text(scores->items[i], "grader"));
        if (grader >= 0)
            panel->scores[grader] = scores->items[i];
    }
}

/* --- units --- */

static const json_t *criterion_in(const struct event *score, const char *id)
{
    const json_t *item;
    size_t index;
    json_array_foreach (event_json(score, "criteria"), index, item) {
        const char *found = json_string_value(json_object_get(item, "id"));
        if (found && !strcmp(found, id))
            return item;
    }
    return NULL;
}

/* NAN when it was not asked, or is not there. */
static double verdict_of(const json_t *criterion)
{
    const char *name = json_string_value(json_object_get(criterion, "verdict"));
    int verdict = name ? json_choice(name, verdict_names) : -1;
    return verdict >= VERDICT_ABSENT && verdict <= VERDICT_EXPLAINED ? verdict : NAN;
}

struct seen {
    struct run *run;
    const struct panel *panel;
    const char *transcript, *scenario;
};

static struct agree_unit *add_unit(const struct seen *s, enum agree_kind kind, const char *what,
                                   const double *values)
{
    struct agree_unit *unit = array_add(&s->run->units);
    *unit = (struct agree_unit) {
        .kind = kind,
        .transcript = s->transcript,
        .scenario = s->scenario,
        .what = arena_strdup(&s->run->kept, what),
        .values = values,
    };
    return unit;
}

static void add_criterion(const struct seen *s, const char *id)
{
    struct arena *kept = &s->run->kept;
    double *values = arena_array(kept, double, GRADERS_MOST);
    const char **quotes = arena_array(kept, const char *, GRADERS_MOST);
    for (size_t g = 0; g < GRADERS_MOST; g++) {
        const json_t *found = s->panel->scores[g] ? criterion_in(s->panel->scores[g], id) : NULL;
        const char *quote = json_string_value(json_object_get(found, "quote"));
        values[g] = verdict_of(found);
        quotes[g] = quote ? arena_strdup(kept, quote) : NULL;
    }
    add_unit(s, AGREE_CRITERION, id, values)->quotes = quotes;
}

static void add_dimension(const struct seen *s, const char *id)
{
    double *values = arena_array(&s->run->kept, double, GRADERS_MOST);
    for (size_t g = 0; g < GRADERS_MOST; g++) {
        const struct event *score = s->panel->scores[g];
        const json_t *all = score ? event_json(score, "dimensions") : NULL;
        const json_t *found = json_object_get(all, id), *share = json_object_get(found, "share");
        bool asked = json_number_value(json_object_get(found, "weight")) > 0;
        double value = json_number_value(share);
        values[g] = json_is_number(share) && asked && value >= 0 && value <= 1 ? value * 4 : NAN;
    }
    add_unit(s, AGREE_DIMENSION, id, values);
}

static void add_total(const struct seen *s)
{
    double *values = arena_array(&s->run->kept, double, GRADERS_MOST);
    for (size_t g = 0; g < GRADERS_MOST; g++) {
        double total = s->panel->scores[g] ? event_number(s->panel->scores[g], "score", NAN) : NAN;
        values[g] = total >= 0 && total <= 100 ? total : NAN;
    }
    add_unit(s, AGREE_TOTAL, "", values);
}

/* Whether an earlier grader of the panel has the criterion too, so that it is a unit already. */
static bool taken_before(const struct panel *panel, size_t grader, const char *id)
{
    for (size_t g = 0; g < grader; g++)
        if (panel->scores[g] && criterion_in(panel->scores[g], id))
            return true;
    return false;
}

static bool dimension_before(const struct panel *panel, size_t grader, const char *id)
{
    for (size_t g = 0; g < grader; g++)
        if (panel->scores[g] && json_object_get(event_json(panel->scores[g], "dimensions"), id))
            return true;
    return false;
}

static void add_units(const struct seen *s)
{
    for (size_t g = 0; g < GRADERS_MOST; g++) {
        const struct event *score = s->panel->scores[g];
        const json_t *item;
        const char *id;
        size_t index;
        if (!score)
            continue;
        json_array_foreach (event_json(score, "criteria"), index, item) {
            id = json_string_value(json_object_get(item, "id"));
            if (id && !taken_before(s->panel, g, id))
                add_criterion(s, id);
        }
        json_object_foreach ((json_t *)event_json(score, "dimensions"), id, item)
            if (!dimension_before(s->panel, g, id))
                add_dimension(s, id);
    }
    add_total(s);
}

/* --- transcripts --- */

static const char *scenario_of(const struct transcript *t)
{
    const struct event *start = transcript_start(t);
    const json_t *scenario = start ? event_json(start, "scenario") : NULL;
    const char *id = json_string_value(json_object_get(scenario, "id"));
    return id ? id : "";
}

static const char *short_name(struct run *run, const struct transcript *t)
{
    enum { SHORT = 8 };
    const struct event *start = transcript_start(t);
    const char *id = start ? event_text(start, "id") : "";
    return *id ? arena_strndup(&run->kept, id, strnlen(id, SHORT))
               : arena_strdup(&run->kept, t->source);
}

static void say_too_few(struct run *run, const char *path, size_t count)
{
    fprintf(run->ctx->err, "viva: '%s' has %s; agreement needs two graders\n", path,
            count ? "one grader's score alone" : "no score");
}

/* False, and counted, when its grades are not to be seen yet. */
static bool may_take(struct run *run, const struct transcript *t)
{
    struct error e;
    error_init(&e);
    if (sealing_allows(run->ctx, t, &e))
        return true;
    if (run->named)
        command_print_error(run->ctx, &e);
    run->unsealed++;
    return false;
}

static int take_transcript(struct run *run, const char *path, struct error *e)
{
    struct transcript t;
    struct scores scores;
    for (size_t i = 0; i < run->paths.count; i++)
        if (!strcmp(run->paths.items[i], path))
            return 0;
    *array_add(&run->paths) = arena_strdup(&run->kept, path);
    if (transcript_read(&t, path, e) < 0)
        return -1;
    find_scores(run, &t, &scores);
    if (scores.count >= 2 && !may_take(run, &t)) {
        transcript_release(&t);
        return 0;
    }
    if (scores.count >= 2) {
        struct panel panel;
        seat(run, &scores, &panel);
        struct seen seen = { run, &panel, short_name(run, &t),
                             arena_strdup(&run->kept, scenario_of(&t)) };
        add_units(&seen);
        run->transcripts++;
    } else if (run->named) {
        say_too_few(run, path, scores.count);
    }
    transcript_release(&t);
    return 0;
}

static int take_named(struct run *run, const char *folder, struct error *e)
{
    for (int i = 0; i < run->ctx->arg_count; i++) {
        char *path = transcript_find(folder, run->ctx->args[i], e);
        int status = path ? take_transcript(run, path, e) : -1;
        free(path);
        if (status < 0)
            return -1;
    }
    return 0;
}

static int take_folder(struct run *run, const char *folder, struct error *e)
{
    char **names;
    size_t count = folder_list(folder, ".jsonl", &names);
    int status = 0;
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]);
        if (status == 0 && transcript_id_in_name(names[i]))
            status = take_transcript(run, path, e);
        free(path);
        free(names[i]);
    }
    free(names);
    return status;
}

/* --- the command --- */

static const char *const formats[] = { "text", "json", NULL };
static const struct option options[] = {
    { .name = "worst",
      .kind = OPTION_NUMBER,
      .value = "N",
      .low = 0,
      .high = 10000,
      .help = "how many of the disputed criteria to show (8)" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text (the default) or json" },
    { .name = NULL },
};

static void report(struct run *run)
{
    struct buffer out = BUFFER_INIT;
    struct agree agree = {
        .graders = run->graders.items,
        .grader_count = run->graders.count,
        .units = run->units.items,
        .unit_count = run->units.count,
        .transcripts = run->transcripts,
        .left_out = run->left_out,
        .worst = (size_t)command_number(run->ctx, "worst", 8),
    };
    if (command_choice(run->ctx, "format", 0) == 1)
        agree_json(&agree, &out);
    else
        agree_write(&agree, &run->ctx->screen, &out);
    screen_page(&run->ctx->screen, run->ctx->out, &out);
    buffer_release(&out);
}

/* Of those that were named each was told. */
static void tell_unsealed(const struct run *run)
{
    if (run->unsealed && !run->named)
        fprintf(run->ctx->err,
                "viva: %zu interview%s left out: a score is still to be sealed\n",
                run->unsealed, run->unsealed == 1 ? " is" : "s are");
}

static int nothing(const struct run *run, struct error *e)
{
    const char *among = run->named ? " among these" : "";
    if (run->unsealed)
        return error_set(
            e, ERROR_ANSWER_IS_NO,
            "no transcript%s with the scores of two graders that may be seen yet", among);
    return error_set(
        e, ERROR_ANSWER_IS_NO,
        "no transcript%s with the scores of two graders%s: 'viva interview' seals a "
        "person's score, 'viva review --grade-with llm' adds a model's",
        among, run->left_out ? " (scores that are not sealed do not count)" : "");
}

static int run_agree(struct command_context *ctx, struct error *e)
{
    struct run run = { .ctx = ctx, .named = ctx->arg_count > 0, .kept = ARENA_INIT };
    const char *folder = command_transcripts(ctx, e);
    int status = !folder        ? -1
                 : run.named    ? take_named(&run, folder, e)
                                : take_folder(&run, folder, e);
    if (status == 0)
        tell_unsealed(&run);
    if (status == 0 && run.transcripts)
        report(&run);
    else if (status == 0)
        nothing(&run, e);
    array_release(&run.graders);
    array_release(&run.units);
    array_release(&run.paths);
    arena_release(&run.kept);
    return (int)e->code;
}

const struct command command_agree = {
    .name = "agree",
    .usage = "[ID...]",
    .help = "how far the graders of transcripts agree with each other",
    .details =
        "Compares the newest score of each grader (persons, the built-in one, "
        "models) in each transcript; of persons only sealed scores count. Without an "
        "ID: all transcripts that two or more have graded.",
    .options = options,
    .max_args = -1,
    .run = run_agree,
};
