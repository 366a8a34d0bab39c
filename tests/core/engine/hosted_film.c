// A film through the host's codecs: untouched pictures pass from decoder to encoder as they are,
// everything else is fetched and painted, and what comes out is complete.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "codec/frame_host.h"
#include "corpus.h"
#include "engine/output.h"
#include "engine/picture.h"
#include "engine/pool.h"
#include "native/native_file.h"
#include "project/project_json.h"
#include "slow_codecs.h"

enum { QUESTIONS_MAX = 200000, film_frames = 90 };

static const cr_rate fps = {30, 1};

// A film being made, by a slow host.
typedef struct film {
    cr_native *native;
    cr_host host;
    slow_codecs *codecs;
    cr_project *project;
    cr_pool *pool;
    cr_picture_maker *maker;
} film;

static void make_media(void)
{
    const char *made = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -bf 2 -g 30 -colorspace "
                       "bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
    char *arguments = cr_format("-f lavfi -i testsrc2=size=128x96:rate=30:duration=3 %s", made);
    corpus_file("film-a.mp4", arguments);
    cr_free(arguments);
    arguments = cr_format("-f lavfi -i testsrc=size=128x96:rate=30:duration=3 %s", made);
    corpus_file("film-b.mp4", arguments);
    cr_free(arguments);
}

#define SECOND "705600000"
#define TWO_SECONDS "1411200000"
#define THREE_SECONDS "2116800000"

static const char head[] =
    "{\"version\":1,\"title\":\"film\",\"settings\":{\"width\":128,\"height\":96,"
    "\"frame_rate\":30},\"assets\":[{\"id\":\"a\",\"uri\":\"film-a.mp4\"},{\"id\":\"b\","
    "\"uri\":\"film-b.mp4\"},{\"id\":\"gone\",\"uri\":\"gone.mp4\"}],"
    "\"sequences\":[{\"id\":\"film\",\"tracks\":[";

static const char one_clip[] =
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":[{\"id\":\"c\",\"kind\":\"media\",\"asset\":\"a\","
    "\"start\":0,\"duration\":" THREE_SECONDS "}]}";

static const char two_clips[] =
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":[{\"id\":\"c\",\"kind\":\"media\",\"asset\":\"a\","
    "\"start\":0,\"duration\":" TWO_SECONDS "},{\"id\":\"d\",\"kind\":\"media\",\"asset\":\"b\","
    "\"start\":" TWO_SECONDS ",\"duration\":" SECOND "}]}";

// The second clip lies half transparent over the first, and hides nothing.
static const char two_layers[] =
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":[{\"id\":\"c\",\"kind\":\"media\",\"asset\":\"a\","
    "\"start\":0,\"duration\":" THREE_SECONDS "}]},{\"id\":\"w\",\"kind\":\"video\",\"clips\":[{"
    "\"id\":\"d\",\"kind\":\"media\",\"asset\":\"b\",\"start\":0,\"duration\":" THREE_SECONDS ","
    "\"opacity\":0.5}]}";

// The second hides the first.
static const char hidden_layer[] =
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":[{\"id\":\"c\",\"kind\":\"media\",\"asset\":\"a\","
    "\"start\":0,\"duration\":" THREE_SECONDS "}]},{\"id\":\"w\",\"kind\":\"video\",\"clips\":[{"
    "\"id\":\"d\",\"kind\":\"media\",\"asset\":\"b\",\"start\":0,\"duration\":" THREE_SECONDS "}]}";

static const char a_hole[] =
    "{\"id\":\"v\",\"kind\":\"video\",\"clips\":[{\"id\":\"c\",\"kind\":\"media\",\"asset\":\"a\","
    "\"start\":0,\"duration\":" THREE_SECONDS "}]},{\"id\":\"w\",\"kind\":\"video\",\"clips\":[{"
    "\"id\":\"d\",\"kind\":\"media\",\"asset\":\"gone\",\"start\":0,\"duration\":" THREE_SECONDS
    "}]}";

static cr_project *parse(const char *tracks)
{
    cr_project *project = NULL;
    cr_fault fault = {0};
    char *text = cr_format("%s%s]}]}", head, tracks);
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(text);
    return project;
}

