// RUN: %check %s async-untested-error

// Errors that a handler keeps for later, because it can't await.

#include "task.h"
#include <asio.hpp>
#include <exception>
#include <folly/coro/Task.h>
#include <utility>

app::Task<> work();
app::Task<> clean_up();
void log(std::exception_ptr Error);

app::Task<> of_the_project() {
  std::exception_ptr Error;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
  }
  co_await clean_up();
  std::rethrow_exception(Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Error' holds no error where nothing has failed, and 'std::rethrow_exception' needs one; look whether there is one first [async-untested-error]
  // CHECK-MESSAGES: :[[@LINE-9]]:22: note: declared here; only a handler sets it
}

folly::coro::Task<void> another();
folly::coro::Task<int> of_folly() {
  std::exception_ptr Error = nullptr;
  try {
    co_await another();
  } catch (const std::exception &) {
    Error = std::current_exception();
  }
  log(Error);
  std::rethrow_exception(std::move(Error));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Error' holds no error where nothing has failed
}

asio::awaitable<void> of_asio(asio::steady_timer &Timer) {
  for (;;) {
    std::exception_ptr Error;
    try {
      co_await Timer.async_wait(asio::use_awaitable);
    } catch (...) {
      Error = std::current_exception();
    }
    std::rethrow_exception(Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Error' holds no error where nothing has failed
  }
}

//===-- Nothing to report -------------------------------------------------===//

app::Task<> tested() {
  std::exception_ptr Error;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
  }
  co_await clean_up();
  if (Error)
    std::rethrow_exception(Error);
}

app::Task<> left_early() {
  std::exception_ptr Error;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
  }
  if (!Error)
    co_return;
  co_await clean_up();
  std::rethrow_exception(Error);
}

app::Task<int> returns_from_the_block() {
  std::exception_ptr Error;
  try {
    co_await work();
    co_return 1;
  } catch (...) {
    Error = std::current_exception();
  }
  co_await clean_up();
  std::rethrow_exception(Error);
}

app::Task<> with_a_flag() {
  std::exception_ptr Error;
  bool Failed = false;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
    Failed = true;
  }
  if (Failed) {
    co_await clean_up();
    std::rethrow_exception(Error);
  }
}

app::Task<> in_a_loop() {
  for (;;) {
    std::exception_ptr Error;
    try {
      co_await work();
      break;
    } catch (...) {
      Error = std::current_exception();
    }
    co_await clean_up();
    std::rethrow_exception(Error);
  }
}

void run(std::exception_ptr &Error);
app::Task<> set_elsewhere() {
  std::exception_ptr Error;
  try {
    co_await work();
    Error = std::make_exception_ptr(1);
  } catch (...) {
    Error = std::current_exception();
  }
  std::rethrow_exception(Error);
}
