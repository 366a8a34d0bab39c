// The engine as a page sees it: ids, texts and faults.
#include "api/api.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "tests/core/io/corpus.h"

typedef struct page {
    cr_native *native;
    cr_api *api;
} page;

static const char empty_film[] =
    "{\"version\":1,\"title\":\"Bees\",\"sequences\":[{\"id\":\"film\"}]}";

static page open_page(void)
{
    page made = {0};
    cr_native_desc desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&made.native, &desc), CR_OK);
    cr_api_desc api = {.host = cr_native_host(made.native), .font_folder = "nowhere"};
    made.api = cr_api_open(&api);
    return made;
}

static void close_page(page *closing)
{
    cr_api_close(&closing->api);
    assert_null(closing->api);
    cr_native_close(&closing->native);
}

// The result of the last call as JSON; cJSON_Delete.
static cJSON *result_of(const cr_api *api)
{
    size_t length = 0;
    const char *text = cr_api_result(api, &length);
    assert_non_null(text);
    assert_int_equal(strlen(text), length);
    cJSON *tree = NULL;
    assert_int_equal(cr_json_parse(&tree, text, length, NULL), CR_OK);
    return tree;
}

static const char *text_at(const cJSON *tree, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, key));
}

static uint32_t open_film(page *at, const char *text)
{
    int32_t film = cr_api_film_open(at->api, text, "");
    assert_true(film > 0);
    return (uint32_t)film;
}

static void edits_are_undone_and_redone_by_name(void **state)
{
    (void)state;
    page at = open_page();
    uint32_t film = open_film(&at, empty_film);
    const char *edit = "{\"op\":\"set\",\"values\":{\"title\":\"Wasps\"}}";
    assert_int_equal(cr_api_film_edit(at.api, film, edit, "Rename"), CR_OK);
    assert_int_equal(cr_api_film_info(at.api, film), CR_OK);
    cJSON *info = result_of(at.api);
    assert_string_equal(text_at(info, "title"), "Wasps");
    assert_string_equal(text_at(info, "canUndo"), "Rename");
    assert_null(text_at(info, "canRedo"));
    cJSON_Delete(info);

    assert_int_equal(cr_api_film_undo(at.api, film), CR_OK);
    assert_int_equal(cr_api_film_info(at.api, film), CR_OK);
    info = result_of(at.api);
    assert_string_equal(text_at(info, "title"), "Bees");
    assert_string_equal(text_at(info, "canRedo"), "Rename");
    cJSON_Delete(info);

    assert_int_equal(cr_api_film_redo(at.api, film), CR_OK);
    assert_int_equal(cr_api_film_redo(at.api, film), CR_NOTFOUND);
    close_page(&at);
}

static void a_film_is_edited_by_several(void **state)
{
    (void)state;
    page at = open_page();
    uint32_t film = open_film(&at, empty_film);
    const char *mine = "{\"op\":\"set\",\"values\":{\"title\":\"Wasps\"}}";
    const char *theirs = "{\"op\":\"set\",\"values\":{\"title\":\"Ants\"}}";
    assert_int_equal(cr_api_film_receive(at.api, film, theirs), CR_INVALID);
    assert_int_equal(cr_api_film_share(at.api, film), CR_OK);
    assert_int_equal(cr_api_film_edit(at.api, film, mine, "Rename"), CR_OK);
    assert_int_equal(cr_api_film_wishes(at.api, film, 0), CR_OK);
    cJSON *wishes = result_of(at.api);
    assert_int_equal(cJSON_GetArraySize(wishes), 1);
    assert_string_equal(text_at(wishes->child, "name"), "Rename");
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(wishes->child, "number");
    int64_t wish = (int64_t)number->valuedouble;
    cJSON_Delete(wishes);
    assert_int_equal(cr_api_film_wishes(at.api, film, wish), CR_OK);
    wishes = result_of(at.api);
    assert_int_equal(cJSON_GetArraySize(wishes), 0);
    cJSON_Delete(wishes);

    // Mine was decided first.
    assert_int_equal(cr_api_film_settle(at.api, film, wish), CR_OK);
    assert_int_equal(cr_api_film_receive(at.api, film, theirs), CR_OK);
    assert_int_equal(cr_api_film_history(at.api, film), CR_OK);
    cJSON *history = result_of(at.api);
    const cJSON *names = cJSON_GetObjectItemCaseSensitive(history, "names");
    assert_int_equal(cJSON_GetArraySize(names), 1);
    cJSON_Delete(history);

    assert_int_equal(cr_api_film_edit(at.api, film, mine, "Rename"), CR_OK);
    assert_int_equal(cr_api_film_rebase(at.api, film, empty_film), CR_OK);
    assert_int_equal(cr_api_film_decided(at.api, film), CR_OK);
    cJSON *decided = result_of(at.api);
    assert_string_equal(text_at(decided, "title"), "Bees");
    cJSON_Delete(decided);
    assert_int_equal(cr_api_film_withdraw(at.api, film, wish + 2), CR_OK);
    assert_int_equal(cr_api_film_info(at.api, film), CR_OK);
    cJSON *info = result_of(at.api);
    assert_string_equal(text_at(info, "title"), "Bees");
    assert_string_equal(text_at(info, "canUndo"), "Rename"); // the first one's
    cJSON_Delete(info);
    close_page(&at);
}

