# cmake --build BUILD --target uninstall: takes away what `cmake --install BUILD` put there, wherever that was, and the
# folders that it made, where nothing else is in them. Settings, transcripts and caches are not touched.
#
# CMake's own install_manifest.txt knows no folders, and cpack writes over it; so there is a record beside it.
# cmake_install.cmake includes this file with STEP before and after, to keep that record; by itself, with STEP
# uninstall, it works it off. What is staged for a package (cpack, DESTDIR) is not on record.
set(record ${BUILD}/installed.txt)

# Folders that an installation of `destinations`, below the prefix, is going to make.
function(missing_folders destinations result)
    foreach(folder ${destinations})
        cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX})
        while(NOT EXISTS ${folder})
            list(APPEND missing ${folder})
            cmake_path(GET folder PARENT_PATH folder)
        endwhile()
    endforeach()
    set(${result} ${missing} PARENT_SCOPE)
endfunction()

function(keep_record paths)
    if(EXISTS ${record}) # of an earlier installation, which may be elsewhere
        file(STRINGS ${record} earlier ENCODING UTF-8)
    endif()
    list(APPEND paths ${earlier})
    list(REMOVE_DUPLICATES paths)
    list(JOIN paths "\n" text)
    file(WRITE ${record} "${text}\n")
endfunction()

function(uninstall)
    if(NOT EXISTS ${record})
        message(FATAL_ERROR "nothing is installed from ${BUILD}")
    endif()
    file(STRINGS ${record} paths ENCODING UTF-8)
    list(SORT paths ORDER DESCENDING) # what is in a folder comes before it
    foreach(path ${paths})
        if(IS_DIRECTORY ${path})
            execute_process(COMMAND rmdir ${path} ERROR_QUIET) # leaves those alone that hold something
        else()
            file(REMOVE ${path})
            if(EXISTS ${path})
                message(FATAL_ERROR "cannot remove ${path}; try again as the user who installed it")
            endif()
        endif()
    endforeach()
    file(REMOVE ${record})
endfunction()

if(STEP STREQUAL "uninstall")
    uninstall()
elseif(NOT "$ENV{DESTDIR}" STREQUAL "" OR CMAKE_INSTALL_PREFIX MATCHES "_CPack_Packages")
    return()
elseif(STEP STREQUAL "before")
    missing_folders("${DESTINATIONS}" folders_made)
elseif(STEP STREQUAL "after")
    keep_record("${folders_made};${CMAKE_INSTALL_MANIFEST_FILES}")
endif()
