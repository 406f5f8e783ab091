// RUN: %check %s async-unawaited-container

// The same code without coroutines: results that nobody has to await.

#include <future>
#include <vector>

template <class T> struct Result {
  T value;
};
Result<int> save(int n);

void filled(const std::vector<int> &numbers) {
  std::vector<Result<int>> results;
  for (int n : numbers)
    results.push_back(save(n));
  Result<int> two[] = {save(1), save(2)};
  std::vector<std::future<int>> futures;
  futures.push_back(std::async([] { return 1; }));
}
