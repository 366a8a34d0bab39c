#include "live/live.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "live/live_client.h"

enum { LOOK_MS = 2000, FAREWELL_ROUNDS = 20, FAREWELL_MS = 50 };

struct cr_live {
    cr_live_desc desc;
    pthread_t thread;
    int bell; // an eventfd: something has changed
    // Of the thread alone.
    cr_live_client *clients[CR_LIVE_CLIENTS_MAX];
    char *list; // the message; NULL: not made
    int64_t list_seq, listed_ms;
    // Of all; the thread alone opens and closes topics.
    pthread_mutex_t lock;
    bool is_closing, is_list_stale;
    int count; // of clients, those that wait to be taken included
    int arrived_count;
    cr_live_client *arrived[CR_LIVE_CLIENTS_MAX];
    cr_topic topics[CR_LIVE_TOPICS_MAX];
};

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    (void)clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void ring(cr_live *live)
{
    const uint64_t one = 1;
    // A bell that has rung too often to count rings all the same.
    ssize_t written = write(live->bell, &one, sizeof one);
    (void)written;
}

static int find_topic(const cr_live *live, const char *film)
{
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++)
        if (live->topics[i].film && strcmp(live->topics[i].film, film) == 0) return i;
    return -1;
}

// A free topic, or the one that nobody looks at whose last change is oldest; -1: all are looked at.
static int make_topic(cr_live *live, const char *film)
{
    int best = -1;
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++) {
        const cr_topic *topic = &live->topics[i];
        if (!topic->film) {
            best = i;
            break;
        }
        if (topic->subscribers == 0 && (best < 0 || topic->seq < live->topics[best].seq)) best = i;
    }
    if (best < 0) return -1;
    cr_topic_close(&live->topics[best]);
    // Above what any earlier process could have reached, which changes a film less often than once
    // a millisecond.
    cr_topic_open(&live->topics[best], film, read_clock(CLOCK_REALTIME));
    return best;
}

static void say_of(cr_live_client *client, const char *type, const char *film, int64_t seq)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "type", type);
    cJSON_AddStringToObject(out, "film", film);
    if (seq >= 0) cr_json_add_int(out, "seq", seq);
    char *text = cr_json_print(out, false);
    cr_live_client_say(client, text);
    cr_free(text);
    cJSON_Delete(out);
}

static void drop_subscription(cr_live *live, cr_live_client *client, int index)
{
    live->topics[client->topics[index]].subscribers--;
    int last = --client->topic_count;
    client->topics[index] = client->topics[last];
    client->seqs[index] = client->seqs[last];
}

static void unsubscribe(cr_live *live, cr_live_client *client, const char *film)
{
    (void)pthread_mutex_lock(&live->lock);
    int topic = find_topic(live, film);
    for (int i = client->topic_count - 1; i >= 0; i--)
        if (client->topics[i] == topic) drop_subscription(live, client, i);
    (void)pthread_mutex_unlock(&live->lock);
}

// The film's topic with its state in it, or -1 after the client was told why not.
static int open_topic(cr_live *live, cr_live_client *client, const char *film)
{
    cJSON *state = live->desc.film(live->desc.cookie, film);
    if (!state) {
        say_of(client, "gone", film, -1);
        return -1;
    }
    (void)pthread_mutex_lock(&live->lock);
    int topic = find_topic(live, film);
    if (topic < 0) topic = make_topic(live, film);
    // A state that came by itself in the meantime is the later one.
    if (topic >= 0 && !live->topics[topic].state)
        (void)cr_topic_change(&live->topics[topic], state);
    (void)pthread_mutex_unlock(&live->lock);
    cJSON_Delete(state);
    if (topic < 0) cr_live_client_refuse(client, "too many films are looked at");
    return topic;
}

static void subscribe(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    unsubscribe(live, client, wish->film);
    if (client->topic_count == CR_LIVE_SUBSCRIPTIONS_MAX) {
        cr_live_client_refuse(client, "too many films on one connection");
        return;
    }
    int index = open_topic(live, client, wish->film);
    if (index < 0) return;
    (void)pthread_mutex_lock(&live->lock);
    cr_topic *topic = &live->topics[index];
    topic->subscribers++;
    bool is_known = wish->since + 1 >= topic->seq_first && wish->since <= topic->seq;
    client->topics[client->topic_count] = index;
    client->seqs[client->topic_count++] = is_known ? wish->since : -1;
    bool is_current = is_known && wish->since == topic->seq;
    int64_t seq = topic->seq;
    (void)pthread_mutex_unlock(&live->lock);
    if (is_current) say_of(client, "current", wish->film, seq);
}

