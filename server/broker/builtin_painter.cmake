# The painter draws with cairo and librsvg and writes PNG itself.
target_sources(cr_broker PRIVATE
  builtin_painter.c
  painter/backdrop.c painter/backdrop_land.c painter/backdrop_plants.c painter/backdrop_room.c
  painter/backdrop_sky.c painter/backdrop_space.c painter/backdrop_town.c painter/backdrop_water.c
  painter/backdrop_wild.c painter/backdrop_work.c painter/room.c
  painter/composition.c painter/icon_body.c painter/icons.c painter/ink.c painter/layout.c
  painter/lexicon.c painter/look.c painter/note.c painter/own_icons.c painter/paint.c
  painter/presenter.c painter/reader.c painter/setting.c painter/setting_words.c
  painter/sheet_file.c painter/stage.c
  painter/things_nature.c painter/things_objects.c painter/things_people.c painter/things_places.c
  painter/words.c)
pkg_check_modules(cr_painter_packages REQUIRED IMPORTED_TARGET librsvg-2.0 cairo libpng)
target_link_libraries(cr_broker PUBLIC PkgConfig::cr_painter_packages)
