// The clients, by the thousand, and which of them can be worked with now. For live's own thread,
// but for the bell.
#pragma once

#include "live/live_client.h"

// Of one wait.
enum { CR_CROWD_READY_MAX = 256 };

// See above.
typedef struct cr_crowd {
    cr_live_client **clients; // in no order
    int count, room;
    int epoll; // of the kernel
    int bell;  // an eventfd: something has changed
    cr_live_client *ready[CR_CROWD_READY_MAX];
    int ready_count;
} cr_crowd;

// CR_NOMEM: the kernel has no room for it.
CR_CHECKED cr_status cr_crowd_open(cr_crowd *crowd, cr_fault *fault);
// Closes what cr_crowd_open opened; the clients are to be gone.
void cr_crowd_close(cr_crowd *crowd);

// Ends the wait, or the next one. From any thread.
void cr_crowd_ring(const cr_crowd *crowd);

// Takes [client]. False: it cannot be waited for, and was not taken.
CR_CHECKED bool cr_crowd_add(cr_crowd *crowd, cr_live_client *client);
// Forgets [client] and gives it back.
void cr_crowd_remove(cr_crowd *crowd, cr_live_client *client);

// Waits for what [client] wants now (cr_live_client_events), as it stands after some work.
void cr_crowd_watch(const cr_crowd *crowd, cr_live_client *client);

// Waits until clients are ready, into ready, the bell rings, or the time is over.
void cr_crowd_wait(cr_crowd *crowd, int milliseconds);
