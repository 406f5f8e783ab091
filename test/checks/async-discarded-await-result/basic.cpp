// RUN: %check %s async-discarded-await-result

// Results of one's own, and of the standard library.

#include "task.h"
#include <exception>
#include <system_error>
#include <tuple>
#include <utility>

namespace app {
template <class T> class Result {
public:
  explicit operator bool() const;
  std::error_code error() const;
  T value() const;
};
struct Answer {
  bool isFinal() const;
  int status() const;
};
} // namespace app

app::Task<app::Result<int>> send();
app::Task<std::error_code> write();
app::Task<std::tuple<int, std::error_code>> read();
app::Task<std::pair<std::exception_ptr, int>> any();
app::Task<std::exception_ptr> outcome();
app::Task<app::Answer> ask();
app::Task<int> count();
app::Task<app::Result<int> *> cached();
app::Task<std::error_code> closeFile();
app::Task<app::Result<int>> co_shutdown();

app::Task<> dropped() {
  co_await send();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'app::Result<int>' that 'send' gives is dropped, and with it the error that it may hold: nobody learns of it; test it, or write (void) if it does not matter [async-discarded-await-result]
  co_await write();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::error_code' that 'write' gives is dropped
  co_await read();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::tuple<int, std::error_code>' that 'read' gives is dropped
  co_await any();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::pair<{{.*}}exception_ptr, int>' that 'any' gives is dropped
  co_await outcome();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the '{{.*}}exception_ptr' that 'outcome' gives is dropped
  auto task = send();
  co_await std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'app::Result<int>' that {{.*}} gives is dropped
}

app::Task<bool> tested() {
  if (!co_await send())
    co_return false;
  auto [n, error] = co_await read();
  co_return !error && !co_await write();
}

app::Task<> correct() {
  (void)co_await send();
  std::ignore = co_await write();
  co_await count();
  co_await cached();
  // No error, whatever its status.
  co_await ask();
  // What ends it may fail.
  co_await closeFile();
  co_await co_shutdown();
}

template <class T> app::Task<> inTemplate(T work) {
  co_await work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::error_code' that {{.*}} gives is dropped
}
app::Task<> uses() {
  co_await inTemplate(write);
  co_await [] -> app::Task<> {
    co_await write();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the 'std::error_code' that 'write' gives is dropped
  }();
}

#define SEND() co_await send()
app::Task<> inMacro() {
  SEND();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'app::Result<int>' that 'send' gives is dropped
}
