#include "content/skeleton.h"

#include <stdio.h>
#include <string.h>

#include "content/scenario.h"

bool skeleton_is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= SCENARIO_ID_MAX &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length && id[0] != '-' &&
           id[length - 1] != '-' && !strstr(id, "--");
}

/* "Url shortener" of "url-shortener" */
static void add_title(const char *id, struct buffer *out)
{
    for (const char *c = id; *c; c++)
        buffer_add_char(out, c == id && *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A')
                             : *c == '-'                       ? ' '
                                                               : *c);
}

/* --- scenario --- */

static const char scenario_body[] =
    "  \"version\": 1,\n"
    "  \"level\": \"senior\",\n"
    "  \"tags\": [],\n"
    "  \"prompt\": \"TODO: what the candidate reads first, in three or four lines, with the figures that make an estimate possible\",\n"
    "  \"facts\": [\n"
    "    {\n"
    "      \"id\": \"users\",\n"
    "      \"topic\": \"TODO: goes on from 'you never asked': how many people use it\",\n"
    "      \"asks\": [\"TODO how it is asked\"],\n"
    "      \"answer\": \"TODO: what the interviewer answers, with a figure\",\n"
    "      \"criterion\": \"scope\",\n"
    "      \"examples\": [\"TODO: how people ask it, in five to ten ways\"]\n"
    "    }\n"
    "  ],\n"
    "  \"phases\": [\n"
    "    { \"id\": \"requirements\", \"title\": \"requirements\", \"minutes\": 5, \"opening\": \"Ask me what you need to know, or say what you assume.\" },\n"
    "    { \"id\": \"estimation\", \"title\": \"estimation\", \"minutes\": 4, \"opening\": \"How big is it? Rough numbers, and how you get them.\" },\n"
    "    { \"id\": \"api\", \"title\": \"api and data\", \"minutes\": 6, \"opening\": \"Which calls are there, and what do you store?\" },\n"
    "    { \"id\": \"design\", \"title\": \"design\", \"minutes\": 10, \"opening\": \"Walk one request through your design.\" },\n"
    "    { \"id\": \"deep-dive\", \"title\": \"deep dive\", \"minutes\": 12, \"opening\": \"TODO: the part that makes this problem hard\" },\n"
    "    { \"id\": \"wrap-up\", \"title\": \"wrap-up\", \"minutes\": 8, \"opening\": \"What fails first, and what would you do with another month?\" }\n"
    "  ],\n"
    "  \"hints\": [\n"
    "    {\n"
    "      \"criterion\": \"core\",\n"
    "      \"ladder\": [\n"
    "        { \"text\": \"TODO: a nudge, without a word that would earn it\", \"price\": 1 },\n"
    "        { \"text\": \"TODO: more specific, and it still leaves the point to be made\", \"price\": 2 }\n"
    "      ]\n"
    "    }\n"
    "  ],\n"
    "  \"twist\": {\n"
    "    \"minute\": 30,\n"
    "    \"says\": \"TODO: a new requirement that the design did not foresee, with a figure\",\n"
    "    \"criterion\": \"twist\"\n"
    "  },\n"
    "  \"figures\": [\n"
    "    {\n"
    "      \"name\": \"peak rate\",\n"
    "      \"kind\": \"rate\",\n"
    "      \"value\": 1,\n"
    "      \"how\": \"TODO: the derivation, and the value in its base unit\"\n"
    "    }\n"
    "  ],\n"
    "  \"sources\": [\"TODO: where the figures come from\"]\n"
    "}\n";

void skeleton_scenario(const char *id, struct buffer *out)
{
    buffer_printf(out, "{\n  \"format\": 1,\n  \"kind\": \"design\",\n  \"id\": \"%s\",\n  \"title\": \"", id);
    add_title(id, out);
    buffer_add_string(out, "\",\n");
    buffer_add_string(out, scenario_body);
}

/* --- rubric --- */

/* A criterion a phase, so that every phase has one, and one for the twist. */
static const struct {
    const char *id, *phase, *dimension;
    int weight;
    const char *must_from; /* NULL: never a must */
    bool only_if_asked;
} criteria[] = {
    { "scope", "requirements", "requirements", 2, "mid", false },
    { "traffic", "estimation", "estimation", 2, "mid", false },
    { "data-model", "api", "api-and-data", 3, "mid", false },
    { "request-path", "design", "architecture", 3, "mid", false },
    { "core", "deep-dive", "depth", 4, "senior", false },
    { "failure-handling", "wrap-up", "reliability", 3, "senior", false },
    { "choices", "design", "trade-offs", 2, "staff", false },
    { "twist", "deep-dive", "depth", 2, NULL, true },
};

