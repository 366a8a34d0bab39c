#include "make_request.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "command.h"
#include "engine/export_format.h"
#include "options.h"
#include "project_file.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom make \"PROMPT\" [options]\n"
    "       cutroom make [-o FILE] [options]               go on with a film, or change it\n"
    "       cutroom make [-o FILE] --edit-scene N …        change one scene of it\n"
    "\n"
    "Makes a film from a prompt: writes a script, paints a picture for every scene, speaks,\n"
    "composes the music, moves the pictures and renders it all. Everything is made on this\n"
    "machine, but for what a paid service makes whose key is in the environment (see the manual\n"
    "page). The same command goes on where it was stopped; other options make again only what\n"
    "depends on them.\n"
    "\n"
    "  -o, --output FILE     the film (film.mp4); captions go beside it as .srt\n"
    "      --project DIR     the folder of its state, assets and project.json; FILE's name with\n"
    "                        .cutroom without it\n"
    "      --seconds N       how long, 5 to 600 (30)\n"
    "      --aspect RATIO    16:9, 9:16 or 1:1 (16:9)\n"
    "      --style TEXT      how it looks\n"
    "      --mood TEXT       how it feels: words and music\n"
    "      --voice NAME      who speaks\n"
    "      --seed N          another number, another film from the same words (1)\n"
    "      --script FILE     use the words of this script (Markdown or Fountain)\n"
    "      --answers FILE    answers to the questions: {\"question\": \"answer\", …}\n"
    "      --budget USD      the most that paid services may cost for this film in all (10)\n"
    "  -y, --yes             ask nothing, take the defaults\n"
    "      --no-render       stop at the project\n"
    "      --speed NAME      encoder speed, ultrafast to veryslow (veryfast)\n"
    "      --threads N       use so many processors; all without it\n"
    "  -q, --quiet           no progress\n"
    "  -h, --help            this text\n"
    "\n"
    "With --edit-scene N:\n"
    "      --narration TEXT  what is said\n"
    "      --visual TEXT     what is seen\n"
    "      --shot TEXT       from where: \"wide\", \"close-up\", \"push in\"\n"
    "      --title TEXT      what is written over it\n"
    "      --note TEXT       what to change about its picture: \"closer\", \"at night\"\n"
    "      --another         another picture from the same words\n";

enum {
    OPTION_PROJECT = 256,
    OPTION_SECONDS,
    OPTION_ASPECT,
    OPTION_STYLE,
    OPTION_MOOD,
    OPTION_VOICE,
    OPTION_SEED,
    OPTION_SCRIPT,
    OPTION_ANSWERS,
    OPTION_NO_RENDER,
    OPTION_SPEED,
    OPTION_THREADS,
    OPTION_SIZE,
    OPTION_EDIT_SCENE,
    OPTION_BUDGET,
    OPTION_NARRATION,
    OPTION_VISUAL,
    OPTION_SHOT,
    OPTION_TITLE,
    OPTION_NOTE,
    OPTION_ANOTHER,
};

// --size is for tests: films of a few pixels.
static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                        {"project", required_argument, NULL, OPTION_PROJECT},
                                        {"seconds", required_argument, NULL, OPTION_SECONDS},
                                        {"aspect", required_argument, NULL, OPTION_ASPECT},
                                        {"style", required_argument, NULL, OPTION_STYLE},
                                        {"mood", required_argument, NULL, OPTION_MOOD},
                                        {"voice", required_argument, NULL, OPTION_VOICE},
                                        {"seed", required_argument, NULL, OPTION_SEED},
                                        {"script", required_argument, NULL, OPTION_SCRIPT},
                                        {"answers", required_argument, NULL, OPTION_ANSWERS},
                                        {"budget", required_argument, NULL, OPTION_BUDGET},
                                        {"yes", no_argument, NULL, 'y'},
                                        {"no-render", no_argument, NULL, OPTION_NO_RENDER},
                                        {"speed", required_argument, NULL, OPTION_SPEED},
                                        {"threads", required_argument, NULL, OPTION_THREADS},
                                        {"size", required_argument, NULL, OPTION_SIZE},
                                        {"edit-scene", required_argument, NULL, OPTION_EDIT_SCENE},
                                        {"narration", required_argument, NULL, OPTION_NARRATION},
                                        {"visual", required_argument, NULL, OPTION_VISUAL},
                                        {"shot", required_argument, NULL, OPTION_SHOT},
                                        {"title", required_argument, NULL, OPTION_TITLE},
                                        {"note", required_argument, NULL, OPTION_NOTE},
                                        {"another", no_argument, NULL, OPTION_ANOTHER},
                                        {"quiet", no_argument, NULL, 'q'},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

void make_request_usage(void)
{
    fputs(usage, stdout);
}

