// RUN: %check %s async-missing-co-return
// The code of basic.cpp made synchronous: clang's static analyzer finds it.

#include <optional>

struct Log {
  void debug(const char *Text);
};
std::optional<int> next();
void use(int);

void optional(Log &L) {
  std::optional<int> N = next();
  if (!N)
    L.debug("nothing to do");
  use(*N);
}
