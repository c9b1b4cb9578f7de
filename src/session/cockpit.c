#include "session/cockpit.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "session/agenda.h"
#include "session/seal.h"

const struct slash cockpit_table[] = {
    { "tag", "name 0|1|2",
      "judge one or more criteria: 0 absent, 1 mentioned, 2 explained; rests on the last "
      "line "
      "or note, or on line 12 with @12 behind it",
      .takes_words = true, .needs_words = true, .while_paused = true, .run = cockpit_tag,
      .letter = 't' },
    { "tags", "", "show what is tagged so far", .while_paused = true,
      .run = cockpit_list_tags },
    { "lines", "", "show what was said and noted, with the numbers that @12 means",
      .while_paused = true, .run = cockpit_lines },
    { "todo", "[all|name]",
      "show what is untouched, and the next probe; or what one criterion asks for",
      .takes_words = true, .while_paused = true, .run = cockpit_todo },
    { "task", "", "show the problem again, and the twist if it was read out",
      .while_paused = true, .run = cockpit_task },
    { "probe", "[name]",
      "ask the next probe, or one on a criterion; your own words may follow",
      .takes_words = true, .while_open = true, .run = cockpit_probe, .letter = 'p' },
    { "fact", "[name]", "list the facts, or give one", .takes_words = true,
      .while_open = true, .run = cockpit_fact, .letter = 'f' },
    { "hint", "[name]", "list the hints and their prices, or give one",
      .takes_words = true, .while_open = true, .run = cockpit_hint, .letter = 'h' },
    { "twist", "", "read out the twist; again shows it", .while_open = true,
      .run = cockpit_twist, .letter = 'w' },
    { "flag", "[name]",
      "list the problem's red flags, find others by a word, or raise one, or one in your "
      "own words",
      .takes_words = true, .while_paused = true, .run = cockpit_flag, .letter = 'g' },
    { "next", "", "go on to the next phase", .run = cockpit_next, .letter = 'n' },
    { "back", "", "return to the phase before", .while_open = true, .run = cockpit_back,
      .letter = 'b' },
    { "undo", "[name]",
      "take back what you did last, or the tag or red flag of that name",
      .takes_words = true, .while_paused = true, .run = cockpit_undo, .letter = 'u' },
    { "time", "", "show the minutes per phase", .while_paused = true, .run = slash_time },
    { "pause", "", "stop the clock", .while_paused = true, .while_open = true,
      .run = cockpit_pause },
    { "help", "[command]", "show this", .takes_words = true, .while_paused = true,
      .run = slash_help },
    { "quit", "", "end the interview and give the verdict, or pause it",
      .while_paused = true, .run = cockpit_quit, .letter = 'q' },
    { NULL, .run = NULL },
};

