# What is different when the core becomes WebAssembly. Without threads it runs in pages that cannot be
# cross-origin isolated; the libraries' objects are the same in both.
option(CUTROOM_WASM_THREADS "Run on threads, in shared memory" ON)

# Here, after all trial compilations: each reads Emscripten's platform file, which points pkg-config to
# a folder of its own.
set(ENV{PKG_CONFIG_LIBDIR} "${CUTROOM_WASM_MODULES}")
# What CMake remembers of libraries that tools/toolchain has built anew lies in another folder.
if(NOT "${CUTROOM_WASM_MODULES}" STREQUAL "${CUTROOM_WASM_MODULES_SEEN}")
  get_cmake_property(remembered CACHE_VARIABLES)
  list(FILTER remembered INCLUDE REGEX "^(__pkg_config_checked_|pkgcfg_lib_)")
  foreach(entry IN LISTS remembered)
    unset(${entry} CACHE)
  endforeach()
  set(CUTROOM_WASM_MODULES_SEEN "${CUTROOM_WASM_MODULES}" CACHE INTERNAL "Where libraries were last")
endif()

add_compile_options(-msimd128)
if(CUTROOM_WASM_THREADS)
  add_compile_options(-pthread)
  # Memory that grows is slower only for JavaScript that reads it, which ours hardly does.
  add_link_options(-pthread -Wno-pthreads-mem-growth)
endif()
add_link_options(
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=64MB -sMAXIMUM_MEMORY=4GB -sMALLOC=mimalloc
  # FFmpeg and libass expect a stack as systems give it.
  -sSTACK_SIZE=4MB -sDEFAULT_PTHREAD_STACK_SIZE=2MB)

# cr_wasm_package(TARGET): the libraries are built with threads, which ask for threads of whoever links
# them; without threads here they are linked all the same, as nothing of it is called.
function(cr_wasm_package target)
  get_target_property(options ${target} INTERFACE_LINK_OPTIONS)
  if(options AND NOT CUTROOM_WASM_THREADS)
    list(REMOVE_ITEM options -pthread)
    set_target_properties(${target} PROPERTIES INTERFACE_LINK_OPTIONS "${options}")
  endif()
endfunction()

# cr_wasm_program(NAME): an executable becomes a program for Node.js with this machine's files,
# environment and exit code: node NAME.js ARGUMENTS… Its objects are optimized; optimizing all of it once
# more as it is linked takes a minute and gains nothing that can be measured.
function(cr_wasm_program name)
  set(environment ${CMAKE_SOURCE_DIR}/cmake/wasm_environment.js)
  target_link_options(${name} PRIVATE -sENVIRONMENT=node$<$<BOOL:${CUTROOM_WASM_THREADS}>:,worker>
    -O1 -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sEXPORTED_RUNTIME_METHODS=ENV --pre-js ${environment})
  set_target_properties(${name} PROPERTIES SUFFIX .js)
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${environment})
endfunction()

# cr_wasm_module(NAME [JS library.js …]): an executable becomes an ES module for a worker of a page,
#   import create from './NAME.mjs'; const module = await create({…});
# What it exports is said by EMSCRIPTEN_KEEPALIVE or by -sEXPORTED_FUNCTIONS of the caller's own. The
# files after JS are linked as Emscripten's JavaScript libraries (--js-library).
function(cr_wasm_module name)
  cmake_parse_arguments(ARG "" "" "JS" ${ARGN})
  target_link_options(${name} PRIVATE -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=worker
    -sFILESYSTEM=0 -sINCOMING_MODULE_JS_API=[locateFile,print,printErr,wasmModule,wasmMemory,instantiateWasm,mainScriptUrlOrBlob]
    --no-entry)
  foreach(library IN LISTS ARG_JS)
    target_link_options(${name} PRIVATE "SHELL:--js-library ${library}")
  endforeach()
  set_target_properties(${name} PROPERTIES SUFFIX .mjs)
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${ARG_JS})
endfunction()
