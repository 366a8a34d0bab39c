#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "command.h"
#include "data_folder.h"
#include "engine/export_format.h"
#include "export_resume.h"
#include "native/native.h"
#include "options.h"
#include "presets.h"
#include "project_file.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom render PROJECT -o FILE [options]\n"
    "\n"
    "Renders a project into a film. What is written follows from the name's ending:\n"
    ".mp4 (H.264 and AAC), .webm (VP9 and Opus), .m4a, .wav, .webp (moving), .zip (numbered\n"
    "PNG pictures), .digest (a line a frame, see `cutroom digest`).\n"
    "\n"
    "  -o, --output FILE     where to; there is nothing under this name before it is complete\n"
    "      --from TIME       begin there: 12.5, 0:12.5 or timecode 00:00:12:15\n"
    "      --to TIME         end there\n"
    "      --size WxH        picture size; the project's without it\n"
    "      --fps RATE        frames a second: 30, 29.97, 30000/1001\n"
    "      --preset NAME     ready-made settings:\n";

static const char usage_rest[] =
    "      --codec NAME      the picture's: h264, vp9 or av1 (.mp4), vp9 or av1 (.webm)\n"
    "      --quality N       constant quality, the encoder's own number (H.264: 18 is fine)\n"
    "      --bitrate N       instead: this many kilobits a second for the picture\n"
    "      --audio-bitrate N kilobits a second for the sound\n"
    "      --speed NAME      ultrafast to veryslow: quicker, or smaller at the same quality\n"
    "      --no-captions     no caption track beside the captions in the picture (mp4)\n"
    "      --exact           the same project gives the same bytes\n"
    "      --resume FOLDER   keep what is made in FOLDER until the film is complete: after a\n"
    "                        crash, a full disk or Ctrl-C the same command goes on there\n"
    "      --threads N       use so many processors; all without it\n"
    "  -q, --quiet           no progress\n"
    "  -h, --help            this text\n";

typedef struct request {
    const char *project, *output, *from, *to, *size, *rate, *speed, *codec, *resume;
    const preset *preset;
    int64_t quality, bit_rate, audio_bit_rate, threads;
    bool without_captions, is_exact, is_quiet, wants_help;
} request;

enum {
    OPTION_FROM = 256,
    OPTION_TO,
    OPTION_SIZE,
    OPTION_FPS,
    OPTION_PRESET,
    OPTION_CODEC,
    OPTION_QUALITY,
    OPTION_BITRATE,
    OPTION_AUDIO_BITRATE,
    OPTION_SPEED,
    OPTION_NO_CAPTIONS,
    OPTION_EXACT,
    OPTION_RESUME,
    OPTION_THREADS,
};

static const struct option options[] = {
    {"output", required_argument, NULL, 'o'},
    {"from", required_argument, NULL, OPTION_FROM},
    {"to", required_argument, NULL, OPTION_TO},
    {"size", required_argument, NULL, OPTION_SIZE},
    {"fps", required_argument, NULL, OPTION_FPS},
    {"preset", required_argument, NULL, OPTION_PRESET},
    {"codec", required_argument, NULL, OPTION_CODEC},
    {"quality", required_argument, NULL, OPTION_QUALITY},
    {"bitrate", required_argument, NULL, OPTION_BITRATE},
    {"audio-bitrate", required_argument, NULL, OPTION_AUDIO_BITRATE},
    {"speed", required_argument, NULL, OPTION_SPEED},
    {"no-captions", no_argument, NULL, OPTION_NO_CAPTIONS},
    {"exact", no_argument, NULL, OPTION_EXACT},
    {"resume", required_argument, NULL, OPTION_RESUME},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {0}};

static void print_usage(void)
{
    int count;
    const preset *list = preset_list(&count);
    fputs(usage, stdout);
    for (int i = 0; i < count; i++)
        printf("                          %-9s %s\n", list[i].name, list[i].explanation);
    fputs(usage_rest, stdout);
}

static bool is_speed(const char *name)
{
    static const char *const speeds[] = {"ultrafast", "superfast", "veryfast", "faster",  "fast",
                                         "medium",    "slow",      "slower",   "veryslow"};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        if (strcmp(speeds[i], name) == 0) return true;
    }
    return false;
}

static bool take_number(const char *text, int64_t min, int64_t max, int64_t scale, int64_t *out)
{
    if (!option_int(text, min, max, out)) return false;
    *out *= scale;
    return true;
}

// One option into [r]; false when its value is no good.
static bool take_option(request *r, int option, const char *value)
{
    switch (option) {
    case 'o':
        r->output = value;
        return *value != 0;
    case OPTION_FROM:
        r->from = value;
        return true;
    case OPTION_TO:
        r->to = value;
        return true;
    case OPTION_SIZE:
        r->size = value;
        return true;
    case OPTION_FPS:
        r->rate = value;
        return true;
    case OPTION_PRESET:
        r->preset = preset_find(value);
        return r->preset != NULL;
    case OPTION_CODEC:
        r->codec = value;
        return true;
    case OPTION_RESUME:
        r->resume = value;
        return *value != 0;
    case OPTION_QUALITY:
        return take_number(value, 1, 100, 1, &r->quality);
    case OPTION_BITRATE:
        return take_number(value, 16, 500000, 1000, &r->bit_rate);
    case OPTION_AUDIO_BITRATE:
        return take_number(value, 16, 1000, 1000, &r->audio_bit_rate);
    case OPTION_SPEED:
        r->speed = value;
        return is_speed(value);
    case OPTION_NO_CAPTIONS:
        return r->without_captions = true;
    case OPTION_EXACT:
        return r->is_exact = true;
    case OPTION_THREADS:
        return take_number(value, 1, 256, 1, &r->threads);
    case 'q':
        return r->is_quiet = true;
    default:
        return r->wants_help = true;
    }
}

