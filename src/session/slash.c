#include "session/slash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "session/talk.h"

const struct slash slash_table[] = {
    { "next", "", "go on to the next phase", .in_pressure = true, .run = slash_next },
    { "back", "", "return to the phase before", .in_pressure = true, .run = slash_back },
    { "ask", "question", "ask the interviewer; a line that ends in ? does too", .takes_words = true,
      .needs_words = true, .in_pressure = true, .run = slash_ask },
    { "hint", "[name]",
      "show what hints there are and what they cost; with a name or number take one",
      .takes_words = true, .run = slash_hint },
    { "edit", "", "open the editor on what you said in this phase", .in_pressure = true,
      .run = slash_edit },
    { "note", "words", "keep a note that is neither said nor graded", .takes_words = true,
      .needs_words = true, .in_pressure = true, .run = slash_note },
    { "time", "", "show the minutes per phase", .in_pressure = true, .while_paused = true,
      .run = slash_time },
    { "pause", "", "stop the clock", .while_paused = true, .run = slash_pause },
    { "skip", "", "leave this phase out", .in_pressure = true, .run = slash_skip },
    { "undo", "", "take back what you said last in this phase", .in_pressure = true,
      .run = slash_undo },
    { "model", "[phase]", "show a strong answer to a phase that you have left", .takes_words = true,
      .run = slash_model },
    { "help", "[command]", "show this", .takes_words = true, .in_pressure = true,
      .while_paused = true, .run = slash_help },
    { "quit", "", "end the session, or pause it", .pressure_help = "end the session",
      .in_pressure = true, .while_paused = true,
      .run = slash_quit },
    { NULL, NULL, NULL, .run = NULL },
};

bool slash_is_offered(const struct talk *t, const struct slash *command)
{
    return (command->in_pressure || !t->session->pressure) &&
           !(command->while_open && t->session->ended);
}

const char *slash_help_words(const struct slash *command, bool pressure)
{
    return pressure && command->pressure_help ? command->pressure_help : command->help;
}

enum { WORD_MAX_LENGTH = 30 };

/* The row with this name or unique beginning; *candidates counts the beginnings. */
static const struct slash *look_up(const struct slash *table, const char *name,
                                   size_t *candidates)
{
    const struct slash *found = NULL;
    size_t length = strlen(name);
    *candidates = 0;
    for (const struct slash *row = table; row->name; row++) {
        if (!strcmp(row->name, name) || (length == 1 && row->letter == *name))
            return row;
        if (length > 0 && !strncmp(row->name, name, length)) {
            found = row;
            (*candidates)++;
        }
    }
    return *candidates == 1 ? found : NULL;
}

static void name_candidates(const struct slash *table, const char *name, struct error *e)
{
    struct buffer list = BUFFER_INIT;
    for (const struct slash *row = table; row->name; row++)
        if (!strncmp(row->name, name, strlen(name)))
            buffer_printf(&list, "%s/%s", list.length ? " or " : "", row->name);
    error_set(e, ERROR_USAGE, "/%s could be %s", name, list.data);
    buffer_release(&list);
}

const struct slash *slash_named(const struct slash *table, const char *name,
                                struct error *e)
{
    size_t candidates;
    const struct slash *found = look_up(table, name, &candidates);
    if (!found && candidates)
        name_candidates(table, name, e);
    else if (!found)
        error_set(e, ERROR_USAGE, "there is no command /%s; /help lists them", name);
    return found;
}

struct habit {
    const char *word, *name;
};

/* What people type from habit, and what they mean by it. */
static const struct habit habits[] = {
    { "end", "quit" },      { "exit", "quit" },     { "finish", "quit" },
    { "stop", "pause" },    { "save", "pause" },    { "done", "next" },
    { "continue", "next" }, { "previous", "back" }, { "facts", "ask" },
    { "skip", "next" },     { "clock", "time" },    { "status", "time" },
    { NULL, NULL },
};

/* With more behind them they are endpoints. */
static const struct habit habits_alone[] = {
    { "grade", "quit" }, { "score", "quit" }, { "criteria", "todo" },
    { "?", "help" },     { NULL, NULL },
};

