# The paid services; see paid.h.
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
target_sources(cr_broker PRIVATE http_address.c http_client.c ledger.c)
target_link_libraries(cr_broker PUBLIC PkgConfig::curl)
