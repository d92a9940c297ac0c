# embed_assets(TARGET): what assets/build.mjs makes, inside the binary as embedded_assets
# (base/embedded.h), with manifest.json saying by what address each file is asked for.
# bin/setup installs what the build needs; it runs again only when a source has changed. The
# templates are among the sources because they say which icons the sprite must have.
function(embed_assets target)
  find_program(NODE_PROGRAM NAMES node nodejs REQUIRED)
  set(source ${PROJECT_SOURCE_DIR}/assets)
  set(dist ${CMAKE_CURRENT_BINARY_DIR}/assets)
  if(NOT EXISTS ${source}/node_modules/.package-lock.json)
    message(FATAL_ERROR "assets/node_modules is not installed: run bin/setup build")
  endif()
  set(names app.css app.css.gz app.js app.js.gz icons.svg icons.svg.gz mark.svg mark.svg.gz
    sans-latin.woff2 sans-vietnamese.woff2 serif-latin.woff2 serif-vietnamese.woff2 manifest.json)
  list(TRANSFORM names PREPEND ${dist}/ OUTPUT_VARIABLE files)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${source}/scss/*.scss ${source}/js/*.js
    ${PROJECT_SOURCE_DIR}/src/*.html)
  add_custom_command(OUTPUT ${files}
    COMMAND ${NODE_PROGRAM} ${source}/build.mjs --out ${dist}
    DEPENDS ${sources} ${source}/build.mjs ${source}/icons.json ${source}/mark.svg ${source}/package-lock.json
    COMMENT "Building the style sheet, the script and the icons" VERBATIM)
  # A target of its own: a look at the style sheet need not wait for the C++ of ${target}.
  add_custom_target(assets DEPENDS ${files})
  add_dependencies(${target} assets)
  embed(${target} NAME assets FOLDER ${dist} FILES ${files})
endfunction()
