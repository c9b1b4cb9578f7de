/* uuid.h - session identifiers. The one file with libuuid. */
#ifndef VIVA_BASE_UUID_H
#define VIVA_BASE_UUID_H

enum { UUID_TEXT_SIZE = 37 };
/* A random UUID in lower case into text[UUID_TEXT_SIZE]. */
void uuid_text_new(char *text);

#endif
