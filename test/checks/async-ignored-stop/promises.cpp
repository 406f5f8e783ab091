// RUN: %check %s async-ignored-stop

// Promises of other kinds.

#include "task.h"
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/task.hpp>
#include <exception>
#include <stop_token>

struct Promise {
  app::EagerTask<int> future();
  void value(int);
  void error(std::exception_ptr);
};

void finish(std::stop_token token, Promise &promise) {
  if (token.stop_requested())
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop, and ends 'promise' a second time; return behind the first [async-ignored-stop]
    promise.error(nullptr);
  promise.value(1);
}
void finish(cppcoro::cancellation_token token, Promise &promise) {
  if (token.is_cancellation_requested()) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop
    promise.error(nullptr);
  }
  promise.value(1);
}
void right(std::stop_token token, Promise &promise, Promise &other) {
  if (token.stop_requested()) {
    promise.error(nullptr);
    return;
  }
  if (token.stop_requested())
    other.error(nullptr);
  promise.value(1);
}
// One that somebody waits for, in words of its own.
struct Signal {
  app::Task<bool> wait(int milliseconds);
  void signal();
  void log(const char *text);
  void pause();
};
void signals(std::stop_token token, Signal &signal) {
  if (token.stop_requested())
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop, and ends 'signal' a second time
    signal.signal();
  signal.signal();
}
void only_logs(std::stop_token token, Signal &signal) {
  if (token.stop_requested()) {
    signal.log("stopping");
    signal.pause();
  }
  signal.log("done");
  signal.signal();
}
template <class P> void generic(std::stop_token token, P &promise) {
  if (token.stop_requested())
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop
    promise.error(nullptr);
  promise.value(1);
}
template void generic(std::stop_token, Promise &);
auto lambda = [](std::stop_token token, Promise &promise) {
  if (token.stop_requested())
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop
    promise.error(nullptr);
  promise.value(1);
};
#define FAIL_IF_STOPPED(token)                                                                    \
  if (token.stop_requested())                                                                     \
    promise.error(nullptr);
void macros(std::stop_token token, Promise &promise) {
  FAIL_IF_STOPPED(token)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this function goes on when it has been told to stop
  promise.value(1);
}