// The film [tracks] with the slow host's codecs; without [codecs] with our own.
static film open_film(const char *tracks, uint64_t seed, const slow_faults *faults, bool is_hosted)
{
    film f = {0};
    make_media();
    cr_native_desc desc = {.thread_count = 2};
    assert_int_equal(cr_native_open(&f.native, &desc), CR_OK);
    f.codecs = slow_codecs_open(seed, faults);
    f.host = *cr_native_host(f.native);
    f.host.codecs = is_hosted ? slow_codecs_table(f.codecs) : NULL;
    f.project = parse(tracks);
    return f;
}

static void open_maker(film *f, bool may_be_hosted, bool leaves_holes)
{
    cr_fault fault = {0};
    cr_pool_desc pool = {.asset_folder = "corpus", .font_folder = "", .host = &f->host};
    assert_int_equal(cr_pool_open(&f->pool, f->project, &pool, &fault), CR_OK);
    cr_picture_maker_desc maker = {.host = &f->host,
                                   .pixel = CR_PIXEL_I420,
                                   .may_be_hosted = may_be_hosted,
                                   .leaves_holes = leaves_holes};
    assert_int_equal(cr_picture_maker_open(&f->maker, f->project, f->pool, &maker, &fault), CR_OK);
}

static slow_counts close_film(film *f)
{
    cr_picture_maker_close(&f->maker);
    cr_pool_close(&f->pool);
    cr_project_drop(&f->project);
    slow_counts counts = *slow_codecs_counts(f->codecs);
    slow_codecs_close(&f->codecs);
    cr_native_close(&f->native);
    return counts;
}

static cr_frame *make(film *f, cr_ticks at, cr_fault *fault)
{
    for (int i = 0; i < QUESTIONS_MAX; i++) {
        cr_frame *frame = NULL;
        cr_status status =
            cr_picture_make(f->maker, cr_project_film(f->project), at, &frame, fault);
        if (status == CR_OK) return frame;
        if (status != CR_AGAIN) fail_msg("%s: %s", fault->where, fault->text);
        if (!slow_codecs_is_at_work(f->codecs)) fail_msg("it waits for nothing");
    }
    fail_msg("the picture never came");
    return NULL;
}

static void fetch(film *f, cr_frame *frame)
{
    cr_status status = CR_AGAIN;
    for (int i = 0; i < QUESTIONS_MAX && status == CR_AGAIN; i++)
        status = cr_frame_fetch(frame, &f->host, false);
    assert_int_equal(status, CR_OK);
}

static uint64_t hash_at(film *f, cr_ticks at)
{
    cr_fault fault = {0};
    cr_frame *frame = make(f, at, &fault);
    fetch(f, frame);
    uint64_t hash = corpus_hash(frame);
    cr_frame_drop(&frame);
    return hash;
}

// --- pictures ---

static void same_pictures(const char *tracks, uint64_t seed, const slow_faults *faults)
{
    film own = open_film(tracks, seed, NULL, false), f = open_film(tracks, seed, faults, true);
    open_maker(&own, false, false);
    open_maker(&f, seed % 2, false);
    for (int i = 0; i < film_frames; i += 1 + i % 3)
        assert_int_equal(hash_at(&own, cr_frame_start(i, fps)),
                         hash_at(&f, cr_frame_start(i, fps)));
    for (int i = film_frames - 1; i > 40; i -= 3)
        assert_int_equal(hash_at(&own, cr_frame_start(i, fps)),
                         hash_at(&f, cr_frame_start(i, fps)));
    close_film(&own);
    assert_true(close_film(&f).pictures > 0);
}

static void pictures_are_the_same(void **state)
{
    (void)state;
    same_pictures(one_clip, 1, NULL);
    same_pictures(two_clips, 2, NULL);
    same_pictures(two_layers, 3, NULL);
    same_pictures(hidden_layer, 4, NULL);
    slow_faults lost = {.failed_fetch = 9};
    same_pictures(two_layers, 5, &lost);
    slow_faults busy = {.busy_after = 20, .busy_decoders = 2};
    same_pictures(two_layers, 6, &busy);
}

