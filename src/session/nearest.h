/*
 * nearest.h - which fact a question is nearest to, by questions that people asked: words in common, rare ones
 * counting more. What no expression of the facts finds is found so.
 *
 * The nearness of a question q and an example e is the sum of the weights of the words in both, divided by the root
 * of the product of their own two sums (a cosine), a constant added to that of q for what it leaves unsaid. The weight
 * of a word is log((n + 1) / (m + 0.5)), m of the scenario's n examples having it (inverse document frequency, Sparck
 * Jones 1972), and less for words of the prompt and its title. A fact has that of its nearest example, a part of those
 * of the next two, and parts of the shares of q's weight that stand in its topic and in its answer.
 */
#ifndef VIVA_SESSION_NEAREST_H
#define VIVA_SESSION_NEAREST_H

#include "content/scenario.h"
#include "scoring/text.h"

struct nearest;

/* Borrows the scenario and the dictionary, which must outlive it. Free with nearest_free(). */
struct nearest *nearest_new(const struct scenario *scenario, struct dictionary *d)
    __attribute__((warn_unused_result));
void nearest_free(struct nearest *n);

/* Fills how near the question, read with the same dictionary, is to each fact: from 0, hardly above 2. */
void nearest_rank(struct nearest *n, const struct text *question, double *out);

#endif
