// Probing gives one honest picture of a file, whatever its container claims.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "corpus.h"

#define PICTURES "-f lavfi -i testsrc2=s=160x90:r=25:d=2 "
#define SOUND "-f lavfi -i sine=440:r=48000:d=2 "
#define X264 "-c:v libx264 -preset veryfast -threads 1 "

// The first stream of [kind] of a file, in an opened demuxer that the test closes.
static const cr_stream_info *stream_of(const char *path, cr_stream_kind kind, cr_demux **demux)
{
    *demux = corpus_open(path);
    const cr_stream_info *stream = cr_media_info_first(cr_demux_info(*demux), kind);
    assert_non_null(stream);
    return stream;
}

static void a_plain_film(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(
        corpus_file("plain.mp4", PICTURES SOUND X264 "-bf 2 -c:a aac -metadata:s:a language=deu"),
        CR_STREAM_VIDEO, &demux);
    const cr_media_info *info = cr_demux_info(demux);
    assert_string_equal(info->container, "mp4");
    assert_false(info->is_truncated);
    assert_int_equal(info->stream_count, 2);
    assert_string_equal(picture->codec, "h264");
    assert_int_equal(picture->width, 160);
    assert_int_equal(picture->height, 90);
    assert_int_equal(picture->frame_count, 50);
    assert_int_equal(picture->frame_rate.num, 25);
    assert_int_equal(picture->frame_rate.den, 1);
    assert_false(picture->is_variable_rate);
    assert_int_equal(picture->start, 0); // B-frames move decoding, not presentation
    assert_int_equal(picture->duration, 2 * CR_TICKS_PER_SECOND);
    assert_int_equal(picture->pixel, CR_PIXEL_I420);
    const cr_stream_info *sound = cr_media_info_first(info, CR_STREAM_AUDIO);
    assert_string_equal(sound->codec, "aac");
    assert_string_equal(sound->language, "deu");
    assert_int_equal(sound->sample_rate, 48000);
    assert_int_equal(sound->channels, 1);
    assert_int_equal(sound->start, 0); // the encoder's delay is not heard
    assert_int_equal(sound->duration, 2 * CR_TICKS_PER_SECOND);
    assert_int_equal(info->duration, 2 * CR_TICKS_PER_SECOND);
    cr_demux_close(&demux);
}

static void rates_are_in_lowest_terms(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        cr_rate rate;
    } rates[] = {
        {"rate-23976", "24000/1001", {24000, 1001}},
        {"rate-24", "24", {24, 1}},
        {"rate-2997", "30000/1001", {30000, 1001}},
        {"rate-30", "30", {30, 1}},
        {"rate-50", "50", {50, 1}},
        {"rate-5994", "60000/1001", {60000, 1001}},
    };
    static const char *const kinds[] = {"mp4", "webm", "mkv"};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            char *name = cr_format("%s.%s", rates[i].name, kinds[k]);
            char *arguments =
                cr_format("-f lavfi -i testsrc2=s=64x48:r=%s:d=1.5 %s", rates[i].text,
                          k == 1 ? "-c:v libvpx -deadline realtime -cpu-used 8" : X264);
            cr_demux *demux = NULL;
            const cr_stream_info *picture =
                stream_of(corpus_file(name, arguments), CR_STREAM_VIDEO, &demux);
            if (!cr_rate_equal(picture->frame_rate, rates[i].rate))
                fail_msg("%s is said to have %d/%d", name, picture->frame_rate.num,
                         picture->frame_rate.den);
            assert_false(picture->is_variable_rate);
            cr_demux_close(&demux);
            cr_free(name);
            cr_free(arguments);
        }
    }
}

static void variable_rates_are_told(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture =
        stream_of(corpus_file("uneven.mp4", PICTURES "-vf \"select='not(mod(n,3))+not(mod(n,7))'\" "
                                                     "-fps_mode vfr " X264),
                  CR_STREAM_VIDEO, &demux);
    assert_true(picture->is_variable_rate);
    assert_int_equal(picture->frame_count, 22);
    cr_demux_close(&demux);
}

