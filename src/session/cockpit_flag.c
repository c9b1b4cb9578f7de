/* The interviewer's /flag: a problem has some of its own, and hundreds that many problems share. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "session/cockpit.h"

/* Whether the word stands in the flag's name or its title, however it is written there. */
static bool flag_has(const struct red_flag *flag, const char *word, size_t length)
{
    struct buffer text = BUFFER_INIT, wanted = BUFFER_INIT;
    utf8_fold(&text, flag->id, strlen(flag->id));
    buffer_add_char(&text, ' ');
    utf8_fold(&text, flag->title, strlen(flag->title));
    utf8_fold(&wanted, word, length);
    bool has = wanted.length && strstr(text.data, wanted.data);
    buffer_release(&text);
    buffer_release(&wanted);
    return has;
}

/* Rows of those before `end` that have the word, of all without one; how many there are. */
static size_t list_flags(struct talk *t, size_t end, const char *word, size_t length,
                         struct buffer *out)
{
    const struct rubric *rubric = t->session->rubric;
    struct buffer text = BUFFER_INIT;
    size_t count = 0;
    for (size_t i = 0; i < end; i++) {
        if (word && !flag_has(&rubric->red_flags[i], word, length))
            continue;
        buffer_clear(&text);
        buffer_printf(&text, "%s  %s", rubric->red_flags[i].id,
                      rubric->red_flags[i].title);
        cockpit_numbered_row(t, out, count++ ? "" : "Red flags", i + 1, text.data);
    }
    buffer_release(&text);
    return count;
}

static void show_flags(struct talk *t, struct buffer *rows, const char *what_now)
{
    cockpit_row(t, rows, rows->length ? "" : "Red flags", what_now);
    screen_write(t->out,
                 rows); /* no pager: it would swallow what is typed for the candidate */
    t->gap = false;
    buffer_release(rows);
}

static void show_all_flags(struct talk *t)
{
    struct buffer rows = BUFFER_INIT;
    size_t count = list_flags(t, t->session->rubric->red_flag_count, NULL, 0, &rows);
    show_flags(t, &rows,
               count ? "/g and a number or name raises one; so do your own words."
                     : "none in this rubric; /g and your own words raise one.");
}

static void show_own_flags(struct talk *t)
{
    const struct rubric *rubric = t->session->rubric;
    size_t shared = rubric->red_flag_count - rubric->own_red_flag_count;
    struct buffer rows = BUFFER_INIT, now = BUFFER_INIT;
    if (!shared) {
        show_all_flags(t);
        return;
    }
    size_t own = list_flags(t, rubric->own_red_flag_count, NULL, 0, &rows);
    buffer_printf(
        &now,
        "%s/g and a number or name raises one; so do your own words. %zu more "
        "are shared by many problems: /g and a word finds those about it, /g all "
        "lists them.",
        own ? "" : "none of this problem alone. ", shared);
    show_flags(t, &rows, now.data);
    buffer_release(&now);
}

static void tell_no_flag(struct talk *t, const char *word, size_t length,
                         const struct error *e)
{
    if (isdigit((unsigned char)*word) || !t->session->rubric->red_flag_count)
        talk_tell_error(t, e);
    else
        talk_tell(t, "No red flag has '%.*s' in its name or title; /g all lists them.",
                  length > 40 ? 40 : (int)length, word);
}

/*
 * The flag that one word names for certain: a number, a name, or a beginning of one that
 * stands in no other flag. Else it was looked for: those that have it are shown, and
 * nothing is held against anybody.
 */
static int name_flag(struct talk *t, const char *word, size_t length)
{
    const struct rubric *rubric = t->session->rubric;
    struct buffer rows = BUFFER_INIT;
    struct error e;
    error_init(&e);
    int found = tags_find_flag(rubric, word, length, &e);
    bool exact = found >= 0 && (isdigit((unsigned char)*word) ||
                                strlen(rubric->red_flags[found].id) == length);
    size_t count = exact ? 1 : list_flags(t, rubric->red_flag_count, word, length, &rows);
    if (!exact && (found < 0 || count > 1)) {
        found = TAGS_NONE;
        if (count)
            show_flags(t, &rows,
                       "No flag was raised: /g and a number raises one of these.");
        else
            tell_no_flag(t, word, length, &e);
    }
    buffer_release(&rows);
    return found;
}

/* Cuts " @12" off the end of the words. */
static size_t take_line_number(const char *words, size_t *length)
{
    size_t end = strlen(words), digits = 0;
    while (digits < end && isdigit((unsigned char)words[end - 1 - digits]))
        digits++;
    *length = end;
    if (!digits || digits > 9 || digits + 1 >= end || words[end - digits - 1] != '@' ||
        words[end - digits - 2] != ' ')
        return 0;
    *length = end - digits - 2;
    return strtoul(words + end - digits, NULL, 10);
}

