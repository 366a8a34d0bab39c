# The paid services; see paid.h. Their models are data, embedded as a C table.
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
file(GLOB model_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/models/*.json)
list(SORT model_files)
set(model_table ${CMAKE_CURRENT_BINARY_DIR}/model_files.c)
add_custom_command(OUTPUT ${model_table}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/models/embed.py ${model_table} ${model_files}
  DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/models/embed.py ${model_files}
  VERBATIM)
target_sources(cr_broker PRIVATE ${model_table} http_address.c http_client.c ledger.c model.c
  paid_ask.c paid_fit.c paid_job.c paid_news.c paid_once.c paid_provider.c paid_values.c paid_voice.c
  provider_elevenlabs.c provider_google.c provider_minimax.c provider_openai.c provider_openai_media.c provider_replicate.c provider_tell.c
  provider_vertex.c registry_paid.c sniff.c text_schema.c webhook.c)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
target_link_libraries(cr_broker PUBLIC PkgConfig::curl PkgConfig::sodium)
