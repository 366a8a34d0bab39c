#include "project/interchange_srt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/vec.h"

// --- writing

typedef struct cue {
    const cr_clip *clip;
    int track;
} cue;

static int compare_cues(const void *left, const void *right)
{
    const cue *a = left, *b = right;
    cr_ticks first = a->clip->range.start, second = b->clip->range.start;
    if (first != second) return first < second ? -1 : 1;
    return a->track - b->track;
}

static int collect(const cr_sequence *sequence, cue **out)
{
    cue *cues = NULL;
    int count = 0, room = 0;
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (track->kind != CR_TRACK_TEXT || track->is_hidden) continue;
        for (int j = 0; j < track->clip_count; j++) {
            cue one = {track->clips[j], i};
            if (one.clip->kind == CR_CLIP_CAPTION && !one.clip->is_off && one.clip->text[0])
                CR_VEC_ADD(cues, count, room, one);
        }
    }
    if (count > 1) qsort(cues, (size_t)count, sizeof *cues, compare_cues);
    *out = cues;
    return count;
}

static void add_time(cr_str *out, cr_ticks at, char point)
{
    long long milliseconds = (long long)cr_ticks_to_milliseconds(at);
    cr_str_addf(out, "%02lld:%02lld:%02lld%c%03lld", milliseconds / 3600000,
                milliseconds / 60000 % 60, milliseconds / 1000 % 60, point, milliseconds % 1000);
}

static void add_times(cr_str *out, cr_range range, char point)
{
    add_time(out, range.start, point);
    cr_str_add(out, " --> ");
    add_time(out, cr_range_end(range), point);
    cr_str_add_char(out, '\n');
}

// Lines of a cue; an empty one would end it.
static void add_lines(cr_str *out, const char *text, size_t length, bool escape)
{
    char before = '\n';
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '\r' || (c == '\n' && before == '\n')) continue;
        if (escape && c == '&')
            cr_str_add(out, "&amp;");
        else if (escape && c == '<')
            cr_str_add(out, "&lt;");
        else if (escape && c == '>')
            cr_str_add(out, "&gt;");
        else
            cr_str_add_char(out, c);
        before = c;
    }
}

static void end_cue(cr_str *out)
{
    while (out->length && out->data[out->length - 1] == '\n')
        out->data[--out->length] = '\0';
    cr_str_add(out, "\n\n");
}

char *cr_captions_print_srt(const cr_sequence *sequence)
{
    cue *cues;
    int count = collect(sequence, &cues);
    cr_str out = {0};
    for (int i = 0; i < count; i++) {
        const cr_clip *clip = cues[i].clip;
        cr_str_addf(&out, "%d\n", i + 1);
        add_times(&out, clip->range, ',');
        add_lines(&out, clip->text, strlen(clip->text), false);
        end_cue(&out);
    }
    cr_free(cues);
    return cr_str_take(&out);
}

// The text with the time of each word before it, where the words are found in the text.
static void add_timed_words(cr_str *out, const cr_clip *clip)
{
    const char *at = clip->text;
    for (int i = 0; i < clip->word_count; i++) {
        const cr_word *word = &clip->words[i];
        const char *found = word->text[0] ? strstr(at, word->text) : NULL;
        if (!found) continue;
        add_lines(out, at, (size_t)(found - at), true);
        bool is_inside = word->range.start > 0 && word->range.start < clip->range.duration;
        if (is_inside) {
            cr_str_add_char(out, '<');
            add_time(out, clip->range.start + word->range.start, '.');
            cr_str_add_char(out, '>');
        }
        add_lines(out, found, strlen(word->text), true);
        at = found + strlen(word->text);
    }
    add_lines(out, at, strlen(at), true);
}

char *cr_captions_print_vtt(const cr_sequence *sequence)
{
    cue *cues;
    int count = collect(sequence, &cues);
    cr_str out = {0};
    cr_str_add(&out, "WEBVTT\n\n");
    for (int i = 0; i < count; i++) {
        add_times(&out, cues[i].clip->range, '.');
        add_timed_words(&out, cues[i].clip);
        end_cue(&out);
    }
    cr_free(cues);
    return cr_str_take(&out);
}

// --- reading

typedef struct srt_cue {
    cr_range range;
    int order;
    char *text;
} srt_cue;

typedef struct srt_reader {
    const char *at, *end;
    int line; // of what [at] points to
    cr_fault *fault;
    cr_str text;
    cr_range range;
    bool is_in_cue;
    srt_cue *cues;
    int count, room;
} srt_reader;

static cr_status fail(const srt_reader *reader, cr_status status, const char *why)
{
    char where[32];
    snprintf(where, sizeof where, "line %d", reader->line);
    return cr_fail(reader->fault, status, where, "%s", why);
}

