#include "live/live_crowd.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

enum { ROOM_FIRST = 64 };

cr_status cr_crowd_open(cr_crowd *crowd, cr_fault *fault)
{
    *crowd = (cr_crowd){.epoll = epoll_create1(EPOLL_CLOEXEC),
                        .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    struct epoll_event event = {.events = EPOLLIN}; // no client: the bell
    if (crowd->epoll >= 0 && crowd->bell >= 0 &&
        epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, crowd->bell, &event) == 0)
        return CR_OK;
    int reason = errno;
    cr_crowd_close(crowd);
    return cr_fail(fault, CR_NOMEM, "", "live updates cannot begin (%s)", strerror(reason));
}

void cr_crowd_close(cr_crowd *crowd)
{
    if (crowd->epoll >= 0) (void)close(crowd->epoll);
    if (crowd->bell >= 0) (void)close(crowd->bell);
    cr_free(crowd->clients);
    *crowd = (cr_crowd){.epoll = -1, .bell = -1};
}

void cr_crowd_ring(const cr_crowd *crowd)
{
    const uint64_t one = 1;
    // A bell that has rung too often to count rings all the same.
    ssize_t written = write(crowd->bell, &one, sizeof one);
    (void)written;
}

static uint32_t wanted_of(const cr_live_client *client)
{
    short events = cr_live_client_events(client);
    return (events & POLLIN ? EPOLLIN : 0u) | (events & POLLOUT ? EPOLLOUT : 0u);
}

bool cr_crowd_add(cr_crowd *crowd, cr_live_client *client)
{
    client->watched = wanted_of(client);
    struct epoll_event event = {.events = client->watched, .data.ptr = client};
    if (epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, client->socket.socket, &event) != 0) return false;
    if (crowd->count == crowd->room) {
        crowd->room = crowd->room ? crowd->room * 2 : ROOM_FIRST;
        crowd->clients = cr_realloc(crowd->clients, (size_t)crowd->room, sizeof *crowd->clients);
    }
    client->place = crowd->count;
    crowd->clients[crowd->count++] = client;
    return true;
}

void cr_crowd_remove(cr_crowd *crowd, cr_live_client *client)
{
    // Its socket is closed by others, later: until then the kernel would go on telling of it.
    (void)epoll_ctl(crowd->epoll, EPOLL_CTL_DEL, client->socket.socket, NULL);
    cr_live_client *last = crowd->clients[--crowd->count];
    crowd->clients[client->place] = last;
    last->place = client->place;
    for (int i = 0; i < crowd->ready_count; i++)
        if (crowd->ready[i] == client) crowd->ready[i] = NULL;
}

void cr_crowd_watch(const cr_crowd *crowd, cr_live_client *client)
{
    uint32_t wanted = wanted_of(client);
    if (wanted == client->watched) return;
    struct epoll_event event = {.events = wanted, .data.ptr = client};
    if (epoll_ctl(crowd->epoll, EPOLL_CTL_MOD, client->socket.socket, &event) == 0)
        client->watched = wanted;
}

void cr_crowd_wait(cr_crowd *crowd, int milliseconds)
{
    struct epoll_event events[CR_CROWD_READY_MAX];
    crowd->ready_count = 0;
    int count = epoll_wait(crowd->epoll, events, CR_CROWD_READY_MAX, milliseconds);
    for (int i = 0; i < count; i++) {
        uint64_t rung;
        if (events[i].data.ptr) {
            crowd->ready[crowd->ready_count++] = events[i].data.ptr;
        } else {
            ssize_t got = read(crowd->bell, &rung, sizeof rung);
            (void)got;
        }
    }
}
