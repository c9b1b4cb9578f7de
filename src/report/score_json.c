#include "report/score_json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* --- values --- */

static void add_escaped(struct buffer *out, unsigned char c)
{
    static const char letters[] = "btn?fr"; /* of the control characters from 8 on */
    buffer_add_char(out, '\\');
    if (c == '"' || c == '\\')
        buffer_add_char(out, (char)c);
    else if (c >= 8 && c <= 13 && c != 11)
        buffer_add_char(out, letters[c - 8]);
    else
        buffer_printf(out, "u%04x", c);
}

/* Whole stretches are copied; what JSON cannot hold becomes U+FFFD, a byte at a time. */
static void add_string(struct buffer *out, const char *text, size_t length)
{
    size_t valid = utf8_valid_prefix(text, length), from = 0;
    buffer_add_char(out, '"');
    for (size_t at = 0; at < length; at++) {
        unsigned char c = (unsigned char)text[at];
        if (at == valid) {
            buffer_add(out, text + from, at - from);
            buffer_add_string(out, "\xef\xbf\xbd");
            from = at + 1;
            valid = from + utf8_valid_prefix(text + from, length - from);
        } else if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            buffer_add(out, text + from, at - from);
            add_escaped(out, c);
            from = at + 1;
        }
    }
    buffer_add(out, text + from, length - from);
    buffer_add_char(out, '"');
}

static void add_text(struct buffer *out, const char *text)
{
    if (text)
        add_string(out, text, strlen(text));
    else
        buffer_add_string(out, "null");
}

/* Rounded to `digits` decimals, without zeros at the end; never "-0". */
static void add_number(struct buffer *out, double value, int digits)
{
    static const double units[] = { 1, 10, 100, 1000 };
    double scaled = round(value * units[digits]);
    if (!(fabs(scaled) < 1e15)) {
        if (isfinite(value))
            buffer_printf(out, "%.15g", value);
        else
            buffer_add_string(out, "null");
        return;
    }
    char text[24];
    size_t at = sizeof(text);
    uint64_t rest = (uint64_t)fabs(scaled), unit = (uint64_t)units[digits];
    for (uint64_t part = rest % unit, k = (uint64_t)digits, kept = 0; k > 0; k--, part /= 10) {
        kept = kept || part % 10;
        if (kept)
            text[--at] = (char)('0' + part % 10);
    }
    if (at < sizeof(text))
        text[--at] = '.';
    uint64_t whole = rest / unit;
    do
        text[--at] = (char)('0' + whole % 10);
    while (whole /= 10);
    if (scaled < 0)
        text[--at] = '-';
    buffer_add(out, text + at, sizeof(text) - at);
}

static void add_key(struct buffer *out, const char *key)
{
    buffer_add_string(out, ",\"");
    buffer_add_string(out, key);
    buffer_add_string(out, "\":");
}

/* --- the object --- */

static void add_quote(struct buffer *out, const struct score_report *r, const struct quote *quote)
{
    const struct answer *answer = r->answer;
    if (!answer || quote->part < 0 || (size_t)quote->part >= answer->count ||
        quote->end > answer->parts[quote->part].length || quote->start > quote->end) {
        buffer_add_string(out, ",\"quote\":null,\"phase\":null,\"start\":null,\"end\":null");
        return;
    }
    const struct answer_part *part = &answer->parts[quote->part];
    add_key(out, "quote");
    add_string(out, part->text + quote->start, quote->end - quote->start);
    add_key(out, "phase");
    add_text(out, part->phase);
    add_key(out, "start");
    add_number(out, (double)quote->start, 0);
    add_key(out, "end");
    add_number(out, (double)quote->end, 0);
}

static void add_by(struct buffer *out, const struct expression_place *by)
{
    add_key(out, "by");
    if (!by->list) {
        buffer_add_string(out, "null");
        return;
    }
    buffer_add_char(out, '"');
    expression_place_name(by, out);
    buffer_add_char(out, '"');
}

static void add_head(struct buffer *out, const struct score_report *r)
{
    buffer_add_string(out, "{\"id\":");
    add_text(out, r->id);
    add_key(out, "scenario");
    add_text(out, r->rubric->scenario);
    add_key(out, "grader");
    add_text(out, r->grader ? r->grader : "rubric");
    add_key(out, "rubric");
    buffer_add_string(out, "{\"id\":");
    add_text(out, r->rubric->scenario);
    add_key(out, "version");
    add_number(out, r->rubric->version, 0);
    add_key(out, "hash");
    add_text(out, r->rubric->hash);
    buffer_add_char(out, '}');
    add_key(out, "scorer");
    add_text(out, SCORER_VERSION);
    add_key(out, "score");
    add_number(out, r->score->total, 1);
    add_key(out, "unfinished");
    buffer_add_string(out, r->score->unfinished ? "true" : "false");
    if (r->score->part) {
        add_key(out, "part");
        buffer_add_string(out, "true");
    }
}

