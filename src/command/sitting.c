#define _POSIX_C_SOURCE 200809L
#include "command/sitting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/uuid.h"
#include "command/exercise.h"
#include "command/sealing.h"
#include "command/second.h"
#include "content/part.h"
#include "report/card.h"
#include "session/cockpit.h"
#include "session/debrief.h"
#include "session/seal.h"
#include "session/talk.h"
#include "transcript/log.h"

/* All that one session needs. */
struct sitting {
    struct command_context *ctx;
    struct scenario *scenario; /* the catalogue's */
    struct rubric *rubric;     /* the catalogue's */
    struct interviewer *interviewer;
    struct session *session;
    struct log *log;
    struct prompt *prompt;
    struct fake_clock fake;
    bool fake_time;
    struct talk talk;
    struct cockpit cockpit; /* of an interview */
    bool *chosen;        /* per phase of the scenario; of a new session */
    struct model *model; /* NULL: none */
    struct partner *partner;
    struct error_list late; /* mistakes of what is loaded after the first prompt */
};

/* --- setting up --- */

/* What a session begins with: somebody at a terminal does not wait for the rest. */
static int load_beginning(struct sitting *s, const char *scenario)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct catalogue *catalogue = command_catalogue(s->ctx);
    catalogue_only_grades(catalogue);
    const struct lexicon *lexicon = catalogue_lexicon_of(catalogue, scenario, &errors);
    const struct weights *weights = lexicon ? catalogue_weights(catalogue, &errors) : NULL;
    if (lexicon && weights &&
        catalogue_scenario(catalogue, scenario, &s->scenario, &errors) == 0 &&
        catalogue_rubric_begin(catalogue, scenario, &s->rubric, &errors) == 0) {
        s->interviewer = interviewer_new(s->scenario, s->rubric, lexicon, weights);
        s->session = session_new(s->scenario, s->rubric);
    }
    int status = command_print_errors(s->ctx, &errors);
    error_list_release(&errors);
    return s->session ? ERROR_NONE : status ? status : ERROR_INPUT;
}

/* More than half of the work, which nothing before the first words needs. */
static bool load_rest(void *state)
{
    struct sitting *s = state;
    struct rubric *whole;
    if (catalogue_rubric(command_catalogue(s->ctx), s->scenario->id, &whole, &s->late) <
        0)
        return false;
    interviewer_make_scorer(s->interviewer, whole);
    return true;
}

static int load_rest_now(struct sitting *s)
{
    return load_rest(s) ? ERROR_NONE : command_print_errors(s->ctx, &s->late);
}

/* $VIVA_CLOCK makes a clock that stands still, for tests and replays. */
static int choose_clock(struct sitting *s, struct time_source *source, struct error *e)
{
    int fake = fake_clock_start(&s->fake, e);
    *source = s->ctx->time;
    if (fake <= 0)
        return fake;
    s->fake_time = true;
    *source = fake_clock_source(&s->fake);
    return 0;
}

static void keep_commands(struct sitting *s)
{
    char *home = path_state_home();
    if (!home)
        return;
    char *path = path_join(home, "history");
    prompt_keep_commands(s->prompt, path);
    free(path);
    free(home);
}

static int prepare_talk(struct sitting *s, struct error *e)
{
    struct time_source source;
    if (choose_clock(s, &source, e) < 0)
        return -1;
    s->talk = (struct talk) { .seat = &talk_candidate_seat,
                              .session = s->session,
                              .interviewer = s->interviewer,
                              .screen = s->ctx->screen,
                              .out = s->ctx->out,
                              .again = command_again(s->ctx) };
    s->prompt = prompt_new(s->ctx->in, s->ctx->out, &s->talk.screen);
    s->talk.prompt = s->prompt;
    if (prompt_interactive(s->prompt))
        keep_commands(s);
    else if (s->fake_time)
        s->talk.fake = &s->fake;
    session_clock_start(&s->talk.clock, source);
    if (s->model && s->model->interviewer)
        s->partner = partner_new(&s->model->settings, s->model->redact);
    s->talk.partner = s->partner;
    s->talk.requests = s->partner && s->model && s->model->show ? s->ctx->err : NULL;
    return 0;
}

/* An interviewer's seat in place of the candidate's. */
static void take_cockpit(struct sitting *s, const char *by, bool scoring)
{
    snprintf(s->cockpit.by, sizeof(s->cockpit.by), "%s", by);
    s->cockpit.scoring = scoring;
    s->talk.seat = &cockpit_seat;
    s->talk.cockpit = &s->cockpit;
    if (!scoring) /* a file that ends does not end an interview: only /quit does */
        prompt_end_is_hangup(s->prompt);
}

