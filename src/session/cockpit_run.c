/* What the interviewer's commands do; cockpit.c has their table. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "session/agenda.h"
#include "session/cockpit.h"

/* --- judging --- */

/* The line that a judgement rests on: the one that was named, else the last line or note.
 * Whoever scores a transcript has said nothing last, so only a note of their own counts.
 */
int cockpit_evidence(struct talk *t, size_t line, struct evidence_place *out,
                     struct error *e)
{
    const struct session *s = t->session;
    if (line)
        return tags_evidence(s, line, out, e);
    *out = tags_last_evidence(s, t->cockpit->by);
    if (t->cockpit->scoring && out->event &&
        (out->event->type != EVENT_NOTE ||
         strcmp(session_author(s, out->event), t->cockpit->by) != 0))
        out->event = NULL;
    return 0;
}

void cockpit_set_evidence(struct event *e, const struct evidence_place *place)
{
    if (!place->event)
        return;
    event_set_json(e, "of", json_integer((json_int_t)place->event->number));
    event_set_json(e, "start", json_integer((json_int_t)place->start));
    event_set_json(e, "end", json_integer((json_int_t)place->end));
}

/* What is absent rests on no line, unless one was named. */
static void record_tag(struct talk *t, size_t criterion, enum verdict verdict,
                       const struct evidence_place *place)
{
    struct event e;
    talk_event(t, &e, EVENT_TAG);
    event_set(&e, "by", t->cockpit->by);
    event_set(&e, "criterion", t->session->rubric->criteria[criterion].id);
    event_set(&e, "verdict", verdict_names[verdict]);
    cockpit_set_evidence(&e, place);
    talk_record(t, &e);
}

/* "deep dive 4:10: ", where the evidence was said or noted. */
static void add_moment(const struct session *s, const struct event *e, struct buffer *out)
{
    const struct moment *moment = &s->moments.items[e - s->events.items];
    char used[CLOCK_TEXT_SIZE];
    clock_text(moment->used, used);
    if (s->clock && !moment->over)
        buffer_printf(out, "%s %s: ", s->scenario->phases[moment->phase].title, used);
}

static void describe_tag(const struct session *s, const struct tag *tag, struct buffer *out)
{
    buffer_add_string(out, verdict_names[tag->verdict]);
    if (tag->evidence.event) {
        buffer_printf(out, ", @%zu ", tag->evidence.event->number);
        add_moment(s, tag->evidence.event, out);
        cockpit_quote(&tag->evidence, out);
    } else if (tag->verdict != VERDICT_ABSENT) {
        buffer_add_string(out, ", resting on no line and no note");
    }
}

/* The tags as they stand now, and where to go on. */
static void confirm(struct talk *t, const struct tag_words *words)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    struct tags tags;
    cockpit_tags(t, &tags);
    for (size_t i = 0; i < words->count; i++) {
        buffer_clear(&text);
        describe_tag(t->session, &tags.criteria[words->pairs[i].criterion], &text);
        cockpit_criterion_row(t, &out, i ? "" : "Tagged", words->pairs[i].criterion,
                              text.data);
    }
    int probe = t->session->ended ? -1 : agenda_probe(t->session, &tags);
    if (probe >= 0)
        cockpit_criterion_row(t, &out, "Next probe", (size_t)probe, "");
    cockpit_show(t, &out);
    buffer_release(&text);
}

void cockpit_tag(struct talk *t, const char *given)
{
    struct tag_words words;
    struct evidence_place place;
    struct error e;
    error_init(&e);
    if (tags_parse(t->session->rubric, given, &words, &e) < 0 ||
        cockpit_evidence(t, words.line, &place, &e) < 0) {
        talk_tell(t, "Nothing was tagged: %s%s", e.message, talk_stop(e.message));
        return;
    }
    size_t number = place.event ? place.event->number : 0;
    cockpit_judges(t);
    for (size_t i = 0; i < words.count; i++) {
        enum verdict verdict = words.pairs[i].verdict;
        place.event = number ? session_event(t->session, number) : NULL;
        if (verdict == VERDICT_ABSENT && !words.line)
            place.event = NULL;
        record_tag(t, words.pairs[i].criterion, verdict, &place);
    }
    confirm(t, &words);
}