static bool is_raised(struct talk *t, const struct red_flag *flag, const char *text,
                      size_t length)
{
    struct tags tags;
    cockpit_tags(t, &tags);
    for (size_t i = 0; i < tags.flag_count; i++) {
        const struct raised_flag *raised = &tags.flags[i];
        if (flag ? raised->flag == flag
                 : !raised->flag && text && strlen(raised->text) == length &&
                       !memcmp(raised->text, text, length))
            return true;
    }
    return false;
}

static void record_flag(struct talk *t, const struct red_flag *flag, const char *text,
                        size_t length, const struct evidence_place *place)
{
    struct event e;
    talk_event(t, &e, EVENT_TAG);
    event_set(&e, "by", t->cockpit->by);
    if (flag)
        event_set(&e, "flag", flag->id);
    else
        event_set_bytes(&e, "text", text, talk_piece(text, length));
    cockpit_set_evidence(&e, place);
    talk_record(t, &e);
}

/* Once; what it rests on is looked up anew each time, since events move. A flag of NULL is in these words. */
static void raise_flag(struct talk *t, const struct red_flag *flag, const char *text,
                       size_t length, size_t line)
{
    struct buffer shown = BUFFER_INIT;
    struct evidence_place place;
    struct error e;
    error_init(&e);
    if (is_raised(t, flag, text, length)) {
        talk_tell(t, "It is raised already: %.*s.",
                  flag ? (int)strlen(flag->id) : (int)length, flag ? flag->id : text);
        return;
    }
    cockpit_judges(t);
    if (cockpit_evidence(t, line, &place, &e) < 0)
        return;
    cockpit_quote(&place, &shown); /* before the events move */
    record_flag(t, flag, text, length, &place);
    if (flag)
        talk_tell(t, "Red flag: %s; said otherwise%s%s", flag->title,
                  shown.length ? ": " : "", shown.data);
    else
        talk_tell(t, "Red flag in your words%s%s. It costs no points.",
                  shown.length ? ", " : "", shown.data);
    buffer_release(&shown);
}

enum { FLAGS_MOST = 16 };

struct named_flags {
    size_t items[FLAGS_MOST], count;
};

/* A number or a whole name; TAGS_NONE: it is a word like others. */
static int exact_flag(const struct rubric *rubric, const char *word, size_t length,
                      struct error *e)
{
    int found = tags_find_flag(rubric, word, length, e);
    bool number = strspn(word, "0123456789") >= length;
    return number || (found >= 0 && strlen(rubric->red_flags[found].id) == length)
               ? found
               : TAGS_NONE;
}

static bool names_flag(const struct rubric *rubric, const char *word, size_t length)
{
    return strspn(word, "0123456789") >= length ||
           exact_flag(rubric, word, length, NULL) >= 0;
}

/* "18 22", "18, 22": all of several words. What begins with one and goes on in words is refused: it would be neither
 * that flag, at its price, nor words of one's own. */
static int name_flags(struct talk *t, const char *words, size_t length,
                      struct named_flags *out, struct error *e)
{
    static const char blanks[] = " \t\n,";
    const struct rubric *rubric = t->session->rubric;
    const char *end = words + length;
    out->count = 0;
    for (const char *at = words; at < end; at += strspn(at, blanks)) {
        size_t size = strcspn(at, blanks);
        if (!names_flag(rubric, at, size))
            return error_set(
                e, ERROR_USAGE,
                "behind the number or name of a flag stand other flags, and no "
                "words; words of your own begin with neither");
        int found = out->count < FLAGS_MOST
                        ? exact_flag(rubric, at, size, e)
                        : error_set(e, ERROR_USAGE, "too many at once");
        if (found < 0)
            return -1;
        out->items[out->count++] = (size_t)found;
        at += size;
    }
    return 0;
}

static void raise_named(struct talk *t, const char *words, size_t length, size_t line)
{
    const struct rubric *rubric = t->session->rubric;
    struct named_flags named;
    struct error e;
    error_init(&e);
    if (name_flags(t, words, length, &named, &e) < 0) {
        talk_tell(t, "No flag was raised: %s%s", e.message, talk_stop(e.message));
        return;
    }
    for (size_t i = 0; i < named.count; i++)
        raise_flag(t, &rubric->red_flags[named.items[i]], "", 0, line);
}

void cockpit_flag(struct talk *t, const char *words)
{
    const struct rubric *rubric = t->session->rubric;
    struct evidence_place place;
    struct error e;
    size_t length, line = take_line_number(words, &length);
    size_t first = strcspn(words, " \t\n,");
    error_init(&e);
    if (!*words) {
        show_own_flags(t);
    } else if (!strcmp(words, "all")) {
        show_all_flags(t);
    } else if (first < length && first && names_flag(rubric, words, first)) {
        if (cockpit_evidence(t, line, &place, &e) < 0)
            talk_tell_error(t, &e);
        else
            raise_named(t, words, length, line);
    } else {
        int found = first >= length ? name_flag(t, words, length) : TAGS_NONE;
        if (first >= length && found < 0)
            return;
        if (cockpit_evidence(t, line, &place, &e) < 0)
            talk_tell_error(t, &e);
        else
            raise_flag(t, found >= 0 ? &rubric->red_flags[found] : NULL, words, length,
                       line);
    }
}
