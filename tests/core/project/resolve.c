#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "film.h"
#include "project/resolve.h"

static cr_layers layers;

static void resolve(const cr_project *project, cr_ticks at)
{
    cr_resolve(project, cr_project_film(project), at, &layers);
}

static int free_layers(void **state)
{
    (void)state;
    cr_layers_free(&layers);
    return 0;
}

static void assert_ids(const char *expected)
{
    char found[256] = "";
    for (int i = 0; i < layers.layer_count; i++) {
        strncat(found, i ? " " : "", sizeof found - strlen(found) - 1);
        strncat(found, layers.layers[i].clip->id, sizeof found - strlen(found) - 1);
    }
    assert_string_equal(found, expected);
}

static void tracks_stack_with_text_on_top(void **state)
{
    (void)state;
    cr_project *film = film_read(
        "{'version':1,'sequences':[{'id':'f','tracks':["
        "{'id':'x','kind':'text','clips':[{'id':'k','kind':'title','start':0,'duration':10}]},"
        "{'id':'v','kind':'video','clips':[{'id':'c','kind':'solid','start':0,'duration':10},"
        "{'id':'d','kind':'solid','start':10,'duration':10}]},"
        "{'id':'h','kind':'video','hidden':true,'clips':[{'id':'e','kind':'solid','start':0,"
        "'duration':10}]},"
        "{'id':'w','kind':'video','clips':[{'id':'g','kind':'solid','start':0,'duration':5},"
        "{'id':'o','kind':'solid','off':true,'start':5,'duration':5}]}]}]}");
    resolve(film, 0);
    assert_ids("c g k");
    assert_int_equal(layers.item_count, 3);
    resolve(film, 5);
    assert_ids("c k");
    resolve(film, 9);
    assert_ids("c k");
    resolve(film, 10);
    assert_ids("d");
    assert_int_equal(layers.layers[0].clip_time, 0);
    resolve(film, 20);
    assert_ids("");
    resolve(film, -1);
    assert_ids("");
    cr_project_drop(&film);
}

