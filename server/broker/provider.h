// The one interface of everything that makes something: the built-in makers now, paid services
// later. Work is submitted, polled and cancelled; nothing here waits.
//
// What goes in and out is JSON; files are written into the request's folder and named in the output
// relative to it. Members of input and output, by kind (all durations in ticks, see time/time.h;
// sizes in pixels; [x] = optional):
//
//   questions  in  {prompt}
//              out {questions: [{id, text, why, choices: [text…], fallback}]}
//   script     in  {prompt, answers: {id: text}, seconds, aspect, style, mood, [script_text], seed}
//              out {title, topic, audience, shape, mood, style, palette,
//                   scenes: [{heading, narration, visual, shot, [on_screen], [is_presenter]}]}
//                  narration: the words spoken, plain text; visual: what is in the picture, as
//                  words for a painter; shot: camera ("wide", "close-up", "push in" …);
//                  on_screen: a short title over the picture; palette: a name the painter knows
//   picture    in  {title, visual, shot, style, palette, mood, width, height, scene, scene_count,
//                   variant, seed, [is_presenter], [note], [base: a former output's spec]}
//              out {file: "picture.png", spec: {…}, alt, [understood: what the note changed],
//                   layers: [{file, depth, [role], x, y, width, height}]}   far to near, depth 0
//                  (far) to 1 (near), RGBA cropped to its ink: x, y is where its top left corner
//                  lies on the canvas, which it may exceed by bleed_px on every side
//              bleed_px; roles: "drift" (clouds), "hover" (what flies) and "presenter", which has
//                  mouth {x, y, width}, eyes [{x, y, width}], skin and lips ("#rrggbb"), and no
//                  mouth painted: motion and lipsync put one there
//   voice      in  {text, voice, speed, seed}
//              out {file: "voice.wav", duration, words: [{text, start, end}],
//                   phonemes: [{symbol, start, end}]}
//   music      in  {mood, duration, seed}
//              out {file: "music.wav", duration, key, tempo, beats: [ticks…]}
//   motion     in  {picture: file, [layers], [bleed_px], width, height, rate: {num, den}, duration,
//                   shot, visual, seed}
//              out {file: "clip.mp4", duration, move}
//   lipsync    in  motion's input, with [phonemes] and a presenter layer; or, of a maker that takes
//                  voices, with voice {file} and voice_start in the clip
//              out motion's output
//
// Paths in inputs are absolute; the broker has put them there.
#pragma once

#include "base/json.h"
#include "base/status.h"

// Money in millionths of a US dollar.
typedef int64_t cr_money;

// One thing that is asked of a maker.
typedef struct cr_request {
    const char *kind;   // as above
    const cJSON *input; // borrowed for the call
    const char *folder; // exists; the outputs' home. Its last part names the job, and a paid
                        // maker keeps what it bought beside it, under that name and ".paid"
} cr_request;

// What a provider takes at most.
typedef struct cr_provider_limits {
    int concurrent_max;   // submitted and not yet done
    int64_t deadline_ms;  // longer than this is a failure
    int prompt_bytes_max; // 0: none
} cr_provider_limits;

// Where a submitted job stands.
typedef struct cr_provider_state {
    bool is_done;
    int progress_percent; // -1 when the provider does not say
    cJSON *output;        // when done and good; given to the caller (cJSON_Delete)
    cr_money cost;        // what it really cost, when done
} cr_provider_state;

// Room for a provider's own name of a job, with its end.
enum { CR_EXTERNAL_ID_BYTES = 128 };

// Who makes one kind of thing.
typedef struct cr_provider {
    void *cookie;
    const char *id;    // "builtin-painter"
    const char *label; // for people: "built-in painter"
    const char *kind;
    int version; // part of every input hash: raise it when the same input gives another output
    cr_provider_limits limits;
    // What was begun goes on when this process ends, and submit finds it again.
    bool goes_on;
    // A lipsync that is made from the picture and the voice's sound: it gets no phonemes and needs
    // no layers.
    bool takes_voice;
    bool takes_notes;    // changes a picture that is there by a note
    const char *service; // who is paid; NULL: nobody, it is built in
    const cJSON *model;  // what is known of the model, see model.h; NULL: built in

    // What the request will cost; judges the input too. CR_INVALID names the member.
    cr_status (*estimate)(void *cookie, const cr_request *request, cr_money *out, cr_fault *fault);
    // Start. Fills [external_id], by which poll and cancel know it, for a paid provider also after
    // a restart. CR_BUSY: over concurrent_max, try later.
    cr_status (*submit)(void *cookie, const cr_request *request,
                        char external_id[CR_EXTERNAL_ID_BYTES], cr_fault *fault);
    // CR_OK and is_done false while it runs; CR_NOTFOUND: unknown id (a built-in after a restart);
    // any other failure: the job failed, the fault says why.
    cr_status (*poll)(void *cookie, const char *external_id, cr_provider_state *out,
                      cr_fault *fault);
    // Ask it to stop; poll then answers CR_CANCELED. Unknown ids are fine.
    void (*cancel)(void *cookie, const char *external_id);
    void (*close)(void *cookie);
} cr_provider;