// The next line without its end; false at the end of the file.
static bool next_line(srt_reader *reader, const char **line, size_t *length)
{
    if (reader->at >= reader->end) return false;
    const char *newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    const char *stop = newline ? newline : reader->end;
    *line = reader->at;
    *length = (size_t)(stop - reader->at);
    if (*length && (*line)[*length - 1] == '\r') --*length;
    reader->at = newline ? newline + 1 : reader->end;
    reader->line++;
    return true;
}

static void skip_spaces(const char **at, const char *end)
{
    while (*at < end && (**at == ' ' || **at == '\t'))
        ++*at;
}

static bool read_digits(const char **at, const char *end, int64_t *out, int *digits)
{
    *out = 0;
    *digits = 0;
    while (*at < end && **at >= '0' && **at <= '9' && *digits < 9) {
        *out = *out * 10 + (**at - '0');
        ++*at;
        ++*digits;
    }
    return *digits > 0;
}

// "[hh:]mm:ss[,.]fraction" into milliseconds.
static bool read_time(const char **at, const char *end, cr_ticks *out)
{
    int64_t parts[3], fraction = 0;
    int count = 0, digits = 0;
    skip_spaces(at, end);
    do {
        if (count == 3 || !read_digits(at, end, &parts[count++], &digits)) return false;
    } while (*at < end && **at == ':' && ++*at);
    if (count < 2) return false;
    if (*at < end && (**at == ',' || **at == '.')) {
        ++*at;
        if (!read_digits(at, end, &fraction, &digits)) return false;
        for (; digits < 3; digits++)
            fraction *= 10;
        for (; digits > 3; digits--)
            fraction /= 10;
    }
    int64_t seconds = parts[count - 1] + 60 * parts[count - 2] + (count == 3 ? 3600 * parts[0] : 0);
    if (parts[count - 1] > 59 || (count == 3 && parts[1] > 59)) return false;
    if (seconds > CR_TICKS_MAX / CR_TICKS_PER_SECOND - 1) return false;
    *out = cr_ticks_from_milliseconds(seconds * 1000 + fraction);
    return true;
}

static bool is_timing(const char *line, size_t length)
{
    for (size_t i = 0; i + 3 <= length; i++)
        if (memcmp(line + i, "-->", 3) == 0) return true;
    return false;
}

static cr_status read_timing(srt_reader *reader, const char *line, size_t length)
{
    const char *at = line, *end = line + length;
    cr_ticks from, to;
    bool is_good = read_time(&at, end, &from);
    skip_spaces(&at, end);
    is_good = is_good && end - at >= 3 && memcmp(at, "-->", 3) == 0;
    at += is_good ? 3 : 0;
    if (!is_good || !read_time(&at, end, &to))
        return fail(reader, CR_INVALID,
                    "not a line of times such as 00:00:01,500 --> 00:00:04,000");
    if (to < from) return fail(reader, CR_INVALID, "the caption ends before it begins");
    reader->range = (cr_range){from, to - from};
    reader->is_in_cue = true;
    return CR_OK;
}

// The end of the tag that begins at [at], behind its ">"; NULL when it is only a "<". Text that
// looks like one, such as <this>, is no tag.
static const char *tag_end(const char *at, const char *end)
{
    static const char *const names[] = {"b", "i", "u", "s", "c", "v", "lang", "ruby", "rt", "font"};
    const char *close = memchr(at, '>', (size_t)(end - at));
    if (!close) return NULL;
    const char *name = at + 1;
    if (*name == '/') name++;
    size_t length = 0;
    while (name + length < close && !strchr(" .\t", name[length]))
        length++;
    // A time of karaoke.
    if (length && name[0] >= '0' && name[0] <= '9') return close + 1;
    for (size_t i = 0; i < CR_COUNT_OF(names); i++)
        if (length == strlen(names[i]) && strncasecmp(name, names[i], length) == 0)
            return close + 1;
    return NULL;
}

// What an entity stands for; NULL when none begins here.
static const char *entity_at(const char *at, const char *end, size_t *size)
{
    static const struct {
        const char *entity, *text;
    } entities[] = {{"&amp;", "&"},
                    {"&lt;", "<"},
                    {"&gt;", ">"},
                    {"&nbsp;", "\xc2\xa0"},
                    {"&lrm;", "\xe2\x80\x8e"},
                    {"&rlm;", "\xe2\x80\x8f"}};
    for (size_t i = 0; i < CR_COUNT_OF(entities); i++) {
        *size = strlen(entities[i].entity);
        if (*size <= (size_t)(end - at) && memcmp(at, entities[i].entity, *size) == 0)
            return entities[i].text;
    }
    return NULL;
}

// Markup goes, entities become what they mean.
static void add_plain(cr_str *out, const char *line, size_t length)
{
    const char *at = line, *end = line + length;
    while (at < end) {
        const char *behind = NULL;
        if (*at == '<') behind = tag_end(at, end);
        // Positions as in {\an8}.
        if (*at == '{' && at + 1 < end && at[1] == '\\') {
            const char *close = memchr(at, '}', (size_t)(end - at));
            behind = close ? close + 1 : NULL;
        }
        size_t size = 1;
        const char *entity = *at == '&' ? entity_at(at, end, &size) : NULL;
        if (behind) {
            at = behind;
            continue;
        }
        if (entity)
            cr_str_add(out, entity);
        else
            cr_str_add_char(out, *at);
        at += entity ? size : 1;
    }
}

