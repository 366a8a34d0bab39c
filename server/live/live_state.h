// What the files of live share. No other folder includes this.
#pragma once

#include <pthread.h>

#include "live/live_crowd.h"

// See live.h.
struct cr_live {
    cr_live_desc desc;
    cr_live_rights rights;
    pthread_t thread;
    cr_crowd crowd; // of the thread alone, as are these
    cJSON *films;   // the list of all; NULL: not made
    char *list;     // as a message
    int64_t list_seq, listed_ms, looked_ms, judged_ms, watched_ms;
    int list_clients;                 // that want it
    bool has_stale_people;            // some topic has
    int64_t told[CR_LIVE_TOPICS_MAX]; // the topics' numbers that all who keep up were told
    // Of all; the thread alone opens and closes topics.
    pthread_mutex_t lock;
    bool is_closing, is_list_stale, is_changed, are_rights_stale;
    int count; // of clients, those that wait to be taken included
    cr_live_client **arrived;
    int arrived_count, arrived_room;
    cr_topic topics[CR_LIVE_TOPICS_MAX];
};

// All below are for live's own thread.

// Starts {"type", "film"} with a sequence (-1: none). Gives it.
cJSON *cr_live_word(const char *type, const char *film, int64_t seq);
// Says [word] and frees it.
void cr_live_say_word(cr_live_client *client, cJSON *word);

// Whether the client may do that in the film, by who it is; everybody may where nobody says
// otherwise.
bool cr_live_may(const cr_live *live, const cr_live_client *client, cr_live_right right,
                 const char *film);
// With the lock held.
void cr_live_drop(cr_live *live, cr_live_client *client, int index);

// Decides, or says why not.
void cr_live_take_edit(cr_live *live, cr_live_client *client, const cr_live_wish *wish);
// Says the project of subscription [index] whole where it cannot be told edit by edit. False: it is
// gone.
CR_CHECKED bool cr_live_say_whole(cr_live *live, cr_live_client *client, int index);

// Remembers where the client is, and tells the others when it is time.
void cr_live_take_here(cr_live *live, cr_live_client *client, const cr_live_wish *wish);
// Somebody has come to the topic, or left it.
void cr_live_stale_people(cr_live *live, int topic);
// Makes the words of who is there anew that are due.
void cr_live_make_people(cr_live *live, int64_t now_ms);
void cr_live_tell_people(cr_live *live, cr_live_client *client);

// Says which projects are looked at, when it is time.
void cr_live_say_watched(cr_live *live, int64_t now_ms);

// Takes away from all clients what they may not have any more, when it is time to look.
void cr_live_judge_all(cr_live *live, int64_t now_ms);
