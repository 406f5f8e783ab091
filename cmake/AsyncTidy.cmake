# async-tidy in a project that CMake builds:
#
#   include(AsyncTidy.cmake)
#   add_async_tidy([BASELINE file] [BASE commit] [ARGUMENTS argument...])
#
# adds the target 'async-tidy', which analyzes everything that the build
# compiles, and a test of the same name, which fails for findings.
#
#   async_tidy_in_clang_tidy([CHECKS globs] [PLUGIN libAsyncTidy.so] [ARGUMENTS ...])
#
# sets CMAKE_CXX_CLANG_TIDY for the targets that follow, so that every
# compilation runs the checks; configuring fails when the plugin can't be
# loaded, where clang-tidy itself would only say so and go on.
#
# ASYNC_TIDY, ASYNC_TIDY_PLUGIN and ASYNC_TIDY_CLANG_TIDY say where the programs
# are, if they are not found.

include_guard(GLOBAL)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# A repository of async-tidy is a place to look: its build folder.
set(async_tidy_build ${CMAKE_CURRENT_LIST_DIR}/../build)

function(add_async_tidy)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "BASELINE;BASE" "ARGUMENTS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "add_async_tidy: unknown argument '${arg_UNPARSED_ARGUMENTS}'")
  endif()
  find_program(ASYNC_TIDY async-tidy HINTS ${async_tidy_build}/bin)
  if(NOT ASYNC_TIDY)
    message(FATAL_ERROR "add_async_tidy: there is no async-tidy on PATH; "
                        "set ASYNC_TIDY to the program")
  endif()
  set(command ${ASYNC_TIDY} -p ${CMAKE_BINARY_DIR} --root=${CMAKE_SOURCE_DIR})
  if(arg_BASELINE)
    cmake_path(ABSOLUTE_PATH arg_BASELINE BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND command --baseline=${arg_BASELINE})
  endif()
  if(arg_BASE)
    list(APPEND command --base=${arg_BASE})
  endif()
  list(APPEND command ${arg_ARGUMENTS})
  add_custom_target(async-tidy COMMAND ${command}
                    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} USES_TERMINAL VERBATIM)
  add_test(NAME async-tidy COMMAND ${command}
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# A macro, as it sets a variable of who calls it.
macro(async_tidy_in_clang_tidy)
  cmake_parse_arguments(async_tidy "" "CHECKS;PLUGIN" "ARGUMENTS" ${ARGN})
  if(NOT async_tidy_CHECKS)
    set(async_tidy_CHECKS "-*,async-*")
  endif()
  if(async_tidy_PLUGIN)
    set(ASYNC_TIDY_PLUGIN ${async_tidy_PLUGIN})
  endif()
  find_file(ASYNC_TIDY_PLUGIN libAsyncTidy.so HINTS ${async_tidy_build}/lib)
  find_program(ASYNC_TIDY_CLANG_TIDY NAMES clang-tidy-22 clang-tidy
               HINTS /usr/lib/llvm-22/bin)
  # Any other check would do for clang-tidy to exit with 0 without the plugin.
  execute_process(COMMAND ${ASYNC_TIDY_CLANG_TIDY} --load=${ASYNC_TIDY_PLUGIN}
                          --checks=-*,async-* --list-checks
                  RESULT_VARIABLE async_tidy_result OUTPUT_VARIABLE async_tidy_listed
                  ERROR_VARIABLE async_tidy_said)
  if(NOT async_tidy_listed MATCHES "async-unawaited-task")
    message(FATAL_ERROR "async_tidy_in_clang_tidy: '${ASYNC_TIDY_CLANG_TIDY}' did not "
                        "load '${ASYNC_TIDY_PLUGIN}', which needs clang-tidy 22.1; set "
                        "ASYNC_TIDY_PLUGIN and ASYNC_TIDY_CLANG_TIDY\n${async_tidy_said}")
  endif()
  set(CMAKE_CXX_CLANG_TIDY ${ASYNC_TIDY_CLANG_TIDY} --load=${ASYNC_TIDY_PLUGIN}
      --checks=${async_tidy_CHECKS} ${async_tidy_ARGUMENTS})
endmacro()
