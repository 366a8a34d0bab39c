// What a shelf tells of its films.
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "native/native.h"
#include "studio/shelf.h"

enum { DEADLINE_SECONDS = 30, DEEDS = 5, SAMPLE_BYTES_MIN = 20000 };

typedef struct listener {
    pthread_mutex_t lock;
    pthread_cond_t heard;
    char status[32], title[64];
    int told;
} listener;

// A clock that stands: everything happens in one of its ticks.
static int64_t standing_clock(void *cookie)
{
    (void)cookie;
    return INT64_C(1800000000000);
}

static const char *no_variable(void *cookie, const char *name)
{
    (void)cookie;
    (void)name;
    return NULL;
}

static void keep(char *out, size_t size, const cJSON *state, const char *member)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(state, member));
    (void)snprintf(out, size, "%s", text ? text : "");
}

static void hear(void *cookie, const char *film, const cJSON *state)
{
    (void)film;
    listener *l = cookie;
    (void)pthread_mutex_lock(&l->lock);
    keep(l->status, sizeof l->status, state, "status");
    keep(l->title, sizeof l->title, state, "title");
    l->told++;
    (void)pthread_cond_broadcast(&l->heard);
    (void)pthread_mutex_unlock(&l->lock);
}

static void wait_for_status(listener *l, const char *status)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += DEADLINE_SECONDS;
    int failed = 0;
    (void)pthread_mutex_lock(&l->lock);
    while (!failed && strcmp(l->status, status) != 0)
        failed = pthread_cond_timedwait(&l->heard, &l->lock, &until);
    (void)pthread_mutex_unlock(&l->lock);
    assert_int_equal(failed, 0);
}

static void every_deed_is_told_also_two_in_one_tick(void **state)
{
    (void)state;
    char folder[] = "/tmp/cutroom-shelf-XXXXXX";
    assert_non_null(mkdtemp(folder));
    listener l = {.lock = PTHREAD_MUTEX_INITIALIZER, .heard = PTHREAD_COND_INITIALIZER};
    cr_native *native = NULL;
    const cr_native_desc native_desc = {0};
    assert_int_equal(cr_native_open(&native, &native_desc), CR_OK);
    const cr_shelf_desc desc = {.folder = folder,
                                .data_folder = getenv("CUTROOM_DATA"),
                                .host = cr_native_host(native),
                                .now_ms = standing_clock,
                                .variable = no_variable,
                                .changed = hear,
                                .cookie = &l};
    cr_shelf *shelf = NULL;
    cr_fault fault;
    assert_int_equal(cr_shelf_open(&shelf, &desc, &fault), CR_OK);
    cJSON *wish = cJSON_Parse("{\"prompt\": \"A snail\", \"seconds\": 5, \"asks\": true}");
    char *id = NULL;
    assert_int_equal(cr_shelf_create(shelf, wish, &id, &fault), CR_OK);
    wait_for_status(&l, "asking");
    for (int i = 0; i < DEEDS; i++) {
        char title[16];
        (void)snprintf(title, sizeof title, "Snail %d", i);
        cJSON *change = cJSON_CreateObject();
        cJSON_AddStringToObject(change, "title", title);
        const cr_film_order order = {.deed = CR_FILM_CHANGE, .body = change};
        assert_int_equal(cr_shelf_do(shelf, id, &order, &fault), CR_OK);
        (void)pthread_mutex_lock(&l.lock);
        assert_string_equal(l.title, title);
        (void)pthread_mutex_unlock(&l.lock);
        cJSON_Delete(change);
    }
    cr_free(id);
    cJSON_Delete(wish);
    cr_shelf_close(&shelf);
    cr_native_close(&native);
    char *command = cr_format("rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    cr_free(command);
}

// A sentence of a voice: spoken once, then there.
static void a_voice_is_heard_before_it_is_chosen(void **state)
{
    (void)state;
    char folder[] = "/tmp/cutroom-shelf-XXXXXX";
    assert_non_null(mkdtemp(folder));
    cr_native *native = NULL;
    const cr_native_desc native_desc = {0};
    assert_int_equal(cr_native_open(&native, &native_desc), CR_OK);
    const cr_shelf_desc desc = {.folder = folder,
                                .data_folder = getenv("CUTROOM_DATA"),
                                .host = cr_native_host(native),
                                .now_ms = standing_clock,
                                .variable = no_variable};
    cr_shelf *shelf = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_shelf_open(&shelf, &desc, &fault), CR_OK);
    char *path = NULL;
    assert_int_equal(cr_shelf_voice(shelf, "nobody", &path, &fault), CR_NOTFOUND);
    assert_int_equal(cr_shelf_voice(shelf, "../warm", &path, &fault), CR_NOTFOUND);
    time_t end = time(NULL) + DEADLINE_SECONDS;
    cr_status status = CR_AGAIN;
    const struct timespec soon = {.tv_nsec = 5000000};
    while (status == CR_AGAIN && time(NULL) < end) {
        status = cr_shelf_voice(shelf, "deep", &path, &fault);
        if (status == CR_AGAIN) (void)nanosleep(&soon, NULL);
    }
    assert_int_equal(status, CR_OK);
    struct stat sound;
    assert_int_equal(stat(path, &sound), 0);
    assert_true(sound.st_size > SAMPLE_BYTES_MIN);
    char *again = NULL;
    assert_int_equal(cr_shelf_voice(shelf, "deep", &again, &fault), CR_OK);
    assert_string_equal(again, path);
    cr_free(again);
    cr_free(path);
    cJSON *films = cr_shelf_list(shelf, false);
    assert_int_equal(cJSON_GetArraySize(films), 0); // its folder is no film
    cJSON_Delete(films);
    cr_shelf_close(&shelf);
    cr_native_close(&native);
    char *command = cr_format("rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    cr_free(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_deed_is_told_also_two_in_one_tick),
        cmocka_unit_test(a_voice_is_heard_before_it_is_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
