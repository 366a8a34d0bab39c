// A film that is killed at two hundred random moments: it goes on every time, nothing that was
// finished is done again or lost, and at the end it is the same film, byte for byte.
//
// The program runs itself as the process that is killed: kill child FOLDER DATABASE LOG.
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "fake_makers.h"
#include "studio/studio.h"

enum {
    KILLS = 200,
    RUNS_MAX = 4000,
    SCENES = 3,
    UNITS = 13, // of a film of three scenes, with assembling
    WORK_ROUNDS = 300,
    JOBS_MAX = 200,
};

static const char *program, *log_path;

// A line in one write, so that several threads and a kill leave whole lines.
static void write_log(const char *what, const char *folder)
{
    char line[64];
    const char *slash = strrchr(folder, '/');
    int length = snprintf(line, sizeof line, "%s %s\n", what, slash ? slash + 1 : folder);
    int file = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0 || write(file, line, (size_t)length) != length) abort();
    close(file);
}

// Takes about a millisecond, and holds the processor as real work does.
static void be_busy(const cJSON *input)
{
    char hash[CR_HASH_BYTES];
    for (int i = 0; i < WORK_ROUNDS; i++)
        cr_hash_input(input, "busy", i, hash);
}

static cr_status do_work(const cr_work *work, cJSON **output, cr_fault *fault)
{
    (void)fault;
    write_log("start", work->request->folder);
    be_busy(work->request->input);
    *output = fake_make(work->request->kind, work->request->input, work->request->folder, SCENES);
    return CR_OK;
}

static const cr_builtin builtins[] = {
    {"k-questions", "fake", "questions", 1, 1, do_work, NULL},
    {"k-script", "fake", "script", 1, 1, do_work, NULL},
    {"k-picture", "fake", "picture", 1, 2, do_work, NULL},
    {"k-voice", "fake", "voice", 1, 2, do_work, NULL},
    {"k-music", "fake", "music", 1, 1, do_work, NULL},
    {"k-motion", "fake", "motion", 1, 2, do_work, NULL},
    {"k-lipsync", "fake", "lipsync", 1, 1, do_work, NULL},
};

static int64_t tell_time(void *cookie)
{
    (void)cookie;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static cr_status set_brief(cr_studio *studio, cr_fault *fault)
{
    cJSON *tree = cJSON_Parse("{\"prompt\": \"Bees\", \"is_answered\": true}");
    cr_brief brief;
    cr_status status = cr_brief_read(&brief, tree, fault);
    cJSON_Delete(tree);
    if (status == CR_OK) status = cr_studio_brief_set(studio, &brief, fault);
    cr_brief_free(&brief);
    return status;
}

// 0 when the film is complete.
static int run_child(const char *folder, const char *database)
{
    cr_fault fault = {0};
    cr_store *store = NULL;
    cr_builtin_pool *pool = NULL;
    cr_registry registry = {0};
    cr_studio *studio = NULL;
    const cr_builtin_pool_desc pool_desc = {.thread_count = 3};
    cr_status status = cr_store_open(&store, database, &fault);
    if (status == CR_OK) status = cr_builtin_pool_open(&pool, &pool_desc, &fault);
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0] && status == CR_OK; i++) {
        cr_provider provider;
        status = cr_builtin_pool_provider(pool, &builtins[i], &provider, &fault);
        if (status == CR_OK) status = cr_registry_add(&registry, &provider, &fault);
    }
    const cr_studio_desc desc = {.folder = folder,
                                 .store = store,
                                 .registry = &registry,
                                 .concurrent_max = 4,
                                 .now_ms = tell_time};
    if (status == CR_OK) status = cr_studio_open(&studio, &desc, &fault);
    if (status == CR_OK && !cr_studio_brief(studio)) status = set_brief(studio, &fault);
    if (status == CR_OK) status = CR_AGAIN;
    while (status == CR_AGAIN) {
        status = cr_studio_step(studio, &fault);
        if (status == CR_AGAIN) cr_builtin_pool_wait(pool, 5);
    }
    if (status != CR_OK) fprintf(stderr, "child: %s: %s\n", fault.where, fault.text);
    cr_studio_close(&studio);
    cr_registry_close(&registry);
    cr_builtin_pool_close(&pool);
    cr_store_close(&store);
    return status == CR_OK ? 0 : 1;
}

typedef struct film {
    char folder[64], database[64], log[64];
    long log_read;          // bytes of the log that were looked at
    bool is_done[JOBS_MAX]; // by row id: had its result when the process before died
    int started[JOBS_MAX];  // how often work on it began
    int kills;
} film;

static film make_film(int number)
{
    film own = {0};
    snprintf(own.folder, sizeof own.folder, "kill-%d-%d", (int)getpid(), number);
    snprintf(own.database, sizeof own.database, "kill-%d-%d.db", (int)getpid(), number);
    snprintf(own.log, sizeof own.log, "kill-%d-%d.log", (int)getpid(), number);
    return own;
}

