#include "live/live.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "live/live_state.h"

enum { LOOK_MS = 2000, ARRIVED_STEP = 64, FAREWELL_ROUNDS = 20, FAREWELL_MS = 50 };

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    (void)clock_gettime(which, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int find_topic(const cr_live *live, cr_topic_kind kind, const char *film)
{
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++)
        if (live->topics[i].kind == kind && strcmp(live->topics[i].film, film) == 0) return i;
    return -1;
}

// A free topic, or the one that nobody looks at whose last change is oldest; -1: all are looked at.
static int make_topic(cr_live *live, cr_topic_kind kind, const char *film)
{
    int best = -1;
    for (int i = 0; i < CR_LIVE_TOPICS_MAX; i++) {
        const cr_topic *topic = &live->topics[i];
        if (topic->kind == CR_TOPIC_NONE) {
            best = i;
            break;
        }
        if (topic->subscribers == 0 && (best < 0 || topic->seq < live->topics[best].seq)) best = i;
    }
    if (best < 0) return -1;
    cr_topic_close(&live->topics[best]);
    // A film's is above what any earlier process could have reached, which changes it less often
    // than once a millisecond; a project's sequence is in the store.
    int64_t seq = kind == CR_TOPIC_FILM ? read_clock(CLOCK_REALTIME) : 0;
    cr_topic_open(&live->topics[best], kind, film, seq);
    return best;
}

cJSON *cr_live_word(const char *type, const char *film, int64_t seq)
{
    cJSON *word = cJSON_CreateObject();
    cJSON_AddStringToObject(word, "type", type);
    cJSON_AddStringToObject(word, "film", film);
    if (seq >= 0) cr_json_add_int(word, "seq", seq);
    return word;
}

void cr_live_say_word(cr_live_client *client, cJSON *word)
{
    char *text = cr_json_print(word, false);
    cr_live_client_say(client, text);
    cr_free(text);
    cJSON_Delete(word);
}

void cr_live_drop(cr_live *live, cr_live_client *client, int index)
{
    int topic = client->topics[index];
    live->topics[topic].subscribers--;
    if (client->here[index]) cr_live_stale_people(live, topic);
    cr_free(client->here[index]);
    int last = --client->topic_count;
    client->topics[index] = client->topics[last];
    client->seqs[index] = client->seqs[last];
    client->people[index] = client->people[last];
    client->here[index] = client->here[last];
}

static cr_topic_kind kind_of(const cr_live_wish *wish)
{
    return wish->is_project ? CR_TOPIC_PROJECT : CR_TOPIC_FILM;
}

static void unsubscribe(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    (void)pthread_mutex_lock(&live->lock);
    int topic = find_topic(live, kind_of(wish), wish->film);
    for (int i = client->topic_count - 1; i >= 0; i--)
        if (client->topics[i] == topic) cr_live_drop(live, client, i);
    (void)pthread_mutex_unlock(&live->lock);
}

// The film's topic, filled with what [fill] gives; -1: there is no such film, or no room.
static int open_film(cr_live *live, const char *film, bool *is_gone)
{
    cJSON *state = live->desc.film(live->desc.cookie, film);
    *is_gone = !state;
    if (!state) return -1;
    (void)pthread_mutex_lock(&live->lock);
    int index = find_topic(live, CR_TOPIC_FILM, film);
    if (index < 0) index = make_topic(live, CR_TOPIC_FILM, film);
    // A state that came by itself in the meantime is the later one.
    if (index >= 0 && !live->topics[index].state)
        (void)cr_topic_change(&live->topics[index], state);
    (void)pthread_mutex_unlock(&live->lock);
    cJSON_Delete(state);
    return index;
}