// Where an option's text goes; NULL for one that is no text.
static const char **text_of(make_request *r, int option)
{
    switch (option) {
    case 'o':
        return &r->output;
    case OPTION_PROJECT:
        return &r->project;
    case OPTION_SECONDS:
        return &r->seconds;
    case OPTION_ASPECT:
        return &r->aspect;
    case OPTION_STYLE:
        return &r->style;
    case OPTION_MOOD:
        return &r->mood;
    case OPTION_VOICE:
        return &r->voice;
    case OPTION_SEED:
        return &r->seed;
    case OPTION_SCRIPT:
        return &r->script;
    case OPTION_ANSWERS:
        return &r->answers;
    case OPTION_SPEED:
        return &r->speed;
    case OPTION_SIZE:
        return &r->size;
    case OPTION_NARRATION:
        return &r->edit.narration;
    case OPTION_VISUAL:
        return &r->edit.visual;
    case OPTION_SHOT:
        return &r->edit.shot;
    case OPTION_TITLE:
        return &r->edit.on_screen;
    case OPTION_NOTE:
        return &r->edit.note;
    default:
        return NULL;
    }
}

// "2.50" into millionths; false for anything else.
static bool read_money(const char *text, int64_t *out)
{
    static const double dollars_max = 1e6;
    char *end;
    double dollars = strtod(text, &end);
    if (end == text || *end || !(dollars >= 0) || dollars > dollars_max) return false;
    *out = (int64_t)(dollars * 1e6 + 0.5);
    return true;
}

// One option into [r]; false when its value is no good.
static bool take_option(make_request *r, int option, const char *value)
{
    const char **text = text_of(r, option);
    int64_t number = 0;
    if (text) {
        *text = value;
        return cr_utf8_valid_length(value, strlen(value)) == strlen(value);
    }
    switch (option) {
    case OPTION_BUDGET:
        return read_money(value, &r->budget);
    case OPTION_EDIT_SCENE:
        if (!option_int(value, 1, CR_SCENES_MAX, &number)) return false;
        r->scene = (int)number;
        return true;
    case OPTION_THREADS:
        if (!option_int(value, 1, CR_POOL_THREADS_MAX, &number)) return false;
        r->threads = (int)number;
        return true;
    case OPTION_ANOTHER:
        return r->edit.another_picture = true;
    case OPTION_NO_RENDER:
        return r->without_render = true;
    case 'y':
        return r->takes_defaults = true;
    case 'q':
        return r->is_quiet = true;
    default:
        return r->wants_help = true;
    }
}

static bool changes_scene(const cr_scene_edit *edit)
{
    return edit->narration || edit->visual || edit->shot || edit->on_screen || edit->note ||
           edit->another_picture;
}

// What does not go together.
static int check_request(const make_request *r)
{
    if (r->scene && !changes_scene(&r->edit))
        return report_usage("make",
                            "what about scene %d? (--narration, --visual, --shot, "
                            "--title, --note or --another)",
                            r->scene);
    if (!r->scene && changes_scene(&r->edit))
        return report_usage("make", "which scene? (--edit-scene N)");
    if (r->scene && (r->prompt || r->script))
        return report_usage("make", "a new prompt or script is another film; --edit-scene "
                                    "changes the one that is there");
    const cr_export_format *format = cr_export_format_find(NULL, r->output);
    if (!format || !format->video_codec || format->is_digest)
        return report_usage("make", "'%s' is not the name of a film (film.mp4, film.webm)",
                            r->output);
    return CR_EXIT_OK;
}

int make_request_read(int argc, char **argv, make_request *out)
{
    make_request r = {.budget = -1};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":o:yqh", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("make", "unknown option '%s'", given);
        if (option == ':') return report_usage("make", "'%s' needs a value", given);
        if (!take_option(&r, option, optarg))
            return report_usage("make", "'%.80s' is not a value for this option", optarg);
    }
    if (argc - optind > 1)
        return report_usage("make", "one prompt at a time: put it in quotation marks");
    if (optind < argc) r.prompt = argv[optind];
    if (!r.output) r.output = "film.mp4";
    *out = r;
    return r.wants_help ? CR_EXIT_OK : check_request(&r);
}

char *make_request_folder(const make_request *request)
{
    if (request->project) return cr_strdup(request->project);
    const char *slash = strrchr(request->output, '/'), *dot = strrchr(request->output, '.');
    size_t length =
        dot && (!slash || dot > slash) ? (size_t)(dot - request->output) : strlen(request->output);
    return cr_format("%.*s.cutroom", (int)length, request->output);
}

bool make_request_answers(const make_request *request, const char *question)
{
    const struct {
        const char *id, *option;
    } pairs[] = {
        {"style", request->style},    {"look", request->style},    {"mood", request->mood},
        {"tone", request->mood},      {"voice", request->voice},   {"seconds", request->seconds},
        {"length", request->seconds}, {"aspect", request->aspect}, {"format", request->aspect}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i].option && strcmp(pairs[i].id, question) == 0) return true;
    return false;
}

static void put_text(cJSON *brief, const char *key, const char *text)
{
    if (!text) return;
    cJSON_DeleteItemFromObjectCaseSensitive(brief, key);
    cJSON_AddStringToObject(brief, key, text);
}

