# touchline_add_plugin(NAME SOURCES files... | LIBRARY file.a  MANIFEST manifest.json [MAPPINGS files...] [NO_INSTALL])
#
# A connector: one shared library that exports touchline_plugin_v1 and nothing else, with its manifest inside. It is
# built as <build>/plugins/<id>.so, its default mappings are copied to <build>/plugins/<id>/mappings/, and both are
# installed. Tests link NAME_objects, which holds the same code. LIBRARY is for code in other languages: a static library
# that defines the entry.
# Works inside the Touchline tree and with find_package(TouchlineSDK).

include(GNUInstallDirs)

function(touchline_add_plugin name)
    cmake_parse_arguments(arg "NO_INSTALL" "MANIFEST;LIBRARY" "SOURCES;MAPPINGS" ${ARGN})
    get_filename_component(manifest "${arg_MANIFEST}" ABSOLUTE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${manifest}")
    file(READ "${manifest}" text)
    string(JSON id GET "${text}" id)
    string(JSON version GET "${text}" version)
    string(JSON abi GET "${text}" abi)
    string(REGEX REPLACE "\\..*" "" TOUCHLINE_NOTE_ABI "${abi}")
    set(TOUCHLINE_NOTE_MANIFEST "${manifest}")
    set(note "${CMAKE_CURRENT_BINARY_DIR}/${name}_note.c")
    configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/TouchlinePluginNote.c.in" "${note}" @ONLY)
    set_source_files_properties("${note}" PROPERTIES OBJECT_DEPENDS "${manifest}")

    set(code "")
    if(arg_SOURCES)
        add_library(${name}_objects OBJECT ${arg_SOURCES})
        set_target_properties(${name}_objects PROPERTIES
            POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden
            VISIBILITY_INLINES_HIDDEN ON)
        target_compile_definitions(${name}_objects PRIVATE
            TOUCHLINE_PLUGIN_ID="${id}" TOUCHLINE_PLUGIN_VERSION="${version}")
        target_include_directories(${name}_objects PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
        target_link_libraries(${name}_objects PUBLIC touchline::sdk)
        if(TARGET touchline_options)
            target_link_libraries(${name}_objects PRIVATE touchline_options)
        endif()
        set(code $<TARGET_OBJECTS:${name}_objects>)
    endif()

    set(folder "${CMAKE_BINARY_DIR}/plugins")
    add_library(${name} MODULE "${note}" ${code})
    if(arg_LIBRARY)
        target_link_options(${name} PRIVATE -Wl,-u,touchline_plugin_v1)
        target_link_libraries(${name} PRIVATE "${arg_LIBRARY}")
        add_custom_target(${name}_library DEPENDS "${arg_LIBRARY}")
        add_dependencies(${name} ${name}_library)
        set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS "${arg_LIBRARY}")
    endif()
    set_target_properties(${name} PROPERTIES
        PREFIX "" OUTPUT_NAME "${id}" LIBRARY_OUTPUT_DIRECTORY "${folder}" LINKER_LANGUAGE CXX)
    set_property(TARGET ${name} APPEND PROPERTY
        LINK_DEPENDS "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/TouchlinePlugin.map")
    target_link_options(${name} PRIVATE
        "-Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/TouchlinePlugin.map")
    if(NOT TOUCHLINE_SANITIZE)
        # Sanitizers need the one C++ library of the process, and leave their own symbols undefined.
        target_link_options(${name} PRIVATE -Wl,-z,defs -static-libstdc++ -static-libgcc)
    endif()
    if(NOT arg_NO_INSTALL)
        install(TARGETS ${name} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/touchline/plugins" COMPONENT connectors)
    endif()

    set(copies "")
    set(sources "")
    foreach(mapping IN LISTS arg_MAPPINGS)
        get_filename_component(file "${mapping}" NAME)
        get_filename_component(source "${mapping}" ABSOLUTE)
        list(APPEND sources "${source}")
        set(copy "${folder}/${id}/mappings/${file}")
        add_custom_command(OUTPUT "${copy}" DEPENDS "${source}"
            COMMAND "${CMAKE_COMMAND}" -E copy "${source}" "${copy}" VERBATIM)
        list(APPEND copies "${copy}")
        install(FILES "${source}" DESTINATION "${CMAKE_INSTALL_LIBDIR}/touchline/plugins/${id}/mappings"
            COMPONENT connectors)
    endforeach()
    set_target_properties(${name} PROPERTIES TOUCHLINE_MAPPINGS "${sources}")
    if(copies)
        add_custom_target(${name}_mappings DEPENDS ${copies})
        add_dependencies(${name} ${name}_mappings)
    endif()
endfunction()

# touchline_check_plugin(NAME CASSETTES folder [GRADE A])
#
# A test of CTest, NAME_check, that tries the connector on its cassettes and fails when its grade is worse. Its default
# mappings' own tests become NAME_mappings. A second call for the same connector does nothing. Outside of the Touchline
# tree it needs the program `touchline`: on the PATH, beside the SDK, or named by TOUCHLINE_PROGRAM; without it the tests
# are left out, with a warning.
function(touchline_check_plugin name)
    cmake_parse_arguments(arg "" "CASSETTES;GRADE" "" ${ARGN})
    if(NOT arg_GRADE)
        set(arg_GRADE A)
    endif()
    get_target_property(checked ${name} TOUCHLINE_CHECKED)
    if(checked)
        return()
    endif()
    set_target_properties(${name} PROPERTIES TOUCHLINE_CHECKED ON)
    get_filename_component(cassettes "${arg_CASSETTES}" ABSOLUTE)
    if(PROJECT_NAME STREQUAL touchline)
        set(program "${PROJECT_BINARY_DIR}/bin/touchline")
    else()
        find_program(TOUCHLINE_PROGRAM touchline HINTS "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../../bin")
        if(NOT TOUCHLINE_PROGRAM)
            message(WARNING "The program touchline was not found (TOUCHLINE_PROGRAM), so ${name} is not checked.")
            return()
        endif()
        set(program "${TOUCHLINE_PROGRAM}")
    endif()
    add_test(NAME ${name}_check
        COMMAND "${program}" plugin check "$<TARGET_FILE:${name}>" --cassettes "${cassettes}" --grade ${arg_GRADE})
    set_tests_properties(${name}_check PROPERTIES LABELS "connector" TIMEOUT 1800)
    get_target_property(mappings ${name} TOUCHLINE_MAPPINGS)
    if(mappings)
        add_test(NAME ${name}_mappings COMMAND "${program}" mapping test ${mappings})
        set_tests_properties(${name}_mappings PROPERTIES LABELS "connector")
    endif()
endfunction()
