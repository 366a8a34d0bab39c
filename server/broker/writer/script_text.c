#include "broker/writer/script_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "broker/writer/script.h"

typedef struct cr_text_scene {
    char *heading;
    cr_str narration, visual;
    int line;
} cr_text_scene;

typedef struct cr_text_reader {
    cr_scrap scrap;
    cr_text_scene *scenes;
    size_t count, room;
    char *title;
    bool has_headings, is_fountain;
    bool is_speaking; // Fountain: below a character's name
    bool was_blank;
    int line;
    cr_fault *fault;
} cr_text_reader;

static cr_status fail(cr_text_reader *reader, cr_status status, int line, const char *text)
{
    char where[32];
    snprintf(where, sizeof where, "line %d", line);
    return cr_fail(reader->fault, status, where, "%s", text);
}

static cr_status scene_begin(cr_text_reader *reader, const char *heading)
{
    if (reader->count >= CR_SCRIPT_TEXT_SCENES_MAX)
        return fail(reader, CR_LIMIT, reader->line, "a script has at most 200 scenes");
    cr_text_scene scene = {.heading = cr_scrap_copy(&reader->scrap, heading), .line = reader->line};
    CR_VEC_ADD(reader->scenes, reader->count, reader->room, scene);
    reader->is_speaking = false;
    return CR_OK;
}

static void words_add(cr_str *to, const char *text)
{
    if (to->length && *text) cr_str_add_char(to, ' ');
    cr_str_add(to, text);
}

static cr_status narration_add(cr_text_reader *reader, const char *text)
{
    bool is_paragraph = reader->was_blank && !reader->has_headings;
    if (!reader->count || (is_paragraph && reader->scenes[reader->count - 1].narration.length)) {
        cr_status status = scene_begin(reader, "");
        if (status != CR_OK) return status;
    }
    cr_str *narration = &reader->scenes[reader->count - 1].narration;
    words_add(narration, text);
    if (narration->length > CR_SCRIPT_TEXT_NARRATION_MAX)
        return fail(reader, CR_LIMIT, reader->line,
                    "the narration of a scene is at most 2000 bytes; begin a new scene here");
    return CR_OK;
}

static cr_status visual_add(cr_text_reader *reader, const char *text)
{
    cr_status status = reader->count ? CR_OK : scene_begin(reader, "");
    if (status == CR_OK) words_add(&reader->scenes[reader->count - 1].visual, text);
    return status;
}

static bool is_scene_heading(const char *text)
{
    static const char *const marks[] = {"INT.", "EXT.", "INT ", "EXT ", "INT/EXT", "I/E."};
    for (size_t i = 0; i < CR_COUNT_OF(marks); i++)
        if (strncasecmp(text, marks[i], strlen(marks[i])) == 0) return true;
    return false;
}

// A line of capitals: who speaks.
static bool is_character(const char *text)
{
    bool has_letter = false;
    for (const char *c = text; *c && *c != '('; c++) {
        if (islower((unsigned char)*c)) return false;
        has_letter |= isupper((unsigned char)*c) != 0;
    }
    return has_letter && strlen(text) < 60;
}

// "visual: …" and "[visual: …]": what is behind the colon, or NULL.
static char *visual_of(cr_text_reader *reader, const char *text)
{
    bool is_bracketed = *text == '[';
    static const char *const marks[] = {"visual:", "picture:", "image:", "shot:"};
    for (size_t i = 0; i < CR_COUNT_OF(marks); i++) {
        const char *from = text + is_bracketed;
        if (strncasecmp(from, marks[i], strlen(marks[i])) != 0) continue;
        from += strlen(marks[i]);
        while (*from == ' ')
            from++;
        size_t length = strlen(from);
        if (is_bracketed && length && from[length - 1] == ']') length--;
        return cr_scrap_copy_bytes(&reader->scrap, from, length);
    }
    return NULL;
}

static cr_status fountain_read(cr_text_reader *reader, const char *text)
{
    if (is_scene_heading(text)) {
        cr_status status = scene_begin(reader, text);
        const char *place = strpbrk(text, ". ");
        while (place && *place && strchr("./ ", *place))
            place++;
        if (status == CR_OK && place && *place) {
            char *lower = cr_word_lower(&reader->scrap, place);
            status = visual_add(reader, lower);
        }
        return status;
    }
    if (cr_text_starts(text, "(") && cr_text_ends(text, ")")) return CR_OK;
    // "CUT TO:" and centred lines say nothing.
    if (cr_text_ends(text, "TO:") || cr_text_starts(text, ">")) return CR_OK;
    if (reader->was_blank && is_character(text)) {
        reader->is_speaking = true;
        return CR_OK;
    }
    return reader->is_speaking ? narration_add(reader, text) : visual_add(reader, text);
}

static cr_status line_read(cr_text_reader *reader, const char *text)
{
    if (strncasecmp(text, "title:", 6) == 0 && !reader->title) {
        while (text[6] == ' ')
            text++;
        reader->title = cr_scrap_copy(&reader->scrap, text + 6);
        return CR_OK;
    }
    char *visual = visual_of(reader, text);
    if (visual) return visual_add(reader, visual);
    if (*text == '#') {
        size_t level = strspn(text, "#");
        const char *heading = text + level + strspn(text + level, " ");
        if (level == 1 && !reader->title && !reader->count) {
            reader->title = cr_scrap_copy(&reader->scrap, heading);
            return CR_OK;
        }
        reader->has_headings = true;
        return scene_begin(reader, heading);
    }
    if (reader->is_fountain) return fountain_read(reader, text);
    if (strspn(text, "-=*_ ") == strlen(text)) return CR_OK; // a rule
    if (strchr(">*-+", *text) && text[1] == ' ') text += 2;
    return narration_add(reader, text);
}

