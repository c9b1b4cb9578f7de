/* What the commands inside a session do; slash.h has their table. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "session/ask.h"
#include "session/editor.h"
#include "session/listen.h"
#include "session/model.h"
#include "session/slash.h"
#include "session/talk.h"

/* --- moving --- */

static void show_summary(struct talk *t, size_t phase)
{
    struct buffer covered = BUFFER_INIT, thin = BUFFER_INIT, text = BUFFER_INIT;
    interviewer_summary(t->interviewer, t->session, phase, &covered, &thin);
    if (covered.length)
        buffer_printf(&text, "Covered: %s.", covered.data);
    if (thin.length)
        buffer_printf(&text, "%sThin: %s.", text.length ? "\n" : "", thin.data);
    if (text.length)
        talk_tell(t, "%s", text.data);
    buffer_release(&covered);
    buffer_release(&thin);
    buffer_release(&text);
}

static bool is_untouched(const struct session *s)
{
    for (size_t i = s->said.count; i-- > 0;)
        if (s->said.items[i].phase == s->phase)
            return false;
    return true;
}

/* Who types /next twice, because the first brings a question so often, would lose the last phase. A
 * file knows what it has. */
static bool holds_the_end(struct talk *t)
{
    const struct session *s = t->session;
    if (t->end_told || !prompt_interactive(t->prompt) || !is_untouched(s))
        return false;
    t->end_told = true;
    talk_tell(t, "Nothing said in %s yet. /next once more ends%s.",
              s->scenario->phases[s->phase].title, s->said.count ? " and grades" : "");
    return true;
}

void slash_next(struct talk *t, const char *words)
{
    (void)words;
    struct session *s = t->session;
    size_t phase = s->phase;
    bool last = phase + 1 == s->scenario->phase_count;
    if (listen_contradiction(t) || listen_challenge(t))
        return;
    if (interviewer_twist_overdue(s)) {
        talk_twist(t);
        return;
    }
    int probe = interviewer_probe(t->interviewer, s, talk_now(t));
    if (probe >= 0) {
        ask_about(t, NULL, (size_t)probe);
        return;
    }
    if (last && holds_the_end(t))
        return;
    if (!s->pressure)
        show_summary(t, phase);
    if (!last) {
        talk_enter_phase(t, phase + 1, "next");
        return;
    }
    talk_tell(t, "That was the last phase: the interview is over%s.",
              s->said.count ? ", and is graded now" : "");
    talk_finish(t);
}

void slash_back(struct talk *t, const char *words)
{
    (void)words;
    if (t->session->phase == 0)
        talk_tell(t, "This is the first phase.");
    else
        talk_enter_phase(t, t->session->phase - 1, "back");
}

void slash_skip(struct talk *t, const char *words)
{
    (void)words;
    if (t->session->phase + 1 < t->session->scenario->phase_count)
        talk_enter_phase(t, t->session->phase + 1, "skip");
    else
        talk_tell(t, "This is the last phase; /quit ends the session.");
}

/* --- saying --- */

void slash_ask(struct talk *t, const char *words)
{
    talk_candidate(t, words, strlen(words), true);
}

void slash_note(struct talk *t, const char *words)
{
    struct event e;
    talk_event(t, &e, EVENT_NOTE);
    event_set(&e, "text", words);
    talk_record(t, &e);
    talk_tell(t, "Noted.");
}

void slash_edit(struct talk *t, const char *words)
{
    (void)words;
    struct buffer text = BUFFER_INIT;
    struct error e;
    error_init(&e);
    session_phase_text(t->session, t->session->phase, &text);
    uint64_t before = hash_bytes(HASH_START, text.data, text.length);
    prompt_suspend(t->prompt);
    int result = editor_change(&text, prompt_interactive(t->prompt), &e);
    prompt_continue(t->prompt);
    if (result < 0) {
        talk_tell_error(t, &e);
    } else if (hash_bytes(HASH_START, text.data, text.length) == before) {
        talk_tell(t, "Nothing was changed.");
    } else {
        struct event event;
        talk_event(t, &event, EVENT_EDIT);
        event_set(&event, "phase", t->session->scenario->phases[t->session->phase].id);
        event_set_bytes(&event, "text", text.data, text.length);
        talk_record(t, &event);
        talk_tell(t, "This phase now reads as you saved it.");
    }
    buffer_release(&text);
}

