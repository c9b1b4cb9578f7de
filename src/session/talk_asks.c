/* Whether a line that is said asks: talk_asks(). */
#include <ctype.h>
#include <string.h>

#include "session/question.h"
#include "session/talk.h"

/* "how many writes: 40 a second" answers itself; "is 10M a forecast" does not. */
static bool tells_figure(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t behind = i + 1;
        while (behind < length && strchr(" \t~", text[behind]))
            behind++;
        if (strchr(",:=", text[i]) && behind < length &&
            isdigit((unsigned char)text[behind]))
            return true;
    }
    return false;
}

static bool has_digit(const char *text, size_t length)
{
    while (length && !isdigit((unsigned char)text[length - 1]))
        length--;
    return length > 0;
}

bool talk_asks(struct talk *t, const char *text, size_t length)
{
    enum question_kind kind = question_read(text, length);
    struct reply replies[REPLIES_MOST];
    if (facts_choice(interviewer_facts(t->interviewer), t->session, text, length,
                     replies))
        return true;
    /* while the task is being cleared up, who asks is not met with silence */
    bool unmarked = kind == QUESTION_NONE || kind == QUESTION_WORDED;
    bool clearing = t->session->phase == 0;
    if (unmarked && !clearing && question_is_subject(text, length))
        return false;
    bool surely = unmarked && clearing &&
                  ((question_surely(text, length) && !tells_figure(text, length)) ||
                   question_wonders(text, length));
    surely = surely ||
             (kind == QUESTION_WITHIN && clearing && question_leaves_open(text, length));
    if ((kind == QUESTION_NONE && !surely) ||
        (kind == QUESTION_MARKED && !question_follows(text, length)))
        return kind == QUESTION_MARKED;
    facts_answers(interviewer_facts(t->interviewer), text, length, replies);
    if (kind == QUESTION_MARKED) /* "it times out. Did it go out?" asks the speaker */
        return (replies[0].kind != REPLY_ASSUME && replies[0].kind != REPLY_CLOSE) ||
               t->session->phase == 0;
    return surely || replies[0].kind == REPLY_FACT ||
           (replies[0].kind == REPLY_GIVEN && !has_digit(text, length));
}
