// The host's decoders give the same pictures as our own, whenever and in whatever order they are
// asked for, and whatever becomes of the decoders meanwhile.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codec/codec.h"
#include "corpus.h"
#include "engine/video_reader.h"
#include "slow_codecs.h"

enum { QUESTIONS_MAX = 200000 };

static const cr_rate fps = {30, 1};

// One file read twice: by our own decoders, and by a slow host's.
typedef struct pair {
    cr_native *native;
    cr_host host;
    slow_codecs *codecs;
    cr_video_reader *own, *hosted;
} pair;

static pair open_pair(const char *path, uint64_t seed, const slow_faults *faults)
{
    pair p = {0};
    cr_fault fault = {0};
    cr_native_desc desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&p.native, &desc), CR_OK);
    p.codecs = slow_codecs_open(seed, faults);
    p.host = *cr_native_host(p.native);
    p.host.codecs = slow_codecs_table(p.codecs);
    if (cr_video_reader_open(&p.own, cr_native_host(p.native), path, 1, &fault) != CR_OK)
        fail_msg("%s: %s", path, fault.text);
    return p;
}

static void open_hosted(pair *p, const char *path)
{
    cr_fault fault = {0};
    if (cr_video_reader_open(&p->hosted, &p->host, path, 1, &fault) != CR_OK)
        fail_msg("%s: %s", path, fault.text);
}

static slow_counts close_pair(pair *p)
{
    cr_video_reader_close(&p->own);
    cr_video_reader_close(&p->hosted);
    slow_counts counts = *slow_codecs_counts(p->codecs);
    slow_codecs_close(&p->codecs);
    cr_native_close(&p->native);
    assert_true(counts.pictures_open_max <= CR_HOST_PICTURES_MAX);
    return counts;
}

// Asks until it is there, and for its planes.
static cr_frame *wait_for(const pair *p, cr_ticks at)
{
    for (int i = 0; i < QUESTIONS_MAX; i++) {
        cr_frame *frame = NULL;
        cr_fault fault = {0};
        cr_status status = cr_video_reader_frame(p->hosted, at, &frame, &fault);
        if (status == CR_OK) {
            status = cr_frame_fetch(frame, &p->host, false);
            if (status == CR_OK) return frame;
            bool is_lost = status != CR_AGAIN;
            if (is_lost) assert_true(cr_video_reader_lose(p->hosted, frame));
            cr_frame_drop(&frame);
            if (is_lost) continue;
        } else if (status != CR_AGAIN) {
            fail_msg("%s", fault.text);
        }
        if (!slow_codecs_is_at_work(p->codecs)) fail_msg("it waits for nothing");
    }
    fail_msg("the picture at %lld never came", (long long)at);
    return NULL;
}

static void same_at(const pair *p, cr_ticks at)
{
    cr_frame *own = NULL;
    cr_fault fault = {0};
    if (cr_video_reader_frame(p->own, at, &own, &fault) != CR_OK) fail_msg("%s", fault.text);
    cr_frame *hosted = wait_for(p, at);
    if (own->pts != hosted->pts || corpus_hash(own) != corpus_hash(hosted))
        fail_msg("at %.3f s: the picture of %.3f s, not of %.3f s",
                 (double)at / CR_TICKS_PER_SECOND, (double)hosted->pts / CR_TICKS_PER_SECOND,
                 (double)own->pts / CR_TICKS_PER_SECOND);
    assert_int_equal(own->pixel, hosted->pixel);
    assert_memory_equal(&own->color, &hosted->color, sizeof own->color);
    assert_memory_equal(&own->orientation, &hosted->orientation, sizeof own->orientation);
    assert_int_equal(own->sample_aspect.num, hosted->sample_aspect.num);
    cr_frame_drop(&own);
    cr_frame_drop(&hosted);
}

static cr_ticks length_of(const pair *p)
{
    return cr_video_reader_info(p->own)->duration;
}