static void pause_for(int64_t microseconds)
{
    const struct timespec time = {microseconds / 1000000, microseconds % 1000000 * 1000};
    nanosleep(&time, NULL);
}

// Start it, and after [microseconds] (none when negative) kill it. True when it ended by itself,
// its film complete.
static bool run_once(const film *own, int64_t microseconds)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execl(program, program, "child", own->folder, own->database, own->log, (char *)NULL);
        _exit(127);
    }
    if (microseconds >= 0) {
        pause_for(microseconds);
        kill(child, SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return false;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    return true;
}

// Every piece of work that was begun since the last look: none of it had its result already.
static void check_log(film *own)
{
    FILE *file = fopen(own->log, "r");
    if (!file) return;
    assert_int_equal(fseek(file, own->log_read, SEEK_SET), 0);
    // A line without its end was cut by the kill, or is still being written.
    char line[64];
    while (fgets(line, sizeof line, file) && strchr(line, '\n')) {
        own->log_read = ftell(file);
        if (strncmp(line, "start ", 6) != 0) continue;
        long job = strtol(line + 6, NULL, 10);
        assert_in_range(job, 1, JOBS_MAX - 1);
        if (own->is_done[job]) fail_msg("job %ld was finished and is done again", job);
        own->started[job]++;
    }
    fclose(file);
}

// What has its result now; what had one keeps it.
static void check_store(film *own)
{
    cr_store *store = NULL;
    cr_job_list jobs;
    cr_fault fault = {0};
    struct stat found;
    if (stat(own->database, &found)) return;
    assert_int_equal(cr_store_open(&store, own->database, &fault), CR_OK);
    assert_int_equal(cr_store_jobs_get(store, "film", &jobs, &fault), CR_OK);
    assert_true(jobs.count <= UNITS);
    bool is_done[JOBS_MAX] = {false};
    for (int i = 0; i < jobs.count; i++) {
        const cr_job *job = &jobs.jobs[i];
        assert_int_not_equal(job->state, CR_JOB_FAILED);
        assert_int_not_equal(job->state, CR_JOB_CANCELED);
        is_done[job->id] = job->state == CR_JOB_DONE;
    }
    for (int i = 0; i < JOBS_MAX; i++) {
        if (own->is_done[i] && !is_done[i]) fail_msg("the result of job %d is lost", i);
        own->is_done[i] = is_done[i];
    }
    cr_job_list_free(&jobs);
    cr_store_close(&store);
}

static char *read_file(const film *own, const char *name)
{
    char *path = cr_format("%s/%s", own->folder, name);
    FILE *file = fopen(path, "r");
    cr_free(path);
    if (!file) return NULL;
    char *text = cr_alloc(1 << 20, 1);
    size_t size = fread(text, 1, (1 << 20) - 1, file);
    text[size] = '\0';
    fclose(file);
    return text;
}

static void check_complete(film *own, const char *project)
{
    check_store(own);
    int done = 0, begun = 0;
    for (int i = 0; i < JOBS_MAX; i++) {
        done += own->is_done[i];
        begun += own->started[i];
    }
    assert_int_equal(done, UNITS);
    // Only what was under way at a kill was begun more than once: four units at most.
    assert_in_range(begun, UNITS - 1, UNITS - 1 + 4 * own->kills);
    char *text = read_file(own, "project.json"), *aside = read_file(own, "project-edited-1.json");
    assert_non_null(text);
    assert_string_equal(text, project);
    assert_null(aside);
    cr_free(text);
}

// xorshift: the same moments in every run, as far as a machine's speed allows.
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void two_hundred_kills_lose_and_repeat_nothing(void **state)
{
    (void)state;
    film whole = make_film(0);
    int64_t begin = tell_time(NULL);
    assert_true(run_once(&whole, -1));
    int64_t took_us = (tell_time(NULL) - begin) * 1000 + 5000;
    char *project = read_file(&whole, "project.json");
    assert_non_null(project);
    check_log(&whole);
    check_complete(&whole, project);

    uint32_t random = 20260101;
    int kills = 0, number = 1;
    film own = make_film(number);
    for (int run = 0; run < RUNS_MAX && kills < KILLS; run++) {
        int64_t moment = (int64_t)(next_random(&random) % (uint32_t)took_us);
        bool is_complete = run_once(&own, moment);
        check_log(&own);
        if (is_complete) {
            check_complete(&own, project);
            own = make_film(++number);
            continue;
        }
        kills++;
        own.kills++;
        check_store(&own);
    }
    assert_int_equal(kills, KILLS);
    assert_true(run_once(&own, -1));
    check_log(&own);
    check_complete(&own, project);
    cr_free(project);
    print_message("%d kills over %d films\n", kills, number);
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "child") == 0) {
        log_path = argv[4];
        return run_child(argv[2], argv[3]);
    }
    program = "/proc/self/exe";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hundred_kills_lose_and_repeat_nothing),
    };
    fake_folder_enter();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_folder_leave();
    return failed;
}
