// An export in segments: joined it is the film, whatever was killed, damaged or full in between.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "corpus.h"
#include "engine/export_segments.h"
#include "engine/segment.h"
#include "small_film.h"

enum { SOUND = -1 };

static int open_native(void **state)
{
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 2};
    if (cr_native_open(&native, &desc) != CR_OK) return -1;
    *state = native;
    return 0;
}

static int close_native(void **state)
{
    cr_native *native = *state;
    cr_native_close(&native);
    return 0;
}

static cr_export_worker *worker_of(const cr_project *film, const cr_export_desc *desc,
                                   const char *folder, const cr_host *host)
{
    cr_export_worker *worker = NULL;
    cr_fault fault = {0};
    if (cr_export_worker_open(&worker, film, desc, folder, host, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    return worker;
}

// Steps what was begun to its end.
static cr_status work(cr_export_worker *worker, cr_fault *fault)
{
    cr_export_work at;
    cr_status status;
    do {
        status = cr_export_worker_step(worker, &at, fault);
    } while (status == CR_AGAIN);
    if (status == CR_OK) assert_int_equal(at.done, at.total);
    return status;
}

static void make(cr_export_worker *worker, int64_t index)
{
    cr_fault fault = {0};
    if (cr_export_worker_begin(worker, index, &fault) != CR_OK || work(worker, &fault) != CR_OK)
        fail_msg("segment %lld: %s: %s", (long long)index, fault.where, fault.text);
}

static void join(cr_export_worker *worker)
{
    cr_fault fault = {0};
    assert_int_equal(cr_export_worker_begin_join(worker, &fault), CR_OK);
    if (work(worker, &fault) != CR_OK) fail_msg("%s: %s", fault.where, fault.text);
}

// What is missing, and the file.
static void complete(cr_export_worker *worker)
{
    const cr_export_plan *plan = cr_export_worker_plan(worker);
    for (int64_t i = plan->has_sound ? SOUND : 0; i < plan->segment_count; i++)
        if (!cr_export_worker_has(worker, i)) make(worker, i);
    join(worker);
}

static void export_in_segments(const cr_project *film, const cr_export_desc *desc,
                               const char *folder, const cr_host *host)
{
    cr_export_worker *worker = worker_of(film, desc, folder, host);
    complete(worker);
    cr_export_worker_close(&worker);
}

static void export_at_once(const cr_project *film, const cr_export_desc *desc, const cr_host *host)
{
    cr_export *run = NULL;
    cr_fault fault = {0};
    cr_status status = cr_export_open(&run, film, desc, host, &fault);
    while (status == CR_OK && (status = cr_export_step(run, &fault)) == CR_AGAIN)
        status = CR_OK;
    if (status != CR_OK) fail_msg("%s: %s", fault.where, fault.text);
    cr_export_close(&run);
}

// ffmpeg finds nothing to complain about.
static void assert_decodes_cleanly(const char *path)
{
    char *command = cr_format(
        "ffmpeg -nostdin -v warning -xerror -i %s -f null - 2>said.txt && ! [ -s said.txt ]", path);
    if (system(command) != 0) fail_msg("ffmpeg complains about %s: see said.txt", path);
    cr_free(command);
}

static void assert_pictures(const char *path, int count, cr_rate rate, cr_ticks tolerance)
{
    corpus_picture *pictures = NULL;
    size_t found = corpus_decode(path, &pictures);
    if (found != (size_t)count) fail_msg("%s has %zu pictures, not %d", path, found, count);
    for (int i = 0; i < count; i++)
        if (llabs(pictures[i].pts - cr_frame_start(i, rate)) > tolerance)
            fail_msg("%s: picture %d is at %lld", path, i, (long long)pictures[i].pts);
    free(pictures);
}

// Lossless kinds are the same bytes as without segments; the others have every picture in its place
// and the same sound.
static void the_joined_file_is_the_film(void **state)
{
    static const struct {
        const char *name, *codec;
        bool is_same, is_shown, is_heard;
        cr_ticks tolerance;
    } kinds[] = {
        {"film.mp4", NULL, false, true, true, 0},
        {"film.mp4", "vp9", false, true, true, 0},
        {"film.webm", NULL, false, true, true, CR_TICKS_PER_SECOND / 1000},
        {"film.webm", "av1", false, true, true, CR_TICKS_PER_SECOND / 1000},
        {"film.m4a", NULL, false, false, true, 0},
        {"film.wav", NULL, true, false, false, 0},
        {"film.zip", NULL, true, false, false, 0},
        {"film.webp", NULL, true, false, false, 0},
    };
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(10, "25/1");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        cr_export_desc desc = small_wishes(kinds[i].name);
        desc.video_codec = kinds[i].codec;
        small_folder_clear("whole");
        export_in_segments(film, &desc, "whole", host);
        char *once = cr_format("once-%s", kinds[i].name);
        desc.output = once;
        export_at_once(film, &desc, host);
        if (kinds[i].is_same && !small_files_equal(once, kinds[i].name))
            fail_msg("%s is another file than %s", kinds[i].name, once);
        if (kinds[i].is_shown) {
            assert_pictures(kinds[i].name, 250, (cr_rate){25, 1}, kinds[i].tolerance);
        }
        if (kinds[i].is_heard) {
            assert_decodes_cleanly(kinds[i].name);
            cr_ticks first = 0, first_once = 0;
            int64_t heard = corpus_sound(kinds[i].name, &first);
            assert_int_equal(heard, corpus_sound(once, &first_once));
            assert_int_equal(heard, 480000);
            assert_int_equal(first, first_once);
        }
        cr_free(once);
    }
    cr_project_drop(&film);
}

// Pictures that lead the coding order by several cross no join, and decoding times only rise.
static void decoding_times_rise_over_joins(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("bframes.mp4");
    desc.speed = "medium";
    small_folder_clear("bframes");
    export_in_segments(film, &desc, "bframes", host);
    assert_pictures("bframes.mp4", 600, (cr_rate){30000, 1001}, 0);
    assert_decodes_cleanly("bframes.mp4");
    // Two pictures of delay; every packet a picture later than the one before.
    assert_int_equal(
        system(
            "ffprobe -v error -select_streams v -show_entries packet=dts -of csv=p=0 "
            "bframes.mp4 | tr -d , | awk 'NR == 1 && $1 >= 0 {exit 1} NR > 1 && $1 - last != step "
            "{if (NR > 2) exit 1; step = $1 - last} {last = $1} END {if (NR != 600) exit 1}'"),
        0);
    assert_int_equal(system("ffprobe -v error -show_entries stream=start_time,duration -of csv=p=0 "
                            "bframes.mp4 | grep -c '^0.000000,20.0200' | grep -qx 2"),
                     0);
    cr_project_drop(&film);
}

// Every worker that stops anywhere leaves whole segments; the next goes on, in any order.
static void what_was_killed_goes_on(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("whole.mp4");
    small_folder_clear("unbroken");
    small_folder_clear("broken");
    export_in_segments(film, &desc, "unbroken", host);
    desc.output = "broken.mp4";
    unlink("broken.mp4");
    static const int64_t order[] = {1, SOUND, 2, 0};
    for (int kill = 0; kill < 12; kill++) {
        cr_export_worker *worker = worker_of(film, &desc, "broken", host);
        // Some way into the next segment that is missing, or into the join.
        cr_export_work at;
        cr_fault fault = {0};
        int64_t next = 99;
        for (size_t i = 0; i < 4 && next == 99; i++)
            if (!cr_export_worker_has(worker, order[i])) next = order[i];
        cr_status status = next == 99 ? cr_export_worker_begin_join(worker, &fault)
                                      : cr_export_worker_begin(worker, next, &fault);
        int steps = next == 99 ? kill : kill % 3 == 0 ? 1 << 20 : 50 * kill;
        if (status == CR_OK) status = CR_AGAIN;
        for (int i = 0; i < steps && status == CR_AGAIN; i++)
            status = cr_export_worker_step(worker, &at, &fault);
        assert_true(status == CR_OK || status == CR_AGAIN);
        cr_export_worker_close(&worker);
        assert_int_equal(access("broken.mp4", F_OK), -1);
    }
    export_in_segments(film, &desc, "broken", host);
    assert_true(small_files_equal("whole.mp4", "broken.mp4"));
    assert_int_equal(system("ls broken/*.part broken.mp4.* 2>/dev/null | grep -q ."), 256);
    cr_project_drop(&film);
}

// Killed while it is mixed, a film is not listened to again.
static void loudness_is_measured_once(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("heard.m4a");
    small_folder_clear("heard");
    small_folder_clear("heard-again");
    export_in_segments(film, &desc, "heard", host);
    desc.output = "heard-again.m4a";
    cr_export_work at = {0};
    cr_export_worker *worker = worker_of(film, &desc, "heard-again", host);
    assert_int_equal(cr_export_worker_begin(worker, SOUND, NULL), CR_OK);
    int steps = 0;
    do {
        assert_int_equal(cr_export_worker_step(worker, &at, NULL), CR_AGAIN);
        steps += at.phase == CR_EXPORT_LISTENING;
    } while (at.phase != CR_EXPORT_PAINTING || at.done == 0);
    assert_int_equal(steps, 20); // a second each
    cr_export_worker_close(&worker);
    worker = worker_of(film, &desc, "heard-again", host);
    assert_int_equal(cr_export_worker_begin(worker, SOUND, NULL), CR_OK);
    assert_int_equal(cr_export_worker_step(worker, &at, NULL), CR_AGAIN);
    assert_int_equal(at.phase, CR_EXPORT_PAINTING);
    complete(worker);
    cr_export_worker_close(&worker);
    assert_true(small_files_equal("heard.m4a", "heard-again.m4a"));
    cr_project_drop(&film);
}

static void another_exports_segments_are_not_used(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(10, "25/1");
    cr_export_desc desc = small_wishes("foreign.mp4");
    small_folder_clear("foreign");
    export_in_segments(film, &desc, "foreign", host);
    desc.quality = 40;
    cr_export_worker *worker = worker_of(film, &desc, "foreign", host);
    for (int64_t i = SOUND; i < 2; i++)
        assert_false(cr_export_worker_has(worker, i));
    make(worker, 0);
    cr_fault fault = {0};
    assert_int_equal(cr_export_worker_begin_join(worker, &fault), CR_OK);
    assert_int_equal(work(worker, &fault), CR_CONFLICT);
    assert_non_null(strstr(fault.where, "sound.segment"));
    complete(worker);
    cr_export_worker_close(&worker);
    assert_pictures("foreign.mp4", 250, (cr_rate){25, 1}, 0);
    cr_project_drop(&film);
}

static void flip_a_byte(const char *path, long at)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    int byte = fgetc(file);
    assert_int_equal(fseek(file, -1, SEEK_CUR), 0);
    assert_int_equal(fputc(byte ^ 1, file), byte ^ 1);
    assert_int_equal(fclose(file), 0);
}

