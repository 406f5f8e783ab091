// RUN: %check %s async-blocking-sleep --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// How a callable runs decides whether it may block.

#include "green.h"
#include <thread>

using namespace std::chrono_literals;

void nap() { std::this_thread::sleep_for(1s); }

// Continuations and event handlers run on the loop, under any name that the
// model's pattern fits.
void callbacks(green::Device device) {
  green::fetch().then([](int n) {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this continuation, and every task on it: it sleeps; use green::Timer [async-blocking-sleep]
    return n;
  });
  green::on_signal(15, [] {
    nap();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'nap' blocks the thread that runs this event handler, and every task on it: it sleeps; use green::Timer [async-blocking-sleep]
    // CHECK-MESSAGES: :10:14: note: 'nap' calls 'std::this_thread::sleep_for' here
  });
  device.on_data([] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this event handler
  });
  // What no model describes is followed nowhere.
  device.once([] { std::this_thread::sleep_for(1s); });
}

// A lambda that becomes a pointer to a function.
void pointers() {
  green::timer_start(
      [](int) {
        std::this_thread::sleep_for(1s);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the thread that runs this timer callback
      },
      3);
  green::timer_start(+[](int) {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this timer callback
  }, 3);
}

// One that runs each of its arguments somewhere else, and one that several
// patterns of a model describe.
void arguments(green::Mail::Stub &stub) {
  green::queue_work([] { std::this_thread::sleep_for(1s); },
                    [] {
                      std::this_thread::sleep_for(1s);
                      // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::this_thread::sleep_for' blocks the thread that runs this completion callback
                    });
  stub.later([] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this reply handler
  });
}

// A function of its own, and one in a wrapper.
void on_timeout() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this event handler
}
void on_close(int) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this event handler
}
struct Session {
  void on_read(int) {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this event handler
  }
  // Nobody gives this one to anything.
  void on_write(int) { std::this_thread::sleep_for(1s); }
};
void named(Session &session) {
  green::on_signal(1, on_timeout);
  green::on_signal(2, green::guarded(green::bind(&on_close, 3)));
  green::on_signal(3, green::bind(&Session::on_read, &session));
}

// An executor decides by its type; a strand-like wrapper of callables doesn't
// change that.
void executors(green::Pool &pool, green::Loop &loop, green::AnyExecutor &any) {
  pool.submit([] { std::this_thread::sleep_for(1s); });
  green::submit(pool, [] { std::this_thread::sleep_for(1s); });
  green::submit(any, [] { std::this_thread::sleep_for(1s); });
  green::AnyExecutor held(pool);
  green::submit(held, [] { std::this_thread::sleep_for(1s); });
  green::keep([] { std::this_thread::sleep_for(1s); });
  loop.submit([] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback
  });
  green::submit(loop, [] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback
  });
  green::AnyExecutor front(loop);
  green::submit(front, [] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback
  });
}

// Where the type doesn't tell, the function that returns the executor does.
void executors_by_function(green::Device device) {
  green::submit(green::background(), [] { std::this_thread::sleep_for(1s); });
  auto executor = green::background();
  green::submit(executor, [] { std::this_thread::sleep_for(1s); });
  green::submit(device.front(), [] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback
  });
}

// What makes a callback is no callback.
std::function<void()> make_callback() {
  std::this_thread::sleep_for(1s);
  return [] { std::this_thread::sleep_for(1s); };
}
void made(green::Loop &loop) { green::submit(loop, make_callback()); }

// What is run at once blocks whoever has it run, and nobody else.
void plain() {
  green::at_once([] { std::this_thread::sleep_for(1s); });
}
green::Job<> coroutine() {
  green::at_once([] { std::this_thread::sleep_for(1s); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-1]]' blocks the thread that runs this coroutine
  // CHECK-MESSAGES: :[[@LINE-2]]:23: note: 'lambda at contexts.cpp:[[@LINE-2]]' calls 'std::this_thread::sleep_for' here
  co_await green::write();
}

// A lambda on a pool inside a coroutine, and a continuation inside a lambda on
// a pool: the innermost counts.
green::Job<> nested(green::Pool &pool) {
  pool.submit([] { nap(); });
  pool.submit([] {
    green::fetch().then([](int n) {
      std::this_thread::sleep_for(1s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the thread that runs this continuation
      return n;
    });
  });
  co_await green::write();
}

// A coroutine that only a pool ever runs.
green::Job<> on_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
green::Job<> on_loop() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await green::pause [async-blocking-sleep]
  // CHECK-FIXES: co_await green::pause(1s);
  co_return;
}
void start(green::Pool &pool, green::Loop &loop) {
  green::spawn(pool, on_pool());
  green::spawn(pool, on_loop());
  green::spawn(loop, on_loop());
}

// From a pool, it is given back to the loop.
green::Job<> back_on_loop() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine
  // CHECK-FIXES: co_await green::pause(1s);
  co_return;
}
green::Job<> moves(green::Pool &pool, green::Loop &loop) {
  co_await pool.schedule();
  green::spawn(loop, back_on_loop());
}

// A stackful thread is run by a loop, too.
void fibers() {
  green::fiber([] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this green fiber
  });
}

// The same functions, called by nobody but a program that has no loop.
int main() {
  nap();
  std::this_thread::sleep_for(1s);
  [] { std::this_thread::sleep_for(1s); }();
}
