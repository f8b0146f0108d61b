# How every target of this project is compiled, and the two functions that declare them.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(TOUCHLINE_CCACHE ccache)
if(TOUCHLINE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${TOUCHLINE_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${TOUCHLINE_CCACHE})
endif()
find_program(TOUCHLINE_LLD ld.lld)
if(TOUCHLINE_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# A file that instantiates Beast over TLS takes more than a gigabyte: one of those at a time.
set_property(GLOBAL PROPERTY JOB_POOLS heavy=1)

add_library(touchline_options INTERFACE)
target_compile_options(touchline_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast>)
if(TOUCHLINE_WERROR)
    target_compile_options(touchline_options INTERFACE -Werror)
endif()

set(TOUCHLINE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
if(TOUCHLINE_SANITIZE)
    add_compile_options(-fsanitize=${TOUCHLINE_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TOUCHLINE_SANITIZE})
    # GCC 12 takes the instrumented regular expressions of its library for uninitialised.
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        add_compile_options(-Wno-maybe-uninitialized)
    endif()
    # Asio has its own annotations for the fences that GCC cannot instrument.
    if(TOUCHLINE_SANITIZE MATCHES thread)
        add_compile_options(-Wno-tsan)
    endif()
endif()

# touchline_module(NAME SOURCES ... [PUBLIC targets...] [PRIVATE targets...])
# A static library `touchline_NAME` (alias touchline::NAME) whose only public include folder is the `include/` beside
# its CMakeLists.txt: a module that is not linked cannot be included.
function(touchline_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(touchline_${name} STATIC ${arg_SOURCES})
    add_library(touchline::${name} ALIAS touchline_${name})
    target_include_directories(touchline_${name}
        PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/include" PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(touchline_${name} PUBLIC ${arg_PUBLIC} PRIVATE touchline_options ${arg_PRIVATE})
endfunction()

# touchline_test(NAME SOURCES ... LINK targets... [LABELS labels...] [LOCK resource] [TREE sources...])
# One GoogleTest executable; every test in it becomes a CTest test with the given labels (unit by default). Tests with the
# same lock never run at the same time. Only the sources under TREE know where the checkout and its build are: a compiler
# cache serves the others to every checkout.
function(touchline_test name)
    cmake_parse_arguments(arg "" "LOCK" "SOURCES;LINK;LABELS;TREE" ${ARGN})
    if(NOT arg_LABELS)
        set(arg_LABELS unit)
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE touchline_options ${arg_LINK} GTest::gmock GTest::gtest_main)
    set_property(SOURCE ${arg_TREE} APPEND PROPERTY COMPILE_DEFINITIONS
        TOUCHLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TOUCHLINE_BINARY_DIR="${PROJECT_BINARY_DIR}")
    set(lock "")
    if(arg_LOCK)
        set(lock RESOURCE_LOCK ${arg_LOCK})
    endif()
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300 ${lock})
endfunction()
