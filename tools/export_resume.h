// An export in segments that are kept in a folder: what was stopped, even by force or a power cut,
// goes on from the last whole segment.
#pragma once

#include "export_run.h"

// As export_run, but goes on with what is in [folder] (made when missing), and keeps there what was
// made when it fails or is interrupted (CR_CANCELED). Complete, it leaves the folder without
// segments, or no folder when there is nothing else in it. CR_BUSY while another program works in
// it.
CR_CHECKED cr_status export_resume(const cr_project *project, const cr_export_desc *desc,
                                   const char *folder, const cr_host *host, bool is_quiet,
                                   export_outcome *outcome, cr_fault *fault);
