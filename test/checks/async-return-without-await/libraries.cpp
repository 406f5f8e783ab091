// RUN: %check %s async-return-without-await

#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <cstdio>
#include <exception>

using namespace std::chrono_literals;

namespace with_seastar {
class Log {
  seastar::gate Gate;
  seastar::future<> write(int Line);

public:
  seastar::future<> append(int Line) {
    auto Holder = Gate.hold();
    return write(Line);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Holder' is gone before the work of 'with_seastar::Log::write' is done: the task is returned, and not awaited where the guard is; make this a coroutine that awaits the task, or let the task own the guard [async-return-without-await]
    // CHECK-FIXES: co_return co_await write(Line);
  }
  seastar::future<> append_and_sleep(int Line) {
    auto Holder = Gate.hold();
    if (Line == 0)
      return seastar::make_ready_future<>();
      // CHECK-FIXES: co_return co_await seastar::make_ready_future<>();
    return write(Line).then([] { return seastar::sleep(1s); });
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Holder' is gone before the work of 'with_seastar::Log::write' is done: the task is returned, and not awaited where the guard is; make this a coroutine that awaits the task, or let the task own the guard [async-return-without-await]
    // CHECK-FIXES: co_return co_await write(Line).then([] { return seastar::sleep(1s); });
  }
  seastar::future<> with(int Line) {
    return seastar::with_gate(Gate, [this, Line] { return write(Line); });
  }
  seastar::future<> goes_along(int Line) {
    auto Holder = Gate.hold();
    return write(Line).finally([Holder = std::move(Holder)] {});
  }
  seastar::future<> awaited(int Line) {
    auto Holder = Gate.hold();
    co_await write(Line);
  }
};
} // namespace with_seastar

namespace with_asio {
namespace asio = boost::asio;
asio::awaitable<int> read();
asio::awaitable<int> run() {
  try {
    return read();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'with_asio::read' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return read();
}
} // namespace with_asio

namespace with_folly {
folly::coro::Task<int> read();
folly::coro::Task<int> run() {
  try {
    return read();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'with_folly::read' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
  } catch (const std::exception &) {
    return read();
  }
}
} // namespace with_folly

namespace with_cppcoro {
cppcoro::task<int> read() { co_return 1; }
cppcoro::task<int> run() {
  try {
    return read();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: no exception of 'with_cppcoro::read' reaches the handlers of this block: the task is returned, and runs when the block has been left; make this a coroutine that awaits the task in the block [async-return-without-await]
    // CHECK-FIXES: co_return co_await read();
  } catch (const std::exception &) {
    std::puts("failed");
  }
  return read();
  // CHECK-FIXES: co_return co_await read();
}
} // namespace with_cppcoro
