#include "session/talk.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "session/listen.h"
#include "session/question.h"
#include "session/slash.h"

/* One event holds at most this much text: escaped, it stays below the cap of a line. */
enum { SAY_MAX = 128 * 1024 };

int64_t talk_now(const struct talk *t)
{
    return session_clock_now(&t->clock);
}

static void show(struct talk *t, struct buffer *text)
{
    screen_write(t->out, text);
    buffer_release(text);
    t->gap = false;
}

void talk_gap(struct talk *t)
{
    if (!t->gap)
        fputc('\n', t->out);
    t->gap = true;
}

/* --- what happens --- */

void talk_event(const struct talk *t, struct event *e, enum event_type type)
{
    event_init(e, type, talk_now(t));
}

static const char *lines_in_words(size_t count)
{
    return count == 1 ? "line is" : "lines are";
}

/* At once when it begins; how many there are by now is said before the next prompt. */
static void tell_unsaved(struct talk *t, const struct error *e, size_t waited)
{
    if (waited == 0)
        talk_tell(t, "Not saved: %s. What you type is kept here and tried again.", e->message);
}

static void tell_saved(struct talk *t, size_t waited)
{
    if (waited > 0)
        talk_tell(t, "Saved: the %zu %s on the disk now.", waited, lines_in_words(waited));
}

void talk_record(struct talk *t, struct event *event_take)
{
    struct error e;
    error_init(&e);
    size_t waited = log_waiting(t->log);
    if (log_append(t->log, event_take, &e) < 0)
        tell_unsaved(t, &e, waited);
    else
        tell_saved(t, waited);
    session_apply(t->session, event_take);
}

/* --- what is shown --- */

void talk_tell(struct talk *t, const char *format, ...)
{
    struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    screen_style(&out, &t->screen, SCREEN_DIM);
    screen_wrap(&out, text.data, text.length, t->screen.width, TALK_INDENT, TALK_INDENT);
    screen_style(&out, &t->screen, SCREEN_NORMAL);
    buffer_add_char(&out, '\n');
    buffer_release(&text);
    show(t, &out);
}

const char *talk_stop(const char *sentence)
{
    size_t length = strlen(sentence);
    return length && strchr(".?!", sentence[length - 1]) ? "" : ".";
}

void talk_tell_error(struct talk *t, const struct error *e)
{
    bool letter = e->message[0] >= 'a' && e->message[0] <= 'z';
    talk_tell(t, "%c%s%s", letter ? e->message[0] - 'a' + 'A' : e->message[0],
              e->message + 1, talk_stop(e->message));
}

void talk_show_labelled(struct talk *t, const char *label, const char *text, const char *remark)
{
    struct buffer out = BUFFER_INIT, words = BUFFER_INIT;
    buffer_add_string(&words, text);
    if (remark)
        buffer_printf(&words, " (%s)", remark);
    talk_gap(t);
    screen_style(&out, &t->screen, SCREEN_SPEAKER);
    screen_cell(&out, &t->screen, label, TALK_INDENT - 2);
    screen_style(&out, &t->screen, SCREEN_NORMAL);
    buffer_add_string(&out, "  ");
    screen_wrap(&out, words.data, words.length, t->screen.width, TALK_INDENT, -TALK_INDENT);
    buffer_add_char(&out, '\n');
    buffer_release(&words);
    show(t, &out);
    talk_gap(t);
    fflush(t->out);
}

void talk_show_spoken(struct talk *t, const char *text, const char *remark)
{
    talk_show_labelled(t, t->seat->speaker, text, remark);
}

static void record_spoken(struct talk *t, enum say_kind kind, const char *of, const char *text)
{
    struct event e;
    talk_event(t, &e, EVENT_SAY);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", say_kind_names[kind]);
    if (of)
        event_set(&e, "of", of);
    event_set(&e, "text", text);
    talk_record(t, &e);
}

void talk_interviewer(struct talk *t, enum say_kind kind, const char *of, const char *text,
                      const char *remark)
{
    record_spoken(t, kind, of, text);
    talk_show_spoken(t, text, remark);
}

void talk_hint(struct talk *t, size_t ladder)
{
    const struct hint_step *step = session_next_hint(t->session, ladder);
    struct buffer remark = BUFFER_INIT;
    struct event e;
    talk_event(t, &e, EVENT_SAY);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", say_kind_names[SAY_HINT]);
    event_set(&e, "of", t->session->scenario->hints[ladder].criterion);
    event_set_number(&e, "price", step->price);
    event_set(&e, "text", step->text);
    talk_record(t, &e);
    buffer_printf(&remark, "a hint, %.3g point%s", step->price, step->price == 1 ? "" : "s");
    talk_show_spoken(t, step->text, remark.data);
    buffer_release(&remark);
}