bool cockpit_name_fits(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= COCKPIT_NAME_MOST &&
           strspn(name,
                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               length;
}

void cockpit_tags(struct talk *t, struct tags *out)
{
    arena_reset(&t->cockpit->arena);
    tags_read(t->session, t->cockpit->by, &t->cockpit->arena, out);
}

/* --- rows --- */

void cockpit_row(const struct talk *t, struct buffer *out, const char *label,
                 const char *text)
{
    screen_style(out, &t->screen, SCREEN_SPEAKER);
    screen_cell(out, &t->screen, label, TALK_INDENT - 1);
    screen_style(out, &t->screen, SCREEN_NORMAL);
    buffer_add_char(out, ' ');
    screen_wrap(out, text, strlen(text), t->screen.width, TALK_INDENT, -TALK_INDENT);
    buffer_add_char(out, '\n');
}

void cockpit_numbered_row(const struct talk *t, struct buffer *out, const char *label,
                          size_t number, const char *text)
{
    int column = TALK_INDENT + (number < 100 ? 3 : 4);
    screen_style(out, &t->screen, SCREEN_SPEAKER);
    screen_cell(out, &t->screen, label, TALK_INDENT - 1);
    screen_style(out, &t->screen, SCREEN_NORMAL);
    buffer_printf(out, " %2zu ", number);
    screen_wrap(out, text, strlen(text), t->screen.width, column, -column);
    buffer_add_char(out, '\n');
}

void cockpit_criterion_row(const struct talk *t, struct buffer *out, const char *label,
                           size_t criterion, const char *more)
{
    const struct criterion *c = &t->session->rubric->criteria[criterion];
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%s%s%s", c->id, *more ? "  " : "", more);
    cockpit_numbered_row(t, out, label, criterion + 1, text.data);
    buffer_release(&text);
}

void cockpit_show(struct talk *t, struct buffer *rows_take)
{
    screen_write(t->out, rows_take);
    if (rows_take->length)
        t->gap = false;
    buffer_release(rows_take);
}

void cockpit_quote(const struct evidence_place *place, struct buffer *out)
{
    if (!place->event)
        return;
    const char *text = event_text(place->event, "text") + place->start;
    size_t length = strcspn(text, "\n");
    if (length > place->end - place->start)
        length = place->end - place->start;
    size_t size = utf8_fit_words(text, length, 48);
    buffer_printf(out, "\"%.*s%s\"", (int)size, text,
                  size < place->end - place->start ? " ..." : "");
}

/* --- what is still to be asked --- */

static void untouched_rows(struct talk *t, const struct tags *tags, size_t first,
                           size_t last, size_t most, struct buffer *out)
{
    const struct session *s = t->session;
    size_t *list = arena_array(&t->cockpit->arena, size_t, most);
    size_t count = agenda_untouched(s, tags, first, last, list, most);
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < count && i < most; i++) {
        const struct criterion *c = &s->rubric->criteria[list[i]];
        buffer_clear(&text);
        buffer_printf(&text, "%s%s%s", c->title,
                      c->must_from <= s->level ? " (a must)" : "",
                      tags_was_asked(s, c->id, 0) ? " (asked)" : "");
        cockpit_criterion_row(t, out, i ? "" : "Untouched", list[i], text.data);
    }
    buffer_clear(&text);
    buffer_printf(&text, "and %zu more; /todo all lists them", count - most);
    if (count > most)
        cockpit_row(t, out, "", text.data);
    if (!count)
        cockpit_row(t, out, "Untouched", "nothing here");
    buffer_release(&text);
}

static void probe_row(struct talk *t, const struct tags *tags, struct buffer *out)
{
    int probe = t->cockpit->scoring ? -1 : agenda_probe(t->session, tags);
    if (probe >= 0)
        cockpit_criterion_row(t, out, "Next probe", (size_t)probe,
                              t->session->rubric->criteria[probe].probe);
}

void cockpit_agenda(struct talk *t, size_t first, size_t last, size_t most)
{
    struct buffer out = BUFFER_INIT;
    struct tags tags;
    cockpit_tags(t, &tags);
    untouched_rows(t, &tags, first, last, most, &out);
    probe_row(t, &tags, &out);
    cockpit_show(t, &out);
}

enum { AGENDA_MOST = 5 };

/* What is beneath the head of a phase: what is open here, and what stayed open before. */
static void enter_phase(struct talk *t, size_t phase)
{
    struct buffer out = BUFFER_INIT;
    struct tags tags;
    size_t left[3], count;
    cockpit_agenda(t, phase, phase, AGENDA_MOST);
    cockpit_tags(t, &tags);
    count = phase ? agenda_untouched(t->session, &tags, 0, phase - 1, left, 3) : 0;
    for (size_t i = 0; i < count && i < 3; i++)
        cockpit_criterion_row(t, &out, i ? "" : "From before", left[i],
                              t->session->rubric->criteria[left[i]].title);
    cockpit_show(t, &out);
    if (phase == 0)
        talk_tell(
            t,
            "What you type is a note; > and words are what the candidate said.\n"
            "/t %zu 2 tags, /p asks the next probe, /f lists the facts, /n moves on, "
            "/help shows the rest.",
            (size_t)1);
    else
        talk_tell(
            t,
            "> said  /t tag  /p probe  /f fact  /h hint  /n next  /todo  /tags  /help");
}

static void tell_twist(struct talk *t)
{
    if (t->cockpit->twist_told || !interviewer_twist_due(t->session, talk_now(t)))
        return;
    t->cockpit->twist_told = true;
    talk_tell(t, "The twist is due: /w reads it out.");
}

/* --- lines --- */

static bool has_opened(const struct session *s, const char *by)
{
    for (size_t i = 0; i < s->events.count; i++)
        if (event_is_note(&s->events.items[i], "opened") &&
            !strcmp(session_author(s, &s->events.items[i]), by))
            return true;
    return false;
}

