/*
 * combine.h - where the parts of an expression stand together, from the hits of its groups. Nobody but
 * the matcher includes it; what a match of `&` is says matcher.h.
 *
 * Most expressions have nothing in a text, and most of those that have all their parts in it have them in
 * different corners of it. Both are seen from the sentences of the groups alone, before a hit is looked at.
 */
#ifndef VIVA_SCORING_COMBINE_H
#define VIVA_SCORING_COMBINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scoring/hits.h"
#include "scoring/matcher.h"

/* A part of an expression: a group, marked as such, or what combiner_add() returned. */
enum { GROUP_PART = 1 << 30 };

/* Several parts, made ready. */
struct query {
    bool all; /* of the positive ones; false: any */
    bool wants_reason;
    struct reach reach;
    /* Positive ones first; behind them what must not stand there. */
    const uint32_t *parts;
    uint32_t positive, count;
};

struct combiner;
/* Borrows the hits. */
struct combiner *combiner_new(struct hits *hits) __attribute__((warn_unused_result));
void combiner_free(struct combiner *c);

/* Borrows the query's parts. */
uint32_t combiner_add(struct combiner *c, const struct query *query);

/* Has a part be asked for by itself; returns its number, counted from 0. */
size_t combiner_add_root(struct combiner *c, uint32_t part);

/* To be called once, behind hits_seal(). */
void combiner_seal(struct combiner *c);

/* The text whose hits are asked for from now on; they have been read. */
void combiner_read(struct combiner *c, const struct text *text);

/* As matcher_find(). */
size_t combiner_find(struct combiner *c, size_t root, struct match *out, size_t room);

#endif
