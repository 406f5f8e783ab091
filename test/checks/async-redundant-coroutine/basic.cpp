// RUN: %check %s async-redundant-coroutine

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <string>
#include <string_view>

namespace asio = boost::asio;

cppcoro::task<int> load(int Key);
cppcoro::task<int> load_by(const std::string &Name);
cppcoro::task<int> load_view(std::string_view Name);
cppcoro::task<int> load_copy(std::string Name);
asio::awaitable<void> send(int);
folly::coro::Task<int> fetch(int);

cppcoro::task<int> load_twice(int Key) { co_return co_await load(2 * Key); }
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'load_twice' only awaits 'load', and has a frame of its own for that; return its task [async-redundant-coroutine]
// CHECK-MESSAGES: :[[@LINE-2]]:61: note: awaited here
// CHECK-FIXES: cppcoro::task<int> load_twice(int Key) { return load(2 * Key); }

asio::awaitable<void> send_one() {
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'send_one' only awaits 'send'
  // CHECK-MESSAGES: :[[@LINE+1]]:12: note: awaited here
  co_await send(1);
  // CHECK-FIXES: return send(1);
}

class Client {
  folly::coro::Task<int> get() { co_return co_await fetch(Id); }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::get' only awaits 'fetch'
  // CHECK-MESSAGES: :[[@LINE-2]]:53: note: awaited here
  int Id = 0;
};

//===-- Right -------------------------------------------------------------===//

cppcoro::task<int> keeps(std::string Name) { co_return co_await load_by(Name); }
cppcoro::task<int> keeps_view(std::string Name) {
  co_return co_await load_view(Name);
}
cppcoro::task<int> temporary() { co_return co_await load_by("name"); }
cppcoro::task<long> converts(int Key) { co_return co_await load(Key); }
cppcoro::task<int> adds(int Key) { co_return co_await load(Key) + 1; }
cppcoro::task<int> catches(int Key) {
  try {
    co_return co_await load(Key);
  } catch (...) {
    co_return 0;
  }
}
cppcoro::task<int> two(int Key) {
  co_await load(Key);
  co_return co_await load(Key);
}
int next_key();
cppcoro::task<int> calls_later() { co_return co_await load(next_key()); }
struct Source {
  cppcoro::task<int> next();
};
cppcoro::task<int> owns(Source S) { co_return co_await S.next(); }
template <class T> cppcoro::task<T> generic(int Key) {
  co_return co_await load(Key);
}
template cppcoro::task<int> generic<int>(int);
