// RUN: %check %s async-swallowed-cancellation

// In Boost.Asio the exception is Boost's.

#include "boost/asio.hpp"

namespace net = boost::asio;

net::awaitable<void> step();
void log(const char *text);

net::awaitable<void> everything() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is boost::asio::error::operation_aborted [async-swallowed-cancellation]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:7: note: a cancelled operation throws here
    }
  }
}

net::awaitable<void> boosts_own() {
  for (;;) {
    try {
      co_await step();
    } catch (const boost::system::system_error &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const boost::system::system_error &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is boost::asio::error::operation_aborted [async-swallowed-cancellation]
      log(e.what());
    }
  }
}

net::awaitable<void> by_base_class() {
  for (;;) {
    try {
      co_await step();
    } catch (const std::runtime_error &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::runtime_error &)' swallows cancellation
      log(e.what());
    }
  }
}

net::awaitable<void> correct() {
  for (;;) {
    try {
      co_await step();
    } catch (const boost::system::system_error &e) {
      if (e.code() == net::error::operation_aborted)
        co_return;
    } catch (const std::exception &e) {
      log(e.what());
    }
    try {
      co_await step();
    } catch (const std::logic_error &e) {
      log(e.what());
    }
  }
}
