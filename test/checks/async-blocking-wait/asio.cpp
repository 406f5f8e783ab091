// RUN: %check %s async-blocking-wait

// Futures of Asio's operations, and event loops inside of event loops.

#include "asio.hpp"

using asio::awaitable;
using asio::co_spawn;
using asio::use_future;
using asio::ip::tcp;

awaitable<int> work();
awaitable<void> more();

awaitable<int> operations(tcp::socket &socket, tcp::resolver &resolver, asio::io_context &loop,
                          char (&data)[80]) {
  std::size_t n = socket.async_read_some(asio::buffer(data), use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:74: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  // CHECK-FIXES: std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  int result = co_spawn(loop, work(), asio::use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:57: warning: 'std::future::get' blocks
  // CHECK-FIXES: int result = co_await co_spawn(loop, work(), asio::use_awaitable);
  co_spawn(loop, more(), asio::use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: 'std::future::get' blocks
  // CHECK-FIXES: co_await co_spawn(loop, more(), asio::use_awaitable);
  auto endpoint = resolver.async_resolve("example.org", "http", use_future).get().begin();
  // CHECK-MESSAGES: :[[@LINE-1]]:77: warning: 'std::future::get' blocks
  // CHECK-FIXES: auto endpoint = (co_await resolver.async_resolve("example.org", "http", asio::use_awaitable)).begin();
  n += asio::async_write(socket, asio::buffer(data), use_future).get() + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:66: warning: 'std::future::get' blocks
  // CHECK-FIXES: n += co_await asio::async_write(socket, asio::buffer(data), asio::use_awaitable) + 1;
  if (socket.async_read_some(asio::buffer(data), use_future)
          .get() == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::future::get' blocks
    // CHECK-FIXES: if (co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable) == 0)
    co_return 0;
  co_return result;
}

// The result is not taken right where the operation starts.
awaitable<void> no_fix(tcp::socket &socket, asio::io_context &loop, char (&data)[80]) {
  auto future = socket.async_read_some(asio::buffer(data), use_future);
  future.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::future::get' blocks
  co_spawn(loop, more(), use_future).wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'std::future::wait' blocks
  try {
    co_await more();
  } catch (...) {
    co_spawn(loop, more(), use_future).get();
    // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'std::future::get' blocks
  }
  std::async([] { return 1; }).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'std::future::get' blocks
}

awaitable<void, asio::io_context::executor_type> another_executor(asio::io_context &loop) {
  co_spawn(loop, more(), use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'std::future::get' blocks
  co_return;
}

awaitable<void> pools(asio::thread_pool &pool) {
  pool.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'asio::thread_pool::join' blocks the thread that runs this coroutine, and every task on it: it waits until the pool has run everything; post the work with a completion handler, or co_await what was spawned [async-blocking-wait]
  pool.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'asio::thread_pool::wait' blocks
  pool.stop();
  co_return;
}

// A coroutine that suspends has a loop to run it.
awaitable<void> loops(asio::io_context &loop, asio::io_context *pointer) {
  loop.run();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'asio::io_context::run' blocks the thread that runs this coroutine, and every task on it: it runs an event loop until that has nothing left to do; co_spawn the work on the loop that is running [async-blocking-wait]
  loop.run_one();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'asio::io_context::run_one' blocks
  pointer->run_for(std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::io_context::run_for' blocks

  loop.poll();
  loop.stop();
  loop.restart();
  co_await more();
}

// One that doesn't may be what drives the loop.
awaitable<void> drives_the_loop(asio::io_context &loop) {
  loop.run();
  co_return;
}
static void run(asio::io_context &loop) { loop.run(); }
awaitable<void> drives_it_through_a_function(asio::io_context &loop) {
  run(loop);
  auto executor = co_await asio::this_coro::executor;
}
awaitable<void> runs_it_through_a_function(asio::io_context &loop) {
  run(loop);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'run' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'run' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-9]]:48: note: 'run' calls 'asio::io_context::run' here, which blocks: it runs an event loop until that has nothing left to do
  co_await more();
}

// The correct forms.
awaitable<int> correct(tcp::socket &socket, asio::io_context &loop, char (&data)[80]) {
  std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  int result = co_await co_spawn(loop, work(), asio::use_awaitable);
  co_await more();
  co_return result;
}

// In a pool nobody minds.
awaitable<int> offloaded(asio::thread_pool &pool, std::future<int> future) {
  co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
  co_return future.get();
}
void start(asio::thread_pool &pool, asio::io_context &loop) {
  co_spawn(pool, [&]() -> awaitable<void> {
    co_spawn(loop, more(), use_future).get();
    co_return;
  }, asio::detached);
}
