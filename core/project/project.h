// The film as data: an immutable snapshot. Readers keep a reference; edit.h is the only writer.
//
// Coordinates are in project pixels (settings.width × height), y down; a render at another size
// scales. Times are ticks on the timeline unless a line says "source".
#pragma once

#include "base/ref.h"
#include "media/color.h"
#include "project/catalog.h"
#include "project/value.h"

// Limits; more is refused.
enum {
    CR_PROJECT_VERSION = 1,
    CR_ID_BYTES_MAX = 64,
    CR_TRACKS_MAX = 256,
    CR_CLIPS_MAX = 200000, // a project
    CR_EFFECTS_MAX = 32,   // a clip
    CR_KEYFRAMES_MAX = 10000,
    CR_NESTING_MAX = 8, // sequences in sequences
};

// A file the film is made from. [uri] is relative to the project file, or absolute; [hash] is the
// SHA-256 of its bytes in hex, "" unknown.
typedef struct cr_asset {
    cr_ref ref;
    char *id;
    char *uri;
    char *hash;
    char *name;
    char *label;       // where it came from, shown to a person: "built-in painter"
    cr_ticks duration; // 0 for stills; CR_TICKS_NONE unknown
    cJSON *extra;      // fields this version does not know, kept
} cr_asset;

// What a track holds.
typedef enum cr_track_kind {
    CR_TRACK_NONE = 0,
    CR_TRACK_VIDEO,
    CR_TRACK_AUDIO,
    CR_TRACK_TEXT, // captions and titles; painted over all video tracks
} cr_track_kind;

// What a clip shows or plays.
typedef enum cr_clip_kind {
    CR_CLIP_NONE = 0,
    CR_CLIP_MEDIA,    // an asset's picture (video track) or sound (audio track)
    CR_CLIP_SOLID,    // one colour
    CR_CLIP_TITLE,    // styled text, placed by the transform
    CR_CLIP_CAPTION,  // a line of speech with word times, placed by its style
    CR_CLIP_SEQUENCE, // another timeline of this project
} cr_clip_kind;

// How a picture is fitted into the canvas before scale: CSS object-fit.
typedef enum cr_fit {
    CR_FIT_NONE = 0, // one source pixel is one project pixel
    CR_FIT_CONTAIN,
    CR_FIT_COVER,
    CR_FIT_STRETCH,
} cr_fit;

// The animatable parameters that every clip has.
#define CR_CLIP_PARAM_MAP(X)                                                                       \
    X(X, "x", 0)             /* px, of the anchor from the canvas centre */                        \
    X(Y, "y", 0)             /* px */                                                              \
    X(SCALE_X, "scale_x", 1) /* factor after the fit */                                            \
    X(SCALE_Y, "scale_y", 1)                                                                       \
    X(ROTATION, "rotation", 0) /* degrees clockwise */                                             \
    X(ANCHOR_X, "anchor_x", 0) /* px from the picture's centre, before scale */                    \
    X(ANCHOR_Y, "anchor_y", 0)                                                                     \
    X(CROP_LEFT, "crop_left", 0) /* fraction of the picture, 0 to 1 */                             \
    X(CROP_TOP, "crop_top", 0)                                                                     \
    X(CROP_RIGHT, "crop_right", 0)                                                                 \
    X(CROP_BOTTOM, "crop_bottom", 0)                                                               \
    X(CORNER_RADIUS, "corner_radius", 0) /* px */                                                  \
    X(OPACITY, "opacity", 1)             /* 0 to 1 */                                              \
    X(GAIN, "gain", 0)                   /* dB; -96 and below is silence */                        \
    X(PAN, "pan", 0)                     /* -1 left to 1 right */

// Index into a clip's params.
typedef enum cr_clip_param {
#define X(name, id, fallback) CR_CLIP_##name,
    CR_CLIP_PARAM_MAP(X)
#undef X
        CR_CLIP_PARAM_COUNT,
} cr_clip_param;

// One effect on one clip.
typedef struct cr_effect {
    char *id;
    const cr_catalog_entry *entry;
    bool is_off;
    cr_animated params[CR_EFFECT_PARAMS_MAX]; // by the entry's order
    cJSON *extra;
} cr_effect;

// How text looks. Sizes in project pixels; colours 0xRRGGBBAA.
typedef struct cr_text_style {
    char *font; // family; "" the default
    int weight; // 100 to 900
    bool is_italic;
    cr_number size;
    uint32_t color, outline_color, shadow_color, box_color, highlight_color; // alpha 0: off
    cr_number outline, shadow, box_padding, letter_spacing, line_spacing;
    int align;           // -1 left, 0 centre, 1 right
    int vertical;        // -1 top, 0 middle, 1 bottom
    cr_number margin;    // from the canvas edge
    cr_number width_max; // px, 0: the title-safe width
    cJSON *extra;
} cr_text_style;

