#define _POSIX_C_SOURCE 200809L
#include "judge/judge.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "judge/chance.h"
#include "judge/completion.h"
#include "judge/keep.h"
#include "judge/quote.h"
#include "judge/refusal.h"
#include "judge/reply.h"
#include "judge/request.h"

struct judge {
    const struct endpoint_settings *settings;
    struct endpoint *endpoint;
    void (*wait)(void *state, double seconds);
    void *state;
    enum endpoint_fault fault; /* of the last call */
};

/* One question at work. */
struct asking {
    struct judge *judge;
    const struct judge_question *question;
    struct answer sent; /* what the model sees of the answer */
    const bool *wanted;
    struct quote_texts *texts;
    bool twisted;
    struct endpoint_known known;
    char fence[FENCE_DIGITS + 1];
    double deadline; /* seconds; of the run at hand */
    struct arena *arena;
    struct judged *out;
};

/* What one run came to. */
struct run {
    struct outside_verdict *verdicts;
    struct reply_verdict *replies;
    enum quote_result *quotes;
    double total;
};

struct judge *judge_new(const struct endpoint_settings *settings)
{
    struct judge *judge = xcalloc(1, sizeof(*judge));
    judge->settings = settings;
    judge->endpoint = endpoint_new(settings);
    return judge;
}

void judge_free(struct judge *judge)
{
    if (judge)
        endpoint_free(judge->endpoint);
    free(judge);
}

void judge_on_wait(struct judge *judge, void (*wait)(void *state, double seconds),
                   void *state)
{
    judge->wait = wait;
    judge->state = state;
}

bool judge_was_cancelled(const struct judge *judge)
{
    return judge->fault == FAULT_CANCELLED;
}

static double seconds_now(void)
{
    return (double)time_system.ticks(time_system.state) / 1000;
}

/* --- the request --- */

static bool holds(const struct answer *answer, const char *fence)
{
    for (size_t i = 0; i < answer->count; i++) {
        const char *text = answer->parts[i].text;
        for (size_t at = 0; at + FENCE_DIGITS <= answer->parts[i].length; at++)
            if (!memcmp(text + at, fence, FENCE_DIGITS))
                return true;
    }
    return false;
}

static void new_fence(struct asking *a)
{
    do
        chance_digits(a->fence, FENCE_DIGITS);
    while (holds(&a->sent, a->fence));
}

static struct grade_request request_of(const struct asking *a, const char *fence)
{
    const struct judge_question *q = a->question;
    return (struct grade_request) {
        .model = a->judge->settings->model,
        .form = a->known.form,
        .temperature = a->known.temperature,
        .title = q->title,
        .prompt = q->prompt,
        .rubric = q->rubric,
        .wanted = a->wanted,
        .answer = &a->sent,
        .counts = q->counts,
        .fence = fence,
    };
}

/* The built-in grader knows what was asked and which phases were opened: nothing else is
 * judged. */
static void begin(struct asking *a)
{
    const struct judge_question *q = a->question;
    struct score own;
    scorer_grade(q->scorer, q->answer, a->arena, &own);
    bool *wanted = arena_array(a->arena, bool, own.criterion_count);
    for (size_t i = 0; i < own.criterion_count; i++)
        wanted[i] = own.criteria[i].graded;
    a->wanted = wanted;
    a->sent = *q->answer;
    if (q->redact)
        a->sent = request_redact(q->answer, a->judge->settings->redact.items,
                                 a->judge->settings->redact.count, a->arena);
    for (size_t i = 0; i < q->answer->count; i++)
        a->twisted = a->twisted || q->answer->parts[i].after_twist;
    a->known = keep_known_read(a->judge->settings);
}

void judge_show(struct judge *judge, const struct judge_question *question,
                struct arena *arena, struct buffer *head, struct buffer *body)
{
    struct asking a = { .judge = judge, .question = question, .arena = arena };
    begin(&a);
    new_fence(&a);
    struct grade_request request = request_of(&a, a.fence);
    request_grade(&request, body);
    buffer_printf(head, "POST %s/chat/completions\nContent-Type: application/json\n",
                  judge->settings->url);
    if (judge->settings->key)
        buffer_add_string(head, "Authorization: Bearer (the key, not shown)\n");
}

/* --- one call --- */

/* A request, what came back, and what is wrong with that. */
struct exchange {
    struct grade_request request;
    struct completion reply;
    struct error complaint;
};

static struct reply_form form_of(const struct asking *a)
{
    return (struct reply_form) { a->question->rubric, a->wanted, a->arena };
}

