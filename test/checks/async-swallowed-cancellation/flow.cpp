// RUN: %check %s async-swallowed-cancellation

// Flow cancels a coroutine by an Error like any other, and what the next await
// is given has begun when it throws again.

#include <coroutine>

struct Error {
  int code() const;
  Error();
};
enum { error_code_actor_cancelled = 1101, error_code_timed_out = 1004 };
struct Void {};
struct Uncancellable {};
class FlowLock {};
class ActorCollection {};

template <class T> class Future {
public:
  Future();
};
struct VoidPromise {
  Future<Void> get_return_object();
  std::suspend_never initial_suspend();
  std::suspend_never final_suspend() noexcept;
  void unhandled_exception();
  void return_void();
};
template <class... A> struct std::coroutine_traits<Future<Void>, A...> {
  using promise_type = VoidPromise;
};
struct VoidAwaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  Void await_resume();
};
VoidAwaiter operator co_await(Future<Void>);

class Transaction {
public:
  Future<Void> onError(const Error &);
  Future<Void> commit();
};

Future<Void> step();
Future<Void> log(const Error &);
void trace(const Error &);

Future<Void> keeps_the_error() {
  Error error;
  try {
    co_await step();
    co_return;
  } catch (Error &e) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'catch (Error &)' swallows cancellation, and the coroutine goes on; rethrow when the code is error_code_actor_cancelled [async-swallowed-cancellation]
    error = e;
  }
  co_await log(error);
}
Future<Void> goes_on() {
  for (;;) {
    try {
      co_await step();
    } catch (Error &e) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (Error &)' swallows cancellation
      trace(e);
    }
  }
}
Future<Void> everything() {
  try {
    co_await step();
  } catch (...) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'catch (...)' swallows cancellation
  }
  co_await step();
}

// Whoever is given the error throws what it can't help.
Future<Void> retries(Transaction &transaction) {
  for (;;) {
    Error error;
    try {
      co_await transaction.commit();
      co_return;
    } catch (Error &e) {
      error = e;
    }
    co_await transaction.onError(error);
  }
}
Future<Void> asks_at_once() {
  Error error;
  try {
    co_await step();
  } catch (Error &e) {
    if (e.code() == error_code_actor_cancelled)
      throw;
    error = e;
  }
  co_await log(error);
}
Future<Void> asks_later() {
  Error error;
  try {
    co_await step();
  } catch (Error &e) {
    error = e;
  }
  if (error.code() == error_code_actor_cancelled)
    throw error;
  co_await log(error);
}
Future<Void> throws_what_it_does_not_know() {
  Error error;
  try {
    co_await step();
  } catch (Error &e) {
    error = e;
  }
  if (error.code() != error_code_timed_out)
    throw error;
  co_await step();
}
Future<Void> ends() {
  try {
    co_await step();
  } catch (Error &e) {
    trace(e);
  }
}
// Nobody cancels it.
Future<Void> runs_to_its_end(Uncancellable) {
  try {
    co_await step();
  } catch (Error &e) {
    trace(e);
  }
  co_await step();
}
