#include "scoring/order.h"

#include <string.h>

const char *const order_names[ORDER_COUNT] = {
    [CLASS_CONTENT] = "content",
    [CLASS_NUMBER] = "number",
    [CLASS_DETERMINER] = "determiner",
    [CLASS_PREPOSITION] = "preposition",
    [CLASS_PRONOUN] = "pronoun",
    [CLASS_AUXILIARY] = "auxiliary",
    [CLASS_CONJUNCTION] = "conjunction",
    [CLASS_NEGATOR] = "negator",
    [CLASS_ADVERB] = "adverb",
    [CLASS_FILLER] = "filler",
    [ORDER_START] = "start",
    [ORDER_END] = "end",
    [ORDER_FIRST_ENDING] = "-ing",
    "-ed",
    "-ly",
    "-ion",
    "-ity",
    "-s",
    [ORDER_FIRST_WORD] = "the",
    "a",
    "an",
    "this",
    "that",
    "which",
    "what",
    "its",
    "each",
    "every",
    "all",
    "one",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "with",
    "from",
    "per",
    "as",
    "after",
    "before",
    "over",
    "than",
    "i",
    "we",
    "you",
    "it",
    "they",
    "them",
    "is",
    "are",
    "be",
    "was",
    "has",
    "have",
    "can",
    "would",
    "will",
    "must",
    "and",
    "or",
    "but",
    "so",
    "if",
    "when",
    "then",
    "because",
    "not",
    "no",
    "only",
};

size_t order_find(const char *name, size_t length)
{
    size_t at = 0;
    while (at < ORDER_COUNT &&
           (*order_names[at] != *name || strlen(order_names[at]) != length ||
            memcmp(order_names[at], name, length) != 0))
        at++;
    return at;
}

/* "bus" and "class" have no ending. */
static bool ends_with(const char *word, size_t length, const char *ending)
{
    size_t rest = length - strlen(ending);
    if (length < strlen(ending) + 3 || memcmp(word + rest, ending, length - rest) != 0)
        return false;
    return strcmp(ending, "s") != 0 || !strchr("su", word[rest - 1]);
}

uint8_t order_of_content(const char *word, size_t length)
{
    for (int i = ORDER_FIRST_ENDING; i < ORDER_FIRST_WORD; i++)
        if (ends_with(word, length, order_names[i] + 1))
            return (uint8_t)i;
    return CLASS_CONTENT;
}
