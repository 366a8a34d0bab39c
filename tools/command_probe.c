#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "command.h"
#include "io/demux.h"
#include "io/media_json.h"
#include "native/native.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom probe FILE [options]\n"
    "\n"
    "Says what a media file holds: as it is to be presented, whatever its container claims.\n"
    "\n"
    "      --json            as JSON, times in ticks of 1/705600000 s\n"
    "  -h, --help            this text\n";

static const struct option options[] = {
    {"json", no_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'}, {0}};

static void print_json(const cr_media_info *info)
{
    cJSON *root = cr_media_info_json(info);
    char *text = cr_json_print(root, true);
    fputs(text, stdout);
    cr_free(text);
    cJSON_Delete(root);
}

static void print_seconds(cr_ticks at)
{
    if (at == CR_TICKS_NONE)
        fputs("unknown", stdout);
    else
        printf("%.3f s", (double)cr_ticks_to_milliseconds(at) / 1000);
}

static void print_stream(const cr_stream_info *stream)
{
    printf("  %d: %s, %s", stream->index, cr_stream_kind_name(stream->kind), stream->codec);
    if (stream->language[0]) printf(" (%s)", stream->language);
    if (stream->kind == CR_STREAM_VIDEO) {
        int width, height;
        cr_stream_display_size(stream, &width, &height);
        printf(", %dx%d", width, height);
        if (width != stream->width || height != stream->height)
            printf(" (stored %dx%d)", stream->width, stream->height);
        if (!stream->is_still && cr_rate_is_known(stream->frame_rate))
            printf(", %.4g frames/s%s",
                   (double)stream->frame_rate.num / (double)stream->frame_rate.den,
                   stream->is_variable_rate ? " varying" : "");
        printf(", %s, %s %s", cr_pixel_name(stream->pixel), cr_matrix_name(stream->color.matrix),
               cr_color_range_name(stream->color.range));
        if (stream->bit_depth > 8) printf(", %d bits", stream->bit_depth);
        if (stream->is_still) fputs(", a still", stdout);
    }
    if (stream->kind == CR_STREAM_AUDIO)
        printf(", %d Hz, %d channel%s", stream->sample_rate, stream->channels,
               stream->channels == 1 ? "" : "s");
    if (!stream->is_still) {
        fputs(", ", stdout);
        print_seconds(stream->duration);
    }
    if (stream->start != CR_TICKS_NONE && stream->start != 0) {
        fputs(" from ", stdout);
        print_seconds(stream->start);
    }
    putchar('\n');
}

static void print_text(const char *path, const cr_media_info *info)
{
    printf("%s: %s, ", path, info->container);
    print_seconds(info->duration);
    printf("%s\n", info->is_truncated ? ", cut off" : "");
    for (int i = 0; i < info->stream_count; i++)
        print_stream(&info->streams[i]);
}

static int probe(const char *path, bool is_json, const cr_host *host)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_fault fault = {0};
    cr_status status = host->open_source(host->cookie, path, &source, &fault);
    if (status == CR_OK) {
        status = cr_demux_open(&demux, source, &host->log, &fault);
        if (status != CR_OK) cr_source_close(&source);
    }
    if (status != CR_OK) return report_fault(path, &fault);
    if (is_json)
        print_json(cr_demux_info(demux));
    else
        print_text(path, cr_demux_info(demux));
    cr_demux_close(&demux);
    return CR_EXIT_OK;
}

int command_probe(int argc, char **argv)
{
    bool is_json = false;
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (option == '?') return report_usage("probe", "unknown option '%s'", argv[optind - 1]);
        if (option == 'j') is_json = true;
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    if (optind != argc - 1)
        return report_usage("probe", optind == argc ? "which file?" : "one file at a time");
    cr_native_desc desc = {.thread_count = 1, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    int code = probe(argv[optind], is_json, cr_native_host(native));
    cr_native_close(&native);
    return code;
}
