cr_test(test_broker_writer SOURCES writer.c NEEDS cr_broker)
cr_test(test_broker_writer_words SOURCES writer_words.c NEEDS cr_broker)
cr_test(test_broker_script_text SOURCES script_text.c NEEDS cr_broker)