static bool mentions(const char *words, const char *const *list)
{
    for (size_t i = 0; list[i]; i++)
        if (strstr(words, list[i]))
            return true;
    return false;
}

/* Whether the server's refusal may be about something that can be left out; leaves it
 * out. */
static bool ask_for_less(struct asking *a, const struct endpoint_reply *reply)
{
    static const char *const shapes[] = {
        "response_format", "json_schema", "schema", "json_object",
        "structured",      "grammar",     NULL
    };
    struct buffer words = BUFFER_INIT;
    bool less = false;
    if (reply->status != 400 && reply->status != 422 && reply->status != 501)
        return false;
    refusal_words(reply->body.data, reply->body.length, a->judge->settings->key, &words);
    if (a->known.temperature && strstr(words.data, "temperature")) {
        a->known.temperature = false;
        less = true;
    } else if (a->known.form < FORM_PLAIN &&
               (!words.length || mentions(words.data, shapes))) {
        a->known.form++;
        less = true;
    }
    buffer_release(&words);
    return less;
}

static void count_usage(struct asking *a, const struct completion *c)
{
    struct judged *out = a->out;
    bool known = c->tokens_in >= 0 && c->tokens_out >= 0 && out->tokens_in >= 0;
    out->requests++;
    out->tokens_in = known ? out->tokens_in + c->tokens_in : -1;
    out->tokens_out = known ? out->tokens_out + c->tokens_out : -1;
}

/* One POST, with as much asked for as the server knows. */
static int post(struct asking *a, struct grade_request *request, struct completion *c,
                struct error *e)
{
    struct endpoint_known known = a->known;
    for (;;) {
        struct buffer body = BUFFER_INIT;
        struct endpoint_reply reply;
        struct error one;
        error_init(&one);
        request->form = a->known.form;
        request->temperature = a->known.temperature;
        request_grade(request, &body);
        struct endpoint_request call = {
            .path = "/chat/completions",
            .body = body.data,
            .length = body.length,
            .seconds = fmax(0.05, a->deadline - seconds_now()),
            .wait = a->judge->wait,
            .state = a->judge->state,
        };
        int result = endpoint_call(a->judge->endpoint, &call, &reply, &one);
        a->judge->fault = reply.fault;
        bool again = result < 0 && ask_for_less(a, &reply);
        if (result == 0)
            result = completion_read(c, reply.body.data, reply.body.length, &one);
        endpoint_reply_release(&reply);
        buffer_release(&body);
        if (again)
            continue;
        if (result == 0 &&
            (known.form != a->known.form || known.temperature != a->known.temperature))
            keep_known_write(a->judge->settings, &a->known);
        if (result < 0)
            error_set(e, one.code, "%s", one.message);
        return result;
    }
}

/* One reply that can be used, or what is wrong with it in the exchange's complaint. */
static int ask(struct asking *a, struct exchange *x, struct run *run, struct error *e)
{
    struct reply_form form = form_of(a);
    if (post(a, &x->request, &x->reply, e) < 0)
        return -1;
    count_usage(a, &x->reply);
    if (completion_check(&x->reply, e) < 0)
        return -1;
    return reply_read(x->reply.text.data, x->reply.text.length, &form, run->replies,
                      &x->complaint);
}

/* --- one run --- */

static void exchange_init(struct exchange *x, struct asking *a)
{
    x->request = request_of(a, a->fence);
    completion_init(&x->reply);
    error_init(&x->complaint);
}

/* The same once more, with the bad reply and what is wrong with it. */
static int ask_again(struct asking *a, struct exchange *first, struct exchange *second,
                     struct run *run, struct error *e)
{
    enum { BACK_MAX = 16 << 10 }; /* of a bad reply that is sent back */
    if (first->reply.text.length > BACK_MAX)
        buffer_truncate(&first->reply.text, BACK_MAX);
    second->request.previous = first->reply.text.data;
    second->request.complaint = first->complaint.message;
    int result = ask(a, second, run, e);
    if (second->complaint.code != ERROR_NONE)
        error_set(e, ERROR_NETWORK,
                  "the model's answer cannot be used, and its second try neither: %s",
                  second->complaint.message);
    return result;
}

static int ask_twice(struct asking *a, struct run *run, const char *hash, struct error *e)
{
    struct exchange first, second;
    exchange_init(&first, a);
    exchange_init(&second, a);
    int result = ask(a, &first, run, e);
    if (result == 0) {
        keep_reply_write(hash, &first.reply);
    } else if (first.complaint.code != ERROR_NONE) {
        result = ask_again(a, &first, &second, run, e);
        if (result == 0)
            keep_reply_write(hash, &second.reply);
    }
    completion_release(&first.reply);
    completion_release(&second.reply);
    return result;
}

