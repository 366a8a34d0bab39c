#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/vec.h"
#include "film.h"
#include "project/history_shared.h"
#include "project/project_json.h"
#include "random_film.h"

static cr_history *open_history(void)
{
    cr_project *film = film_with("{'id':'c','kind':'solid','start':0,'duration':10},"
                                 "{'id':'d','kind':'solid','start':100,'duration':10}",
                                 "", "", "");
    cr_history *history = cr_history_open(film);
    cr_project_drop(&film);
    cr_history_share(history);
    return history;
}

static cJSON *edit_of(const char *text)
{
    char *quoted = film_quoted(text);
    cJSON *json = NULL;
    assert_int_equal(cr_json_parse(&json, quoted, strlen(quoted), NULL), CR_OK);
    cr_free(quoted);
    return json;
}

static void apply(cr_history *history, const char *text)
{
    cJSON *edit = edit_of(text);
    assert_int_equal(cr_history_apply(history, edit, NULL, NULL), CR_OK);
    cJSON_Delete(edit);
}

static void receive(cr_history *history, const char *text)
{
    cJSON *edit = edit_of(text);
    assert_int_equal(cr_history_receive(history, edit, NULL), CR_OK);
    cJSON_Delete(edit);
}

static cr_ticks start_of(const cr_history *history, const char *clip)
{
    return film_clip(cr_history_now(history), clip)->range.start;
}

static void what_others_do_goes_under_own_wishes(void **state)
{
    (void)state;
    cr_history *history = open_history();
    apply(history, "{'op':'move','clip':'c','start':20}");
    receive(history, "{'op':'move','clip':'d','start':200}");
    assert_int_equal(start_of(history, "c"), 20);
    assert_int_equal(start_of(history, "d"), 200);
    assert_int_equal(cr_history_wish_count(history), 1);
    assert_int_equal(cr_history_settle(history, cr_history_wish(history, 0).number, NULL), CR_OK);
    assert_int_equal(cr_history_wish_count(history), 0);
    // Undo is of what one did oneself.
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history, "c"), 0);
    assert_int_equal(start_of(history, "d"), 200);
    assert_string_equal(cr_history_wish(history, 0).name, "move");
    assert_int_equal(cr_history_redo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history, "c"), 20);
    assert_int_equal(cr_history_wish_count(history), 2);
    cr_history_close(&history);
}

static void a_wish_without_room_is_passed_over(void **state)
{
    (void)state;
    cr_history *history = open_history();
    apply(history, "{'op':'move','clip':'c','start':200}");
    apply(history, "{'op':'set','clip':'c','values':{'name':'mine'}}");
    receive(history, "{'op':'move','clip':'d','start':205}");
    assert_int_equal(start_of(history, "c"), 0);
    assert_string_equal(film_clip(cr_history_now(history), "c")->name, "mine");
    // Room again, before it was decided.
    receive(history, "{'op':'move','clip':'d','start':100}");
    assert_int_equal(start_of(history, "c"), 200);
    int64_t move = cr_history_wish(history, 0).number;
    assert_int_equal(cr_history_settle(history, move + 7, NULL), CR_NOTFOUND);
    cr_history_withdraw(history, move);
    assert_int_equal(start_of(history, "c"), 0);
    assert_int_equal(cr_history_wish_count(history), 1);
    // It cannot be undone: it never was.
    assert_string_equal(cr_history_undo_name(history), "set");
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_null(cr_history_undo_name(history));
    cr_history_close(&history);
}

static void wishes_are_decided_in_any_order(void **state)
{
    (void)state;
    cr_history *history = open_history();
    apply(history, "{'op':'move','clip':'c','start':20}");
    apply(history, "{'op':'set','clip':'d','values':{'name':'mine'}}");
    int64_t later = cr_history_wish(history, 1).number;
    assert_int_equal(cr_history_settle(history, later, NULL), CR_OK);
    assert_int_equal(cr_history_wish_count(history), 1);
    assert_int_equal(start_of(history, "c"), 20);
    const cr_project *decided = cr_history_decided(history);
    assert_string_equal(film_clip(decided, "d")->name, "mine");
    assert_int_equal(film_clip(decided, "c")->range.start, 0);
    cr_history_close(&history);
}

static void wishes_go_on_top_of_another_project(void **state)
{
    (void)state;
    cr_history *history = open_history(), *other = open_history();
    apply(history, "{'op':'move','clip':'c','start':20}");
    receive(other, "{'op':'move','clip':'d','start':300}");
    cr_history_rebase(history, cr_history_now(other));
    assert_int_equal(start_of(history, "c"), 20);
    assert_int_equal(start_of(history, "d"), 300);
    cr_history_close(&history);
    cr_history_close(&other);
}

static void an_edit_that_nobody_can_hold_changes_nothing(void **state)
{
    (void)state;
    cr_history *history = open_history();
    cJSON *edit = edit_of("{'op':'move','clip':'q','start':20}");
    assert_int_equal(cr_history_receive(history, edit, NULL), CR_NOTFOUND);
    assert_int_equal(start_of(history, "c"), 0);
    cJSON_Delete(edit);
    cr_history_close(&history);
}

// --- many people, one order

enum { PEOPLE = 3, ROUNDS = 400, SEEDS = 12, CLIPS = 6 };

typedef struct said {
    int person;
    int64_t number;
    cJSON *edit; // NULL: the wish was refused
} said;