static void damaged_and_missing_segments_are_made_again(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("sane.mp4");
    small_folder_clear("damaged");
    export_in_segments(film, &desc, "damaged", host);
    flip_a_byte("damaged/picture-000000.segment", 20000);
    flip_a_byte("damaged/picture-000001.segment", -3);
    unlink("damaged/sound.segment");
    desc.output = "again.mp4";
    unlink("again.mp4");
    cr_export_worker *worker = worker_of(film, &desc, "damaged", host);
    assert_false(cr_export_worker_has(worker, SOUND));
    assert_false(cr_export_worker_has(worker, 0));
    assert_false(cr_export_worker_has(worker, 1));
    assert_true(cr_export_worker_has(worker, 2));
    // Joined nevertheless: named, and no file.
    static const struct {
        int64_t made;
        cr_status status;
        const char *name;
    } steps[] = {{99, CR_NOTFOUND, "sound.segment"},
                 {SOUND, CR_CORRUPT, "picture-000001.segment"},
                 {1, CR_CORRUPT, "picture-000000.segment"}};
    for (size_t i = 0; i < 3; i++) {
        cr_fault fault = {0};
        if (steps[i].made != 99) make(worker, steps[i].made);
        assert_int_equal(cr_export_worker_begin_join(worker, &fault), CR_OK);
        assert_int_equal(work(worker, &fault), steps[i].status);
        if (!strstr(fault.where, steps[i].name)) fail_msg("%s: %s", fault.where, fault.text);
        assert_int_equal(access("again.mp4", F_OK), -1);
    }
    complete(worker);
    cr_export_worker_close(&worker);
    assert_true(small_files_equal("sane.mp4", "again.mp4"));
    cr_project_drop(&film);
}

