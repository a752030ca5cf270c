# One set of compiler rules for every target. The plan must be the same bytes whichever compiler built it, so floating point
# stays strictly IEEE (no contraction, no fast-math), and warnings are errors so that both compilers keep reading the same code.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# clang++ makes sanitized code in a third of the time that g++ takes, and without optimisation in half of that again; only the core
# computes long enough to need some.
set(HANJARI_CORE_FLAGS "" CACHE STRING "Options for the modules that compute (COMPUTES in src/CMakeLists.txt), after those of the build type")
set(HANJARI_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize= (address,undefined or thread)")
option(HANJARI_COVERAGE "Build with branch coverage" OFF)

add_library(hanjari_compiler INTERFACE)
target_compile_options(hanjari_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  -Wno-missing-field-initializers  # members have defaults; designated initialisers say only what matters
  # g++ 12 warns falsely about string concatenation and about vectors of one element (GCC bugs 105329 and 105562).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  # Several files compiled as one look like headers to it, so that a class that keeps its parts to itself is warned about.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
  -ffp-contract=off -fno-fast-math)
if(CMAKE_UNITY_BUILD)
  # A name of one file does not shadow that of another, although they are compiled as one; the preset dev warns where it does.
  target_compile_options(hanjari_compiler INTERFACE -Wno-shadow)
endif()
if(HANJARI_SANITIZE)
  target_compile_options(hanjari_compiler INTERFACE -fsanitize=${HANJARI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hanjari_compiler INTERFACE -fsanitize=${HANJARI_SANITIZE})
endif()
# The developers' build does not optimise what waits for a network, a disk or a person: compiling takes a third of the time then. What
# computes is optimised even there, or the tests of founding size would take too long.
function(hanjari_optimise_core)
  if(NOT HANJARI_SANITIZE)
    return()
  endif()
  foreach(module IN LISTS ARGN)
    get_target_property(kind hanjari_${module} TYPE)
    if(NOT kind STREQUAL INTERFACE_LIBRARY)
      target_compile_options(hanjari_${module} PRIVATE -O1)
    endif()
  endforeach()
endfunction()
if(HANJARI_COVERAGE)
  target_compile_options(hanjari_compiler INTERFACE --coverage -fprofile-abs-path)
  target_link_options(hanjari_compiler INTERFACE --coverage)
endif()

find_program(HANJARI_CCACHE ccache)
if(HANJARI_CCACHE)
  # Paths are taken relative to the checkout, so that one cache serves all checkouts of a machine.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${HANJARI_CCACHE})
endif()

# mold links a sanitized program in a fraction of the time that the usual linker takes.
find_program(HANJARI_MOLD mold)
if(HANJARI_MOLD)
  target_link_options(hanjari_compiler INTERFACE -fuse-ld=mold)
endif()