static void flag_rows(struct talk *t, const struct tags *tags, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < tags->flag_count; i++) {
        buffer_clear(&text);
        buffer_printf(&text, "%s%s%s", tags->flags[i].text,
                      tags->flags[i].flag ? "; said otherwise" : "",
                      tags->flags[i].evidence.event ? ": " : "");
        cockpit_quote(&tags->flags[i].evidence, &text);
        cockpit_row(t, out, i ? "" : "Red flags", text.data);
    }
    buffer_release(&text);
}

void cockpit_list_tags(struct talk *t, const char *words)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    struct tags tags;
    (void)words;
    cockpit_tags(t, &tags);
    for (size_t i = 0; i < t->session->rubric->criterion_count; i++) {
        if (!tags.criteria[i].number)
            continue;
        buffer_clear(&text);
        describe_tag(t->session, &tags.criteria[i], &text);
        cockpit_criterion_row(t, &out, out.length ? "" : "Tagged", i, text.data);
    }
    flag_rows(t, &tags, &out);
    if (!out.length)
        talk_tell(t, "Nothing is tagged yet.");
    cockpit_show(t, &out);
    buffer_release(&text);
}

void cockpit_lines(struct talk *t, const char *words)
{
    (void)words;
    cockpit_show_transcript(t);
}

/* One criterion by the words of the rubric; how the candidate did is the interviewer's to say. */
static void show_criterion(struct talk *t, size_t criterion)
{
    const struct session *s = t->session;
    const struct criterion *c = &s->rubric->criteria[criterion];
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    struct tags tags;
    cockpit_tags(t, &tags);
    buffer_printf(&text, "%s; %s", c->title, c->dimension);
    if (c->must_from != LEVEL_NONE)
        buffer_printf(&text, ", a must from %s", level_names[c->must_from]);
    cockpit_criterion_row(t, &out, "Criterion", criterion, text.data);
    if (c->description)
        cockpit_row(t, &out, "Explained", c->description);
    if (c->probe)
        cockpit_row(t, &out, "Probe", c->probe);
    cockpit_row(t, &out, "Asked", tags_was_asked(s, c->id, 0) ? "yes" : "not yet");
    buffer_clear(&text);
    if (tags.criteria[criterion].number)
        describe_tag(s, &tags.criteria[criterion], &text);
    cockpit_row(t, &out, "Tagged", text.length ? text.data : "not yet");
    cockpit_show(t, &out);
    buffer_release(&text);
}

void cockpit_todo(struct talk *t, const char *words)
{
    size_t last = t->session->scenario->phase_count - 1;
    struct error e;
    error_init(&e);
    if (*words && strcmp(words, "all") != 0) {
        int found = tags_find_criterion(t->session->rubric, words, strlen(words), &e);
        if (found < 0)
            talk_tell_error(t, &e);
        else
            show_criterion(t, (size_t)found);
        return;
    }
    bool all = !strcmp(words, "all") || t->session->ended;
    cockpit_agenda(t, 0, all ? last : t->session->phase, all ? 99 : 12);
}

/* --- asking and giving --- */

static bool is_over(struct talk *t)
{
    if (t->session->ended)
        talk_tell(t,
                  "The interview is over: notes and tags can be added, nothing asked.");
    return t->session->ended;
}

/* A word that names a criterion for certain; short ones may as well begin a question. */
enum { NAME_LEAST = 3 };

static int named_criterion(const struct talk *t, const char *words, size_t *length)
{
    *length = strcspn(words, " \t\n");
    bool number = *length > 0 && strspn(words, "0123456789") == *length;
    if (!number && *length < NAME_LEAST && words[*length])
        return TAGS_NONE;
    return tags_find_criterion(t->session->rubric, words, *length, NULL);
}

