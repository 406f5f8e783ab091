// RUN: %check %s async-swallowed-cancellation

// Templates, macros and names.

#include "asio.hpp"

namespace net = asio;
using net::awaitable;
template <class T = void> using result = awaitable<T>;

void log(const char *text);
awaitable<void> step();

template <class T> awaitable<void> twice(T value) {
  for (;;) {
    try {
      co_await step();
      log(value);
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'catch (...)' swallows cancellation
    // CHECK-NOTES-NEXT: :[[@LINE-5]]:7: note: a cancelled operation throws here
    }
  }
}
template awaitable<void> twice(const char *);
template awaitable<void> twice(char *);

template <class T> awaitable<void> never(T value) {
  for (;;) {
    try {
      co_await value.run();
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    }
  }
}

// What an instance catches.
template <class Exception> awaitable<void> catches() {
  for (;;) {
    try {
      co_await step();
    } catch (const Exception &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation
    }
  }
}
template awaitable<void> catches<std::exception>();
template awaitable<void> catches<int>();
template <class Exception> awaitable<void> catches_nothing() {
  for (;;) {
    try {
      co_await step();
    } catch (const Exception &) {
    }
  }
}
template awaitable<void> catches_nothing<int>();

template <bool Forever> awaitable<void> branches() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
      if constexpr (!Forever)
        co_return;
    }
  }
}
awaitable<void> uses_branches() { co_await branches<true>(); }
template <bool Forever> awaitable<void> other_branches() {
  for (;;) {
    try {
      co_await step();
    } catch (...) {
      if constexpr (!Forever)
        co_return;
    }
  }
}
awaitable<void> uses_other_branches() { co_await other_branches<false>(); }

template <class Stream> struct Session {
  Stream stream;
  awaitable<void> run() {
    for (;;) {
      try {
        co_await stream.async_wait(net::use_awaitable);
      } catch (std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (std::exception &)' swallows cancellation
      }
    }
  }
  result<> unused() {
    for (;;) {
      try {
        co_await step();
      } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'catch (...)' swallows cancellation
      }
    }
  }
};
awaitable<void> uses_session(Session<net::steady_timer> &s, Session<net::system_timer> &t) {
  co_await s.run();
  co_await t.run();
}

auto generic = [](auto &timer) -> result<> {
  for (;;) {
    try {
      co_await timer.async_wait(net::use_awaitable);
    } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation
    }
  }
};
awaitable<void> uses_generic(net::steady_timer &s, net::system_timer &t) {
  co_await generic(s);
  co_await generic(t);
}

// Macros.
#define FOREVER for (;;)
#define IGNORE_ERRORS(statement)                                                                  \
  try {                                                                                           \
    statement;                                                                                    \
  } catch (...) {                                                                                 \
  }
#define CATCH_ALL catch (...)
awaitable<void> macros() {
  FOREVER IGNORE_ERRORS(co_await step())
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'catch (...)' swallows cancellation
}
awaitable<void> more_macros() {
  FOREVER {
    try {
      co_await step();
    }
    CATCH_ALL {}
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'catch (...)' swallows cancellation
  }
}

// Names.
using Exception = std::exception;
namespace errors = std;
result<> names() {
  for (;;) {
    try {
      co_await ::step();
    } catch (const Exception &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const Exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
    }
  }
}
result<> more_names() {
  for (;;) {
    try {
      co_await step();
    } catch (const errors::system_error &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::system_error &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when the error is asio::error::operation_aborted [async-swallowed-cancellation]
    }
  }
}
namespace app {
struct system_error {};
struct exception {};
result<> namesakes() {
  for (;;) {
    try {
      co_await step();
    } catch (const system_error &) {
    } catch (const exception &) {
    }
  }
}
} // namespace app
