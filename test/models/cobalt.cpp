// RUN: %check %s async-*

// Boost.Cobalt: each thread runs one event loop, and its coroutines share it.

#include "boost/cobalt.hpp"
#include <chrono>
#include <exception>
#include <fstream>
#include <thread>

namespace asio = boost::asio;
namespace cobalt = boost::cobalt;
using namespace std::chrono_literals;

cobalt::task<void> step();
cobalt::task<int> number();
cobalt::promise<void> work();
cobalt::detached background();
cobalt::thread worker();
void log(const char *text);

cobalt::promise<void> sleeps() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await boost::cobalt::io::sleep, or a timer's async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await boost::cobalt::io::sleep(1s);
  co_await cobalt::io::sleep(1s);
}

cobalt::task<void> timers(asio::steady_timer &timer) {
  timer.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'boost::asio::steady_timer::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the timer; co_await boost::cobalt::io::sleep, or a timer's async_wait [async-blocking-sleep]
  co_await timer.async_wait(cobalt::use_op);
}

cobalt::task<int> waits() {
  int n = cobalt::run(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'boost::cobalt::run' blocks the thread that runs this coroutine, and every task on it: it runs the task on an event loop of its own, and waits for it; co_await the work, or boost::cobalt::gather for several [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  co_return n + co_await number();
}

cobalt::promise<void> joins() {
  auto first = worker();
  first.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'boost::cobalt::thread::join' blocks the thread that runs this coroutine, and every task on it: it waits until the thread has ended; co_await the thread [async-blocking-wait]
  auto second = worker();
  co_await second;
}

cobalt::main co_main(int, char *[]) {
  std::ifstream config("settings.ini");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await boost::cobalt::io::stream_file, or boost::cobalt::spawn it on a boost::asio::thread_pool [async-blocking-call]
  co_return 0;
}

cobalt::promise<void> reads(asio::ip::tcp::socket &socket, char (&data)[80]) {
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::asio::ip::tcp::socket::read_some' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; co_await the asynchronous operation, with the token boost::cobalt::use_op [async-blocking-call]
  co_await socket.async_read_some(asio::buffer(data), cobalt::use_op);
}

cobalt::promise<void> drops(asio::steady_timer &timer) {
  step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'step' is never awaited: 'boost::cobalt::task<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await step();
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is dropped, which cancels the work: 'boost::cobalt::promise<void>' owns it; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  worker();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'worker' is dropped, which cancels the work: 'boost::cobalt::thread' owns it; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await worker();
  cobalt::join(step(), step());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'boost::cobalt::join' is never awaited: 'boost::cobalt::detail::join_variadic_impl<boost::cobalt::task<void>, boost::cobalt::task<void>>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await cobalt::join(step(), step());
  cobalt::io::sleep(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'boost::cobalt::io::sleep' is never awaited
  // CHECK-FIXES: co_await cobalt::io::sleep(1s);
  timer.async_wait(cobalt::use_op);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'boost::asio::steady_timer::async_wait' is never awaited
  // CHECK-FIXES: co_await timer.async_wait(cobalt::use_op);
  co_return;
}

// Nobody has to await what is detached.
cobalt::promise<void> keeps(asio::steady_timer &timer) {
  co_await step();
  +work();
  auto later = work();
  background();
  co_await timer.async_wait(cobalt::use_op);
  co_await cobalt::join(step(), step());
  co_await later;
}

void from_outside() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is dropped, which cancels the work: 'boost::cobalt::promise<void>' owns it; detach it with a unary '+' [async-unawaited-task]
  +work();
}

cobalt::task<void> swallows(asio::steady_timer &timer) {
  for (;;) {
    try {
      co_await timer.async_wait(cobalt::use_op);
    } catch (const std::exception &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is boost::asio::error::operation_aborted [async-swallowed-cancellation]
      log(e.what());
    }
  }
}

cobalt::task<void> tells_apart(asio::steady_timer &timer) {
  for (;;) {
    try {
      co_await timer.async_wait(cobalt::use_op);
    } catch (const boost::system::system_error &e) {
      if (e.code() == asio::error::operation_aborted)
        throw;
    }
  }
}

// What is spawned on a thread pool may block.
cobalt::task<int> heavy() {
  std::this_thread::sleep_for(1s);
  co_return 1;
}

cobalt::task<int> on_a_pool(asio::thread_pool &pool) {
  co_return co_await cobalt::spawn(pool.get_executor(), heavy(), cobalt::use_op);
}

// So may a function that is no coroutine.
int synchronous() {
  std::this_thread::sleep_for(1s);
  worker().join();
  return cobalt::run(number());
}
