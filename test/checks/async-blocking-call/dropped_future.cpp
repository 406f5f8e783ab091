// RUN: %check %s async-blocking-call
// The future of std::async waits in its destructor.

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <future>

int compute();
app::Task<> step();

app::Task<> drops() {
  std::async(std::launch::async, compute);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::async' blocks the thread that runs this coroutine, and every task on it: the future that it returns waits for the work when it is dropped; co_await it on a thread pool [async-blocking-call]
  (void)std::async(std::launch::async, compute);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::async' blocks
  co_await step();
}
static void start() {
  (void)std::async(std::launch::async, compute);
}
cppcoro::task<> through() {
  start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'start' blocks
  co_return;
}
template <typename T> boost::asio::awaitable<void> of_any(T work) {
  (void)std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::async' blocks
  co_return;
}
template boost::asio::awaitable<void> of_any(int (*)());

// Who keeps it decides where it waits.
struct Work {
  std::future<int> result;
};
app::Task<> keeps(Work &work) {
  work.result = std::async(std::launch::async, compute);
  auto other = std::async(std::launch::async, compute);
  co_await step();
}
void ordinary() { (void)std::async(std::launch::async, compute); }
