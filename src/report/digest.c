#include "report/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* A gap that costs less is not told by itself, nor counted, as on the page of a session, nor told where it is the largest. */
static const double gap_told = 1, gap_counted = 0.5, gap_least = 0.2;
/* A level that is further away than this, in points or in criteria, is a plain "no". */
enum { POINTS_NEAR = 15, CRITERIA_NEAR = 5 };

static const char *number_word(size_t n)
{
    static const char *const words[] = { "no",  "one",   "two",   "three", "four", "five",
                                         "six", "seven", "eight", "nine",  "ten" };
    return n < sizeof(words) / sizeof(*words) ? words[n] : NULL;
}

static void add_count(struct buffer *out, size_t n, const char *one, const char *many)
{
    if (number_word(n))
        buffer_printf(out, "%s %s", number_word(n), n == 1 ? one : many);
    else
        buffer_printf(out, "%zu %s", n, many);
}

/* --- choosing --- */

static double cost_of(const struct card *card, size_t criterion)
{
    return card->costs ? card->costs[criterion] : 0;
}

static double earned(const struct card *card, size_t criterion)
{
    return card->rubric->criteria[criterion].weight * card->score->criteria[criterion].credit;
}

/* More credit than this no mere name gets. */
static const double halfway = 0.5;

const struct criterion_score *digest_undoubted(const struct card *card, size_t criterion)
{
    static const double much = 0.15;
    const struct criterion_score *c = &card->score->criteria[criterion], *u;
    if (!card->undoubted || !c->graded || c->quote.part < 0)
        return NULL;
    u = &card->undoubted->criteria[criterion];
    return u->verdict > c->verdict || u->credit - c->credit > much ? u : NULL;
}

/*
 * Puts `item` at its place among the `room` best, which are in falling order of `value`; equal ones
 * stay in the order they came in. Returns the new count.
 */
static size_t insert(size_t *best, double *values, size_t count, size_t room, size_t item,
                     double value)
{
    size_t at = count;
    while (at > 0 && values[at - 1] < value)
        at--;
    if (at == room)
        return count;
    size_t moved = (count < room ? count : room - 1) - at;
    memmove(best + at + 1, best + at, moved * sizeof(*best));
    memmove(values + at + 1, values + at, moved * sizeof(*values));
    best[at] = item;
    values[at] = value;
    return count < room ? count + 1 : room;
}

/* What a list or a template seems to explain is no strength. */
static bool is_held_down(const struct score *score)
{
    double factor = 1;
    for (size_t i = 0; i < score->guard_count; i++)
        factor *= score->guards[i].factor;
    return factor < 0.5;
}

static void choose_strong(struct digest *d)
{
    double values[STRONG_MOST];
    if (is_held_down(d->card->score))
        return;
    for (size_t i = 0; i < d->card->score->criterion_count; i++) {
        const struct criterion_score *c = &d->card->score->criteria[i];
        if (c->graded && c->verdict == VERDICT_EXPLAINED &&
            !(c->contested && d->card->score->red_flag_count) &&
            digest_has_quote(d->card->answer, &c->quote))
            d->strong_count =
                insert(d->strong, values, d->strong_count, STRONG_MOST, i, earned(d->card, i));
    }
}

static void choose_gaps(struct digest *d)
{
    double values[GAPS_MOST] = { 0 };
    size_t all = 0;
    for (size_t i = 0; i < d->card->score->criterion_count; i++) {
        const struct criterion_score *c = &d->card->score->criteria[i];
        double cost = cost_of(d->card, i);
        if (!c->graded || cost < gap_least)
            continue;
        all += cost >= gap_counted;
        if (c->verdict != VERDICT_EXPLAINED || cost >= gap_told)
            d->gap_count = insert(d->gaps, values, d->gap_count, GAPS_MOST, i, cost);
    }
    while (d->gap_count > 1 && values[d->gap_count - 1] < gap_told)
        d->gap_count--;
    size_t told = 0;
    for (size_t i = 0; i < d->gap_count; i++)
        told += values[i] >= gap_counted;
    d->smaller_gaps = all - told;
}