// One word of a caption, and when it is said.
typedef struct cr_word {
    char *text;
    cr_range range; // from the clip's start
    cJSON *extra;
} cr_word;

// How a fade rises and falls.
typedef enum cr_fade_curve {
    CR_FADE_NONE = 0,
    CR_FADE_LINEAR,
    CR_FADE_EQUAL_POWER,
    CR_FADE_EXPONENTIAL,
} cr_fade_curve;

// One piece of picture, sound or text on a track. Shared between snapshots.
typedef struct cr_clip {
    cr_ref ref;
    char *id;
    char *name;
    cr_clip_kind kind;
    cr_range range;        // on the timeline
    cr_ticks source_start; // where in the source the clip's first frame is (last, when reversed)
    cr_number speed;       // 1 normal; negative plays backwards; 0 holds source_start
    bool keep_pitch;
    bool is_off;
    char *asset;    // id, for CR_CLIP_MEDIA
    char *sequence; // id, for CR_CLIP_SEQUENCE
    char *link;     // clips with the same link move together (sound and picture); "" none
    char *group;    // "" none
    cr_fit fit;
    cr_blend blend;
    cr_animated params[CR_CLIP_PARAM_COUNT];
    int effect_count;
    cr_effect *effects;
    cr_ticks fade_in, fade_out; // sound of an audio clip, opacity of others
    cr_fade_curve fade_in_curve, fade_out_curve;
    uint32_t color;       // CR_CLIP_SOLID: 0xRRGGBBAA
    char *text;           // title and caption
    cr_text_style *style; // NULL: the track's, else the project's
    int word_count;
    cr_word *words;
    // Where this clip's sound is speech, in source time; what ducking listens to. None known: all.
    int speech_count;
    cr_range *speech;
    cJSON *extra;
} cr_clip;

// Joins two clips that touch, or begins or ends one at a gap (from or to "").
typedef struct cr_transition {
    cr_ref ref;
    char *id;
    char *from, *to;
    const cr_catalog_entry *entry;
    cr_range range; // covers the cut
    cr_number params[CR_EFFECT_PARAMS_MAX];
    cr_easing easing;
    cJSON *extra;
} cr_transition;

// Turns a track down while another role speaks.
typedef struct cr_duck {
    char *under;      // role that is listened to, "" off
    cr_number amount; // dB, negative
    cr_ticks attack, release;
    cJSON *extra;
} cr_duck;

// Clips one after another. Shared between snapshots.
typedef struct cr_track {
    cr_ref ref;
    char *id;
    char *name;
    cr_track_kind kind;
    char *role; // "voice", "music", "effects", ""
    bool is_locked, is_hidden, is_muted, is_solo;
    cr_number gain, pan;
    cr_duck duck;
    cr_text_style *style;
    int clip_count;
    cr_clip **clips; // by start; never overlapping within a track
    int transition_count;
    cr_transition **transitions; // by start; never overlapping within a track
    cJSON *extra;
} cr_track;

// A named place on the timeline.
typedef struct cr_marker {
    cr_ref ref;
    char *id;
    char *name;
    cr_range range;
    uint32_t color;
    cJSON *extra;
} cr_marker;

// One timeline. The project's first sequence is the film.
typedef struct cr_sequence {
    cr_ref ref;
    char *id;
    char *name;
    int track_count;
    cr_track **tracks; // bottom to top
    int marker_count;
    cr_marker **markers; // by start, then by id
    cJSON *extra;
} cr_sequence;

// The canvas, the clock and the targets of the whole film.
typedef struct cr_settings {
    int width, height;
    cr_rate frame_rate;
    cr_color color;
    uint32_t background;     // 0xRRGGBBAA
    cr_number loudness_lufs; // target; 0: leave as mixed
    cr_number peak_dbtp;     // true-peak ceiling
    cJSON *extra;
} cr_settings;

// The whole: one snapshot.
typedef struct cr_project {
    cr_ref ref;
    char *title;
    cr_settings settings;
    cr_text_style *caption_style, *title_style; // never NULL
    int asset_count;
    cr_asset **assets; // by id
    int sequence_count;
    cr_sequence **sequences;
    int64_t revision; // counts the edits since it was read, undoing too; not in the file
    cJSON *extra;
} cr_project;

cr_project *cr_project_keep(const cr_project *project);
void cr_project_drop(cr_project **project);

// Lookups; NULL when there is none. Borrowed from the snapshot.
const cr_asset *cr_project_asset(const cr_project *project, const char *id);
const cr_sequence *cr_project_sequence(const cr_project *project, const char *id);
const cr_sequence *cr_project_film(const cr_project *project);

// Where the last clip ends.
cr_ticks cr_sequence_duration(const cr_sequence *sequence);

// The style that a text clip on [track] is set in; never NULL.
const cr_text_style *cr_clip_style(const cr_project *project, const cr_track *track,
                                   const cr_clip *clip);
