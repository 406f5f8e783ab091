// RUN: %check %s async-missing-co-return

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <seastar/core/coroutine.hh>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace asio = boost::asio;

struct Log {
  void debug(const char *Text);
};
struct Session {
  void send(int);
  int Id = 0;
};
void log(const char *Text);
void use(int);
[[noreturn]] void fail(const char *Text);
void give_up();

asio::awaitable<std::optional<int>> next();
cppcoro::task<Session *> find();
seastar::future<> sleep();

asio::awaitable<void> optional(Log &L) {
  std::optional<int> N = co_await next();
  if (!N)
    L.debug("nothing to do");
  use(*N);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'N' is followed also where the coroutine has found nothing in it, and goes on; add a co_return there [async-missing-co-return]
  // CHECK-MESSAGES: :[[@LINE-4]]:7: note: tested here
}

cppcoro::task<> pointer() {
  Session *S = co_await find();
  if (S == nullptr) {
    log("no session");
  }
  S->send(1); // log may not return, as far as anybody knows, but it is told
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'S' is followed also where the coroutine has found nothing in it
  // CHECK-MESSAGES: :[[@LINE-5]]:9: note: tested here
}

cppcoro::task<> inverted(Log &L) {
  Session *S = co_await find();
  if (S)
    use(S->Id);
  else
    L.debug("no session");
  S->send(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'S' is followed also where
  // CHECK-MESSAGES: :[[@LINE-6]]:7: note: tested here
}

class Sessions {
  seastar::future<> close(int Id) {
    auto It = All.find(Id);
    if (It == All.end())
      L.debug("unknown");
    It->second->send(0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'It' is followed also where
    // CHECK-MESSAGES: :[[@LINE-4]]:9: note: tested here
    co_await sleep();
  }
  seastar::future<> greet() {
    co_await sleep();
    if (!Last)
      L.debug("nobody");
    Last->send(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Last' is followed also where
    // CHECK-MESSAGES: :[[@LINE-4]]:9: note: tested here
  }

  std::map<int, std::unique_ptr<Session>> All;
  std::shared_ptr<Session> Last;
  Log L;
};

struct State {
  std::optional<int> Table;
};
seastar::future<State> load();
seastar::future<> start(int);
seastar::future<> nested(Log &L) {
  State S = co_await load();
  if (!S.Table) {
    S.Table = 1;
    if (!S.Table) {
      L.debug("none");
    } else {
      co_await start(*S.Table);
    }
  }
  co_await start(*S.Table);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'S.Table' is followed also where
  // CHECK-MESSAGES: :[[@LINE-8]]:9: note: tested here
}