static cr_status lines_read(cr_text_reader *reader, const char *text)
{
    reader->was_blank = true;
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t end = length, start = 0;
        reader->line++;
        while (end > start && isspace((unsigned char)text[end - 1]))
            end--;
        while (start < end && isspace((unsigned char)text[start]))
            start++;
        bool is_blank = start == end;
        if (!is_blank) {
            cr_status status =
                line_read(reader, cr_scrap_copy_bytes(&reader->scrap, text + start, end - start));
            if (status != CR_OK) return status;
        }
        reader->was_blank = is_blank;
        if (is_blank) reader->is_speaking = false;
        text += length + (text[length] ? 1 : 0);
    }
    return CR_OK;
}

static bool looks_like_fountain(const char *text)
{
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        line += strspn(line, " \t");
        if (is_scene_heading(line)) return true;
    }
    return false;
}

static char *heading_of(cr_text_reader *reader, const cr_text_scene *scene)
{
    if (*scene->heading) return scene->heading;
    cr_words words = cr_words_cut(&reader->scrap, cr_str_text(&scene->narration));
    return cr_title_case(&reader->scrap, cr_words_join(&reader->scrap, &words, 0,
                                                       words.count < 5 ? words.count : 4));
}

static const char *wished(const cJSON *input, const char *key, const char *fallback)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(input, key));
    return text && *text ? text : fallback;
}

static cJSON *script_build(cr_text_reader *reader, const cJSON *input)
{
    static const char *const shots[] = {"wide",   "push in",  "pan right",
                                        "medium", "pan left", "tilt up"};
    const char *title = reader->title;
    if (!title || !*title) title = wished(input, "prompt", heading_of(reader, &reader->scenes[0]));
    cr_prompt prompt = cr_prompt_read(&reader->scrap, title);
    cJSON *script = cJSON_CreateObject();
    cJSON_AddStringToObject(script, "title", title);
    cJSON_AddStringToObject(script, "topic", *prompt.topic ? prompt.topic : title);
    cJSON_AddStringToObject(script, "audience", "everyone");
    cJSON_AddStringToObject(script, "shape", "script");
    cJSON_AddStringToObject(script, "mood", wished(input, "mood", "calm"));
    cJSON_AddStringToObject(script, "style", wished(input, "style", "storybook"));
    cJSON_AddStringToObject(script, "palette", "meadow");
    cJSON *scenes = cJSON_AddArrayToObject(script, "scenes");
    for (size_t i = 0; i < reader->count; i++) {
        const cr_text_scene *scene = &reader->scenes[i];
        const char *narration = cr_str_text(&scene->narration);
        const char *visual = cr_str_text(&scene->visual);
        if (!*visual)
            visual = cr_visual_derive(
                &reader->scrap, cr_scrap_format(&reader->scrap, "%s %s", narration, scene->heading),
                "");
        cJSON *item = cJSON_CreateObject();
        cJSON_AddItemToArray(scenes, item);
        cJSON_AddStringToObject(item, "heading", heading_of(reader, scene));
        cJSON_AddStringToObject(item, "narration", narration);
        cJSON_AddStringToObject(item, "visual", visual);
        cJSON_AddStringToObject(item, "shot", shots[i % CR_COUNT_OF(shots)]);
        if (i == 0 && reader->title && cr_words_count(title) <= 5)
            cJSON_AddStringToObject(item, "on_screen", title);
    }
    return script;
}

cr_status cr_script_text_write(cJSON **out, const cJSON *input, const char *text, cr_fault *fault)
{
    size_t length = strlen(text), valid = cr_utf8_valid_length(text, length);
    cr_text_reader reader = {.fault = fault, .is_fountain = looks_like_fountain(text)};
    cr_status status = CR_OK;
    if (length > CR_SCRIPT_TEXT_BYTES_MAX)
        status = cr_fail(fault, CR_LIMIT, "/script_text", "a script has at most %d bytes",
                         CR_SCRIPT_TEXT_BYTES_MAX);
    else if (valid != length) {
        int line = 1;
        for (size_t i = 0; i < valid; i++)
            line += text[i] == '\n';
        status = fail(&reader, CR_INVALID, line, "the text is not UTF-8 from here on");
    }
    if (status == CR_OK) status = lines_read(&reader, text);
    if (status == CR_OK && !reader.count)
        status = fail(&reader, CR_INVALID, reader.line ? reader.line : 1,
                      "the script has no scene: write a paragraph of narration");
    if (status == CR_OK) *out = script_build(&reader, input);
    for (size_t i = 0; i < reader.count; i++) {
        cr_str_free(&reader.scenes[i].narration);
        cr_str_free(&reader.scenes[i].visual);
    }
    cr_free(reader.scenes);
    cr_scrap_free(&reader.scrap);
    return status;
}
