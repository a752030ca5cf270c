# hanjari_module(NAME [USES module...] [LIBRARIES target...])
#
# A module is the folder src/NAME with its public headers in include/hanjari/NAME; its files are found, not listed. USES names
# the modules it may include, directly or through one another; everything else is an error of the test architecture_test,
# which reads the map written here to ${CMAKE_BINARY_DIR}/module_map.txt.
set_property(GLOBAL PROPERTY HANJARI_MODULE_MAP "")

function(hanjari_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "USES;LIBRARIES;PRIVATE_LIBRARIES")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  string(REPLACE ";" " " uses "${module_USES}")
  set_property(GLOBAL APPEND PROPERTY HANJARI_MODULE_MAP "${name}: ${uses}")
  if(NOT sources)
    add_library(hanjari_${name} INTERFACE)
    set(reach INTERFACE)
    set(hidden INTERFACE)
  else()
    add_library(hanjari_${name} STATIC ${sources})
    set(reach PUBLIC)
    set(hidden PRIVATE)
    target_link_libraries(hanjari_${name} PRIVATE hanjari_compiler)
  endif()
  target_include_directories(hanjari_${name} ${reach} ${PROJECT_SOURCE_DIR}/include)
  target_include_directories(hanjari_${name} ${hidden} ${PROJECT_SOURCE_DIR}/src)
  foreach(used IN LISTS module_USES)
    target_link_libraries(hanjari_${name} ${reach} hanjari_${used})
  endforeach()
  target_link_libraries(hanjari_${name} ${reach} ${module_LIBRARIES})
  target_link_libraries(hanjari_${name} ${hidden} ${module_PRIVATE_LIBRARIES})
endfunction()

function(hanjari_write_module_map)
  get_property(map GLOBAL PROPERTY HANJARI_MODULE_MAP)
  list(JOIN map "\n" text)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/module_map.txt CONTENT "${text}\n")
endfunction()

# hanjari_test(MODULE [LIBRARIES target...]): one test program MODULE_test from tests/MODULE/*_test.cpp; other .cpp files there
# are its support. tests/places.h says where the repository and the built command are.
function(hanjari_test name)
  cmake_parse_arguments(PARSE_ARGV 1 suite "" "" "LIBRARIES")
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_test ${sources})
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${name}_test PRIVATE hanjari_compiler ${suite_LIBRARIES} hanjari_test_places GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST PROPERTIES LABELS ${name} TIMEOUT 900
    ENVIRONMENT "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/leaks-of-libraries.txt:print_suppressions=0")
endfunction()