// Two minutes at 29.97: nothing drifts, and nothing is rounded up over the joins.
static void picture_and_sound_stay_together(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(120, "30000/1001");
    cr_export_desc desc = small_wishes("long.mp4");
    small_folder_clear("long");
    export_in_segments(film, &desc, "long", host);
    assert_int_equal(system("ffprobe -v error -count_packets -select_streams v -show_entries "
                            "stream=nb_read_packets -of csv=p=0 long.mp4 | grep -q '^3597'"),
                     0);
    // 3597 pictures last 120.0199 s.
    assert_int_equal(
        system(
            "ffprobe -v error -show_entries stream=start_time,duration -of csv=p=0 long.mp4 | "
            "awk -F, '{if ($1 != 0 || $2 < 120.015 || $2 > 120.025) exit 1} END {exit NR != 2}'"),
        0);
    cr_ticks first = CR_TICKS_NONE;
    assert_int_equal(corpus_sound("long.mp4", &first), 5760956);
    assert_int_equal(first, 0);
    cr_project_drop(&film);
}

// A segment by another encoder, as after a restart on another machine: its keyframes bring along
// what the film's head does not say.
static void another_encoders_segment_can_be_shown(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_project *film = small_film(10, "25/1");
    cr_export_desc desc = small_wishes("mixed.mp4");
    small_folder_clear("mixed");
    cr_export_worker *worker = worker_of(film, &desc, "mixed", host);
    make(worker, SOUND);
    make(worker, 0);
    // The film's last two seconds, with other parameter sets than "ultrafast" has.
    cr_encoder_desc coding = {.codec = "h264",
                              .width = 64,
                              .height = 48,
                              .frame_rate = {25, 1},
                              .pixel = CR_PIXEL_I420,
                              .color = cr_color_bt709(),
                              .speed = "slow",
                              .is_exact = true};
    cr_encoder *encoder = NULL;
    cr_segment_writer *writer = NULL;
    assert_int_equal(cr_encoder_open(&encoder, &coding, NULL), CR_OK);
    assert_int_equal(cr_segment_create(&writer, host, "mixed/picture-000001.segment",
                                       cr_export_worker_plan(worker)->key, NULL),
                     CR_OK);
    for (int i = 200; i <= 250; i++) {
        cr_frame *frame = NULL;
        assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, 64, 48), CR_OK);
        for (int plane = 0; plane < 3; plane++)
            memset(frame->data[plane], i, (size_t)frame->stride[plane] * (plane ? 24 : 48));
        frame->pts = cr_frame_start(i, (cr_rate){25, 1});
        assert_int_equal(cr_encoder_send_frame(encoder, i < 250 ? frame : NULL), CR_OK);
        cr_frame_drop(&frame);
        cr_packet *packet = NULL;
        while (cr_encoder_receive(encoder, &packet) == CR_OK) {
            assert_int_equal(cr_segment_write(writer, packet), CR_OK);
            cr_packet_drop(&packet);
        }
    }
    assert_int_equal(cr_segment_finish(writer, cr_encoder_info(encoder)), CR_OK);
    cr_segment_writer_close(&writer);
    cr_encoder_close(&encoder);
    assert_true(cr_export_worker_has(worker, 1));
    complete(worker);
    cr_export_worker_close(&worker);
    assert_pictures("mixed.mp4", 250, (cr_rate){25, 1}, 0);
    assert_decodes_cleanly("mixed.mp4");
    cr_project_drop(&film);
}

