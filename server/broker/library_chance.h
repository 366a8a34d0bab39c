// The C library's rand belongs to the whole process, and flite, espeak-ng and FluidSynth all draw
// from it. Who needs the same numbers every time, or draws any, does so between these two.
#pragma once

// Waits for whoever holds it, then begins the sequence anew.
void cr_library_chance_take(void);
void cr_library_chance_give(void);
