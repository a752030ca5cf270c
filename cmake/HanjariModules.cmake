# The layout of src as targets. Every folder of code is a module: a library that may include only what its USES name. A module
# is known by its folder below core, platform or subjects (allocation, http, intake, intake/store) and by the target of that
# name (hanjari_intake_store). Its files are found, not listed; its public headers stand in include/hanjari/NAME.
# architecture_test holds every #include to the map that hanjari_write_module_map writes to ${CMAKE_BINARY_DIR}/module_map.txt.
set_property(GLOBAL PROPERTY HANJARI_MODULE_MAP "")
set(hanjari_code_folders ${PROJECT_SOURCE_DIR}/src/core ${PROJECT_SOURCE_DIR}/src/platform ${PROJECT_SOURCE_DIR}/src/subjects ${PROJECT_SOURCE_DIR}/src)

# hanjari_module(LAYER NAME [COMPUTES] SOURCES file... USES module... LIBRARIES target... PRIVATE_LIBRARIES target...): what the
# functions below have in common. COMPUTES: its time is what people wait for, so it is compiled with HANJARI_CORE_FLAGS.
function(hanjari_module layer name)
  cmake_parse_arguments(PARSE_ARGV 2 module "COMPUTES" "" "SOURCES;USES;LIBRARIES;PRIVATE_LIBRARIES")
  string(REPLACE ";" " " uses "${module_USES}")
  set_property(GLOBAL APPEND PROPERTY HANJARI_MODULE_MAP "${layer} ${name}: ${uses}")
  string(REPLACE "/" "_" target "hanjari_${name}")
  if(module_SOURCES)
    add_library(${target} STATIC ${module_SOURCES})
    if(module_COMPUTES)
      target_compile_options(${target} PRIVATE ${HANJARI_CORE_FLAGS})
    endif()
    set(reach PUBLIC)
    set(hidden PRIVATE)
    target_link_libraries(${target} PRIVATE hanjari_compiler)
    set_property(GLOBAL APPEND PROPERTY HANJARI_COMPILED_MODULES ${target})
  else()
    add_library(${target} INTERFACE)
    set(reach INTERFACE)
    set(hidden INTERFACE)
  endif()
  target_include_directories(${target} ${reach} ${PROJECT_SOURCE_DIR}/include)
  target_include_directories(${target} ${hidden} ${hanjari_code_folders})
  foreach(used IN LISTS module_USES)
    string(REPLACE "/" "_" used "hanjari_${used}")
    target_link_libraries(${target} ${reach} ${used})
  endforeach()
  target_link_libraries(${target} ${reach} ${module_LIBRARIES})
  target_link_libraries(${target} ${hidden} ${module_PRIVATE_LIBRARIES})
endfunction()

