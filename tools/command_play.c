#include <SDL.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "command.h"
#include "data_folder.h"
#include "engine/media_project.h"
#include "interrupt.h"
#include "native/native.h"
#include "options.h"
#include "play_keys.h"
#include "play_usage.h"
#include "project_file.h"
#include "report.h"
#include "sdl/sound.h"
#include "time/timecode.h"

enum {
    WAIT_MS = 4, // between two looks while something moves
    REST_MS = 40,
    TITLE_MS = 200,
    TITLE_BYTES = 512,
};

typedef struct request {
    const char *file, *from;
    int64_t frames; // to be shown before the end; 0: until the window is closed
    cr_preview_quality quality;
    bool is_looping, is_muted, is_paused, wants_help;
} request;

// What is open while it plays.
typedef struct player {
    const request *r;
    cr_native *native;
    cr_host host; // the native one with sound
    cr_sdl_sound *sound;
    cr_sdl_window *window;
    cr_project *project;
    cr_preview *preview;
    play_keys keys;
    Uint32 titled_ms;
} player;

enum { OPTION_FROM = 256, OPTION_FRAMES, OPTION_QUALITY, OPTION_LOOP, OPTION_MUTE, OPTION_PAUSED };

static const struct option options[] = {{"from", required_argument, NULL, OPTION_FROM},
                                        {"frames", required_argument, NULL, OPTION_FRAMES},
                                        {"quality", required_argument, NULL, OPTION_QUALITY},
                                        {"loop", no_argument, NULL, OPTION_LOOP},
                                        {"mute", no_argument, NULL, OPTION_MUTE},
                                        {"paused", no_argument, NULL, OPTION_PAUSED},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

static const char *const quality_names[] = {[CR_QUALITY_NONE] = "",
                                            [CR_QUALITY_FULL] = "full",
                                            [CR_QUALITY_HALF] = "half",
                                            [CR_QUALITY_QUARTER] = "quarter",
                                            [CR_QUALITY_AUTO] = "auto"};

static cr_preview_quality quality_of(const char *name)
{
    for (int i = CR_QUALITY_FULL; i <= CR_QUALITY_AUTO; i++)
        if (strcmp(name, quality_names[i]) == 0) return (cr_preview_quality)i;
    return CR_QUALITY_NONE;
}

static int read_arguments(int argc, char **argv, request *r)
{
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":h", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("play", "unknown option '%s'", given);
        if (option == ':') return report_usage("play", "'%s' needs a value", given);
        if (option == OPTION_FROM) r->from = optarg;
        if (option == OPTION_LOOP) r->is_looping = true;
        if (option == OPTION_MUTE) r->is_muted = true;
        if (option == OPTION_PAUSED) r->is_paused = true;
        if (option == 'h') r->wants_help = true;
        if (option == OPTION_FRAMES && !option_int(optarg, 1, INT32_MAX, &r->frames))
            return report_usage("play", "'%s' is not a number of pictures", optarg);
        if (option == OPTION_QUALITY && !(r->quality = quality_of(optarg)))
            return report_usage("play", "'%s' is not full, half, quarter or auto", optarg);
    }
    if (r->wants_help) return CR_EXIT_OK;
    if (optind != argc - 1)
        return report_usage("play", optind == argc ? "which file?" : "one file at a time");
    r->file = argv[optind];
    return CR_EXIT_OK;
}

static cr_status read_film(player *p, cr_fault *fault)
{
    const cr_host *host = cr_native_host(p->native);
    if (cr_text_ends(p->r->file, ".json"))
        return project_file_read(host, p->r->file, &p->project, fault);
    const char *slash = strrchr(p->r->file, '/'), *uri = slash ? slash + 1 : p->r->file;
    char *folder = project_file_folder(p->r->file);
    cr_status status = cr_media_project(&p->project, &uri, 1, folder, host, fault);
    cr_free(folder);
    return status;
}

// Without a sound device playback goes by the clock, and says so.
static void open_sound(player *p)
{
    p->host = *cr_native_host(p->native);
    cr_fault fault = {0};
    if (cr_sdl_sound_open(&p->sound, &fault) == CR_OK)
        p->host.sound = cr_sdl_sound_table(p->sound);
    else
        fprintf(stderr, "cutroom: %s; playing without it\n", fault.text);
}

static cr_status open_preview(player *p, cr_fault *fault)
{
    char *assets = project_file_folder(p->r->file), *fonts = data_folder_path("fonts");
    cr_preview_desc desc = {.asset_folder = assets,
                            .font_folder = fonts,
                            .host = &p->host,
                            .screen = cr_sdl_window_screen(p->window)};
    cr_status status = cr_preview_open(&p->preview, &desc, fault);
    if (status == CR_OK) status = cr_preview_set_project(p->preview, p->project, "", fault);
    cr_free(assets);
    cr_free(fonts);
    return status;
}

