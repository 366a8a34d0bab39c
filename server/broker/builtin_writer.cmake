# The built-in writer: its knowledge is data, embedded as a C table.
file(GLOB writer_knowledge CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/writer/knowledge/*.txt)
set(writer_table ${CMAKE_CURRENT_BINARY_DIR}/writer_knowledge.c)
add_custom_command(OUTPUT ${writer_table}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/writer/embed.py ${writer_table}
    ${writer_knowledge}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/writer/embed.py ${writer_knowledge}
  VERBATIM)
target_sources(cr_broker PRIVATE builtin_writer.c ${writer_table}
  writer/compose.c writer/knowledge.c writer/phrase.c writer/prompt.c writer/prompt_parts.c
  writer/questions.c writer/scrap.c writer/script.c writer/script_text.c writer/treat_advert.c
  writer/treat_explainer.c writer/treat_foreign.c writer/treat_greeting.c writer/treat_howto.c
  writer/treat_story.c writer/verbs.c writer/visual.c writer/words.c)
