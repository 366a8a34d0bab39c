// What each edit does. That it undoes is checked every time, by film_edit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "film.h"
#include "project/edit.h"

#define MEDIA(id, start, duration, source, more)                                                   \
    "{'id':'" id "','kind':'media','asset':'m','start':" #start ",'duration':" #duration           \
    ",'source_start':" #source more "}"

// Three clips that touch, each from the middle of its source; sound linked to the first two.
static cr_project *three(void)
{
    return film_with(
        MEDIA("c1", 0, 100, 1000, ",'link':'l1'") "," MEDIA(
            "c2", 100, 100, 2000, ",'link':'l2'") "," MEDIA("c3", 200, 100, 3000, ""),
        "{'id':'t','kind':'cross-dissolve','from':'c1','to':'c2','start':90,"
        "'duration':20}",
        MEDIA("s1", 0, 100, 1000, ",'link':'l1'") "," MEDIA("s2", 100, 100, 2000, ",'link':'l2'"),
        "");
}

static void moving_takes_the_linked_sound_along(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'move','clip':'c2','start':400}");
    film_expect(film, "v", "c1 0+100@1000 | c3 200+100@3000 | c2 400+100@2000");
    film_expect(film, "a", "s1 0+100@1000 | s2 400+100@2000");
    // The cut that it covered is gone.
    film_expect_transitions(film, "v", "");
    film_edit(&film, "{'op':'move','clip':'c2','by':-50,'alone':true}");
    film_expect(film, "v", "c1 0+100@1000 | c3 200+100@3000 | c2 350+100@2000");
    film_expect(film, "a", "s1 0+100@1000 | s2 400+100@2000");
    cr_project_drop(&film);
}

static void moving_onto_another_clip_or_before_the_beginning_is_refused(void **state)
{
    (void)state;
    cr_project *film = three();
    film_refuses(film, "{'op':'move','clip':'c1','start':250}", CR_INVALID, "",
                 "clips of a track cannot overlap");
    film_refuses(film, "{'op':'move','clip':'c1','by':-1}", CR_INVALID, "",
                 "begin before the beginning");
    film_refuses(film, "{'op':'move','clip':'c9','by':1}", CR_NOTFOUND, "/clip",
                 "there is no clip \"c9\"");
    film_refuses(film, "{'op':'move','clip':'c1'}", CR_INVALID, "/start", "is missing");
    film_refuses(film, "{'op':'move','clip':'c1','by':1,'to':3}", CR_INVALID, "/to",
                 "does not understand");
    film_refuses(film, "{'op':'move','clip':'c3','track':'a','alone':true,'by':0.5}", CR_INVALID,
                 "/by", "whole number");
    film_refuses(film, "{'op':'fly'}", CR_INVALID, "/op", "there is no edit \"fly\"");
    film_refuses(film, "[]", CR_INVALID, "", "an edit is an object");
    cr_project_drop(&film);
}

static void a_transition_follows_its_clips_to_another_track(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'add-track','track':{'id':'w','kind':'video'}}");
    film_edit(&film, "{'op':'batch','edits':["
                     "{'op':'move','clip':'c1','track':'w','start':500,'alone':true},"
                     "{'op':'move','clip':'c2','track':'w','start':600,'alone':true}]}");
    film_expect_transitions(film, "v", "");
    film_expect_transitions(film, "w", "t c1>c2 590+20");
    cr_project_drop(&film);
}

static void groups_move_together(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'group','clips':['c2','c3']}");
    film_edit(&film, "{'op':'move','clip':'c3','by':50}");
    // c2's sound is not of the group, and c3 has no link.
    film_expect(film, "v", "c1 0+100@1000 | c2 150+100@2000 | c3 250+100@3000");
    film_edit(&film, "{'op':'ungroup','clips':['c2','c3']}");
    film_edit(&film, "{'op':'move','clip':'c3','by':50}");
    film_expect(film, "v", "c1 0+100@1000 | c2 150+100@2000 | c3 300+100@3000");
    cr_project_drop(&film);
}

