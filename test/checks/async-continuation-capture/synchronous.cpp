// RUN: %check %s async-continuation-capture
// The code of basic.cpp made synchronous.

#include <algorithm>
#include <string>
#include <vector>

void use(const std::string &);
void count(int &);

int returned(std::string name) {
  int sum = 0;
  return [&sum, &name] {
    count(sum);
    use(name);
    return sum;
  }();
}
void in_a_lambda() {
  [] {
    std::string name;
    [&] { use(name); }();
  }();
}
void for_each(std::vector<std::string> names) {
  int sum = 0;
  std::for_each(names.begin(), names.end(), [&](auto &name) {
    use(name);
    count(sum);
  });
}
