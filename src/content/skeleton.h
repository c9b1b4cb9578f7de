/*
 * skeleton.h - a scenario and a rubric to be written: whole in form, with TODO wherever an author
 * has something to say. They load; `viva check` names each TODO with its line.
 */
#ifndef VIVA_CONTENT_SKELETON_H
#define VIVA_CONTENT_SKELETON_H

#include <stdbool.h>

#include "base/buffer.h"

/* Whether it can be a file's name and a word of the command line: lower-case words and hyphens. */
bool skeleton_is_id(const char *id);

/* Append the JSON text, laid out for an editor. */
void skeleton_scenario(const char *id, struct buffer *out);
void skeleton_rubric(const char *id, struct buffer *out);

#endif
