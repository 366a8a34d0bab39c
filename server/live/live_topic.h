// What pages look at: a film, or its project, with what was told of it lately.
#pragma once

#include "live/live.h"

// What a topic is of.
typedef enum cr_topic_kind { CR_TOPIC_NONE = 0, CR_TOPIC_FILM, CR_TOPIC_PROJECT } cr_topic_kind;

// All-zero is one that is not in use.
typedef struct cr_topic {
    cr_topic_kind kind;
    char *film;
    bool is_there;     // else not known yet, or gone
    cJSON *state;      // of a film that is there
    int64_t seq;       // of the latest
    int64_t seq_first; // of the oldest message that is kept; seq + 1: none is
    char **kept;       // messages, by seq modulo [room]
    int room;
    int subscribers;
    // Of live's own thread.
    char *people; // as a message; NULL: nobody has said anything yet
    int64_t people_seq, people_ms;
    bool are_people_stale;
} cr_topic;

// Begins at [seq]: a film's is above all that it ever had, a project's is not known yet.
void cr_topic_open(cr_topic *topic, cr_topic_kind kind, const char *film, int64_t seq);
void cr_topic_close(cr_topic *topic);

// Whether that was a change.
bool cr_topic_change(cr_topic *topic, const cJSON *state);

// Of a project: what is there is at [seq] at least.
void cr_topic_reach(cr_topic *topic, int64_t seq);
// Of a project: the next edit.
void cr_topic_edit(cr_topic *topic, const cr_live_edit *edit);

// Whether a page that has [seq] can be told the rest one by one.
bool cr_topic_knows(const cr_topic *topic, int64_t seq);

// What a page that has [seq] (-1: nothing) is told next, *seq then being what it has. Gives the
// text (cr_free); NULL: it has all, or of a project needs it whole.
char *cr_topic_next(const cr_topic *topic, int64_t *seq);

// A project as a message; takes nothing, gives the text (cr_free).
char *cr_topic_project_message(const char *film, int64_t seq, const char *project);