/* --- the candidate --- */

size_t talk_piece(const char *text, size_t length)
{
    if (length <= SAY_MAX)
        return length;
    size_t size = SAY_MAX;
    while (size > SAY_MAX / 2 && text[size] != ' ' && text[size] != '\n')
        size--;
    return size;
}

static bool was_said(const struct talk *t, const struct reply *reply)
{
    return reply->kind == REPLY_FACT && t->session->facts_asked[reply->fact];
}

static bool has_news(const struct talk *t, const struct reply *replies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!was_said(t, &replies[i]))
            return true;
    return false;
}

static void give_reply(struct talk *t, const struct reply *reply)
{
    struct buffer words = BUFFER_INIT;
    bool fact = reply->kind == REPLY_FACT;
    if (was_said(t, reply))
        buffer_add_string(&words, "As I said: ");
    facts_reply_text(interviewer_facts(t->interviewer), reply, &words);
    talk_interviewer(t, fact ? SAY_FACT : SAY_REMARK,
                     fact ? t->session->scenario->facts[reply->fact].id : NULL,
                     words.data, NULL);
    buffer_release(&words);
    if (reply->kind == REPLY_ASSUME && !t->words_told) {
        talk_tell(t, "In other words it may be answered; if not, it is yours to decide.");
        t->words_told = true;
    }
}

static void answer_question(struct talk *t, const char *text, size_t length)
{
    struct reply replies[REPLIES_MOST];
    size_t count = facts_choice(interviewer_facts(t->interviewer), t->session, text,
                                length, replies);
    if (!count)
        count = facts_answers(interviewer_facts(t->interviewer), text, length, replies);
    bool anything_new = has_news(t, replies, count);
    for (size_t i = 0; i < count; i++)
        if (!anything_new || !was_said(t, &replies[i]))
            give_reply(t, &replies[i]);
}

/* While the task is being cleared up, who assumes something is told what the interviewer knows of it. */
static bool answer_assumption(struct talk *t, const char *text, size_t length)
{
    struct reply replies[REPLIES_MOST];
    size_t given = 0;
    if (t->session->phase > 0 || !question_assumes(text, length))
        return false;
    size_t count =
        facts_answers(interviewer_facts(t->interviewer), text, length, replies);
    for (size_t i = 0; i < count; i++)
        if (replies[i].kind == REPLY_FACT && !was_said(t, &replies[i])) {
            give_reply(t, &replies[i]);
            given++;
        }
    return given > 0;
}

void talk_record_candidate(struct talk *t, const char *text, size_t length, bool question)
{
    for (size_t at = 0; at < length;) {
        size_t size = talk_piece(text + at, length - at);
        struct event e;
        talk_event(t, &e, EVENT_SAY);
        event_set(&e, "who", "candidate");
        event_set(&e, "kind", say_kind_names[question ? SAY_QUESTION : SAY_ANSWER]);
        event_set_bytes(&e, "text", text + at, size);
        talk_record(t, &e);
        at += size;
    }
}

void talk_candidate(struct talk *t, const char *text, size_t length, bool question)
{
    talk_record_candidate(t, text, length, question);
    if (question)
        answer_question(t, text, length);
}

/* --- phases --- */

static void show_phase_head(struct talk *t, size_t phase)
{
    const struct phase *p = &t->session->scenario->phases[phase];
    struct buffer out = BUFFER_INIT, head = BUFFER_INIT;
    char used[CLOCK_TEXT_SIZE];
    int64_t ms = session_used(t->session, phase, talk_now(t));
    clock_text(ms, used);
    buffer_printf(&head, "%zu %s", phase + 1, p->title);
    talk_gap(t);
    screen_styled(&out, &t->screen, SCREEN_BOLD, head.data);
    if (t->session->clock) {
        buffer_clear(&head);
        double minutes = t->session->phases[phase].minutes;
        buffer_printf(&head, "  %.*f min", minutes != floor(minutes), minutes);
        if (ms >= 1000)
            buffer_printf(&head, ", %s used", used);
        screen_styled(&out, &t->screen, SCREEN_DIM, head.data);
    }
    buffer_add_char(&out, '\n');
    buffer_release(&head);
    show(t, &out);
}

