cr_test(test_broker_painter_words SOURCES painter_words.c picture_maker.c NEEDS cr_broker)
cr_test(test_broker_painter_picture SOURCES painter_picture.c picture_maker.c NEEDS cr_broker
  TIMEOUT 300)
