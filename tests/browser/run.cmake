# Run by ctest: the tests beside their packages in WORK, pictures of every page in WORK/shots.
file(MAKE_DIRECTORY ${WORK})
file(GLOB files ${TESTS}/*.mjs ${TESTS}/*.json)
file(COPY ${files} DESTINATION ${WORK})
file(SHA256 ${TESTS}/package-lock.json wanted)
set(had "")
if(EXISTS ${WORK}/packages.stamp)
  file(READ ${WORK}/packages.stamp had)
endif()
if(NOT wanted STREQUAL had)
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
                  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "npm ci failed: the browser tests need the packages of tests/browser/package-lock.json")
  endif()
  file(WRITE ${WORK}/packages.stamp ${wanted})
endif()
if(NOT STORY)
  set(STORY story.test.mjs)
endif()
# Chromium saves a file under its Korean name only where the locale can spell it.
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 HANJARI_PROGRAM=${PROGRAM} HANJARI_STAGE=${STAGE} HANJARI_SHOTS=${WORK}/shots
          HANJARI_LOOK=${TESTS}/../../web/look HANJARI_KRDS=${WORK}/../web/packages/krds-uiux ${NODE} --test ${WORK}/${STORY}
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "a page is not as it should be; pictures are in ${WORK}/shots")
endif()
