// RUN: %check %s async-double-await

// The same code without coroutines: results that are there to be read.

#include <utility>

template <class T> struct Result {
  Result(Result &&);
  T get();
};
Result<int> get();
void start(Result<int> result);

int twice(bool yes) {
  auto result = get();
  int sum = result.get();
  if (yes)
    start(std::move(result));
  for (int i = 0; i < 3; ++i)
    sum += result.get();
  return sum + std::move(result).get();
}