static double worth_of_fact(const struct card *card, const struct card_fact *fact)
{
    int i = fact->criterion ? rubric_find(card->rubric, fact->criterion) : -1;
    return i >= 0 && card->score->criteria[i].graded ? cost_of(card, (size_t)i) : 0;
}

const char *digest_never_asked(const struct card *card)
{
    if (card->interview)
        return "Never asked";
    return card->unanswered ? "You never asked, or were not understood"
                            : "You never asked";
}

static void choose_facts(struct digest *d)
{
    double values[FACTS_MOST];
    for (size_t i = 0; i < d->card->never_asked_count; i++)
        d->fact_count = insert(d->facts, values, d->fact_count, FACTS_MOST, i,
                               worth_of_fact(d->card, &d->card->never_asked[i]));
}

void digest_make(const struct card *card, struct digest *out)
{
    *out = (struct digest) { .card = card };
    choose_strong(out);
    choose_gaps(out);
    choose_facts(out);
    for (size_t i = 0; i < card->phase_count; i++)
        out->opened += card->phases[i].opened;
}

/* --- the head --- */

void digest_duration(int64_t ms, struct buffer *out)
{
    long long seconds = (long long)ms / 1000;
    if (ms < 0)
        return;
    if (seconds >= 3600)
        buffer_printf(out, "%lld h %lld min", seconds / 3600, seconds / 60 % 60);
    else if (seconds >= 60)
        buffer_printf(out, "%lld min %lld s", seconds / 60, seconds % 60);
    else
        buffer_printf(out, "%lld s", seconds);
}

void digest_title(const struct card *card, struct buffer *out)
{
    buffer_add_string(out, card->title);
    for (size_t i = 0; card->score->part && i < card->phase_count; i++)
        buffer_printf(out, "%s%s", i ? ", " : ": ", card->phases[i].title);
    buffer_add_string(out, card->score->part && card->phase_count ? " only" : "");
}

void digest_grader(const struct card *card, struct buffer *out)
{
    const char *grader = card->grader ? card->grader : "rubric";
    if (!strcmp(grader, "rubric"))
        buffer_printf(out, "Graded by the built-in rubric grader %s",
                      card->scorer ? card->scorer : SCORER_VERSION);
    else if (!strncmp(grader, "llm:", 4))
        buffer_printf(out, "Graded by the language model %s", grader + 4);
    else if (!strncmp(grader, "person:", 7))
        buffer_printf(out, "Graded by %s", grader + 7);
    else
        buffer_printf(out, "Graded by %s", grader);
    buffer_printf(out, " with rubric %s %d.", card->rubric->scenario, card->rubric->version);
}

void digest_unfinished(const struct digest *d, struct buffer *out)
{
    if (d->card->score->unfinished)
        buffer_printf(out, "Unfinished: %zu of %zu phases. Graded on these; no level is cleared.",
                      d->opened, d->card->phase_count);
    else if (d->card->score->part)
        buffer_add_string(out, "A part of the problem: graded on what is expected in it; no level is "
                               "cleared.");
}

size_t digest_points_short(double total, enum level level)
{
    double lacking = ceil(level_bars[level] - total - 1e-9);
    return lacking > 0 ? (size_t)lacking : 0;
}

bool digest_is_near(size_t points, size_t criteria)
{
    return points <= POINTS_NEAR && criteria <= CRITERIA_NEAR;
}

void digest_short_words(size_t points, size_t criteria, struct buffer *out)
{
    if (points)
        add_count(out, points, "point", "points");
    if (points && criteria)
        buffer_add_string(out, " and ");
    if (criteria)
        add_count(out, criteria, "criterion", "criteria");
    buffer_add_string(out, " short");
}

static bool is_near(const struct score *score, int level)
{
    return digest_is_near(digest_points_short(score->total, (enum level)level),
                          score->levels[level].short_count);
}

