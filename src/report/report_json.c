#include "report/report_json.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "report/moves.h"

/* --- members; what is not known is left out --- */

static void put(json_t *object, const char *key, json_t *value_take)
{
    json_object_set_new(object, key, value_take);
}

static void put_text(json_t *object, const char *key, const char *text)
{
    if (text)
        put(object, key, json_text_new(text, strlen(text)));
}

static void put_number(json_t *object, const char *key, double value, double unit)
{
    put(object, key, json_real(round(value / unit) * unit));
}

static void put_count(json_t *object, const char *key, int64_t value)
{
    if (value >= 0)
        put(object, key, json_integer((json_int_t)value));
}

static void put_time(json_t *object, const char *key, int64_t time)
{
    char text[TIME_TEXT_SIZE];
    if (time < 0)
        return;
    time_format(time, text);
    put_text(object, key, text);
}

/* --- grades --- */

static void put_quote(json_t *object, const struct grade_quote *quote)
{
    if (!quote->text)
        return;
    put(object, "quote", json_text_new(quote->text, quote->length));
    if (!quote->event)
        return;
    put_count(object, "event", (int64_t)quote->event);
    put_count(object, "start", (int64_t)quote->start);
    put_count(object, "end", (int64_t)quote->end);
}

static json_t *verdicts_json(const struct grade *g)
{
    json_t *list = json_array();
    for (size_t i = 0; i < g->verdict_count; i++) {
        const struct grade_verdict *v = &g->verdicts[i];
        json_t *entry = json_object();
        put_text(entry, "id", v->id);
        put_text(entry, "title", v->title);
        put_text(entry, "verdict", verdict_names[v->verdict]);
        if (v->credit >= 0)
            put_number(entry, "credit", v->credit, 0.001);
        put(entry, "graded", json_boolean(v->graded));
        put_quote(entry, &v->quote);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *flags_json(const struct grade_flag *flags, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *entry = json_object();
        put_text(entry, "id", flags[i].id);
        put_text(entry, "title", flags[i].title);
        if (flags[i].cost >= 0)
            put_number(entry, "cost", flags[i].cost, 0.1);
        if (flags[i].stood)
            put(entry, "stood", json_true());
        put_quote(entry, &flags[i].quote);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *voided_json(const struct grade *g)
{
    json_t *list = json_array();
    for (size_t i = 0; i < g->voided_count; i++) {
        json_t *entry = json_object();
        put_text(entry, "id", g->voided[i].id);
        put_text(entry, "claimed", g->voided[i].claimed);
        put_text(entry, "quote", g->voided[i].quote);
        put_text(entry, "why", g->voided[i].why);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_text_new(texts[i], strlen(texts[i])));
    return list;
}

static json_t *dimensions_json(const struct grade *g)
{
    json_t *object = json_object();
    for (size_t i = 0; i < g->dimension_count; i++)
        if (g->dimensions[i].share >= 0)
            put_number(object, g->dimensions[i].id, 4 * g->dimensions[i].share, 0.001);
        else
            put(object, g->dimensions[i].id, json_null());
    return object;
}

static json_t *sources_json(const struct grade_sources *s)
{
    json_t *object = json_object();
    put_text(object, "scorer", s->scorer);
    if (s->rubric_version)
        put_count(object, "rubric_version", s->rubric_version);
    put_text(object, "rubric", s->rubric);
    put_text(object, "lexicon", s->lexicon);
    put_text(object, "red-flags", s->red_flags);
    put_text(object, "weights", s->weights);
    return object;
}

static json_t *levels_json(const struct grade *g)
{
    json_t *object = json_object();
    for (int i = 0; i < LEVEL_COUNT; i++)
        put(object, level_names[i], json_boolean(g->cleared[i]));
    return object;
}

static void put_person(json_t *object, const struct grade *g)
{
    if (g->kind != GRADER_PERSON)
        return;
    put(object, "sealed", json_boolean(g->sealed));
    put_text(object, "recommendation", g->recommendation);
    put_text(object, "at", g->at);
    put(object, "strengths", texts_json(g->strengths, g->strength_count));
    put(object, "gaps", texts_json(g->gaps, g->gap_count));
}

static void put_model(json_t *object, const struct grade *g)
{
    if (g->kind != GRADER_MODEL)
        return;
    put(object, "voided", voided_json(g));
    if (!g->runs)
        return;
    json_t *runs = json_object();
    put_count(runs, "count", g->runs);
    put_number(runs, "low", g->low, 0.1);
    put_number(runs, "high", g->high, 0.1);
    put(object, "runs", runs);
}

static json_t *grade_json(const struct grade *g)
{
    json_t *object = json_object();
    if (g->event)
        put_count(object, "event", (int64_t)g->event);
    put_time(object, "t", g->time);
    put_text(object, "grader", g->grader);
    put(object, "newest", json_boolean(g->newest));
    put_number(object, "score", g->total, 0.1);
    put_number(object, "without_hints", g->without_hints, 0.1);
    put(object, "unfinished", json_boolean(g->unfinished));
    put(object, "levels", levels_json(g));
    put_person(object, g);
    put_model(object, g);
    put(object, "sources", sources_json(&g->sources));
    put(object, "dimensions", dimensions_json(g));
    put(object, "criteria", verdicts_json(g));
    put(object, "red_flags", flags_json(g->flags, g->flag_count));
    if (g->corrected_count)
        put(object, "corrected", flags_json(g->corrected, g->corrected_count));
    return object;
}

/* --- what moved --- */

static void add_move(void *state, const struct move *move)
{
    json_t *entry = json_object();
    put_text(entry, "id", move->id);
    put_text(entry, "from", move->from ? verdict_names[move->from->verdict] : NULL);
    put_text(entry, "to", move->to ? verdict_names[move->to->verdict] : NULL);
    json_array_append_new(state, entry);
}

static json_t *change_json(const struct report *report, const struct grade *from,
                           const struct grade *to)
{
    json_t *object = json_object(), *moved = json_array(), *reasons = json_array();
    unsigned found = move_reasons(report, from, to);
    put_text(object, "grader", to->grader);
    put_count(object, "from", (int64_t)from->event);
    if (to->event)
        put_count(object, "to", (int64_t)to->event);
    put_number(object, "score_before", from->total, 0.1);
    put_number(object, "score", to->total, 0.1);
    for (int i = 0; move_reason_names[i]; i++)
        if (found & 1u << i)
            json_array_append_new(reasons, json_string(move_reason_names[i]));
    moves_each(from, to, add_move, moved);
    put(object, "reasons", reasons);
    put(object, "moved", moved);
    return object;
}

static json_t *changes_json(const struct report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i <= report->grade_count && !report->unsealed; i++) {
        const struct grade *to =
            i < report->grade_count ? &report->grades[i] : report->now;
        const struct grade *from = moves_before(report, to);
        if (to == report->now && (report->wordless || moves_nothing_new(report)))
            continue;
        if (from)
            json_array_append_new(list, change_json(report, from, to));
    }
    return list;
}

/* --- the session --- */

static json_t *phases_json(const struct card *card)
{
    json_t *list = json_array();
    for (size_t i = 0; i < card->phase_count; i++) {
        const struct card_phase *phase = &card->phases[i];
        json_t *entry = json_object();
        put_text(entry, "id", phase->id);
        put_text(entry, "title", phase->title);
        if (phase->minutes > 0)
            put_number(entry, "minutes", phase->minutes, 0.001);
        put_count(entry, "used_ms", phase->used);
        put(entry, "opened", json_boolean(phase->opened));
        put(entry, "skipped", json_boolean(phase->skipped));
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *facts_json(const struct card *card)
{
    json_t *list = json_array();
    for (size_t i = 0; i < card->never_asked_count; i++) {
        json_t *entry = json_object();
        put_text(entry, "topic", card->never_asked[i].topic);
        put_text(entry, "answer", card->never_asked[i].answer);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *marks_json(const struct report_line *line)
{
    json_t *list = json_array();
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *mark = &line->marks[i];
        json_t *entry = json_object();
        put_text(entry, "kind", mark_kind_names[mark->kind]);
        put_text(entry, mark->kind == MARK_SLIP ? "correction" : "id",
                 mark->kind == MARK_SLIP ? mark->title : mark->id);
        if (mark->kind == MARK_EVIDENCE)
            put_text(entry, "verdict", verdict_names[mark->verdict]);
        put_text(entry, "grader", mark->grade->grader);
        put_count(entry, "start", (int64_t)mark->start);
        put_count(entry, "end", (int64_t)mark->end);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *line_json(const struct report *report, const struct report_line *line)
{
    json_t *entry = json_object();
    put_count(entry, "event", (int64_t)line->event);
    put_time(entry, "t", line->time);
    if (line->phase >= 0)
        put_text(entry, "phase", report->card.phases[line->phase].id);
    put_count(entry, "at_ms", line->at);
    put_text(entry, "kind", line_kind_names[line->kind]);
    if (line->kind == LINE_CANDIDATE || line->kind == LINE_INTERVIEWER)
        put_text(entry, "said", say_kind_names[line->say]);
    put_text(entry, "state", line_state_names[line->state]);
    put(entry, "text", json_text_new(line->text, line->length));
    put_text(entry, "about", line->about);
    put_text(entry, "by", line->by);
    put_text(entry, "verdict", line->verdict);
    if (line->price > 0)
        put_number(entry, "price", line->price, 0.1);
    put(entry, "marks", marks_json(line));
    return entry;
}

static void put_session(json_t *object, const struct report *report)
{
    const struct card *card = &report->card;
    json_t *scenario = json_object();
    put_count(object, "format", 1);
    put_text(object, "id", report->id);
    put_text(object, "mode", report->mode);
    put_text(object, "candidate", report->candidate);
    put_text(object, "interviewer", report->interviewer);
    put_time(object, "began", report->began);
    put_text(object, "program", report->program);
    put(object, "anonymous", json_boolean(report->anonymous));
    put(object, "unsealed", json_boolean(report->unsealed));
    put(object, "wordless", json_boolean(report->wordless));
    put_text(scenario, "id", card->scenario);
    put_text(scenario, "title", card->title);
    put(object, "scenario", scenario);
    put_text(object, "level",
             card->level < LEVEL_COUNT ? level_names[card->level] : NULL);
    put_count(object, "duration_ms", card->duration);
}

void report_json(const struct report *report, struct buffer *out)
{
    json_t *object = json_object(), *grades = json_array(), *lines = json_array();
    put_session(object, report);
    put(object, "phases", phases_json(&report->card));
    put(object, "never_asked", facts_json(&report->card));
    if (!report->unsealed && !report->wordless)
        put(object, "now", grade_json(report->now));
    for (size_t i = 0; i < report->grade_count; i++)
        json_array_append_new(grades, grade_json(&report->grades[i]));
    put(object, "grades", grades);
    put(object, "changes", changes_json(report));
    for (size_t i = 0; i < report->line_count; i++)
        json_array_append_new(lines, line_json(report, &report->lines[i]));
    put(object, "transcript", lines);
    json_write(out, object);
    buffer_add_char(out, '\n');
    json_decref(object);
}
