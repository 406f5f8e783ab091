// RUN: %check %s async-blocking-sleep

// The same functions under other names, and other functions under the same.

#include "asio.hpp"
#include <thread>
#include <unistd.h>

namespace net = asio;
namespace thread = std::this_thread;
namespace outer {
namespace inner = ::std::this_thread;
using namespace std::this_thread;
using std::this_thread::sleep_for;
} // namespace outer
template <class T = void> using result = net::awaitable<T>;
typedef net::awaitable<int> number;
using Timer = net::steady_timer;

result<> aliases() {
  thread::sleep_for(std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  outer::inner::sleep_for(std::chrono::seconds(2));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
  outer::sleep_for(std::chrono::seconds(3));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(3)).async_wait(asio::use_awaitable);
  outer::sleep_until(std::chrono::steady_clock::now());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_until' blocks
  using std::this_thread::sleep_for;
  sleep_for(std::chrono::seconds(4));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(4)).async_wait(asio::use_awaitable);
  co_return;
}

number of_a_typedef(Timer &timer) {
  sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(5)).async_wait(asio::use_awaitable);
  timer.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Timer::wait' blocks
  co_return 1;
}

net::awaitable<void, net::any_io_executor> spelled_out() {
  sleep(6);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(6)).async_wait(asio::use_awaitable);
  co_return;
}

auto trailing() -> result<> {
  sleep(7);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(7)).async_wait(asio::use_awaitable);
  co_return;
}

namespace {
struct Unnamed {
  result<> run() {
    nap();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Unnamed::nap' blocks
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'Unnamed::nap' blocks
    // CHECK-NOTES-NEXT: :[[@LINE+3]]:16: note: 'Unnamed::nap' calls 'sleep' here, which blocks: it sleeps
    co_return;
  }
  void nap() { sleep(8); }
};
inline namespace v1 {
void nap() { sleep(9); }
} // namespace v1
} // namespace
result<> in_unnamed_namespaces(Unnamed &u) {
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-7]]:14: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  u.nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Unnamed::nap' blocks
  // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'Unnamed::nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-14]]:16: note: 'Unnamed::nap' calls 'sleep' here, which blocks: it sleeps
  co_await u.run();
}

namespace app {
inline namespace v2 {
struct Service {
  struct Part {
    static void nap() { sleep(10); }
  };
};
} // namespace v2
result<> in_nested_classes() {
  Service::Part::nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'app::Service::Part::nap' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'app::Service::Part::nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:25: note: 'app::Service::Part::nap' calls 'sleep' here, which blocks: it sleeps
  struct Local {
    void nap() { sleep(11); }
  };
  Local().nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Local::nap' blocks
  // CHECK-NOTES: :[[@LINE-2]]:11: warning: 'Local::nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-5]]:18: note: 'Local::nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}
} // namespace app

// Not std::this_thread.
namespace app::this_thread {
void sleep_for(std::chrono::seconds) {}
void sleep(int) {}
} // namespace app::this_thread
result<> namesakes() {
  using namespace app;
  app::this_thread::sleep_for(std::chrono::seconds(1));
  app::this_thread::sleep(1);
  co_return;
}