void digest_level(const struct card *card, enum level level, struct buffer *out)
{
    const struct score *score = card->score;
    const struct level_score *l = &score->levels[level];
    size_t points = digest_points_short(score->total, level);
    if (l->cleared)
        buffer_add_string(out, "hire");
    else if (score->unfinished)
        buffer_add_string(out, "not finished");
    else if (score->part)
        buffer_add_string(out, "not the whole problem");
    else if (!is_near(score, level) || points + l->short_count == 0)
        buffer_add_string(out, "no");
    else
        digest_short_words(points, l->short_count, out);
}

static bool has_must(const struct card *card, int level)
{
    for (size_t i = 0; i < card->score->criterion_count; i++)
        if (card->score->criteria[i].graded && (int)card->rubric->criteria[i].must_from == level)
            return true;
    return false;
}

/* What a part can say of levels: the highest below `level` that asks for something in it. */
static void add_reached(const struct card *card, int level, struct buffer *out)
{
    while (level > 0 && !has_must(card, level - 1))
        level--;
    if (level > 0)
        buffer_printf(out, "What %s asks of it is explained. ", level_names[level - 1]);
}

void digest_short_of(const struct card *card, struct buffer *out)
{
    enum { NAMED_MOST = 4 };
    const struct level_score *l = card->score->levels;
    bool part = card->score->part;
    int level = 0;
    while (level < LEVEL_COUNT && !l[level].short_count)
        level++;
    if (card->score->unfinished)
        return;
    if (part)
        add_reached(card, level, out);
    if (level == LEVEL_COUNT || !(part || is_near(card->score, level)))
        return;
    size_t count = l[level].short_count;
    bool doubted = false;
    for (size_t i = 0; i < count && i < NAMED_MOST; i++)
        doubted = doubted || digest_undoubted(card, (size_t)(l[level].short_of[i] -
                                                             card->rubric->criteria));
    buffer_printf(out, "For %s, still to explain%s: ", level_names[level],
                  doubted ? " or in doubt" : "");
    for (size_t i = 0; i < count && i < NAMED_MOST; i++)
        buffer_printf(out, "%s%s", i ? "; " : "", l[level].short_of[i]->title);
    if (count > NAMED_MOST)
        buffer_printf(out, "; and %zu more", count - NAMED_MOST);
    buffer_add_char(out, '.');
}

void digest_total(const struct card *card, struct buffer *out)
{
    card_total(card->score->total, out);
}

void digest_hints(const struct card *card, struct buffer *out)
{
    if (card->hint_cost > 0 && round(card->score->without_hints) <= round(card->score->total))
        buffer_printf(out, "The hints cost %.3g point%s.", card->hint_cost,
                      card->hint_cost == 1 ? "" : "s");
    else if (card->hint_cost > 0)
        buffer_printf(out, "%.0f without the hints, which cost %.3g point%s.",
                      card->score->without_hints, card->hint_cost,
                      card->hint_cost == 1 ? "" : "s");
}

/* --- dimensions --- */

void digest_dimension_name(const char *id, struct buffer *out)
{
    const char *and = strstr(id, "-and-");
    if (and)
        buffer_printf(out, "%.*s and %s", (int)(and-id), id, and+strlen("-and-"));
    else
        buffer_add_string(out, id);
}

double digest_guess(const struct card *card, const char *dimension)
{
    for (size_t i = 0; i < card->guess_count; i++)
        if (!strcmp(card->guesses[i].dimension, dimension))
            return card->guesses[i].value;
    return -1;
}

/* --- quotes --- */

static const struct answer_part *part_of(const struct answer *answer,
                                         const struct quote *quote)
{
    if (!answer || quote->part < 0 || (size_t)quote->part >= answer->count)
        return NULL;
    const struct answer_part *part = &answer->parts[quote->part];
    return quote->start < quote->end && quote->end <= part->length ? part : NULL;
}

bool digest_has_quote(const struct answer *answer, const struct quote *quote)
{
    return part_of(answer, quote) != NULL;
}

enum { QUOTE_COLUMNS = 280 };