static void add_criterion(size_t index, struct buffer *out)
{
    const char *id = criteria[index].id;
    buffer_printf(out, "    {\n      \"id\": \"%s\",\n      \"title\": \"TODO: %s: what is done well, as the card says it\",\n",
                  id, id);
    buffer_printf(out, "      \"phase\": \"%s\",\n      \"dimension\": \"%s\",\n      \"weight\": %d,\n",
                  criteria[index].phase, criteria[index].dimension, criteria[index].weight);
    buffer_add_string(out, "      \"why\": \"TODO: the reason for this weight\",\n");
    if (criteria[index].must_from)
        buffer_printf(out, "      \"must_from\": \"%s\",\n", criteria[index].must_from);
    if (criteria[index].only_if_asked)
        buffer_add_string(out, "      \"only_if_asked\": true,\n");
    buffer_printf(out,
                  "      \"description\": \"TODO: what somebody who explains it says\",\n"
                  "      \"evidence\": {\n"
                  "        \"names\": [\"TODO what %s is called\"],\n"
                  "        \"mechanisms\": [\"TODO how %s works & why\"]\n"
                  "      },\n",
                  id, id);
    buffer_printf(out, "      \"probe\": \"TODO: the question that leads there, without a term that would earn it\",\n"
                       "      \"advice\": \"TODO: one line on what to say next time, with a figure or a consequence\"\n"
                       "    }%s\n",
                  index + 1 < sizeof(criteria) / sizeof(*criteria) ? "," : "");
}

static const char rubric_flags[] =
    "  \"red_flags\": [\n"
    "    {\n"
    "      \"id\": \"misconception\",\n"
    "      \"title\": \"TODO: the truth, in one line\",\n"
    "      \"evidence\": [\"TODO the subject & the claim\"],\n"
    "      \"cost\": 4,\n"
    "      \"advice\": \"TODO: what to know instead\",\n"
    "      \"examples\": {\n"
    "        \"wrong\": [\"TODO: a sentence that must be caught\"],\n"
    "        \"sound\": [\n"
    "          \"TODO: a sentence that rejects the misconception\",\n"
    "          \"TODO: a sentence that comes near it and is right\"\n"
    "        ]\n"
    "      }\n"
    "    }\n"
    "  ],\n"
    "  \"shared_red_flags\": [],\n";

static const struct {
    const char *kind, *band, *text;
} samples[] = {
    { "strong", "75, 100", NULL },
    { "middling", "45, 70", "TODO: the usual answer: right, with little reason and few figures" },
    { "weak", "10, 45", "TODO: a thin answer by somebody who has read about it" },
    { "list", "0, 20", "TODO: the terms alone, between commas" },
    { "filler", "0, 20", "TODO: the terms in empty sentences: we will use caching" },
    { "negated", "0, 20", "TODO: the strong answer's points, each turned down without a reason" },
    { "off-topic", "0, 20", "TODO: a good answer to another problem" },
    { "wrong", "0, 25", "TODO: fluent, and full of misconceptions" },
};

static void add_strong(struct buffer *out)
{
    static const char *const phases[] = { "requirements", "estimation", "api",
                                          "design",       "deep-dive",  "wrap-up" };
    buffer_add_string(out, "      \"answers\": {\n");
    for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++)
        buffer_printf(out, "        \"%s\": \"TODO: what a strong candidate says here\"%s\n", phases[i],
                      i + 1 < sizeof(phases) / sizeof(*phases) ? "," : "");
    buffer_add_string(out, "      },\n");
}

static void add_sample(size_t index, struct buffer *out)
{
    buffer_printf(out, "    {\n      \"id\": \"%s\",\n      \"kind\": \"%s\",\n", samples[index].kind,
                  samples[index].kind);
    if (samples[index].text)
        buffer_printf(out, "      \"text\": \"%s\",\n", samples[index].text);
    else
        add_strong(out);
    buffer_printf(out, "      \"score\": [%s]\n    }%s\n", samples[index].band,
                  index + 1 < sizeof(samples) / sizeof(*samples) ? "," : "");
}

void skeleton_rubric(const char *id, struct buffer *out)
{
    buffer_printf(out,
                  "{\n  \"format\": 1,\n  \"scenario\": \"%s\",\n  \"version\": 1,\n"
                  "  \"about\": \"TODO: what separates a mid, a senior and a staff answer to this problem\",\n"
                  "  \"topic\": [\"TODO words that no answer can lack\"],\n  \"criteria\": [\n",
                  id);
    for (size_t i = 0; i < sizeof(criteria) / sizeof(*criteria); i++)
        add_criterion(i, out);
    buffer_add_string(out, "  ],\n");
    buffer_add_string(out, rubric_flags);
    buffer_add_string(out, "  \"consistency\": [],\n  \"samples\": [\n");
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
        add_sample(i, out);
    buffer_add_string(out, "  ]\n}\n");
}
