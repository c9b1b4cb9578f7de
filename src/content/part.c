#include "content/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* --- which phases --- */

static int fail_unknown(const struct scenario *s, const char *name, struct error *e)
{
    const char **ids = xcalloc(s->phase_count + 1, sizeof(*ids));
    struct buffer all = BUFFER_INIT;
    for (size_t i = 0; i < s->phase_count; i++) {
        ids[i] = s->phases[i].id;
        buffer_printf(&all, "%s%s", i ? ", " : "", ids[i]);
    }
    const char *near = *name ? nearest_word(name, ids) : NULL;
    error_set(e, ERROR_USAGE, "'%s' has no phase '%s'%s%s%s are %s", s->id, name,
              near ? "; did you mean '" : "", near ? near : "", near ? "'? Its phases" : "; its phases",
              all.data);
    buffer_release(&all);
    free(ids);
    return -1;
}

/* Exact id, else the only one that begins so. */
static int find_phase(const struct scenario *s, const char *name, struct error *e)
{
    int found = -1, first = -1;
    for (size_t i = 0; i < s->phase_count; i++) {
        if (!strcmp(s->phases[i].id, name))
            return (int)i;
        if (!*name || strncmp(s->phases[i].id, name, strlen(name)) != 0)
            continue;
        first = first < 0 ? (int)i : first;
        found = (int)i;
    }
    if (found >= 0 && found != first)
        return error_set(e, ERROR_USAGE, "'%s' may be the phase '%s' or '%s'", name,
                         s->phases[first].id, s->phases[found].id);
    return found >= 0 ? found : fail_unknown(s, name, e);
}

int part_parse(const struct scenario *s, const char *list, bool *chosen, struct error *e)
{
    for (size_t i = 0; i < s->phase_count; i++)
        chosen[i] = false;
    if (!list[strspn(list, " ,")])
        return error_set(e, ERROR_USAGE, "which phases? --phases names one or more, parted by commas");
    for (const char *at = list; at;) {
        size_t length = strcspn(at, ",");
        char *name = xstrndup(at + strspn(at, " "), length - (length ? strspn(at, " ") : 0));
        name[strcspn(name, " ")] = '\0';
        int phase = find_phase(s, name, e);
        free(name);
        if (phase < 0)
            return -1;
        chosen[phase] = true;
        at = at[length] ? at + length + 1 : NULL;
    }
    return 0;
}

/* --- the part --- */

/* The phase of the whole that a minute of its plan lies in; minutes since the phase began. */
static size_t phase_at(const struct scenario *s, double minute, double *into)
{
    size_t i = 0;
    for (; i + 1 < s->phase_count && minute >= s->phases[i].minutes; i++)
        minute -= s->phases[i].minutes;
    *into = minute;
    return i;
}

static size_t expected_in(const struct scenario *s, const struct rubric *rubric, const char *id)
{
    int criterion = rubric_find(rubric, id);
    size_t i = 0;
    while (criterion >= 0 && i < s->phase_count &&
           strcmp(s->phases[i].id, rubric->criteria[criterion].phase) != 0)
        i++;
    return criterion >= 0 ? i : s->phase_count;
}

/* Where a phase that was left out would have brought the twist, it comes a third into the phase
 * that its criterion is expected in. */
static void place_twist(const struct scenario *whole, const struct rubric *rubric,
                        const bool *chosen, struct scenario *part)
{
    size_t home = whole->twist.says ? expected_in(whole, rubric, whole->twist.criterion)
                                    : whole->phase_count;
    if (home == whole->phase_count || !chosen[home]) {
        part->twist = (struct twist) { 0 };
        return;
    }
    double into;
    size_t at = phase_at(whole, whole->twist.minute, &into);
    if (!chosen[at]) {
        at = home;
        into = whole->phases[home].minutes / 3;
    }
    part->twist.minute = into;
    for (size_t i = 0; i < at; i++)
        part->twist.minute += chosen[i] ? whole->phases[i].minutes : 0;
}

struct scenario *part_new(const struct scenario *whole, const struct rubric *rubric,
                          const bool *chosen)
{
    struct scenario *part = xcalloc(1, sizeof(*part));
    *part = *whole;
    part->arena = (struct arena) ARENA_INIT;
    part->part = true;
    part->phases = arena_array(&part->arena, struct phase, whole->phase_count);
    part->phase_count = 0;
    for (size_t i = 0; i < whole->phase_count; i++)
        if (chosen[i])
            part->phases[part->phase_count++] = whole->phases[i];
    place_twist(whole, rubric, chosen, part);
    return part;
}
