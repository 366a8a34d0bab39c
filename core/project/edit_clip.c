// Clips as wholes: they come and go, move, are cut in two, and keep company.
#include <string.h>

#include "base/vec.h"
#include "project/edit_op.h"
#include "project/fields.h"

cr_status cr_edit_add_clip(const cr_edit *edit)
{
    cr_spot spot;
    const cJSON *json;
    cr_status status = cr_edit_track(edit, "track", &spot);
    if (status == CR_OK) status = cr_edit_object(edit, "clip", &json);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "clip", 0};
    cr_clip *clip;
    status = cr_clip_read(&clip, json, &place, edit->fault);
    if (status == CR_OK) cr_draft_add_clip(edit->draft, spot, clip);
    return status;
}

// Its track's transitions that name it go by themselves when everything settles.
cr_status cr_edit_remove_clip(const cr_edit *edit)
{
    cr_spot spot;
    char **ids;
    int count;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count; i++)
        if (cr_draft_find_clip(edit->draft, ids[i], &spot))
            cr_clip_drop(cr_draft_take_clip(edit->draft, spot));
    cr_edit_company_free(ids, count);
    return CR_OK;
}

// --- move

cr_status cr_edit_move(const cr_edit *edit)
{
    cr_spot spot, home;
    cr_ticks start = 0, by = 0;
    bool has_start, has_by;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_ticks(edit, "start", false, &start, &has_start);
    if (status == CR_OK) status = cr_edit_ticks(edit, "by", false, &by, &has_by);
    if (status != CR_OK) return status;
    if (has_start && has_by)
        return cr_edit_fail(edit, CR_INVALID, "by", "say either \"start\" or \"by\"");
    home = spot;
    bool has_track = cJSON_GetObjectItemCaseSensitive(edit->json, "track");
    if (has_track) status = cr_edit_track(edit, "track", &home);
    if (status != CR_OK) return status;
    if (home.sequence != spot.sequence)
        return cr_edit_fail(edit, CR_INVALID, "track", "is in another sequence");
    if (!has_start && !has_by && !has_track)
        return cr_edit_fail(edit, CR_INVALID, "start", "is missing: where does the clip go?");
    cr_ticks was = cr_draft_clip_at(edit->draft, spot)->range.start;
    if (has_start) by = start - was;
    char **ids;
    int count;
    status = cr_edit_company(edit, spot, true, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count; i++) {
        if (!cr_draft_find_clip(edit->draft, ids[i], &spot)) continue;
        cr_ticks from = cr_draft_clip_at(edit->draft, spot)->range.start;
        cr_draft_move(edit->draft, spot, i == 0 ? home : spot, from + by);
    }
    cr_edit_company_free(ids, count);
    return CR_OK;
}

// --- split

// Clips of one link that are cut at one time keep together behind the cut, too.
static char *link_behind(const char *link, cr_ticks at)
{
    if (!link[0]) return cr_strdup("");
    char *name = cr_format("%s@%lld", link, (long long)at);
    if (strlen(name) > CR_ID_BYTES_MAX) name[0] = '\0';
    return name;
}

// Where in the text of a clip the [index]-th word begins; NULL when the words are not in it.
static const char *word_in_text(const cr_clip *clip, int index)
{
    const char *at = clip->text;
    for (int i = 0; i <= index; i++) {
        if (i > 0) at += strlen(clip->words[i - 1].text);
        at = strstr(at, clip->words[i].text);
        if (!at) return NULL;
    }
    return at;
}

// What a caption says is divided where the cut is.
static void divide_words(cr_clip *left, cr_clip *right, cr_ticks offset)
{
    int first = 0;
    while (first < left->word_count && left->words[first].range.start < offset)
        first++;
    if (left->word_count == 0) return;
    if (first > 0 && first < left->word_count) {
        const char *behind = word_in_text(left, first);
        if (behind) {
            size_t length = (size_t)(behind - left->text);
            while (length > 0 && strchr(" \n\t", left->text[length - 1]))
                length--;
            cr_text_set(&right->text, behind);
            char *ahead = cr_strndup(left->text, length);
            cr_text_set(&left->text, ahead);
            cr_free(ahead);
        }
    }
    cr_word *rest = NULL;
    int count = 0, room = 0;
    for (int i = 0; i < right->word_count; i++) {
        if (i < first) {
            cr_text_free(&right->words[i].text);
            cJSON_Delete(right->words[i].extra);
            continue;
        }
        right->words[i].range.start -= offset;
        CR_VEC_ADD(rest, count, room, right->words[i]);
    }
    cr_free(right->words);
    right->words = rest;
    right->word_count = count;
    for (int i = first; i < left->word_count; i++) {
        cr_text_free(&left->words[i].text);
        cJSON_Delete(left->words[i].extra);
    }
    left->word_count = first;
}

static void shift_keyframes(cr_animated *animated, cr_ticks by)
{
    for (int i = 0; i < animated->keyframe_count; i++)
        animated->keyframes[i].at += by;
}

void cr_edit_shift_content(cr_clip *clip, cr_ticks by)
{
    for (int i = 0; i < CR_CLIP_PARAM_COUNT; i++)
        shift_keyframes(&clip->params[i], by);
    for (int i = 0; i < clip->effect_count; i++)
        for (int j = 0; j < CR_EFFECT_PARAMS_MAX; j++)
            shift_keyframes(&clip->effects[i].params[j], by);
}

