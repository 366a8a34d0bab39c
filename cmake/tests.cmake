# cr_test(NAME SOURCES a.c [NEEDS cr_time …] [ARGUMENTS …] [TIMEOUT seconds] [LABELS …])
# One cmocka program under ctest, run in a fresh folder of its own.
function(cr_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;NEEDS;ARGUMENTS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE cr_build ${ARG_NEEDS} PkgConfig::cmocka)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/core ${CMAKE_SOURCE_DIR}/shims
    ${CMAKE_SOURCE_DIR}/server ${CMAKE_SOURCE_DIR})
  set(folder ${CMAKE_BINARY_DIR}/test-work/${name})
  file(MAKE_DIRECTORY ${folder})
  add_test(NAME ${name} COMMAND ${name} ${ARG_ARGUMENTS} WORKING_DIRECTORY ${folder})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600) # ends what hangs, and nothing on a machine with much else to do
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "CUTROOM_DATA=${CUTROOM_DATA}")
endfunction()
