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

struct exception_wrapper {
  exception_wrapper();
  exception_wrapper(std::exception_ptr Error);
};
folly::coro::Task<int> yields_it() {
  exception_wrapper Error;
  try {
    co_await another();
  } catch (...) {
    Error = std::current_exception();
  }
  co_await another();
  co_yield folly::coro::co_error(std::move(Error));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Error' holds no error where nothing has failed
}

// A condition in the block says nothing about its end.
app::Task<> branches_in_the_block(bool Twice) {
  std::exception_ptr Error;
  try {
    co_await work();
    if (Twice)
      co_await work();
  } catch (...) {
    Error = std::current_exception();
  }
  std::rethrow_exception(Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Error' holds no error where nothing has failed
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

// What else tells whether it has failed.
app::Task<bool> try_it();
app::Task<> flag_of_the_block() {
  std::exception_ptr Error;
  bool Done = false;
  try {
    co_await work();
    Done = true;
  } catch (...) {
    Error = std::current_exception();
  }
  if (Done)
    co_return;
  std::rethrow_exception(Error);
}

app::Task<int> gives_up() {
  std::exception_ptr Error;
  for (int I = 0; I != 3; ++I) {
    try {
      co_await work();
      co_return I;
    } catch (...) {
      Error = std::current_exception();
    }
  }
  std::rethrow_exception(Error);
}

app::Task<> counts() {
  std::exception_ptr Error;
  int I = 0;
  for (; I != 3; ++I) {
    try {
      co_await work();
      break;
    } catch (...) {
      Error = std::current_exception();
    }
  }
  if (I == 3)
    std::rethrow_exception(Error);
}

app::Task<int> result_of_the_block(int State) {
  std::exception_ptr Error;
  bool Is = false;
  try {
    Is = co_await try_it();
  } catch (...) {
    Error = std::current_exception();
  }
  switch (State) {
  case 1:
    co_return Is;
  }
  std::rethrow_exception(Error);
}

void fill(std::exception_ptr &Error);
app::Task<> others_set_it() {
  std::exception_ptr Error;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
  }
  fill(Error);
  std::rethrow_exception(Error);
}

[[noreturn]] void fail();
app::Task<> always_fails() {
  std::exception_ptr Error;
  try {
    co_await work();
    fail();
  } catch (...) {
    Error = std::current_exception();
  }
  std::rethrow_exception(Error);
}

app::Task<> in_the_handler() {
  std::exception_ptr Error;
  try {
    co_await work();
  } catch (...) {
    Error = std::current_exception();
    log(Error);
    std::rethrow_exception(Error);
  }
}