// Writes the turning part of a display matrix (ISO/IEC 14496-12, 8.3.2) over the one in the first
// track header: ffmpeg's own option for it changed its name between versions.
static void set_matrix(const char *path, const int matrix[4])
{
    static const int place[4] = {0, 1, 3, 4};
    enum { matrix_offset = 40 }; // in a version 0 header, from behind its name
    static char data[1 << 20];
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    size_t size = fread(data, 1, sizeof data, file);
    char *header = memmem(data, size, "tkhd", 4);
    assert_non_null(header);
    for (int i = 0; i < 4; i++) {
        uint32_t value = (uint32_t)matrix[i] << 16;
        uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), 0, 0};
        long at = (long)(header - data) + 4 + matrix_offset + place[i] * 4;
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    }
    assert_int_equal(fclose(file), 0);
}

static void rotation_and_flip(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int matrix[4]; // where right and down lead, y down
        int turns;
        bool mirrored;
    } cases[] = {
        {"turned-90.mp4", {0, 1, -1, 0}, 1, false},
        {"turned-180.mp4", {-1, 0, 0, -1}, 2, false},
        {"turned-270.mp4", {0, -1, 1, 0}, 3, false},
        {"mirrored.mp4", {-1, 0, 0, 1}, 0, true},
        {"upside-down-mirrored.mp4", {1, 0, 0, -1}, 2, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = corpus_file(cases[i].name, PICTURES X264 "-movflags +faststart");
        set_matrix(path, cases[i].matrix);
        cr_demux *demux = NULL;
        const cr_stream_info *picture = stream_of(path, CR_STREAM_VIDEO, &demux);
        if (picture->orientation.quarter_turns != cases[i].turns ||
            picture->orientation.mirrored != cases[i].mirrored)
            fail_msg("%s: %d quarter turns, mirrored %d", cases[i].name,
                     picture->orientation.quarter_turns, picture->orientation.mirrored);
        int width = 0, height = 0;
        cr_stream_display_size(picture, &width, &height);
        assert_int_equal(width, cases[i].turns % 2 ? 90 : 160);
        cr_demux_close(&demux);
    }
}

static void sample_aspect_is_read(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture =
        stream_of(corpus_file("wide.mp4", "-f lavfi -i testsrc2=s=90x72:r=25:d=0.4 "
                                          "-vf setsar=64/45 " X264),
                  CR_STREAM_VIDEO, &demux);
    int width = 0, height = 0;
    cr_stream_display_size(picture, &width, &height);
    assert_int_equal(width, 128);
    assert_int_equal(height, 72);
    cr_demux_close(&demux);
}

static void assert_color(const char *path, cr_color expected)
{
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(path, CR_STREAM_VIDEO, &demux);
    if (!cr_color_equal(picture->color, expected))
        fail_msg("%s: matrix %d range %d primaries %d transfer %d", path, picture->color.matrix,
                 picture->color.range, picture->color.primaries, picture->color.transfer);
    cr_demux_close(&demux);
}

// By the filter, whose word every version of ffmpeg passes on.
#define PARAMS(matrix, primaries, transfer, range)                                                 \
    "setparams=colorspace=" matrix ":color_primaries=" primaries ":color_trc=" transfer            \
    ":range=" range " "
#define TAGS(all, range) "-vf " PARAMS(all, all, all, range)