static void the_source_follows_speed_and_holds_at_its_ends(void **state)
{
    (void)state;
    cr_project *film = film_with(
        "{'id':'a','kind':'media','asset':'m','start':0,'duration':100,'source_start':500},"
        "{'id':'b','kind':'media','asset':'m','start':100,'duration':100,'source_start':500,"
        "'speed':2},"
        "{'id':'c','kind':'media','asset':'m','start':200,'duration':100,'source_start':500,"
        "'speed':-1},"
        "{'id':'d','kind':'media','asset':'m','start':300,'duration':100,'source_start':500,"
        "'speed':0},"
        "{'id':'e','kind':'media','asset':'m','start':400,'duration':100,'source_start':99950},"
        "{'id':'s','kind':'media','asset':'s','start':500,'duration':100}",
        "", "", "");
    static const struct {
        cr_ticks at, source;
    } cases[] = {{0, 500},     {99, 599},    {100, 500}, {150, 600},   {200, 599},
                 {299, 500},   {300, 500},   {399, 500}, {400, 99950}, {449, 99999},
                 {450, 99999}, {499, 99999}, {500, 0},   {599, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        resolve(film, cases[i].at);
        assert_int_equal(layers.layer_count, 1);
        assert_int_equal(layers.layers[0].source_time, cases[i].source);
    }
    cr_project_drop(&film);
}

static void a_transition_shows_both_clips_beyond_their_cuts(void **state)
{
    (void)state;
    cr_project *film = film_with(
        "{'id':'a','kind':'media','asset':'m','start':0,'duration':100,'source_start':500},"
        "{'id':'b','kind':'media','asset':'m','start':100,'duration':100,'source_start':5},"
        "{'id':'c','kind':'solid','start':200,'duration':100}",
        "{'id':'t','kind':'cross-dissolve','from':'a','to':'b','start':90,'duration':20},"
        "{'id':'u','kind':'wipe','from':'c','start':280,'duration':30,'easing':'in'}",
        "", "");
    resolve(film, 89);
    assert_ids("a");
    assert_null(layers.items[0].transition);
    resolve(film, 90);
    assert_ids("a b");
    assert_int_equal(layers.item_count, 1);
    assert_int_equal(layers.items[0].progress, 0);
    assert_int_equal(layers.items[0].from, 0);
    assert_int_equal(layers.items[0].to, 1);
    assert_int_equal(layers.layers[1].clip_time, -10);
    // Five ticks of source are there before its first; then it holds.
    assert_int_equal(layers.layers[1].source_time, 0);
    resolve(film, 105);
    assert_ids("a b");
    assert_int_equal(layers.items[0].progress, 750000);
    assert_int_equal(layers.layers[0].source_time, 605);
    assert_int_equal(layers.layers[1].source_time, 10);
    resolve(film, 110);
    assert_ids("b");
    // At a gap there is only one of the two.
    resolve(film, 305);
    assert_ids("c");
    assert_int_equal(layers.items[0].from, 0);
    assert_int_equal(layers.items[0].to, -1);
    assert_in_range(layers.items[0].progress, 700000, 833332);
    resolve(film, 310);
    assert_ids("");
    cr_project_drop(&film);
}

static void fades_go_into_the_opacity(void **state)
{
    (void)state;
    cr_project *film = film_with("{'id':'a','kind':'solid','start':0,'duration':100,'opacity':0.5,"
                                 "'fade_in':20,'fade_out':40,'fade_out_curve':'exponential'}",
                                 "", "", "");
    static const struct {
        cr_ticks at;
        cr_number opacity;
    } cases[] = {{0, 0}, {10, 250000}, {20, 500000}, {60, 500000}, {80, 125000}, {99, 313}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        resolve(film, cases[i].at);
        assert_int_equal(layers.layers[0].params[CR_CLIP_OPACITY], cases[i].opacity);
    }
    cr_project_drop(&film);
}

static void effects_that_are_on_are_evaluated(void **state)
{
    (void)state;
    cr_project *film = film_with(
        "{'id':'a','kind':'solid','start':0,'duration':100,'effects':[{'id':'e','kind':'blur',"
        "'off':true},{'id':'f','kind':'blur','params':{'sigma':[{'at':0,'value':0},{'at':100,"
        "'value':10}]}},{'id':'g','kind':'drop-shadow','params':{'color':'#11223344'}}]}",
        "", "", "");
    resolve(film, 25);
    assert_int_equal(layers.layers[0].effect_count, 2);
    assert_int_equal(layers.layers[0].effects[0].params[0], 2500000);
    assert_string_equal(layers.layers[0].effects[1].entry->id, "drop-shadow");
    assert_int_equal(layers.layers[0].effects[1].params[3] / CR_ONE, 0x11223344);
    cr_project_drop(&film);
}

static void warm_layers_are_not_allocated_again(void **state)
{
    (void)state;
    cr_project *film = film_with("{'id':'a','kind':'solid','start':0,'duration':100}", "", "",
                                 "{'id':'k','kind':'title','start':0,'duration':100}");
    resolve(film, 0);
    const cr_layer *before = layers.layers;
    const cr_layer_item *items = layers.items;
    for (cr_ticks at = 0; at < 100; at++)
        resolve(film, at);
    assert_ptr_equal(layers.layers, before);
    assert_ptr_equal(layers.items, items);
    cr_project_drop(&film);
}

static void nested_sequences_are_layers_held_at_their_end(void **state)
{
    (void)state;
    cr_project *film =
        film_read("{'version':1,'sequences':[{'id':'f','tracks':[{'id':'v','kind':'video','clips':["
                  "{'id':'c','kind':'sequence','sequence':'n','start':0,'duration':100}]}]},"
                  "{'id':'n','tracks':[{'id':'w','kind':'video','clips':[{'id':'d','kind':'solid',"
                  "'start':10,'duration':40}]}]}]}");
    resolve(film, 20);
    assert_ids("c");
    assert_null(layers.layers[0].asset);
    assert_int_equal(layers.layers[0].source_time, 20);
    resolve(film, 99);
    assert_int_equal(layers.layers[0].source_time, 49);
    cr_project_drop(&film);
}

static const char sound_film[] =
    "{'version':1,'assets':[{'id':'m','uri':'m','duration':1000}],'sequences':[{'id':'f',"
    "'tracks':["
    "{'id':'v','kind':'video','clips':[{'id':'p','kind':'media','asset':'m','start':0,"
    "'duration':100}]},"
    "{'id':'a','kind':'audio','role':'voice','clips':["
    "{'id':'s1','kind':'media','asset':'m','start':0,'duration':50,'source_start':100,"
    "'speech':[[90,20],[120,10],[145,50]]},"
    "{'id':'s2','kind':'media','asset':'m','start':50,'duration':50,'off':true},"
    "{'id':'s3','kind':'media','asset':'m','start':100,'duration':50,'source_start':100,"
    "'speed':-2,'speech':[[100,20]]}]},"
    "{'id':'b','kind':'audio','role':'music','clips':[{'id':'u','kind':'sequence','sequence':'n',"
    "'start':20,'duration':100}]},"
    "{'id':'q','kind':'audio','role':'voice','muted':true,'clips':[{'id':'z','kind':'media',"
    "'asset':'m','start':0,'duration':500}]}]},{'id':'n'}]}";

static void assert_heard(const cr_project *film, cr_ticks start, cr_ticks duration,
                         const char *expected)
{
    cr_audible *audible;
    int count =
        cr_resolve_sound(film, cr_project_film(film), (cr_range){start, duration}, &audible);
    char found[256] = "";
    for (int i = 0; i < count; i++) {
        strncat(found, i ? " " : "", sizeof found - strlen(found) - 1);
        strncat(found, audible[i].clip->id, sizeof found - strlen(found) - 1);
        assert_true((audible[i].asset != NULL) != (audible[i].sequence != NULL));
    }
    assert_string_equal(found, expected);
    cr_free(audible);
}

static void sound_is_what_audio_tracks_play(void **state)
{
    (void)state;
    cr_project *film = film_read(sound_film);
    assert_heard(film, 0, 20, "s1");
    assert_heard(film, 0, 21, "s1 u");
    assert_heard(film, 49, 1, "s1 u");
    assert_heard(film, 50, 50, "u");
    assert_heard(film, 0, 1000, "s1 s3 u");
    assert_heard(film, 150, 10, "");
    film_edit(&film, "{'op':'set','track':'b','values':{'solo':true}}");
    assert_heard(film, 0, 1000, "u");
    cr_project_drop(&film);
}

static void speech_is_merged_and_clipped_to_its_clips(void **state)
{
    (void)state;
    cr_project *film = film_read(sound_film);
    cr_range *ranges;
    int count = cr_resolve_speech(film, cr_project_film(film), "voice", &ranges);
    // 90–110 begins before the clip's source; 145–195 ends behind it; backwards at twice the speed,
    // 100–120 is what the clip ends with.
    static const cr_range expected[] = {{0, 10}, {20, 10}, {45, 5}, {140, 10}};
    assert_int_equal(count, 4);
    for (int i = 0; i < count; i++) {
        assert_int_equal(ranges[i].start, expected[i].start);
        assert_int_equal(ranges[i].duration, expected[i].duration);
    }
    cr_free(ranges);
    count = cr_resolve_speech(film, cr_project_film(film), "music", &ranges);
    assert_int_equal(count, 1);
    assert_int_equal(ranges[0].start, 20);
    assert_int_equal(ranges[0].duration, 100);
    cr_free(ranges);
    count = cr_resolve_speech(film, cr_project_film(film), "nobody", &ranges);
    assert_int_equal(count, 0);
    cr_free(ranges);
    cr_project_drop(&film);
}

static void styles_fall_back_to_the_track_and_the_project(void **state)
{
    (void)state;
    cr_project *film = film_read(
        "{'version':1,'caption_style':{'size':40},'title_style':{'size':50},'sequences':[{'id':'f',"
        "'tracks':[{'id':'x','kind':'text','clips':["
        "{'id':'a','kind':'title','start':0,'duration':1},"
        "{'id':'b','kind':'caption','start':1,'duration':1},"
        "{'id':'c','kind':'caption','start':2,'duration':1,'style':{'size':60}}]},"
        "{'id':'y','kind':'text','style':{'size':70},'clips':["
        "{'id':'d','kind':'title','start':0,'duration':1}]}]}]}");
    static const struct {
        const char *track, *clip;
        int size;
    } cases[] = {{"x", "a", 50}, {"x", "b", 40}, {"x", "c", 60}, {"y", "d", 70}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cr_text_style *style =
            cr_clip_style(film, film_track(film, cases[i].track), film_clip(film, cases[i].clip));
        assert_int_equal(style->size, cases[i].size * CR_ONE);
    }
    cr_project_drop(&film);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tracks_stack_with_text_on_top),
        cmocka_unit_test(the_source_follows_speed_and_holds_at_its_ends),
        cmocka_unit_test(a_transition_shows_both_clips_beyond_their_cuts),
        cmocka_unit_test(fades_go_into_the_opacity),
        cmocka_unit_test(effects_that_are_on_are_evaluated),
        cmocka_unit_test(warm_layers_are_not_allocated_again),
        cmocka_unit_test(nested_sequences_are_layers_held_at_their_end),
        cmocka_unit_test(sound_is_what_audio_tracks_play),
        cmocka_unit_test(speech_is_merged_and_clipped_to_its_clips),
        cmocka_unit_test(styles_fall_back_to_the_track_and_the_project),
    };
    return cmocka_run_group_tests(tests, NULL, free_layers);
}
