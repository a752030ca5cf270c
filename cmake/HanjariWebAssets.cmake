# Packs web/ and the npm packages of its lock file into ${HANJARI_ASSET_PACK}, which src/platform/site/pages/asset_pack.cpp binds into the program.
# The packages are unpacked below the build folder and taken away again once the pack is written: nothing of them is committed.
find_program(HANJARI_NODE NAMES node nodejs REQUIRED)
find_program(HANJARI_NPM npm REQUIRED)

function(hanjari_web_assets target)
  set(web ${PROJECT_SOURCE_DIR}/web)
  set(work ${CMAKE_BINARY_DIR}/web)
  set(pack ${work}/assets.pack)
  file(GLOB sources CONFIGURE_DEPENDS ${web}/*.mjs ${web}/templates/* ${web}/messages/* ${web}/look/*)
  # The look without the megabytes of other forms: what build_assets.mjs reads.
  add_custom_command(
    OUTPUT ${work}/packages.stamp
    COMMAND ${CMAKE_COMMAND} -DWEB=${web} -DWORK=${work} -DNPM=${HANJARI_NPM} -P ${PROJECT_SOURCE_DIR}/cmake/HanjariWebPackages.cmake
    DEPENDS ${web}/package.json ${web}/package-lock.json ${PROJECT_SOURCE_DIR}/cmake/HanjariWebPackages.cmake
    COMMENT "Fetching the look of the pages (npm ci)"
    VERBATIM)
  add_custom_command(
    OUTPUT ${pack}
    COMMAND ${HANJARI_NODE} ${web}/build_assets.mjs --packages ${work}/packages --out ${pack}
    DEPENDS ${sources} ${work}/packages.stamp
    COMMENT "Packing templates, messages, style and fonts"
    VERBATIM)
  set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/web/asset_pack.cpp APPEND PROPERTY OBJECT_DEPENDS ${pack})
  set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/web/asset_pack.cpp APPEND PROPERTY COMPILE_DEFINITIONS HANJARI_ASSET_PACK="${pack}")
  target_sources(${target} PRIVATE ${pack})
endfunction()