static void record_phase(struct talk *t, size_t phase, const char *by)
{
    struct event e;
    talk_event(t, &e, EVENT_PHASE);
    event_set(&e, "phase", t->session->scenario->phases[phase].id);
    event_set(&e, "by", by);
    talk_record(t, &e);
}

/* Whether the interviewer spoke last, and did not answer: two things at once to think about are one too many. */
static bool is_waiting(const struct session *s)
{
    for (size_t i = s->events.count; i-- > 0 && s->events.items[i].type != EVENT_PHASE;) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SAY)
            return !event_by_candidate(e) && event_say_kind(e) != SAY_FACT;
    }
    return false;
}

void talk_twist(struct talk *t)
{
    const struct twist *twist = &t->session->scenario->twist;
    talk_interviewer(t, SAY_TWIST, twist->criterion, twist->says, "the twist");
}

/* Whether a third of the open phase is over: until then one is left to what one has begun. */
static bool is_settled_in(const struct talk *t)
{
    const struct session *s = t->session;
    double used = (double)session_used(s, s->phase, talk_now(t)) / 60000;
    return s->clock && used >= s->phases[s->phase].minutes / 3;
}

static void say_twist_if_due(struct talk *t)
{
    if (interviewer_twist_due(t->session, talk_now(t)) && is_settled_in(t) &&
        !is_waiting(t->session))
        talk_twist(t);
}

/* The footer of a phase. */
static void show_keys(struct talk *t, size_t phase)
{
    if (phase == 0)
        talk_tell(t, "What you type is said. /next moves on, /help shows the rest.");
    else if (t->session->pressure)
        talk_tell(t, "/next  /back  /skip  /edit  /time  /help");
    else
        talk_tell(t, "/next  /back  /skip  /hint  /edit  /time  /pause  /help");
}

void talk_enter_phase(struct talk *t, size_t phase, const char *by)
{
    const struct phase *p = &t->session->scenario->phases[phase];
    bool first_time = !t->session->phases[phase].opened;
    t->end_told = false;
    record_phase(t, phase, by);
    show_phase_head(t, phase);
    if (first_time && p->opening && *p->opening)
        talk_interviewer(t, SAY_REMARK, NULL, p->opening, NULL);
    t->seat->phase(t, phase);
}

static void show_title(struct talk *t)
{
    const struct session *s = t->session;
    struct buffer out = BUFFER_INIT, title = BUFFER_INIT, right = BUFFER_INIT;
    double minutes = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        minutes += s->phases[i].minutes;
    buffer_add_string(&title, s->scenario->title);
    for (size_t i = 0; s->part && i < s->part->phase_count; i++)
        buffer_printf(&title, "%s%s", i ? ", " : ": ", s->part->phases[i].title);
    buffer_add_string(&title, s->part ? " only" : "");
    buffer_printf(&right, "%s", level_names[s->level]);
    if (s->clock)
        buffer_printf(&right, " · %.3g min", minutes);
    if (s->interview)
        buffer_printf(&right, " · %s, asked by %s", session_candidate(s), session_interviewer(s));
    else
        buffer_printf(&right, " · %s", s->pressure ? "under pressure" : "on your own");
    screen_ends(&out, &t->screen, title.data, right.data);
    buffer_add_string(&out, "Saved as you type: "); /* on one line, to be copied */
    utf8_add_harmless(&out, log_path(t->log), strlen(log_path(t->log)));
    buffer_add_char(&out, '\n');
    buffer_release(&title);
    buffer_release(&right);
    show(t, &out);
}

void talk_begin(struct talk *t, struct event *start_take)
{
    talk_record(t, start_take);
    show_title(t);
    talk_interviewer(t, SAY_REMARK, NULL, t->session->scenario->prompt, NULL);
    talk_enter_phase(t, 0, "next");
}

/* --- where a session stood --- */

/* Whether this event is a word of the interviewer's in the open phase; a strong answer is too long to be shown again. */
static bool is_asked_here(const struct session *s, size_t i)
{
    const struct event *e = &s->events.items[i];
    return e->type == EVENT_SAY && !event_by_candidate(e) && !s->undone.items[i] &&
           s->moments.items[i].phase == s->phase &&
           strcmp(event_text(e, "about"), "model") != 0;
}

/* The last one of a kind before `end`, which stands for none too. */
static size_t last_asked(const struct session *s, enum say_kind kind, size_t end)
{
    for (size_t i = end; i-- > 0;)
        if (is_asked_here(s, i) && event_say_kind(&s->events.items[i]) == kind)
            return i;
    return end;
}