static void colour_tags(void **state)
{
    (void)state;
    cr_color hd = cr_color_bt709();
    assert_color(corpus_file("tags-709.mp4", PICTURES X264 TAGS("bt709", "tv")), hd);
    cr_color full = hd;
    full.range = CR_COLOR_RANGE_FULL;
    assert_color(corpus_file("tags-full.mp4", PICTURES X264
                             "-vf scale=out_range=pc,format=yuvj420p," PARAMS("bt709", "bt709",
                                                                              "bt709", "pc")),
                 full);
    cr_color sd = {CR_MATRIX_BT601, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT601_525,
                   CR_TRANSFER_BT709};
    assert_color(corpus_file("tags-601.mp4", PICTURES X264 TAGS("smpte170m", "tv")), sd);
    cr_color wide = {CR_MATRIX_BT2020, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT2020, CR_TRANSFER_PQ};
    const char *path =
        corpus_file("tags-2020.mp4", PICTURES X264
                    "-pix_fmt yuv420p10le -vf " PARAMS("bt2020nc", "bt2020", "smpte2084", "tv"));
    assert_color(path, wide);
    // Only the bitstream says so: raw H.264, and Matroska without the container's element.
    assert_color(corpus_file("tags-709.h264", PICTURES X264 TAGS("bt709", "tv")), hd);
    // Nothing is said: small pictures are BT.601.
    assert_color(corpus_file("untagged.mp4", PICTURES X264), sd);
    assert_color(corpus_file("untagged-hd.mp4", "-f lavfi -i testsrc2=s=1280x720:r=25:d=0.1 " X264),
                 hd);
}

// In MP4 the parameter sets say it all; bare, pictures are decoded for it.
static void parameter_sets_say_what_decoding_says(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments;
    } files[] = {
        {"said-cropped", X264},
        {"said-main", X264 "-profile:v main -bf 3 -refs 4"},
        {"said-baseline", X264 "-profile:v baseline"},
        {"said-hd", "-s 640x360 " X264 TAGS("bt709", "tv")},
        {"said-full", X264
         "-vf scale=out_range=pc,format=yuvj420p," PARAMS("bt470bg", "bt470bg", "bt470bg", "pc")},
        {"said-wide", X264 "-vf setsar=12/11"},
        {"said-wider", X264 "-vf setsar=64/45"},
        {"said-range-only", X264 "-x264-params range=pc"},
        {"said-overscan", X264 "-x264-params overscan=crop:colorprim=smpte170m"},
        {"said-matrices", X264 "-x264-params cqm=jvt"},
        {"said-lossless", X264 "-qp 0"},
        {"said-fields", "-s 160x96 " X264 "-flags +ilme+ildct -x264-params interlaced=1"},
        {"said-deep", X264 "-pix_fmt yuv420p10le"},
        {"said-422", X264 "-pix_fmt yuv422p"},
        {"said-gray", X264 "-pix_fmt gray"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[64], bare_name[64], arguments[256], copy[128];
        snprintf(name, sizeof name, "%s.mp4", files[i].name);
        snprintf(bare_name, sizeof bare_name, "%s.h264", files[i].name);
        snprintf(arguments, sizeof arguments, PICTURES "%s", files[i].arguments);
        snprintf(copy, sizeof copy, "-i corpus/%s -c copy -f h264", name);
        const char *path = corpus_file(name, arguments);
        cr_demux *boxed = NULL, *bare = NULL;
        const cr_stream_info *said = stream_of(path, CR_STREAM_VIDEO, &boxed);
        const cr_stream_info *seen =
            stream_of(corpus_file(bare_name, copy), CR_STREAM_VIDEO, &bare);
        bool is_same = said->width == seen->width && said->height == seen->height &&
                       said->pixel == seen->pixel && said->bit_depth == seen->bit_depth &&
                       said->sample_aspect.num == seen->sample_aspect.num &&
                       said->sample_aspect.den == seen->sample_aspect.den &&
                       cr_color_equal(said->color, seen->color);
        if (!is_same)
            fail_msg("%s: pixel %d and %d, aspect %d:%d and %d:%d, matrix %d and %d", files[i].name,
                     said->pixel, seen->pixel, said->sample_aspect.num, said->sample_aspect.den,
                     seen->sample_aspect.num, seen->sample_aspect.den, said->color.matrix,
                     seen->color.matrix);
        assert_int_equal(said->frame_count, 50);
        assert_int_equal(said->frame_rate.num, 25);
        cr_demux_close(&boxed);
        cr_demux_close(&bare);
    }
}