void cockpit_judges(struct talk *t)
{
    const char *by = t->cockpit->by;
    struct event e;
    if (!t->cockpit->scoring || !strcmp(by, session_interviewer(t->session)) ||
        seal_score(t->session, by) || has_opened(t->session, by))
        return;
    talk_event(t, &e, EVENT_NOTE);
    event_set(&e, "by", by);
    event_set(&e, "about", "opened");
    event_set(&e, "text", "began to give an own score");
    talk_record(t, &e);
}

void cockpit_note(struct talk *t, const char *about, const char *text, size_t length)
{
    if (about)
        cockpit_judges(t);
    for (size_t at = 0, size; at < length; at += size) {
        struct event e;
        size = talk_piece(text + at, length - at);
        talk_event(t, &e, EVENT_NOTE);
        event_set(&e, "by", t->cockpit->by);
        if (about)
            event_set(&e, "about", about);
        event_set_bytes(&e, "text", text + at, size);
        talk_record(t, &e);
    }
}

/* What /tag takes behind an @: the number of the line that was just written. */
static void tell_number(struct talk *t)
{
    const struct session *s = t->session;
    talk_tell(t, "@%zu", s->events.items[s->events.count - 1].number);
}

/* What the candidate said, without the mark at the beginning of the lines that have one.
 */
static void unmark(const char *text, size_t length, struct buffer *out)
{
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t size = stop ? (size_t)(stop + 1 - text) : (size_t)(end - text);
        size_t mark = *text == '>';
        mark += mark && size > mark && text[mark] == ' ';
        buffer_add(out, text + mark, size - mark);
        text += size;
    }
}

static void offer(struct talk *t, struct reply reply)
{
    const struct fact *facts = t->session->scenario->facts;
    if (reply.kind == REPLY_FACT)
        talk_tell(t, "/f %zu answers it: %s", reply.fact + 1, facts[reply.fact].answer);
    else if (reply.kind == REPLY_GIVEN)
        talk_tell(t, "The prompt has the figure that was asked for.");
    else if (reply.kind == REPLY_CLOSE && reply.other != reply.fact)
        talk_tell(t, "Near it: /f %zu (%s), /f %zu (%s)", reply.fact + 1,
                  facts[reply.fact].topic, reply.other + 1, facts[reply.other].topic);
    else if (reply.kind == REPLY_CLOSE)
        talk_tell(t, "Near it: /f %zu (%s)", reply.fact + 1, facts[reply.fact].topic);
}

/* Which facts answer what the candidate just asked; giving them is the interviewer's
 * choice. */
static void offer_facts(struct talk *t, const char *text, size_t length)
{
    struct reply replies[REPLIES_MOST];
    size_t count =
        facts_answers(interviewer_facts(t->interviewer), text, length, replies);
    for (size_t i = 0; i < count; i++)
        offer(t, replies[i]);
}

static void candidate_said(struct talk *t, const char *text, size_t length)
{
    struct buffer words = BUFFER_INIT;
    unmark(text, length, &words);
    size_t blank = strspn(words.data, " \t\n");
    bool question = talk_asks(t, words.data, words.length);
    if (t->session->ended) {
        talk_tell(t, "The interview is over: notes and tags can be added, no words.");
    } else if (blank == words.length) {
        talk_tell(t, "What did the candidate say? The words belong behind the >.");
    } else {
        talk_record_candidate(t, words.data + blank, words.length - blank, question);
        tell_number(t);
    }
    if (question && !t->session->ended)
        offer_facts(t, words.data, words.length);
    buffer_release(&words);
}

static void take_words(struct talk *t, const char *text, size_t length)
{
    size_t blank = strspn(text, " \t\n");
    text += blank;
    length -= blank;
    if (text[0] == '>') {
        candidate_said(t, text, length);
        return;
    }
    size_t slash = text[0] == '/' && text[1] == '/';
    cockpit_note(t, NULL, text + slash, length - slash);
    tell_number(t);
}

/* Behind a > an endpoint is the candidate's; only what is a command for certain is one there. */
static bool is_command(const char *line, bool said)
{
    const struct slash *command;
    const char *words;
    if (line[0] != '/' || line[1] == '/')
        return false;
    return !said ||
           slash_find(cockpit_table, line, &command, &words, NULL) == SLASH_COMMAND;
}

