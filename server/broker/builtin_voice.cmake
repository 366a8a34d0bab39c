# flite has no pkg-config file; espeak-ng is loaded when it is needed, only its headers are.
pkg_check_modules(espeak_ng REQUIRED espeak-ng)
target_sources(cr_broker PRIVATE builtin_voice.c library_chance.c wav_file.c voice/choose.c voice/espeak.c
  voice/espeak_sounds.c voice/flite.c voice/polish.c voice/words.c)
target_include_directories(cr_broker PRIVATE ${espeak_ng_INCLUDE_DIRS})
target_link_libraries(cr_broker PUBLIC cr_media cr_mixer ${CMAKE_DL_LIBS} flite_cmu_us_slt
  flite_cmu_us_rms flite_cmu_us_awb flite_usenglish flite_cmulex flite m)