static void show_asked_again(struct talk *t, const struct event *e)
{
    enum say_kind kind = event_say_kind(e);
    talk_show_spoken(t, event_text(e, "text"),
                     kind == SAY_PROBE   ? "a probe"
                     : kind == SAY_TWIST ? "the twist"
                                         : NULL);
}

static void show_said_again(struct talk *t, const struct utterance *u)
{
    struct buffer out = BUFFER_INIT;
    screen_cell(&out, &t->screen, t->seat->listener, TALK_INDENT);
    size_t length = u->length > 400 ? 400 : u->length;
    screen_wrap(&out, u->text, utf8_valid_prefix(u->text, length), t->screen.width,
                TALK_INDENT, -TALK_INDENT);
    buffer_add_string(&out, length < u->length ? " ...\n" : "\n");
    show(t, &out);
}

/* The first of the last things that were said in the open phase. */
static size_t first_of_last_words(const struct session *s)
{
    size_t first = s->said.count;
    while (first > 0 && s->said.count - first < 3 && s->said.items[first - 1].phase == s->phase)
        first--;
    return first;
}

/* The event from which on everything is shown again: the first of the last words, or the beginning of the phase. */
static size_t where_words_begin(const struct session *s, size_t first)
{
    size_t i = s->events.count;
    while (i > 0 && (first < s->said.count
                         ? s->events.items[i - 1].number >= s->said.items[first].event
                         : s->events.items[i - 1].type != EVENT_PHASE))
        i--;
    return i;
}

/* What the open phase began with, beside the task. */
static size_t opening_of_phase(const struct session *s)
{
    for (size_t i = 0; i < s->events.count; i++)
        if (is_asked_here(s, i) &&
            strcmp(event_text(&s->events.items[i], "text"), s->scenario->prompt) != 0)
            return i;
    return s->events.count;
}

/* The last words and what was said to them, so that one finds back into it; before them the question of the phase, the
 * probe that they reply to, or that waits for it, and the twist of this phase. */
static void show_last_words(struct talk *t)
{
    const struct session *s = t->session;
    size_t first = first_of_last_words(s), begin = where_words_begin(s, first);
    size_t twist = last_asked(s, SAY_TWIST, begin), opening = opening_of_phase(s);
    bool replies = first < s->said.count && s->said.items[first].replies;
    size_t probe =
        replies || s->replying || s->answering ? last_asked(s, SAY_PROBE, begin) : begin;
    for (size_t i = 0; i < s->events.count; i++) {
        bool wanted = i >= begin || i == opening || i == twist || i == probe;
        if (wanted && is_asked_here(s, i))
            show_asked_again(t, &s->events.items[i]);
        for (size_t k = first; k < s->said.count; k++)
            if (s->said.items[k].event == s->events.items[i].number)
                show_said_again(t, &s->said.items[k]);
    }
}

/* What the last pause cut off. */
static void begin_line_again(struct talk *t)
{
    const struct session *s = t->session;
    for (size_t i = s->events.count; i-- > 0 && s->events.items[i].type != EVENT_SAY;)
        if (s->events.items[i].type == EVENT_PAUSE) {
            prompt_begin_line(t->prompt, event_text(&s->events.items[i], "typed"));
            return;
        }
}

void talk_go_on(struct talk *t)
{
    struct event e;
    show_title(t);
    if (!t->session->begun) { /* it stopped before the first phase */
        talk_enter_phase(t, 0, "next");
        return;
    }
    talk_event(t, &e, EVENT_RESUME);
    talk_record(t, &e);
    if (!t->cockpit) /* nobody has the problem in mind a day later; the cockpit shows its own */
        talk_show_spoken(t, t->session->scenario->prompt, NULL);
    show_phase_head(t, t->session->phase);
    if (t->cockpit)
        t->seat->phase(t, t->session->phase);
    show_last_words(t);
    begin_line_again(t);
}

/* With what had been typed of a line; NULL: nothing. */
static void pause_in_line(struct talk *t, const char *why, const struct buffer *typed)
{
    struct event e;
    if (t->session->paused || t->session->ended)
        return;
    talk_event(t, &e, EVENT_PAUSE);
    event_set(&e, "why", why);
    if (typed && typed->data[strspn(typed->data, " \t")])
        event_set_bytes(&e, "typed", typed->data, typed->length);
    talk_record(t, &e);
}