/* The beginning of what an event holds, to show which is meant. */
static void quote_beginning(const struct event *e, struct buffer *out)
{
    const char *text = event_text(e, "text");
    size_t length = strcspn(text, "\n"), size = utf8_fit_words(text, length, 48);
    buffer_printf(out, "\"%.*s%s\"", (int)size, text, text[size] ? " ..." : "");
}

void slash_undo(struct talk *t, const char *words)
{
    (void)words;
    size_t number = session_last_undoable(t->session, NULL);
    if (!number) {
        talk_tell(t, t->session->phases[t->session->phase].challenges > 0
                         ? "What was asked about stays; say what you would change."
                         : "There is nothing to take back in this phase.");
        return;
    }
    struct buffer quote = BUFFER_INIT;
    const struct event *taken = session_event(t->session, number);
    bool edit = taken->type == EVENT_EDIT;
    quote_beginning(taken, &quote);
    struct event e;
    talk_event(t, &e, EVENT_UNDO);
    event_set_number(&e, "event", (double)number);
    talk_record(t, &e);
    if (edit)
        talk_tell(t, "The edit is taken back.");
    else
        talk_tell(t, "Taken back: %s", quote.data);
    buffer_release(&quote);
}

/* --- help from the interviewer --- */

static void add_price(struct buffer *out, double price)
{
    buffer_printf(out, "%.3g point%s", price, price == 1 ? "" : "s");
}

/* Number of a ladder in this phase, from 1; 0: there is no room for one more. */
static size_t number_of(struct hint_numbers *numbers, size_t ladder)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->ladders[i] == ladder)
            return i + 1;
    if (numbers->count == HINTS_NUMBERED)
        return 0;
    numbers->ladders[numbers->count] = ladder;
    return ++numbers->count;
}

/* Numbers those that have none yet, and puts all in the order of their numbers. */
static void number_hints(struct talk *t, size_t *ladders, size_t count)
{
    if (t->hints.phase != t->session->phase)
        t->hints = (struct hint_numbers) { .phase = t->session->phase };
    for (size_t i = 0; i < count; i++) {
        size_t ladder = ladders[i], number = number_of(&t->hints, ladder), at = i;
        for (; at > 0 && number_of(&t->hints, ladders[at - 1]) > number; at--)
            ladders[at] = ladders[at - 1];
        ladders[at] = ladder;
    }
}

static void list_hints(struct talk *t, const size_t *ladders, size_t count)
{
    const struct session *s = t->session;
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        int c = rubric_find(s->rubric, s->scenario->hints[ladders[i]].criterion);
        buffer_printf(&text, "%zu  %s (%s): ", number_of(&t->hints, ladders[i]),
                      s->rubric->criteria[c].title, s->rubric->criteria[c].id);
        add_price(&text, session_next_hint(s, ladders[i])->price);
        if (s->hints_taken[ladders[i]])
            buffer_add_string(&text, ", more than before");
        buffer_add_char(&text, '\n');
    }
    buffer_add_string(&text,
                      "This list is free. To take one: /hint and its number or name.");
    talk_tell(t, "%s", text.data);
    buffer_release(&text);
}

