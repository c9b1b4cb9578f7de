/*
 * score_json.h - one score as one line of JSON (DESIGN, section 6): what `viva score
 * --format json` prints. Key order is fixed, numbers are rounded (total and costs to 1
 * decimal, the rest to 3), so that equal scores give equal bytes.
 *
 *   {"id","scenario","grader","rubric":{"id","version","hash"},"scorer","score","unfinished",
 *    "part" (true, for an exercise in some phases alone; else not there),
 *    "levels":{"mid":{"cleared","short_of":[]},...},"dimensions":{id: 0..4 or null},
 *    "criteria":[{"id","verdict","credit","quote","phase","start","end"}],
 *    "red_flags":[{"id","cost","stood","quote","phase","start","end"}],
 *    "corrected":[{"id","quote","phase","start","end"}],
 *    "guards":[{"id","factor"}],"slips":[{"claimed","correct","quote","phase","start","end"}]}
 *
 * A model's score has "runs", "voided" and "usage" too (command/model.h).
 *
 * `quote` is the exact bytes of the answer, `start` and `end` are bytes of that part's
 * text; all four are null when there is no quote, `phase` is null too when the part
 * counts for all phases.
 */
#ifndef VIVA_REPORT_SCORE_JSON_H
#define VIVA_REPORT_SCORE_JSON_H

#include "base/buffer.h"
#include "scoring/rubric.h"
#include "scoring/score.h"

struct score_report {
    const char *id;     /* of the answer; NULL: none */
    const char *grader; /* NULL: "rubric" */
    const struct rubric *rubric;
    const struct answer *answer; /* that the quotes refer to */
    const struct score *score;
    const char *more; /* further members, each with a comma before it; NULL: none */
};

/* Appends the object and a newline. Allocates nothing but the buffer's own growth. */
void score_json_write(struct buffer *out, const struct score_report *report);

#endif
