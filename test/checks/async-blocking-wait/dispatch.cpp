// RUN: %check %s async-blocking-*

// A function that asks which thread it is on waits where it is not the loop's.

#include "asio.hpp"
#include <functional>
#include <future>
#include <thread>

struct Loop {
  std::thread::id Owner;
  bool isHere() const { return std::this_thread::get_id() == Owner; }
  void post(std::function<void()>);

  int call(std::function<int()> f) {
    if (isHere())
      return f();
    std::promise<int> result;
    post([&] { result.set_value(f()); });
    return result.get_future().get();
  }
  int direct(std::function<int()> f) {
    if (std::this_thread::get_id() != Owner) {
      std::promise<int> result;
      post([&] { result.set_value(f()); });
      return result.get_future().get();
    }
    return f();
  }
  int always(std::function<int()> f) {
    std::promise<int> result;
    post([&] { result.set_value(f()); });
    return result.get_future().get();
  }
};

asio::awaitable<int> asks(Loop &loop) {
  co_return loop.call([] { return 1; }) + loop.direct([] { return 2; });
}

asio::awaitable<int> does_not_ask(Loop &loop) {
  co_return loop.always([] { return 3; });
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'Loop::always' blocks the thread
  // CHECK-MESSAGES: :33:32: note: 'Loop::always' calls 'std::future::get' here
}

// In Asio, a strand and an io_context tell.
asio::awaitable<void> strand(asio::strand<asio::any_io_executor> strand,
                             std::future<void> done) {
  if (!strand.running_in_this_thread())
    done.wait();
  co_return;
}