static void trimming_keeps_what_is_seen_in_place(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'end','to':80}");
    film_expect(film, "v", "c1 0+80@1000 | c2 100+100@2000 | c3 200+100@3000");
    film_expect(film, "a", "s1 0+80@1000 | s2 100+100@2000");
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'start','by':30,'alone':true}");
    film_expect(film, "v", "c1 30+50@1030 | c2 100+100@2000 | c3 200+100@3000");
    film_refuses(film, "{'op':'trim','clip':'c1','edge':'start','by':50,'alone':true}", CR_INVALID,
                 "", "nothing would be left");
    film_refuses(film, "{'op':'trim','clip':'c1','edge':'middle','by':5}", CR_INVALID, "/edge",
                 "\"start\" or \"end\"");
    film_refuses(film, "{'op':'trim','clip':'c1','edge':'end','by':5,'to':3}", CR_INVALID, "/to",
                 "either");
    cr_project_drop(&film);
}

static void trimming_stops_where_the_source_begins(void **state)
{
    (void)state;
    cr_project *film = film_with(MEDIA("c1", 500, 100, 20, ""), "", "",
                                 "{'id':'k','kind':'title','start':500,'duration':10}");
    film_refuses(film, "{'op':'trim','clip':'c1','edge':'start','by':-21}", CR_INVALID, "",
                 "only 20 more ticks");
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'start','by':-20}");
    film_expect(film, "v", "c1 480+120@0");
    // A title has no source.
    film_edit(&film, "{'op':'trim','clip':'k','edge':'start','by':-400}");
    film_expect(film, "x", "k 100+410@0");
    cr_project_drop(&film);
}

static void a_reversed_clip_is_trimmed_at_the_other_end_of_its_source(void **state)
{
    (void)state;
    cr_project *film = film_with(MEDIA("c1", 0, 100, 1000, ",'speed':-2"), "", "", "");
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'end','by':-10}");
    film_expect(film, "v", "c1 0+90@1020");
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'start','by':10}");
    film_expect(film, "v", "c1 10+80@1020");
    cr_project_drop(&film);
}

static void keyframes_stay_with_the_content(void **state)
{
    (void)state;
    cr_project *film = film_with(
        MEDIA("c1", 0, 100, 0,
              ",'opacity':[{'at':0,'value':0},{'at':100,'value':1}],'effects':[{'id':'e','kind':"
              "'blur','params':{'sigma':[{'at':50,'value':1}]}}]"),
        "", "", "");
    cr_number before = cr_animated_at(&film_clip(film, "c1")->params[CR_CLIP_OPACITY], 40);
    film_edit(&film, "{'op':'trim','clip':'c1','edge':'start','by':30}");
    const cr_clip *clip = film_clip(film, "c1");
    assert_int_equal(cr_animated_at(&clip->params[CR_CLIP_OPACITY], 10), before);
    assert_int_equal(clip->effects[0].params[0].keyframes[0].at, 20);
    film_edit(&film, "{'op':'split','clip':'c1','at':60}");
    clip = film_clip(film, "c1.1");
    assert_int_equal(cr_animated_at(&clip->params[CR_CLIP_OPACITY], 10), 700000);
    cr_project_drop(&film);
}

static void ripple_trims_close_up(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'ripple-trim','clip':'c1','edge':'end','by':-40}");
    film_expect(film, "v", "c1 0+60@1000 | c2 60+100@2000 | c3 160+100@3000");
    film_expect(film, "a", "s1 0+60@1000 | s2 60+100@2000");
    film_expect_transitions(film, "v", "t c1>c2 50+20");
    film_edit(&film, "{'op':'ripple-trim','clip':'c2','edge':'start','by':-20}");
    film_expect(film, "v", "c1 0+60@1000 | c2 60+120@1980 | c3 180+100@3000");
    film_expect(film, "a", "s1 0+60@1000 | s2 60+120@1980");
    cr_project_drop(&film);
}

