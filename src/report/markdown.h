/* markdown.h - the scorecard as Markdown (CommonMark with tables), for a page or a mail. */
#ifndef VIVA_REPORT_MARKDOWN_H
#define VIVA_REPORT_MARKDOWN_H

#include "report/card.h"

/* Appends the whole document. Text from people is escaped: it is shown, not interpreted. */
void card_markdown(const struct card *card, struct buffer *out);

#endif
