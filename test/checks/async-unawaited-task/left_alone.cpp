// RUN: %check %s async-unawaited-task

// Coroutines of Flow with a parameter that makes them go on by themselves.

#include <coroutine>

struct Void {};
class FlowLock;
class ActorCollection;

template <class T> class Future {
public:
  Future(const Future &);
  ~Future();
  void cancel() const;
};

struct Uncancellable {};
struct Parameter {};

template <class T> struct Awaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

template <class... A> struct std::coroutine_traits<Future<Void>, A...> {
  struct promise_type {
    Future<Void> get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
    template <class T> Awaiter<T> await_transform(const Future<T> &);
  };
};

Future<Void> fail_after(Future<Void> Trigger);
Future<Void> go_on(Uncancellable, Future<Void> Trigger);
Future<Void> with_another(Parameter, Future<Void> Trigger);

void start(Future<Void> Trigger) {
  fail_after(Trigger);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'fail_after' is dropped, which cancels the work
  with_another(Parameter(), Trigger);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'with_another' is dropped, which cancels the work
  go_on(Uncancellable(), Trigger);
  (void)go_on({}, Trigger);
}

Future<Void> in_a_coroutine(Future<Void> Trigger) {
  go_on(Uncancellable(), Trigger);
  co_await Trigger;
}