static void rolling_moves_the_cut_and_its_transition(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'roll','clip':'c1','edge':'end','by':30}");
    film_expect(film, "v", "c1 0+130@1000 | c2 130+70@2030 | c3 200+100@3000");
    film_expect(film, "a", "s1 0+130@1000 | s2 130+70@2030");
    film_expect_transitions(film, "v", "t c1>c2 120+20");
    film_edit(&film, "{'op':'roll','clip':'c3','edge':'start','to':190}");
    film_expect(film, "v", "c1 0+130@1000 | c2 130+60@2030 | c3 190+110@2990");
    film_refuses(film, "{'op':'roll','clip':'c3','edge':'end','by':1}", CR_INVALID, "/edge",
                 "no clip touches");
    cr_project_drop(&film);
}

static void slipping_shows_another_part(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'slip','clip':'c2','by':-500}");
    film_expect(film, "v", "c1 0+100@1000 | c2 100+100@1500 | c3 200+100@3000");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+100@1500");
    film_refuses(film, "{'op':'slip','clip':'c2','by':-5000}", CR_INVALID, "", "only 1500 more");
    cr_project_drop(&film);
}

static void sliding_moves_a_clip_between_its_neighbours(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'slide','clip':'c2','by':25,'alone':true}");
    film_expect(film, "v", "c1 0+125@1000 | c2 125+100@2000 | c3 225+75@3025");
    film_edit(&film, "{'op':'slide','clip':'c2','by':-50,'alone':true}");
    film_expect(film, "v", "c1 0+75@1000 | c2 75+100@2000 | c3 175+125@2975");
    cr_project_drop(&film);
}

static void splitting_cuts_the_company_and_keeps_it_together(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'split','clip':'c2','at':140,'new_id':'n'}");
    film_expect(film, "v", "c1 0+100@1000 | c2 100+40@2000 | n 140+60@2040 | c3 200+100@3000");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+40@2000 | s2.1 140+60@2040");
    assert_string_equal(film_clip(film, "n")->link, film_clip(film, "s2.1")->link);
    assert_string_not_equal(film_clip(film, "n")->link, "l2");
    film_refuses(film, "{'op':'split','clip':'c2','at':140}", CR_INVALID, "/at", "is not inside");
    film_refuses(film, "{'op':'split','clip':'c2','at':120,'new_id':'c3'}", CR_INVALID, "",
                 "there is a clip \"c3\" already");
    cr_project_drop(&film);
}

static void the_second_half_keeps_the_transition_behind_it(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'split','clip':'c1','at':50,'alone':true,'new_id':'n'}");
    film_expect_transitions(film, "v", "t n>c2 90+20");
    // A cut inside the transition leaves what fits.
    film_edit(&film, "{'op':'split','clip':'n','at':95,'alone':true,'new_id':'o'}");
    film_expect_transitions(film, "v", "t o>c2 95+15");
    cr_project_drop(&film);
}

static void a_split_caption_divides_its_words(void **state)
{
    (void)state;
    cr_project *film = film_with("", "", "",
                                 "{'id':'k','kind':'caption','start':0,'duration':100,'text':"
                                 "'Bees see\\nthe blue.','words':[{'text':'Bees','start':0,"
                                 "'duration':20},{'text':'see','start':25,'duration':20},{'text':"
                                 "'the','start':50,'duration':10},{'text':'blue.','start':60,"
                                 "'duration':40}]}");
    film_edit(&film, "{'op':'split','clip':'k','at':50}");
    const cr_clip *left = film_clip(film, "k"), *right = film_clip(film, "k.1");
    assert_string_equal(left->text, "Bees see");
    assert_string_equal(right->text, "the blue.");
    assert_int_equal(left->word_count, 2);
    assert_int_equal(right->word_count, 2);
    assert_int_equal(right->words[1].range.start, 10);
    cr_project_drop(&film);
}

