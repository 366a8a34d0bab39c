// Making, copying and sharing the parts of a snapshot. Only readers of files and edits need this:
// a part may be written while it has one reference (cr_ref_is_single), never after.
#pragma once

#include "project/project.h"

// Empty parts with every default; texts are "" and never NULL.
cr_asset *cr_asset_make(void);
cr_clip *cr_clip_make(void);
cr_transition *cr_transition_make(void);
cr_marker *cr_marker_make(void);
cr_track *cr_track_make(void);
cr_sequence *cr_sequence_make(void);
cr_project *cr_project_make(void);

// Shares: another reference to the same part.
cr_asset *cr_asset_keep(const cr_asset *asset);
cr_clip *cr_clip_keep(const cr_clip *clip);
cr_transition *cr_transition_keep(const cr_transition *transition);
cr_marker *cr_marker_keep(const cr_marker *marker);
cr_track *cr_track_keep(const cr_track *track);
cr_sequence *cr_sequence_keep(const cr_sequence *sequence);

// Give a reference back. NULL is allowed.
void cr_asset_drop(cr_asset *asset);
void cr_clip_drop(cr_clip *clip);
void cr_transition_drop(cr_transition *transition);
void cr_marker_drop(cr_marker *marker);
void cr_track_drop(cr_track *track);
void cr_sequence_drop(cr_sequence *sequence);

// Fresh copies. Of lists, the parts in them are shared.
cr_clip *cr_clip_copy(const cr_clip *clip);
cr_transition *cr_transition_copy(const cr_transition *transition);
cr_track *cr_track_copy(const cr_track *track);
cr_sequence *cr_sequence_copy(const cr_sequence *sequence);
cr_project *cr_project_copy(const cr_project *project);

// What text looks like when nobody says: static, or as a fresh style (cr_text_style_free).
const cr_text_style *cr_text_style_default(cr_clip_kind kind);
cr_text_style *cr_text_style_make(cr_clip_kind kind);
cr_text_style *cr_text_style_copy(const cr_text_style *style);
void cr_text_style_free(cr_text_style *style);

// Replace an owned text by a copy of [text] (which may be that text), or free it.
void cr_text_set(char **owned, const char *text);
void cr_text_free(char **owned);

// [out] becomes a copy of [animated], keyframes included.
void cr_animated_copy(cr_animated *out, const cr_animated *animated);
void cr_animated_free(cr_animated *animated);

// Frees what it holds.
void cr_effect_clear(cr_effect *effect);
// Frees what the array's effects hold, and the array.
void cr_effects_free(cr_effect *effects, int count);
void cr_words_free(cr_word *words, int count);

// Put lists into the order in which a snapshot keeps them.
void cr_assets_sort(cr_project *project);
void cr_markers_sort(cr_sequence *sequence);
void cr_track_sort(cr_track *track);
