#include "report/levels.h"

#include "report/digest.h"

enum { NAMED_MOST = 4 };

/* A must of the level that has one of two faults: not explained though asked about, or not asked about. */
static bool lacks(const struct grade *grade, const struct criterion *c, int level,
                  bool asked)
{
    const struct grade_verdict *v = grade_verdict(grade, c->id);
    if (!v || (int)c->must_from > level)
        return false;
    return asked ? v->graded && v->verdict < VERDICT_EXPLAINED
                 : v->verdict == VERDICT_NOT_ASKED;
}

static size_t count_lacking(const struct grade *grade, const struct rubric *rubric,
                            int level, bool asked)
{
    size_t count = 0;
    for (size_t i = 0; i < rubric->criterion_count; i++)
        count += lacks(grade, &rubric->criteria[i], level, asked);
    return count;
}

static void add_named(const struct grade *grade, const struct rubric *rubric, int level,
                      bool asked, struct buffer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        if (!lacks(grade, &rubric->criteria[i], level, asked))
            continue;
        if (count < NAMED_MOST)
            buffer_printf(out, "%s%s", count ? "; " : "", rubric->criteria[i].title);
        count++;
    }
    if (count > NAMED_MOST)
        buffer_printf(out, "; and %zu more", count - NAMED_MOST);
    buffer_add_char(out, '.');
}

void levels_word(const struct grade *grade, const struct rubric *rubric, enum level level,
                 struct buffer *out)
{
    size_t points = digest_points_short(grade->total, level);
    size_t lacking = count_lacking(grade, rubric, level, true);
    size_t unasked = count_lacking(grade, rubric, level, false);
    if (grade->cleared[level])
        buffer_add_string(out, "hire");
    else if (grade->unfinished)
        buffer_add_string(out, "not finished");
    else if (!digest_is_near(points, lacking) || points + lacking + unasked == 0)
        buffer_add_string(out, "no");
    else if (points + lacking)
        digest_short_words(points, lacking, out);
    else
        buffer_printf(out, "%zu must%s not asked", unasked, unasked == 1 ? "" : "s");
}

void levels_short_of(const struct grade *grade, const struct rubric *rubric,
                     struct buffer *out)
{
    int level = 0;
    while (level < LEVEL_COUNT && grade->cleared[level])
        level++;
    if (level == LEVEL_COUNT || grade->unfinished)
        return;
    size_t lacking = count_lacking(grade, rubric, level, true);
    size_t unasked = count_lacking(grade, rubric, level, false);
    if (!digest_is_near(digest_points_short(grade->total, level), lacking) ||
        lacking + unasked == 0)
        return;
    buffer_printf(out, "For %s, ", level_names[level]);
    if (lacking) {
        buffer_add_string(out, "still to explain: ");
        add_named(grade, rubric, level, true, out);
    }
    if (unasked) {
        buffer_add_string(out, lacking ? " Not asked: " : "not asked: ");
        add_named(grade, rubric, level, false, out);
    }
}
