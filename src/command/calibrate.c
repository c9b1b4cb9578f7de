/*
 * viva calibrate FILE: grades answers that careful graders have graded, and says how well the two
 * agree. One answer a line: {"id","scenario","answers": {phase: text},"overall": 0..100,
 * "raters": [single grades],"concepts": {criterion: 0 absent, 1 mentioned, 2 explained}}; or with
 * "transcript", a session's file beside FILE, in place of "answers".
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/calibrate_me.h"
#include "command/command.h"
#include "command/grading.h"
#include "command/model.h"
#include "command/transcribed.h"
#include "report/calibration.h"
#include "scoring/feature.h"
#include "scoring/nearest.h"

/* A scenario that could not be loaded: said at its first line, the others are counted. */
struct unusable {
    const char *scenario;
    size_t lines;
};

struct run {
    struct command_context *ctx;
    const char *source;
    struct grading *grading;
    bool features;
    double drop;
    unsigned long seed;
    ARRAY(struct calibration_answer) answers;
    ARRAY(const char *) strange; /* "scenario/criterion" that no rubric has, said once */
    ARRAY(struct unusable) unusable;
    struct arena kept;           /* what the report needs */
    struct arena scratch;        /* what one answer needs */
    struct dictionary *words;
    struct text text; /* of the answer at hand */
    size_t mistakes;
    struct model *model; /* NULL: the built-in grader */
    struct judged usage; /* summed up */
    bool unreachable;
};

/* One line, read and graded. */
struct line {
    struct json_check check;
    struct grading_subject subject;
    struct answer answer;
    struct transcribed
        session; /* that the answer is of; empty when it stands in the line */
    struct score score;
    json_t *concepts;
    bool graded; /* has an overall grade */
};

/* --- the answer's text, for numbers and for the sentence nearest to what was not found --- */

static void read_text(struct run *run, const struct answer *answer)
{
    struct text_part *parts = arena_array(&run->scratch, struct text_part, answer->count);
    for (size_t i = 0; i < answer->count; i++)
        parts[i] = (struct text_part) { answer->parts[i].text, answer->parts[i].length };
    text_read(&run->text, run->words, parts, answer->count);
}

/* --- what the graders said --- */

static void read_raters(struct run *run, struct json_check *c, const json_t *root,
                        struct calibration_answer *out)
{
    json_t *list = json_want_array(c, root, "raters"), *item;
    size_t index;
    double *grades = arena_array(&run->kept, double, json_array_size(list));
    json_array_foreach (list, index, item) {
        grades[index] = json_is_number(item) ? json_number_value(item) : NAN;
        if (!json_is_null(item) && !(grades[index] >= 0 && grades[index] <= 100))
            json_fail(c, item, "a grade must be between 0 and 100, or null");
    }
    out->raters = grades;
    out->rater_count = json_array_size(list);
}

static void check_concepts(struct json_check *c, json_t *concepts)
{
    const char *id;
    json_t *value;
    json_object_foreach (concepts, id, value) {
        json_int_t grade = json_integer_value(value);
        if (!json_is_integer(value) || grade < 0 || grade > 2)
            json_fail(c, value, "'%s' must be 0 absent, 1 mentioned or 2 explained", id);
    }
}

/* A criterion that the graders graded and the rubric lacks is a mistake in one of the two. */
static void check_known(struct run *run, struct line *line)
{
    const char *id;
    json_t *value;
    json_object_foreach (line->concepts, id, value) {
        if (rubric_find(line->subject.rubric, id) >= 0)
            continue;
        struct buffer name = BUFFER_INIT;
        buffer_printf(&name, "%s/%s", line->subject.rubric->scenario, id);
        bool said = false;
        for (size_t i = 0; i < run->strange.count && !said; i++)
            said = !strcmp(run->strange.items[i], name.data);
        if (!said) {
            *array_add(&run->strange) = arena_strdup(&run->kept, name.data);
            json_fail_key(&line->check, line->concepts, id,
                          "the rubric of '%s' has no criterion '%s'",
                          line->subject.rubric->scenario, id);
        }
        buffer_release(&name);
    }
}