static void a_bad_edit_says_where_and_changes_nothing(void **state)
{
    (void)state;
    page at = open_page();
    uint32_t film = open_film(&at, empty_film);
    const char *edit = "{\"op\":\"add-clip\",\"track\":\"none\",\"clip\":{}}";
    assert_int_equal(cr_api_film_edit(at.api, film, edit, ""), CR_NOTFOUND);
    assert_string_equal(cr_api_fault(at.api)->where, "/track");
    assert_true(strlen(cr_api_fault(at.api)->text) > 0);
    assert_int_equal(cr_api_film_edit(at.api, film, "{", ""), CR_INVALID);
    assert_int_equal(cr_api_film_info(at.api, film), CR_OK);
    cJSON *info = result_of(at.api);
    assert_null(text_at(info, "canUndo"));
    cJSON_Delete(info);
    assert_int_equal(cr_api_film_open(at.api, "{\"version\":1,\"sequences\":7}", ""), CR_INVALID);
    assert_string_equal(cr_api_fault(at.api)->where, "/sequences");
    close_page(&at);
}

static void a_stale_id_is_found_out(void **state)
{
    (void)state;
    page at = open_page();
    uint32_t first = open_film(&at, empty_film);
    assert_int_equal(cr_api_open_count(at.api), 1);
    assert_int_equal(cr_api_film_close(at.api, first), CR_OK);
    assert_int_equal(cr_api_open_count(at.api), 0);
    uint32_t second = open_film(&at, empty_film);
    assert_int_not_equal(first, second);
    assert_int_equal(cr_api_film_info(at.api, first), CR_INVALID);
    assert_non_null(strstr(cr_api_fault(at.api)->text, "no open film"));
    assert_int_equal(cr_api_film_close(at.api, first), CR_INVALID);
    assert_int_equal(cr_api_film_close(at.api, 0), CR_INVALID);
    assert_int_equal(cr_api_film_close(at.api, UINT32_MAX), CR_INVALID);
    assert_int_equal(cr_api_film_info(at.api, second), CR_OK);
    close_page(&at);
}

static void too_many_open_things_are_refused(void **state)
{
    (void)state;
    page at = open_page();
    for (int i = 0; i < CR_API_THINGS_MAX; i++)
        open_film(&at, empty_film);
    assert_int_equal(cr_api_film_open(at.api, empty_film, ""), CR_LIMIT);
    assert_int_equal(cr_api_open_count(at.api), CR_API_THINGS_MAX);
    close_page(&at);
}

