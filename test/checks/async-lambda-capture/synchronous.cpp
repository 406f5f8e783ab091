// RUN: %check %s async-lambda-capture
// The code of the other files made synchronous.

#include <functional>
#include <string>
#include <vector>

void step();
void use(const std::string &);
void run_later(std::function<void()>);

int stored(std::string name) {
  auto result = [name]() -> int {
    use(name);
    step();
    return 1;
  }();
  return result;
}
int returned(std::string name) {
  return [name = std::move(name)]() -> int {
    step();
    use(name);
    return 1;
  }();
}
void kept_in_container(std::string name) {
  std::vector<int> all;
  all.push_back([&]() -> int {
    use(name);
    return 1;
  }());
}
std::function<void()> factory(std::string name) {
  return [name] {
    step();
    use(name);
  };
}
void later(std::string name) {
  run_later([name] {
    step();
    use(name);
  });
}
