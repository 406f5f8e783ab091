// RUN: %check %s async-unawaited-task

// The same code without coroutines: results that nobody has to await.

#include <functional>
#include <future>
#include <memory>
#include <tuple>
#include <vector>

template <class T = void> struct Result {
  T value;
  bool done() const { return true; }
};
template <> struct Result<void> {};

Result<> work();
Result<int> number(int n = 0);
std::future<int> future();
std::unique_ptr<int> pointer();

struct Session {
  Session() { run(); }
  ~Session() { (void)run(); }
  Result<> run();
};

void statements(int n, bool yes) {
  work();
  (void)number(1);
  std::ignore = number(2);
  if (n)
    work();
  else
    number(3);
  for (number(1); n < 3; number(2))
    number(3);
  switch (n) {
  case 1:
    work();
  }
  work(), number(1);
  yes ? number(1) : number(2);
  yes && (work(), true);
  future();
  pointer();
  Session().run();
  auto result = ({
    work();
    number(1);
  });
}

template <class T> T twice(T value) {
  work();
  number(value);
  return value;
}
int main() {
  auto lambda = [] { work(); };
  lambda();
  twice(1);
  twice('c');
  std::vector<std::function<Result<>()>> list;
  for (auto &f : list)
    f();
}