static uint64_t random_of(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void read_forwards(const pair *p, cr_ticks from, int count)
{
    for (int i = 0; i < count; i++)
        same_at(p, from + cr_frame_start(i, fps));
}

static void read_backwards(const pair *p, cr_ticks from, int count)
{
    for (int i = 0; i < count; i++)
        same_at(p, from - cr_frame_start(i, fps));
}

static void read_at_random(const pair *p, uint64_t seed, int count)
{
    cr_ticks length = length_of(p);
    for (int i = 0; i < count; i++)
        same_at(p, (cr_ticks)(random_of(&seed) % (uint64_t)(length + CR_TICKS_PER_SECOND)) -
                       CR_TICKS_PER_SECOND / 4);
}

static void read_all_ways(const char *path, uint64_t seed, const slow_faults *faults)
{
    pair p = open_pair(path, seed, faults);
    open_hosted(&p, path);
    int count = (int)cr_frame_count(length_of(&p), fps);
    read_forwards(&p, 0, count + 3);
    read_backwards(&p, length_of(&p), count < 70 ? count : 70);
    read_at_random(&p, seed, 12);
    read_forwards(&p, length_of(&p) / 3, 20);
    slow_counts counts = close_pair(&p);
    assert_true(counts.packets > 0);
}

// --- the files ---

#define TEST_FILM(length) "-f lavfi -i testsrc2=size=128x96:rate=30:duration=" length " "
#define X264 "-c:v libx264 -preset ultrafast -pix_fmt yuv420p "

static const char *b_frames(void)
{
    return corpus_file("hosted-b.mp4", TEST_FILM("4") X264 "-bf 3 -b_strategy 0 -g 30");
}

static const char *long_gop(void)
{
    return corpus_file("hosted-long.mp4", TEST_FILM("9") X264 "-bf 2 -b_strategy 0 -g 600 "
                                                              "-x264-params b-pyramid=none");
}

static void same_with_b_frames(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++)
        read_all_ways(b_frames(), seed, NULL);
}

static void same_with_long_gop(void **state)
{
    (void)state;
    pair p = open_pair(long_gop(), 7, NULL);
    open_hosted(&p, long_gop());
    read_at_random(&p, 7, 12);
    read_backwards(&p, 5 * CR_TICKS_PER_SECOND, 70);
    close_pair(&p);
}

static void same_with_other_streams(void **state)
{
    (void)state;
    read_all_ways(corpus_file("hosted-vfr.mp4",
                              TEST_FILM("4") "-vf \"select='not(mod(n,3))+eq(mod(n,7),1)'\" "
                                             "-fps_mode vfr " X264 "-g 20 -bf 2"),
                  11, NULL);
    read_all_ways(corpus_file("hosted.webm", TEST_FILM("2") "-c:v libvpx-vp9 -deadline realtime "
                                                            "-cpu-used 8 -g 20 -pix_fmt yuv420p"),
                  12, NULL);
    read_all_ways(corpus_file("hosted-open.ts", TEST_FILM("3") X264 "-bf 2 -g 25 -x264-params "
                                                                    "open-gop=1"),
                  13, NULL);
    read_all_ways(corpus_file("hosted-422.mkv", TEST_FILM("1") "-c:v libx264 -preset ultrafast "
                                                               "-pix_fmt yuv422p -g 12"),
                  14, NULL);
}