/* -1: no grade (or an only-if-asked criterion, which nobody asked). */
static int truth_of(const struct line *line, size_t criterion)
{
    const struct criterion *c = &line->subject.rubric->criteria[criterion];
    const json_t *value = json_object_get(line->concepts, c->id);
    return value && line->score.criteria[criterion].graded ? (int)json_integer_value(value) : -1;
}

/* --- keeping what the report needs --- */

static struct quote nearest_quote(struct run *run, const struct criterion *c)
{
    const char *about[] = { c->title, c->description, NULL };
    int found = nearest_sentence(&run->text, run->words, about);
    if (found < 0)
        return (struct quote) { -1, 0, 0 };
    const struct sentence *s = &run->text.sentences.items[found];
    return (struct quote) { (int)s->part, s->start, s->stop };
}

static void keep_quote(struct run *run, const struct line *line, size_t criterion,
                       struct calibration_point *p)
{
    struct quote quote = line->score.criteria[criterion].quote;
    if (p->verdict == p->truth)
        return;
    p->by = line->score.criteria[criterion].by;
    if (quote.part < 0) {
        quote = nearest_quote(run, &line->subject.rubric->criteria[criterion]);
        p->nearest = true;
    }
    if (quote.part < 0)
        return;
    p->quote_length = quote.end - quote.start;
    p->quote = arena_strndup(&run->kept, line->answer.parts[quote.part].text + quote.start,
                             p->quote_length);
}

static void keep_costs(struct run *run, const struct score *score, struct calibration_answer *a)
{
    struct calibration_cost *costs =
        arena_array(&run->kept, struct calibration_cost,
                    score->guard_count + score->red_flag_count);
    for (size_t i = 0; i < score->guard_count; i++)
        if (score->guards[i].factor < 1)
            costs[a->cost_count++] =
                (struct calibration_cost) { arena_strdup(&run->kept, score->guards[i].id),
                                            score->guards[i].factor };
    for (size_t i = 0; i < score->red_flag_count; i++)
        costs[a->cost_count++] =
            (struct calibration_cost) { score->red_flags[i].flag->id, NAN };
    a->costs = costs;
}

static void keep_answer(struct run *run, const struct line *line, struct calibration_answer *a)
{
    const struct rubric *rubric = line->subject.rubric;
    struct calibration_point *points =
        arena_array(&run->kept, struct calibration_point, rubric->criterion_count);
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        int truth = truth_of(line, i);
        if (truth < 0)
            continue;
        struct calibration_point *p = &points[a->point_count++];
        *p = (struct calibration_point) {
            .criterion = rubric->criteria[i].id,
            .truth = truth,
            .verdict = (int)line->score.criteria[i].verdict,
            .weight = rubric->criteria[i].weight,
            .certainty = line->score.criteria[i].certainty,
        };
        keep_quote(run, line, i, p);
    }
    a->points = points;
    a->scenario = rubric->scenario;
    a->score = line->score.total;
    a->words = line->score.word_count;
    keep_costs(run, &line->score, a);
}

/* --- features, for fitting --- */

static json_t *criterion_json(const struct line *line, size_t criterion)
{
    const double *features = scorer_features(line->subject.scorer, criterion);
    json_t *object = json_object(), *list = json_array();
    int truth = truth_of(line, criterion);
    for (int i = 0; i < FEATURE_COUNT; i++)
        json_array_append_new(list, json_real(features[i]));
    json_object_set_new(object, "f", list);
    json_object_set_new(object, "w", json_real(line->subject.rubric->criteria[criterion].weight));
    json_object_set_new(object, "graded", json_boolean(line->score.criteria[criterion].graded));
    json_object_set_new(object, "doubt", json_real(line->score.criteria[criterion].doubt));
    json_object_set_new(object, "truth", truth < 0 ? json_null() : json_integer(truth));
    return object;
}

static size_t numbers_written(const struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->quantities.count; i++)
        count += text->quantities.items[i].written;
    return count;
}

