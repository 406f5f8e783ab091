// RUN: %check %s async-unawaited-variable

// The same code without coroutines: results that nobody has to await.

#include <future>
#include <memory>

template <class T = void> struct Result {
  T value;
  bool done() const { return true; }
};

Result<int> lazy(int n = 0);
std::unique_ptr<int> pointer();

void in_a_function(bool yes) {
  auto number = lazy();
  Result<int> typed = lazy();
  auto &&prolonged = lazy();
  auto either = yes ? lazy(1) : lazy(2);
  Result<int> later;
  if (yes)
    later = lazy();
  auto kept = pointer();
  auto future = std::async([] { return 1; });
}
