/*
 * json_span.h - a look at a few members of a large JSON text without making a tree of it.
 *
 * It is for files that were loaded before, or will be: what is not JSON is not reported, it ends
 * the walk. Nothing is allocated; a span points into the text.
 */
#ifndef VIVA_BASE_JSON_SPAN_H
#define VIVA_BASE_JSON_SPAN_H

#include <stdbool.h>
#include <stddef.h>

/* A value as it is written, without blanks around it; `length` 0: there is none. */
struct json_span {
    const char *text;
    size_t length;
};

/* The value that a whole text is; it is not read yet. */
struct json_span json_span_of(const char *text, size_t length);

/* Goes through an array or object; `rest` is set to its value before the first step. */
struct json_walk {
    struct json_span rest;
    bool begun;
    struct json_span key, value; /* of this step; the key with its quotation marks, none in arrays */
};
#define JSON_WALK(span) { .rest = (span) }
/* False behind the last one. */
bool json_walk(struct json_walk *walk);

/* The member of an object; none when it is no object or has no such key. */
struct json_span json_span_member(struct json_span object, const char *key);

/* Whether it is this string; only strings without escapes are equal to anything. */
bool json_span_is(struct json_span span, const char *text);
/* Its number, or `otherwise`. */
double json_span_number(struct json_span span, double otherwise);

#endif
