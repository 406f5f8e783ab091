// RUN: %check %s async-*

// Coroutines of cppcoro.

#include <chrono>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/net/socket.hpp>
#include <cppcoro/resume_on.hpp>
#include <cppcoro/schedule_on.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <fstream>
#include <netdb.h>
#include <thread>

using namespace std::chrono_literals;
using cppcoro::task;

task<int> number();
task<> work();
cppcoro::shared_task<int> shared();

task<> sleeps(cppcoro::io_service &io) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await cppcoro::io_service::schedule_after [async-blocking-sleep]
  co_await io.schedule_after(1s);
}

task<int> waits() {
  int n = cppcoro::sync_wait(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'cppcoro::sync_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the task has ended; co_await the work [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  n += co_await number();
  co_return n;
}

task<> resolves(addrinfo **found) {
  getaddrinfo("localhost", "http", nullptr, found);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; do it after co_await cppcoro::static_thread_pool::schedule [async-blocking-call]
  co_return;
}

// Who waits for others must not run their loop; a task that does nothing else
// drives it.
task<> loops(cppcoro::io_service &io) {
  co_await work();
  io.process_events();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'cppcoro::io_service::process_events' blocks the thread that runs this coroutine, and every task on it: it runs an event loop; co_await the work that the loop runs [async-blocking-wait]
  io.process_pending_events();
}
task<> drives(cppcoro::io_service &io) {
  io.process_events();
  co_return;
}

// The thread pool is where blocking belongs, until something brings the
// coroutine back to the threads of the io_service.
task<> moves(cppcoro::static_thread_pool &pool, cppcoro::io_service &io,
             cppcoro::net::socket &socket, char *buffer) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks {{.*}}: it opens a file; co_await cppcoro::read_only_file or its like, or do it after co_await cppcoro::static_thread_pool::schedule [async-blocking-call]
  co_await pool.schedule();
  std::ifstream in_pool("file");
  co_await io.schedule();
  std::ifstream on_loop("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await pool.schedule();
  std::ifstream in_pool_again("file");
  co_await socket.recv(buffer, 1);
  std::ifstream on_loop_again("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await cppcoro::resume_on(pool, work());
  std::ifstream in_pool_once_more("file");
}

static task<> in_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
task<> starts(cppcoro::static_thread_pool &pool) {
  co_await cppcoro::schedule_on(pool, in_pool());
}

task<> drops(cppcoro::async_scope &scope, cppcoro::async_mutex &mutex,
             cppcoro::static_thread_pool &pool) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'cppcoro::task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  (void)shared();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'shared' is never awaited: 'cppcoro::shared_task<int>' is lazy
  // CHECK-FIXES: (void)co_await shared();
  cppcoro::when_all(work(), work());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'cppcoro::when_all' is never awaited
  // CHECK-FIXES: co_await cppcoro::when_all(work(), work());
  pool.schedule();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the result of 'cppcoro::static_thread_pool::schedule' is never awaited
  // CHECK-FIXES: co_await pool.schedule();
  mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'cppcoro::async_mutex::lock_async' is never awaited
  // CHECK-FIXES: co_await mutex.lock_async();
  scope.spawn(work());
  co_await cppcoro::when_all(work(), work());
  co_await mutex.lock_async();
  mutex.unlock();
  co_await scope.join();
}

void plain_function(cppcoro::async_scope &scope) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'cppcoro::task<>' is lazy, so nothing of it runs; start it with cppcoro::async_scope::spawn, or cppcoro::sync_wait outside of coroutines [async-unawaited-task]
  scope.spawn(work());
  cppcoro::sync_wait(work());
  std::this_thread::sleep_for(1s);
}

task<> swallows(cppcoro::net::socket &socket, char *buffer, cppcoro::cancellation_token token) {
  for (;;) {
    try {
      co_await socket.recv(buffer, 1, token);
    } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, on cppcoro::operation_cancelled [async-swallowed-cancellation]
    }
  }
}
task<> swallows_exceptions(cppcoro::net::socket &socket, char *buffer,
                           cppcoro::cancellation_token token) {
  for (;;) {
    try {
      co_await socket.recv(buffer, 1, token);
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation
    }
  }
}
task<> handles(cppcoro::net::socket &socket, char *buffer, cppcoro::cancellation_token token) {
  for (;;) {
    try {
      co_await socket.recv(buffer, 1, token);
    } catch (const cppcoro::operation_cancelled &) {
      co_return;
    } catch (...) {
    }
  }
}
task<> asks(cppcoro::net::socket &socket, char *buffer, cppcoro::cancellation_token token) {
  while (!token.is_cancellation_requested()) {
    try {
      co_await socket.recv(buffer, 1, token);
    } catch (...) {
    }
  }
}

// Nobody knows which thread cancels.
void registers(cppcoro::cancellation_token token) {
  cppcoro::cancellation_registration callback(token, [] { std::this_thread::sleep_for(1s); });
}
