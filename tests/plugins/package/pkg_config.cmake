# The same without CMake: a compiler, pkg-config, and three commands.
include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
set(project "${WORK}/by-pkg-config")
file(REMOVE_RECURSE "${project}")
run("${PROGRAM}" plugin new acme-plain --dir "${project}")
file(WRITE "${project}/build.sh" [=[
set -e
note=$(pkg-config --variable=note touchline-sdk)
sed -e 's/@TOUCHLINE_NOTE_ABI@/1/' -e "s,@TOUCHLINE_NOTE_MANIFEST@,$PWD/manifest.json," "$note" > note.c
$CC -fPIC -c note.c -o note.o
$CXX -std=c++17 -O1 -DTOUCHLINE_PLUGIN_ID='"acme-plain"' -DTOUCHLINE_PLUGIN_VERSION='"0.1.0"' \
    $(pkg-config --cflags touchline-sdk) src/plugin.cpp note.o $(pkg-config --libs touchline-sdk) -o acme-plain.so
mkdir -p acme-plain && cp -r mappings acme-plain/
]=])
set(ENV{PKG_CONFIG_PATH} "${WORK}/sdk/lib/pkgconfig:${WORK}/sdk/lib64/pkgconfig")
set(ENV{CC} "${CC}")
set(ENV{CXX} "${CXX}")
run(${CMAKE_COMMAND} -E chdir "${project}" sh build.sh)
run("${PROGRAM}" plugin check "${project}/acme-plain.so" --cassettes "${project}/cassettes")
