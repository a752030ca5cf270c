# Run at build time: npm ci into WORK/npm, then keeps in WORK/packages only what the pages use.
file(REMOVE_RECURSE ${WORK}/npm ${WORK}/packages)
file(MAKE_DIRECTORY ${WORK}/npm)
file(COPY ${WEB}/package.json ${WEB}/package-lock.json DESTINATION ${WORK}/npm)
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
  WORKING_DIRECTORY ${WORK}/npm RESULT_VARIABLE failed OUTPUT_QUIET)
if(failed)
  message(FATAL_ERROR "npm ci failed: the look of the pages comes from the npm packages of web/package-lock.json")
endif()
set(from ${WORK}/npm/node_modules)
set(krds krds-uiux/resources)
foreach(part IN ITEMS krds-uiux/README.md ${krds}/css/common/common.css ${krds}/css/component/component.css ${krds}/css/token/krds_tokens.css ${krds}/img
                      pretendard-gov/dist/LICENSE.txt pretendard-gov/dist/web/variable/pretendardvariable-gov-dynamic-subset.css
                      pretendard-gov/dist/web/variable/woff2-dynamic-subset)
  get_filename_component(folder ${part} DIRECTORY)
  file(COPY ${from}/${part} DESTINATION ${WORK}/packages/${folder})
endforeach()
file(REMOVE_RECURSE ${WORK}/npm)
file(TOUCH ${WORK}/packages.stamp)