static void deep_pictures_tell_their_depth(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(
        corpus_file("deep.mp4", PICTURES X264 "-pix_fmt yuv422p10le"), CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->bit_depth, 10);
    assert_int_equal(picture->pixel, CR_PIXEL_I422);
    cr_demux_close(&demux);
}

#define SEE_THROUGH                                                                                \
    "-f lavfi -i \"testsrc2=s=64x48:r=10:d=0.5,format=yuva420p,"                                   \
    "geq=lum='p(X,Y)':cb='p(X,Y)':cr='p(X,Y)':a='X*4'\" "

static void transparency_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments, *codec;
    } files[] = {
        {"alpha-vp9.webm", SEE_THROUGH "-c:v libvpx-vp9 -pix_fmt yuva420p -cpu-used 8", "vp9"},
        {"alpha-vp8.webm", SEE_THROUGH "-c:v libvpx -pix_fmt yuva420p -auto-alt-ref 0", "vp8"},
        {"alpha.png", SEE_THROUGH "-frames:v 1 -pix_fmt rgba", "png"},
        {"alpha.mov", SEE_THROUGH "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le", "prores"},
        {"alpha.webp", SEE_THROUGH "-frames:v 1 -c:v libwebp -lossless 1 -pix_fmt bgra", "webp"},
        {"alpha-moving.webp", SEE_THROUGH "-c:v libwebp_anim -lossless 1 -pix_fmt bgra", "webp"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        cr_demux *demux = NULL;
        const cr_stream_info *picture =
            stream_of(corpus_file(files[i].name, files[i].arguments), CR_STREAM_VIDEO, &demux);
        if (!picture->has_alpha) fail_msg("%s: no alpha", files[i].name);
        assert_string_equal(picture->codec, files[i].codec);
        assert_true(cr_pixel_has_alpha(picture->pixel));
        cr_demux_close(&demux);
    }
}

static void stills(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments, *container;
    } files[] = {
        {"still.png", "-f lavfi -i testsrc=s=33x17:d=0.04:r=25 -frames:v 1", "png"},
        {"still.jpg", "-f lavfi -i testsrc=s=33x17:d=0.04:r=25 -frames:v 1", "jpeg"},
        {"still.webp", "-f lavfi -i testsrc=s=33x17:d=0.04:r=25 -frames:v 1 -c:v libwebp", "webp"},
    };
    for (size_t i = 0; i < 3; i++) {
        cr_demux *demux = NULL;
        const cr_stream_info *picture =
            stream_of(corpus_file(files[i].name, files[i].arguments), CR_STREAM_VIDEO, &demux);
        assert_string_equal(cr_demux_info(demux)->container, files[i].container);
        assert_true(picture->is_still);
        assert_int_equal(picture->width, 33);
        assert_int_equal(picture->height, 17);
        assert_int_equal(picture->frame_count, 1);
        assert_int_equal(cr_demux_info(demux)->duration, 0);
        cr_demux_close(&demux);
    }
}

static void moving_pictures_without_a_film(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture =
        stream_of(corpus_file("moving.webp", "-f lavfi -i testsrc2=s=64x48:r=10:d=1 "
                                             "-c:v libwebp_anim -loop 0"),
                  CR_STREAM_VIDEO, &demux);
    assert_false(picture->is_still);
    assert_int_equal(picture->frame_count, 10);
    assert_int_equal(picture->duration, CR_TICKS_PER_SECOND);
    cr_demux_close(&demux);
    picture = stream_of(corpus_file("moving.gif", "-f lavfi -i testsrc2=s=64x48:r=10:d=1"),
                        CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->frame_count, 10);
    assert_int_equal(picture->duration, CR_TICKS_PER_SECOND);
    assert_int_equal(picture->frame_rate.num, 10);
    cr_demux_close(&demux);
}

