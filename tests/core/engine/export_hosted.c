// An export by a host's codecs, which answer when they like, are taken away, or give up: every
// segment is whole, and nothing is waited for that is not under way.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "corpus.h"
#include "engine/export_segments.h"
#include "native/native.h"
#include "slow_codecs.h"
#include "small_film.h"

enum { SOUND = -1, FRAMES = 250 };

// What a run came to.
typedef struct outcome {
    slow_counts counts;
    int64_t passed;
} outcome;

static cr_status work(cr_export_worker *worker, const slow_codecs *codecs, outcome *out,
                      cr_fault *fault)
{
    cr_export_work at;
    cr_status status;
    while ((status = cr_export_worker_step(worker, &at, fault)) == CR_AGAIN)
        if (at.waits != CR_WAIT_NONE) assert_true(slow_codecs_is_at_work(codecs));
    if (status == CR_OK) out->passed += at.frames_passed;
    return status;
}

// Makes "hosted.mp4" from ten seconds of H.264.
static outcome export_with(uint64_t seed, const char *codec, const slow_faults *faults)
{
    slow_codecs *codecs = slow_codecs_open(seed, faults);
    cr_native *native = NULL;
    cr_native_desc native_desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&native, &native_desc), CR_OK);
    cr_host host = *cr_native_host(native);
    host.codecs = slow_codecs_table(codecs);
    cr_project *film = small_film_coded(10, "25/1", "-c:v libx264");
    cr_export_desc desc = small_wishes("hosted.mp4");
    desc.video_codec = codec;
    desc.is_exact = false; // which no host is
    cr_export_worker *worker = NULL;
    cr_fault fault = {0};
    outcome out = {0};
    small_folder_clear("hosted");
    unlink("hosted.mp4");
    cr_status status = cr_export_worker_open(&worker, film, &desc, "hosted", &host, &fault);
    for (int64_t i = SOUND; i < 2 && status == CR_OK; i++) {
        status = cr_export_worker_begin(worker, i, &fault);
        if (status == CR_OK) status = work(worker, codecs, &out, &fault);
        if (status == CR_OK) assert_true(cr_export_worker_has(worker, i));
    }
    if (status == CR_OK) status = cr_export_worker_begin_join(worker, &fault);
    if (status == CR_OK) status = work(worker, codecs, &out, &fault);
    if (status != CR_OK) fail_msg("%s: %s", fault.where, fault.text);
    cr_export_worker_close(&worker);
    cr_project_drop(&film);
    out.counts = *slow_codecs_counts(codecs);
    slow_codecs_close(&codecs);
    cr_native_close(&native);
    corpus_picture *pictures = NULL;
    size_t found = corpus_decode("hosted.mp4", &pictures);
    assert_int_equal(found, FRAMES);
    for (int i = 0; i < FRAMES; i++)
        assert_int_equal(pictures[i].pts, cr_frame_start(i, (cr_rate){25, 1}));
    free(pictures);
    assert_int_equal(system("ffmpeg -nostdin -v warning -xerror -i hosted.mp4 -f null - 2>said.txt "
                            "&& ! [ -s said.txt ]"),
                     0);
    return out;
}

static void untouched_pictures_go_through(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        outcome out = export_with(seed, "h264", NULL);
        assert_int_equal(out.counts.encoders, 2); // one a segment
        assert_int_equal(out.counts.frames, FRAMES);
        assert_int_equal(out.counts.frames_passed, FRAMES);
        assert_int_equal(out.passed, FRAMES);
        assert_int_equal(out.counts.fetched, 0);
    }
}

static void encoders_that_are_taken_away_are_replaced(void **state)
{
    (void)state;
    slow_faults faults = {.encoder_busy_after = 90};
    outcome out = export_with(4, "h264", &faults);
    assert_int_equal(out.counts.encoders, 4 + 1); // the first segment has 200 pictures
}

static void an_encoder_that_gives_up_is_replaced_by_ours(void **state)
{
    (void)state;
    slow_faults at_once = {.encoder_unsupported_after = 1},
                late = {.encoder_unsupported_after = 60};
    (void)export_with(5, "h264", &at_once);
    (void)export_with(6, "h264", &late);
}

static void a_decoder_that_is_taken_away_is_not_noticed(void **state)
{
    (void)state;
    slow_faults faults = {.busy_after = 40, .busy_decoders = 3};
    outcome out = export_with(7, "h264", &faults);
    assert_true(out.counts.decoders > 1);
}

static void what_the_host_does_not_say_is_found_in_the_packets(void **state)
{
    (void)state;
    slow_faults faults = {.has_no_extradata = true};
    (void)export_with(8, "vp9", &faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(untouched_pictures_go_through),
        cmocka_unit_test(encoders_that_are_taken_away_are_replaced),
        cmocka_unit_test(an_encoder_that_gives_up_is_replaced_by_ours),
        cmocka_unit_test(a_decoder_that_is_taken_away_is_not_noticed),
        cmocka_unit_test(what_the_host_does_not_say_is_found_in_the_packets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
