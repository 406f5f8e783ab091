// RUN: %check %s async-lost-cancel-source

// A slot refers to its signal.

#include <boost/asio.hpp>
#include <chrono>
#include <memory>

namespace asio = boost::asio;
using namespace std::chrono_literals;

void done(boost::system::error_code error);
asio::awaitable<void> session();
void log(const char *text);

void callback(asio::steady_timer &timer) {
  asio::cancellation_signal stop;
  timer.async_wait(asio::bind_cancellation_slot(stop.slot(), done));
  // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: what 'boost::asio::steady_timer::async_wait' starts goes on when 'stop' is gone, to which it refers until it has ended; keep the source where the work is kept [async-lost-cancel-source]
  // CHECK-MESSAGES: :[[@LINE-3]]:29: note: declared here
}
asio::awaitable<void> in_a_block(asio::any_io_executor executor, bool limited) {
  if (limited) {
    asio::cancellation_signal stop;
    asio::co_spawn(executor, session(),
                   asio::bind_cancellation_slot(stop.slot(), asio::detached));
    // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: what 'boost::asio::co_spawn' starts goes on when 'stop' is gone
    // CHECK-MESSAGES: :[[@LINE-4]]:31: note: declared here
  }
  co_await session();
}

//===-- Right -------------------------------------------------------------===//

class Session {
  asio::cancellation_signal Stop;
  void start(asio::steady_timer &timer) {
    timer.async_wait(asio::bind_cancellation_slot(Stop.slot(), done));
  }
  void stop() { Stop.emit(asio::cancellation_type::all); }
};
void kept(asio::steady_timer &timer) {
  auto stop = std::make_shared<asio::cancellation_signal>();
  timer.async_wait(asio::bind_cancellation_slot(stop->slot(), [stop](auto) {}));
}
// The loop runs while the signal is there.
int program() {
  asio::io_context loop;
  asio::cancellation_signal stop;
  asio::co_spawn(loop, session(),
                 asio::bind_cancellation_slot(stop.slot(), asio::detached));
  asio::signal_set signals(loop, 2);
  signals.async_wait([&](boost::system::error_code, int) {
    stop.emit(asio::cancellation_type::all);
  });
  loop.run();
  return 0;
}
asio::awaitable<void> told(asio::steady_timer &timer) {
  asio::cancellation_signal stop;
  timer.async_wait(asio::bind_cancellation_slot(stop.slot(), done));
  co_await session();
  stop.emit(asio::cancellation_type::terminal);
}
