#include "live/live.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "live/live_crowd.h"

enum { LOOK_MS = 2000, ARRIVED_STEP = 64, FAREWELL_ROUNDS = 20, FAREWELL_MS = 50 };

struct cr_live {
    cr_live_desc desc;
    pthread_t thread;
    cr_crowd crowd; // of the thread alone, as are these
    char *list;     // the message; NULL: not made
    int64_t list_seq, listed_ms, looked_ms;
    int list_clients;                 // that want it
    int64_t told[CR_LIVE_TOPICS_MAX]; // the topics' numbers that all who keep up were told
    // Of all; the thread alone opens and closes topics.
    pthread_mutex_t lock;
    bool is_closing, is_list_stale, is_changed;
    int count; // of clients, those that wait to be taken included
    cr_live_client **arrived;
    int arrived_count, arrived_room;
    cr_topic topics[CR_LIVE_TOPICS_MAX];
};

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    (void)clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
        live->list_clients += (int)wish->is_subscribe - (int)client->wants_list;
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
    (void)pthread_mutex_lock(&live->lock);
    bool is_due = live->list_clients > 0 && (live->is_list_stale || !live->list) &&
                  now_ms - live->listed_ms >= CR_LIVE_LIST_MS;
    if (is_due) {
        live->is_list_stale = false;
        live->is_changed = true;
    }
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

static void let_go(cr_live *live, cr_live_client *client)
{
    (void)pthread_mutex_lock(&live->lock);
    while (client->topic_count > 0)
        drop_subscription(live, client, client->topic_count - 1);
    live->count--;
    (void)pthread_mutex_unlock(&live->lock);
    live->list_clients -= client->wants_list;
    cr_crowd_remove(&live->crowd, client);
    cr_live_client_free(client);
}

// Says what there is to say, or lets the client go.
static void write_to(cr_live *live, cr_live_client *client, int64_t now_ms)
{
    tell_films(live, client);
    tell_list(live, client);
    cr_live_client_write(client, now_ms);
    if (client->is_over)
        let_go(live, client);
    else
        cr_crowd_watch(&live->crowd, client);
}

static void attend(cr_live *live, cr_live_client *client, int64_t now_ms)
{
    cr_live_client_read(client, now_ms);
    // Twice: what waited for room in the socket goes before what a full queue held back.
    cr_live_client_write(client, now_ms);
    write_to(live, client, now_ms);
}

static void take_one(cr_live *live, cr_live_client *client, int64_t now_ms)
{
    if (cr_crowd_add(&live->crowd, client)) {
        attend(live, client, now_ms);
        return;
    }
    (void)pthread_mutex_lock(&live->lock);
    live->count--;
    (void)pthread_mutex_unlock(&live->lock);
    cr_live_client_free(client);
}

static bool take_arrived(cr_live *live, int64_t now_ms)
{
    for (;;) {
        (void)pthread_mutex_lock(&live->lock);
        cr_live_client *client =
            live->arrived_count > 0 ? live->arrived[--live->arrived_count] : NULL;
        bool is_closing = live->is_closing;
        (void)pthread_mutex_unlock(&live->lock);
        if (!client) return !is_closing;
        take_one(live, client, now_ms);
    }
}

static bool is_behind(const cr_live *live, const cr_live_client *client)
{
    if (client->wants_list && client->list_seq != live->list_seq) return true;
    for (int i = 0; i < client->topic_count; i++)
        if (client->seqs[i] != live->told[client->topics[i]]) return true;
    return false;
}

// After a change: those who are behind, of all.
static void tell_changes(cr_live *live, int64_t now_ms)
{
    (void)pthread_mutex_lock(&live->lock);
    bool is_changed = live->is_changed;
    live->is_changed = false;
    for (int i = 0; is_changed && i < CR_LIVE_TOPICS_MAX; i++)
        live->told[i] = live->topics[i].state ? live->topics[i].seq : INT64_MIN;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_changed) return;
    // From the last: who is let go is replaced by the last.
    for (int i = live->crowd.count - 1; i >= 0; i--)
        if (is_behind(live, live->crowd.clients[i])) write_to(live, live->crowd.clients[i], now_ms);
}