static void same_where_the_file_ends_too_soon(void **state)
{
    (void)state;
    const char *whole = corpus_file("hosted-cut.mkv", TEST_FILM("4") X264 "-bf 2 -g 30");
    static char bytes[1 << 20];
    FILE *file = fopen(whole, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_in_range(size, 1000, sizeof bytes - 1);
    file = fopen("corpus/hosted-truncated.mkv", "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size * 6 / 10, file), size * 6 / 10);
    fclose(file);
    read_all_ways("corpus/hosted-truncated.mkv", 17, NULL);
}

// --- what becomes of decoders ---

static void a_taken_decoder_is_replaced_unseen(void **state)
{
    (void)state;
    for (int after = 1; after < 60; after += 13) {
        slow_faults faults = {.busy_after = after, .busy_decoders = 3};
        pair p = open_pair(b_frames(), (uint64_t)after, &faults);
        open_hosted(&p, b_frames());
        read_forwards(&p, 0, 100);
        read_backwards(&p, 2 * CR_TICKS_PER_SECOND, 20);
        cr_reader_stats stats = {0};
        cr_video_reader_add_stats(p.hosted, &stats);
        assert_true(stats.reopened >= 1);
        assert_true(close_pair(&p).decoders >= 2);
    }
}

static void a_host_that_gives_up_is_replaced_unseen(void **state)
{
    (void)state;
    for (int after = 1; after < 60; after += 19) {
        slow_faults faults = {.unsupported_after = after};
        read_all_ways(b_frames(), (uint64_t)after, &faults);
    }
}

static void a_host_that_forgets_times_is_not_believed(void **state)
{
    (void)state;
    for (int forgotten = 1; forgotten < 40; forgotten += 7) {
        slow_faults faults = {.timeless_picture = forgotten};
        pair p = open_pair(b_frames(), (uint64_t)forgotten, &faults);
        open_hosted(&p, b_frames());
        read_forwards(&p, 0, 60);
        close_pair(&p);
    }
}

static void a_host_that_never_decodes_is_not_needed(void **state)
{
    (void)state;
    slow_faults refuses = {.refuses_streams = true};
    pair p = open_pair(b_frames(), 1, &refuses);
    open_hosted(&p, b_frames());
    read_forwards(&p, 0, 40);
    assert_int_equal(close_pair(&p).decoders, 0);
    // One that takes its decoders away as soon as it has them.
    slow_faults greedy = {.busy_after = 1, .busy_decoders = 1000};
    p = open_pair(b_frames(), 2, &greedy);
    open_hosted(&p, b_frames());
    read_forwards(&p, 0, 40);
    assert_true(close_pair(&p).decoders < 10);
}

static void a_lost_picture_is_decoded_again(void **state)
{
    (void)state;
    for (int lost = 1; lost < 30; lost += 7) {
        slow_faults faults = {.failed_fetch = lost};
        pair p = open_pair(b_frames(), (uint64_t)lost, &faults);
        open_hosted(&p, b_frames());
        read_forwards(&p, 0, 40);
        read_backwards(&p, 3 * CR_TICKS_PER_SECOND, 40);
        close_pair(&p);
    }
}

// The picture before it stands in, and the next keyframe makes it good.
static void a_damaged_packet_costs_no_more_than_its_group(void **state)
{
    (void)state;
    slow_faults faults = {.corrupt_packet = 10};
    pair p = open_pair(b_frames(), 3, &faults);
    open_hosted(&p, b_frames());
    for (int i = 0; i < 30; i++) {
        cr_frame *frame = wait_for(&p, cr_frame_start(i, fps));
        assert_true(frame->pts <= cr_frame_start(i, fps) + CR_TICKS_PER_SECOND / 1000);
        cr_frame_drop(&frame);
    }
    read_forwards(&p, CR_TICKS_PER_SECOND, 60);
    cr_reader_stats stats = {0};
    cr_video_reader_add_stats(p.hosted, &stats);
    assert_int_equal(stats.damaged, 1);
    close_pair(&p);
}

// --- wishes ---

static void the_newest_wish_wins(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        const char *path = seed % 2 ? b_frames() : long_gop();
        pair p = open_pair(path, seed, NULL);
        open_hosted(&p, path);
        uint64_t random = seed;
        for (int i = 0; i < 25; i++) {
            // A few impatient wishes, then one that is waited for.
            for (int j = (int)(random_of(&random) % 6); j > 0; j--) {
                cr_frame *frame = NULL;
                cr_ticks at = (cr_ticks)(random_of(&random) % (uint64_t)length_of(&p));
                cr_status status = cr_video_reader_frame(p.hosted, at, &frame, NULL);
                assert_true(status == CR_OK || status == CR_AGAIN);
                cr_frame_drop(&frame);
            }
            same_at(&p, (cr_ticks)(random_of(&random) % (uint64_t)length_of(&p)));
        }
        close_pair(&p);
    }
}

static void pictures_that_nobody_needs_are_not_decoded(void **state)
{
    (void)state;
    pair p = open_pair(long_gop(), 5, NULL);
    open_hosted(&p, long_gop());
    same_at(&p, 8 * CR_TICKS_PER_SECOND);
    cr_reader_stats stats = {0};
    cr_video_reader_add_stats(p.hosted, &stats);
    // Two of three refer to nothing; the half second before the goal is decoded whole.
    assert_in_range(stats.left_out, 130, 160);
    assert_in_range(stats.decoded, 80, 110);
    // What was left out is there when it is wanted after all.
    read_backwards(&p, 7 * CR_TICKS_PER_SECOND, 40);
    same_at(&p, 4 * CR_TICKS_PER_SECOND + CR_TICKS_PER_SECOND / 30);
    close_pair(&p);
}

// A wish for what was just left out on the way to another.
static void what_was_left_out_is_decoded_after_all(void **state)
{
    (void)state;
    for (int questions = 4; questions < 100; questions += 16) {
        for (int later = -4; later <= 4; later++) {
            pair p = open_pair(long_gop(), (uint64_t)questions, NULL);
            open_hosted(&p, long_gop());
            for (int i = 0; i < questions; i++) {
                cr_frame *frame = NULL;
                cr_ticks at = 8 * CR_TICKS_PER_SECOND;
                (void)!cr_video_reader_frame(p.hosted, at, &frame, NULL);
                cr_frame_drop(&frame);
            }
            cr_reader_stats stats = {0};
            cr_video_reader_add_stats(p.hosted, &stats);
            int64_t reached = stats.decoded + stats.left_out + later;
            same_at(&p, cr_frame_start(reached > 0 ? reached : 0, fps));
            close_pair(&p);
        }
    }
}

// The picture that stands for three seconds is one that nothing refers to.
static void a_long_standing_picture_is_not_left_out(void **state)
{
    (void)state;
    const char *path =
        corpus_file("hosted-stands.mp4", TEST_FILM("8") "-vf \"select='lt(n,99)+gt(n,200)'\" "
                                                        "-fps_mode vfr " X264 "-bf 2 -b_strategy 0 "
                                                        "-g 600 -x264-params b-pyramid=none");
    for (uint64_t seed = 1; seed <= 4; seed++) {
        pair p = open_pair(path, seed, NULL);
        open_hosted(&p, path);
        same_at(&p, cr_frame_start(98 + 20 * (int64_t)seed, fps));
        cr_reader_stats stats = {0};
        cr_video_reader_add_stats(p.hosted, &stats);
        assert_true(stats.left_out > 0);
        close_pair(&p);
    }
}

// --- working ahead ---

static void ahead_is_there_when_it_is_wanted(void **state)
{
    (void)state;
    pair p = open_pair(b_frames(), 9, NULL);
    open_hosted(&p, b_frames());
    cr_reading reading = {.with_planes = true};
    cr_video_reader_set_cache(p.hosted, 20 * 128 * 96 * 3 / 2);
    for (int i = 0; i < 400; i++)
        cr_video_reader_prefetch(p.hosted, 0, &reading);
    cr_reader_stats stats = {0};
    cr_video_reader_add_stats(p.hosted, &stats);
    assert_in_range(stats.bytes, 15 * 128 * 96 * 3 / 2, 20 * 128 * 96 * 3 / 2);
    assert_int_equal(stats.hosted, 0);
    for (int i = 0; i < 15; i++) {
        cr_frame *frame = NULL;
        assert_int_equal(cr_video_reader_frame(p.hosted, cr_frame_start(i, fps), &frame, NULL),
                         CR_OK);
        assert_non_null(frame->data[0]);
        cr_frame_drop(&frame);
    }
    read_forwards(&p, 0, 60);
    close_pair(&p);
}

// Played backwards through a group of pictures that is longer than the cache: all are there in
// time.
static void backwards_is_there_when_it_is_wanted(void **state)
{
    (void)state;
    enum { first = 240, last = 60, cached = 40, calls_a_picture = 25 };
    for (int is_own = 0; is_own < 2; is_own++) {
        pair p = open_pair(long_gop(), 9, NULL);
        open_hosted(&p, long_gop());
        cr_video_reader *reader = is_own ? p.own : p.hosted;
        cr_reading reading = {.is_backwards = true, .with_planes = true};
        cr_video_reader_set_cache(reader, cached * 128 * 96 * 3 / 2);
        for (int i = 0; i < 2000; i++)
            cr_video_reader_prefetch(reader, cr_frame_start(first, fps), &reading);
        for (int i = first; i > last; i--) {
            cr_frame *frame = NULL, *alike = NULL;
            cr_ticks at = cr_frame_start(i, fps);
            for (int j = 0; j < calls_a_picture; j++)
                cr_video_reader_prefetch(reader, at, &reading);
            cr_reader_stats before = {0}, stats = {0};
            cr_video_reader_add_stats(reader, &before);
            if (cr_video_reader_frame(reader, at, &frame, NULL) != CR_OK || !frame->data[0])
                fail_msg("picture %d was not there", i);
            cr_video_reader_add_stats(reader, &stats);
            assert_int_equal(stats.decoded, before.decoded);
            assert_in_range(stats.bytes, 0, (cached + 4) * 128 * 96 * 3 / 2);
            alike = is_own ? wait_for(&p, at) : NULL;
            if (!is_own) assert_int_equal(cr_video_reader_frame(p.own, at, &alike, NULL), CR_OK);
            assert_int_equal(corpus_hash(frame), corpus_hash(alike));
            cr_frame_drop(&frame);
            cr_frame_drop(&alike);
        }
        // And on in the other direction.
        read_forwards(&p, cr_frame_start(last, fps), 40);
        close_pair(&p);
    }
}

// The clock that works ahead and the one that shows are a picture apart: nobody turns round for
// that.
static void working_ahead_follows_who_shows(void **state)
{
    (void)state;
    pair p = open_pair(long_gop(), 8, NULL);
    open_hosted(&p, long_gop());
    cr_video_reader_set_cache(p.hosted, 40 * 128 * 96 * 3 / 2);
    for (int way = 1; way >= -1; way -= 2) {
        cr_reading reading = {.is_backwards = way < 0, .with_planes = true};
        same_at(&p, cr_frame_start(150, fps));
        for (int i = 0; i < 1000; i++)
            cr_video_reader_prefetch(p.hosted, cr_frame_start(150, fps), &reading);
        int packets = slow_codecs_counts(p.codecs)->packets;
        for (int i = 1; i < 8; i++) {
            same_at(&p, cr_frame_start(150 + way * i, fps));
            for (int j = 0; j < 3; j++)
                cr_video_reader_prefetch(p.hosted, cr_frame_start(150 + way * (i - 1), fps),
                                         &reading);
        }
        assert_in_range(slow_codecs_counts(p.codecs)->packets - packets, 0, 12);
    }
    close_pair(&p);
}

static void ahead_by_our_own_decoder_is_a_picture_a_call(void **state)
{
    (void)state;
    pair p = open_pair(long_gop(), 9, NULL);
    cr_reading reading = {0};
    cr_reader_stats before = {0}, after = {0};
    cr_video_reader_prefetch(p.own, 8 * CR_TICKS_PER_SECOND, &reading);
    cr_video_reader_add_stats(p.own, &before);
    assert_in_range(before.decoded, 0, 1);
    for (int i = 0; i < 300; i++)
        cr_video_reader_prefetch(p.own, 8 * CR_TICKS_PER_SECOND, &reading);
    cr_video_reader_add_stats(p.own, &after);
    open_hosted(&p, long_gop());
    same_at(&p, 8 * CR_TICKS_PER_SECOND);
    before = after;
    after = (cr_reader_stats){0};
    cr_video_reader_add_stats(p.own, &after);
    assert_int_equal(after.decoded, before.decoded);
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_with_b_frames),
        cmocka_unit_test(same_with_long_gop),
        cmocka_unit_test(same_with_other_streams),
        cmocka_unit_test(same_where_the_file_ends_too_soon),
        cmocka_unit_test(a_taken_decoder_is_replaced_unseen),
        cmocka_unit_test(a_host_that_gives_up_is_replaced_unseen),
        cmocka_unit_test(a_host_that_forgets_times_is_not_believed),
        cmocka_unit_test(a_host_that_never_decodes_is_not_needed),
        cmocka_unit_test(a_lost_picture_is_decoded_again),
        cmocka_unit_test(a_damaged_packet_costs_no_more_than_its_group),
        cmocka_unit_test(the_newest_wish_wins),
        cmocka_unit_test(pictures_that_nobody_needs_are_not_decoded),
        cmocka_unit_test(what_was_left_out_is_decoded_after_all),
        cmocka_unit_test(a_long_standing_picture_is_not_left_out),
        cmocka_unit_test(ahead_is_there_when_it_is_wanted),
        cmocka_unit_test(backwards_is_there_when_it_is_wanted),
        cmocka_unit_test(working_ahead_follows_who_shows),
        cmocka_unit_test(ahead_by_our_own_decoder_is_a_picture_a_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
