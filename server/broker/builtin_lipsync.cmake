target_sources(cr_broker PRIVATE builtin_lipsync.c)