static void speed_keeps_the_stretch_of_the_source(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'speed','clip':'c1','speed':2,'ripple':true}");
    film_expect(film, "v", "c1 0+50@1000 | c2 50+100@2000 | c3 150+100@3000");
    film_expect(film, "a", "s1 0+50@1000 | s2 50+100@2000");
    film_expect_transitions(film, "v", "t c1>c2 40+20");
    assert_int_equal(film_clip(film, "s1")->speed, 2 * CR_ONE);
    film_refuses(film, "{'op':'speed','clip':'c1','speed':0.5}", CR_INVALID, "", "cannot overlap");
    film_refuses(film, "{'op':'speed','clip':'c1','speed':101}", CR_INVALID, "/speed",
                 "from -100 to 100");
    cr_project_drop(&film);
}

static void inserting_makes_room(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'insert','track':'v','clip':{'id':'n','kind':'solid','start':150,"
                     "'duration':40}}");
    film_expect(film, "v",
                "c1 0+100@1000 | c2 100+50@2000 | n 150+40@0 | c2.1 190+50@2050 | c3 240+100@3000");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+100@2000");
    cr_project_drop(&film);
    film = three();
    film_edit(&film, "{'op':'add-marker','marker':{'id':'m','start':160}}");
    film_edit(&film, "{'op':'insert','all_tracks':true,'track':'v','clip':{'id':'n','kind':'solid',"
                     "'start':150,'duration':40}}");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+50@2000 | s2.1 190+50@2050");
    assert_string_equal(film_clip(film, "c2.1")->link, film_clip(film, "s2.1")->link);
    assert_int_equal(cr_project_film(film)->markers[0]->range.start, 200);
    cr_project_drop(&film);
}

static void overwriting_shortens_and_removes(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'overwrite','track':'v','clip':{'id':'n','kind':'solid','start':50,"
                     "'duration':200}}");
    film_expect(film, "v", "c1 0+50@1000 | n 50+200@0 | c3 250+50@3050");
    film_edit(&film, "{'op':'overwrite','track':'v','clip':{'id':'o','kind':'solid','start':100,"
                     "'duration':10}}");
    film_expect(film, "v",
                "c1 0+50@1000 | n 50+50@0 | o 100+10@0 | n.1 110+140@0 | c3 250+50@3050");
    cr_project_drop(&film);
}

static void extracting_inside_a_clip_keeps_the_transition_behind_it(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'extract','start':20,'duration':30}");
    film_expect(film, "v", "c1 0+20@1000 | c1.1 20+50@1050 | c2 70+100@2000 | c3 170+100@3000");
    film_expect_transitions(film, "v", "t c1.1>c2 60+20");
    cr_project_drop(&film);
}

static void lifting_leaves_a_gap_and_extracting_closes_it(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'lift','start':80,'duration':50}");
    film_expect(film, "v", "c1 0+80@1000 | c2 130+70@2030 | c3 200+100@3000");
    film_expect(film, "a", "s1 0+80@1000 | s2 130+70@2030");
    cr_project_drop(&film);
    film = three();
    film_edit(&film, "{'op':'extract','start':80,'duration':50,'tracks':['v']}");
    film_expect(film, "v", "c1 0+80@1000 | c2 80+70@2030 | c3 150+100@3000");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+100@2000");
    film_refuses(film, "{'op':'lift','start':0,'duration':0}", CR_INVALID, "/duration",
                 "at least 1");
    film_refuses(film, "{'op':'lift','start':0,'duration':5,'tracks':['q']}", CR_NOTFOUND,
                 "/tracks/0", "no track \"q\"");
    cr_project_drop(&film);
}

static void deleting_with_ripple_closes_up(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'ripple-delete','clip':'c1'}");
    film_expect(film, "v", "c2 0+100@2000 | c3 100+100@3000");
    film_expect(film, "a", "s2 0+100@2000");
    film_edit(&film, "{'op':'remove-clip','clip':'c2'}");
    film_expect(film, "v", "c3 100+100@3000");
    film_expect(film, "a", "");
    cr_project_drop(&film);
}