static void an_untouched_picture_passes(void **state)
{
    (void)state;
    film f = open_film(two_clips, 1, NULL, true);
    open_maker(&f, true, false);
    cr_fault fault = {0};
    for (int i = 0; i < film_frames; i++) {
        cr_frame *frame = make(&f, cr_frame_start(i, fps), &fault);
        assert_true(cr_frame_is_remote(frame));
        assert_int_not_equal(frame->host_picture, 0);
        cr_frame_drop(&frame);
    }
    assert_int_equal(close_film(&f).fetched, 0);
    // Where it may not, and where it is painted, there are planes.
    f = open_film(two_layers, 1, NULL, true);
    open_maker(&f, true, false);
    cr_frame *frame = make(&f, 0, &fault);
    assert_false(cr_frame_is_remote(frame));
    cr_frame_drop(&frame);
    assert_int_equal(close_film(&f).fetched, 2);
}

// All layers are decoded at once, and all planes fetched at once.
static void layers_do_not_wait_for_each_other(void **state)
{
    (void)state;
    int most = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        film f = open_film(two_layers, seed, NULL, true);
        open_maker(&f, false, false);
        cr_frame *frame = NULL;
        cr_fault fault = {0};
        assert_int_equal(cr_picture_make(f.maker, cr_project_film(f.project), 0, &frame, &fault),
                         CR_AGAIN);
        assert_int_equal(slow_codecs_counts(f.codecs)->decoders, 2);
        frame = make(&f, 0, &fault);
        cr_frame_drop(&frame);
        int copies = close_film(&f).copies_at_once_max;
        if (copies > most) most = copies;
    }
    assert_int_equal(most, 2);
}

static void what_is_hidden_is_not_fetched(void **state)
{
    (void)state;
    film f = open_film(hidden_layer, 1, NULL, true);
    open_maker(&f, false, false);
    cr_fault fault = {0};
    cr_frame *frame = make(&f, 0, &fault);
    assert_false(cr_frame_is_remote(frame));
    cr_frame_drop(&frame);
    assert_int_equal(close_film(&f).fetched, 1);
}

static void another_painter_gets_its_layers(void **state)
{
    (void)state;
    film f = open_film(two_layers, 1, NULL, true);
    open_maker(&f, true, false);
    cr_picture picture = {0};
    cr_fault fault = {0};
    cr_status status = CR_AGAIN;
    for (int i = 0; i < QUESTIONS_MAX && status == CR_AGAIN; i++)
        status = cr_picture_compose(f.maker, cr_project_film(f.project), 0, &picture, &fault);
    assert_int_equal(status, CR_OK);
    assert_int_equal(picture.item_count, 2);
    for (int i = 0; i < 2; i++)
        assert_false(cr_frame_is_remote(picture.items[i].from.frame));
    cr_painter *painter = NULL;
    cr_frame *painted = NULL;
    assert_int_equal(cr_painter_open(&painter, &(cr_painter_desc){0}), CR_OK);
    assert_int_equal(cr_painter_paint(painter, &picture, &painted), CR_OK);
    assert_int_equal(corpus_hash(painted), hash_at(&f, 0));
    cr_frame_drop(&painted);
    cr_painter_close(&painter);
    close_film(&f);
}

static void a_missing_file_is_a_hole(void **state)
{
    (void)state;
    film f = open_film(a_hole, 1, NULL, true), plain = open_film(one_clip, 1, NULL, false);
    open_maker(&f, false, true);
    open_maker(&plain, false, false);
    cr_fault told = {0}, again = {0};
    cr_frame *frame = make(&f, 0, &told);
    assert_int_equal(corpus_hash(frame), hash_at(&plain, 0));
    cr_frame_drop(&frame);
    assert_int_equal(told.status, CR_NOTFOUND);
    assert_non_null(strstr(told.where, "gone.mp4"));
    frame = make(&f, 0, &again);
    cr_frame_drop(&frame);
    assert_int_equal(again.status, CR_OK);
    close_film(&f);
    close_film(&plain);
}

// --- the pool ---

