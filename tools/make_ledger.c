#include "make_ledger.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { SCENE_SECONDS = 7 };

// Of speech.
static const double characters_a_second = 15;

static double dollars(int64_t millionths)
{
    return (double)millionths / 1e6;
}

static void print_sum(const cr_budget *budget, const cr_call_rows *rows)
{
    int lost = 0;
    int64_t lost_cost = 0;
    for (int i = 0; i < rows->count; i++) {
        if (strcmp(rows->rows[i].state, "lost") != 0) continue;
        lost++;
        lost_cost += rows->rows[i].cost;
    }
    printf("cost     %.3f US$ of at most %.2f, %d calls of paid services\n", dollars(budget->spent),
           dollars(budget->cap), rows->count);
    if (budget->reserved)
        printf("         %.3f US$ more are reserved for what goes on there\n",
               dollars(budget->reserved));
    if (lost)
        printf("         %.3f US$ of it for %d that were asked and never answered: they may have "
               "been billed\n",
               dollars(lost_cost), lost);
}

static bool read_ledger(const make_workplace *place, cr_budget *budget, cr_call_rows *rows)
{
    if (cr_ledger_store_rows(place->ledger, rows, NULL) != CR_OK) return false;
    if (rows->count && cr_ledger_store_budget(place->ledger, budget, NULL) == CR_OK) return true;
    cr_call_rows_free(rows);
    return false;
}

void make_ledger_sum(const make_workplace *place)
{
    cr_call_rows rows = {0};
    cr_budget budget;
    if (!read_ledger(place, &budget, &rows)) return;
    print_sum(&budget, &rows);
    cr_call_rows_free(&rows);
}

void make_ledger_table(const make_workplace *place)
{
    cr_call_rows rows = {0};
    cr_budget budget;
    if (!read_ledger(place, &budget, &rows)) return;
    printf("\n%-5s %-34s %-9s %10s %10s  %s\n", "call", "model", "state", "reserved", "cost US$",
           "their name for it");
    for (int i = 0; i < rows.count; i++) {
        const cr_call_row *row = &rows.rows[i];
        printf("%-5lld %-34.34s %-9s %10.4f %10.4f  %s\n", (long long)row->id, row->model,
               row->state, dollars(row->reserved), dollars(row->cost), row->external_id);
        if (*row->note) printf("      %s\n", row->note);
    }
    print_sum(&budget, &rows);
    cr_call_rows_free(&rows);
}

// What one piece of this kind would cost. Takes [input].
static int64_t price_of(const make_workplace *place, const char *kind, cJSON *input)
{
    const cr_provider *provider = cr_registry_find(place->registry, kind);
    const cr_request request = {.kind = kind, .input = input, .folder = ""};
    cr_money cost = 0;
    if (provider && provider->estimate(provider->cookie, &request, &cost, NULL) != CR_OK) cost = 0;
    cJSON_Delete(input);
    return cost;
}

static cJSON *text_input(const char *name, int length)
{
    char *text = cr_alloc((size_t)length + 1, 1);
    memset(text, 'a', (size_t)length);
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, name, text);
    cr_free(text);
    return input;
}

static cJSON *length_input(double seconds)
{
    cJSON *input = text_input("picture", 1);
    cr_json_add_int(input, "duration", (int64_t)(seconds * (double)CR_TICKS_PER_SECOND));
    return input;
}

void make_ledger_forecast(const make_workplace *place)
{
    const cr_brief *brief = cr_studio_brief(place->studio);
    const cr_graph *graph = cr_studio_graph(place->studio);
    cr_budget budget;
    if (!place->paid || !brief || cr_graph_output(graph, graph->script) ||
        cr_ledger_store_budget(place->ledger, &budget, NULL) != CR_OK)
        return;
    int scenes = (brief->seconds + SCENE_SECONDS - 1) / SCENE_SECONDS;
    double scene = (double)brief->seconds / scenes;
    int64_t sum = price_of(place, "questions", text_input("prompt", 80)) +
                  price_of(place, "script", text_input("prompt", 80)) +
                  price_of(place, "music", length_input(brief->seconds));
    sum +=
        scenes * (price_of(place, "picture", text_input("visual", 80)) +
                  price_of(place, "voice", text_input("text", (int)(scene * characters_a_second))) +
                  price_of(place, "motion", length_input(scene)));
    if (!sum) return;
    fprintf(stderr, "estimate   about %.2f US$ for paid services, of at most %.2f%s\n",
            dollars(sum), dollars(budget.cap),
            budget.spent + sum > budget.cap ? ": that will hardly do, see --budget" : "");
}