static void add_levels(struct buffer *out, const struct score *score)
{
    add_key(out, "levels");
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level_score *level = &score->levels[i];
        buffer_add_char(out, i ? ',' : '{');
        add_text(out, level_names[i]);
        buffer_add_string(out, level->cleared ? ":{\"cleared\":true,\"short_of\":["
                                              : ":{\"cleared\":false,\"short_of\":[");
        for (size_t k = 0; k < level->short_count; k++) {
            if (k)
                buffer_add_char(out, ',');
            add_text(out, level->short_of[k]->id);
        }
        buffer_add_string(out, "]}");
    }
    buffer_add_char(out, '}');
}

static void add_dimensions(struct buffer *out, const struct score *score)
{
    add_key(out, "dimensions");
    buffer_add_char(out, '{');
    for (size_t i = 0; i < score->dimension_count; i++) {
        if (i)
            buffer_add_char(out, ',');
        add_text(out, score->dimensions[i].id);
        buffer_add_char(out, ':');
        if (score->dimensions[i].weight > 0)
            add_number(out, 4 * score->dimensions[i].share, 3);
        else
            buffer_add_string(out, "null");
    }
    buffer_add_char(out, '}');
}

static void add_criteria(struct buffer *out, const struct score_report *r)
{
    add_key(out, "criteria");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < r->score->criterion_count; i++) {
        const struct criterion_score *c = &r->score->criteria[i];
        buffer_add_string(out, i ? ",{\"id\":" : "{\"id\":");
        add_text(out, r->rubric->criteria[i].id);
        add_key(out, "verdict");
        add_text(out, verdict_names[c->verdict]);
        add_key(out, "credit");
        add_number(out, c->credit, 3);
        add_quote(out, r, &c->quote);
        add_by(out, &c->by);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_red_flags(struct buffer *out, const struct score_report *r)
{
    add_key(out, "red_flags");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < r->score->red_flag_count; i++) {
        const struct red_flag_score *flag = &r->score->red_flags[i];
        buffer_add_string(out, i ? ",{\"id\":" : "{\"id\":");
        add_text(out, flag->flag->id);
        add_key(out, "cost");
        add_number(out, flag->cost, 1);
        if (flag->challenged == CHALLENGE_STOOD)
            buffer_add_string(out, ",\"stood\":true");
        add_quote(out, r, &flag->quote);
        add_by(out, &flag->by);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

/* Only of a session, and only where there is any. */
static void add_corrected(struct buffer *out, const struct score_report *r)
{
    const struct red_flag_score *flag;
    bool begun = false;
    for (size_t at = 0; (flag = score_next_corrected(r->score, &at)) != NULL;
         begun = true) {
        if (!begun)
            add_key(out, "corrected");
        buffer_add_string(out, begun ? ",{\"id\":" : "[{\"id\":");
        add_text(out, flag->flag->id);
        add_quote(out, r, &flag->reply);
        buffer_add_char(out, '}');
    }
    buffer_add_string(out, begun ? "]" : "");
}

static void add_guards(struct buffer *out, const struct score *score)
{
    add_key(out, "guards");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < score->guard_count; i++) {
        buffer_add_string(out, i ? ",{\"id\":" : "{\"id\":");
        add_text(out, score->guards[i].id);
        add_key(out, "factor");
        add_number(out, score->guards[i].factor, 3);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_slips(struct buffer *out, const struct score_report *r)
{
    add_key(out, "slips");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < r->score->slip_count; i++) {
        const struct arithmetic_slip *slip = &r->score->slips[i];
        buffer_add_string(out, i ? ",{\"claimed\":" : "{\"claimed\":");
        add_number(out, slip->claimed, 3);
        add_key(out, "correct");
        add_number(out, slip->correct, 3);
        add_quote(out, r, &slip->quote);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void score_json_write(struct buffer *out, const struct score_report *report)
{
    add_head(out, report);
    add_levels(out, report->score);
    add_dimensions(out, report->score);
    add_criteria(out, report);
    add_red_flags(out, report);
    add_corrected(out, report);
    add_guards(out, report->score);
    add_slips(out, report);
    buffer_add_string(out, report->more ? report->more : "");
    buffer_add_string(out, "}\n");
}