static void locked_tracks_are_left_alone(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'set','track':'a','values':{'locked':true}}");
    film_refuses(film, "{'op':'move','clip':'s1','by':500}", CR_DENIED, "/clip",
                 "track \"a\" is locked");
    film_refuses(film, "{'op':'move','clip':'c1','by':500}", CR_DENIED, "/clip", "is locked");
    film_edit(&film, "{'op':'move','clip':'c1','by':500,'alone':true}");
    film_edit(&film, "{'op':'lift','start':100,'duration':50}");
    film_expect(film, "a", "s1 0+100@1000 | s2 100+100@2000");
    film_edit(&film, "{'op':'set','track':'a','unset':['locked']}");
    assert_false(film_track(film, "a")->is_locked);
    cr_project_drop(&film);
}

static void setting_changes_any_field(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'set','clip':'c1','values':{'opacity':0.25,'fit':'cover','zzz':1},"
                     "'unset':['link']}");
    const cr_clip *clip = film_clip(film, "c1");
    assert_int_equal(clip->params[CR_CLIP_OPACITY].value, 250000);
    assert_int_equal(clip->fit, CR_FIT_COVER);
    assert_string_equal(clip->link, "");
    film_edit(&film, "{'op':'set','clip':'c1','unset':['zzz','opacity']}");
    assert_null(film_clip(film, "c1")->extra);
    film_refuses(film, "{'op':'set','clip':'c1','values':{'id':'q'}}", CR_INVALID, "/values/id",
                 "cannot be changed");
    film_refuses(film, "{'op':'set','clip':'c1','values':{'opacity':2}}", CR_INVALID,
                 "/values/opacity", "from 0 to 1, not 2");
    film_refuses(film, "{'op':'set','clip':'c1','values':{'asset':'q'}}", CR_INVALID, "",
                 "there is no asset \"q\"");
    film_refuses(film, "{'op':'set','clip':'c1','unset':['start']}", CR_INVALID, "/unset/0",
                 "must have");
    film_edit(&film, "{'op':'settings','values':{'width':1080,'frame_rate':25}}");
    assert_int_equal(film->settings.width, 1080);
    assert_int_equal(film->settings.height, 1080);
    film_edit(&film, "{'op':'set','values':{'title':'New'}}");
    assert_string_equal(film->title, "New");
    cr_project_drop(&film);
}

static void effects_and_keyframes_are_edited_in_place(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'add-effect','clip':'c1','effect':{'id':'e','kind':'blur'}}");
    film_edit(&film, "{'op':'add-effect','clip':'c1','index':0,'effect':{'id':'f','kind':"
                     "'vignette','params':{'amount':10,'size':20}}}");
    film_edit(&film,
              "{'op':'set-effect','clip':'c1','effect':'f','values':{'params':{'size':30}}}");
    const cr_clip *clip = film_clip(film, "c1");
    assert_string_equal(clip->effects[0].id, "f");
    assert_int_equal(clip->effects[0].params[0].value, 10 * CR_ONE);
    assert_int_equal(clip->effects[0].params[1].value, 30 * CR_ONE);
    film_edit(&film, "{'op':'move-effect','clip':'c1','effect':'f','index':1}");
    assert_string_equal(film_clip(film, "c1")->effects[0].id, "e");
    film_edit(&film, "{'op':'set-keyframe','clip':'c1','effect':'e','param':'sigma','keyframe':"
                     "{'at':10,'value':3}}");
    film_edit(&film, "{'op':'set-keyframe','clip':'c1','effect':'e','param':'sigma','keyframe':"
                     "{'at':0,'value':1}}");
    film_edit(&film, "{'op':'set-keyframe','clip':'c1','effect':'e','param':'sigma','keyframe':"
                     "{'at':10,'value':5}}");
    const cr_animated *sigma = &film_clip(film, "c1")->effects[0].params[0];
    assert_int_equal(sigma->keyframe_count, 2);
    assert_int_equal(cr_animated_at(sigma, 5), 3 * CR_ONE);
    film_edit(&film, "{'op':'remove-keyframe','clip':'c1','effect':'e','param':'sigma','at':0}");
    film_edit(&film, "{'op':'remove-keyframe','clip':'c1','effect':'e','param':'sigma','at':10}");
    assert_int_equal(film_clip(film, "c1")->effects[0].params[0].value, 5 * CR_ONE);
    film_edit(&film, "{'op':'remove-effect','clip':'c1','effect':'e'}");
    assert_int_equal(film_clip(film, "c1")->effect_count, 1);
    film_refuses(film,
                 "{'op':'set-keyframe','clip':'c1','param':'opacity','keyframe':{'at':0,"
                 "'value':2}}",
                 CR_INVALID, "/keyframe/value", "from 0 to 1");
    film_refuses(film, "{'op':'add-effect','clip':'c1','effect':{'id':'g','kind':'sparkle'}}",
                 CR_INVALID, "/effect/kind", "there is no effect \"sparkle\"");
    film_refuses(film, "{'op':'add-effect','clip':'c1','effect':{'id':'f','kind':'blur'}}",
                 CR_EXISTS, "/effect/id", "already");
    cr_project_drop(&film);
}

