# What every target of ours is compiled with.
add_library(cr_build INTERFACE)
target_compile_options(cr_build INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wundef -Wvla -Wstrict-prototypes -Wmissing-prototypes
  -Wconversion -Wno-sign-conversion
  # The painter's and the timeline's numbers are the same on every machine.
  -ffp-contract=off)
target_compile_definitions(cr_build INTERFACE _GNU_SOURCE)
if(CUTROOM_WERROR)
  target_compile_options(cr_build INTERFACE -Werror)
endif()
if(CUTROOM_SANITIZE)
  target_compile_options(cr_build INTERFACE -fsanitize=${CUTROOM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(cr_build INTERFACE -fsanitize=${CUTROOM_SANITIZE})
  if(CUTROOM_SANITIZE MATCHES "undefined")
    target_compile_options(cr_build INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()

# cr_library(NAME SOURCES a.c b.c [NEEDS cr_base …] [PACKAGES libass …])
# A static library of one folder. Headers are included from the parent of the folder:
# "time/time.h", "broker/provider.h".
function(cr_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS;PACKAGES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC cr_build ${ARG_NEEDS})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/..)
  if(ARG_PACKAGES)
    pkg_check_modules(${name}_packages REQUIRED IMPORTED_TARGET ${ARG_PACKAGES})
    if(EMSCRIPTEN)
      cr_wasm_package(PkgConfig::${name}_packages)
    endif()
    target_link_libraries(${name} PUBLIC PkgConfig::${name}_packages)
  endif()
endfunction()
