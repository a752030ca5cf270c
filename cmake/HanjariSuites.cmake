# hanjari_add_suites(PROGRAM LABEL label COST n): a test of ctest, label.Suite, for every suite of a GoogleTest program, which ctest asks for them when it starts. A
# process for every test spent more time on coming up, on its report of leaks and on what the tests of a suite read but once than on most of the tests.
# Programs whose COST is higher begin earlier.
function(hanjari_add_suites program)
  cmake_parse_arguments(PARSE_ARGV 1 suites "" "LABEL;COST" "")
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${program}_suites.cmake)
  file(GENERATE OUTPUT ${list} CONTENT "set(program [==[$<TARGET_FILE:${program}>]==])
set(label ${suites_LABEL})
set(cost ${suites_COST})
set(leaks [==[${PROJECT_SOURCE_DIR}/tests/leaks-of-libraries.txt]==])
include([==[${PROJECT_SOURCE_DIR}/cmake/HanjariSuitesOfProgram.cmake]==])
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${list})
endfunction()
