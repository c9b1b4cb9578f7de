# The manual: docs/man/*.scd to pages in the build's man/, by scdoc. They bear the date of the version, so that the same
# sources give the same bytes.
find_program(SCDOC scdoc)
if(NOT SCDOC)
    message(FATAL_ERROR "scdoc is missing, which makes the manual; on Debian and its kin: apt-get install scdoc")
endif()
execute_process(COMMAND date -u -d ${release_day} +%s
    OUTPUT_VARIABLE release_seconds OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

set(mend ${PROJECT_SOURCE_DIR}/script/manual.awk)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/man)
file(GLOB manual_sources CONFIGURE_DEPENDS docs/man/*.scd)
foreach(source ${manual_sources})
    get_filename_component(name ${source} NAME_WLE) # viva-score.1
    string(REGEX REPLACE ".*[.]" "" section ${name})
    set(page ${CMAKE_BINARY_DIR}/man/${name})
    add_custom_command(OUTPUT ${page} DEPENDS ${source} ${mend} VERBATIM
        COMMAND ${CMAKE_COMMAND} -E env SOURCE_DATE_EPOCH=${release_seconds} ${SCDOC} < ${source} > ${page}.made
        COMMAND awk -f ${mend} ${page}.made > ${page}
        COMMAND ${CMAKE_COMMAND} -E rm ${page}.made)
    list(APPEND manual_pages ${page})
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
add_custom_target(manual ALL DEPENDS ${manual_pages})