static void sitting_release(struct sitting *s)
{
    arena_release(&s->cockpit.arena);
    partner_free(s->partner);
    prompt_free(s->prompt);
    log_close(s->log);
    session_free(s->session);
    interviewer_free(s->interviewer);
    error_list_release(&s->late);
    free(s->chosen);
}

/* --- session.start --- */

static json_t *content_json(const char *id, int version, const char *hash)
{
    json_t *content = json_object();
    json_object_set_new(content, "id", json_string(id));
    json_object_set_new(content, "version", json_integer(version));
    json_object_set_new(content, "hash", json_string(hash));
    return content;
}

static json_t *phases_json(const struct scenario *scenario, const bool *chosen, double minutes)
{
    double planned = 0;
    for (size_t i = 0; i < scenario->phase_count; i++)
        planned += chosen[i] ? scenario->phases[i].minutes : 0;
    double scale = minutes > 0 && planned > 0 ? minutes / planned : 1;
    json_t *phases = json_array();
    for (size_t i = 0; i < scenario->phase_count; i++) {
        if (!chosen[i])
            continue;
        json_t *phase = json_object();
        json_object_set_new(phase, "id", json_string(scenario->phases[i].id));
        json_object_set_new(phase, "minutes", json_real(scenario->phases[i].minutes * scale));
        json_array_append_new(phases, phase);
    }
    return phases;
}

static enum level choose_level(const struct scenario *scenario, enum level wanted)
{
    if (wanted != LEVEL_NONE)
        return wanted;
    int own = scenario->level ? json_choice(scenario->level, level_names) : -1;
    return own >= 0 ? (enum level)own : LEVEL_SENIOR;
}

static void make_start(struct sitting *s, const struct sitting_plan *plan, const char *id,
                       struct event *e)
{
    const struct scenario *scenario = s->scenario;
    json_t *phases = phases_json(scenario, s->chosen, plan->minutes);
    talk_event(&s->talk, e, EVENT_START);
    event_set(e, "id", id);
    event_set(e, "program", VIVA_VERSION);
    event_set_json(e, "scenario", content_json(scenario->id, scenario->version, scenario->hash));
    event_set_json(e, "rubric",
                   content_json(s->rubric->scenario, s->rubric->version, s->rubric->hash));
    event_set(e, "level", level_names[choose_level(scenario, plan->level)]);
    event_set(e, "mode", plan->candidate ? "interview" : "practice");
    if (plan->candidate) {
        event_set(e, "candidate", plan->candidate);
        event_set(e, "interviewer", plan->interviewer);
    }
    if (json_array_size(phases) < scenario->phase_count)
        event_set_flag(e, "part", true);
    event_set_json(e, "phases", phases);
    event_set_flag(e, "pressure", plan->pressure);
    event_set_flag(e, "clock", !plan->no_clock);
}

static int choose_phases(struct sitting *s, const char *list, struct error *e)
{
    s->chosen = xcalloc(s->scenario->phase_count, sizeof(*s->chosen));
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        s->chosen[i] = true;
    return list && part_parse(s->scenario, list, s->chosen, e) < 0 ? (int)e->code : ERROR_NONE;
}

/* $VIVA_UUID fixes the id, for tests. */
static void choose_id(char *id)
{
    const char *fixed = getenv("VIVA_UUID");
    if (fixed && strlen(fixed) == UUID_TEXT_SIZE - 1 &&
        strspn(fixed, "0123456789abcdef-") == UUID_TEXT_SIZE - 1)
        memcpy(id, fixed, UUID_TEXT_SIZE);
    else
        uuid_text_new(id);
}

/* --- the end --- */

static void show_card(struct sitting *s, const struct debrief *d, struct arena *arena)
{
    struct buffer text = BUFFER_INIT;
    struct card card;
    debrief_card(d, arena, &card);
    const struct criterion *gap = card_worst_gap(&card);
    char *next = gap ? exercise_find(command_catalogue(s->ctx), s->rubric, gap) : NULL;
    card.next = next;
    card.again = command_again(s->ctx);
    talk_gap(&s->talk);
    card_write(&card, &s->talk.screen, &text);
    screen_page(&s->talk.screen, s->talk.out, &text);
    buffer_release(&text);
    free(next);
}

