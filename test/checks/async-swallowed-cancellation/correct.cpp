// RUN: %check %s async-swallowed-cancellation

// Handlers that know what they do, and loops that end.

#include "asio.hpp"
#include <atomic>
#include <stdexcept>

using asio::awaitable;
using asio::use_awaitable;

awaitable<void> step();
void log(const char *text);
[[noreturn]] void fatal(const char *text);
bool is_cancellation(const std::exception &e);

awaitable<void> leaves() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      break;
    }
  }
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception &) {
      log("failed");
      co_return;
    }
  }
}

awaitable<void> rethrows() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      log("failed");
      throw;
    }
  }
}

awaitable<void> asks_what_it_is() {
  for (;;) {
    try {
      co_await step();
    } catch (const asio::system_error &e) {
      if (e.code() == asio::error::operation_aborted)
        co_return;
      log(e.what());
    }
    try {
      co_await step();
    } catch (const std::system_error &e) {
      if (e.code() != asio::error::operation_aborted)
        log(e.what());
      else
        break;
    }
  }
}

awaitable<void> asks_the_coroutine() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      // co_await can't stand here, yet a flag can be looked at.
      log("failed");
    }
    if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none)
      co_return;
  }
}

// Somebody else caught it before.
awaitable<void> earlier_handler() {
  for (;;) {
    try {
      co_await step();
    } catch (const asio::system_error &) {
      throw;
    } catch (const std::exception &e) {
      log(e.what());
    }
    try {
      co_await step();
    } catch (const std::system_error &) {
      break;
    } catch (...) {
    }
  }
}

// Exceptions that aren't a cancellation.
awaitable<void> unrelated() {
  struct Retry {};
  for (;;) {
    try {
      co_await step();
    } catch (const std::logic_error &) {
    } catch (const std::bad_alloc &) {
    } catch (const Retry &) {
    } catch (int) {
    } catch (const char *) {
    }
  }
}

// The next await throws again, outside of the try.
awaitable<void> awaits_afterwards(asio::steady_timer &timer) {
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception &e) {
      log(e.what());
    }
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(use_awaitable);
  }
}

// Loops that end some day.
awaitable<void> bounded(std::vector<int> endpoints, bool stopped, std::atomic<bool> &flag) {
  for (int i = 0; i < 3; ++i) {
    try {
      co_await step();
    } catch (...) {
    }
  }
  for (int endpoint : endpoints) {
    try {
      co_await step();
      break;
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
  while (!stopped) {
    try {
      co_await step();
    } catch (...) {
    }
  }
  do {
    try {
      co_await step();
    } catch (...) {
    }
  } while (!flag.load());
}

// No loop at all.
awaitable<void> once() {
  try {
    co_await step();
  } catch (...) {
  }
  co_await step();
}

// Nothing suspends in the try.
awaitable<void> suspends_elsewhere() {
  for (;;) {
    try {
      log("work");
    } catch (...) {
    }
    co_await step();
  }
}

awaitable<void> asks_only() {
  for (;;) {
    try {
      auto executor = co_await asio::this_coro::executor;
      auto state = co_await asio::this_coro::cancellation_state;
    } catch (...) {
    }
    co_await step();
  }
}

awaitable<void> suspends_in_a_lambda() {
  for (;;) {
    try {
      auto lambda = []() -> awaitable<void> { co_await step(); };
    } catch (...) {
    }
    co_await step();
  }
}

// The inner handler has it already, and lets nothing through.
awaitable<void> inner_handler() {
  for (;;) {
    try {
      try {
        co_await step();
      } catch (...) {
        co_return;
      }
    } catch (...) {
    }
  }
}

// Somebody else is asked, sooner or later.
awaitable<void> asks_others(asio::ip::tcp::acceptor &acceptor, bool stopping) {
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception &e) {
      if (is_cancellation(e))
        break;
    }
    try {
      co_await step();
    } catch (...) {
      if (stopping)
        break;
    }
  }
  while (acceptor.is_open()) {
    try {
      auto socket = co_await acceptor.async_accept(use_awaitable);
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
  bool go_on = true;
  while (go_on) {
    try {
      co_await step();
    } catch (const std::exception &e) {
      go_on = !is_cancellation(e);
    }
  }
}

awaitable<void> leaves_afterwards() {
  bool failed = false;
  int failures = 0;
  std::exception_ptr error;
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception &) {
      failed = true;
    }
    if (failed)
      co_return;
  }
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      ++failures;
    }
    if (failures > 3)
      break;
  }
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      error = std::current_exception();
    }
    if (error)
      std::rethrow_exception(error);
  }
}

awaitable<void> never_comes_back() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      fatal("step");
    }
  }
}

awaitable<void> jumps_out() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      goto out;
    }
  }
out:
  log("done");
}

awaitable<int> next();
awaitable<void> awaits_in_the_condition() {
  while (co_await next() > 0) {
    try {
      co_await step();
    } catch (...) {
    }
  }
}
