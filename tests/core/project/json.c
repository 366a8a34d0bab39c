#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "film.h"
#include "project/edit.h"
#include "project/project_json.h"

static void assert_prints(const cr_project *project, const char *expected)
{
    char *text = cr_project_print(project);
    assert_string_equal(text, expected);
    cr_free(text);
}

static void assert_stable(const cr_project *project)
{
    char *text = cr_project_print(project);
    cr_project *again = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&again, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    assert_prints(again, text);
    cr_free(text);
    cr_project_drop(&again);
}

static void the_smallest_project_prints_only_what_it_says(void **state)
{
    (void)state;
    cr_project *project = film_read("{'version':1,'sequences':[{'id':'film'}]}");
    assert_prints(project, "{\n  \"version\": 1,\n  \"title\": \"\",\n  \"settings\": {\n    "
                           "\"width\": 1920,\n    \"height\": 1080,\n    \"frame_rate\": 30\n  },\n"
                           "  \"assets\": [],\n  \"sequences\": [\n    {\n      \"id\": \"film\",\n"
                           "      \"tracks\": []\n    }\n  ]\n}\n");
    assert_int_equal(project->settings.loudness_lufs, -14 * CR_ONE);
    assert_int_equal(project->settings.color.matrix, CR_MATRIX_BT709);
    assert_int_equal(project->caption_style->vertical, 1);
    cr_project_drop(&project);
}

static void lists_may_stand_in_any_order(void **state)
{
    (void)state;
    cr_project *project = film_with("{'id':'b','kind':'solid','start':50,'duration':50},"
                                    "{'id':'a','kind':'solid','start':0,'duration':50}",
                                    "", "", "");
    film_expect(project, "v", "a 0+50@0 | b 50+50@0");
    assert_stable(project);
    cr_project_drop(&project);
}

static void numbers_are_exact_to_six_places(void **state)
{
    (void)state;
    cr_project *project = film_with("{'id':'c','kind':'solid','start':9007199254740990,"
                                    "'duration':1,'x':0.1,'y':-0.000001,'rotation':123.456789,"
                                    "'opacity':0.33333333333}",
                                    "", "", "");
    const cr_clip *clip = film_clip(project, "c");
    assert_true(clip->range.start == INT64_C(9007199254740990));
    assert_int_equal(clip->params[CR_CLIP_X].value, 100000);
    assert_int_equal(clip->params[CR_CLIP_Y].value, -1);
    assert_int_equal(clip->params[CR_CLIP_ROTATION].value, 123456789);
    assert_int_equal(clip->params[CR_CLIP_OPACITY].value, 333333);
    char *text = cr_project_print(project);
    assert_non_null(strstr(text, "\"start\": 9007199254740990,"));
    assert_non_null(strstr(text, "\"x\": 0.1,"));
    assert_non_null(strstr(text, "\"y\": -0.000001,"));
    assert_non_null(strstr(text, "\"rotation\": 123.456789,"));
    cr_free(text);
    assert_stable(project);
    cr_project_drop(&project);
}

static void what_is_not_known_is_kept_at_every_level(void **state)
{
    (void)state;
    cr_project *project = film_read(
        "{'version':1,'k0':[1,{'b':null}],'settings':{'k1':1.5},'caption_style':{'k2':true},"
        "'assets':[{'id':'m','uri':'m','k3':'x'}],'sequences':[{'id':'film','k4':{},"
        "'markers':[{'id':'m','start':0,'k5':5}],'tracks':["
        "{'id':'v','kind':'video','k6':6,'clips':[{'id':'c','kind':'solid','start':0,"
        "'duration':9,'k7':7,'effects':[{'id':'e','kind':'blur','k8':8,'params':{'k9':9,'sigma':"
        "[{'at':0,'value':1,'k10':10}]}}]}],'transitions':[{'id':'t','kind':'wipe','from':'c',"
        "'start':8,'duration':1,'k11':11,'params':{'k12':12}}]},"
        "{'id':'a','kind':'audio','duck':{'under':'voice','k13':13}},"
        "{'id':'x','kind':'text','style':{'k14':14},'clips':[{'id':'k','kind':'caption','start':0,"
        "'duration':5,'style':{'k15':15},'words':[{'text':'w','start':0,'duration':1,'k16':16}]}]}"
        "]}]}");
    char *text = cr_project_print(project);
    for (int i = 0; i <= 16; i++) {
        char key[16];
        snprintf(key, sizeof key, "\"k%d\": ", i);
        if (!strstr(text, key)) fail_msg("%s is lost", key);
    }
    cr_free(text);
    assert_stable(project);
    // They survive an edit beside them, and the snapshot's copies.
    film_edit(&project, "{'op':'trim','clip':'k','edge':'end','by':5}");
    film_edit(&project, "{'op':'set','clip':'c','values':{'a_first':1,'z_last':2}}");
    assert_stable(project);
    cr_project_drop(&project);
}

