// What somebody uses, in a few words that they know it by.
#pragma once

// Bytes of the words, with their end.
enum { CR_DEVICE_BYTES = 48 };

// "Firefox, Linux" of a User-Agent field (NULL: there was none). Made of words of ours alone, so
// that nobody writes into another's list. Pure.
void cr_device_name(const char *user_agent, char out[CR_DEVICE_BYTES]);