// A host whose disk has room for so many bytes more, and whose sinks cannot be read.
typedef struct tight_host {
    cr_host base;
    const cr_host *native;
    int64_t room;
} tight_host;

typedef struct tight_sink {
    cr_sink base;
    cr_sink *native;
    tight_host *host;
} tight_sink;

static cr_status tight_write(cr_sink *sink, uint64_t offset, const void *data, size_t size)
{
    tight_sink *own = (tight_sink *)sink;
    own->host->room -= (int64_t)size;
    if (own->host->room < 0) return CR_NOSPACE;
    return own->native->write_at(own->native, offset, data, size);
}

static cr_status tight_read(cr_sink *sink, uint64_t offset, void *data, size_t size, size_t *out)
{
    (void)data;
    (void)out;
    fail_msg("%s: %zu bytes were read back at %llu", sink->name, size, (unsigned long long)offset);
    return CR_IO;
}

static cr_status tight_commit(cr_sink *sink)
{
    cr_sink *native = ((tight_sink *)sink)->native;
    return native->commit(native);
}

static void tight_close(cr_sink *sink)
{
    cr_sink_close(&((tight_sink *)sink)->native);
    cr_free(sink);
}

static cr_status open_tight(void *cookie, const char *uri, cr_sink **out, cr_fault *fault)
{
    tight_host *host = cookie;
    tight_sink *sink = cr_alloc(1, sizeof *sink);
    cr_status status = host->native->open_sink(host->native->cookie, uri, &sink->native, fault);
    if (status != CR_OK) {
        cr_free(sink);
        return status;
    }
    sink->host = host;
    sink->base = (cr_sink){.write_at = tight_write,
                           .read_at = tight_read,
                           .commit = tight_commit,
                           .close = tight_close};
    memcpy(sink->base.name, sink->native->name, sizeof sink->base.name);
    *out = &sink->base;
    return CR_OK;
}

