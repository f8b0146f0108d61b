# run(COMMAND...): the command has to succeed; what it printed is shown when it does not.
macro(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE printed ERROR_VARIABLE printed)
    if(NOT code EQUAL 0)
        string(REPLACE ";" " " line "${ARGN}")
        message(FATAL_ERROR "${line}\nended with ${code}:\n${printed}")
    endif()
endmacro()
