#include "broker/writer/compose.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum {
    OPTIONS_MAX = 24,   // ways to word one scene
    SENTENCES_MAX = 12, // of one line
    GROUPS_MAX = 400,
    SCENES_FEW = 8,
    SWAPS = 4,            // lines tried in the place of the least of those chosen
    EDGE_SLACK = 20,      // of the score: as good as the best
    SECOND_BEST_COST = 8, // of such a line
    SENTENCE_COST = 4,    // of a sentence left out
    FAR_TOO_MUCH = INT_MAX / 4,
};

// One way to word a scene: a line up to one of its sentences.
typedef struct cr_option {
    char *heading, *visual, *shot, *narration;
    int words, cost;
} cr_option;

// A line with its other wordings.
typedef struct cr_group {
    cr_option options[OPTIONS_MAX];
    int count;
    int score, order;
    bool is_key;
    char role;
} cr_group;

void cr_sources_add(cr_sources *sources, const cr_entry *entry)
{
    for (int i = 0; i < sources->count; i++)
        if (sources->entries[i] == entry) return;
    if (entry && sources->count < CR_COMPOSE_SOURCES_MAX)
        sources->entries[sources->count++] = entry;
}

// Where the sentence that begins at [text] ends.
static size_t sentence_length(const char *text)
{
    for (size_t at = 0; text[at]; at++) {
        if (!strchr(".!?", text[at])) continue;
        size_t after = at + 1;
        while (text[after] && strchr(".!?\")", text[after]))
            after++;
        if (!text[after]) return after;
        if (text[after] == ' ' && !islower((unsigned char)text[after + 1])) return after;
    }
    return strlen(text);
}

// "a lonely lonely cloud": what the line and the prompt both say is painted once.
static char *once(cr_scrap *scrap, const char *visual)
{
    cr_str out = {0};
    const char *before = "";
    size_t before_length = 0;
    while (*visual) {
        size_t length = strcspn(visual, " ");
        bool is_again = length && length == before_length && strncmp(visual, before, length) == 0;
        if (!is_again && length) {
            if (out.length) cr_str_add_char(&out, ' ');
            cr_str_add_bytes(&out, visual, length);
        }
        before = visual;
        before_length = length;
        visual += length + (visual[length] ? 1 : 0);
    }
    return cr_scrap_keep_str(scrap, &out);
}

// Every way to end [narration] after a whole sentence, added to the group.
static void options_add(cr_scrap *scrap, cr_group *group, const cr_line *line,
                        const cr_outline *outline, int cost)
{
    char *narration = cr_phrase_fill(scrap, line->narration, outline->slots);
    char *visual = cr_phrase_fill(scrap, line->visual, outline->slots);
    char *heading = cr_phrase_fill(scrap, line->heading, outline->slots);
    if (!narration || !*narration || !heading) return;
    size_t end = 0;
    for (int i = 0; i < SENTENCES_MAX && narration[end] && group->count < OPTIONS_MAX; i++) {
        while (narration[end] == ' ')
            end++;
        end += sentence_length(narration + end);
        cr_option *option = &group->options[group->count++];
        option->narration = cr_text_tidy(scrap, cr_scrap_copy_bytes(scrap, narration, end));
        option->heading = cr_text_tidy(scrap, heading);
        option->visual = once(scrap, visual ? visual : "");
        option->shot = line->shot;
        option->words = cr_words_count(option->narration);
        option->cost = cost;
        // A thought that is told to its end is worth more than an even length.
        for (int j = group->count - 2; j >= 0 && j >= group->count - 1 - i; j--)
            group->options[j].cost += SENTENCE_COST;
    }
}

static int slots_in(const char *narration)
{
    int count = 0;
    for (; *narration; narration++)
        count += *narration == '{';
    return count;
}

