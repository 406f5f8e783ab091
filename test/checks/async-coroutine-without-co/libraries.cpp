// RUN: %check %s async-coroutine-without-co

// What library types are when they are made of nothing.

#include <boost/asio.hpp>
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <seastar/core/future.hh>

namespace asio = boost::asio;

cppcoro::task<void> cppcoro_send();
coro::task<void> libcoro_send();
seastar::future<> seastar_send();
asio::awaitable<void> asio_send();
int poll();

asio::awaitable<void> asio_empty(bool wanted) {
  if (!wanted)
    return {};
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this 'boost::asio::awaitable<void>' stands for no work, and nobody can await it: 'asio_empty' is no coroutine; write co_return, or return a task [async-coroutine-without-co]
  return asio_send();
}
asio::awaitable<void> asio_forwards() { return asio_send(); }

asio::awaitable<void> asio_loop() {
  for (;;)
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio_loop' never makes a task
    poll();
}

seastar::future<> seastar_throws() { throw 1; }
seastar::future<> seastar_forwards() { return seastar_send(); }
seastar::future<> seastar_ready() { return seastar::make_ready_future<>(); }
seastar::future<> seastar_loop() {
  while (true)
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'seastar_loop' never makes a task
    poll();
}

cppcoro::task<void> cppcoro_throws() {
  throw 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'cppcoro_throws' throws when it is called
}
cppcoro::task<void> cppcoro_forwards() { return cppcoro_send(); }
coro::task<void> libcoro_throws() {
  throw 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'libcoro_throws' throws when it is called
}