static void on_wish(void *cookie, cr_live_client *client, const cr_live_wish *wish)
{
    cr_live *live = cookie;
    if (!wish->film) {
        client->wants_list = wish->is_subscribe;
        client->list_seq = -1;
    } else if (wish->is_subscribe) {
        subscribe(live, client, wish);
    } else {
        unsubscribe(live, client, wish->film);
    }
}

// The next thing of topic [index] of the client's; gives the text, NULL: nothing.
static char *next_text(cr_live *live, cr_live_client *client, int index, char **gone)
{
    (void)pthread_mutex_lock(&live->lock);
    const cr_topic *topic = &live->topics[client->topics[index]];
    char *text = cr_topic_next(topic, &client->seqs[index]);
    if (!topic->state) {
        *gone = cr_strdup(topic->film);
        drop_subscription(live, client, index);
    }
    (void)pthread_mutex_unlock(&live->lock);
    return text;
}

static void tell_films(cr_live *live, cr_live_client *client)
{
    for (int i = client->topic_count - 1; i >= 0; i--) {
        char *gone = NULL, *text = NULL;
        while (!gone && !cr_live_client_is_full(client) &&
               (text = next_text(live, client, i, &gone))) {
            cr_live_client_say(client, text);
            cr_free(text);
        }
        if (gone) say_of(client, "gone", gone, -1);
        cr_free(gone);
    }
}

static void make_list(cr_live *live, int64_t now_ms)
{
    bool is_wanted = false;
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX; i++)
        is_wanted |= live->clients[i] && live->clients[i]->wants_list;
    (void)pthread_mutex_lock(&live->lock);
    bool is_due = is_wanted && (live->is_list_stale || !live->list) &&
                  now_ms - live->listed_ms >= CR_LIVE_LIST_MS;
    if (is_due) live->is_list_stale = false;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_due) return;
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "type", "films");
    cr_json_add_int(out, "seq", ++live->list_seq);
    cJSON_AddItemToObject(out, "films", live->desc.films(live->desc.cookie));
    cr_free(live->list);
    live->list = cr_json_print(out, false);
    live->listed_ms = now_ms;
    cJSON_Delete(out);
}

static void tell_list(cr_live *live, cr_live_client *client)
{
    if (!client->wants_list || !live->list || client->list_seq == live->list_seq ||
        cr_live_client_is_full(client))
        return;
    cr_live_client_say(client, live->list);
    client->list_seq = live->list_seq;
}

static void let_go(cr_live *live, int index)
{
    cr_live_client *client = live->clients[index];
    (void)pthread_mutex_lock(&live->lock);
    while (client->topic_count > 0)
        drop_subscription(live, client, client->topic_count - 1);
    live->count--;
    (void)pthread_mutex_unlock(&live->lock);
    live->clients[index] = NULL;
    cr_live_client_free(client);
}

static bool take_arrived(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX && live->arrived_count > 0; i++)
        if (!live->clients[i]) live->clients[i] = live->arrived[--live->arrived_count];
    bool is_closing = live->is_closing;
    (void)pthread_mutex_unlock(&live->lock);
    return !is_closing;
}

static void work_all(cr_live *live, int64_t now_ms)
{
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX; i++) {
        cr_live_client *client = live->clients[i];
        if (!client) continue;
        cr_live_client_work(client, now_ms);
        tell_films(live, client);
        tell_list(live, client);
        cr_live_client_work(client, now_ms);
        if (client->is_over) let_go(live, i);
    }
}

static void wait_for_more(cr_live *live, int milliseconds)
{
    struct pollfd all[CR_LIVE_CLIENTS_MAX + 1] = {{.fd = live->bell, .events = POLLIN}};
    nfds_t count = 1;
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX; i++) {
        const cr_live_client *client = live->clients[i];
        if (!client) continue;
        all[count++] =
            (struct pollfd){.fd = client->socket.socket, .events = cr_live_client_events(client)};
    }
    (void)poll(all, count, milliseconds);
    uint64_t rung;
    if (all[0].revents & POLLIN) {
        ssize_t got = read(live->bell, &rung, sizeof rung);
        (void)got;
    }
}