static json_t *guards_json(const struct line *line)
{
    const double *shares = scorer_guards(line->subject.scorer);
    json_t *object = json_object();
    for (int g = 0; g < GUARD_COUNT; g++)
        json_object_set_new(object, guard_names[g], json_real(shares[g]));
    return object;
}

/* The kinds of the words, in sentences (order.h). */
static json_t *order_json(const struct text *text)
{
    json_t *sentences = json_array();
    for (size_t i = 0; i < text->sentences.count; i++) {
        json_t *kinds = json_array();
        for (uint32_t w = text->sentences.items[i].first;
             w < text->sentences.items[i].end; w++)
            json_array_append_new(kinds,
                                  json_string(order_names[text->words.items[w].order]));
        json_array_append_new(sentences, kinds);
    }
    return sentences;
}

static void print_features(struct run *run, const struct line *line,
                           const struct calibration_answer *a)
{
    const struct score *score = &line->score;
    json_t *object = json_object(), *criteria = json_object(), *names = json_array();
    for (size_t i = 0; i < score->criterion_count; i++)
        json_object_set_new(criteria, line->subject.rubric->criteria[i].id,
                            criterion_json(line, i));
    for (int i = 0; i < FEATURE_COUNT; i++)
        json_array_append_new(names, json_string(feature_names[i]));
    json_object_set_new(object, "id", json_string(a->id));
    json_object_set_new(object, "scenario", json_string(a->scenario));
    json_object_set_new(object, "overall", line->graded ? json_real(a->truth) : json_null());
    json_object_set_new(object, "score", json_real(a->score));
    json_object_set_new(object, "words", json_integer((json_int_t)a->words));
    json_object_set_new(object, "numbers", json_integer((json_int_t)numbers_written(&run->text)));
    json_object_set_new(object, "flags", json_integer((json_int_t)score->red_flag_count));
    json_object_set_new(object, "coverage", json_real(score->coverage));
    json_object_set_new(object, "depth_numbers", json_real(score->depth_numbers));
    json_object_set_new(object, "depth_words", json_real(score->depth_words));
    json_object_set_new(object, "depth_weighing", json_real(score->depth_weighing));
    json_object_set_new(object, "depth_limits", json_real(score->depth_limits));
    json_object_set_new(object, "factor", json_real(score->factor));
    json_object_set_new(object, "limit", json_real(score->limit));
    json_object_set_new(object, "flag_cost", json_real(score->flag_cost));
    json_object_set_new(object, "guards", guards_json(line));
    json_object_set_new(object, "order", order_json(&run->text));
    json_object_set_new(object, "criteria", criteria);
    json_object_set_new(object, "names", names);
    struct buffer out = BUFFER_INIT;
    json_write(&out, object);
    buffer_add_char(&out, '\n');
    fwrite(out.data, 1, out.length, run->ctx->out);
    buffer_release(&out);
    json_decref(object);
}

/* --- lines --- */

/* The path of a transcript, which is relative to the file that names it. */
static char *path_beside(const struct run *run, const char *name)
{
    const char *slash = strrchr(run->source, '/');
    struct buffer path = BUFFER_INIT;
    if (slash && name[0] != '/')
        buffer_add(&path, run->source, (size_t)(slash - run->source) + 1);
    buffer_add_string(&path, name);
    return buffer_detach(&path);
}

static int read_transcript(struct run *run, struct line *line, const char *name,
                           struct error *e)
{
    char *path = path_beside(run, name);
    int result = transcribed_open(run->ctx, run->grading, path, false, &line->session, e);
    free(path);
    if (result < 0)
        return -1;
    if (line->session.subject.rubric != line->subject.rubric)
        return error_set(e, ERROR_INPUT, "'%s' is a session of '%s'", name,
                         line->session.subject.rubric->scenario);
    line->answer = line->session.answer.answer;
    return 0;
}