void talk_pause(struct talk *t, const char *why)
{
    pause_in_line(t, why, NULL);
}

static void go_on_after_pause(struct talk *t)
{
    struct event e;
    talk_event(t, &e, EVENT_RESUME);
    talk_record(t, &e);
    talk_tell(t, "The clock runs again.");
}

void talk_finish(struct talk *t)
{
    struct event e;
    t->end = TALK_OVER;
    if (t->session->ended) /* it was being scored again */
        return;
    talk_event(t, &e, EVENT_END);
    event_set(&e, "why", session_complete(t->session) ? "done" : "early");
    talk_record(t, &e);
}

/* --- the clock's quiet word --- */

static const char *minutes_left(double minutes, struct buffer *out)
{
    static const char *const words[] = { "",    "one",   "two",   "three", "four", "five",
                                         "six", "seven", "eight", "nine",  "ten" };
    int whole = (int)lround(minutes);
    if (minutes < 0.75)
        buffer_add_string(out, "less than a minute");
    else if (whole <= 10)
        buffer_printf(out, "%s minute%s", words[whole], whole == 1 ? "" : "s");
    else
        buffer_printf(out, "%d minutes", whole);
    return out->data;
}

static void warn_of_time(struct talk *t)
{
    const struct session *s = t->session;
    if (!s->clock || s->paused || !s->begun)
        return;
    if (t->warned_phase != s->phase)
        t->warned = 0;
    t->warned_phase = s->phase;
    double minutes = s->phases[s->phase].minutes;
    double used = (double)session_used(s, s->phase, talk_now(t)) / 60000;
    int reached = used >= minutes ? 100 : used >= 0.8 * minutes ? 80 : 0;
    if (reached <= t->warned)
        return;
    t->warned = reached;
    struct buffer left = BUFFER_INIT;
    if (reached == 80)
        talk_tell(t, "%s left in this phase", minutes_left(minutes - used, &left));
    else if (s->phase + 1 < s->scenario->phase_count)
        talk_tell(t, "The time of this phase is used; /next moves on.");
    else
        talk_tell(t, "The time is used; /quit ends the session.");
    buffer_release(&left);
}

/* --- the loop --- */

static void make_label(struct talk *t, struct buffer *label)
{
    const struct session *s = t->session;
    const char *mark = t->screen.plain ? ">" : "›";
    char used[CLOCK_TEXT_SIZE], planned[CLOCK_TEXT_SIZE];
    buffer_clear(label);
    if (s->ended) {
        buffer_printf(label, "scoring %s %s ", session_candidate(s), mark);
        return;
    }
    if (s->paused) {
        buffer_printf(label, "paused, Enter goes on %s ", mark);
        return;
    }
    buffer_printf(label, "%zu %s  ", s->phase + 1, s->scenario->phases[s->phase].title);
    if (s->clock) {
        clock_text(session_used(s, s->phase, talk_now(t)), used);
        clock_text((int64_t)(s->phases[s->phase].minutes * 60000), planned);
        buffer_printf(label, "%s / %s ", used, planned);
    }
    buffer_printf(label, "%s ", mark);
}

bool talk_ask(struct talk *t, const char *label, struct buffer *answer)
{
    for (;;) {
        switch (prompt_read(t->prompt, label, answer)) {
        case PROMPT_LINE:
            if (t->fake && fake_clock_line(t->fake, answer->data))
                continue;
            return true;
        case PROMPT_INTERRUPTED:
            continue;
        case PROMPT_END:
        case PROMPT_HANGUP:
            return false;
        }
    }
}

static void say_line(struct talk *t, const char *text, size_t length)
{
    if (text[0] == '/' && text[1] == '/') {
        text++;
        length--;
    }
    bool question = talk_asks(t, text, length);
    talk_candidate(t, text, length, question);
    if (!question && !answer_assumption(t, text, length))
        listen_to(t, text, length);
}

const struct seat talk_candidate_seat = {
    .speaker = "Interviewer",
    .listener = "You",
    .commands = slash_table,
    .complete = slash_complete,
    .line = say_line,
    .phase = show_keys,
    .before_prompt = say_twist_if_due,
};