// The groups of one role in an entry, those that the audience and the slots allow.
static int groups_of(cr_scrap *scrap, const cr_outline *outline, const cr_entry *entry, char role,
                     cr_group *groups, int room)
{
    int count = 0;
    for (int first = 0; first < entry->line_count && count < room;) {
        int end = first + 1;
        while (end < entry->line_count && entry->lines[end].is_variant)
            end++;
        bool has_own = false;
        for (int i = first; i < end; i++)
            has_own |= entry->lines[i].audience == outline->audience;
        const cr_line *head = &entry->lines[first];
        cr_group *group = &groups[count];
        *group = (cr_group){.role = role, .order = first, .is_key = head->is_key};
        int favourite = cr_scrap_roll(scrap, end - first);
        for (int i = first; i < end && head->role == role; i++) {
            char audience = entry->lines[i].audience;
            if (audience && audience != outline->audience) continue;
            if (has_own && !audience) continue;
            options_add(scrap, group, &entry->lines[i], outline, i - first == favourite ? 0 : 6);
        }
        group->score = (head->is_key ? 1000 : 0) + cr_scrap_roll(scrap, 40);
        // A beginning that takes up what the prompt says beats one that could begin anything.
        if (role == 'h') group->score += slots_in(head->narration) * 25;
        if (*head->tags && cr_tags_touch(scrap, head->tags, outline->interest)) group->score += 60;
        // An answer names a heading or has a tag's word.
        if (outline->focus && (cr_tags_touch(scrap, head->tags, outline->focus) ||
                               cr_tags_touch(scrap, head->heading, outline->focus)))
            group->score += 2000;
        if (group->count) count++;
        first = end;
    }
    return count;
}

static int best_group(const cr_group *groups, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (groups[i].score > groups[best].score) best = i;
    return best;
}

// The best group of the first source that has one. False when none has.
static bool edge_choose(cr_scrap *scrap, const cr_outline *outline, const cr_sources *sources,
                        char role, cr_group *room, cr_group *out)
{
    for (int i = 0; i < sources->count; i++) {
        int count = groups_of(scrap, outline, sources->entries[i], role, room, GROUPS_MAX);
        if (!count) continue;
        int best = best_group(room, count);
        *out = room[best];
        // Others that are as good give more lengths to choose from.
        for (int j = 0; j < count; j++)
            for (int k = 0; j != best && k < room[j].count; k++) {
                if (room[j].score < room[best].score - EDGE_SLACK) break;
                if (out->count == OPTIONS_MAX) break;
                out->options[out->count] = room[j].options[k];
                out->options[out->count++].cost += SECOND_BEST_COST;
            }
        return true;
    }
    return false;
}