/* The text with each run of blanks and breaks as one space. */
static void add_one_line(struct buffer *out, const char *text, size_t length)
{
    bool space = false, begun = false;
    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\r\n", text[i]) && text[i]) {
            space = begun;
            continue;
        }
        if (space)
            buffer_add_char(out, ' ');
        buffer_add_char(out, text[i]);
        space = false;
        begun = true;
    }
}

static void add_quote(const struct answer *answer, const struct quote *quote, int columns,
                      struct buffer *out)
{
    const struct answer_part *part = part_of(answer, quote);
    struct buffer line = BUFFER_INIT;
    if (!part)
        return;
    add_one_line(&line, part->text + quote->start, quote->end - quote->start);
    size_t fit = utf8_fit_words(line.data, line.length, columns);
    bool cut = fit < line.length;
    buffer_add_char(out, '"');
    buffer_add(out, line.data, fit);
    buffer_add_string(out, cut ? " ...\"" : "\"");
    buffer_release(&line);
}

void digest_quote(const struct answer *answer, const struct quote *quote,
                  struct buffer *out)
{
    add_quote(answer, quote, QUOTE_COLUMNS, out);
}

static const char *phase_title(const struct card *card, const char *id)
{
    for (size_t i = 0; i < card->phase_count; i++)
        if (!strcmp(card->phases[i].id, id))
            return card->phases[i].title;
    return id;
}

void digest_place(const struct card *card, const struct quote *quote, struct buffer *out)
{
    const struct answer_part *part = part_of(card->answer, quote);
    if (!part || !part->phase)
        return;
    buffer_add_string(out, phase_title(card, part->phase));
    int64_t at = card->places ? card->places[quote->part].at : -1;
    if (at >= 0)
        buffer_printf(out, " %lld:%02lld", (long long)at / 60000, (long long)at / 1000 % 60);
}

/* --- gaps --- */

void digest_cost(double cost, struct buffer *out)
{
    buffer_printf(out, cost < 0.95 ? "-%.1f" : "-%.0f", cost);
}

void digest_gap_cost(const struct card *card, size_t criterion, struct buffer *out)
{
    enum level must = card->rubric->criteria[criterion].must_from;
    digest_cost(cost_of(card, criterion), out);
    if (must != LEVEL_NONE && card->score->criteria[criterion].verdict != VERDICT_EXPLAINED)
        buffer_printf(out, ", a must at %s", level_names[must]);
}

static const char *doubted_words(const struct criterion_score *undoubted)
{
    if (undoubted->verdict == VERDICT_EXPLAINED)
        return "Explained, but in doubt because of what was wrong";
    return undoubted->unasked < halfway
               ? "Named, and in doubt because of what was wrong"
               : "Not explained far enough, and in doubt because of what was wrong";
}

/* A question that is about no criterion ("how does that work?") brings up any; the card says which it was. */
static const char *seen_prompted(const bool *asked, size_t criterion)
{
    return !asked || asked[criterion] ? "Explained, but only after a probe or a hint"
                                      : "Explained, but only in reply to a question";
}

/* Who said something and reads "not raised" stops believing the card. */
static const char *seen_of(const struct card *card, size_t criterion)
{
    const struct criterion_score *c = &card->score->criteria[criterion];
    const struct criterion_score *u = digest_undoubted(card, criterion);
    if (u)
        return doubted_words(u);
    const bool *asked = card->answer ? card->answer->asked : NULL;
    if (c->verdict == VERDICT_EXPLAINED)
        return c->prompted ? seen_prompted(asked, criterion) : "Explained in part";
    if (c->verdict == VERDICT_MENTIONED)
        return c->unasked < halfway ? "Named, not explained" : "Not explained far enough";
    if (c->quote.part >= 0)
        return c->wrong ? "Only in a wrong sentence" : "Touched on, too little to count";
    return asked && asked[criterion] ? "Asked about, and not answered" : "Not raised";
}

