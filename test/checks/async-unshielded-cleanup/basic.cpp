// RUN: %check %s async-unshielded-cleanup

#include "folly/coro/Task.h"
#include "folly/coro/WithCancellation.h"
#include "seastar/core/coroutine.hh"
#include <asio.hpp>
#include <boost/cobalt.hpp>
#include <exception>

void log(const char *);

folly::coro::Task<void> transfer();
folly::coro::Task<void> rollback();
folly::coro::Task<bool> report(const char *);
asio::awaitable<void> send();
asio::awaitable<void> close();
boost::cobalt::task<void> run();
boost::cobalt::task<void> stop();

folly::coro::Task<void> kept() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    co_await rollback();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when the coroutine has been cancelled, what it awaits now is cancelled, too, before it has done anything; shield it with 'folly::coro::co_withCancellation' [async-unshielded-cleanup]
    std::rethrow_exception(failure);
  }
}

folly::coro::Task<void> always() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (const std::exception &) {
    failure = std::current_exception();
  }
  co_await rollback();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine has been cancelled
  if (failure)
    co_yield folly::coro::co_error(failure);
}

folly::coro::Task<void> named() {
  bool cancelled = false;
  try {
    co_await transfer();
  } catch (const folly::OperationCancelled &) {
    cancelled = true;
  }
  log(cancelled ? "cancelled" : "done");
  co_await rollback();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine comes here, it has been cancelled: what it awaits now is cancelled, too, before it has done anything
}

asio::awaitable<void> session() {
  std::exception_ptr failure;
  try {
    co_await send();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await close();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine has been cancelled, what it awaits now is cancelled, too, before it has done anything; await
  if (failure)
    std::rethrow_exception(failure);
}

boost::cobalt::task<void> job() {
  std::exception_ptr failure;
  try {
    co_await run();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await stop();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine has been cancelled
  if (failure)
    std::rethrow_exception(failure);
}

// Correct.

folly::coro::Task<void> shielded() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await folly::coro::co_withCancellation({}, rollback());
  if (failure)
    std::rethrow_exception(failure);
}

asio::awaitable<void> reset() {
  std::exception_ptr failure;
  try {
    co_await send();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await asio::this_coro::reset_cancellation_state(
      asio::disable_cancellation());
  co_await close();
  if (failure)
    std::rethrow_exception(failure);
}

// Nothing is thrown again: the work goes on, and is none that cleans up.
folly::coro::Task<void> tells() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure)
    co_await report("failed");
}

folly::coro::Task<void> only_without_a_failure() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  if (!failure) {
    co_await report("done");
    co_return;
  }
  std::rethrow_exception(failure);
}

folly::coro::Task<void> compares() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure == nullptr) {
    co_await report("done");
    co_return;
  }
  std::rethrow_exception(failure);
}

folly::coro::Task<void> throws_again_first() {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure)
    std::rethrow_exception(failure);
  co_await report("done");
}

folly::coro::Task<void> ends() {
  try {
    co_await transfer();
  } catch (const folly::OperationCancelled &) {
    log("cancelled");
    co_return;
  }
  co_await report("done");
}

folly::coro::Task<void> again() {
  for (int i = 0; i < 3; ++i) {
    std::exception_ptr failure;
    try {
      co_await transfer();
      co_return;
    } catch (...) {
      failure = std::current_exception();
    }
    if (i == 2)
      std::rethrow_exception(failure);
  }
}

folly::coro::Task<void> cancelled_before(folly::coro::Task<int> other) {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (const folly::OperationCancelled &) {
    throw;
  } catch (...) {
    failure = std::current_exception();
  }
  co_await rollback();
  if (failure)
    std::rethrow_exception(failure);
}

// Not the coroutine was cancelled, but the operation.
folly::coro::Task<void> its_own(folly::CancellationToken token) {
  try {
    co_await folly::coro::co_withCancellation(token, transfer());
  } catch (const folly::OperationCancelled &) {
    log("cancelled");
  }
  co_await rollback();
}

#define EXPECT_CANCELLED(WHAT)                                                 \
  try {                                                                        \
    WHAT;                                                                      \
  } catch (const folly::OperationCancelled &) {                                \
    log("as expected");                                                        \
  }
folly::coro::Task<void> test() {
  EXPECT_CANCELLED(co_await transfer())
  co_await rollback();
}

// Who awaits is told by a token, and by nothing else.
seastar::future<> undo();
seastar::future<> by_token() {
  std::exception_ptr failure;
  try {
    co_await undo();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await undo();
  if (failure)
    std::rethrow_exception(failure);
}

// Nothing that can be cancelled.
folly::coro::Task<void> does_not_suspend() {
  std::exception_ptr failure;
  try {
    log("try");
  } catch (...) {
    failure = std::current_exception();
  }
  co_await rollback();
  if (failure)
    std::rethrow_exception(failure);
}

template <typename T> folly::coro::Task<void> instance(T value) {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await rollback();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine has been cancelled
  if (failure)
    std::rethrow_exception(failure);
}
folly::coro::Task<void> uses() {
  co_await instance(1);
  co_await instance('a');
}

auto in_a_lambda = []() -> folly::coro::Task<void> {
  std::exception_ptr failure;
  try {
    co_await transfer();
  } catch (...) {
    failure = std::current_exception();
  }
  co_await rollback();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: when the coroutine has been cancelled
  if (failure)
    std::rethrow_exception(failure);
};
