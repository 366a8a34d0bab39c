#include "http/sessions.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"

enum {
    HASH_BYTES = crypto_generichash_BYTES,
    HEX_BYTES = 2 * HASH_BYTES + 1,
    LINE_BYTES = 128,
    DAY_SECONDS = 86400
};

typedef struct session {
    unsigned char hash[HASH_BYTES];
    int64_t used; // seconds since 1970, by the day
} session;

struct cr_sessions {
    pthread_mutex_t lock;
    char *path;
    session all[CR_SESSIONS_MAX];
    int count;
};

// A line: the hash in hex, a space, when it was used last.
static bool read_line(session *out, const char *line)
{
    const char *end = NULL;
    size_t size = 0;
    if (sodium_hex2bin(out->hash, HASH_BYTES, line, strlen(line), NULL, &size, &end) != 0 ||
        size != HASH_BYTES || *end != ' ')
        return false;
    char *behind = NULL;
    errno = 0;
    out->used = strtoll(end, &behind, 10);
    return errno == 0 && *behind == '\n';
}

static void read_file(cr_sessions *sessions)
{
    FILE *file = fopen(sessions->path, "re");
    if (!file) return;
    char line[LINE_BYTES];
    while (sessions->count < CR_SESSIONS_MAX && fgets(line, sizeof line, file))
        if (read_line(&sessions->all[sessions->count], line)) sessions->count++;
    (void)fclose(file);
}

static void write_file(const cr_sessions *sessions)
{
    if (!sessions->path) return;
    char *part = cr_format("%s.part", sessions->path);
    int descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    bool is_written = file != NULL;
    for (int i = 0; file && i < sessions->count; i++) {
        char hex[HEX_BYTES];
        (void)sodium_bin2hex(hex, sizeof hex, sessions->all[i].hash, HASH_BYTES);
        is_written &= fprintf(file, "%s %" PRId64 "\n", hex, sessions->all[i].used) > 0;
    }
    if (file) is_written &= fclose(file) == 0;
    if (is_written) (void)rename(part, sessions->path);
    cr_free(part);
}

cr_sessions *cr_sessions_open(const char *path)
{
    cr_sessions *sessions = cr_alloc(1, sizeof *sessions);
    (void)pthread_mutex_init(&sessions->lock, NULL);
    if (path) sessions->path = cr_strdup(path);
    if (path) read_file(sessions);
    return sessions;
}

void cr_sessions_close(cr_sessions **sessions)
{
    cr_sessions *closing = *sessions;
    if (!closing) return;
    (void)pthread_mutex_destroy(&closing->lock);
    cr_free(closing->path);
    cr_free(closing);
    *sessions = NULL;
}

static void hash_of(const char *token, unsigned char out[HASH_BYTES])
{
    (void)crypto_generichash(out, HASH_BYTES, (const unsigned char *)token, strlen(token), NULL, 0);
}

static int64_t day_of(int64_t seconds)
{
    return seconds - seconds % DAY_SECONDS;
}

void cr_sessions_add(cr_sessions *sessions, const char *token, int64_t now)
{
    (void)pthread_mutex_lock(&sessions->lock);
    int place = sessions->count;
    if (place == CR_SESSIONS_MAX) {
        place = 0;
        for (int i = 1; i < sessions->count; i++)
            if (sessions->all[i].used < sessions->all[place].used) place = i;
    } else {
        sessions->count++;
    }
    hash_of(token, sessions->all[place].hash);
    sessions->all[place].used = day_of(now);
    write_file(sessions);
    (void)pthread_mutex_unlock(&sessions->lock);
}

bool cr_sessions_know(cr_sessions *sessions, const char *token, int64_t now)
{
    unsigned char wanted[HASH_BYTES];
    hash_of(token, wanted);
    session *found = NULL;
    (void)pthread_mutex_lock(&sessions->lock);
    for (int i = 0; i < sessions->count; i++)
        if (sodium_memcmp(sessions->all[i].hash, wanted, sizeof wanted) == 0)
            found = &sessions->all[i];
    bool is_known = found && now - found->used <= (int64_t)CR_SESSION_DAYS * DAY_SECONDS;
    // Once a day is often enough to tell which ones are used.
    if (is_known && found->used < day_of(now)) {
        found->used = day_of(now);
        write_file(sessions);
    }
    (void)pthread_mutex_unlock(&sessions->lock);
    return is_known;
}
