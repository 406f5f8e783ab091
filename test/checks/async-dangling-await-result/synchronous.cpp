// RUN: %check %s async-dangling-await-result
// The code of the other tests made synchronous.

#include <string>

std::string text();
int references() {
  auto &&A = text();
  const std::string &B = text();
  return A.size() + B.size();
}
