/*
 * vague.h - answers that claim a quality and say nothing of how: "it scales", "we make it fast".
 *
 * Vague is only what is short, has no number and no reason, and has no word beside the quality that
 * says anything: one term of the subject ("replicas make it fast") and it is an answer. So it is
 * rather silent than wrong.
 */
#ifndef VIVA_SESSION_VAGUE_H
#define VIVA_SESSION_VAGUE_H

#include <stddef.h>

enum vague {
    VAGUE_NO,
    VAGUE_CLAIM, /* "it scales" */
    VAGUE_GOAL,  /* "it should be reliable" */
};

enum vague vague_answer(const char *text, size_t length);

#endif
