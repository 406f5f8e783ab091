// RUN: %check %s async-ignored-failure

// The same code without coroutines: results that hold errors.

#include <future>
#include <vector>

template <class T> struct Result {
  bool failed() const;
  T get();
};
std::vector<Result<int>> all();
template <class F> void then_wrapped(F f) { f(Result<int>()); }

int sum() {
  then_wrapped([](Result<int> r) {});
  int sum = 0;
  auto ended = all();
  for (auto &each : ended)
    sum += each.get();
  std::vector<std::future<int>> futures;
  for (auto &each : futures)
    sum += each.get();
  return sum;
}
