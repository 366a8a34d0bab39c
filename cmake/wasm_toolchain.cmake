# The toolchain file of the wasm presets: leads to what tools/toolchain found or made.
set(found ${CMAKE_CURRENT_LIST_DIR}/../build/wasm-toolchain.cmake)
if(NOT EXISTS ${found})
  message(FATAL_ERROR "There is no WebAssembly toolchain yet: run tools/toolchain first.")
endif()
include(${found})