static void tracks_assets_and_sequences_come_and_go(void **state)
{
    (void)state;
    cr_project *film = three();
    film_edit(&film, "{'op':'add-track','index':0,'track':{'id':'w','kind':'video'}}");
    assert_string_equal(cr_project_film(film)->tracks[0]->id, "w");
    film_edit(&film, "{'op':'move-track','track':'w','index':3}");
    assert_string_equal(cr_project_film(film)->tracks[3]->id, "w");
    film_edit(&film, "{'op':'remove-track','track':'a'}");
    film_refuses(film, "{'op':'remove-asset','asset':'m'}", CR_INVALID, "",
                 "there is no asset \"m\"");
    film_edit(&film, "{'op':'remove-asset','asset':'s'}");
    film_edit(&film, "{'op':'add-asset','asset':{'id':'b','uri':'b.mp4'}}");
    assert_non_null(cr_project_asset(film, "b"));
    film_refuses(film, "{'op':'add-asset','asset':{'id':'b','uri':'b.mp4'}}", CR_INVALID, "",
                 "two assets");
    film_edit(&film, "{'op':'add-sequence','sequence':{'id':'n'}}");
    film_edit(&film, "{'op':'add-clip','track':'w','clip':{'id':'q','kind':'sequence','sequence':"
                     "'n','start':0,'duration':5}}");
    film_refuses(film, "{'op':'remove-sequence','sequence':'n'}", CR_INVALID, "",
                 "there is no sequence \"n\"");
    film_refuses(film, "{'op':'set','clip':'q','values':{'sequence':'film'}}", CR_INVALID, "",
                 "contains itself");
    cr_project_drop(&film);
}

static void a_batch_happens_whole_or_not_at_all(void **state)
{
    (void)state;
    cr_project *film = three();
    // Each alone would overlap.
    film_edit(&film, "{'op':'batch','edits':[{'op':'move','clip':'c1','by':100,'alone':true},"
                     "{'op':'move','clip':'c2','by':-100,'alone':true}]}");
    film_expect(film, "v", "c2 0+100@2000 | c1 100+100@1000 | c3 200+100@3000");
    film_refuses(film,
                 "{'op':'batch','edits':[{'op':'move','clip':'c3','by':50},"
                 "{'op':'batch','edits':[{'op':'trim','clip':'c3','edge':'end'}]}]}",
                 CR_INVALID, "/edits/1/edits/0/to", "either");
    cr_project_drop(&film);
}