/* The session is over and graded: a model that fails takes nothing from it. */
static void second_grade(struct sitting *s, const struct debrief *debrief, struct arena *arena)
{
    struct second second = { debrief, s->interviewer, &s->talk, BUFFER_INIT, { 0 } };
    struct error e;
    error_init(&e);
    if (!s->model || !s->model->grader)
        return;
    fflush(s->talk.out);
    if (s->model->show) {
        second_show(s->model, &second, arena, s->ctx->err);
    } else if (second_ask(s->model, &second, arena, &e) == 0) {
        talk_record(&s->talk, &second.event);
        screen_page(&s->talk.screen, s->talk.out, &second.text);
    } else {
        talk_gap(&s->talk);
        talk_tell(&s->talk, "The model's grade is missing: %s%s The grade above is the built-in one.",
                  e.message, talk_stop(e.message));
    }
    buffer_release(&second.text);
}

static void grade_and_show(struct sitting *s)
{
    struct arena arena = ARENA_INIT;
    struct debrief debrief;
    struct event e;
    debrief_predict(&s->talk);
    debrief_grade(s->session, s->interviewer, &arena, &debrief);
    talk_event(&s->talk, &e, EVENT_SCORE);
    debrief_score_event(&debrief, &e);
    talk_record(&s->talk, &e);
    show_card(s, &debrief, &arena);
    second_grade(s, &debrief, &arena);
    arena_release(&arena);
}

/* What could not be written goes to a file elsewhere, or at the very last to the terminal. */
static void rescue(struct sitting *s)
{
    const char *text = log_waiting_text(s->log), *folder = getenv("TMPDIR");
    char *path = path_join(folder && *folder ? folder : "/tmp", "viva-rescued-XXXXXX");
    size_t length = strlen(text);
    int descriptor = mkstemp(path);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    bool done = file && fwrite(text, 1, length, file) == length;
    done = file && fclose(file) == 0 && done;
    if (done)
        talk_tell(&s->talk, "What is not in the transcript is in %s; append it to %s.", path,
                  log_path(s->log));
    else
        fprintf(s->ctx->err, "viva: these lines could not be saved anywhere:\n%s", text);
    if (!file && descriptor >= 0)
        close(descriptor);
    if (!done && descriptor >= 0)
        unlink(path);
    free(path);
}

static int save_rest(struct sitting *s, struct error *e)
{
    struct buffer answer = BUFFER_INIT;
    struct error problem;
    int result;
    for (;;) {
        error_init(&problem);
        result = log_flush(s->log, &problem);
        if (result == 0 || !prompt_interactive(s->prompt))
            break;
        talk_tell(&s->talk, "Not saved yet: %s.", problem.message);
        if (!talk_ask(&s->talk, "Enter tries again, q gives up: ", &answer) ||
            answer.data[0] == 'q')
            break;
    }
    buffer_release(&answer);
    if (result == 0)
        return ERROR_NONE;
    rescue(s);
    return error_set(e, problem.code, "%s", problem.message);
}

/* A grade of nothing would only give away what one could have asked. */
static bool nothing_to_grade(struct sitting *s)
{
    if (s->session->said.count)
        return false;
    const char *id = s->scenario->id;
    talk_gap(&s->talk);
    if (prompt_interactive(s->prompt))
        talk_tell(&s->talk,
                  "Nothing was said, so there is nothing to grade. "
                  "'viva practice %s%s' starts again.",
                  id, command_again(s->ctx));
    else
        talk_tell(&s->talk,
                  "Nothing was said, so there is nothing to grade. Without a terminal "
                  "what is said comes from a file: viva practice %s%s < said.txt",
                  id, command_again(s->ctx));
    return true;
}

/* It was begun, and its content turned out to be broken. */
static int stop_unloaded(struct sitting *s)
{
    int status = command_print_errors(s->ctx, &s->late);
    talk_tell(&s->talk,
              "The session is kept: 'viva resume %.8s%s' goes on when that is mended.",
              session_id(s->session), command_again(s->ctx));
    return status;
}

static int run_to_end(struct sitting *s, struct error *e)
{
    enum talk_end end = s->talk.end;
    int status = ERROR_NONE;
    if (end == TALK_RUNNING)
        end = talk_run(&s->talk);
    if (s->late.count)
        status = stop_unloaded(s);
    else if (end == TALK_OVER && s->talk.cockpit)
        sealing_run(&s->talk);
    else if (end == TALK_OVER && !nothing_to_grade(s))
        grade_and_show(s);
    else if (end == TALK_PAUSED && s->session->ended)
        sealing_tell_open(&s->talk);
    else if (end == TALK_PAUSED ||
             (end == TALK_HANGUP && s->talk.cockpit && !prompt_interactive(s->prompt)))
        talk_tell(&s->talk, "Paused. 'viva resume %.8s%s' goes on.",
                  session_id(s->session), command_again(s->ctx));
    return save_rest(s, e) == ERROR_NONE ? status : ERROR_STORAGE;
}