/* Index in `ladders` by number, by name or by its unique beginning; -1: none. */
static int find_hint(struct talk *t, const size_t *ladders, size_t count,
                     const char *words)
{
    const struct session *s = t->session;
    char *end;
    long number = strtol(words, &end, 10);
    int found = -1;
    if (end != words && !*end) {
        for (size_t i = 0; i < count && number > 0; i++)
            found = number_of(&t->hints, ladders[i]) == (size_t)number ? (int)i : found;
        return found;
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = s->scenario->hints[ladders[i]].criterion;
        if (!strcmp(name, words))
            return (int)i;
        if (strncmp(name, words, strlen(words)) != 0)
            continue;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

void slash_hint(struct talk *t, const char *words)
{
    size_t ladders[HINTS_SHOWN];
    size_t count = interviewer_hints(t->interviewer, t->session, ladders, HINTS_SHOWN);
    if (count == 0) {
        talk_tell(t, "There is no hint for this phase now.");
        return;
    }
    number_hints(t, ladders, count);
    int chosen = *words ? find_hint(t, ladders, count, words) : -1;
    if (!*words) {
        list_hints(t, ladders, count);
    } else if (chosen < 0) {
        talk_tell(t, "There is no hint '%s'.", words);
        list_hints(t, ladders, count);
    } else {
        talk_hint(t, ladders[chosen]);
    }
}

static void show_model(struct talk *t, size_t phase)
{
    const char *id = t->session->scenario->phases[phase].id;
    const char *text = model_answer(t->session->rubric, id);
    if (!text) {
        talk_tell(t, "There is no strong answer to %s to show.", id);
        return;
    }
    struct event e;
    talk_event(t, &e, EVENT_SAY);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", say_kind_names[SAY_REMARK]);
    event_set(&e, "about", "model");
    event_set(&e, "of", id);
    event_set(&e, "text", text);
    talk_record(t, &e);
    talk_tell(t, "A strong answer to %s. What you add to this phase from now on is not graded.",
              t->session->scenario->phases[phase].title);
    talk_tell(t, "%s", text);
}

void slash_model(struct talk *t, const char *words)
{
    const struct session *s = t->session;
    int phase = *words ? session_phase_named(s, words) : (int)s->phase - 1;
    if (*words && phase < 0)
        talk_tell(t, "There is no phase '%s'; Tab behind /model lists them.", words);
    else if (phase < 0 || (size_t)phase == s->phase || !model_attempted(s, (size_t)phase))
        talk_tell(t, "A strong answer is shown to a phase that you attempted and left.");
    else
        show_model(t, (size_t)phase);
}

/* --- the rest --- */

static void add_time(const struct session *s, struct buffer *out, int64_t used, double minutes)
{
    char text[CLOCK_TEXT_SIZE];
    clock_text(used, text);
    buffer_add_string(out, text);
    if (!s->clock)
        return;
    clock_text((int64_t)(minutes * 60000), text);
    buffer_printf(out, " of %s", text);
}

void slash_time(struct talk *t, const char *words)
{
    (void)words;
    const struct session *s = t->session;
    struct buffer text = BUFFER_INIT;
    double minutes = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++) {
        buffer_printf(&text, "%s%s: ", s->scenario->phases[i].title,
                      i == s->phase          ? " (now)"
                      : s->phases[i].skipped ? " (left out)"
                                             : "");
        add_time(s, &text, session_used(s, i, talk_now(t)), s->phases[i].minutes);
        buffer_add_char(&text, '\n');
        minutes += s->phases[i].minutes;
    }
    buffer_add_string(&text, "in all: ");
    add_time(s, &text, session_used_in_all(s, talk_now(t)), minutes);
    talk_tell(t, "%s", text.data);
    buffer_release(&text);
}

void slash_pause(struct talk *t, const char *words)
{
    (void)words;
    if (t->session->paused) {
        talk_tell(t, "It is paused already.");
        return;
    }
    talk_pause(t, "asked");
    talk_tell(
        t,
        "Paused, and saved. Enter goes on; /quit leaves, and 'viva resume %.8s%s' goes on later.",
        session_id(t->session), t->again ? t->again : "");
}

static void help_for(struct talk *t, const char *name)
{
    struct error e;
    error_init(&e);
    const struct slash *row = slash_named(t->seat->commands, name, &e);
    char letter[] = { '/', row && row->letter ? row->letter : '\0', '\0' };
    if (!row)
        talk_tell_error(t, &e);
    else if (t->session->pressure && !row->in_pressure)
        talk_tell(t, "/%s is not there under pressure.", row->name);
    else
        talk_tell(t, "%s%s/%s%s%s: %s", row->letter ? letter : "",
                  row->letter ? " or " : "", row->name, *row->words ? " " : "",
                  row->words, slash_help_words(row, t->session->pressure));
}

void slash_help(struct talk *t, const char *words)
{
    if (*words) {
        help_for(t, *words == '/' ? words + 1 : words);
        return;
    }
    struct buffer out = BUFFER_INIT, name = BUFFER_INIT;
    int column = t->cockpit ? 20 : 18;
    buffer_add_char(&out, '\n');
    for (const struct slash *row = t->seat->commands; row->name; row++) {
        if (!slash_is_offered(t, row))
            continue;
        buffer_clear(&name);
        if (row->letter)
            buffer_printf(&name, "/%c ", row->letter);
        buffer_printf(&name, "/%s%s%s", row->name, *row->words ? " " : "", row->words);
        buffer_repeat(&out, " ", TALK_INDENT);
        screen_cell(&out, &t->screen, name.data, column);
        const char *help = slash_help_words(row, t->session->pressure);
        int indent = TALK_INDENT + column;
        bool narrow =
            t->screen.width - indent < 20; /* the words stand below the name then */
        if (narrow)
            buffer_add_char(&out, '\n');
        indent = narrow ? TALK_INDENT + 2 : indent;
        screen_wrap(&out, help, strlen(help), t->screen.width, indent,
                    narrow ? indent : -indent);
        buffer_add_char(&out, '\n');
    }
    screen_write(t->out, &out);
    buffer_release(&out);
    buffer_release(&name);
    t->gap = false;
    talk_tell(
        t,
        "The beginning of a name is enough. To say a line that begins with /, type it with //. "
        "Ctrl-C drops the line, Ctrl-D %s.",
        t->session->pressure ? "ends the session" : "pauses and leaves");
}

int slash_answer(const char *answer, const char *const *words)
{
    size_t blank = strspn(answer, " \t"), length = strlen(answer);
    while (length > blank && strchr(" \t", answer[length - 1]))
        length--;
    for (int i = 0; words[i]; i++)
        if (length == blank ? !*words[i]
                            : !strncasecmp(words[i], answer + blank, length - blank))
            return i;
    return -1;
}

void slash_tell_none(struct talk *t, const struct buffer *answer)
{
    talk_tell(t, "'%.*s' is none of these.",
              (int)utf8_fit(answer->data, answer->length, 40), answer->data);
}

int slash_choose(struct talk *t, const char *label, const char *const *words)
{
    struct buffer answer = BUFFER_INIT;
    int found = -1;
    while (found < 0 && talk_ask(t, label, &answer))
        if ((found = slash_answer(answer.data, words)) < 0)
            slash_tell_none(t, &answer);
    buffer_release(&answer);
    return found;
}

void slash_quit(struct talk *t, const char *words)
{
    enum { YES, END, PAUSE, LATER };
    static const char *const answers[] = { "yes", "end",  "pause", "later",
                                           "",    "stay", "no",    NULL };
    (void)words;
    bool pressure = t->session->pressure;
    if (!prompt_interactive(t->prompt)) {
        talk_finish(t);
        return;
    }
    if (t->session->paused) {
        t->end = TALK_PAUSED;
        return;
    }
    int answer = slash_choose(
        t,
        pressure ? "End and grade? y ends, Enter stays: "
                 : "End and grade (y), pause for later (p), or stay (Enter)? ",
        answers);
    if (answer == YES || answer == END) {
        talk_finish(t);
    } else if (!pressure && answer <= LATER) {
        talk_pause(t, answer < 0 ? "end" : "asked");
        t->end = TALK_PAUSED;
    }
}
