// RUN: %check %s async-*

// Asio: callbacks and stackful coroutines run on the event loop, too.

#include "asio.hpp"
#include "asio/spawn.hpp"
#include <chrono>
#include <fstream>
#include <thread>

using namespace std::chrono_literals;
using asio::ip::tcp;

void stackful(asio::io_context &context, asio::steady_timer &timer) {
  asio::spawn(
      context,
      [&](asio::yield_context yield) {
        std::this_thread::sleep_for(1s);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the thread that runs this stackful coroutine, and every task on it: it sleeps; use asio::steady_timer::async_wait [async-blocking-sleep]
        timer.wait();
        // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'asio::steady_timer::wait' blocks
        timer.async_wait(yield);
      },
      asio::detached);
}

void handlers(asio::steady_timer &timer, tcp::socket &socket, char (&data)[80]) {
  timer.async_wait([&](asio::error_code) {
    socket.read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::ip::tcp::socket::read_some' blocks the thread that runs this completion handler, and every task on it: it waits until the peer has sent something; use the asynchronous operation [async-blocking-call]
  });
  timer.async_wait([&](asio::error_code) {
    socket.async_read_some(asio::buffer(data), [](asio::error_code, std::size_t) {});
  });
}

// Work goes where its executor is. One with which the file makes I/O objects is
// a loop.
void posted(asio::io_context &context, asio::thread_pool &pool) {
  asio::steady_timer timer(context);
  asio::post(context, [] {
    std::ifstream in("settings.ini");
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks the thread that runs this callback, and every task on it: it opens a file; do it on asio::thread_pool [async-blocking-call]
  });
  asio::post(asio::make_strand(context), [] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback
  });
  asio::post(pool, [] { std::ifstream in("settings.ini"); });
  asio::post(asio::make_strand(pool), [] { std::this_thread::sleep_for(1s); });
}

// A context of threads for other work.
class Logger {
  asio::io_context work_;

public:
  void log() {
    asio::post(work_, [] { std::ofstream out("log"); });
    asio::post(asio::make_strand(work_), [] { std::ofstream out("log"); });
    asio::post(work_.get_executor(), [] { std::ofstream out("log"); });
  }
};

// One that a coroutine is started on.
asio::awaitable<void> session();
void start(asio::io_context &loop) {
  asio::co_spawn(loop, session(), asio::detached);
  asio::post(loop, [] {
    std::ofstream out("log");
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ofstream constructor' blocks the thread that runs this callback
  });
}

void synchronous(asio::steady_timer &timer) {
  timer.wait();
  std::this_thread::sleep_for(1s);
}