static void sound_of_all_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *name, *arguments;
        int rate, channels;
        int64_t samples;
    } files[] = {
        {"low.wav", "-f lavfi -i sine=200:r=8000:d=1 -c:a pcm_u8", 8000, 1, 8000},
        {"cd.flac", "-f lavfi -i sine=200:r=44100:d=1 -ac 2", 44100, 2, 44100},
        {"delay.mp3", "-f lavfi -i sine=200:r=44100:d=1 -c:a libmp3lame", 44100, 1, 44100},
        {"priming.m4a", "-f lavfi -i sine=200:r=48000:d=1 -c:a aac", 48000, 1, 48000},
        {"odd.m4a", "-f lavfi -i sine=200:r=44100:d=1.2345 -c:a aac -movie_timescale 44100", 44100,
         1, 54441},
        {"surround.m4a", SOUND "-ac 6 -c:a aac", 48000, 6, 96000},
        {"opus.webm", "-f lavfi -i sine=200:r=48000:d=1 -c:a libopus", 48000, 1, 48000},
        {"opus.ogg", "-f lavfi -i sine=200:r=48000:d=1 -c:a libopus", 48000, 1, 48000},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        cr_demux *demux = NULL;
        const char *path = corpus_file(files[i].name, files[i].arguments);
        const cr_stream_info *sound = stream_of(path, CR_STREAM_AUDIO, &demux);
        assert_int_equal(sound->sample_rate, files[i].rate);
        assert_int_equal(sound->channels, files[i].channels);
        assert_int_equal(sound->start, 0);
        // Containers that count milliseconds cannot say more.
        cr_ticks off =
            sound->duration - cr_frame_start(files[i].samples, (cr_rate){files[i].rate, 1});
        if (llabs(off) > CR_TICKS_PER_SECOND / 1000)
            fail_msg("%s lasts %lld ticks too long", files[i].name, (long long)off);
        cr_demux_close(&demux);
        cr_ticks first = CR_TICKS_NONE;
        int64_t count = corpus_sound(path, &first);
        if (count != files[i].samples)
            fail_msg("%s: %lld samples, not %lld", files[i].name, (long long)count,
                     (long long)files[i].samples);
        if (llabs(first) > CR_TICKS_PER_SECOND / 1000)
            fail_msg("%s begins at %lld", files[i].name, (long long)first);
    }
}

static void odd_sizes(void **state)
{
    (void)state;
    corpus_picture *pictures = NULL;
    const char *path = corpus_file("odd.webm", "-f lavfi -i testsrc=s=33x17:r=10:d=0.5 "
                                               "-c:v libvpx-vp9 -pix_fmt yuv420p -cpu-used 8");
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(path, CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->width, 33);
    assert_int_equal(picture->height, 17);
    cr_demux_close(&demux);
    assert_int_equal(corpus_decode(path, &pictures), 5);
    free(pictures);
}

static void a_missing_duration_is_measured(void **state)
{
    (void)state;
    // Written to a pipe, so that the length could not be filled in afterwards.
    corpus_file("made-first.webm", PICTURES "-c:v libvpx -deadline realtime -cpu-used 8");
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(
        corpus_file("no-length.webm", "-i corpus/made-first.webm -c copy -f webm -live 1"),
        CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->frame_count, 50);
    assert_int_equal(cr_ticks_to_milliseconds(picture->duration), 2000);
    cr_demux_close(&demux);
    picture = stream_of(corpus_file("bare.h264", PICTURES X264 "-bf 0"), CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->frame_count, 50);
    cr_demux_close(&demux);
}

