// RUN: %check %s async-blocking-call
// Coroutines that run before there is a loop, or beside it.

#include <boost/asio.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <fstream>
#include <thread>
#include <vector>

namespace asio = boost::asio;

cppcoro::task<> step();

cppcoro::task<> configured() {
  std::ifstream file("options.txt");
  co_await step();
  std::ifstream again("options.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
}
cppcoro::task<> in_a_loop() {
  for (int i = 0; i != 2; ++i) {
    std::ifstream file("options.txt");
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks
    co_await step();
  }
}
static void read() { std::ifstream file("options.txt"); }
template <typename T> cppcoro::task<> of_any(T) {
  read();
  co_await step();
  read();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'read' blocks
}
void starts() {
  cppcoro::sync_wait(configured());
  cppcoro::sync_wait(in_a_loop());
  cppcoro::sync_wait(of_any(1));
  cppcoro::sync_wait([]() -> cppcoro::task<> {
    read();
    co_await step();
  }());
}

// One that others await, too, may do so on a loop.
cppcoro::task<> awaited() {
  std::ifstream file("options.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await step();
}
cppcoro::task<> awaits() { co_await awaited(); }
void waits() { cppcoro::sync_wait(awaited()); }

// Other files may know it.
cppcoro::task<> declared();
cppcoro::task<> declared() {
  std::ifstream file("options.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await step();
}
void waits_for_declared() { cppcoro::sync_wait(declared()); }

// A main function in disguise.
asio::awaitable<void> runs_threads(asio::io_context &loop) {
  std::ifstream file("options.txt");
  std::thread runner([&] { loop.run(); });
  runner.join();
  co_return;
}
// Threads that do something else.
asio::awaitable<void> runs_no_loop() {
  std::ifstream file("options.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  std::thread runner([] { read(); });
  runner.detach();
  co_return;
}

// What is returned is made where the caller wants it.
struct Big {
  Big();
  Big(const Big &) { read(); }
};
Big copy(const Big &);
cppcoro::task<> returned() {
  auto make = [] {
    Big value;
    return value;
  };
  co_await step();
  make();
}