static void batches_too_deep_are_refused(void **state)
{
    (void)state;
    cr_project *film = three();
    cr_str edit = {0};
    for (int i = 0; i < 20; i++)
        cr_str_add(&edit, "{'op':'batch','edits':[");
    for (int i = 0; i < 20; i++)
        cr_str_add(&edit, "]}");
    cJSON *json = NULL;
    char *text = film_quoted(cr_str_text(&edit));
    assert_int_equal(cr_json_parse(&json, text, strlen(text), NULL), CR_OK);
    cr_project *after = NULL;
    assert_int_equal(cr_edit_apply(film, json, &after, NULL, NULL), CR_LIMIT);
    cJSON_Delete(json);
    cr_free(text);
    cr_str_free(&edit);
    cr_project_drop(&film);
}

static void transitions_are_checked_where_they_are_put(void **state)
{
    (void)state;
    cr_project *film = three();
    film_refuses(film,
                 "{'op':'add-transition','track':'v','transition':{'id':'u','kind':'push',"
                 "'from':'c1','to':'c3','start':90,'duration':20}}",
                 CR_INVALID, "", "");
    film_refuses(film,
                 "{'op':'add-transition','track':'v','transition':{'id':'t','kind':'push',"
                 "'from':'c2','to':'c3','start':190,'duration':20}}",
                 CR_INVALID, "", "already");
    film_refuses(film,
                 "{'op':'add-transition','track':'a','transition':{'id':'u','kind':'push',"
                 "'from':'s1','to':'s2','start':90,'duration':20}}",
                 CR_INVALID, "", "track of sound");
    film_edit(&film, "{'op':'add-transition','track':'v','transition':{'id':'u','kind':'push',"
                     "'from':'c2','to':'c3','start':190,'duration':20,'params':{'direction':"
                     "'up'}}}");
    film_edit(&film, "{'op':'set','transition':'u','values':{'duration':40}}");
    film_expect_transitions(film, "v", "t c1>c2 90+20 | u c2>c3 190+40");
    film_edit(&film, "{'op':'remove-transition','transition':'t'}");
    film_expect_transitions(film, "v", "u c2>c3 190+40");
    cr_project_drop(&film);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moving_takes_the_linked_sound_along),
        cmocka_unit_test(moving_onto_another_clip_or_before_the_beginning_is_refused),
        cmocka_unit_test(a_transition_follows_its_clips_to_another_track),
        cmocka_unit_test(groups_move_together),
        cmocka_unit_test(trimming_keeps_what_is_seen_in_place),
        cmocka_unit_test(trimming_stops_where_the_source_begins),
        cmocka_unit_test(a_reversed_clip_is_trimmed_at_the_other_end_of_its_source),
        cmocka_unit_test(keyframes_stay_with_the_content),
        cmocka_unit_test(ripple_trims_close_up),
        cmocka_unit_test(rolling_moves_the_cut_and_its_transition),
        cmocka_unit_test(slipping_shows_another_part),
        cmocka_unit_test(sliding_moves_a_clip_between_its_neighbours),
        cmocka_unit_test(splitting_cuts_the_company_and_keeps_it_together),
        cmocka_unit_test(the_second_half_keeps_the_transition_behind_it),
        cmocka_unit_test(a_split_caption_divides_its_words),
        cmocka_unit_test(speed_keeps_the_stretch_of_the_source),
        cmocka_unit_test(inserting_makes_room),
        cmocka_unit_test(overwriting_shortens_and_removes),
        cmocka_unit_test(extracting_inside_a_clip_keeps_the_transition_behind_it),
        cmocka_unit_test(lifting_leaves_a_gap_and_extracting_closes_it),
        cmocka_unit_test(deleting_with_ripple_closes_up),
        cmocka_unit_test(locked_tracks_are_left_alone),
        cmocka_unit_test(setting_changes_any_field),
        cmocka_unit_test(effects_and_keyframes_are_edited_in_place),
        cmocka_unit_test(tracks_assets_and_sequences_come_and_go),
        cmocka_unit_test(a_batch_happens_whole_or_not_at_all),
        cmocka_unit_test(batches_too_deep_are_refused),
        cmocka_unit_test(transitions_are_checked_where_they_are_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
