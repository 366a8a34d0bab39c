// A file with an index is opened by it: what is known of its packets is the same as if they had
// been read, and they are not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "corpus.h"
#include "native/native_file.h"

#define FILM                                                                                       \
    "-f lavfi -i testsrc2=s=320x180:r=25:d=30 -f lavfi -i sine=440:r=48000:d=30 -c:v libx264 "     \
    "-preset veryfast -threads 1 -b:v 2M -minrate 2M -bf 2 -g 50 -c:a aac "
enum { PICTURES = 30 * 25, SHARE_MAX = 4 }; // opening reads at most one part in so many

// A file that counts what is read of it.
typedef struct counted {
    cr_source base;
    cr_source *file;
    uint64_t *bytes;
} counted;

static cr_status counted_read(cr_source *source, uint64_t offset, void *data, size_t size,
                              size_t *out)
{
    counted *state = (counted *)source;
    cr_status status = state->file->read_at(state->file, offset, data, size, out);
    if (status == CR_OK) *state->bytes += *out;
    return status;
}

static void counted_close(cr_source *source)
{
    counted *state = (counted *)source;
    cr_source_close(&state->file);
    cr_free(state);
}

static cr_demux *open_counted(const char *path, uint64_t *bytes, uint64_t *size)
{
    cr_fault fault = {0};
    counted *state = cr_alloc(1, sizeof *state);
    assert_int_equal(native_open_source(NULL, path, &state->file, &fault), CR_OK);
    state->base = *state->file;
    state->base.read_at = counted_read;
    state->base.close = counted_close;
    state->bytes = bytes;
    *size = state->file->size;
    cr_demux *demux = NULL;
    assert_int_equal(cr_demux_open(&demux, &state->base, NULL, &fault), CR_OK);
    return demux;
}

static int64_t count_read(cr_demux *demux, int stream)
{
    int64_t count = 0;
    cr_packet *packet = NULL;
    while (cr_demux_read(demux, &packet) == CR_OK) {
        count += packet->stream == stream && packet->size > 0 && packet->data[4] != 0;
        cr_packet_drop(&packet);
    }
    return count;
}

static void its_index_is_enough(void **state)
{
    (void)state;
    static const char *const files[][2] = {
        {"indexed.mp4", FILM},
        {"indexed-first.mp4", FILM "-movflags +faststart"},
    };
    for (size_t i = 0; i < 2; i++) {
        uint64_t bytes = 0, size = 0;
        cr_demux *demux = open_counted(corpus_file(files[i][0], files[i][1]), &bytes, &size);
        assert_in_range(bytes, 1, size / SHARE_MAX);
        const cr_stream_info *video = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
        assert_int_equal(video->frame_count, PICTURES);
        assert_int_equal(video->duration, 30 * CR_TICKS_PER_SECOND);
        assert_false(video->is_variable_rate);
        // What comes then is the film, not what it was opened by.
        assert_int_equal(count_read(demux, video->index), PICTURES);
        cr_demux_close(&demux);
    }
}

static void sound_without_packing_is_known_by_its_size(void **state)
{
    (void)state;
    uint64_t bytes = 0, size = 0;
    const char *path =
        corpus_file("indexed.wav", "-f lavfi -i sine=440:r=44100:d=60 -c:a pcm_s16le");
    cr_demux *demux = open_counted(path, &bytes, &size);
    assert_in_range(bytes, 1, size / SHARE_MAX);
    assert_int_equal(cr_demux_info(demux)->duration, 60 * CR_TICKS_PER_SECOND);
    cr_demux_close(&demux);
}

// Its index is spread over the file: one that believed the beginning would miss most of it.
static void fragments_are_all_found(void **state)
{
    (void)state;
    uint64_t bytes = 0, size = 0;
    const char *path = corpus_file("fragments.mp4", FILM "-movflags +frag_keyframe+empty_moov");
    cr_demux *demux = open_counted(path, &bytes, &size);
    const cr_stream_info *video = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    assert_int_equal(video->frame_count, PICTURES);
    cr_demux_close(&demux);
    path = corpus_file("hybrid.mp4", FILM "-movflags +frag_keyframe");
    demux = open_counted(path, &bytes, &size);
    video = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    assert_int_equal(video->frame_count, PICTURES);
    cr_demux_close(&demux);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_index_is_enough),
        cmocka_unit_test(sound_without_packing_is_known_by_its_size),
        cmocka_unit_test(fragments_are_all_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
