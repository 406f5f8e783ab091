// RUN: %check %s async-nested-task

// The same code without coroutines.

#include <future>
#include <memory>
#include <optional>

std::unique_ptr<int> rebuild();
std::future<int> fetch();
template <class F> std::future<std::invoke_result_t<F>> submit(F) {
  return {};
}

void submits() {
  submit([] { return rebuild(); });
  submit([] { return fetch(); });
  auto done = std::async([] { return fetch(); });
  done.wait();
}
std::optional<std::optional<int>> nested() { return std::optional<int>(); }
