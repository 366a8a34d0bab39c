// Small films for the tests of the export: moving pictures and a tone, made by ffmpeg.
#pragma once

#include "engine/export.h"
#include "project/project.h"

// [seconds] at [rate]; pictures of 64 × 48 that all differ, with sound. Gives the project, whose
// media lie in "corpus".
cr_project *small_film(int seconds, const char *rate);

// The same, with pictures coded by these arguments of ffmpeg ("-c:v libx264").
cr_project *small_film_coded(int seconds, const char *rate, const char *coding);

// Wishes for it that every test shares: ultrafast and reproducible.
cr_export_desc small_wishes(const char *output);

// Removes a folder's segments and the folder.
void small_folder_clear(const char *folder);

// The bytes of both files are the same.
bool small_files_equal(const char *one, const char *other);