static void say_probe(struct talk *t, int criterion, const char *text)
{
    const struct criterion *c =
        criterion >= 0 ? &t->session->rubric->criteria[criterion] : NULL;
    struct buffer remark = BUFFER_INIT;
    if (c)
        buffer_printf(&remark, "a probe, %d %s", criterion + 1, c->id);
    talk_interviewer(t, SAY_PROBE, c ? c->id : NULL, text, c ? remark.data : "a probe");
    buffer_release(&remark);
}

/* What was said cannot be unsaid, so nothing is said before it is clear what was meant. */
static void tell_unclear(struct talk *t, const char *word, size_t length, bool more)
{
    struct error e;
    error_init(&e);
    tags_find_criterion(t->session->rubric, word, length, &e);
    talk_tell(t, "Nothing was asked: %s%s%s", e.message, talk_stop(e.message),
              more ? " A capital letter begins words of your own." : "");
}

static void probe_in_words(struct talk *t, const char *words)
{
    size_t length;
    int named = named_criterion(t, words, &length);
    const char *rest = words + length + strspn(words + length, " \t\n");
    if (named == TAGS_SEVERAL || (named < 0 && !*rest))
        tell_unclear(t, words, length, *rest);
    else if (named >= 0 && *rest)
        say_probe(t, named, rest);
    else if (named >= 0 && t->session->rubric->criteria[named].probe)
        say_probe(t, named, t->session->rubric->criteria[named].probe);
    else if (named >= 0)
        talk_tell(t, "There is no probe for it; your own words may follow the name.");
    else
        say_probe(t, -1, words);
}

void cockpit_probe(struct talk *t, const char *words)
{
    struct tags tags;
    if (is_over(t))
        return;
    if (*words) {
        probe_in_words(t, words);
        return;
    }
    cockpit_tags(t, &tags);
    int probe = agenda_probe(t->session, &tags);
    if (probe < 0)
        talk_tell(t,
                  "Nothing is left to probe up to this phase; /p and a name asks again.");
    else
        say_probe(t, probe, t->session->rubric->criteria[probe].probe);
}

static void list_facts(struct talk *t)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    const struct session *s = t->session;
    for (size_t i = 0; i < s->scenario->fact_count; i++) {
        buffer_clear(&text);
        buffer_printf(&text, "%s  %s%s", s->scenario->facts[i].id,
                      s->scenario->facts[i].topic, s->facts_asked[i] ? " (given)" : "");
        cockpit_numbered_row(t, &out, i ? "" : "Facts", i + 1, text.data);
    }
    cockpit_row(t, &out, out.length ? "" : "Facts",
                out.length ? "/f and a number or name gives one."
                           : "none in this problem");
    cockpit_show(t, &out);
    buffer_release(&text);
}

/* By number, name, or the question that it answers; of several things asked by the first. */
static int find_fact(struct talk *t, const char *words, struct error *e)
{
    size_t length = strcspn(words, " \t\n");
    if (!words[length])
        return tags_find_fact(t->session->scenario, words, length, e);
    struct reply replies[REPLIES_MOST];
    facts_answers(interviewer_facts(t->interviewer), words, strlen(words), replies);
    return replies[0].kind == REPLY_FACT
               ? (int)replies[0].fact
               : error_set(e, ERROR_USAGE, "no one fact answers that; /f lists them");
}

void cockpit_fact(struct talk *t, const char *words)
{
    struct error e;
    error_init(&e);
    if (!*words) {
        list_facts(t);
        return;
    }
    if (is_over(t))
        return;
    int found = find_fact(t, words, &e);
    if (found < 0) {
        talk_tell_error(t, &e);
        return;
    }
    const struct fact *fact = &t->session->scenario->facts[found];
    talk_interviewer(t, SAY_FACT, fact->id, fact->answer, NULL);
}

