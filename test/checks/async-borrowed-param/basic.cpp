// RUN: %check %s async-borrowed-param

#include "task.h"
#include <boost/asio.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using app::Task;

Task<> step();
void use(std::string_view);
struct Server {
  Server();
  Server(const Server &) = delete;
  void serve(std::string_view) const;
};

Task<> constant(const std::string &name) {
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: parameter 'name' is a reference, and 'constant' uses it after a suspension: that is right only as long as each caller keeps it until the task is done; take it by value [async-borrowed-param]
  co_await step();
  use(name);
}
asio::awaitable<void> view(std::string_view text) {
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: parameter 'text' refers to its argument, and 'view' uses it after a suspension: that is right only as long as each caller keeps it until the task is done; take a type that owns its data
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
  use(text);
}
seastar::future<> eager(const std::vector<int> &numbers) {
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: parameter 'numbers' is a reference
  for (int number : numbers)
    co_await seastar::sleep(1s * number);
}
struct Service {
  folly::coro::Task<void> sleep();
  folly::coro::Task<void> member(const std::string &name) {
    // CHECK-MESSAGES: :[[@LINE-1]]:53: warning: parameter 'name' is a reference, and 'Service::member' uses it
    co_await sleep();
    use(name);
  }
};

// Before the suspension, or a copy.
Task<> early(const std::string &name) {
  use(name);
  co_await step();
}
Task<> copied(const std::string &name) {
  auto mine = name;
  co_await step();
  use(mine);
}
Task<> by_value(std::string name) {
  co_await step();
  use(name);
}
// What is shared, or can't be copied, lives long; results go to the caller.
Task<> shared(std::string &result, const Server &server, Server *other) {
  co_await step();
  result = "x";
  server.serve(result);
  other->serve(result);
}
// All callers are here, and wait.
static Task<> for_one_caller(const std::string &name) {
  co_await step();
  use(name);
}
Task<> caller() { co_await for_one_caller("x"); }
static Task<> for_a_list(const std::string &name) {
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: parameter 'name' is a reference
  co_await step();
  use(name);
}
void fills(std::vector<Task<>> &list) {
  std::string name;
  list.push_back(for_a_list(name));
}
// Whatever the caller has.
template <class T> Task<> forwards(T &&value) {
  co_await step();
  use(value);
}
template <class T> Task<> any(const T &value) {
  co_await step();
  use(value);
}
Task<> calls(std::string name) {
  co_await forwards(name);
  co_await any(name);
}
auto lambda = [](const std::string &name) -> Task<> {
  co_await step();
  use(name);
};
#define COROUTINE(Name)                                                        \
  Task<> Name(const std::string &text) {                                       \
    co_await step();                                                           \
    use(text);                                                                 \
  }
COROUTINE(by_macro)
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: parameter 'text' is a reference
