// RUN: %check %s async-generator-lifetime -- -std=c++23
// The temporaries of a loop's head live as long as the loop.

#include "task.h"
#include <string>

app::Generator<char> spell(const std::string &Word) {
  for (char C : Word)
    co_yield C;
}
void use(char);

void loop() {
  for (char C : spell("x"))
    use(C);
}
void stored() {
  auto G = spell("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: a temporary argument is gone when 'spell' uses it: the generator is stored, and the temporary dies at the end of this statement; keep it in a variable that outlives the generator [async-generator-lifetime]
}
