cr_test(test_broker_motion SOURCES motion.c picture_maker.c clip_frames.c
  NEEDS cr_broker cr_native TIMEOUT 300)