enum { HINTS_MOST = 64 };

static void list_hints(struct talk *t)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    const struct session *s = t->session;
    struct tags tags;
    size_t ladders[HINTS_MOST];
    cockpit_tags(t, &tags);
    size_t count = agenda_hints(s, &tags, ladders, HINTS_MOST);
    for (size_t i = 0; i < count; i++) {
        const struct hint_step *step = session_next_hint(s, ladders[i]);
        buffer_clear(&text);
        buffer_printf(&text, "%.3g point%s: %s", step->price, step->price == 1 ? "" : "s",
                      step->text);
        cockpit_criterion_row(
            t, &out, i ? "" : "Hints",
            (size_t)rubric_find(s->rubric, s->scenario->hints[ladders[i]].criterion),
            text.data);
    }
    cockpit_row(t, &out, count ? "" : "Hints",
                count ? "/h and a number or name gives one." : "none up to this phase");
    cockpit_show(t, &out);
    buffer_release(&text);
}

static void give_hint(struct talk *t, size_t ladder)
{
    talk_hint(t, ladder);
}

void cockpit_hint(struct talk *t, const char *words)
{
    const struct session *s = t->session;
    struct error e;
    error_init(&e);
    if (is_over(t))
        return;
    if (!*words) {
        list_hints(t);
        return;
    }
    int found = tags_find_criterion(s->rubric, words, strlen(words), &e);
    if (found < 0) {
        talk_tell_error(t, &e);
        return;
    }
    for (size_t i = 0; i < s->scenario->hint_count; i++)
        if (!strcmp(s->scenario->hints[i].criterion, s->rubric->criteria[found].id) &&
            (size_t)s->hints_taken[i] < s->scenario->hints[i].count) {
            give_hint(t, i);
            return;
        }
    talk_tell(t, "There is no further hint for %s.", s->rubric->criteria[found].id);
}

void cockpit_twist(struct talk *t, const char *words)
{
    const struct twist *twist = &t->session->scenario->twist;
    (void)words;
    if (twist->says && t->session->twist_said) {
        talk_show_spoken(t, twist->says, "the twist, read out already");
        return;
    }
    if (is_over(t))
        return;
    if (!twist->says)
        talk_tell(t, "This problem has no twist.");
    else
        talk_interviewer(t, SAY_TWIST, twist->criterion, twist->says, "the twist");
}

void cockpit_task(struct talk *t, const char *words)
{
    const struct scenario *scenario = t->session->scenario;
    (void)words;
    talk_show_spoken(t, scenario->prompt, NULL);
    if (scenario->twist.says && t->session->twist_said)
        talk_show_spoken(t, scenario->twist.says, "the twist");
}

/* --- moving --- */

void cockpit_next(struct talk *t, const char *words)
{
    (void)words;
    if (t->session->ended)
        talk_finish(t);
    else if (t->session->phase + 1 < t->session->scenario->phase_count)
        talk_enter_phase(t, t->session->phase + 1, "next");
    else
        talk_tell(
            t,
            "This is the last phase; /quit ends the interview and asks for the verdict.");
}

void cockpit_back(struct talk *t, const char *words)
{
    if (t->session->ended)
        talk_tell(t, "The interview is over: its phases stay as they were.");
    else
        slash_back(t, words);
}

/* No clock runs while a transcript is scored. */
void cockpit_pause(struct talk *t, const char *words)
{
    if (t->session->ended)
        talk_tell(t, "No clock runs here. /quit leaves it; what you gave is kept.");
    else
        slash_pause(t, words);
}

