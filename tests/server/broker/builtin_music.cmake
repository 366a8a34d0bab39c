cr_test(test_broker_music SOURCES music.c sound_maker.c NEEDS cr_broker cr_native m)
