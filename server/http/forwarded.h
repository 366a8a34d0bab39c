// From where a request comes, past the server that stands in front of ours.
#pragma once

// Bytes of an address, with its end.
enum { CR_FORWARDED_BYTES = 48 };

// The address by which tries are counted. [peer] is who is connected (NULL: not known), [forwarded]
// the X-Forwarded-For field, which is believed only of [proxy], the address of the server in front
// (NULL: there is none): its last entry, the one that server wrote. Of IPv6 it is the network of
// 64 bits, which is one person's. "" where it is not known. Pure.
void cr_forwarded_address(const char *peer, const char *forwarded, const char *proxy,
                          char out[CR_FORWARDED_BYTES]);