/* --- the ways in --- */

/* A name that nothing has is a mistake of the command line, not of a file. */
static int status_of_unknown(struct command_context *ctx, const char *scenario, int status)
{
    struct catalogue *catalogue = command_catalogue(ctx);
    bool known =
        catalogue_has(catalogue, scenario) || catalogue_check(catalogue, NULL) < 0;
    return known ? status : ERROR_USAGE;
}

/* The new session has no file: nothing was begun, and there are other folders. */
static int fail_new_log(struct error *e)
{
    struct error why = *e;
    error_init(e);
    error_set(e, why.code,
              "%s; the session was not begun; --transcripts DIR keeps it elsewhere",
              why.message);
    return ERROR_STORAGE;
}

bool sitting_read_clock(const struct command_context *ctx, struct sitting_plan *plan,
                        struct error *e)
{
    plan->minutes = command_number(ctx, "minutes", 0);
    plan->no_clock = command_flag(ctx, "no-clock");
    if (plan->no_clock && plan->minutes > 0)
        error_set(e, ERROR_USAGE,
                  "--minutes and --no-clock exclude each other: leave one of them out");
    return !(plan->no_clock && plan->minutes > 0);
}

int sitting_begin(struct command_context *ctx, const struct sitting_plan *plan, struct error *e)
{
    struct sitting s = { .ctx = ctx, .model = plan->model };
    char id[UUID_TEXT_SIZE];
    choose_id(id);
    const char *folder = command_transcripts(ctx, e);
    int status = folder ? load_beginning(&s, plan->scenario) : ERROR_STORAGE;
    if (status == ERROR_INPUT)
        status = status_of_unknown(ctx, plan->scenario, status);
    if (status == ERROR_NONE)
        status = choose_phases(&s, plan->phases, e);
    if (status == ERROR_NONE)
        status = prepare_talk(&s, e) < 0 ? ERROR_USAGE : ERROR_NONE;
    if (status == ERROR_NONE && !plan->candidate && prompt_interactive(s.prompt))
        prompt_do_when_shown(s.prompt, load_rest, &s);
    else if (status == ERROR_NONE)
        status = load_rest_now(&s);
    if (status == ERROR_NONE) {
        s.log = log_create(folder, plan->scenario, id, talk_now(&s.talk), e);
        status = s.log ? ERROR_NONE : fail_new_log(e);
    }
    if (status == ERROR_NONE) {
        struct event start;
        s.talk.log = s.log;
        make_start(&s, plan, id, &start);
        if (plan->candidate)
            take_cockpit(&s, plan->interviewer, false);
        talk_begin(&s.talk, &start);
        status = run_to_end(&s, e);
    }
    sitting_release(&s);
    return status;
}

static void print_problems(struct command_context *ctx, const struct transcript *t)
{
    command_print_errors(ctx, &t->problems);
    if (t->torn)
        fprintf(ctx->err, "viva: the last line of '%s' was cut off by a crash; it is left out\n",
                t->source);
}

static const char *scenario_of(const struct transcript *t, struct error *e)
{
    if (transcript_start(t))
        return transcript_scenario(t);
    error_set(e, ERROR_INPUT, "'%s' is no transcript: it does not begin with session.start",
              t->source);
    return NULL;
}

/* Content of its own version is not kept: say when it has changed. */
static void tell_changes(struct sitting *s)
{
    const struct event *start = session_start_event(s->session);
    const char *then = json_string_value(json_object_get(event_json(start, "scenario"), "hash"));
    if (then && strcmp(then, s->scenario->hash) != 0)
        fprintf(s->ctx->err, "viva: the scenario '%s' has changed since this session began\n",
                s->scenario->id);
}

static int replay(struct sitting *s, struct transcript *t, struct error *e)
{
    print_problems(s->ctx, t);
    const char *scenario = scenario_of(t, e);
    if (!scenario)
        return ERROR_INPUT;
    int status = command_needs_content(s->ctx, scenario, e);
    if (status == ERROR_NONE)
        status = load_beginning(s, scenario);
    if (status == ERROR_NONE)
        status = load_rest_now(s);
    if (status == ERROR_NONE) {
        session_replay(s->session, t);
        tell_changes(s);
    }
    return status;
}