static int read_arguments(int argc, char **argv, request *r)
{
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":o:qh", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("render", "unknown option '%s'", given);
        if (option == ':') return report_usage("render", "'%s' needs a value", given);
        if (!take_option(r, option, optarg))
            return report_usage("render", "'%s' is not a value for this option", optarg);
    }
    if (r->wants_help) return CR_EXIT_OK;
    if (optind != argc - 1)
        return report_usage("render", optind == argc ? "which project?" : "one project at a time");
    r->project = argv[optind];
    return r->output ? CR_EXIT_OK : report_usage("render", "where to? (-o FILE)");
}

// Times and sizes, which need the project to be known.
static int describe_picture(const request *r, const cr_project *project, cr_export_desc *desc)
{
    const cr_settings *settings = &project->settings;
    const preset *chosen = r->preset ? r->preset : preset_find("standard");
    desc->width = settings->width;
    desc->height = settings->height;
    preset_size(chosen->short_side_max, &desc->width, &desc->height);
    if (desc->width == settings->width) desc->width = desc->height = 0;
    if (r->size && !option_size(r->size, &desc->width, &desc->height))
        return report_usage("render", "'%s' is not a size like 1280x720", r->size);
    cr_rate rate = settings->frame_rate;
    if (chosen->frame_rate_max && rate.num > (int64_t)chosen->frame_rate_max * rate.den)
        rate = (cr_rate){chosen->frame_rate_max, 1};
    if (r->rate && !option_rate(r->rate, &rate))
        return report_usage("render", "'%s' is not a frame rate like 30 or 30000/1001", r->rate);
    desc->frame_rate = rate;
    cr_ticks from = 0, to = 0;
    if (r->from && !option_time(r->from, settings->frame_rate, &from))
        return report_usage("render", "'%s' is not a time like 12.5 or 0:12.5", r->from);
    if (r->to && !option_time(r->to, settings->frame_rate, &to))
        return report_usage("render", "'%s' is not a time like 12.5 or 0:12.5", r->to);
    if (r->to && to <= from) return report_usage("render", "--to must lie after --from");
    desc->range = (cr_range){from, r->to ? to - from : 0};
    return CR_EXIT_OK;
}

static void describe_coding(const request *r, cr_export_desc *desc)
{
    const preset *chosen = r->preset ? r->preset : preset_find("standard");
    desc->output = r->output;
    desc->format = chosen->format;
    desc->video_codec = r->codec;
    desc->speed = r->speed ? r->speed : chosen->speed;
    desc->quality = r->quality ? (int)r->quality : chosen->quality;
    desc->video_bit_rate = r->bit_rate;
    desc->audio_bit_rate = r->audio_bit_rate ? r->audio_bit_rate : chosen->audio_bit_rate;
    desc->with_caption_track = !r->without_captions;
    desc->is_exact = r->is_exact;
    // The numbers of a preset are H.264's; the others have their own scales.
    const cr_export_format *format = cr_export_format_find(desc->format, desc->output);
    const char *codec = format ? cr_export_format_codec(format, r->codec) : NULL;
    bool is_h264 = codec && strcmp(codec, "h264") == 0;
    if (!is_h264 && !r->quality) desc->quality = 0;
}

static int render(const request *r, const cr_project *project, const cr_host *host)
{
    char *assets = project_file_folder(r->project), *fonts = data_folder_path("fonts");
    cr_export_desc desc = {.asset_folder = assets, .font_folder = fonts};
    int code = describe_picture(r, project, &desc);
    if (code == CR_EXIT_OK) {
        describe_coding(r, &desc);
        cr_fault fault = {0};
        export_outcome outcome = {0};
        cr_status status =
            r->resume
                ? export_resume(project, &desc, r->resume, host, r->is_quiet, &outcome, &fault)
                : export_run(project, &desc, host, r->is_quiet, &outcome, &fault);
        if (status != CR_OK)
            code = report_fault(fault.where[0] == '/' ? r->project : NULL, &fault);
        else if (!r->is_quiet)
            fprintf(stderr, "cutroom: %s: %" PRId64 " frames, %.1f MB, %.1f s\n", r->output,
                    outcome.progress.frames_total, (double)outcome.progress.bytes_written / 1e6,
                    outcome.seconds);
    }
    cr_free(assets);
    cr_free(fonts);
    return code;
}

int command_render(int argc, char **argv)
{
    request r = {0};
    int code = read_arguments(argc, argv, &r);
    if (code != CR_EXIT_OK) return code;
    if (r.wants_help) {
        print_usage();
        return CR_EXIT_OK;
    }
    cr_native_desc desc = {.thread_count = (int)r.threads, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (project_file_read(cr_native_host(native), r.project, &project, &fault) != CR_OK)
        code = report_fault(r.project, &fault);
    else
        code = render(&r, project, cr_native_host(native));
    cr_project_drop(&project);
    cr_native_close(&native);
    return code;
}
