// RUN: %check %s async-swallowed-cancellation

// Where only what is given a token is told to stop, a loop may go on in peace.

#include <chrono>
#include <cppcoro/io_service.hpp>
#include <cppcoro/net/socket.hpp>
#include <cppcoro/task.hpp>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;
using namespace seastar;

void log(const char *);
future<> work(abort_source &as);
future<> other();

future<> sleeps_and_goes_on(abort_source &as) {
  for (;;) {
    try {
      co_await work(as);
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: no other await of this loop is told to stop, so the loop never ends; leave the loop when the abort source is aborted, or the gate closed [async-swallowed-cancellation]
      log("failed");
    }
    co_await sleep(1s);
  }
}
future<> tries_again(abort_source &as) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    try {
      co_await work(as);
      co_return;
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: the loop waits, and tries again what was cancelled; leave the loop when the abort source is aborted, or the gate closed
      log("failed");
    }
    co_await sleep(1s);
  }
}
future<> tries_again_if_not_told(abort_source &as) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    try {
      co_await work(as);
      co_return;
    } catch (...) {
      log("failed");
    }
    as.check();
    co_await sleep(1s);
  }
}
future<> tries_again_at_once(abort_source &as) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    try {
      co_await work(as);
      co_return;
    } catch (...) {
      log("failed");
    }
  }
}
future<> spins(abort_source &as) {
  for (;;) {
    try {
      co_await work(as);
    } catch (const std::exception &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever
      log(e.what());
    }
  }
}
future<> sleeps_until_told(abort_source &as) {
  for (;;) {
    try {
      co_await work(as);
    } catch (...) {
      log("failed");
    }
    co_await sleep_abortable(1s, as);
  }
}
// It may have been told by other ways.
future<> awaits_its_own(abort_source &as) {
  for (;;) {
    try {
      co_await work(as);
    } catch (...) {
      log("failed");
    }
    co_await other();
  }
}
future<> looks(abort_source &as) {
  while (!as.abort_requested()) {
    try {
      co_await work(as);
    } catch (...) {
      log("failed");
    }
    co_await sleep(1s);
  }
}

cppcoro::task<> receives(cppcoro::net::socket &socket, cppcoro::cancellation_token token) {
  char buffer[64];
  for (;;) {
    try {
      co_await socket.recv(buffer, sizeof(buffer), token);
    } catch (const std::exception &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again
      log(e.what());
    }
  }
}
cppcoro::task<> receives_until_told(cppcoro::net::socket &socket, cppcoro::cancellation_token token) {
  char buffer[64];
  for (;;) {
    try {
      co_await socket.recv(buffer, sizeof(buffer), token);
    } catch (const cppcoro::operation_cancelled &) {
      throw;
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
}