static cr_status open_native_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault)
{
    const cr_host *native = ((tight_host *)cookie)->native;
    return native->open_source(native->cookie, uri, out, fault);
}

static void run_here(void *cookie, int count, void (*task)(void *task_cookie, int index),
                     void *task_cookie)
{
    (void)cookie;
    for (int i = 0; i < count; i++)
        task(task_cookie, i);
}

static void a_full_disk_loses_nothing(void **state)
{
    const cr_host *native = cr_native_host(*state);
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("room.mp4");
    small_folder_clear("room");
    small_folder_clear("tight");
    export_in_segments(film, &desc, "room", native);
    desc.output = "tight.mp4";
    tight_host host = {.base = {.open_source = open_native_source,
                                .open_sink = open_tight,
                                .run_parallel = run_here,
                                .thread_count = native->thread_count},
                       .native = native};
    host.base.cookie = &host;
    // Each time there is room for some more; what was made stays.
    int failures = 0, whole = 0;
    for (cr_status status = CR_NOSPACE; status != CR_OK; failures++) {
        assert_true(failures < 40);
        host.room = 600 * 1000;
        cr_export_worker *worker = worker_of(film, &desc, "tight", &host.base);
        cr_fault fault = {0};
        status = CR_OK;
        int found = 0;
        for (int64_t i = SOUND; i < 3 && status == CR_OK; i++) {
            bool is_there = cr_export_worker_has(worker, i);
            found += is_there;
            if (!is_there) status = cr_export_worker_begin(worker, i, &fault);
            if (!is_there && status == CR_OK) status = work(worker, &fault);
        }
        assert_true(found >= whole);
        whole = found;
        if (status == CR_OK) {
            host.room = 1000 * 1000 * (failures ? 100 : 0);
            status = cr_export_worker_begin_join(worker, &fault);
            if (status == CR_OK) status = work(worker, &fault);
        }
        if (status != CR_OK) {
            assert_int_equal(status, CR_NOSPACE);
            if (!strstr(fault.where, ".segment") && !strstr(fault.where, "tight.mp4"))
                fail_msg("where? %s: %s", fault.where, fault.text);
            assert_non_null(strstr(fault.text, "no space"));
        }
        cr_export_worker_close(&worker);
    }
    assert_true(failures > 1);
    assert_true(small_files_equal("room.mp4", "tight.mp4"));
    cr_project_drop(&film);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_joined_file_is_the_film),
        cmocka_unit_test(decoding_times_rise_over_joins),
        cmocka_unit_test(what_was_killed_goes_on),
        cmocka_unit_test(loudness_is_measured_once),
        cmocka_unit_test(another_exports_segments_are_not_used),
        cmocka_unit_test(damaged_and_missing_segments_are_made_again),
        cmocka_unit_test(picture_and_sound_stay_together),
        cmocka_unit_test(another_encoders_segment_can_be_shown),
        cmocka_unit_test(a_full_disk_loses_nothing),
    };
    return cmocka_run_group_tests(tests, open_native, close_native);
}
