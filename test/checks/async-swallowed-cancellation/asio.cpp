// RUN: %check %s async-swallowed-cancellation

// A cancelled Asio coroutine gets an exception from every await: a loop that
// catches it and goes on never ends.

#include "asio.hpp"
#include <stdexcept>

using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<void> step();
awaitable<int> number();
void log(const char *text);

awaitable<void> everything(asio::steady_timer &timer) {
  for (;;) {
    try {
      co_await timer.async_wait(use_awaitable);
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:7: note: a cancelled operation throws here
    }
  }
}

awaitable<void> by_base_class(asio::steady_timer &timer) {
  while (true) {
    try {
      co_await timer.async_wait(use_awaitable);
    } catch (const std::exception &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (const std::exception &)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:7: note: a cancelled operation throws here
      log(e.what());
    }
  }
}

awaitable<void> by_its_own_class() {
  for (;;) {
    try {
      co_await step();
    } catch (const asio::system_error &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const asio::system_error &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (const asio::system_error &)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:7: note: a cancelled operation throws here
      log(e.what());
    }
  }
}

awaitable<void> by_another_base() {
  for (;;) {
    try {
      co_await step();
    } catch (std::runtime_error &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (std::runtime_error &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
      log("failed");
    }
  }
}

awaitable<void> by_value_and_pointer() {
  for (;;) {
    try {
      co_await step();
    } catch (std::system_error) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (std::system_error)' swallows cancellation
    }
  }
}

// Any loop.
awaitable<void> loops(int n, bool yes) {
  do {
    try {
      co_await step();
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    }
  } while (true);
}

awaitable<void> with_goto() {
again:
  try {
    co_await step();
  } catch (...) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'catch (...)' swallows cancellation
    goto again;
  }
}

awaitable<void> with_continue() {
  for (;;) {
    try {
      co_await step();
      continue;
    } catch (const std::exception &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation
      log("again");
      continue;
    }
    co_return;
  }
}

// What stands between handler and loop does not help, unless it suspends.
awaitable<void> counts() {
  int failures = 0;
  for (;;) {
    try {
      co_await step();
      failures = 0;
    } catch (const std::exception &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation
      ++failures;
      log("failed");
    }
    log("next");
  }
}

// A bounded loop in an unbounded one, a try without braces around it, a token
// that makes an error a value: the next await throws all the same.
awaitable<void> more_loops(asio::steady_timer &timer) {
  for (;;)
    for (int i = 0; i < 3; ++i)
      try {
        co_await step();
      } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (...)' swallows cancellation
      }
}
awaitable<void> as_tuple(asio::steady_timer &timer) {
  for (;;) {
    try {
      auto [error] = co_await timer.async_wait(asio::as_tuple(use_awaitable));
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    }
  }
}

// The await may stand anywhere in the try block.
awaitable<void> deep(int n) {
  for (;;) {
    try {
      log("start");
      if (n > 0)
        for (int i = 0; i < n; ++i)
          log(co_await number() ? "a" : "b");
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:15: note: a cancelled operation throws here
    }
  }
}

// Handlers that are nobody's cancellation come first.
awaitable<void> several_handlers() {
  for (;;) {
    try {
      co_await step();
    } catch (const std::logic_error &) {
    } catch (int) {
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-6]]:7: note: a cancelled operation throws here
    }
  }
}

awaitable<void> two_tries() {
  for (;;) {
    try {
      co_await step();
    } catch (const std::logic_error &) {
      co_return;
    }
    try {
      log("once more");
    } catch (...) {
    }
  }
}

awaitable<void> nested_in_another_try() {
  try {
    for (;;) {
      try {
        co_await step();
      } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (...)' swallows cancellation
      }
    }
  } catch (...) {
    log("never");
  }
}

awaitable<void> nested_try_that_lets_it_pass() {
  for (;;) {
    try {
      try {
        co_await step();
      } catch (const std::logic_error &) {
      }
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-6]]:9: note: a cancelled operation throws here
    }
  }
}

// In lambdas and members.
struct Server {
  tcp::acceptor acceptor;
  awaitable<void> listen() {
    for (;;) {
      try {
        auto socket = co_await acceptor.async_accept(use_awaitable);
      } catch (const std::exception &e) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (const std::exception &)' swallows cancellation
        log(e.what());
      }
    }
  }
};
void start(asio::io_context &loop) {
  asio::co_spawn(loop, []() -> awaitable<void> {
    for (;;) {
      try {
        co_await step();
      } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (...)' swallows cancellation
      }
    }
  }, asio::detached);
}
