// RUN: %check %s async-falls-off-end
// The code of basic.cpp made synchronous: clang's own warning is for this.

#include <stdexcept>

void handle(int);
int next();

bool every_way() {
  int N = next();
  if (N < 0)
    return false;
  handle(N);
  return true;
}
void nothing() { handle(next()); }
int throwing() { throw std::runtime_error("none"); }