void digest_seen(const struct card *card, size_t criterion, struct buffer *out)
{
    const struct quote *quote = &card->score->criteria[criterion].quote;
    buffer_add_string(out, seen_of(card, criterion));
    struct buffer place = BUFFER_INIT;
    digest_place(card, quote, &place);
    if (place.length)
        buffer_printf(out, " (%s)", place.data);
    buffer_add_string(out, digest_has_quote(card->answer, quote) ? ": " : ".");
    digest_quote(card->answer, quote, out);
    buffer_release(&place);
}

/* --- what was wrong --- */

bool digest_reply(const struct card *card, const struct red_flag_score *flag,
                  struct buffer *out)
{
    if (flag->challenged == CHALLENGE_NONE ||
        !digest_has_quote(card->answer, &flag->reply))
        return false;
    buffer_add_string(out, "Asked about it: ");
    digest_quote(card->answer, &flag->reply, out);
    return true;
}

void digest_flag_cost(const struct red_flag_score *flag, struct buffer *out)
{
    if (flag->cost > 0)
        digest_cost(flag->cost, out);
    if (flag->flag->cap > 0)
        buffer_printf(out, "%sno more than %.0f in all", flag->cost > 0 ? ", and " : "",
                      flag->flag->cap);
}

/* 1,157 and 3.5 trillion, as one would say it. */
static void add_number(double value, struct buffer *out)
{
    static const struct {
        double unit;
        const char *name;
    } units[] = { { 1e12, "trillion" }, { 1e9, "billion" }, { 1e6, "million" } };
    double size = fabs(value);
    for (size_t i = 0; i < 3 && size < 1e15; i++)
        if (size >= units[i].unit) {
            buffer_printf(out, "%.4g %s", value / units[i].unit, units[i].name);
            return;
        }
    if (size >= 1000 && size < 1e6)
        buffer_printf(out, "%s%d,%03d", value < 0 ? "-" : "", (int)(size / 1000),
                      (int)fmod(size, 1000));
    else
        buffer_printf(out, "%.4g", value);
}

/* 50 GB */
static void add_bytes(double value, struct buffer *out)
{
    static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB" };
    size_t i = 0;
    for (; i < 5 && fabs(value) >= 1000; i++)
        value /= 1000;
    buffer_printf(out, "%.4g %s", value, units[i]);
}

void digest_figures(const struct arithmetic_slip *slip, struct buffer *out)
{
    void (*add)(double, struct buffer *) = slip->bytes ? add_bytes : add_number;
    add(slip->correct, out);
    buffer_add_string(out, ", not ");
    add(slip->claimed, out);
}

void digest_slip(const struct card *card, const struct arithmetic_slip *slip, struct buffer *out)
{
    digest_quote(card->answer, &slip->quote, out);
    buffer_add_string(out, out->length ? " comes to " : "Comes to ");
    digest_figures(slip, out);
    buffer_add_char(out, '.');
}

/* Their factor is not all that wrong claims take: what is said beside them counts for less, too. */
static bool add_without_claims(const struct card *card, const struct guard_score *guard,
                               struct buffer *out)
{
    if (!card->undoubted || strcmp(guard->id, "red-flags") != 0 ||
        round(card->undoubted->total) <= round(card->score->total))
        return false;
    buffer_add_string(out, card->score->red_flag_count > 1 ? "; without them it would be "
                                                           : "; without it it would be ");
    card_total(card->undoubted->total, out);
    buffer_add_string(out, " points");
    return true;
}

void digest_guard(const struct card *card, const struct guard_score *guard,
                  struct buffer *out)
{
    size_t at = out->length;
    buffer_add_string(out, guard->words);
    if (out->data[at] >= 'a' && out->data[at] <= 'z')
        out->data[at] = (char)(out->data[at] - 'a' + 'A');
    if (!add_without_claims(card, guard, out) && guard->factor < 1 &&
        card->score->without_hints >= 0.5)
        buffer_printf(out, ": %.0f%% fewer points", 100 * (1 - guard->factor));
    buffer_add_char(out, '.');
}

/* --- the end --- */

/* Bytes of the first sentence; all of it when it does not end before a capital or a digit. */
static size_t first_sentence(const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if (strchr(".!?", text[i]) && text[i + 1] == ' ' &&
            ((text[i + 2] >= 'A' && text[i + 2] <= 'Z') ||
             (text[i + 2] >= '0' && text[i + 2] <= '9')))
            return i + 1;
    return strlen(text);
}

