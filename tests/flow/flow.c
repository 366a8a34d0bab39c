// The story on one page: a prompt becomes a film, the same command finds it finished, one scene is
// changed and only that is made again, and what cannot be done is said in a sentence.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "io/demux.h"
#include "native/native.h"

enum { OUTPUT_BYTES_MAX = 64 * 1024, ARGUMENTS_MAX = 16 };

static const char *program;

// Run `cutroom` with these arguments (NULL ends them) and nothing on its input; what it says on
// both outputs goes into [said]. Gives its exit code.
static int cutroom(char *said, char *const arguments[])
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *all[ARGUMENTS_MAX + 2] = {(char *)program};
        for (int i = 0; arguments[i] && i < ARGUMENTS_MAX; i++)
            all[i + 1] = arguments[i];
        dup2(pipes[1], STDOUT_FILENO);
        dup2(pipes[1], STDERR_FILENO);
        close(pipes[0]);
        close(pipes[1]);
        if (!freopen("/dev/null", "r", stdin)) _exit(126);
        execv(program, all);
        _exit(127);
    }
    close(pipes[1]);
    size_t used = 0;
    ssize_t count;
    while ((count = read(pipes[0], said + used, OUTPUT_BYTES_MAX - 1 - used)) > 0)
        used += (size_t)count;
    said[used] = '\0';
    close(pipes[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static char said[OUTPUT_BYTES_MAX];

#define CUTROOM(...) cutroom(said, (char *[]){__VA_ARGS__, NULL})

// A film of few pixels and six seconds, so that all of it is made in little time.
#define SMALL "--size", "160x90", "--seconds", "6", "--speed", "ultrafast"

static void assert_says(const char *words)
{
    if (!strstr(said, words)) fail_msg("\"%s\" is not in:\n%s", words, said);
}

static void assert_ends(int code, int wanted)
{
    if (code != wanted) fail_msg("ended with %d, not %d:\n%s", code, wanted, said);
}

static const cr_stream_info *first(const cr_media_info *info, cr_stream_kind kind)
{
    const cr_stream_info *stream = cr_media_info_first(info, kind);
    assert_non_null(stream);
    return stream;
}

// The film is what was asked for, as probing finds it.
static void check_film(const char *path)
{
    cr_native *native = NULL;
    const cr_native_desc desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&native, &desc), CR_OK);
    const cr_host *host = cr_native_host(native);
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    assert_int_equal(host->open_source(host->cookie, path, &source, &fault), CR_OK);
    if (cr_demux_open(&demux, source, NULL, &fault) != CR_OK) fail_msg("%s", fault.text);
    const cr_media_info *info = cr_demux_info(demux);
    const cr_stream_info *picture = first(info, CR_STREAM_VIDEO);
    const cr_stream_info *sound = first(info, CR_STREAM_AUDIO);
    first(info, CR_STREAM_TEXT);
    assert_string_equal(picture->codec, "h264");
    assert_int_equal(picture->width, 160);
    assert_int_equal(picture->height, 90);
    assert_true(cr_rate_equal(picture->frame_rate, (cr_rate){30, 1}));
    assert_string_equal(sound->codec, "aac");
    assert_int_equal(sound->sample_rate, 48000);
    assert_in_range(info->duration, 4 * CR_TICKS_PER_SECOND, 12 * CR_TICKS_PER_SECOND);
    assert_false(info->is_truncated);
    cr_ticks apart = picture->duration - sound->duration;
    assert_in_range(apart + CR_TICKS_PER_SECOND / 10, 0, CR_TICKS_PER_SECOND / 5);
    cr_demux_close(&demux);
    cr_native_close(&native);
}

static int64_t file_size(const char *path)
{
    struct stat found;
    return stat(path, &found) ? -1 : (int64_t)found.st_size;
}