static void finish_cue(srt_reader *reader)
{
    if (!reader->is_in_cue) return;
    reader->is_in_cue = false;
    // An empty cue, or one that lasts no time, says nothing.
    if (reader->text.length && reader->range.duration > 0) {
        srt_cue one = {reader->range, reader->count, cr_str_take(&reader->text)};
        CR_VEC_ADD(reader->cues, reader->count, reader->room, one);
    }
    cr_str_clear(&reader->text);
}

static bool is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] != ' ' && line[i] != '\t') return false;
    return true;
}

static bool starts(const char *line, size_t length, const char *word)
{
    size_t size = strlen(word);
    return length >= size && memcmp(line, word, size) == 0;
}

// NOTE, STYLE and REGION blocks of WebVTT: up to the next empty line.
static void skip_block(srt_reader *reader)
{
    const char *line;
    size_t length;
    while (next_line(reader, &line, &length) && !is_blank(line, length))
        continue;
}

static cr_status read_cues(srt_reader *reader, bool is_vtt)
{
    const char *line;
    size_t length;
    cr_status status = CR_OK;
    while (status == CR_OK && next_line(reader, &line, &length)) {
        if (is_blank(line, length)) {
            finish_cue(reader);
        } else if (is_timing(line, length)) {
            // A new cue without an empty line in front of it.
            finish_cue(reader);
            status = read_timing(reader, line, length);
        } else if (reader->is_in_cue) {
            if (reader->text.length) cr_str_add_char(&reader->text, '\n');
            add_plain(&reader->text, line, length);
        } else if (is_vtt && (starts(line, length, "NOTE") || starts(line, length, "STYLE") ||
                              starts(line, length, "REGION"))) {
            skip_block(reader);
        }
        // Anything else between cues is a number or a name.
    }
    if (status == CR_OK) finish_cue(reader);
    return status;
}

static int compare_found(const void *left, const void *right)
{
    const srt_cue *a = left, *b = right;
    if (a->range.start != b->range.start) return a->range.start < b->range.start ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

// Captions of one track cannot overlap: the one in front gives way, and goes when nothing is left.
static cJSON *make_clips(srt_reader *reader, const char *prefix)
{
    if (reader->count > 1)
        qsort(reader->cues, (size_t)reader->count, sizeof *reader->cues, compare_found);
    cJSON *clips = cJSON_CreateArray();
    int number = 0;
    for (int i = 0; i < reader->count; i++) {
        cr_range range = reader->cues[i].range;
        if (i + 1 < reader->count && cr_range_end(range) > reader->cues[i + 1].range.start)
            range.duration = reader->cues[i + 1].range.start - range.start;
        if (range.duration <= 0) continue;
        cJSON *clip = cJSON_CreateObject();
        char *id = cr_format("%s%d", prefix, ++number);
        cJSON_AddStringToObject(clip, "kind", "caption");
        cJSON_AddStringToObject(clip, "id", id);
        cr_json_add_int(clip, "start", range.start);
        cr_json_add_int(clip, "duration", range.duration);
        cJSON_AddStringToObject(clip, "text", reader->cues[i].text);
        cJSON_AddItemToArray(clips, clip);
        cr_free(id);
    }
    return clips;
}

static void free_reader(srt_reader *reader)
{
    for (int i = 0; i < reader->count; i++)
        cr_free(reader->cues[i].text);
    cr_free(reader->cues);
    cr_str_free(&reader->text);
}

cr_status cr_captions_parse(cJSON **out, const char *text, size_t length, const char *prefix,
                            cr_fault *fault)
{
    srt_reader reader = {.at = text, .end = text + length, .fault = fault};
    if (length > CR_CAPTIONS_BYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "", "captions of %zu bytes are over the limit of %d",
                       length, CR_CAPTIONS_BYTES_MAX);
    size_t valid = cr_utf8_valid_length(text, length);
    if (valid != length || memchr(text, '\0', length)) {
        for (size_t i = 0; i < valid; i++)
            reader.line += text[i] == '\n';
        reader.line++;
        return fail(&reader, CR_INVALID, "the text is not valid UTF-8 here");
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) reader.at += 3;
    bool is_vtt = starts(reader.at, (size_t)(reader.end - reader.at), "WEBVTT");
    if (is_vtt) skip_block(&reader);
    cr_status status = read_cues(&reader, is_vtt);
    if (status == CR_OK && !reader.count)
        status = cr_fail(fault, CR_INVALID, "", "there are no captions in this");
    if (status == CR_OK) *out = make_clips(&reader, prefix);
    free_reader(&reader);
    return status;
}
