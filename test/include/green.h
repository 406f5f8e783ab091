// An imaginary library that has one of everything a model can describe: see
// test/models/inputs/green.yaml.

#ifndef TEST_INCLUDE_GREEN_H
#define TEST_INCLUDE_GREEN_H

#include <chrono>
#include <coroutine>
#include <functional>

namespace green {

template <class T> struct Awaiter {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  T await_resume() { return T(); }
};

template <class T = void> struct Job : Awaiter<T> {
  struct promise_type {
    Job get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_value(T);
  };
};
template <> struct Job<void> : Awaiter<void> {
  struct promise_type {
    Job get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
};

template <class T> struct [[nodiscard]] Future : Awaiter<T> {
  struct promise_type {
    Future get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_value(T);
  };
  T get();
  template <class F> Future<T> then(F) { return {}; }
};
struct [[nodiscard]] Ticket : Awaiter<void> {};
struct Somewhere : Awaiter<void> {};
struct Now : Awaiter<void> {};

struct Pool {
  void submit(std::function<void()>);
  Awaiter<void> schedule();
};
struct Loop {
  void submit(std::function<void()>);
  Awaiter<void> schedule();
};
struct AnyExecutor {
  template <class E> AnyExecutor(E &) {}
  Awaiter<void> schedule();
};

AnyExecutor background();
Future<int> fetch();
[[nodiscard]] Ticket reserve();
Future<Future<int>> stages();
Ticket log(const char *Text);
Job<> write();
Awaiter<void> pause(std::chrono::nanoseconds);
Awaiter<void> switch_to(AnyExecutor &);
Awaiter<void> switch_to(Pool &);
Awaiter<void> switch_to(Loop &);
Awaiter<void> to_background();
Awaiter<void> to_background_for_now();
Awaiter<void> to_loop();

namespace db {
struct Connection;
int query(Connection *, const char *);
void poll(Connection *);
} // namespace db
struct Mail {
  struct Stub {
    int send(const char *);
    int send(Now);
    template <class F> void later(F) {}
  };
};
void timer_start(void (*)(int), int);
template <class F, class G> void queue_work(F, G) {}

template <class T> T block_on(Job<T>) { return T(); }
void hash_password(const char *);

template <class F> void on_signal(int, F) {}
struct Device {
  AnyExecutor front();
  template <class F> void on_data(F) {}
  template <class F> void once(F) {}
};
template <class E, class F> void submit(E &&, F) {}
template <class E, class T> void spawn(E &, Job<T>) {}
template <class F> void keep(F) {}
template <class E, class F> void expect_throw(F) {}
template <class F> void fiber(F) {}
template <class F> void at_once(F) {}
template <class F, class... A> F bind(F f, A...) { return f; }
template <class F> F guarded(F f) { return f; }

} // namespace green

#endif // TEST_INCLUDE_GREEN_H