static void a_prompt_becomes_a_film(void **state)
{
    (void)state;
    int code = CUTROOM("make", "How bees find flowers, for curious ten-year-olds", "-o", "bees.mp4",
                       SMALL);
    assert_ends(code, 0);
    assert_says("bees.cutroom/project.json");
    assert_says("bees.srt");
    assert_says("built-in painter");
    assert_says("built-in voice");
    check_film("bees.mp4");
    assert_true(file_size("bees.srt") > 20);
    assert_ends(CUTROOM("check", "bees.cutroom/project.json"), 0);
}

static void the_same_command_finds_it_finished(void **state)
{
    (void)state;
    struct stat before, after;
    assert_int_equal(stat("bees.mp4", &before), 0);
    int code = CUTROOM("make", "How bees find flowers, for curious ten-year-olds", "-o", "bees.mp4",
                       SMALL);
    assert_ends(code, 0);
    assert_says("as it was");
    assert_int_equal(stat("bees.mp4", &after), 0);
    assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

// The number behind the word, in what `cutroom status` said.
static long ledger_jobs(void)
{
    const char *line = strstr(said, "ledger");
    assert_non_null(line);
    return strtol(line + strlen("ledger"), NULL, 10);
}

static void a_scene_is_changed_and_only_that_is_made_again(void **state)
{
    (void)state;
    assert_ends(CUTROOM("status", "bees.cutroom"), 0);
    assert_says("ledger");
    long jobs = ledger_jobs();
    int code = CUTROOM("make", "-o", "bees.mp4", "--edit-scene", "1", "--visual",
                       "a red fox in the snow at night");
    assert_ends(code, 0);
    check_film("bees.mp4");
    assert_ends(CUTROOM("status", "bees.cutroom"), 0);
    // A picture, its clip, and the project.
    assert_int_equal(ledger_jobs() - jobs, 3);
}

static void what_cannot_be_done_is_said_and_nothing_is_lost(void **state)
{
    (void)state;
    FILE *file = fopen("wrong.json", "w");
    assert_non_null(file);
    fputs("{\"audience\": \"children\", \"tone\": 7}", file);
    fclose(file);
    int64_t size = file_size("bees.mp4");

    assert_ends(CUTROOM("make", "", "-o", "bees.mp4"), 3);
    assert_says("the prompt is empty");
    char *endless = cr_alloc(100001, 1);
    memset(endless, 'b', 100000);
    assert_ends(CUTROOM("make", endless, "-o", "bees.mp4"), 3);
    assert_says("100000 characters");
    cr_free(endless);
    assert_ends(CUTROOM("make", "Bees", "-o", "bees.mp4", "--answers", "wrong.json"), 3);
    assert_says("wrong.json");
    assert_says("/tone");
    assert_ends(CUTROOM("make", "Bees", "-o", "bees.mp4", "--script", "no-such.md"), 4);
    assert_says("no-such.md");
    assert_ends(CUTROOM("make", "Bees", "-o", "no/such/folder/bees.mp4"), 4);
    assert_says("no/such/folder");
    assert_ends(CUTROOM("make", "Bees", "-o", "bees.mp4", "--seconds", "3"), 3);
    assert_says("/seconds");
    assert_ends(CUTROOM("make", "-o", "bees.mp4", "--edit-scene", "99", "--note", "closer"), 4);
    assert_says("no scene 99");
    assert_ends(CUTROOM("make", "Bees", "-o", "bees.txt"), 2);

    assert_int_equal(file_size("bees.mp4"), size);
    check_film("bees.mp4");
}

int main(int argc, char **argv)
{
    assert_true(argc == 2);
    program = argv[1];
    if (system("rm -rf bees.cutroom bees.mp4 bees.srt wrong.json") != 0) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_prompt_becomes_a_film),
        cmocka_unit_test(the_same_command_finds_it_finished),
        cmocka_unit_test(a_scene_is_changed_and_only_that_is_made_again),
        cmocka_unit_test(what_cannot_be_done_is_said_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