static cr_status open_all(player *p, cr_fault *fault)
{
    cr_status status = read_film(p, fault);
    if (status != CR_OK) return status;
    const cr_settings *settings = &p->project->settings;
    SDL_SetMainReady();
    status = cr_sdl_window_open(&p->window, p->r->file, settings->width, settings->height, fault);
    if (status != CR_OK) return status;
    open_sound(p);
    status = open_preview(p, fault);
    p->keys = (play_keys){.preview = p->preview,
                          .window = p->window,
                          .film = cr_project_film(p->project),
                          .frame_rate = settings->frame_rate,
                          .quality = p->r->quality ? p->r->quality : CR_QUALITY_AUTO,
                          .is_muted = p->r->is_muted,
                          .loop_in = CR_TICKS_NONE,
                          .loop_out = CR_TICKS_NONE};
    return status;
}

static void close_all(player *p)
{
    cr_preview_close(&p->preview);
    cr_sdl_sound_close(&p->sound);
    cr_sdl_window_close(&p->window);
    cr_project_drop(&p->project);
    cr_native_close(&p->native);
    SDL_Quit();
}

static void print_place(const player *p, cr_ticks at, char *out, size_t size)
{
    cr_rate rate = p->keys.frame_rate;
    bool drops = cr_timecode_can_drop(rate);
    cr_timecode_print(cr_timecode_of_frame(cr_frame_at(at, rate), rate, drops), out, size);
}

static void show_title(player *p, const cr_preview_state *state)
{
    Uint32 now = SDL_GetTicks();
    if (p->titled_ms && now - p->titled_ms < TITLE_MS) return;
    p->titled_ms = now ? now : 1;
    char at[32], end[32], title[TITLE_BYTES];
    print_place(p, state->playhead, at, sizeof at);
    print_place(p, state->duration, end, sizeof end);
    double rate = (double)state->rate / (double)CR_ONE;
    snprintf(title, sizeof title, "%s / %s  %s%g×%s%s  %s  %" PRId64 " dropped — %s", at, end,
             state->rate ? "" : "paused ", rate, state->is_looping ? "  loop" : "",
             p->keys.is_muted ? "  muted" : "", quality_names[state->quality],
             state->frames_dropped, p->r->file);
    cr_sdl_window_title(p->window, title);
}

static bool is_over(const player *p, const cr_preview_state *state)
{
    if (p->keys.wants_end || interrupt_asked()) return true;
    return p->r->frames > 0 &&
           (state->frames_shown >= p->r->frames || (state->rate == 0 && !p->r->is_paused));
}

static int64_t clock_us(void)
{
    return (int64_t)((double)SDL_GetPerformanceCounter() * 1e6 /
                     (double)SDL_GetPerformanceFrequency());
}

static cr_status play(player *p, cr_fault *fault)
{
    cr_preview_state state = {0};
    do {
        SDL_Event event;
        bool is_moving = state.rate != 0 || state.is_waiting || state.is_scrubbing;
        int has_event = SDL_WaitEventTimeout(&event, is_moving ? WAIT_MS : REST_MS);
        for (; has_event; has_event = SDL_PollEvent(&event))
            play_keys_handle(&p->keys, &event);
        cr_fault told = {0};
        cr_status status = cr_preview_tick(p->preview, clock_us(), &told);
        if (status != CR_OK) {
            *fault = told;
            return status;
        }
        if (told.status != CR_OK) (void)report_fault(NULL, &told);
        cr_preview_state_get(p->preview, &state);
        show_title(p, &state);
    } while (!is_over(p, &state));
    return CR_OK;
}

static void print_facts(const player *p)
{
    cr_preview_state state;
    cr_preview_state_get(p->preview, &state);
    char at[32];
    print_place(p, state.playhead, at, sizeof at);
    printf("at %s: %" PRId64 " pictures shown, %" PRId64
           " dropped, quality %s, painter %s, sound %s, picture minus sound %.1f ms\n",
           at, state.frames_shown, state.frames_dropped, quality_names[state.quality],
           cr_sdl_window_painter(p->window), p->sound ? "on" : "off",
           (double)state.offset_us / 1000);
}

static int run(player *p)
{
    cr_fault fault = {0};
    cr_ticks from = 0;
    if (open_all(p, &fault) != CR_OK)
        return report_fault(fault.where[0] == '/' ? p->r->file : NULL, &fault);
    if (p->r->from && !option_time(p->r->from, p->keys.frame_rate, &from))
        return report_usage("play", "'%s' is not a time like 12.5 or 0:12.5", p->r->from);
    cr_preview_set_quality(p->preview, p->keys.quality);
    cr_preview_set_volume(p->preview, 0, p->r->is_muted);
    cr_range whole = {0, cr_sequence_duration(p->keys.film)};
    if (p->r->is_looping) cr_preview_loop(p->preview, whole);
    cr_preview_seek(p->preview, from, false);
    if (!p->r->is_paused) cr_preview_play(p->preview, CR_ONE);
    interrupt_watch();
    cr_status status = play(p, &fault);
    if (status != CR_OK) return report_fault(NULL, &fault);
    print_facts(p);
    return CR_EXIT_OK;
}

int command_play(int argc, char **argv)
{
    request r = {0};
    int code = read_arguments(argc, argv, &r);
    if (code != CR_EXIT_OK) return code;
    if (r.wants_help) {
        fputs(play_usage, stdout);
        return CR_EXIT_OK;
    }
    player p = {.r = &r};
    cr_native_desc desc = {.log = report_log()};
    if (cr_native_open(&p.native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    code = run(&p);
    close_all(&p);
    return code;
}