#define CLIPS(list)                                                                                \
    "{'version':1,'assets':[{'id':'m','uri':'m'}],'sequences':[{'id':'f','tracks':[{'id':'v',"     \
    "'kind':'video','clips':[" list "]}]}]}"
#define CLIP(more) CLIPS("{'id':'c','kind':'solid','start':0,'duration':10" more "}")
#define JOIN(transition)                                                                           \
    "{'version':1,'sequences':[{'id':'f','tracks':[{'id':'v','kind':'video','clips':["             \
    "{'id':'a','kind':'solid','start':0,'duration':10},"                                           \
    "{'id':'b','kind':'solid','start':10,'duration':10},"                                          \
    "{'id':'c','kind':'solid','start':30,'duration':10}],'transitions':[" transition "]}]}]}"

static const struct {
    const char *text, *where, *says;
    cr_status status; // CR_INVALID when left out
} refused[] = {
    {"", "line 1, column 1", "empty", 0},
    {"{'version':1,}", "line 1, column 15", "not JSON", 0},
    {"[]", "", "a project is a JSON object", 0},
    {"{}", "/version", "is missing", 0},
    {"{'version':99}", "/version", "update it", CR_UNSUPPORTED},
    {"{'version':'1'}", "/version", "whole number", 0},
    {"{'version':-1}", "/version", "from 0", 0},
    {"{'version':1}", "/sequences", "is missing: a project must have it", 0},
    {"{'version':1,'sequences':[]}", "/sequences", "at least one sequence", 0},
    {"{'version':1,'sequences':{}}", "/sequences", "a list of sequences", 0},
    {"{'version':1,'sequences':[5]}", "/sequences/0", "must be an object, not a number", 0},
    {"{'version':1,'sequences':[{}]}", "/sequences/0/id", "is missing: a sequence must have it", 0},
    {"{'version':1,'sequences':[{'id':''}]}", "/sequences/0/id", "cannot be empty", 0},
    {"{'version':1,'sequences':[{'id':'f'},{'id':'f'}]}", "/sequences/1/id", "two sequences", 0},
    {"{'version':1,'title':null,'sequences':[{'id':'f'}]}", "/title", "a text, not null", 0},
    {"{'version':1,'settings':{'width':0},'sequences':[{'id':'f'}]}", "/settings/width",
     "from 16 to 16384, not 0", 0},
    {"{'version':1,'settings':{'frame_rate':'abc'},'sequences':[{'id':'f'}]}",
     "/settings/frame_rate", "30000/1001", 0},
    {"{'version':1,'settings':{'frame_rate':'30/0'},'sequences':[{'id':'f'}]}",
     "/settings/frame_rate", "must be a frame rate", 0},
    {"{'version':1,'settings':{'background':'red'},'sequences':[{'id':'f'}]}",
     "/settings/background", "#ff8800", 0},
    {"{'version':1,'settings':{'matrix':'rgb'},'sequences':[{'id':'f'}]}", "/settings/matrix",
     "one of bt709, bt601, bt2020, not \"rgb\"", 0},
    {"{'version':1,'assets':[{'id':'a','uri':'x'},{'id':'a','uri':'y'}],'sequences':[{'id':'f'}]}",
     "/assets/1/id", "two assets have the id \"a\"", 0},
    {"{'version':1,'assets':[{'id':'a'}],'sequences':[{'id':'f'}]}", "/assets/0/uri", "is missing",
     0},
    {"{'version':1,'assets':[{'id':'a','uri':'x','hash':'12'}],'sequences':[{'id':'f'}]}",
     "/assets/0/hash", "SHA-256", 0},
    {"{'version':1,'sequences':[{'id':'f','tracks':[{'id':'v'}]}]}", "/sequences/0/tracks/0/kind",
     "is missing", 0},
    {"{'version':1,'sequences':[{'id':'f','tracks':[{'id':'v','kind':'smell'}]}]}",
     "/sequences/0/tracks/0/kind", "one of video, audio, text", 0},
    {"{'version':1,'sequences':[{'id':'f','tracks':[{'id':'v','kind':'text'},{'id':'v','kind':"
     "'text'}]}]}",
     "/sequences/0/tracks/1/id", "two tracks", 0},
    {CLIP(",'duration':5"), "/sequences/0/tracks/0/clips/0/duration", "twice", 0},
    {CLIPS("{'id':'c','kind':'media','start':0,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/asset", "must name its asset", 0},
    {CLIPS("{'id':'c','kind':'media','asset':'q','start':0,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/asset", "there is no asset \"q\"", 0},
    {CLIPS("{'id':'c','kind':'sequence','sequence':'q','start':0,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/sequence", "there is no sequence \"q\"", 0},
    {CLIPS("{'id':'c','kind':'sequence','sequence':'f','start':0,'duration':10}"), "/sequences/0",
     "contains itself", 0},
    {CLIP(",'asset':'m'"), "/sequences/0/tracks/0/clips/0/asset", "only a clip of the kind", 0},
    {CLIPS("{'id':'c','kind':'caption','start':0,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/kind", "cannot hold", 0},
    {CLIPS("{'id':'c','kind':'solid','start':-1,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/start", "from 0 to", 0},
    {CLIPS("{'id':'c','kind':'solid','start':0.5,'duration':10}"),
     "/sequences/0/tracks/0/clips/0/start", "whole number, not 0.5", 0},
    {CLIPS("{'id':'c','kind':'solid','start':0,'duration':0}"),
     "/sequences/0/tracks/0/clips/0/duration", "from 1 to", 0},
    {CLIPS("{'id':'c','kind':'solid','start':9007199254740991,'duration':1}"),
     "/sequences/0/tracks/0/clips/0/duration", "largest time", 0},
    {CLIPS("{'id':'c','kind':'solid','start':5,'duration':10},"
           "{'id':'d','kind':'solid','start':0,'duration':6}"),
     "/sequences/0/tracks/0/clips/0", "clip \"c\" begins before clip \"d\" ends", 0},
    {CLIPS("{'id':'c','kind':'solid','start':0,'duration':10},"
           "{'id':'c','kind':'solid','start':20,'duration':6}"),
     "/sequences/0/tracks/0/clips/1/id", "two clips have the id \"c\"", 0},
    {CLIP(",'speed':101"), "/sequences/0/tracks/0/clips/0/speed", "from -100 to 100, not 101", 0},
    {CLIP(",'opacity':1.5"), "/sequences/0/tracks/0/clips/0/opacity", "from 0 to 1, not 1.5", 0},
    {CLIP(",'opacity':'1'"), "/sequences/0/tracks/0/clips/0/opacity", "a number, not a text", 0},
    {CLIP(",'crop_left':-0.1"), "/sequences/0/tracks/0/clips/0/crop_left", "from 0 to 1", 0},
    {CLIP(",'blend':'glow'"), "/sequences/0/tracks/0/clips/0/blend", "blend mode", 0},
    {CLIP(",'x':[]"), "/sequences/0/tracks/0/clips/0/x", "cannot be empty", 0},
    {CLIP(",'x':[{'at':5,'value':0},{'at':5,'value':1}]"), "/sequences/0/tracks/0/clips/0/x/1/at",
     "must rise", 0},
    {CLIP(",'x':[{'at':5}]"), "/sequences/0/tracks/0/clips/0/x/0/value", "is missing", 0},
    {CLIP(",'opacity':[{'at':5,'value':2}]"), "/sequences/0/tracks/0/clips/0/opacity/0/value",
     "from 0 to 1", 0},
    {CLIP(",'x':[{'at':5,'value':0,'easing':'bezier'}]"),
     "/sequences/0/tracks/0/clips/0/x/0/easing", "a curve goes with", 0},
    {CLIP(",'x':[{'at':5,'value':0,'easing':'bezier','curve':[0,0,2,1]}]"),
     "/sequences/0/tracks/0/clips/0/x/0/curve/2", "from 0 to 1", 0},
    {CLIP(",'effects':[{'id':'e','kind':'glitter'}]"),
     "/sequences/0/tracks/0/clips/0/effects/0/kind", "there is no effect \"glitter\"; there are",
     0},
    {CLIP(",'effects':[{'id':'e','kind':'blur'},{'id':'e','kind':'blur'}]"),
     "/sequences/0/tracks/0/clips/0/effects/1/id", "two effects", 0},
    {CLIP(",'effects':[{'id':'e','kind':'blur','params':{'sigma':-1}}]"),
     "/sequences/0/tracks/0/clips/0/effects/0/params/sigma", "from 0 to", 0},
    {CLIP(",'effects':[{'id':'e','kind':'drop-shadow','params':{'color':[{'at':0,'value':'#fff'}]}"
          "}]"),
     "/sequences/0/tracks/0/clips/0/effects/0/params/color", "cannot have keyframes", 0},
    {CLIP(",'speech':[[5,5],[9,3]]"), "/sequences/0/tracks/0/clips/0/speech/1", "in front of it",
     0},
    {CLIP(",'words':[{'text':'a','start':5,'duration':1},{'text':'b','start':4,'duration':1}]"),
     "/sequences/0/tracks/0/clips/0/words/1/start", "order in which they are said", 0},
    {JOIN("{'id':'t','kind':'melt','from':'a','to':'b','start':8,'duration':4}"),
     "/sequences/0/tracks/0/transitions/0/kind", "there is no transition \"melt\"", 0},
    {JOIN("{'id':'t','kind':'push','from':'b','to':'c','start':18,'duration':4}"),
     "/sequences/0/tracks/0/transitions/0/to", "there is no clip \"c\" where", 0},
    {JOIN("{'id':'t','kind':'push','from':'b','to':'c','start':18,'duration':14}"),
     "/sequences/0/tracks/0/transitions/0", "do not touch", 0},
    {JOIN("{'id':'t','kind':'push','from':'a','to':'b','start':2,'duration':4}"),
     "/sequences/0/tracks/0/transitions/0/to", "there is no clip \"b\" where", 0},
    {JOIN("{'id':'t','kind':'push','from':'a','to':'b','start':0,'duration':30}"),
     "/sequences/0/tracks/0/transitions/0/duration", "longer than the clips", 0},
    {JOIN("{'id':'t','kind':'push','start':8,'duration':4}"), "/sequences/0/tracks/0/transitions/0",
     "must name the clip", 0},
    {JOIN("{'id':'t','kind':'push','from':'a','to':'b','start':8,'duration':4},"
          "{'id':'u','kind':'push','from':'b','start':11,'duration':9}"),
     "/sequences/0/tracks/0/transitions/1/start", "begins before transition \"t\" ends", 0},
    {JOIN("{'id':'t','kind':'push','from':'a','to':'b','start':8,'duration':4,'easing':'bezier'}"),
     "/sequences/0/tracks/0/transitions/0/easing", "curve of its own", 0},
    {JOIN("{'id':'t','kind':'dip-to-color','from':'a','to':'b','start':8,'duration':4,'params':"
          "{'color':5}}"),
     "/sequences/0/tracks/0/transitions/0/params/color", "must be a colour", 0},
};

static void mistakes_are_refused_where_they_stand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char *text = film_quoted(refused[i].text);
        cr_project *project = NULL;
        cr_fault fault = {0};
        cr_status expected = refused[i].status ? refused[i].status : CR_INVALID;
        cr_status status = cr_project_parse(&project, text, strlen(text), &fault);
        if (status != expected || strcmp(fault.where, refused[i].where) != 0 ||
            !strstr(fault.text, refused[i].says))
            fail_msg("%s\n%s: %s: %s", text, cr_status_name(status), fault.where, fault.text);
        assert_null(project);
        cr_free(text);
    }
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    for (int depth = CR_NESTING_MAX; depth <= CR_NESTING_MAX + 1; depth++) {
        cr_str out = {0};
        cr_str_add(&out, "{\"version\":1,\"sequences\":[");
        for (int i = 0; i < depth; i++) {
            cr_str_addf(&out, "%s{\"id\":\"s%d\",\"tracks\":[{\"id\":\"t%d\",\"kind\":\"video\"",
                        i ? "," : "", i, i);
            if (i + 1 < depth)
                cr_str_addf(&out,
                            ",\"clips\":[{\"id\":\"c%d\",\"kind\":\"sequence\",\"sequence\":\"s%d\""
                            ",\"start\":0,\"duration\":5}]",
                            i, i + 1);
            cr_str_add(&out, "}]}");
        }
        cr_str_add(&out, "]}");
        cr_project *project = NULL;
        cr_fault fault = {0};
        cr_status status = cr_project_parse(&project, out.data, out.length, &fault);
        assert_int_equal(status, depth > CR_NESTING_MAX ? CR_INVALID : CR_OK);
        cr_project_drop(&project);
        cr_str_free(&out);
    }
}

static void version_0_is_brought_up_to_date(void **state)
{
    (void)state;
    cr_project *project = film_read(
        "{'version':0,'title':'Old','assets':[{'id':'a','uri':'a.mp4'}],'tracks':[{'id':'v',"
        "'kind':'video','clips':[{'id':'c','kind':'media','asset':'a','start':0.5,'duration':2,"
        "'fade_in':0.25},{'id':'d','kind':'solid','start':2.5,'duration':1}],'transitions':["
        "{'id':'t','kind':'push','from':'c','to':'d','start':2.25,'duration':0.5}]}]}");
    assert_string_equal(cr_project_film(project)->id, "film");
    const cr_clip *clip = film_clip(project, "c");
    assert_int_equal(clip->range.start, CR_TICKS_PER_SECOND / 2);
    assert_int_equal(clip->range.duration, 2 * CR_TICKS_PER_SECOND);
    assert_int_equal(clip->fade_in, CR_TICKS_PER_SECOND / 4);
    char *text = cr_project_print(project);
    assert_non_null(strstr(text, "\"version\": 1,"));
    cr_free(text);
    assert_stable(project);
    cr_project_drop(&project);
    char *bad = film_quoted("{'version':0,'tracks':[{'clips':[{'start':'x'}]}]}");
    cr_fault fault = {0};
    assert_int_equal(cr_project_parse(&project, bad, strlen(bad), &fault), CR_INVALID);
    assert_string_equal(fault.where, "/tracks/0/clips/0/start");
    cr_free(bad);
}

// The text between ```json and ``` of a page.
static char *example_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s cannot be opened", path);
    cr_str page = {0};
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
        cr_str_add_bytes(&page, buffer, got);
    fclose(file);
    const char *begin = strstr(page.data, "```json\n");
    assert_non_null(begin);
    begin += strlen("```json\n");
    const char *end = strstr(begin, "```");
    assert_non_null(end);
    char *example = cr_strndup(begin, (size_t)(end - begin));
    cr_str_free(&page);
    return example;
}

static void the_examples_of_the_documentation_work(void **state)
{
    (void)state;
    char *text = example_of(DOCS "/project-format.md");
    cr_project *project = NULL, *after = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    assert_string_equal(project->title, "Bees");
    assert_stable(project);
    // Nothing in it is a slip of the pen that was kept as unknown.
    assert_null(project->extra);
    for (int i = 0; i < cr_project_film(project)->track_count; i++) {
        const cr_track *track = cr_project_film(project)->tracks[i];
        assert_null(track->extra);
        for (int j = 0; j < track->clip_count; j++)
            assert_null(track->clips[j]->extra);
    }
    char *edit_text = example_of(DOCS "/edits.md");
    cJSON *edit = NULL;
    assert_int_equal(cr_json_parse(&edit, edit_text, strlen(edit_text), &fault), CR_OK);
    if (cr_edit_apply(project, edit, &after, NULL, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cJSON_Delete(edit);
    cr_free(text);
    cr_free(edit_text);
    cr_project_drop(&project);
    cr_project_drop(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_project_prints_only_what_it_says),
        cmocka_unit_test(lists_may_stand_in_any_order),
        cmocka_unit_test(numbers_are_exact_to_six_places),
        cmocka_unit_test(what_is_not_known_is_kept_at_every_level),
        cmocka_unit_test(mistakes_are_refused_where_they_stand),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(version_0_is_brought_up_to_date),
        cmocka_unit_test(the_examples_of_the_documentation_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
