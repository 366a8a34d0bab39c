pkg_check_modules(fluidsynth REQUIRED IMPORTED_TARGET fluidsynth)
target_sources(cr_broker PRIVATE builtin_music.c music/drums.c music/melody.c music/moods.c
  music/parts.c music/render.c music/score.c)
target_link_libraries(cr_broker PUBLIC PkgConfig::fluidsynth)
