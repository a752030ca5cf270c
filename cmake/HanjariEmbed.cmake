# hanjari_embed(MODULE FUNCTION FILES...): puts text files into the program. FUNCTION() of namespace hanjari::MODULE then returns
# std::map<std::string, std::string> const&: the contents by file name. A change of a file rebuilds it.
function(hanjari_embed module function)
  set(generated ${CMAKE_BINARY_DIR}/embedded/${module}_${function}.cpp)
  list(JOIN ARGN "|" files)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${generated} -DNAMESPACE=hanjari::${module} -DFUNCTION=${function} "-DFILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/HanjariEmbedFiles.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/HanjariEmbedFiles.cmake
    VERBATIM)
  target_sources(hanjari_${module} PRIVATE ${generated})
endfunction()
