// RUN: %check %s async-borrowed-param
// The code of basic.cpp made synchronous.

#include <string>
#include <string_view>

void step();
void use(std::string_view);

void constant(const std::string &name) {
  step();
  use(name);
}
void view(std::string_view text) {
  step();
  use(text);
}