static void take_line(struct talk *t, struct buffer *line)
{
    const struct slash *command = NULL;
    const char *words = "";
    struct error e;
    error_init(&e);
    while (line->length && strchr(" \t\n", line->data[line->length - 1]))
        buffer_truncate(line, line->length - 1);
    prompt_remember(t->prompt, line->data);
    enum slash_found found = slash_find(t->seat->commands, line->data, &command, &words, &e);
    if (t->session->paused && !(found == SLASH_COMMAND && command->while_paused))
        go_on_after_pause(t);
    if (found == SLASH_WRONG)
        talk_tell_error(t, &e);
    else if (found == SLASH_COMMAND && t->session->pressure && !command->in_pressure)
        talk_tell(t, "/%s is not there under pressure.", command->name);
    else if (found == SLASH_COMMAND)
        command->run(t, words);
    else if (line->length)
        t->seat->line(t, line->data, line->length);
}

/* What ends the talk is not followed by more of the same paste: it would answer questions that nobody has seen. */
static void take_each_line(struct talk *t, const struct buffer *lines)
{
    struct buffer line = BUFFER_INIT;
    size_t length;
    for (const char *at = lines->data; *at; at += length + (at[length] != '\0')) {
        length = strcspn(at, "\n");
        if (strspn(at, " \t") >= length)
            continue;
        if (t->end != TALK_RUNNING) {
            talk_tell(t, "What was pasted behind that is left out.");
            break;
        }
        buffer_clear(&line);
        buffer_add(&line, at, length);
        take_line(t, &line);
    }
    buffer_release(&line);
}

void talk_take_line(struct talk *t, struct buffer *line)
{
    if (t->seat->by_lines && strchr(line->data, '\n') &&
        t->seat->by_lines(line->data, line->length))
        take_each_line(t, line);
    else
        take_line(t, line);
}

/* Who goes on to talk has answered that as well: what was typed is a line like every other. */
static void offer_to_pause(struct talk *t)
{
    enum { LAST_THAT_PAUSES = 3 };
    static const char *const answers[] = { "yes",  "pause", "leave",    "",
                                           "stay", "no",    "continue", NULL };
    struct buffer line = BUFFER_INIT;
    int answer = talk_ask(t, "Pause and leave? Enter does, c goes on: ", &line)
                     ? slash_answer(line.data, answers)
                     : LAST_THAT_PAUSES;
    if (answer < 0) {
        talk_take_line(t, &line);
    } else if (answer <= LAST_THAT_PAUSES) {
        talk_pause(t, "end");
        t->end = TALK_PAUSED;
    }
    buffer_release(&line);
}

/* A person is offered to pause, or under pressure to end; a file that ends ends the session, but for an interview
 * (prompt_end_is_hangup()). */
static void end_of_input(struct talk *t)
{
    if (!prompt_interactive(t->prompt)) {
        talk_finish(t);
    } else if (t->session->pressure) {
        slash_quit(t, "");
    } else if (t->session->paused) {
        t->end = TALK_PAUSED;
    } else {
        offer_to_pause(t);
    }
}

static void save_what_waits(struct talk *t)
{
    size_t waited = log_waiting(t->log);
    if (waited > 0 && log_flush(t->log, NULL) == 0)
        tell_saved(t, waited);
    else if (waited > 0)
        talk_tell(t, "%zu %s not saved yet.", waited, lines_in_words(waited));
}

static void before_prompt(struct talk *t)
{
    save_what_waits(t);
    if (t->session->paused)
        return;
    t->seat->before_prompt(t);
    warn_of_time(t);
}

/* The line that was being typed is not said, and not lost: it stands there again when one resumes. */
static void hang_up(struct talk *t, const struct buffer *typed)
{
    pause_in_line(t, "hangup", typed);
    t->end = TALK_HANGUP;
}

enum talk_end talk_run(struct talk *t)
{
    struct buffer line = BUFFER_INIT, label = BUFFER_INIT;
    prompt_set_completer(t->prompt, t->seat->complete, t);
    while (t->end == TALK_RUNNING) {
        before_prompt(t);
        make_label(t, &label);
        enum prompt_result result = prompt_read(t->prompt, label.data, &line);
        t->gap = t->gap && !prompt_interactive(t->prompt);
        if (prompt_resized(t->prompt))
            screen_measure(&t->screen, t->out);
        switch (result) {
        case PROMPT_LINE:
            if (!t->fake || !fake_clock_line(t->fake, line.data))
                talk_take_line(t, &line);
            break;
        case PROMPT_END:
            end_of_input(t);
            break;
        case PROMPT_INTERRUPTED:
            break;
        case PROMPT_HANGUP:
            hang_up(t, &line);
            break;
        }
    }
    buffer_release(&line);
    buffer_release(&label);
    return t->end;
}
