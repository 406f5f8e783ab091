// RUN: %check %s async-swallowed-cancellation

// Handlers that know what they do, and loops that end.

#include "asio.hpp"
#include <atomic>
#include <stdexcept>

using asio::awaitable;
using asio::use_awaitable;

awaitable<void> step();
void log(const char *text);

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
