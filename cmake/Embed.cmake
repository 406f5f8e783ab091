# cmake -DOUT=file.cpp -DMODELS=a.yaml;b.yaml -DDOCS=a.md;b.md -P Embed.cmake
# Writes the definitions of checks/core/Embedded.h.

set(text "#include \"core/Embedded.h\"\n\nusing namespace async_tidy;\n")
function(embed function)
  string(APPEND text "\nllvm::ArrayRef<EmbeddedFile> async_tidy::${function}() {\n"
                     "  static const EmbeddedFile Files[] = {\n")
  foreach(file IN LISTS ARGN)
    get_filename_component(name "${file}" NAME)
    # Hex, because a string literal must not hold every byte a text may have,
    # and compilers limit its length.
    file(READ "${file}" hex HEX)
    string(REPEAT "[0-9a-f]" 48 line)
    string(REGEX REPLACE "(${line})" "\\1\n" bytes "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(REGEX REPLACE "([^\n]+)\n?" "       \"\\1\"\n" bytes "${bytes}")
    string(LENGTH "${hex}" digits)
    math(EXPR length "${digits} / 2")
    string(APPEND text "      {\"${name}\", {\n${bytes}       , ${length}}},\n")
  endforeach()
  string(APPEND text "  };\n  return Files;\n}\n")
  set(text "${text}" PARENT_SCOPE)
endfunction()

embed(embeddedModels ${MODELS})
embed(embeddedDocs ${DOCS})
file(WRITE "${OUT}" "${text}")