/* The same question, whatever the fence and the form. */
static void hash_question(const struct asking *a, int number, char *hash)
{
    struct buffer text = BUFFER_INIT;
    struct grade_request request = request_of(a, "");
    request.form = FORM_PLAIN;
    request.temperature = true;
    buffer_printf(&text, "%s\n", a->judge->settings->url);
    request_grade(&request, &text);
    keep_hash(text.data, text.length, number, hash);
    buffer_release(&text);
}

static bool take_kept(struct asking *a, struct run *run, const char *hash)
{
    struct completion kept;
    struct reply_form form = form_of(a);
    completion_init(&kept);
    bool found =
        keep_reply_read(hash, &kept) &&
        reply_read(kept.text.data, kept.text.length, &form, run->replies, NULL) == 0;
    completion_release(&kept);
    return found;
}

static void check_quotes(struct asking *a, struct run *run)
{
    const struct rubric *rubric = a->question->rubric;
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct reply_verdict *r = &run->replies[i];
        struct outside_verdict *v = &run->verdicts[i];
        *v = (struct outside_verdict) { .verdict = r->verdict, .quote = { -1, 0, 0 } };
        run->quotes[i] = QUOTE_FOUND;
        if (r->verdict != VERDICT_ABSENT)
            run->quotes[i] =
                quote_find(a->texts, r->quote, r->quote_length,
                           rubric->criteria[i].only_if_asked && a->twisted, &v->quote);
    }
}

/* Nobody is asked about nothing. */
static bool nothing_to_judge(const struct asking *a)
{
    bool any_wanted = false, any_said = false;
    for (size_t i = 0; i < a->question->rubric->criterion_count; i++)
        any_wanted = any_wanted || a->wanted[i];
    for (size_t i = 0; i < a->sent.count; i++)
        any_said = any_said || ((!a->question->counts || a->question->counts[i]) &&
                                a->sent.parts[i].length > 0);
    return !any_wanted || !any_said;
}

static void nothing_found(struct run *run, size_t count)
{
    for (size_t i = 0; i < count; i++)
        run->replies[i] =
            (struct reply_verdict) { .verdict = VERDICT_ABSENT, .quote = "" };
}

static int do_run(struct asking *a, int number, struct run *run, struct error *e)
{
    size_t count = a->question->rubric->criterion_count;
    char hash[KEEP_HASH_SIZE];
    struct score score;
    run->verdicts = arena_array(a->arena, struct outside_verdict, count);
    run->replies = arena_array(a->arena, struct reply_verdict, count);
    run->quotes = arena_array(a->arena, enum quote_result, count);
    a->deadline = seconds_now() + a->judge->settings->whole;
    hash_question(a, number, hash);
    new_fence(a);
    if (nothing_to_judge(a))
        nothing_found(run, count);
    else if (!take_kept(a, run, hash) && ask_twice(a, run, hash, e) < 0)
        return -1;
    check_quotes(a, run);
    scorer_grade_outside(a->question->scorer, a->question->answer, run->verdicts,
                         a->arena, &score);
    run->total = score.total;
    return 0;
}

/* --- several runs --- */

static enum verdict effective(const struct run *run, size_t criterion)
{
    const struct outside_verdict *v = &run->verdicts[criterion];
    return v->quote.part < 0 || v->voided != OUTSIDE_STANDS ? VERDICT_ABSENT : v->verdict;
}

/* The middle one, the lower of two. */
static enum verdict middle(const struct run *runs, int count, size_t criterion)
{
    int votes[3] = { 0 }, sum = 0;
    for (int i = 0; i < count; i++)
        votes[effective(&runs[i], criterion)]++;
    for (int v = 0; v < 3; v++) {
        sum += votes[v];
        if (2 * sum >= count)
            return (enum verdict)v;
    }
    return VERDICT_EXPLAINED;
}

static const char *why_voided(const struct run *run, size_t criterion)
{
    if (run->replies[criterion].verdict == VERDICT_ABSENT)
        return "";
    if (run->quotes[criterion] != QUOTE_FOUND)
        return quote_result_names[run->quotes[criterion]];
    return outside_void_names[run->verdicts[criterion].voided];
}