static int read_answer(struct run *run, struct line *line, const json_t *root,
                       struct error *e)
{
    const json_t *transcript = json_object_get(root, "transcript");
    if (!transcript)
        return grading_answer(&line->subject, root, &run->scratch, &line->answer, e);
    if (!json_is_string(transcript))
        return error_set(e, ERROR_INPUT, "'transcript' must be the name of a file");
    return read_transcript(run, line, json_string_value(transcript), e);
}

static bool load_subject(struct run *run, struct line *line, const json_t *scenario)
{
    const char *id = json_string_value(scenario);
    struct error e;
    error_init(&e);
    if (grading_subject(run->grading, id, &line->subject, &e) == 0)
        return true;
    for (size_t i = 0; i < run->unusable.count; i++)
        if (!strcmp(run->unusable.items[i].scenario, id)) {
            run->unusable.items[i].lines++;
            run->mistakes++;
            return false;
        }
    *array_add(&run->unusable) = (struct unusable) { arena_strdup(&run->kept, id), 1 };
    json_fail(&line->check, scenario, "%s%s%s", e.source, e.source[0] ? ": " : "",
              e.message);
    return false;
}

static void tell_unusable(const struct run *run)
{
    for (size_t i = 0; i < run->unusable.count; i++)
        if (run->unusable.items[i].lines > 1)
            fprintf(run->ctx->err,
                    "viva: %zu lines of %s are on '%s'; all are left out\n",
                    run->unusable.items[i].lines, run->source,
                    run->unusable.items[i].scenario);
}

/* Reads what stands in the line; false when it cannot be graded. */
static bool read_line(struct run *run, struct line *line, struct calibration_answer *a)
{
    struct json_check *c = &line->check;
    const json_t *root = c->doc->root;
    if (!json_is_object(root)) {
        json_fail(c, root, "a graded answer must be an object");
        return false;
    }
    const char *id = json_need_string(c, root, "id");
    json_need_string(c, root, "scenario");
    /* for fitting, an answer may be graded by criteria alone */
    line->graded = !run->features || json_is_number(json_object_get(root, "overall"));
    a->truth = line->graded ? json_need_number(c, root, "overall", 0, 100, 0) : 0;
    line->concepts = json_want_object(c, root, "concepts");
    read_raters(run, c, root, a);
    check_concepts(c, line->concepts);
    if (error_list_total(c->errors))
        return false;
    struct error e;
    error_init(&e);
    a->id = arena_strdup(&run->kept, id);
    if (!load_subject(run, line, json_object_get(root, "scenario")))
        return false;
    if (read_answer(run, line, root, &e) < 0) {
        json_fail(c, root, "%s", e.message);
        return false;
    }
    check_known(run, line);
    return true;
}

static void add_usage(struct judged *sum, const struct judged *one)
{
    bool known = one->requests == 0 || (one->tokens_in >= 0 && sum->tokens_in >= 0);
    sum->requests += one->requests;
    sum->tokens_in = known ? sum->tokens_in + one->tokens_in : -1;
    sum->tokens_out = known ? sum->tokens_out + one->tokens_out : -1;
    if (sum->cost >= 0 && one->requests > 0)
        sum->cost = one->cost >= 0 ? sum->cost + one->cost : -1;
    sum->voided += one->voided;
}

static bool grade_by_model(struct run *run, struct line *line)
{
    struct judged judged;
    struct error e;
    error_init(&e);
    const bool *counts = line->session.session
                             ? session_answer_counts(&line->session.answer, &run->scratch)
                             : NULL;
    struct model_question question = { &line->subject, &line->answer, counts };
    if (model_grade(run->model, &question, &run->scratch, &judged, &e) < 0) {
        json_fail_at(&line->check, 0, "%s", e.message);
        run->unreachable = true;
        return false;
    }
    line->score = judged.score;
    add_usage(&run->usage, &judged);
    return true;
}

