#include "scoring/nearest.h"

#include <stdlib.h>
#include <string.h>

/* Stems of the text, marked when they are looked for; a sentence's number keeps a stem from being
 * counted twice in it. */
struct mark {
    bool wanted;
    size_t seen_in;
};

static size_t stem_count(const struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->words.count; i++) {
        size_t stem = text->words.items[i].stem;
        count = stem >= count ? stem + 1 : count;
    }
    return count;
}

static void mark_words(struct dictionary *d, const char *about, struct mark *marks, size_t count)
{
    size_t length = strlen(about);
    for (size_t at = 0, end; at<length; at = end> at ? end : at + 1) {
        end = text_word_end(about, length, at);
        if (end == at)
            continue;
        const struct word_form *word = dictionary_get(d, dictionary_form(d, about + at, end - at));
        if (word->word_class == CLASS_CONTENT && word->stem < count)
            marks[word->stem].wanted = true;
    }
}

static size_t shared_words(const struct text *text, size_t sentence, struct mark *marks)
{
    const struct sentence *s = &text->sentences.items[sentence];
    size_t shared = 0;
    for (uint32_t w = s->first; w < s->end; w++) {
        struct mark *mark = &marks[text->words.items[w].stem];
        shared += mark->wanted && mark->seen_in != sentence + 1;
        mark->seen_in = sentence + 1;
    }
    return shared;
}

int nearest_sentence(const struct text *text, struct dictionary *d, const char *const *about)
{
    size_t count = stem_count(text), most = 0;
    int best = -1;
    struct mark *marks = xcalloc(count + 1, sizeof(*marks));
    for (; *about; about++)
        mark_words(d, *about, marks, count);
    for (size_t i = 0; i < text->sentences.count; i++) {
        size_t shared = shared_words(text, i, marks);
        if (shared <= most)
            continue;
        most = shared;
        best = (int)i;
    }
    free(marks);
    return best;
}
