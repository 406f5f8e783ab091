// RUN: %check %s async-unawaited-task

// Asio's tasks and operations.

#include "asio.hpp"
#include "task.h"

using asio::awaitable;
using asio::deferred;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<void> work();
awaitable<int> number();
using executor = asio::io_context::executor_type;
awaitable<void, executor> other_work();

awaitable<void> tasks() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'asio::awaitable<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  (void)number();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'number' is never awaited
  // CHECK-FIXES: (void)co_await number();
  std::ignore = number();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the result of 'number' is never awaited
  co_await work();
}

awaitable<void> operations(tcp::socket &socket, asio::steady_timer &timer, char (&data)[80]) {
  timer.async_wait(use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'asio::steady_timer::async_wait' is never awaited
  // CHECK-FIXES: co_await timer.async_wait(use_awaitable);
  socket.async_read_some(asio::buffer(data), use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'asio::ip::tcp::socket::async_read_some' is never awaited
  // CHECK-FIXES: co_await socket.async_read_some(asio::buffer(data), use_awaitable);
  asio::async_write(socket, asio::buffer(data), use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'asio::async_write' is never awaited
  // CHECK-FIXES: co_await asio::async_write(socket, asio::buffer(data), use_awaitable);
  asio::post(use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'asio::post' is never awaited
  // CHECK-FIXES: co_await asio::post(use_awaitable);
  asio::co_spawn(socket.get_executor(), work(), use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'asio::co_spawn' is never awaited
  // CHECK-FIXES: co_await asio::co_spawn(socket.get_executor(), work(), use_awaitable);
  co_return;
}

// Operations that have not started.
awaitable<void> deferred_operations(tcp::socket &socket, asio::steady_timer &timer,
                                    char (&data)[80]) {
  timer.async_wait(deferred);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'asio::steady_timer::async_wait' is never awaited
  socket.async_read_some(asio::buffer(data), asio::deferred);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'asio::ip::tcp::socket::async_read_some' is never awaited
  (void)asio::async_write(socket, asio::buffer(data), deferred);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'asio::async_write' is never awaited
  co_await timer.async_wait(deferred);
  auto operation = timer.async_wait(deferred);
  co_await std::move(operation);
}

// These have, and their tokens say who hears of their end.
awaitable<void> other_tokens(tcp::socket &socket, asio::steady_timer &timer, char (&data)[80]) {
  timer.async_wait(asio::detached);
  timer.async_wait([](asio::error_code) {});
  socket.async_read_some(asio::buffer(data), asio::use_future);
  asio::co_spawn(socket.get_executor(), work(), asio::detached);
  asio::co_spawn(socket.get_executor(), work, asio::detached);
  asio::post([] {});
  co_return;
}

awaitable<void> operators() {
  using namespace asio::experimental::awaitable_operators;
  work() && work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'asio::experimental::awaitable_operators::operator&&' is never awaited: 'asio::awaitable<void, asio::any_io_executor>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await (work() && work());
  work() || number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'asio::experimental::awaitable_operators::operator||' is never awaited
  // CHECK-FIXES: co_await (work() || number());
  (void)(work() && number() && work());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'asio::experimental::awaitable_operators::operator&&' is never awaited
  // CHECK-FIXES: (void)(co_await (work() && number() && work()));
  co_await (work() || number());
}

void plain_function(asio::io_context &loop, asio::steady_timer &timer) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'asio::awaitable<void>' is lazy, so nothing of it runs; start it with asio::co_spawn [async-unawaited-task]
  timer.async_wait(use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'asio::steady_timer::async_wait' is never awaited
  timer.async_wait(deferred);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'asio::steady_timer::async_wait' is never awaited
  asio::co_spawn(loop, work(), asio::detached);
  asio::co_spawn(loop, [] { return work(); }, asio::detached);
  asio::co_spawn(loop, []() -> awaitable<void> {
    number();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number();
    co_return;
  }, asio::detached);
  auto stored = work();
}

// With another executor, and in a coroutine of its kind.
awaitable<void, executor> of_that_executor() {
  other_work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other_work' is never awaited
  // CHECK-FIXES: co_await other_work();
  co_return;
}

// What a coroutine can't await has no fix.
awaitable<void> another_executor() {
  other_work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other_work' is never awaited
  co_return;
}
app::Task<> foreign();
awaitable<void> another_library() {
  foreign();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'foreign' is never awaited
  co_return;
}
