#include "film.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "project/edit.h"
#include "project/project_json.h"

char *film_quoted(const char *text)
{
    char *copy = cr_strdup(text);
    for (char *c = copy; *c; c++)
        if (*c == '\'') *c = '"';
    return copy;
}

cr_project *film_read(const char *text)
{
    char *json = film_quoted(text);
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, json, strlen(json), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(json);
    return project;
}

cr_project *film_with(const char *video, const char *transitions, const char *audio,
                      const char *text)
{
    char *json = cr_format(
        "{'version':1,'assets':[{'id':'m','uri':'m.mp4','duration':100000},"
        "{'id':'s','uri':'s.png','duration':0}],'sequences':[{'id':'film','tracks':["
        "{'id':'v','kind':'video','clips':[%s],'transitions':[%s]},"
        "{'id':'a','kind':'audio','clips':[%s]},{'id':'x','kind':'text','clips':[%s]}]}]}",
        video, transitions, audio, text);
    cr_project *project = film_read(json);
    cr_free(json);
    return project;
}

static cJSON *read_edit(const char *edit)
{
    char *text = film_quoted(edit);
    cJSON *json = NULL;
    cr_fault fault = {0};
    if (cr_json_parse(&json, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s: %s", edit, fault.where, fault.text);
    cr_free(text);
    return json;
}

void film_edit(cr_project **project, const char *edit)
{
    cJSON *json = read_edit(edit), *inverse = NULL;
    cr_project *after = NULL, *undone = NULL;
    cr_fault fault = {0};
    char *before = cr_project_print(*project);
    if (cr_edit_apply(*project, json, &after, &inverse, &fault) != CR_OK)
        fail_msg("%s: %s: %s", edit, fault.where, fault.text);
    if (cr_edit_apply(after, inverse, &undone, NULL, &fault) != CR_OK)
        fail_msg("inverse of %s: %s: %s", edit, fault.where, fault.text);
    char *back = cr_project_print(undone);
    assert_string_equal(back, before);
    cr_free(back);
    cr_free(before);
    cJSON_Delete(json);
    cJSON_Delete(inverse);
    cr_project_drop(&undone);
    cr_project_drop(project);
    *project = after;
}

void film_refuses(const cr_project *project, const char *edit, cr_status status, const char *where,
                  const char *words)
{
    cJSON *json = read_edit(edit), *inverse = NULL;
    cr_project *after = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_edit_apply(project, json, &after, &inverse, &fault), status);
    assert_null(after);
    assert_null(inverse);
    assert_string_equal(fault.where, where);
    if (!strstr(fault.text, words)) fail_msg("\"%s\" does not say \"%s\"", fault.text, words);
    cJSON_Delete(json);
}

const cr_track *film_track(const cr_project *project, const char *id)
{
    for (int i = 0; i < project->sequence_count; i++)
        for (int j = 0; j < project->sequences[i]->track_count; j++)
            if (strcmp(project->sequences[i]->tracks[j]->id, id) == 0)
                return project->sequences[i]->tracks[j];
    fail_msg("no track %s", id);
    return NULL;
}

const cr_clip *film_clip(const cr_project *project, const char *id)
{
    for (int i = 0; i < project->sequence_count; i++)
        for (int j = 0; j < project->sequences[i]->track_count; j++) {
            const cr_track *track = project->sequences[i]->tracks[j];
            for (int k = 0; k < track->clip_count; k++)
                if (strcmp(track->clips[k]->id, id) == 0) return track->clips[k];
        }
    fail_msg("no clip %s", id);
    return NULL;
}

void film_expect(const cr_project *project, const char *track, const char *expected)
{
    const cr_track *found = film_track(project, track);
    cr_str out = {0};
    for (int i = 0; i < found->clip_count; i++) {
        const cr_clip *clip = found->clips[i];
        cr_str_addf(&out, "%s%s %lld+%lld@%lld", i ? " | " : "", clip->id,
                    (long long)clip->range.start, (long long)clip->range.duration,
                    (long long)clip->source_start);
    }
    assert_string_equal(cr_str_text(&out), expected);
    cr_str_free(&out);
}

void film_expect_transitions(const cr_project *project, const char *track, const char *expected)
{
    const cr_track *found = film_track(project, track);
    cr_str out = {0};
    for (int i = 0; i < found->transition_count; i++) {
        const cr_transition *transition = found->transitions[i];
        cr_str_addf(&out, "%s%s %s>%s %lld+%lld", i ? " | " : "", transition->id, transition->from,
                    transition->to, (long long)transition->range.start,
                    (long long)transition->range.duration);
    }
    assert_string_equal(cr_str_text(&out), expected);
    cr_str_free(&out);
}
