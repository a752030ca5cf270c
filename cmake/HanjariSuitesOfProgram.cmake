# Run by ctest for every program that hanjari_add_suites names: program, label, cost, leaks.
cmake_minimum_required(VERSION 3.25)
if(EXISTS "${program}")
  set(kept "${program}.suites")
  if(NOT EXISTS "${kept}" OR "${program}" IS_NEWER_THAN "${kept}")
    execute_process(COMMAND "${program}" --gtest_list_tests OUTPUT_VARIABLE listed ERROR_VARIABLE said RESULT_VARIABLE failed TIMEOUT 120)
    if(failed)
      message(FATAL_ERROR "${program} does not list its tests (${failed}): ${said}")
    endif()
    file(WRITE "${kept}" "${listed}")
  endif()
  file(READ "${kept}" listed)
  # A suite begins its line; its tests are indented. Semicolons and brackets stand in what is said of parameters.
  string(REGEX REPLACE "[];[]" "" listed "\n${listed}")
  string(REGEX MATCHALL "\n[A-Za-z0-9_/]+\\." suites "${listed}")
  foreach(suite IN LISTS suites)
    string(REGEX REPLACE "\n(.*)\\." "\\1" suite "${suite}")
    set(test "${label}.${suite}")
    add_test("${test}" "${program}" "--gtest_filter=${suite}.*")
    # Skipped is a suite of which nothing ran and nothing failed; tools/minutes names every test that was skipped.
    set_tests_properties("${test}" PROPERTIES LABELS "${label}" COST "${cost}" TIMEOUT 1800
      ENVIRONMENT "LSAN_OPTIONS=suppressions=${leaks}:print_suppressions=0"
      SKIP_REGULAR_EXPRESSION "PASSED  \\] 0 tests\\.\n(\\[  SKIPPED \\][^\n]*\n)+$")
  endforeach()
else()
  add_test(${label}_NOT_BUILT ${label}_NOT_BUILT)
endif()