static const char *meant_by(const struct habit *habit, const char *word,
                            const char *const *names)
{
    for (; habit->word; habit++)
        if (!strcmp(habit->word, word) && json_choice(habit->name, names) >= 0)
            return habit->name;
    return NULL;
}

static const char *nearest_name(const struct slash *table, const char *word, bool alone)
{
    const char *names[32], *meant;
    size_t count = 0;
    for (const struct slash *row = table; row->name && count < 31; row++)
        names[count++] = row->name;
    names[count] = NULL;
    meant = meant_by(habits, word, names);
    if (!meant && alone)
        meant = meant_by(habits_alone, word, names);
    if (meant)
        return meant;
    const char *near = nearest_word(word, names);
    return near && (alone || word_distance(word, near) == 1) ? near : NULL;
}

static enum slash_found check_words(const struct slash *row, const char *words, struct error *e)
{
    if (!row->takes_words && *words) {
        error_set(e, ERROR_USAGE,
                  "nothing follows /%s; to say a line that begins with a slash, begin it with two",
                  row->name);
        return SLASH_WRONG;
    }
    if (row->needs_words && !*words) {
        error_set(e, ERROR_USAGE, "/%s wants words behind it: /%s %s", row->name, row->name,
                  row->words);
        return SLASH_WRONG;
    }
    return SLASH_COMMAND;
}

/* A copy of the word behind the slash, capitals made small if it stands alone; false: it is none. */
static bool read_name(const char *word, size_t length, bool alone, char *name)
{
    if (length > WORD_MAX_LENGTH)
        return false;
    for (size_t i = 0; i < length; i++)
        name[i] = alone && word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] - 'A' + 'a')
                                                            : word[i];
    name[length] = '\0';
    return strspn(name, "abcdefghijklmnopqrstuvwxyz") == length;
}

/* A word that stands alone was meant as a command; a line that goes on may begin with an endpoint,
 * "/health endpoint for the LB": only a slip of one letter is refused there. */
static enum slash_found refuse(const struct slash *table, const char *name, bool alone,
                               struct error *e)
{
    const char *near = nearest_name(table, name, alone);
    if (!near && !alone)
        return SLASH_SAID;
    if (!near)
        error_set(e, ERROR_USAGE,
                  "there is no command /%s; /help lists them, //%s says it", name, name);
    else if (alone)
        error_set(e, ERROR_USAGE,
                  "there is no command /%s; did you mean /%s? //%s says it", name, near,
                  name);
    else
        error_set(e, ERROR_USAGE,
                  "there is no command /%s; did you mean /%s? Two slashes say the line",
                  name, near);
    return SLASH_WRONG;
}

/* The letters of a name and the number that is written to it, as in "/t3 2", apart. */
static size_t name_before_number(const char *word, size_t length)
{
    size_t letters = 0;
    while (letters < length && ((word[letters] >= 'a' && word[letters] <= 'z') ||
                                (word[letters] >= 'A' && word[letters] <= 'Z')))
        letters++;
    return letters && letters < length &&
                   strspn(word + letters, "0123456789") >= length - letters
               ? letters
               : length;
}

static enum slash_found refuse_note(const struct slash *table, const char *word,
                                    size_t length, struct error *e)
{
    char name[WORD_MAX_LENGTH + 1];
    size_t kept =
        utf8_valid_prefix(word, length > WORD_MAX_LENGTH ? WORD_MAX_LENGTH : length);
    memcpy(name, word, kept);
    name[kept] = '\0';
    const char *near = nearest_name(table, name, true);
    if (!strcmp(name, "note")) /* as in practice */
        error_set(e, ERROR_USAGE, "words without a slash are a note");
    else if (near)
        error_set(e, ERROR_USAGE,
                  "there is no command /%s; did you mean /%s? Two slashes note the line",
                  name, near);
    else
        error_set(e, ERROR_USAGE,
                  "there is no command /%s; /help lists them, two slashes note the line",
                  name);
    return SLASH_WRONG;
}

