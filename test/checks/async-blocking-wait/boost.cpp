// RUN: %check %s async-blocking-wait

// The same in Boost.Asio.

#include "boost/asio.hpp"
#include <thread>

namespace net = boost::asio;

net::awaitable<int> work();

net::awaitable<int> waits(net::io_context &loop, net::ip::tcp::socket &socket, std::thread &thread,
                          std::future<int> future, char (&data)[80]) {
  int sum = net::co_spawn(loop, work(), net::use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  // CHECK-FIXES: int sum = co_await net::co_spawn(loop, work(), boost::asio::use_awaitable);
  sum += socket.async_read_some(net::buffer(data), net::use_future).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:69: warning: 'std::future::get' blocks
  // CHECK-FIXES: sum += co_await socket.async_read_some(net::buffer(data), boost::asio::use_awaitable);
  sum += future.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  thread.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::thread::join' blocks
  loop.run();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'boost::asio::io_context::run' blocks the thread that runs this coroutine, and every task on it: it runs an event loop until that has nothing left to do; co_spawn the work on the loop that is running [async-blocking-wait]
  co_return co_await work();
}