static void grade_line(struct run *run, struct line *line)
{
    struct calibration_answer a = { 0 };
    if (!read_line(run, line, &a))
        return;
    if (run->drop > 0)
        scorer_drop(line->subject.scorer, run->drop, run->seed);
    if (!run->model)
        scorer_grade(line->subject.scorer, &line->answer, &run->scratch, &line->score);
    else if (!grade_by_model(run, line))
        return;
    if (line->session.session)
        session_answer_own_words(&line->session.answer, &line->score);
    read_text(run, &line->answer);
    keep_answer(run, line, &a);
    if (run->features)
        print_features(run, line, &a);
    *array_add(&run->answers) = a;
}

static void take_line(struct run *run, const char *text, size_t length, int number)
{
    struct json_opened file;
    struct error_list errors = ERROR_LIST_INIT;
    if (json_open(&file, run->source, text, length, &errors)) {
        struct line line = { .check = file.check };
        grade_line(run, &line);
        transcribed_release(&line.session);
        json_close(&file);
    }
    for (size_t i = 0; i < errors.count; i++)
        errors.items[i].line += number - 1;
    command_print_errors(run->ctx, &errors);
    run->mistakes += error_list_total(&errors);
    error_list_release(&errors);
    arena_reset(&run->scratch);
    dictionary_trim(run->words);
}

static int take_file(struct run *run, const char *path, struct error *e)
{
    bool standard = !strcmp(path, "-");
    FILE *in = standard ? run->ctx->in : fopen(path, "r");
    if (!in)
        return error_set_errno(e, ERROR_INPUT, errno, "cannot open '%s'", path);
    run->source = standard ? "standard input" : path;
    char *text = NULL;
    size_t space = 0;
    errno = 0;
    ssize_t got;
    for (int number = 1; (got = getline(&text, &space, in)) >= 0; number++) {
        size_t length = (size_t)got - (got > 0 && text[got - 1] == '\n');
        if (strspn(text, " \t\r") < length)
            take_line(run, text, length, number);
        errno = 0;
    }
    bool failed = ferror(in);
    if (failed)
        error_set_errno(e, ERROR_INPUT, errno, "cannot read '%s'", path);
    free(text);
    if (!standard)
        fclose(in);
    return failed ? -1 : 0;
}

/* --- the command --- */