static void the_next_clip_is_ready_at_the_cut(void **state)
{
    (void)state;
    film f = open_film(two_clips, 4, NULL, true);
    open_maker(&f, false, false);
    const cr_sequence *sequence = cr_project_film(f.project);
    cr_pool_ahead ahead = {.rate = CR_ONE, .with_planes = true};
    cr_ticks cut = 2 * CR_TICKS_PER_SECOND;
    cr_fault fault = {0};
    cr_frame *frame = make(&f, cut - CR_TICKS_PER_SECOND * 3 / 2, &fault);
    cr_frame_drop(&frame);
    cr_pool_prefetch(f.pool, sequence, cut - CR_TICKS_PER_SECOND * 3 / 2, &ahead);
    assert_int_equal(slow_codecs_counts(f.codecs)->decoders, 1);
    for (int i = 0; i < 300; i++)
        cr_pool_prefetch(f.pool, sequence, cut - CR_TICKS_PER_SECOND / 2, &ahead);
    assert_int_equal(slow_codecs_counts(f.codecs)->decoders, 2);
    // Both sides of the cut are there at once.
    for (int i = -5; i < 5; i++) {
        cr_ticks at = cut + cr_frame_start(i, fps);
        assert_int_equal(cr_picture_make(f.maker, sequence, at, &frame, &fault), CR_OK);
        cr_frame_drop(&frame);
    }
    close_film(&f);
}

static void an_edit_keeps_the_readers(void **state)
{
    (void)state;
    film f = open_film(two_layers, 4, NULL, true);
    open_maker(&f, false, false);
    (void)hash_at(&f, CR_TICKS_PER_SECOND);
    assert_int_equal(slow_codecs_counts(f.codecs)->decoders, 2);
    cr_picture_maker_close(&f.maker);
    cr_project_drop(&f.project);
    f.project = parse(hidden_layer);
    cr_pool_set_project(f.pool, f.project);
    cr_picture_maker_desc maker = {.host = &f.host, .pixel = CR_PIXEL_I420};
    assert_int_equal(cr_picture_maker_open(&f.maker, f.project, f.pool, &maker, NULL), CR_OK);
    (void)hash_at(&f, CR_TICKS_PER_SECOND);
    assert_int_equal(slow_codecs_counts(f.codecs)->decoders, 2);
    close_film(&f);
}

// --- files ---

typedef struct written {
    slow_counts counts;
    cr_status status;
} written;

static cr_status give_frame(film *f, cr_output *output, int64_t index, cr_fault *fault)
{
    cr_frame *made = make(f, cr_frame_start(index, fps), fault), *frame = NULL;
    assert_int_equal(cr_frame_share(&frame, made), CR_OK);
    cr_frame_drop(&made);
    frame->pts = cr_frame_start(index, fps);
    frame->duration = cr_frame_start(index + 1, fps) - frame->pts;
    cr_status status = CR_AGAIN;
    for (int i = 0; i < QUESTIONS_MAX && status == CR_AGAIN; i++) {
        status = cr_output_frame(output, frame, fault);
        if (status == CR_AGAIN && !slow_codecs_is_at_work(f->codecs))
            fail_msg("the output waits for nothing");
    }
    cr_frame_drop(&frame);
    return status;
}

static void give_sound(cr_output *output, int64_t index)
{
    cr_samples *samples = NULL;
    assert_int_equal(cr_samples_make(&samples, CR_MIX_RATE, 2, CR_MIX_RATE / 30), CR_OK);
    for (int i = 0; i < samples->count; i++)
        samples->data[0][i] = samples->data[1][i] = 0.25f * sinf((float)i * 0.05f);
    samples->pts = cr_frame_start(index, fps);
    assert_int_equal(cr_output_samples(output, samples, NULL), CR_OK);
    cr_samples_drop(&samples);
}