static int go_on(struct sitting *s, struct error *e)
{
    bool interview = s->session->interview;
    if (s->session->ended && (interview ? seal_score(s->session, session_interviewer(s->session))
                                        : s->session->last_score))
        return error_set(
            e, ERROR_USAGE, "session %.8s is over; 'viva review %.8s%s' shows its card",
            session_id(s->session), session_id(s->session), command_again(s->ctx));
    if (interview && !*session_interviewer(s->session))
        return error_set(
            e, ERROR_USAGE,
            "interview %.8s names no interviewer, so nobody can go on with it; "
            "'viva review %.8s%s' shows it",
            session_id(s->session), session_id(s->session), command_again(s->ctx));
    if (prepare_talk(s, e) < 0)
        return -1;
    s->talk.log = s->log;
    if (interview)
        take_cockpit(s, session_interviewer(s->session), false);
    if (s->session->ended)
        s->talk.end = TALK_OVER;
    else
        talk_go_on(&s->talk);
    return run_to_end(s, e);
}

int sitting_resume(struct command_context *ctx, const char *path, struct model *model,
                   struct error *e)
{
    struct sitting s = { .ctx = ctx, .model = model };
    struct transcript t = { .problems = ERROR_LIST_INIT };
    int status = ERROR_STORAGE;
    s.log = log_open(path, e);
    if (s.log && log_read(s.log, &t, e) == 0)
        status = replay(&s, &t, e);
    if (status == ERROR_NONE)
        status = go_on(&s, e);
    transcript_release(&t);
    sitting_release(&s);
    return status;
}

static int score_again(struct sitting *s, const char *by, struct error *e)
{
    if (!s->session->interview)
        return error_set(e, ERROR_USAGE, "session %.8s is no interview; 'viva review' shows it",
                         session_id(s->session));
    if (!s->session->ended)
        return error_set(
            e, ERROR_USAGE,
            "interview %.8s is not over; 'viva resume %.8s%s' goes on with it",
            session_id(s->session), session_id(s->session), command_again(s->ctx));
    const char *beside = seal_name_beside(s->session, by);
    if (beside)
        return error_set(
            e, ERROR_USAGE,
            "%s is already in interview %.8s: '--interviewer %s' is that person, "
            "another one needs another name",
            beside, session_id(s->session), beside);
    if (prepare_talk(s, e) < 0)
        return -1;
    s->talk.log = s->log;
    take_cockpit(s, by, true);
    cockpit_show_transcript(&s->talk);
    talk_tell(
        &s->talk,
        "You score this as %s. /t name 2 @12 judges a criterion by line 12; /todo lists the criteria; "
        "/n goes to the verdict. What others gave is shown when yours is sealed.",
        by);
    return run_to_end(s, e);
}

int sitting_score(struct command_context *ctx, const char *path, const char *by, struct error *e)
{
    struct sitting s = { .ctx = ctx };
    struct transcript t = { .problems = ERROR_LIST_INIT };
    int status = ERROR_STORAGE;
    s.log = log_open(path, e);
    if (s.log && log_read(s.log, &t, e) == 0)
        status = replay(&s, &t, e);
    if (status == ERROR_NONE)
        status = score_again(&s, by, e);
    transcript_release(&t);
    sitting_release(&s);
    return status < 0 ? (int)e->code : status;
}

/* Whether one can go on with it: it has begun, is not over, and nobody has it open. */
static bool is_open(const char *path)
{
    struct transcript t;
    if (log_holder(path) || transcript_read(&t, path, NULL) < 0)
        return false;
    bool open = transcript_start(&t) && !t.newer &&
                (!transcript_ended(&t) || transcript_unsealed(&t));
    transcript_release(&t);
    return open;
}

void sitting_open_session(struct command_context *ctx, bool counted,
                          struct open_session *out)
{
    enum { OFFERED = 4, COUNTED = 20 }; /* an older one is hardly what one came for */
    const char *folder = command_transcripts(ctx, NULL);
    char **names = NULL;
    size_t count = folder ? folder_list(folder, ".jsonl", &names) : 0;
    size_t most = counted ? COUNTED : OFFERED;
    *out = (struct open_session) { .all = count <= most };
    for (size_t i = count; i-- > 0 && out->looked < most && (counted || !out->path);) {
        char *path = path_join(folder, names[i]);
        bool open = transcript_id_in_name(names[i]) && is_open(path);
        out->count += open;
        if (open && !out->path && out->looked < OFFERED)
            out->path = path;
        else
            free(path);
        out->looked++;
    }
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}