static const char *const formats[] = { "text", "json", NULL };
static const struct option options[] = {
    { .name = "me",
      .kind = OPTION_FLAG,
      .help =
          "grade up to five sample answers yourself, and see where you stand; what stands in the place "
          "of FILE is then a scenario" },
    { .name = "criteria", .kind = OPTION_FLAG, .help = "a row for each criterion too" },
    { .name = "worst",
      .kind = OPTION_NUMBER,
      .value = "N",
      .low = 0,
      .high = 10000,
      .help = "how many of the worst disagreements to show (8)" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text (the default) or json" },
    { .name = "features",
      .kind = OPTION_FLAG,
      .help = "print what is measured of each answer, for script/fit-weights, and "
              "nothing else" },
    { .name = "drop",
      .kind = OPTION_NUMBER,
      .value = "SHARE",
      .low = 0,
      .high = 1,
      .help = "with --features: overlook this share of the expressions" },
    { .name = "seed",
      .kind = OPTION_NUMBER,
      .value = "N",
      .low = 0,
      .high = 4294967295.0,
      .help = "with --drop or --me: which ones" },
    { .name = "grader",
      .kind = OPTION_CHOICE,
      .value = "GRADER",
      .choices = grader_choices,
      .help = "rubric, which is built in, or llm: the model that is configured" },
    MODEL_GRADER_OPTIONS,
    { .name = NULL },
};

static void report_usage(struct run *run)
{
    struct buffer usage = BUFFER_INIT;
    judged_usage(&run->usage, &run->model->settings, &usage);
    fprintf(run->ctx->err, "viva: %s; %zu verdicts voided\n", usage.data,
            run->usage.voided);
    buffer_release(&usage);
}

static void report(struct run *run)
{
    struct buffer out = BUFFER_INIT, grader = BUFFER_INIT;
    if (run->model)
        buffer_printf(&grader, "the language model %s", run->model->settings.model);
    else
        buffer_add_string(&grader, "the built-in rubric grader " SCORER_VERSION);
    struct calibration calibration = {
        .source = run->source,
        .grader = grader.data,
        .answers = run->answers.items,
        .count = run->answers.count,
        .worst = (size_t)command_number(run->ctx, "worst", 8),
        .criteria = command_flag(run->ctx, "criteria"),
    };
    if (command_choice(run->ctx, "format", 0) == 1)
        calibration_json(&calibration, &out);
    else
        calibration_write(&calibration, &run->ctx->screen, &out);
    screen_page(&run->ctx->screen, run->ctx->out, &out);
    if (run->model)
        report_usage(run);
    buffer_release(&out);
    buffer_release(&grader);
}

static int check_options(struct run *run, struct model *model, struct error *e)
{
    struct command_context *ctx = run->ctx;
    if (!ctx->arg_count)
        return error_set(e, ERROR_USAGE, "name a file of graded answers, or take --me"), ERROR_USAGE;
    if (!run->features && (command_text(ctx, "drop") || command_text(ctx, "seed")))
        return error_set(e, ERROR_USAGE, "--drop and --seed go with --features"),
               ERROR_USAGE;
    if (command_choice(ctx, "grader", GRADER_RUBRIC) != GRADER_LLM)
        return model_not_asked(ctx, e) < 0 ? ERROR_USAGE : ERROR_NONE;
    if (run->features)
        return error_set(e, ERROR_USAGE, "--features are those of the built-in grader"),
               ERROR_USAGE;
    run->model = model;
    return model_open(ctx, model, e);
}

static int status_of(const struct run *run, const struct error *e)
{
    if (e->code != ERROR_NONE)
        return (int)e->code;
    return run->unreachable ? ERROR_NETWORK : run->mistakes ? ERROR_INPUT : ERROR_NONE;
}

static int run_me(struct command_context *ctx, struct error *e)
{
    int64_t now = ctx->time.now(ctx->time.state);
    double seed = command_number(ctx, "seed", (double)(now % UINT32_MAX));
    return calibrate_me(ctx, ctx->args[0], (unsigned long)seed, e);
}

static int run_calibrate(struct command_context *ctx, struct error *e)
{
    if (command_flag(ctx, "me"))
        return run_me(ctx, e);
    struct model model = { .runs = 1 };
    struct run run = {
        .ctx = ctx,
        .features = command_flag(ctx, "features"),
        .drop = command_number(ctx, "drop", 0),
        .seed = (unsigned long)command_number(ctx, "seed", 0),
    };
    int status = check_options(&run, &model, e);
    if (status != ERROR_NONE) {
        model_close(&model);
        return status;
    }
    run.grading = grading_new(command_catalogue(ctx));
    run.words = dictionary_new();
    dictionary_mark(run.words);
    if (take_file(&run, ctx->args[0], e) == 0) {
        tell_unusable(&run);
        if (!run.answers.count && !run.mistakes)
            error_set(e, ERROR_INPUT, "no graded answers in %s", run.source);
        else if (run.answers.count && !run.features)
            report(&run);
    }
    text_release(&run.text);
    dictionary_free(run.words);
    grading_free(run.grading);
    array_release(&run.answers);
    array_release(&run.strange);
    array_release(&run.unusable);
    arena_release(&run.kept);
    arena_release(&run.scratch);
    model_close(&model);
    return status_of(&run, e);
}

const struct command command_calibrate = {
    .name = "calibrate",
    .usage = "[FILE]",
    .help = "how well the grader, or you, agree with graded answers",
    .details =
        "FILE holds one graded answer a line: {\"id\", \"scenario\", \"answers\": "
        "{phase: text}, \"overall\": 0..100, \"raters\": [single grades], "
        "\"concepts\": {criterion: 0, 1 or 2}}; raters and concepts may be absent, "
        "`-` is standard input. \"transcript\", a session's file beside FILE, may "
        "stand in place of answers. A bad line is reported, and the rest go on. With "
        "--me it is you who grades: samples of a scenario (named in the place of "
        "FILE), each with the points that its author gives it.",
    .options = options,
    .max_args = 1,
    .run = run_calibrate,
};