static int by_score(const void *left, const void *right)
{
    const cr_group *a = left, *b = right;
    return a->score != b->score ? (a->score < b->score) - (a->score > b->score)
                                : (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *left, const void *right)
{
    const cr_group *a = left, *b = right;
    return (a->order > b->order) - (a->order < b->order);
}

// All groups for the middle, best first; those of later sources after all of earlier ones.
static int middle_collect(cr_scrap *scrap, const cr_outline *outline, cr_group *groups)
{
    int count = 0;
    for (int i = 0; i < outline->middle.count; i++) {
        int added = groups_of(scrap, outline, outline->middle.entries[i], '-', groups + count,
                              GROUPS_MAX - count);
        for (int j = count; j < count + added; j++) {
            groups[j].order += i * 1000;
            groups[j].score -= i * 10000;
        }
        count += added;
    }
    qsort(groups, (size_t)count, sizeof *groups, by_score);
    return count;
}

// Chooses an option for each group so that the words come as near to [wanted] as they can while the
// scenes stay alike in length. Gives the cost.
static int fit(const cr_group *groups, int count, int wanted, int *choice)
{
    int room = wanted * 2 + 80, average = count ? wanted / count : wanted;
    int *cost = cr_alloc((size_t)(count + 1) * (size_t)room, sizeof *cost);
    signed char *pick = cr_alloc((size_t)(count + 1) * (size_t)room, 1);
    for (int i = 0; i < (count + 1) * room; i++)
        cost[i] = FAR_TOO_MUCH;
    cost[0] = 0;
    for (int i = 0; i < count; i++) {
        for (int sum = 0; sum < room; sum++) {
            int before = cost[i * room + sum];
            for (int j = 0; before < FAR_TOO_MUCH && j < groups[i].count; j++) {
                const cr_option *option = &groups[i].options[j];
                int next = sum + option->words, off = option->words - average;
                if (next >= room) continue;
                int total = before + option->cost + off * off / (average + 1);
                if (total >= cost[(i + 1) * room + next]) continue;
                cost[(i + 1) * room + next] = total;
                pick[(i + 1) * room + next] = (signed char)j;
            }
        }
    }
    int best = -1, best_cost = FAR_TOO_MUCH;
    for (int sum = 0; sum < room; sum++) {
        if (cost[count * room + sum] >= FAR_TOO_MUCH) continue;
        int off = (sum - wanted) * 100 / (wanted ? wanted : 1);
        int total = cost[count * room + sum] + 3 * off * off;
        if (total < best_cost) {
            best_cost = total;
            best = sum;
        }
    }
    for (int i = count, sum = best; best >= 0 && i > 0; i--) {
        choice[i - 1] = (int)pick[i * room + sum];
        sum -= groups[i - 1].options[choice[i - 1]].words;
    }
    cr_free(cost);
    cr_free(pick);
    return best < 0 ? FAR_TOO_MUCH : best_cost;
}

typedef struct cr_edges {
    cr_group begin, end;
    bool has_begin, has_end;
} cr_edges;

// Fits a film of [count] scenes; the chosen groups into [chosen].
static int attempt(const cr_edges *edges, const cr_group *middle, int middle_count, int count,
                   int swap, int words, cr_group *chosen, int *choice, int *chosen_count)
{
    int total = 0, inner = count - edges->has_begin - edges->has_end;
    if (inner > middle_count) inner = middle_count;
    if (inner < 0) inner = 0;
    if (swap && (inner + swap > middle_count || (inner && middle[inner - 1].is_key)))
        return FAR_TOO_MUCH;
    if (edges->has_begin) chosen[total++] = edges->begin;
    memcpy(chosen + total, middle, (size_t)inner * sizeof *middle);
    if (swap && inner) chosen[total + inner - 1] = middle[inner - 1 + swap];
    qsort(chosen + total, (size_t)inner, sizeof *chosen, by_order);
    total += inner;
    if (edges->has_end) chosen[total++] = edges->end;
    *chosen_count = total;
    return fit(chosen, total, words, choice);
}

static void draft_write(const cr_group *chosen, const int *choice, int count, cr_draft *out)
{
    *out = (cr_draft){.count = count};
    for (int i = 0; i < count; i++) {
        const cr_option *option = &chosen[i].options[choice[i]];
        out->scenes[i] = (cr_draft_scene){.heading = option->heading,
                                          .narration = option->narration,
                                          .visual = option->visual,
                                          .shot = option->shot,
                                          .role = chosen[i].role};
        out->words += option->words;
    }
}

void cr_compose(cr_scrap *scrap, const cr_outline *outline, cr_draft *out)
{
    cr_group *room = cr_scrap_alloc(scrap, GROUPS_MAX, sizeof *room);
    cr_group *middle = cr_scrap_alloc(scrap, GROUPS_MAX, sizeof *middle);
    cr_group *chosen = cr_scrap_alloc(scrap, CR_COMPOSE_SCENES_MAX + 1, sizeof *chosen);
    cr_edges *edges = cr_scrap_alloc(scrap, 1, sizeof *edges);
    edges->has_begin = edge_choose(scrap, outline, &outline->begin, 'h', room, &edges->begin);
    edges->has_end = edge_choose(scrap, outline, &outline->end, 'e', room, &edges->end);
    int middle_count = middle_collect(scrap, outline, middle);
    int choice[CR_COMPOSE_SCENES_MAX + 1] = {0}, count = 0, best_cost = INT_MAX;
    // A scene more or less, if the words then fit better; never fewer than tell a small film.
    static const int around[] = {0, 1, -1};
    int tries = outline->is_exact ? 1 : (int)CR_COUNT_OF(around) * SWAPS;
    for (int i = 0; i < tries; i++) {
        int more = around[i / SWAPS], swap = i % SWAPS, scenes = outline->scenes + more;
        if (scenes < 2 || scenes > CR_COMPOSE_SCENES_MAX) continue;
        if (more < 0 && scenes < SCENES_FEW) continue;
        int cost = attempt(edges, middle, middle_count, scenes, swap, outline->words, chosen,
                           choice, &count);
        cost += (more ? 12 : 0) + 8 * swap;
        if (cost >= best_cost || cost >= FAR_TOO_MUCH) continue;
        best_cost = cost;
        draft_write(chosen, choice, count, out);
    }
}