# hanjari_core(NAME [COMPUTES] [USES core...] [LIBRARIES target...] [PRIVATE_LIBRARIES target...]): src/core/NAME with its sub-folders.
function(hanjari_core name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/core/${name}/*.cpp)
  hanjari_module(core ${name} SOURCES ${sources} ${ARGN})
endfunction()

# hanjari_platform(NAME ...): the same for src/platform/NAME.
function(hanjari_platform name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/platform/${name}/*.cpp)
  hanjari_module(platform ${name} SOURCES ${sources} ${ARGN})
endfunction()

# hanjari_subject(NAME [USES module...] [PRIVATE_LIBRARIES target...]
#                 [STORE_USES ...] [STORE_LIBRARIES ...] [PAGES_USES ...] [PAGES_LIBRARIES ...] [COMMANDS_USES ...] [COMMANDS_LIBRARIES ...])
#
# src/subjects/NAME: its use cases and the interfaces they need at its root and in office (where the root has too many files), and the folders store, pages and commands that are
# there. USES: what the root uses: core modules and roots of other subjects; its parts use that too. The arrows of the parts
# are the same for every subject, so that only what goes beyond them is named:
#   store    -> its root, database, vault, audit
#   pages    -> its root, site, http
#   commands -> its root, cli, program/opening
function(hanjari_subject name)
  set(parts "STORE;PAGES;COMMANDS")
  set(lists "USES;PRIVATE_LIBRARIES")
  foreach(part IN LISTS parts)
    list(APPEND lists ${part}_USES ${part}_LIBRARIES)
  endforeach()
  cmake_parse_arguments(PARSE_ARGV 1 subject "" "" "${lists}")
  set(STORE_fixed database vault audit)
  set(PAGES_fixed site http)
  set(COMMANDS_fixed cli program/opening)
  file(GLOB root CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/subjects/${name}/*.cpp ${PROJECT_SOURCE_DIR}/src/subjects/${name}/office/*.cpp)
  hanjari_module(subject ${name} SOURCES ${root} USES ${subject_USES} PRIVATE_LIBRARIES ${subject_PRIVATE_LIBRARIES})
  foreach(part IN LISTS parts)
    string(TOLOWER ${part} folder)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/subjects/${name}/${folder}/*.cpp)
    if(sources)
      set(uses ${name} ${subject_USES} ${${part}_fixed} ${subject_${part}_USES})
      list(REMOVE_DUPLICATES uses)
      hanjari_module(subject ${name}/${folder} SOURCES ${sources} USES ${uses} PRIVATE_LIBRARIES ${subject_${part}_LIBRARIES})
    endif()
  endforeach()
endfunction()

# hanjari_carrier(SUBJECT/FOLDER [USES ...] [PRIVATE_LIBRARIES ...]): a folder of a subject that reaches services of others over the
# network (openid, delivery, gateway). It uses its subject's root and outgoing.
function(hanjari_carrier name)
  cmake_parse_arguments(PARSE_ARGV 1 carrier "" "" "USES;PRIVATE_LIBRARIES")
  get_filename_component(subject ${name} DIRECTORY)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/subjects/${name}/*.cpp)
  hanjari_module(subject ${name} SOURCES ${sources} USES ${subject} outgoing ${carrier_USES} PRIVATE_LIBRARIES ${carrier_PRIVATE_LIBRARIES})
endfunction()

# hanjari_program(NAME FOLDERS folder... [USES ...] [PRIVATE_LIBRARIES ...]): a part of src/program.
function(hanjari_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "" "FOLDERS;USES;PRIVATE_LIBRARIES")
  list(TRANSFORM program_FOLDERS PREPEND ${PROJECT_SOURCE_DIR}/src/)
  list(TRANSFORM program_FOLDERS APPEND /*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS ${program_FOLDERS})
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  hanjari_module(program ${name} SOURCES ${sources} USES ${program_USES} PRIVATE_LIBRARIES ${program_PRIVATE_LIBRARIES})
endfunction()

# hanjari_exception(FROM TO REASON): an arrow that the layout forbids and the code still has. USES names it too. architecture_test
# fails when the code does without it, so that the list can only shrink.
function(hanjari_exception from to reason)
  set_property(GLOBAL APPEND PROPERTY HANJARI_MODULE_MAP "exception ${from}: ${to}")
endfunction()

function(hanjari_write_module_map)
  get_property(map GLOBAL PROPERTY HANJARI_MODULE_MAP)
  list(JOIN map "\n" text)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/module_map.txt CONTENT "${text}\n")
endfunction()

# hanjari_test(NAME FOLDERS folder... [LIBRARIES target...] [COST n]): one test program NAME_test of the .cpp files in these folders of
# tests; those named *_test.cpp hold tests, others are their support. tests/places.h says where the repository and the built
# command are. COST: programs that take long begin early (0).
function(hanjari_test name)
  cmake_parse_arguments(PARSE_ARGV 1 suite "" "COST" "FOLDERS;LIBRARIES")
  if(NOT suite_COST)
    set(suite_COST 0)
  endif()
  list(TRANSFORM suite_FOLDERS PREPEND ${PROJECT_SOURCE_DIR}/tests/)
  list(TRANSFORM suite_FOLDERS APPEND /*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS ${suite_FOLDERS})
  add_executable(${name}_test ${sources})
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests/core ${PROJECT_SOURCE_DIR}/tests/platform ${PROJECT_SOURCE_DIR}/tests/subjects
                                                  ${PROJECT_SOURCE_DIR}/tests ${hanjari_code_folders})
  target_link_libraries(${name}_test PRIVATE hanjari_compiler ${suite_LIBRARIES} hanjari_test_places GTest::gmock GTest::gtest_main)
  set_property(GLOBAL APPEND PROPERTY HANJARI_TEST_PROGRAMS ${name}_test)
  hanjari_add_suites(${name}_test LABEL ${name} COST ${suite_COST})
endfunction()