static void describe_undone(const struct event *e, struct buffer *out)
{
    struct evidence_place place = { e, 0, event_text_length(e, "text") };
    const char *about = event_text(e, "about"); /* an answer on the way to a verdict */
    if (e->type == EVENT_TAG && *event_text(e, "criterion")) {
        buffer_printf(out, "the tag %s %s", event_text(e, "criterion"),
                      event_text(e, "verdict"));
    } else if (e->type == EVENT_TAG) {
        buffer_printf(out, "the red flag %s%s", event_text(e, "flag"),
                      event_text(e, "text"));
    } else {
        if (e->type == EVENT_NOTE && *about)
            buffer_printf(out, "the %s ", about);
        cockpit_quote(&place, out);
    }
}

/* The event of the one flag that was raised and begins so; 0: there is none, or several. */
static size_t raised_number(const struct tags *tags, const char *words)
{
    size_t number = 0, count = 0, length = strlen(words);
    for (size_t i = 0; i < tags->flag_count; i++) {
        const struct raised_flag *raised = &tags->flags[i];
        const char *name = raised->flag ? raised->flag->id : raised->text;
        if (strncmp(name, words, length) != 0)
            continue;
        number = raised->number;
        count++;
    }
    return count == 1 ? number : 0;
}

/* What is taken back: the last thing, or the tag or red flag that is named. 0: none, and that was told. */
static size_t find_undoable(struct talk *t, const char *words)
{
    size_t length = strcspn(words, " \t\n"), number;
    struct tags tags;
    struct error e;
    error_init(&e);
    if (!length) {
        number = session_last_undoable(t->session, t->cockpit->by);
        if (!number)
            talk_tell(t, "There is nothing to take back.");
        return number;
    }
    int found = tags_find_criterion(t->session->rubric, words, length, &e);
    cockpit_tags(t, &tags);
    number = found >= 0 ? tags.criteria[found].number : 0;
    if (!number)
        number = raised_number(&tags, words);
    if (!number && found < 0)
        talk_tell_error(t, &e);
    else if (!number)
        talk_tell(t, "%s is not tagged.", t->session->rubric->criteria[found].id);
    return number;
}

void cockpit_undo(struct talk *t, const char *words)
{
    size_t number = find_undoable(t, words);
    struct buffer what = BUFFER_INIT;
    struct event e;
    if (!number)
        return;
    describe_undone(session_event(t->session, number), &what);
    talk_event(t, &e, EVENT_UNDO);
    event_set_number(&e, "event", (double)number);
    talk_record(t, &e);
    talk_tell(t, "Taken back: %s", what.data);
    buffer_release(&what);
}

/* Asks how it is left. What is a command or said by the candidate is no answer, and goes on as what it is: "stay". */
static int choose_end(struct talk *t, const char *label, const char *const *answers,
                      int stay)
{
    struct buffer line = BUFFER_INIT;
    int answer = -1;
    while (answer < 0 && talk_ask(t, label, &line)) {
        size_t blank = strspn(line.data, " \t");
        answer = slash_answer(line.data, answers);
        if (answer < 0 && (line.data[blank] == '/' || line.data[blank] == '>')) {
            talk_take_line(t, &line);
            answer = stay;
        } else if (answer < 0) {
            slash_tell_none(t, &line);
        }
    }
    buffer_release(&line);
    return answer;
}

void cockpit_quit(struct talk *t, const char *words)
{
    enum { YES, VERDICT, PAUSE, LATER, STAY };
    static const char *const answers[] = { "yes", "verdict", "pause", "later",
                                           "",    "stay",    "no",    NULL };
    (void)words;
    if (!prompt_interactive(t->prompt)) {
        talk_finish(t);
        return;
    }
    int answer = choose_end(
        t,
        t->session->ended
            ? "Give the verdict (y), leave it for later (p), or stay (Enter)? "
            : "Give the verdict (y), pause the interview (p), or stay (Enter)? ",
        answers, STAY);
    if (answer == YES || answer == VERDICT) {
        talk_finish(t);
    } else if (answer <= LATER) {
        talk_pause(t, answer < 0 ? "end" : "asked");
        t->end = TALK_PAUSED;
    }
}
