// From a prompt and answers to a script.
#pragma once

#include "base/json.h"
#include "broker/writer/compose.h"
#include "broker/writer/prompt.h"

// What a script is written from. Texts are borrowed, never NULL.
typedef struct cr_commission {
    cr_prompt prompt;
    const char *audience;                                 // the answer or what the prompt says
    char reader;                                          // 'k' or 'a'
    const char *tone, *focus, *ending, *call, *presenter; // answers, "" none
    const char *mood, *style;                             // wished, "" none
    int seconds;
    cr_words interest, focus_words;
    cr_slots slots;
    cr_knowledge knowledge;
} cr_commission;

// What the shapes decide; the rest is done alike for all of them.
typedef struct cr_treatment {
    cr_sources begin, middle, end;
    char *title, *topic;
    const char *palette, *mood; // "" for the ordinary one of the shape
    const char *visual;         // where a line has none
    bool is_numbered;           // steps
    int step_count;             // 0: by the time
    bool wants_presenter;
} cr_treatment;

// One a shape. Each fills slots and says where the lines come from.
void cr_treat_explainer(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);
void cr_treat_story(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);
void cr_treat_advert(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);
void cr_treat_howto(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);
void cr_treat_greeting(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);
void cr_treat_foreign(cr_scrap *scrap, cr_commission *commission, cr_treatment *out);

// Reads [input] (see broker/provider.h, kind "script", without script_text) and gives the script.
// CR_INVALID and CR_LIMIT name the member.
CR_CHECKED cr_status cr_script_write(cJSON **out, const cJSON *input, cr_fault *fault);

// How many words [seconds] of film have room for, in [scenes] scenes.
int cr_script_words(int seconds, int scenes);

// What to paint for [narration]: [fallback] and the things that the words name.
char *cr_visual_derive(cr_scrap *scrap, const char *narration, const char *fallback);

// The shape that the words and the knowledge make of the prompt where its opening tells none.
cr_shape cr_shape_settle(cr_scrap *scrap, const cr_knowledge *knowledge, const cr_prompt *prompt);