bool cockpit_by_lines(const char *text, size_t length)
{
    struct buffer line = BUFFER_INIT;
    const char *end = text + length;
    bool by_lines = false, said = text[strspn(text, " \t\n")] == '>', plain = false;
    while (text < end && !by_lines) {
        text += strspn(text, " \t\n");
        size_t size = strcspn(text, "\n");
        buffer_clear(&line);
        buffer_add(&line, text, size);
        by_lines = is_command(line.data, said) || (*text == '>' && plain);
        plain = plain || (size && *text != '>');
        text += size;
    }
    buffer_release(&line);
    return by_lines;
}

/* --- completion --- */

static void offer_criteria(const struct talk *t, const char *beginning, word_array *words)
{
    for (size_t i = 0; i < t->session->rubric->criterion_count; i++)
        slash_offer(words, t->session->rubric->criteria[i].id, beginning);
}

static void offer_arguments(const struct talk *t, const struct slash *row,
                            const char *beginning, word_array *words)
{
    if (row->run == cockpit_tag || row->run == cockpit_probe ||
        row->run == cockpit_hint || row->run == cockpit_undo || row->run == cockpit_todo)
        offer_criteria(t, beginning, words);
    for (size_t i = 0; row->run == cockpit_fact && i < t->session->scenario->fact_count;
         i++)
        slash_offer(words, t->session->scenario->facts[i].id, beginning);
    for (size_t i = 0; row->run == cockpit_flag && i < t->session->rubric->red_flag_count;
         i++)
        slash_offer(words, t->session->rubric->red_flags[i].id, beginning);
    if (row->run == cockpit_flag)
        slash_offer(words, "all", beginning);
    if (row->run == slash_help)
        slash_offer_names(t, "", beginning, words);
}

static size_t complete(void *state, const char *line, size_t start, char ***out)
{
    const struct talk *t = state;
    const struct slash *row = NULL;
    const char *rest = "";
    word_array words = { 0 };
    struct buffer head = BUFFER_INIT;
    if (start == 0 && line[0] == '/') {
        slash_offer_names(t, "/", line + 1, &words);
    } else if (line[0] == '/') {
        buffer_add(&head, line, start);
        buffer_add_char(&head,
                        '.'); /* so that something follows: only the name is looked at */
        if (slash_find(cockpit_table, head.data, &row, &rest, NULL) == SLASH_COMMAND)
            offer_arguments(t, row, line + start, &words);
    }
    buffer_release(&head);
    *out = words.items;
    return words.count;
}

const struct seat cockpit_seat = {
    .speaker = "Read out",
    .listener = "Candidate",
    .commands = cockpit_table,
    .complete = complete,
    .line = take_words,
    .by_lines = cockpit_by_lines,
    .phase = enter_phase,
    .before_prompt = tell_twist,
};

/* --- the transcript, to be scored --- */

static void transcript_row(struct talk *t, const struct event *e, const char *who,
                           struct buffer *out)
{
    struct buffer label = BUFFER_INIT;
    buffer_printf(&label, "@%zu %s", e->number, who);
    cockpit_row(t, out, label.data, event_text(e, "text"));
    buffer_release(&label);
}

static const char *speaker_of(const struct event *e)
{
    static const char *const kinds[] = {
        [SAY_ANSWER] = "says", [SAY_QUESTION] = "asks", [SAY_FACT] = "fact",
        [SAY_REMARK] = "read", [SAY_PROBE] = "probe",   [SAY_HINT] = "hint",
        [SAY_TWIST] = "twist",
    };
    return kinds[event_say_kind(e)];
}

static void event_row(struct talk *t, const struct event *e, struct buffer *out)
{
    int phase = e->type == EVENT_PHASE
                    ? session_phase_index(t->session, event_text(e, "phase"))
                    : -1;
    if (phase >= 0)
        buffer_printf(out, "\n%d %s\n", phase + 1,
                      t->session->scenario->phases[phase].title);
    else if (e->type == EVENT_SAY)
        transcript_row(t, e, speaker_of(e), out);
    else if (e->type == EVENT_EDIT)
        transcript_row(t, e, "says", out);
    else if (e->type == EVENT_NOTE && !*event_text(e, "about"))
        transcript_row(t, e, "note", out);
}

void cockpit_show_transcript(struct talk *t)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < t->session->events.count; i++)
        if (!t->session->undone.items[i])
            event_row(t, &t->session->events.items[i], &out);
    screen_write(t->out, &out); /* no pager: it would swallow what is typed for the candidate */
    buffer_release(&out);
    t->gap = false;
}
