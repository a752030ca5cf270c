# hanjari_precompile(): what nearly every file begins with (the standard library, fmt, JSON, and in tests GoogleTest) is read once for all targets that
# are compiled alike, not once in every run of the compiler: some two seconds of each. The preset check alone does so: a build whose files do not name what
# they use would not be noticed otherwise. clang++ only: it takes a header that was compiled under more definitions than a target has.
option(HANJARI_PRECOMPILE "Read the headers of nearly all files once (clang++ only)" OFF)

set(hanjari_usual_headers <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <sstream> <string>
    <string_view> <utility> <vector> <fmt/format.h> <nlohmann/json.hpp>)

# hanjari_precompiled_for(KIND target... LIBRARIES target... FLAGS flag... HEADERS header...): these targets share one precompiled header.
function(hanjari_precompiled_for kind)
  cmake_parse_arguments(PARSE_ARGV 1 shared "" "" "LIBRARIES;FLAGS;HEADERS")
  set(code ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp)
  file(CONFIGURE OUTPUT ${code} CONTENT "// Made by cmake/HanjariPrecompiled.cmake: a target needs a file.\n")
  add_library(hanjari_precompiled_${kind} OBJECT ${code})
  target_link_libraries(hanjari_precompiled_${kind} PRIVATE hanjari_compiler fmt::fmt nlohmann_json::nlohmann_json Poco::Net ${shared_LIBRARIES})
  target_compile_options(hanjari_precompiled_${kind} PRIVATE ${shared_FLAGS})
  target_precompile_headers(hanjari_precompiled_${kind} PRIVATE ${hanjari_usual_headers} ${shared_HEADERS})
  foreach(target IN LISTS shared_UNPARSED_ARGUMENTS)
    target_precompile_headers(${target} REUSE_FROM hanjari_precompiled_${kind})
  endforeach()
endfunction()

function(hanjari_precompile)
  if(NOT HANJARI_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  get_property(modules GLOBAL PROPERTY HANJARI_COMPILED_MODULES)
  get_property(tests GLOBAL PROPERTY HANJARI_TEST_PROGRAMS)
  # It is compiled for threads, as no other module is.
  list(REMOVE_ITEM modules hanjari_documents)
  # It is optimised, as no other test is.
  list(REMOVE_ITEM tests architecture_test)
  set(plain "")
  set(core "")
  foreach(target IN LISTS modules)
    get_target_property(options ${target} COMPILE_OPTIONS)
    if(options MATCHES "-O1")
      list(APPEND core ${target})
    else()
      list(APPEND plain ${target})
    endif()
  endforeach()
  hanjari_precompiled_for(plain ${plain})
  hanjari_precompiled_for(core ${core} FLAGS -O1)
  if(tests)
    find_package(GTest REQUIRED)
    hanjari_precompiled_for(tests ${tests} LIBRARIES GTest::gmock HEADERS <gmock/gmock.h> <gtest/gtest.h>)
  endif()
endfunction()
