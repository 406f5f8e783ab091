// RUN: %check %s async-no-suspension

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <functional>
#include <stdexcept>

namespace asio = boost::asio;

cppcoro::task<int> answer() { co_return 42; }
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'answer' awaits nothing, and needs no coroutine for that; return the value itself, or a task that is ready [async-no-suspension]

class Cache {
  folly::coro::Task<int> size() { co_return Size; }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Cache::size' awaits nothing
  asio::awaitable<void> clear() {
    // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'Cache::clear' awaits nothing
    Size = 0;
    co_return;
  }
  int Size = 0;
};

//===-- Right -------------------------------------------------------------===//

cppcoro::task<int> awaits() { co_return co_await answer(); }

struct Interface {
  virtual cppcoro::task<int> size() { co_return 0; }
};
struct Empty : Interface {
  cppcoro::task<int> size() override { co_return 0; }
};
template <class T> cppcoro::task<int> size_of() {
  if constexpr (sizeof(T) > 4)
    co_return co_await answer();
  co_return sizeof(T);
}
template cppcoro::task<int> size_of<int>();

void on_request(std::function<cppcoro::task<>()>);
void lambda() {
  on_request([]() -> cppcoro::task<> { co_return; });
}
cppcoro::task<> stub() {
  throw std::logic_error("not implemented");
  co_return;
}
app::Generator<int> numbers() {
  int N = 1;
  co_yield N;
}
app::FireAndForget forget() { co_return; }
