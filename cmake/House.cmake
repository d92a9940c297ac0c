# How the house is built: folder = namespace = CMake target.
#
#   base()                                     src/base
#   platform(db LINKS ...)                     src/platform/db        -> platform_db
#   feature(plan USES ledger programmes ...)   src/features/plan      -> feature_plan
#
# Every *_test.cpp of a folder becomes one doctest program and one ctest test
# beside its library; every *_fuzz.cpp becomes a fuzzer that also runs its
# corpus (tests/fuzz/<name>/) as an ordinary test, and with TIENDO_FUZZ one that
# searches (bin/fuzz).

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# -Wrestrict: g++ 12 sees overlaps in std::string that are none (GCC bug 105651).
# A designated initializer that leaves members at their defaults is how we write "nothing said".
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers
  -Wno-restrict -Werror=return-type)
if(TIENDO_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

option(TIENDO_FUZZ "Build fuzzers that search for new inputs (needs clang)" OFF)
if(TIENDO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # Boost 1.74 does not know that clang 14 has the coroutines of C++20.
  add_compile_definitions(BOOST_ASIO_HAS_CO_AWAIT BOOST_ASIO_HAS_STD_COROUTINE)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# pkg(NAME module): an imported target pkg::NAME from a pkg-config module.
function(pkg name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})
  add_library(pkg::${name} ALIAS PkgConfig::${name})
endfunction()

define_property(GLOBAL PROPERTY HOUSE_USES)

# The tests of base and platform alone: what the sanitizer build makes and runs.
add_custom_target(lower_tests)

function(_house_label part program test)
  if(part MATCHES "^(base|platform_)")
    add_dependencies(lower_tests ${program})
    set_tests_properties(${test} PROPERTIES LABELS lower)
  endif()
endfunction()

function(_house_part target folder)
  cmake_parse_arguments(PART "" "" "USES;LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${folder}/*_fuzz.cpp)
  list(REMOVE_ITEM sources ${tests} ${fuzzers} "")
  if(sources)
    add_library(${target} STATIC ${sources})
    set(visibility PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  endif()
  target_include_directories(${target} ${visibility} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} ${visibility} ${PART_USES} ${PART_LINKS})
  # One line per part for the layer check and the drawing (tests/house).
  list(JOIN PART_USES " " uses)
  set_property(GLOBAL APPEND_STRING PROPERTY HOUSE_USES "${target}: ${uses}\n")
  if(tests AND BUILD_TESTING)
    add_executable(${target}_test ${tests} ${PROJECT_SOURCE_DIR}/tests/doctest_main.cpp)
    target_link_libraries(${target}_test PRIVATE ${target})
    # What is tested is built as it runs; the tests themselves only have to be built quickly.
    target_compile_options(${target}_test PRIVATE -O0)
    target_compile_definitions(${target}_test PRIVATE TIENDO_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    string(REPLACE "_" "." test_name ${target})
    add_test(NAME ${test_name} COMMAND ${target}_test)
    _house_label(${target} ${target}_test ${test_name})
  endif()
  foreach(fuzzer ${fuzzers})
    get_filename_component(name ${fuzzer} NAME_WE)
    if(TIENDO_FUZZ)
      add_executable(${name} ${fuzzer})
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
      add_executable(${name} ${fuzzer} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus_main.cpp)
    endif()
    target_link_libraries(${name} PRIVATE ${target})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
    string(REPLACE "_fuzz" "" corpus ${name})
    add_test(NAME fuzz.${corpus} COMMAND ${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/${corpus})
    _house_label(${target} ${name} fuzz.${corpus})
  endforeach()
endfunction()

function(base)
  _house_part(base ${PROJECT_SOURCE_DIR}/src/base ${ARGN})
endfunction()

function(platform name)
  cmake_parse_arguments(ARG "" "" "USES;LINKS" ${ARGN})
  list(TRANSFORM ARG_USES PREPEND platform_)
  _house_part(platform_${name} ${PROJECT_SOURCE_DIR}/src/platform/${name}
    USES base ${ARG_USES} LINKS ${ARG_LINKS})
  set_property(GLOBAL APPEND PROPERTY HOUSE_PLATFORM platform_${name})
endfunction()

# A feature sees the whole platform, and of other features only those it names.
function(feature name)
  cmake_parse_arguments(ARG "" "" "USES;LINKS" ${ARGN})
  list(TRANSFORM ARG_USES PREPEND feature_)
  get_property(platform_parts GLOBAL PROPERTY HOUSE_PLATFORM)
  _house_part(feature_${name} ${PROJECT_SOURCE_DIR}/src/features/${name}
    USES ${platform_parts} ${ARG_USES} LINKS ${ARG_LINKS})
endfunction()

# embed(TARGET name FOLDER dir GLOB pattern...): the files of a folder inside the
# binary, found again by their path below it (see base/embedded.h).
function(embed target)
  cmake_parse_arguments(ARG "" "NAME;FOLDER" "FILES;DEPENDS" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_NAME}.S)
  set(names)
  foreach(file ${ARG_FILES})
    file(RELATIVE_PATH name ${ARG_FOLDER} ${file})
    list(APPEND names ${name})
  endforeach()
  set(body ".section .rodata\n")
  set(table "")
  set(i 0)
  foreach(name ${names})
    string(APPEND body "n${i}: .asciz \"${name}\"\n.balign 16\n"
      "b${i}: .incbin \"${ARG_FOLDER}/${name}\"\ne${i}: .byte 0\n")
    string(APPEND table ".quad n${i}, b${i}, e${i}\n")
    math(EXPR i "${i}+1")
  endforeach()
  string(APPEND body ".section .data.rel.ro,\"aw\"\n.balign 16\n"
    ".globl embedded_${ARG_NAME}\nembedded_${ARG_NAME}:\n${table}.quad 0, 0, 0\n"
    ".section .note.GNU-stack,\"\",@progbits\n")
  file(GENERATE OUTPUT ${out} CONTENT "${body}")
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${ARG_FILES};${ARG_DEPENDS}" GENERATED TRUE)
  target_sources(${target} PRIVATE ${out})
endfunction()
