// RUN: %check %s async-dangling-argument

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

void use(std::string_view);

asio::awaitable<void> greet(asio::io_context &loop, const std::string &name) {
  asio::steady_timer timer(loop);
  co_await timer.async_wait(asio::use_awaitable);
  use(name);
}
asio::awaitable<int> fetch(std::string_view url) {
  use(url);
  co_return 1;
}

asio::awaitable<void> run(asio::io_context &loop) {
  using namespace asio::experimental::awaitable_operators;
  co_await greet(loop, "you");
  co_await (greet(loop, "you") && greet(loop, "them"));
  co_await asio::co_spawn(loop, greet(loop, "you"), asio::use_awaitable);
  auto both = greet(loop, "you") && greet(loop, "them");
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: temporary 'std::string' is gone when 'greet' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  // CHECK-MESSAGES: :[[@LINE-2]]:49: warning: temporary 'std::string' is gone when 'greet' uses it: the task is stored
  co_await std::move(both);
  std::string name = "you";
  co_await greet(loop, name);
  asio::co_spawn(loop, greet(loop, name + "!"), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: temporary 'std::string' is gone when 'greet' uses it: the task is handed to 'asio::co_spawn'
}

int main() {
  asio::io_context loop;
  asio::co_spawn(loop, greet(loop, "you"), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: temporary 'std::string' is gone when 'greet' uses it: the task is handed to 'asio::co_spawn'
  asio::co_spawn(loop, fetch(std::string("you")), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is handed to 'asio::co_spawn'
  asio::co_spawn(loop, fetch("you"), asio::detached);
  asio::co_spawn(loop, [](std::string_view s) -> asio::awaitable<void> {
    use(s);
    co_return;
  }(std::string("x")), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: temporary 'std::string' is gone when 'lambda at asio.cpp:{{[0-9]+}}' uses it: the task is handed to 'asio::co_spawn'
  asio::co_spawn(loop, [&]() -> asio::awaitable<void> {
    co_await greet(loop, "you");
  }, asio::detached);
  // The lambda is run when its result is awaited, by then "you" is gone.
  asio::co_spawn(loop, [&] { return greet(loop, "you"); }, asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: temporary 'std::string' is gone when 'greet' uses it: the task is returned
  asio::co_spawn(loop, greet(loop, "you"), [](std::exception_ptr) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: temporary 'std::string' is gone when 'greet' uses it: the task is handed to 'asio::co_spawn'
  auto result = asio::co_spawn(loop, fetch(std::string("x")), asio::use_future);
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  loop.run();
}