static written write_film(const char *path, const char *tracks, const char *codec, uint64_t seed,
                          const slow_faults *faults)
{
    film f = open_film(tracks, seed, faults, true);
    open_maker(&f, true, false);
    cr_export_format format = *cr_export_format_find(NULL, path);
    format.video_codec = codec;
    cr_output_desc desc = {.uri = path,
                           .format = &format,
                           .has_picture = true,
                           .has_sound = true,
                           .width = 128,
                           .height = 96,
                           .frame_rate = fps,
                           .color = cr_color_bt709(),
                           .speed = "ultrafast",
                           .video_bit_rate = 400000};
    cr_output *output = NULL;
    cr_fault fault = {0};
    if (cr_output_open(&output, &desc, &f.host, &fault) != CR_OK) fail_msg("%s", fault.text);
    written w = {.status = CR_OK};
    for (int64_t i = 0; i < film_frames && w.status == CR_OK; i++) {
        give_sound(output, i);
        w.status = give_frame(&f, output, i, &fault);
    }
    if (w.status == CR_OK) w.status = CR_AGAIN;
    for (int i = 0; i < QUESTIONS_MAX && w.status == CR_AGAIN; i++)
        w.status = cr_output_finish(output, &fault);
    cr_output_close(&output);
    w.counts = close_film(&f);
    return w;
}

static void is_complete(const char *path)
{
    corpus_picture *pictures = NULL;
    size_t count = corpus_decode(path, &pictures);
    assert_int_equal(count, film_frames);
    for (size_t i = 0; i < count; i++)
        assert_true(llabs(pictures[i].pts - cr_frame_start((int64_t)i, fps)) <=
                    CR_TICKS_PER_SECOND / 1000);
    free(pictures);
    cr_ticks first = 0;
    int64_t samples = corpus_sound(path, &first);
    assert_in_range(samples, CR_MIX_RATE * 3, CR_MIX_RATE * 3 + 2048);
}

static void a_film_passes_through(void **state)
{
    (void)state;
    const struct {
        const char *path, *codec;
    } files[] = {{"through.mp4", "h264"},
                 {"through.webm", "vp9"},
                 {"vp9.mp4", "vp9"},
                 {"through-av1.mp4", "av1"},
                 {"through-av1.webm", "av1"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        slow_faults faults = {.has_no_extradata = strcmp(files[i].codec, "h264") != 0};
        written w = write_film(files[i].path, two_clips, files[i].codec, i + 1, &faults);
        assert_int_equal(w.status, CR_OK);
        assert_int_equal(w.counts.encoders, 1);
        assert_int_equal(w.counts.frames, film_frames);
        assert_int_equal(w.counts.frames_passed, film_frames);
        assert_int_equal(w.counts.fetched, 0);
        is_complete(files[i].path);
    }
}

static void a_painted_film_is_complete(void **state)
{
    (void)state;
    written w = write_film("painted.mp4", two_layers, "h264", 3, NULL);
    assert_int_equal(w.status, CR_OK);
    assert_int_equal(w.counts.frames_passed, 0);
    is_complete("painted.mp4");
}

static void a_host_that_cannot_encode_is_replaced_unseen(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        slow_faults faults = {.encoder_unsupported_after = 1};
        const char *path = seed % 2 ? "replaced.mp4" : "replaced.webm";
        const char *codec = seed % 2 ? "h264" : "vp9";
        written w = write_film(path, two_clips, codec, seed, &faults);
        assert_int_equal(w.status, CR_OK);
        assert_int_equal(w.counts.encoders, 1);
        is_complete(path);
    }
}

static void a_lost_encoder_is_told(void **state)
{
    (void)state;
    slow_faults faults = {.encoder_busy_after = 60};
    written w = write_film("lost.mp4", two_clips, "h264", 1, &faults);
    assert_int_equal(w.status, CR_BUSY);
    cr_fault fault = {0};
    cr_source *source = NULL;
    assert_int_equal(native_open_source(NULL, "lost.mp4", &source, &fault), CR_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_the_same),
        cmocka_unit_test(an_untouched_picture_passes),
        cmocka_unit_test(layers_do_not_wait_for_each_other),
        cmocka_unit_test(what_is_hidden_is_not_fetched),
        cmocka_unit_test(another_painter_gets_its_layers),
        cmocka_unit_test(a_missing_file_is_a_hole),
        cmocka_unit_test(the_next_clip_is_ready_at_the_cut),
        cmocka_unit_test(an_edit_keeps_the_readers),
        cmocka_unit_test(a_film_passes_through),
        cmocka_unit_test(a_painted_film_is_complete),
        cmocka_unit_test(a_host_that_cannot_encode_is_replaced_unseen),
        cmocka_unit_test(a_lost_encoder_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
