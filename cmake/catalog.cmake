# The effects' and transitions' parameters stand as JSON beside the code that paints them; here they
# become a C table.
function(cr_catalog output)
  file(GLOB entries CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/core/compositor/effect_*.json
    ${CMAKE_SOURCE_DIR}/core/compositor/transition_*.json)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/catalog.py ${output} ${entries}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/catalog.py ${entries}
    VERBATIM)
endfunction()