// A first cut of a movie, a still and a sound, as the page makes it of dropped files.
static void media_become_a_film(void **state)
{
    (void)state;
    corpus_file("api-movie.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi "
                                 "-i sine=d=2 -c:v libx264 -c:a aac -shortest");
    corpus_file("api-still.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");
    corpus_file("api-sound.wav", "-f lavfi -i sine=d=1");
    page at = open_page();
    const char *media = "[\"api-movie.mp4\",\"api-still.png\",\"api-sound.wav\"]";
    assert_int_equal(cr_api_media_project(at.api, media, "corpus"), CR_OK);
    size_t length = 0;
    char *project = cr_strdup(cr_api_result(at.api, &length));
    int32_t film = cr_api_film_open(at.api, project, "corpus");
    assert_true(film > 0);
    assert_int_equal(cr_api_film_info(at.api, (uint32_t)film), CR_OK);
    cJSON *info = result_of(at.api);
    assert_string_equal(text_at(info, "title"), "api-movie");
    assert_int_equal(cJSON_GetObjectItem(info, "width")->valueint, 320);
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(info, "rate"), "num")->valueint, 25);
    const cJSON *tracks = cJSON_GetObjectItem(info, "tracks");
    assert_int_equal(cJSON_GetArraySize(tracks), 2);
    const cJSON *pictures = cJSON_GetObjectItem(cJSON_GetArrayItem(tracks, 0), "clips");
    const cJSON *sounds = cJSON_GetObjectItem(cJSON_GetArrayItem(tracks, 1), "clips");
    assert_int_equal(cJSON_GetArraySize(pictures), 2);
    assert_int_equal(cJSON_GetArraySize(sounds), 2);
    assert_string_equal(text_at(cJSON_GetArrayItem(pictures, 1), "name"), "api-still.png");
    // Movie, still, sound: 2 + 5 + 1 seconds, give or take a coded frame of sound.
    double seconds = cJSON_GetObjectItem(info, "duration")->valuedouble / 705600000;
    assert_true(seconds >= 8 && seconds < 8.1);
    cJSON_Delete(info);
    assert_int_equal(cr_api_film_missing(at.api, (uint32_t)film), CR_OK);
    assert_string_equal(cr_api_result(at.api, &length), "[]");
    cr_free(project);

    assert_int_equal(cr_api_media_probe(at.api, "corpus/api-movie.mp4"), CR_OK);
    cJSON *facts = result_of(at.api);
    assert_string_equal(text_at(facts, "container"), "mp4");
    cJSON_Delete(facts);
    close_page(&at);
}

// The picture of [at] seconds: its middle pixel, red green blue.
static const uint8_t *middle_of(page *at, uint32_t strip, int seconds, int width, int height)
{
    int32_t more;
    do
        more = cr_api_strip_make(at->api, strip, (int64_t)seconds * 705600000);
    while (more == 1);
    assert_int_equal(more, 0);
    assert_int_equal(cr_api_strip_picture(at->api, strip), CR_OK);
    size_t length = 0;
    const char *pixels = cr_api_result(at->api, &length);
    assert_int_equal(length, (size_t)width * (size_t)height * 4);
    return (const uint8_t *)pixels + ((size_t)(height / 2) * (size_t)width + (size_t)width / 2) * 4;
}

static void strips_show_a_file_at_any_time(void **state)
{
    (void)state;
    // Red for a second, then blue.
    corpus_file("api-colors.mp4", "-f lavfi -i color=red:s=320x180:r=25:d=1 -f lavfi "
                                  "-i color=blue:s=320x180:r=25:d=1 -filter_complex concat=n=2 "
                                  "-c:v libx264 -pix_fmt yuv420p");
    corpus_file("api-sound.wav", "-f lavfi -i sine=d=1");
    page at = open_page();
    int32_t opened = cr_api_strip_open(at.api, "corpus/api-colors.mp4", 36);
    assert_true(opened > 0);
    uint32_t strip = (uint32_t)opened;
    assert_int_equal(cr_api_strip_picture(at.api, strip), CR_INVALID);
    assert_int_equal(cr_api_strip_size(at.api, strip), CR_OK);
    cJSON *size = result_of(at.api);
    assert_int_equal(cJSON_GetObjectItem(size, "width")->valueint, 64);
    assert_int_equal(cJSON_GetObjectItem(size, "height")->valueint, 36);
    cJSON_Delete(size);
    const uint8_t *pixel = middle_of(&at, strip, 1, 64, 36);
    assert_true(pixel[2] > 200 && pixel[0] < 60);
    pixel = middle_of(&at, strip, 0, 64, 36); // backwards
    assert_true(pixel[0] > 200 && pixel[2] < 60);
    pixel = middle_of(&at, strip, 900, 64, 36); // behind the end: the last there is
    assert_true(pixel[2] > 200);
    assert_int_equal(cr_api_strip_close(at.api, strip), CR_OK);
    assert_int_equal(cr_api_strip_open(at.api, "corpus/api-sound.wav", 36), CR_UNSUPPORTED);
    assert_int_equal(cr_api_strip_open(at.api, "corpus/api-colors.mp4", 4), CR_LIMIT);
    assert_int_equal(cr_api_strip_open(at.api, "corpus/gone.mp4", 36), CR_NOTFOUND);
    assert_int_equal(cr_api_open_count(at.api), 0);
    close_page(&at);
}

