// RUN: %check %s async-scope-outlives-locals
// Work that nobody waits for, and callbacks.

#include "task.h"
#include <atomic>
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
void use(std::string_view);

asio::awaitable<void> reply(const std::string &Text) {
  use(Text);
  co_return;
}
asio::awaitable<void> reply_view(std::string_view Text) {
  use(Text);
  co_return;
}
asio::awaitable<void> reply_copy(std::string Text) {
  use(Text);
  co_return;
}
void on_message(std::function<void(int, const std::string &)> Handler);
void on_text(std::function<void(std::string_view)> Handler);

void start(asio::io_context &Loop, int N) {
  std::string Text = std::to_string(N);
  asio::co_spawn(Loop, reply(Text), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'Text' is gone when 'reply' uses it: the task is handed to 'boost::asio::co_spawn', and the variable dies with this function; let the task own the argument [async-scope-outlives-locals]
}
void start_parameter(asio::io_context &Loop, std::string Text) {
  asio::co_spawn(Loop, reply(Text), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'Text' is gone when 'reply' uses it: the task is handed to 'boost::asio::co_spawn', and the parameter dies with this function; let the task own the argument [async-scope-outlives-locals]
}
void callbacks(asio::io_context &Loop) {
  on_message([&Loop](int N, const std::string &Text) {
    asio::co_spawn(Loop, reply(Text), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: what 'Text' refers to is gone when 'reply' uses it: the task is handed to 'boost::asio::co_spawn', and it is there for this call of the callback; let the task own the argument [async-scope-outlives-locals]
  });
  on_text([&Loop](std::string_view Text) {
    asio::co_spawn(Loop, reply_view(Text), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: what 'Text' refers to is gone when 'reply_view' uses it: the task is handed to 'boost::asio::co_spawn', and it is there for this call of the callback; let the task own the argument [async-scope-outlives-locals]
  });
}

class Session {
  std::vector<asio::awaitable<void>> All;
  std::string Name;
  void store(std::string Text) { All.push_back(reply(Text)); }
  // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: 'Text' is gone when 'reply' uses it: the task is stored, and the parameter dies with this function; wait for 'All' on every way out, or let the task own the argument [async-scope-outlives-locals]
  void store_own() { All.push_back(reply(Name)); }
};

//===----------------------------------------------------------------------===//
// Correct, or unknown
//===----------------------------------------------------------------------===//

int run_to_the_end() {
  asio::io_context Loop;
  std::string Text = "x";
  asio::co_spawn(Loop, reply(Text), asio::detached);
  Loop.run();
  return 0;
}
void copies(asio::io_context &Loop, std::string Text) {
  asio::co_spawn(Loop, reply_copy(Text), asio::detached);
}
void of_the_caller(asio::io_context &Loop, const std::string &Text) {
  asio::co_spawn(Loop, reply(Text), asio::detached);
}
void good_callbacks(asio::io_context &Loop) {
  on_message([&Loop](int N, const std::string &Text) {
    asio::co_spawn(Loop, reply_copy(Text), asio::detached);
  });
  std::vector<std::string> Texts{"x"};
  for (auto &Text : Texts)
    [&Loop](const std::string &Text) {
      asio::co_spawn(Loop, reply(Text), asio::detached);
    }(Text);
}
void waits_for_a_value(asio::io_context &Loop, std::string Text) {
  std::atomic<int> Done(0);
  asio::co_spawn(Loop, reply(Text), asio::detached);
  Done.wait(0);
}
struct Thread {
  ~Thread();
};
void waits_in_a_destructor(asio::io_context &Loop, std::string Text) {
  Thread Runner;
  asio::co_spawn(Loop, reply(Text), asio::detached);
}
asio::awaitable<void> goes_on(asio::io_context &Loop, std::string Text) {
  asio::co_spawn(Loop, reply(Text), asio::detached);
  co_await reply("x");
}