// The transition that began at the old clip's end now begins at the second half's.
static void hand_over_transition(const cr_edit *edit, cr_spot spot, const char *old,
                                 const char *behind)
{
    const cr_track *track = cr_draft_track_at(edit->draft, spot);
    for (int i = 0; i < track->transition_count; i++) {
        if (strcmp(track->transitions[i]->from, old) != 0) continue;
        cr_spot at = {spot.sequence, spot.track, i};
        cr_text_set(&cr_draft_write_transition(edit->draft, at)->from, behind);
        track = cr_draft_track_at(edit->draft, spot);
    }
}

cr_status cr_edit_cut(const cr_edit *edit, cr_spot spot, cr_ticks at, const char *id)
{
    cr_clip *left = cr_draft_write_clip(edit->draft, spot);
    cr_ticks offset = at - left->range.start, rest = cr_range_end(left->range) - at;
    if (offset <= 0 || rest <= 0)
        return cr_edit_fail(edit, CR_INVALID, "at", "is not inside clip \"%s\", from %lld to %lld",
                            left->id, (long long)left->range.start,
                            (long long)cr_range_end(left->range));
    cr_clip *right = cr_clip_copy(left);
    char *free_id = id ? NULL : cr_edit_free_id(edit, left->id);
    char *link = link_behind(left->link, at);
    cr_text_set(&right->id, id ? id : free_id);
    cr_text_set(&right->link, link);
    cr_free(free_id);
    cr_free(link);
    right->range = (cr_range){at, rest};
    left->range.duration = offset;
    if (cr_edit_has_time(edit, left)) {
        if (left->speed > 0)
            right->source_start += cr_scale(offset, left->speed, CR_ONE, CR_ROUND_NEAREST);
        else
            left->source_start += cr_scale(rest, -left->speed, CR_ONE, CR_ROUND_NEAREST);
    }
    left->fade_out = 0;
    right->fade_in = 0;
    cr_edit_shift_content(right, -offset);
    divide_words(left, right, offset);
    hand_over_transition(edit, spot, left->id, right->id);
    cr_draft_add_clip(edit->draft, spot, right);
    return CR_OK;
}

static bool is_good_id(const char *id)
{
    size_t length = strlen(id);
    for (const char *c = id; *c; c++)
        if ((unsigned char)*c < 0x20) return false;
    return length > 0 && length <= CR_ID_BYTES_MAX;
}

cr_status cr_edit_split(const cr_edit *edit)
{
    cr_spot spot;
    cr_ticks at = 0;
    const char *id = NULL;
    char **ids;
    int count;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_ticks(edit, "at", true, &at, NULL);
    if (status == CR_OK) status = cr_edit_text(edit, "new_id", false, &id);
    if (status == CR_OK && id && !is_good_id(id))
        status = cr_edit_fail(edit, CR_INVALID, "new_id", "must be a text of 1 to %d bytes",
                              CR_ID_BYTES_MAX);
    if (status == CR_OK) status = cr_edit_company(edit, spot, false, &ids, &count);
    if (status != CR_OK) return status;
    for (int i = 0; i < count && status == CR_OK; i++) {
        if (!cr_draft_find_clip(edit->draft, ids[i], &spot)) continue;
        cr_range range = cr_draft_clip_at(edit->draft, spot)->range;
        // A partner that is not there at this time is left whole.
        if (i > 0 && (at <= range.start || at >= cr_range_end(range))) continue;
        status = cr_edit_cut(edit, spot, at, i == 0 ? id : NULL);
    }
    cr_edit_company_free(ids, count);
    return status;
}

// --- links and groups

static char **link_of(cr_clip *clip)
{
    return &clip->link;
}

static char **group_of(cr_clip *clip)
{
    return &clip->group;
}

// Gives every clip of "clips" the name [name].
static cr_status name_all(const cr_edit *edit, char **(*field)(cr_clip *clip), const char *name)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(edit->json, "clips");
    cr_json_place place = {edit->place, "clips", 0};
    if (!cJSON_IsArray(list) || !list->child)
        return cr_json_fail(edit->fault, CR_INVALID, &place, NULL, "must be a list of clips' ids");
    size_t index = 0;
    for (const cJSON *item = list->child; item; item = item->next, index++) {
        cr_json_place below = {&place, NULL, index};
        cr_spot spot;
        if (!cJSON_IsString(item) || !cr_draft_find_clip(edit->draft, item->valuestring, &spot))
            return cr_json_fail(edit->fault, CR_NOTFOUND, &below, NULL, "there is no clip \"%s\"",
                                cJSON_IsString(item) ? item->valuestring : "");
        cr_status status = cr_edit_unlocked(edit, "clips", spot);
        if (status != CR_OK) return status;
        cr_text_set(field(cr_draft_write_clip(edit->draft, spot)), name);
    }
    return CR_OK;
}

// "link" or "group" of the edit, else the name of the first clip.
static cr_status name_or_first(const cr_edit *edit, const char *key, char **(*field)(cr_clip *clip))
{
    const char *name = NULL;
    cr_status status = cr_edit_text(edit, key, false, &name);
    if (status != CR_OK) return status;
    if (name && !is_good_id(name))
        return cr_edit_fail(edit, CR_INVALID, key, "must be a text of 1 to %d bytes",
                            CR_ID_BYTES_MAX);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(edit->json, "clips");
    if (!name && cJSON_IsArray(list) && cJSON_IsString(list->child))
        name = list->child->valuestring;
    return name_all(edit, field, name ? name : "");
}

cr_status cr_edit_link(const cr_edit *edit)
{
    return name_or_first(edit, "link", link_of);
}

cr_status cr_edit_unlink(const cr_edit *edit)
{
    return name_all(edit, link_of, "");
}

cr_status cr_edit_group(const cr_edit *edit)
{
    return name_or_first(edit, "group", group_of);
}

cr_status cr_edit_ungroup(const cr_edit *edit)
{
    return name_all(edit, group_of, "");
}
