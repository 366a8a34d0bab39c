// What was bought, made as long as the film needs it: a clip that is too short is slowed down, a
// piece of music that is too short is played again, one into the other.
#pragma once

#include "broker/builtin.h"
#include "time/time.h"

// Writes [name_to] of [have] → [need] ticks from [name_from], both in [folder]; sizes are the
// clip's. CR_CANCELED: stopped.
CR_CHECKED cr_status cr_paid_fit_film(const cr_work *work, const char *folder,
                                      const char *name_from, const char *name_to, cr_ticks have,
                                      cr_ticks need, cr_fault *fault);
CR_CHECKED cr_status cr_paid_fit_music(const cr_work *work, const char *folder,
                                       const char *name_from, const char *name_to, cr_ticks have,
                                       cr_ticks need, cr_fault *fault);

// The voice at [path] (absolute) with silence around it: it begins at [start], and all is [need]
// long. Writes [name_to] in [folder].
CR_CHECKED cr_status cr_paid_fit_voice(const cr_work *work, const char *folder, const char *path,
                                       const char *name_to, cr_ticks start, cr_ticks need,
                                       cr_fault *fault);