typedef struct meeting {
    random_source random;
    cr_project *decided;
    cr_history *people[PEOPLE];
    int64_t sent[PEOPLE]; // the latest wish that was
    size_t heard[PEOPLE]; // of [log]
    said *log, *waiting;  // decided; on the way to be
    size_t log_count, log_room, waiting_count, waiting_room;
} meeting;

static void send_wishes(meeting *room, int person)
{
    const cr_history *history = room->people[person];
    for (size_t i = 0; i < cr_history_wish_count(history); i++) {
        cr_wish wish = cr_history_wish(history, i);
        if (wish.number <= room->sent[person]) continue;
        room->sent[person] = wish.number;
        said one = {person, wish.number, cJSON_Duplicate(wish.edit, true)};
        CR_VEC_ADD(room->waiting, room->waiting_count, room->waiting_room, one);
    }
}

static void decide_one(meeting *room)
{
    if (room->waiting_count == 0) return;
    // Each person's in order; of several people any.
    size_t picked = (size_t)random_below(&room->random, (int64_t)room->waiting_count);
    for (size_t i = 0; i < picked; i++)
        if (room->waiting[i].person == room->waiting[picked].person) picked = i;
    said one = room->waiting[picked];
    room->waiting_count--;
    memmove(&room->waiting[picked], &room->waiting[picked + 1],
            (room->waiting_count - picked) * sizeof *room->waiting);
    cr_project *after;
    if (cr_edit_apply(room->decided, one.edit, &after, NULL, NULL) == CR_OK) {
        cr_project_drop(&room->decided);
        room->decided = after;
    } else {
        cJSON_Delete(one.edit);
        one.edit = NULL;
    }
    CR_VEC_ADD(room->log, room->log_count, room->log_room, one);
}

static void hear_one(meeting *room, int person)
{
    if (room->heard[person] == room->log_count) return;
    const said *one = &room->log[room->heard[person]++];
    cr_history *history = room->people[person];
    if (!one->edit) {
        if (one->person == person) cr_history_withdraw(history, one->number);
    } else if (one->person == person) {
        assert_int_equal(cr_history_settle(history, one->number, NULL), CR_OK);
    } else {
        assert_int_equal(cr_history_receive(history, one->edit, NULL), CR_OK);
    }
}

static void do_something(meeting *room, int person)
{
    cr_history *history = room->people[person];
    int64_t what = random_below(&room->random, 10);
    cr_status ignored;
    if (what < 2) {
        ignored = cr_history_undo(history, NULL, NULL);
    } else if (what < 3) {
        ignored = cr_history_redo(history, NULL, NULL);
    } else {
        cJSON *edit = random_edit(&room->random, cr_history_now(history));
        ignored = cr_history_apply(history, edit, NULL, NULL);
        cJSON_Delete(edit);
    }
    (void)ignored; // not everything is possible
}

static meeting open_room(uint64_t seed)
{
    meeting room = {.random = {seed}};
    cJSON *json = random_project(&room.random, CLIPS);
    char *text = cr_json_print(json, false);
    assert_int_equal(cr_project_parse(&room.decided, text, strlen(text), NULL), CR_OK);
    cr_free(text);
    cJSON_Delete(json);
    for (int i = 0; i < PEOPLE; i++) {
        room.people[i] = cr_history_open(room.decided);
        cr_history_share(room.people[i]);
    }
    return room;
}

static void close_room(meeting *room)
{
    for (int i = 0; i < PEOPLE; i++)
        cr_history_close(&room->people[i]);
    for (size_t i = 0; i < room->log_count; i++)
        cJSON_Delete(room->log[i].edit);
    cr_free(room->log);
    cr_free(room->waiting);
    cr_project_drop(&room->decided);
}

// Gives how many edits of two people's were decided.
static size_t meet(uint64_t seed)
{
    meeting room = open_room(seed);
    for (int i = 0; i < ROUNDS; i++) {
        int person = (int)random_below(&room.random, PEOPLE);
        do_something(&room, person);
        if (random_below(&room.random, 3) > 0) send_wishes(&room, person);
        if (random_below(&room.random, 2) > 0) decide_one(&room);
        hear_one(&room, (int)random_below(&room.random, PEOPLE));
    }
    for (int i = 0; i < PEOPLE; i++)
        send_wishes(&room, i);
    while (room.waiting_count > 0)
        decide_one(&room);
    char *all = cr_project_print(room.decided);
    for (int i = 0; i < PEOPLE; i++) {
        while (room.heard[i] < room.log_count)
            hear_one(&room, i);
        assert_int_equal(cr_history_wish_count(room.people[i]), 0);
        char *text = cr_project_print(cr_history_now(room.people[i]));
        assert_string_equal(text, all);
        cr_free(text);
    }
    cr_free(all);
    size_t count = 0;
    for (size_t i = 0; i < room.log_count; i++)
        count += room.log[i].edit != NULL;
    close_room(&room);
    return count;
}

static void all_end_equal(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        assert_true(meet(seed) > ROUNDS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_others_do_goes_under_own_wishes),
        cmocka_unit_test(a_wish_without_room_is_passed_over),
        cmocka_unit_test(wishes_are_decided_in_any_order),
        cmocka_unit_test(wishes_go_on_top_of_another_project),
        cmocka_unit_test(an_edit_that_nobody_can_hold_changes_nothing),
        cmocka_unit_test(all_end_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
