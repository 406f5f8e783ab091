// RUN: %check %s async-*

// Tasks of TooManyCooks.

#include <chrono>
#include <fstream>
#include <thread>
#include <tmc/all_headers.hpp>
#include <tmc/asio/ex_asio.hpp>

using namespace std::chrono_literals;

tmc::task<int> number();
tmc::task<void> work();

tmc::task<void> sleeps() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await a timer of Asio, with the token tmc::aw_asio [async-blocking-sleep]
  co_return;
}

tmc::task<int> waits() {
  int n = tmc::post_waitable(tmc::cpu_executor(), number()).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:61: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  n += co_await number();
  co_return n;
}

tmc::task<void> drains(tmc::chan_tok<int> &channel) {
  channel.drain_wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'tmc::chan_tok::drain_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the channel is empty; co_await its drain [async-blocking-wait]
  co_await channel.drain();
}

tmc::task<void> stops(tmc::ex_cpu &executor) {
  executor.teardown();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'tmc::ex_cpu::teardown' blocks the thread that runs this coroutine, and every task on it: it waits until the threads of the executor have ended; call it where no task runs [async-blocking-wait]
  co_return;
}

// An ex_cpu may be there to be blocked; the thread of an ex_asio never is.
tmc::task<void> moves(tmc::ex_cpu &pool, tmc::ex_asio &loop) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks {{.*}}: it opens a file; co_await tmc::spawn_func on an executor of its own [async-blocking-call]
  co_await tmc::resume_on(pool);
  std::ifstream in_pool("file");
  co_await tmc::resume_on(loop);
  std::ifstream on_loop("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
}

tmc::task<void> drops(tmc::mutex &mutex, tmc::ex_asio &loop) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'tmc::task<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  tmc::spawn(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'tmc::spawn' is never awaited: 'tmc::aw_spawn<tmc::task<void>>' is lazy, so nothing of it runs
  // CHECK-FIXES: co_await tmc::spawn(work());
  mutex.lock_scope();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'tmc::mutex::lock_scope' is never awaited
  // CHECK-FIXES: co_await mutex.lock_scope();
  tmc::resume_on(loop);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'tmc::resume_on' is never awaited
  // CHECK-FIXES: co_await tmc::resume_on(loop);
  tmc::spawn(work()).detach();
  co_await tmc::spawn(work());
}

void plain_function() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'tmc::task<void>' is lazy, so nothing of it runs; start it with tmc::post, or tmc::spawn(...).detach() [async-unawaited-task]
  tmc::post(tmc::cpu_executor(), work());
  tmc::post_waitable(tmc::cpu_executor(), work()).wait();
  std::this_thread::sleep_for(1s);
}

void posts(tmc::ex_asio &loop, tmc::ex_braid &braid, tmc::ex_cpu &pool) {
  tmc::post(loop, [] { std::this_thread::sleep_for(1s); });
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'std::this_thread::sleep_for' blocks the thread that runs this task, and every task on it: it sleeps; use a timer of Asio [async-blocking-sleep]
  tmc::post(braid, [] { std::ifstream file("file"); });
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'std::ifstream constructor' blocks the thread that runs this task
  tmc::post(pool, [] { std::this_thread::sleep_for(1s); });
}
