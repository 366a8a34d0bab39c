// Which network addresses belong to the public Internet: a result that a service names is fetched
// from nowhere else.
#pragma once

#include <sys/socket.h>

#include "broker/http_client.h"

// Judges by family; anything but IPv4 and IPv6 is not public.
bool cr_http_sockaddr_is_public(const struct sockaddr *address);