static void attend_ready(cr_live *live, int64_t now_ms)
{
    for (int i = 0; i < live->crowd.ready_count; i++)
        if (live->crowd.ready[i]) attend(live, live->crowd.ready[i], now_ms);
}

static void look_after_all(cr_live *live, int64_t now_ms)
{
    if (now_ms - live->looked_ms < LOOK_MS) return;
    live->looked_ms = now_ms;
    for (int i = live->crowd.count - 1; i >= 0; i--) {
        cr_live_client_look(live->crowd.clients[i], now_ms);
        write_to(live, live->crowd.clients[i], now_ms);
    }
}

static void say_goodbye(cr_live *live, int64_t now_ms)
{
    for (int i = live->crowd.count - 1; i >= 0; i--) {
        cr_live_client *client = live->crowd.clients[i];
        cr_live_client_end(client, CR_LIVE_GOING_AWAY, "the server stops");
        write_to(live, client, now_ms);
    }
    for (int i = 0; i < FAREWELL_ROUNDS && live->crowd.count > 0; i++) {
        cr_crowd_wait(&live->crowd, FAREWELL_MS);
        attend_ready(live, read_clock(CLOCK_MONOTONIC));
    }
    while (live->crowd.count > 0)
        let_go(live, live->crowd.clients[0]);
}

static void *run(void *cookie)
{
    cr_live *live = cookie;
    int64_t now = read_clock(CLOCK_MONOTONIC);
    while (take_arrived(live, now)) {
        make_list(live, now);
        tell_changes(live, now);
        (void)pthread_mutex_lock(&live->lock);
        bool is_list_stale = live->is_list_stale && live->list_clients > 0;
        (void)pthread_mutex_unlock(&live->lock);
        cr_crowd_wait(&live->crowd, is_list_stale ? CR_LIVE_LIST_MS : LOOK_MS);
        now = read_clock(CLOCK_MONOTONIC);
        attend_ready(live, now);
        look_after_all(live, now);
    }
    say_goodbye(live, now);
    return NULL;
}

cr_status cr_live_open(cr_live **out, const cr_live_desc *desc, cr_fault *fault)
{
    cr_live *live = cr_alloc(1, sizeof *live);
    live->desc = *desc;
    live->list_seq = read_clock(CLOCK_REALTIME);
    (void)pthread_mutex_init(&live->lock, NULL);
    cr_status status = cr_crowd_open(&live->crowd, fault);
    if (status == CR_OK && pthread_create(&live->thread, NULL, run, live) != 0) {
        cr_crowd_close(&live->crowd);
        status = cr_fail(fault, CR_NOMEM, "", "live updates cannot begin: there is no thread");
    }
    if (status == CR_OK)
        *out = live;
    else
        cr_free(live);
    return status;
}

void cr_live_stop(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    bool is_first = !live->is_closing;
    live->is_closing = true;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_first) return;
    cr_crowd_ring(&live->crowd);
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
    cr_crowd_close(&closing->crowd);
    (void)pthread_mutex_destroy(&closing->lock);
    cr_free(closing->list);
    cr_free(closing->arrived);
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
        if (live->arrived_count == live->arrived_room) {
            live->arrived_room += ARRIVED_STEP;
            live->arrived =
                cr_realloc(live->arrived, (size_t)live->arrived_room, sizeof *live->arrived);
        }
        live->arrived[live->arrived_count++] = client;
    }
    (void)pthread_mutex_unlock(&live->lock);
    if (has_room)
        cr_crowd_ring(&live->crowd);
    else
        cr_live_client_free(client);
}

void cr_live_changed(cr_live *live, const char *film, const cJSON *state)
{
    (void)pthread_mutex_lock(&live->lock);
    live->is_list_stale = live->is_changed = true;
    int index = find_topic(live, film);
    cr_topic *topic = index < 0 ? NULL : &live->topics[index];
    if (topic && state) {
        (void)cr_topic_change(topic, state);
    } else if (topic) {
        cJSON_Delete(topic->state);
        topic->state = NULL;
    }
    (void)pthread_mutex_unlock(&live->lock);
    cr_crowd_ring(&live->crowd);
}

int cr_live_count(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    int count = live->count;
    (void)pthread_mutex_unlock(&live->lock);
    return count;
}