// The topic is there before the project is asked for: no edit falls in between.
static int open_project(cr_live *live, const char *film, bool *is_gone)
{
    (void)pthread_mutex_lock(&live->lock);
    int index = find_topic(live, CR_TOPIC_PROJECT, film);
    bool is_there = index >= 0 && live->topics[index].is_there;
    if (index < 0) index = make_topic(live, CR_TOPIC_PROJECT, film);
    (void)pthread_mutex_unlock(&live->lock);
    if (index < 0 || is_there) return index;
    int64_t sequence = 0;
    char *project =
        live->desc.project ? live->desc.project(live->desc.cookie, film, &sequence) : NULL;
    *is_gone = !project;
    (void)pthread_mutex_lock(&live->lock);
    if (project)
        cr_topic_reach(&live->topics[index], sequence);
    else if (live->topics[index].subscribers == 0)
        cr_topic_close(&live->topics[index]);
    (void)pthread_mutex_unlock(&live->lock);
    cr_free(project);
    return *is_gone ? -1 : index;
}

// What [wish] is about, or -1 after the client was told why not.
static int open_topic(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    bool is_gone = !cr_live_may(live, client, CR_LIVE_RIGHT_SEE, wish->film);
    int index = -1;
    if (!is_gone)
        index = wish->is_project ? open_project(live, wish->film, &is_gone)
                                 : open_film(live, wish->film, &is_gone);
    if (is_gone)
        cr_live_say_word(client, cr_live_word("gone", wish->film, -1));
    else if (index < 0)
        cr_live_client_refuse(client, "too many films are looked at");
    return index;
}

static void subscribe(cr_live *live, cr_live_client *client, const cr_live_wish *wish)
{
    unsubscribe(live, client, wish);
    if (client->topic_count == CR_LIVE_SUBSCRIPTIONS_MAX) {
        cr_live_client_refuse(client, "too many films on one connection");
        return;
    }
    int index = open_topic(live, client, wish);
    if (index < 0) return;
    (void)pthread_mutex_lock(&live->lock);
    cr_topic *topic = &live->topics[index];
    topic->subscribers++;
    bool is_known = cr_topic_knows(topic, wish->since);
    int mine = client->topic_count++;
    client->topics[mine] = index;
    client->seqs[mine] = is_known ? wish->since : -1;
    client->people[mine] = 0;
    client->here[mine] = NULL;
    bool is_current = is_known && wish->since == topic->seq;
    int64_t seq = topic->seq;
    (void)pthread_mutex_unlock(&live->lock);
    if (!is_current) return;
    cJSON *word = cr_live_word("current", wish->film, seq);
    if (wish->is_project) cJSON_AddTrueToObject(word, "project");
    cr_live_say_word(client, word);
}

static void want_list(cr_live *live, cr_live_client *client, bool wants)
{
    live->list_clients += (int)wants - (int)client->wants_list;
    client->wants_list = wants;
    client->list_seq = -1;
}

static void on_wish(void *cookie, cr_live_client *client, const cr_live_wish *wish)
{
    cr_live *live = cookie;
    if (wish->kind == CR_LIVE_EDIT)
        cr_live_take_edit(live, client, wish);
    else if (wish->kind == CR_LIVE_SAY_HERE)
        cr_live_take_here(live, client, wish);
    else if (!wish->film)
        want_list(live, client, wish->kind == CR_LIVE_SUBSCRIBE);
    else if (wish->kind == CR_LIVE_SUBSCRIBE)
        subscribe(live, client, wish);
    else
        unsubscribe(live, client, wish);
}

// The next thing of topic [index] of the client's; gives the text, NULL: nothing.
static char *next_text(cr_live *live, cr_live_client *client, int index, char **gone)
{
    (void)pthread_mutex_lock(&live->lock);
    const cr_topic *topic = &live->topics[client->topics[index]];
    char *text = cr_topic_next(topic, &client->seqs[index]);
    if (!topic->is_there) {
        *gone = cr_strdup(topic->film);
        cr_live_drop(live, client, index);
    }
    (void)pthread_mutex_unlock(&live->lock);
    return text;
}

// Its film was deleted meanwhile: who is told so next drops it.
static void forget_project(cr_live *live, int index)
{
    (void)pthread_mutex_lock(&live->lock);
    live->topics[index].is_there = false;
    live->is_changed = true;
    (void)pthread_mutex_unlock(&live->lock);
}