static bool say_goodbye(cr_live *live)
{
    bool any = false;
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX; i++) {
        if (!live->clients[i]) continue;
        any = true;
        if (!wslay_event_get_close_sent(live->clients[i]->context))
            cr_live_client_end(live->clients[i], CR_LIVE_GOING_AWAY, "the server stops");
    }
    return any;
}

static void *run(void *cookie)
{
    cr_live *live = cookie;
    while (take_arrived(live)) {
        int64_t now = read_clock(CLOCK_MONOTONIC);
        make_list(live, now);
        work_all(live, now);
        (void)pthread_mutex_lock(&live->lock);
        bool is_list_stale = live->is_list_stale && live->count > 0;
        (void)pthread_mutex_unlock(&live->lock);
        wait_for_more(live, is_list_stale ? CR_LIVE_LIST_MS : LOOK_MS);
    }
    for (int i = 0; i < FAREWELL_ROUNDS && say_goodbye(live); i++) {
        work_all(live, read_clock(CLOCK_MONOTONIC));
        wait_for_more(live, FAREWELL_MS);
    }
    for (int i = 0; i < CR_LIVE_CLIENTS_MAX; i++)
        if (live->clients[i]) let_go(live, i);
    return NULL;
}

cr_status cr_live_open(cr_live **out, const cr_live_desc *desc, cr_fault *fault)
{
    cr_live *live = cr_alloc(1, sizeof *live);
    live->desc = *desc;
    live->list_seq = read_clock(CLOCK_REALTIME);
    live->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    (void)pthread_mutex_init(&live->lock, NULL);
    if (live->bell >= 0 && pthread_create(&live->thread, NULL, run, live) == 0) {
        *out = live;
        return CR_OK;
    }
    int reason = errno;
    if (live->bell >= 0) (void)close(live->bell);
    cr_free(live);
    return cr_fail(fault, CR_NOMEM, "", "live updates cannot begin (%s)", strerror(reason));
}

void cr_live_stop(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    bool is_first = !live->is_closing;
    live->is_closing = true;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_first) return;
    ring(live);
    (void)pthread_join(live->thread, NULL);
    while (live->arrived_count > 0)
        cr_live_client_free(live->arrived[--live->arrived_count]);
}

void cr_live_close(cr_live **live)
{
    cr_live *closing = *live;
    if (!closing) return;
    cr_live_stop(closing);
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++)
        cr_topic_close(&closing->topics[i]);
    (void)close(closing->bell);
    (void)pthread_mutex_destroy(&closing->lock);
    cr_free(closing->list);
    cr_free(closing);
    *live = NULL;
}

void cr_live_take(cr_live *live, const cr_live_socket *socket)
{
    cr_live_client *client = cr_live_client_new(socket, read_clock(CLOCK_MONOTONIC));
    if (!client) {
        socket->close(socket->cookie);
        return;
    }
    client->wish = on_wish;
    client->cookie = live;
    (void)pthread_mutex_lock(&live->lock);
    bool has_room = live->count < CR_LIVE_CLIENTS_MAX && !live->is_closing;
    if (has_room) {
        live->count++;
        live->arrived[live->arrived_count++] = client;
    }
    (void)pthread_mutex_unlock(&live->lock);
    if (has_room)
        ring(live);
    else
        cr_live_client_free(client);
}

void cr_live_changed(cr_live *live, const char *film, const cJSON *state)
{
    (void)pthread_mutex_lock(&live->lock);
    live->is_list_stale = true;
    int index = find_topic(live, film);
    cr_topic *topic = index < 0 ? NULL : &live->topics[index];
    if (topic && state) {
        (void)cr_topic_change(topic, state);
    } else if (topic) {
        cJSON_Delete(topic->state);
        topic->state = NULL;
    }
    (void)pthread_mutex_unlock(&live->lock);
    ring(live);
}

int cr_live_count(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    int count = live->count;
    (void)pthread_mutex_unlock(&live->lock);
    return count;
}
