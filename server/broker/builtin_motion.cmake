# Motion and lip-sync are clips rendered by the engine, with the painter's mouths.
target_sources(cr_broker PRIVATE
  builtin_motion.c motion/camera.c motion/clip.c motion/clip_wish.c motion/mouth.c)
target_link_libraries(cr_broker PUBLIC cr_engine cr_project)
