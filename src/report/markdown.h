/* markdown.h - the scorecard as Markdown (CommonMark with tables), for a page or a mail. */
#ifndef VIVA_REPORT_MARKDOWN_H
#define VIVA_REPORT_MARKDOWN_H

#include "report/card.h"

/* Appends the whole document. Text from people is escaped: it is shown, not interpreted. */
void card_markdown(const struct card *card, struct buffer *out);
/* The same without its heading, for a document that has one; without the areas for one that has its own. */
void card_markdown_body(const struct card *card, bool areas, struct buffer *out);

/* Appends text from people on one line, with everything escaped that Markdown would act on. */
void markdown_text(struct buffer *out, const char *text, size_t length);

#endif
