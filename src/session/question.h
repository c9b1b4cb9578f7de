/*
 * question.h - whether a line asks something. Who types in a hurry leaves the mark out: "what plans are
 * there" is a question too, if somebody knows the answer.
 */
#ifndef VIVA_SESSION_QUESTION_H
#define VIVA_SESSION_QUESTION_H

#include <stddef.h>

enum question_kind {
    QUESTION_NONE,
    QUESTION_WORDED, /* it begins as questions do, and is a single sentence without the mark */
    QUESTION_MARKED, /* it ends in a question mark */
};
enum question_kind question_read(const char *text, size_t length);

#endif
