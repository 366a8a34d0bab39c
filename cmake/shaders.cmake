# The GL painter's shaders stand as GLSL beside it; here they become a C table.
function(cr_shaders output)
  file(GLOB shaders CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/compositor/paint_gl_*.glsl)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/shaders.py ${output} ${shaders}
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/shaders.py ${shaders}
    VERBATIM)
endfunction()