static void tell_films(cr_live *live, cr_live_client *client)
{
    for (int i = client->topic_count - 1; i >= 0; i--) {
        char *gone = NULL, *text = NULL;
        if (!cr_live_client_is_full(client) && !cr_live_say_whole(live, client, i)) {
            forget_project(live, client->topics[i]);
            continue;
        }
        while (!gone && !cr_live_client_is_full(client) &&
               (text = next_text(live, client, i, &gone))) {
            cr_live_client_say(client, text);
            cr_free(text);
        }
        if (gone) cr_live_say_word(client, cr_live_word("gone", gone, -1));
        cr_free(gone);
    }
}

static char *list_message(const cr_live *live, cJSON *films)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "type", "films");
    cr_json_add_int(out, "seq", live->list_seq);
    cJSON_AddItemReferenceToObject(out, "films", films);
    char *text = cr_json_print(out, false);
    cJSON_Delete(out);
    return text;
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
    cJSON_Delete(live->films);
    live->films = live->desc.films(live->desc.cookie);
    live->list_seq++;
    cr_free(live->list);
    live->list = list_message(live, live->films);
    live->listed_ms = now_ms;
}

static void tell_list(cr_live *live, cr_live_client *client)
{
    if (!client->wants_list || !live->list || client->list_seq == live->list_seq ||
        cr_live_client_is_full(client))
        return;
    client->list_seq = live->list_seq;
    if (!live->rights.sift) {
        cr_live_client_say(client, live->list);
        return;
    }
    cJSON *films = cJSON_Duplicate(live->films, true);
    live->rights.sift(live->rights.cookie, &client->socket.who, films);
    char *text = list_message(live, films);
    cr_live_client_say(client, text);
    cr_free(text);
    cJSON_Delete(films);
}

static void let_go(cr_live *live, cr_live_client *client)
{
    (void)pthread_mutex_lock(&live->lock);
    while (client->topic_count > 0)
        cr_live_drop(live, client, client->topic_count - 1);
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
    cr_live_tell_people(live, client);
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
    for (int i = 0; i < client->topic_count; i++) {
        const cr_topic *topic = &live->topics[client->topics[i]];
        if (client->seqs[i] != live->told[client->topics[i]] ||
            (topic->people && client->people[i] != topic->people_seq))
            return true;
    }
    return false;
}

// After a change: those who are behind, of all.
static void tell_changes(cr_live *live, int64_t now_ms)
{
    (void)pthread_mutex_lock(&live->lock);
    bool is_changed = live->is_changed;
    live->is_changed = false;
    for (int i = 0; is_changed && i < CR_LIVE_TOPICS_MAX; i++)
        live->told[i] = live->topics[i].is_there ? live->topics[i].seq : INT64_MIN;
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

// In how many milliseconds something is to be told, or looked after.
static int next_look(cr_live *live)
{
    (void)pthread_mutex_lock(&live->lock);
    bool is_list_stale = live->is_list_stale && live->list_clients > 0;
    (void)pthread_mutex_unlock(&live->lock);
    if (live->has_stale_people) return CR_LIVE_PEOPLE_MS;
    return is_list_stale ? CR_LIVE_LIST_MS : LOOK_MS;
}

static void *run(void *cookie)
{
    cr_live *live = cookie;
    int64_t now = read_clock(CLOCK_MONOTONIC);
    while (take_arrived(live, now)) {
        cr_live_judge_all(live, now);
        cr_live_say_watched(live, now);
        make_list(live, now);
        cr_live_make_people(live, now);
        tell_changes(live, now);
        cr_crowd_wait(&live->crowd, next_look(live));
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
    cJSON_Delete(closing->films);
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
    int index = find_topic(live, CR_TOPIC_FILM, film);
    int project = state ? -1 : find_topic(live, CR_TOPIC_PROJECT, film);
    cr_topic *topic = index < 0 ? NULL : &live->topics[index];
    if (topic && state) {
        (void)cr_topic_change(topic, state);
    } else if (topic) {
        cJSON_Delete(topic->state);
        topic->state = NULL;
        topic->is_there = false;
    }
    if (project >= 0) live->topics[project].is_there = false;
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