static void combine_one(const struct asking *a, const struct run *runs, int count,
                        size_t i, struct outside_verdict *chosen)
{
    int from = -1, same = 0;
    struct judged_verdict *v = &a->out->verdicts[i];
    v->verdict = middle(runs, count, i);
    for (int r = 0; r < count; r++) {
        if (effective(&runs[r], i) != v->verdict)
            continue;
        same++;
        if (from < 0 || (*why_voided(&runs[from], i) && !*why_voided(&runs[r], i)))
            from = r;
    }
    from = from < 0 ? 0 : from; /* the middle one is one of them */
    *chosen = runs[from].verdicts[i];
    v->claimed = runs[from].replies[i].verdict;
    v->quote = runs[from].replies[i].quote;
    v->voided = a->wanted[i] ? why_voided(&runs[from], i) : "";
    v->stability = (double)same / count;
    a->out->voided += *v->voided != '\0';
}

static void combine(struct asking *a, const struct run *runs, int run_count)
{
    const struct judge_question *q = a->question;
    struct judged *out = a->out;
    size_t count = q->rubric->criterion_count;
    struct outside_verdict *chosen = arena_array(a->arena, struct outside_verdict, count);
    out->verdicts = arena_array(a->arena, struct judged_verdict, count);
    for (size_t i = 0; i < count; i++)
        combine_one(a, runs, run_count, i, &chosen[i]);
    scorer_grade_outside(q->scorer, q->answer, chosen, a->arena, &out->score);
    out->runs = run_count;
    out->low = out->high = runs[0].total;
    for (int r = 1; r < run_count; r++) {
        out->low = fmin(out->low, runs[r].total);
        out->high = fmax(out->high, runs[r].total);
    }
}

static void add_cost(const struct endpoint_settings *s, struct judged *out)
{
    bool known = s->price_in >= 0 && s->price_out >= 0 && out->tokens_in >= 0;
    out->cost = known ? ((double)out->tokens_in * s->price_in +
                         (double)out->tokens_out * s->price_out) /
                            1e6
                      : -1;
}

int judge_grade(struct judge *judge, const struct judge_question *question,
                struct arena *arena, struct judged *out, struct error *e)
{
    struct run runs[JUDGE_RUNS_MAX];
    struct asking a = {
        .judge = judge, .question = question, .arena = arena, .out = out
    };
    struct buffer grader = BUFFER_INIT;
    const int count = question->runs;
    assert(count >= 1 && count <= JUDGE_RUNS_MAX);
    *out = (struct judged) { .cost = -1 };
    judge->fault = FAULT_NONE;
    begin(&a);
    a.texts = quote_texts_new(&a.sent, question->counts);
    int result = 0;
    for (int i = 0; i < count && result == 0; i++)
        result = do_run(&a, i, &runs[i], e);
    if (result == 0)
        combine(&a, runs, count);
    add_cost(judge->settings, out);
    buffer_printf(&grader, "llm:%s", judge->settings->model);
    out->grader = arena_strdup(arena, grader.data);
    buffer_release(&grader);
    quote_texts_free(a.texts);
    return result;
}

/* --- what it took --- */

static void add_thousands(struct buffer *out, long number)
{
    if (number >= 1000)
        add_thousands(out, number / 1000);
    buffer_printf(out, number >= 1000 ? ",%03ld" : "%ld", number % 1000);
}

json_t *judged_voided_json(const struct judged *judged, const struct rubric *rubric)
{
    json_t *list = json_array();
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct judged_verdict *v = &judged->verdicts[i];
        if (!*v->voided)
            continue;
        json_t *entry = json_object();
        json_object_set_new(entry, "id", json_string(rubric->criteria[i].id));
        json_object_set_new(entry, "claimed", json_string(verdict_names[v->claimed]));
        json_object_set_new(entry, "quote", json_text_new(v->quote, strlen(v->quote)));
        json_object_set_new(entry, "why", json_string(v->voided));
        json_array_append_new(list, entry);
    }
    return list;
}

void judged_usage(const struct judged *j, const struct endpoint_settings *settings,
                  struct buffer *out)
{
    if (j->requests == 0) {
        buffer_add_string(out, "nothing was sent, all of it is known");
        return;
    }
    if (j->tokens_in >= 0) {
        add_thousands(out, j->tokens_in);
        buffer_add_string(out, " tokens in, ");
        add_thousands(out, j->tokens_out);
        buffer_add_string(out, " out, ");
    }
    if (j->cost >= 0)
        buffer_printf(out, "%.4f%s%s, ", j->cost, settings->currency ? " " : "",
                      settings->currency ? settings->currency : "");
    buffer_printf(out, "%d request%s", j->requests, j->requests == 1 ? "" : "s");
}