static void a_late_beginning_is_taken_off(void **state)
{
    (void)state;
    cr_demux *demux = NULL;
    const cr_stream_info *picture =
        stream_of(corpus_file("late.ts", PICTURES SOUND X264 "-c:a aac -output_ts_offset 7"),
                  CR_STREAM_VIDEO, &demux);
    const cr_media_info *info = cr_demux_info(demux);
    const cr_stream_info *sound = cr_media_info_first(info, CR_STREAM_AUDIO);
    assert_true(picture->start == 0 || sound->start == 0);
    assert_true(picture->start < CR_TICKS_PER_SECOND / 10);
    assert_int_equal(picture->frame_count, 50);
    cr_demux_close(&demux);
}

static void an_edit_list_hides_what_is_before_it(void **state)
{
    (void)state;
    corpus_file("gop-25.mp4", PICTURES X264 "-g 25 -bf 2");
    cr_demux *demux = NULL;
    const cr_stream_info *picture = stream_of(
        corpus_file("edited.mp4", "-ss 1.2 -i corpus/gop-25.mp4 -c copy"), CR_STREAM_VIDEO, &demux);
    assert_int_equal(picture->start, 0);
    assert_int_equal(picture->frame_count, 20);
    assert_int_equal(picture->duration, cr_frame_start(20, (cr_rate){25, 1}));
    cr_demux_close(&demux);
}

// A JPEG with an Exif block that says how the camera was held.
static void write_turned_jpeg(const char *from, const char *to, int exif_orientation)
{
    uint8_t exif[] = {0xff, 0xd8, 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0,    0, 'M',
                      'M',  0,    42,   0,    0, 0,  8,   0,   1,   1,   0x12, 0, 3,
                      0,    0,    0,    1,    0, 0,  0,   0,   0,   0,   0,    0};
    exif[31] = (uint8_t)exif_orientation;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    assert_int_equal(fseek(in, 2, SEEK_SET), 0);
    fwrite(exif, 1, sizeof exif, out);
    for (int c; (c = fgetc(in)) != EOF;)
        fputc(c, out);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void cameras_say_how_they_were_held(void **state)
{
    (void)state;
    // TIFF 6.0, tag 274: what must be done so that the picture stands upright.
    static const struct {
        int turns;
        bool mirrored;
    } expected[] = {{0, false}, {0, true},  {2, false}, {2, true},
                    {3, true},  {1, false}, {1, true},  {3, false}};
    corpus_file("held.jpg", "-f lavfi -i testsrc=s=64x48:d=0.04:r=25 -frames:v 1");
    for (int i = 0; i < 8; i++) {
        write_turned_jpeg("corpus/held.jpg", "turned.jpg", i + 1);
        cr_demux *demux = NULL;
        const cr_stream_info *picture = stream_of("turned.jpg", CR_STREAM_VIDEO, &demux);
        if (picture->orientation.quarter_turns != expected[i].turns ||
            picture->orientation.mirrored != expected[i].mirrored)
            fail_msg("orientation %d reads as %d quarter turns, mirrored %d", i + 1,
                     picture->orientation.quarter_turns, picture->orientation.mirrored);
        cr_demux_close(&demux);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_film),
        cmocka_unit_test(rates_are_in_lowest_terms),
        cmocka_unit_test(variable_rates_are_told),
        cmocka_unit_test(rotation_and_flip),
        cmocka_unit_test(sample_aspect_is_read),
        cmocka_unit_test(colour_tags),
        cmocka_unit_test(parameter_sets_say_what_decoding_says),
        cmocka_unit_test(deep_pictures_tell_their_depth),
        cmocka_unit_test(transparency_is_found),
        cmocka_unit_test(stills),
        cmocka_unit_test(moving_pictures_without_a_film),
        cmocka_unit_test(sound_of_all_kinds),
        cmocka_unit_test(odd_sizes),
        cmocka_unit_test(cameras_say_how_they_were_held),
        cmocka_unit_test(a_missing_duration_is_measured),
        cmocka_unit_test(a_late_beginning_is_taken_off),
        cmocka_unit_test(an_edit_list_hides_what_is_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
