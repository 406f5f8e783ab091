// RUN: %check %s async-falls-off-end

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <cstdlib>
#include <stdexcept>

namespace asio = boost::asio;

void handle(int);
cppcoro::task<int> next();
asio::awaitable<int> read();
folly::coro::Task<int> fetch();

cppcoro::task<bool> one_way() {
  int N = co_await next();
  if (N < 0)
    co_return false;
  handle(N);
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'one_way' can end here without a value, and whoever awaits it gets an undefined one; add a co_return [async-falls-off-end]

asio::awaitable<bool> none() {
  handle(co_await read());
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'none' can end here without a value

folly::coro::Task<int> from_handler() {
  try {
    co_return co_await fetch();
  } catch (const std::exception &) {
    handle(0);
  }
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'from_handler' can end here without a value

template <class T> app::Task<T> generic(bool Known) {
  if (Known)
    co_return T();
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'generic' can end here without a value
void use() {
  generic<int>(true);
  generic<long>(true);
  auto Lambda = [](int N) -> app::Task<int> {
    if (N)
      co_return N;
  };
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} can end here without a value
  Lambda(1);
}

//===-- Right -------------------------------------------------------------===//

cppcoro::task<bool> every_way() {
  int N = co_await next();
  if (N < 0)
    co_return false;
  co_return true;
}
cppcoro::task<> nothing() { handle(co_await next()); }
asio::awaitable<void> nothing_either() { handle(co_await read()); }
app::Generator<int> generator() {
  int N = 0;
  co_yield N;
}

cppcoro::task<int> for_ever() {
  for (;;)
    handle(co_await next());
}
cppcoro::task<int> until_found() {
  while (true)
    if (int N = co_await next())
      co_return N;
}
cppcoro::task<int> throwing() {
  co_await next();
  throw std::runtime_error("none");
}
cppcoro::task<int> aborting() {
  co_await next();
  std::abort();
}
enum class Color { Red, Green };
cppcoro::task<int> covered(Color C) {
  switch (C) {
  case Color::Red:
    co_return 1;
  case Color::Green:
    co_return co_await next();
  }
}
folly::coro::Task<int> failing() {
  co_await fetch();
  co_yield folly::coro::co_error(std::runtime_error("none"));
}
