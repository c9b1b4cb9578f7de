# What `cpack` makes of a release build: a Debian package, and a source archive.
# `script/package` runs it and checks the result.

# The date of the newest version in CHANGELOG.md, as Debian's changelog wants it.
file(STRINGS ${PROJECT_SOURCE_DIR}/CHANGELOG.md versions REGEX "^## ")
list(GET versions 0 newest)
if(NOT newest MATCHES "^## ${PROJECT_VERSION} - ([0-9]+-[0-9]+-[0-9]+)$")
    message(FATAL_ERROR "CHANGELOG.md begins with '${newest}', the project's version is ${PROJECT_VERSION}")
endif()
set(release_day ${CMAKE_MATCH_1})
execute_process(COMMAND date -u -d ${release_day} "+%a, %d %b %Y 00:00:00 +0000"
    OUTPUT_VARIABLE changelog_date OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

set(CPACK_PACKAGE_CONTACT "viva developers <viva@viva.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "mock system-design interview in the terminal")
set(CPACK_PACKAGE_DESCRIPTION "It gives a design problem, answers clarifying questions, keeps the clock,
asks about what is thin, and writes every line to a transcript as it is
said. At the end there is a scorecard on which every point stands beside
the sentence that earned it. No network, no account and no model is needed.")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libcurl4) # loaded only when a model is asked
set(CPACK_DEBIAN_PACKAGE_SUGGESTS less)

configure_file(${PROJECT_SOURCE_DIR}/script/package-debian.cmake.in
    ${CMAKE_BINARY_DIR}/package-debian.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_BINARY_DIR}/package-debian.cmake)

set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME viva-${PROJECT_VERSION})
set(CPACK_SOURCE_IGNORE_FILES "/build/" "/\\\\.git/" "/\\\\.git$" "~$" "\\\\.pyc$" "/__pycache__/")
include(CPack)