/* Of an interviewer, who hardly ever notes an endpoint, and whose tags would rest on a mistyped command if it became
 * a note. */
static enum slash_found find_command(const struct slash *table, const char *line,
                                     const struct slash **command, const char **words,
                                     struct error *e)
{
    const char *word = line + 1;
    size_t length = strcspn(word, " \t\n"), candidates = 0;
    char name[WORD_MAX_LENGTH + 1];
    size_t letters = name_before_number(word, length);
    *words = word + letters + strspn(word + letters, " \t\n");
    *command =
        read_name(word, letters, true, name) ? look_up(table, name, &candidates) : NULL;
    if (*command)
        return check_words(*command, *words, e);
    if (candidates > 1 && length > 0)
        name_candidates(table, name, e);
    else if (length > 0)
        return refuse_note(table, word, length, e);
    else
        error_set(e, ERROR_USAGE, "/help shows the commands");
    return SLASH_WRONG;
}

enum slash_found slash_find(const struct slash *table, const char *line,
                            const struct slash **command, const char **words, struct error *e)
{
    size_t blanks = strspn(line, " \t\n");
    line += blanks;
    if (line[0] != '/' || line[1] == '/')
        return SLASH_SAID;
    if (table != slash_table)
        return find_command(table, line, command, words, e);
    size_t length = strcspn(line + 1, " \t\n");
    char name[WORD_MAX_LENGTH + 1];
    const char *rest = line + 1 + length + strspn(line + 1 + length, " \t\n");
    bool alone = !*rest;
    if (!read_name(line + 1, length, alone, name))
        return SLASH_SAID;
    *words = rest;
    size_t candidates;
    *command = look_up(table, name, &candidates);
    if (*command)
        return check_words(*command, *words, e);
    if (blanks > 0) /* a path in what was pasted */
        return SLASH_SAID;
    if (candidates > 1 && length > 0) {
        name_candidates(table, name, e);
        return SLASH_WRONG;
    }
    if (length > 0)
        return refuse(table, name, alone, e);
    error_set(e, ERROR_USAGE, "/help shows the commands");
    return SLASH_WRONG;
}

/* --- completion --- */

void slash_offer(word_array *words, const char *word, const char *beginning)
{
    if (!strncmp(word, beginning, strlen(beginning)))
        *array_add(words) = xstrdup(word);
}

void slash_offer_names(const struct talk *t, const char *prefix, const char *beginning,
                       word_array *words)
{
    for (const struct slash *row = t->seat->commands; row->name; row++) {
        if (strncmp(row->name, beginning, strlen(beginning)) != 0 ||
            !slash_is_offered(t, row))
            continue;
        struct buffer word = BUFFER_INIT;
        buffer_printf(&word, "%s%s", prefix, row->name);
        *array_add(words) = buffer_detach(&word);
    }
}

static void complete_phase(const struct talk *t, const char *beginning, word_array *words)
{
    for (size_t i = 0; i < t->session->scenario->phase_count; i++)
        slash_offer(words, t->session->scenario->phases[i].id, beginning);
}

static void complete_hint(const struct talk *t, const char *beginning, word_array *words)
{
    size_t ladders[HINTS_SHOWN];
    size_t count = interviewer_hints(t->interviewer, t->session, ladders, HINTS_SHOWN);
    for (size_t i = 0; i < count; i++)
        slash_offer(words, t->session->scenario->hints[ladders[i]].criterion, beginning);
}

size_t slash_complete(void *state, const char *line, size_t start, char ***out)
{
    const struct talk *t = state;
    word_array words = { 0 };
    if (start == 0 && line[0] == '/')
        slash_offer_names(t, "/", line + 1, &words);
    else if (!strncmp(line, "/model ", 7) && start == 7)
        complete_phase(t, line + 7, &words);
    else if (!strncmp(line, "/hint ", 6) && start == 6 && !t->session->pressure)
        complete_hint(t, line + 6, &words);
    else if (!strncmp(line, "/help ", 6) && start == 6)
        slash_offer_names(t, "", line + 6, &words);
    *out = words.items;
    return words.count;
}
