cr_test(test_broker_voice SOURCES voice.c sound_maker.c NEEDS cr_broker cr_native m TIMEOUT 300)