void digest_fact(const struct card_fact *fact, struct buffer *out)
{
    buffer_printf(out, "%s: %.*s", fact->topic, (int)first_sentence(fact->answer), fact->answer);
}

void digest_times(const struct card *card, struct buffer *out)
{
    bool begun = false;
    for (size_t i = 0; i < card->phase_count; i++) {
        const struct card_phase *phase = &card->phases[i];
        if (!phase->opened || phase->used < 0)
            continue;
        /* Whole minutes, unless the plan was scaled to something else. */
        int decimals = phase->minutes != floor(phase->minutes);
        buffer_printf(out, "%s%s %.*f of %.*f%s", begun ? ", " : "", phase->title, decimals,
                      (double)phase->used / 60000, decimals, phase->minutes, begun ? "" : " min");
        begun = true;
    }
    if (begun)
        buffer_add_char(out, '.');
}

static void add_capital(struct buffer *out, const char *text)
{
    buffer_printf(out, "%c%s", *text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text, text + 1);
}

/* "First number at 5:10, first trade-off at 14:40, no failure." */
static void add_moments(const struct card *card, struct buffer *out)
{
    for (size_t i = 0; i < card->moment_count; i++) {
        const struct card_moment *m = &card->moments[i];
        buffer_add_string(out, i ? ", " : "");
        if (m->at >= 0)
            buffer_printf(out, "%s %s at %lld:%02lld", i ? "first" : "First", m->what,
                          (long long)m->at / 60000, (long long)m->at / 1000 % 60);
        else
            buffer_printf(out, "%s %s", i ? "no" : "No", m->what);
    }
    buffer_add_string(out, card->moment_count ? "." : "");
}

static void add_late(const struct card *card, struct buffer *out)
{
    enum { SHORTEST = 60000 }; /* ms: what was pasted has no times */
    if (card->duration < SHORTEST)
        return;
    for (size_t i = 0; i < card->moment_count && !card->interview; i++) {
        const struct card_moment *m = &card->moments[i];
        if (m->early && m->at > card->duration / 3 * 2)
            buffer_printf(out, " Bring %s forward.", m->what);
    }
}

/* A phase that took half as long again as planned, and two minutes more. */
static bool is_overlong(const struct card_phase *phase)
{
    double used = (double)phase->used / 60000;
    return phase->minutes > 0 && used > 1.5 * phase->minutes && used > phase->minutes + 2;
}

static void add_lengths(const struct card *card, struct buffer *out)
{
    for (size_t i = 0; i < card->phase_count; i++) {
        const struct card_phase *phase = &card->phases[i];
        bool left_out = phase->skipped && phase->used < 30000;
        if (!left_out && !is_overlong(phase))
            continue;
        buffer_add_string(out, out->length ? " " : "");
        add_capital(out, phase->title);
        if (left_out)
            buffer_add_string(out, " was left out.");
        else
            buffer_printf(out, " took %.0f minutes where %.2g were planned.",
                          (double)phase->used / 60000, phase->minutes);
    }
}

void digest_moments(const struct card *card, struct buffer *out)
{
    if (card->duration < 0)
        return;
    add_moments(card, out);
    add_late(card, out);
    add_lengths(card, out);
}

void digest_manner(const struct card *card, const struct card_manner *manner, struct buffer *out)
{
    enum { MANNER_COLUMNS = 100 };
    add_capital(out, manner->what);
    if (!manner->count) {
        buffer_add_string(out, ": none");
        if (manner->such_as)
            buffer_printf(out, " in words like %s", manner->such_as);
        return;
    }
    buffer_printf(out, ": %zu", manner->count);
    if (!digest_has_quote(card->answer, &manner->quote))
        return;
    buffer_add_string(out, manner->count > 1 ? ", first " : ", ");
    add_quote(card->answer, &manner->quote, MANNER_COLUMNS, out);
}
