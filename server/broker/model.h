// Models as data: who serves one, how a request becomes its input, what it takes, what it costs.
// models/<name>.json:
//
//   {"wire": "replicate", "kind": "picture", "model": "owner/name", "label": "…",
//    "needs_version": true,                     the service knows it by version only
//    "change": "owner/name",                    who changes its pictures by a note; else the first
//    "input": {"prompt": "$prompt", …},         the service's input, made from ours; see below
//    "takes": {"prompt": {"type": "string", "required": true}, "n": {"minimum": 1, "maximum": 4}},
//    "price": {"unit": "image", "usd": 0.003},  or per "second", "character", "piece", "token"
//    "limits": {"concurrent": 8, "deadline_s": 600, "text_characters": 10000, "seconds": 10}}
//
// Values of "input": a text beginning with "$" is a value of ours (absent when we have none),
// {"$aspect": ["16:9", …]} the nearest ratio, {"$seconds": [5, 10]} the shortest that is long
// enough, else the longest; anything else stands for itself.
#pragma once

#include "base/json.h"
#include "broker/provider.h"

// One model. All borrowed from the table of models, which lives as long as the program's makers.
typedef struct cr_model {
    const char *wire, *kind, *name, *label;
    const cJSON *data;
} cr_model;

typedef struct cr_model_table cr_model_table;

// Reads what is embedded in the program. CR_CORRUPT names the file: one of ours is wrong.
CR_CHECKED cr_status cr_models_open(cr_model_table **out, cr_fault *fault);
void cr_models_close(cr_model_table **table);

// The one of this wire and kind with this name, or with NULL the first. NULL: there is none.
const cr_model *cr_models_find(const cr_model_table *table, const char *wire, const char *kind,
                               const char *name);

// All of them, one after the other; NULL behind the last.
const cr_model *cr_models_at(const cr_model_table *table, int index);

// The service's input from our values (an object). Gives the tree. CR_INVALID names what is missing
// or what the model would refuse.
CR_CHECKED cr_status cr_model_input(const cr_model *model, const cJSON *values, cJSON **out,
                                    cr_fault *fault);

// Judge an input by what the model takes.
CR_CHECKED cr_status cr_model_check(const cr_model *model, const cJSON *input, cr_fault *fault);

// What [units] of it cost; limits as numbers, [fallback] when the data do not say.
cr_money cr_model_price(const cr_model *model, double units);
double cr_model_limit(const cr_model *model, const char *name, double fallback);

// The embedded files, made by models/embed.py.
typedef struct cr_model_file {
    const char *name, *text;
} cr_model_file;
extern const cr_model_file cr_model_files[];
extern const int cr_model_file_count;