static void waves_tell_how_loud_a_file_is(void **state)
{
    (void)state;
    // Half a second of silence, then a sine at half of full scale.
    corpus_file("api-wave.wav",
                "-f lavfi -i \"aevalsrc='gte(t,0.5)*0.5*sin(2*PI*440*t)':s=48000:d=1\"");
    corpus_file("api-still.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");
    page at = open_page();
    int32_t opened = cr_api_wave_open(at.api, "corpus/api-wave.wav");
    assert_true(opened > 0);
    assert_int_equal(cr_api_wave_read(at.api, (uint32_t)opened, 0, 120), CR_OK);
    size_t length = 0;
    const uint8_t *peaks = (const uint8_t *)cr_api_result(at.api, &length);
    assert_int_equal(length, 120);
    assert_int_equal(peaks[0], 0);
    assert_int_equal(peaks[49], 0);
    assert_in_range(peaks[51], 125, 130);
    assert_in_range(peaks[99], 125, 130);
    assert_int_equal(peaks[110], 0); // behind its end
    assert_int_equal(cr_api_wave_read(at.api, (uint32_t)opened, 0, 1000000), CR_LIMIT);
    assert_int_equal(cr_api_wave_close(at.api, (uint32_t)opened), CR_OK);
    assert_int_equal(cr_api_wave_open(at.api, "corpus/api-still.png"), CR_UNSUPPORTED);
    close_page(&at);
}

static void missing_media_are_named(void **state)
{
    (void)state;
    page at = open_page();
    const char *text =
        "{\"version\":1,\"assets\":[{\"id\":\"a\",\"uri\":\"gone.mp4\",\"duration\":5}],"
        "\"sequences\":[{\"id\":\"film\"}]}";
    int32_t film = cr_api_film_open(at.api, text, "corpus");
    assert_true(film > 0);
    assert_int_equal(cr_api_film_missing(at.api, (uint32_t)film), CR_OK);
    cJSON *list = result_of(at.api);
    assert_int_equal(cJSON_GetArraySize(list), 1);
    assert_string_equal(text_at(cJSON_GetArrayItem(list, 0), "uri"), "gone.mp4");
    assert_true(strlen(text_at(cJSON_GetArrayItem(list, 0), "reason")) > 0);
    cJSON_Delete(list);
    assert_int_equal(cr_api_media_probe(at.api, "corpus/gone.mp4"), CR_NOTFOUND);
    assert_int_equal(cr_api_media_project(at.api, "[\"gone.mp4\"]", "corpus"), CR_NOTFOUND);
    assert_string_equal(cr_api_fault(at.api)->where, "gone.mp4");
    assert_int_equal(cr_api_media_project(at.api, "[]", ""), CR_INVALID);
    assert_int_equal(cr_api_media_project(at.api, "[1]", ""), CR_INVALID);
    close_page(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_undone_and_redone_by_name),
        cmocka_unit_test(a_film_is_edited_by_several),
        cmocka_unit_test(a_bad_edit_says_where_and_changes_nothing),
        cmocka_unit_test(a_stale_id_is_found_out),
        cmocka_unit_test(too_many_open_things_are_refused),
        cmocka_unit_test(media_become_a_film),
        cmocka_unit_test(strips_show_a_file_at_any_time),
        cmocka_unit_test(waves_tell_how_loud_a_file_is),
        cmocka_unit_test(missing_media_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