static cr_status put_number(cJSON *brief, const char *key, const char *text, cr_fault *fault)
{
    int64_t number = 0;
    if (!text) return CR_OK;
    if (!option_int(text, -CR_TICKS_MAX, CR_TICKS_MAX, &number))
        return cr_fail(fault, CR_INVALID, "", "--%s needs a whole number, not '%.40s'", key, text);
    cJSON_DeleteItemFromObjectCaseSensitive(brief, key);
    cr_json_add_int(brief, key, number);
    return CR_OK;
}

static cr_status put_script(cJSON *brief, const char *path, const cr_host *host, cr_fault *fault)
{
    if (!path) return CR_OK;
    char *text = NULL;
    size_t length = 0;
    cr_status status = project_file_text(host, path, &text, &length, fault);
    if (status != CR_OK) return status;
    size_t valid = cr_utf8_valid_length(text, length);
    if (valid < length)
        status = cr_fail(fault, CR_INVALID, path, "byte %zu is not UTF-8 text", valid);
    else if (strlen(text) < length)
        status =
            cr_fail(fault, CR_INVALID, path, "byte %zu is zero: this is not text", strlen(text));
    else if (text[strspn(text, " \t\r\n")] == '\0')
        status = cr_fail(fault, CR_INVALID, path, "the script is empty");
    else
        put_text(brief, "script_text", text);
    cr_free(text);
    return status;
}

static cr_status put_answers(cJSON *brief, const char *path, const cr_host *host, cr_fault *fault)
{
    if (!path) return CR_OK;
    char *text = NULL;
    size_t length = 0;
    cr_status status = project_file_text(host, path, &text, &length, fault);
    if (status != CR_OK) return status;
    cJSON *answers = NULL;
    cr_fault why = {0};
    status = cr_json_parse(&answers, text, length, &why);
    cr_free(text);
    if (status == CR_OK) status = cr_answers_check(answers, &why);
    if (status != CR_OK) {
        cJSON_Delete(answers);
        return cr_fail(fault, status, path, "%s: %s", why.where, why.text);
    }
    cJSON_DeleteItemFromObjectCaseSensitive(brief, "answers");
    cJSON_AddItemToObject(brief, "answers", answers);
    cJSON_DeleteItemFromObjectCaseSensitive(brief, "is_answered");
    cJSON_AddBoolToObject(brief, "is_answered", true);
    return CR_OK;
}

static cr_status put_size(cJSON *brief, const char *text, cr_fault *fault)
{
    int width, height;
    if (!text) return CR_OK;
    if (!option_size(text, &width, &height))
        return cr_fail(fault, CR_INVALID, "", "--size needs a size like 640x360, not '%.40s'",
                       text);
    cJSON_DeleteItemFromObjectCaseSensitive(brief, "width");
    cJSON_DeleteItemFromObjectCaseSensitive(brief, "height");
    cr_json_add_int(brief, "width", width);
    cr_json_add_int(brief, "height", height);
    return CR_OK;
}

// What the options stand on: the film's brief as it is, or an empty one with what the user has
// answered about the same prompt before.
static cJSON *first_brief(const make_request *request, const cr_brief *before)
{
    cJSON *brief = before ? cr_brief_write(before) : cJSON_CreateObject();
    bool is_other = !before || (request->prompt && strcmp(request->prompt, before->prompt) != 0);
    if (request->prompt || request->script) {
        cJSON *fresh = cJSON_CreateObject();
        if (!is_other) {
            cJSON_AddItemToObject(fresh, "answers",
                                  cJSON_DetachItemFromObjectCaseSensitive(brief, "answers"));
            cJSON_AddBoolToObject(fresh, "is_answered", before->is_answered);
            if (!request->prompt) cJSON_AddStringToObject(fresh, "prompt", before->prompt);
        }
        cJSON_Delete(brief);
        return fresh;
    }
    if (request->aspect || request->size) {
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "width");
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "height");
    }
    return brief;
}

cr_status make_request_brief(const make_request *request, const cr_brief *before,
                             const cr_host *host, cr_brief *out, cr_fault *fault)
{
    cJSON *brief = first_brief(request, before);
    put_text(brief, "prompt", request->prompt);
    put_text(brief, "aspect", request->aspect);
    put_text(brief, "style", request->style);
    put_text(brief, "mood", request->mood);
    put_text(brief, "voice", request->voice);
    cr_status status = put_number(brief, "seconds", request->seconds, fault);
    if (status == CR_OK) status = put_number(brief, "seed", request->seed, fault);
    if (status == CR_OK) status = put_size(brief, request->size, fault);
    if (status == CR_OK) status = put_script(brief, request->script, host, fault);
    if (status == CR_OK) status = put_answers(brief, request->answers, host, fault);
    if (status == CR_OK) status = cr_brief_read(out, brief, fault);
    cJSON_Delete(brief);
    return status;
}
