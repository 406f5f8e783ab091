// RUN: %check %s async-missing-co-return
// Branches that leave, or that see to it that something is there.

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <seastar/core/coroutine.hh>
#include <map>
#include <memory>
#include <optional>

namespace asio = boost::asio;

struct Log {
  void debug(const char *Text);
};
struct Session {
  void send(int);
  void fill(std::optional<int> &);
  int Id = 0;
};
void use(int);
[[noreturn]] void fail(const char *Text);
void give_up();
void fill(std::optional<int> &);
void open(Session **);
Session *make();

asio::awaitable<std::optional<int>> next();
cppcoro::task<Session *> find();
cppcoro::task<bool> is_open();
seastar::future<> sleep();

asio::awaitable<void> leaves(Log &L) {
  std::optional<int> N = co_await next();
  if (!N) {
    L.debug("nothing to do");
    co_return;
  }
  use(*N);
  std::optional<int> Other = co_await next();
  if (!Other)
    throw 1;
  use(*Other);
  std::optional<int> Third = co_await next();
  if (!Third)
    fail("nothing");
  use(*Third);
  std::optional<int> Fourth = co_await next();
  if (!Fourth)
    give_up(); // perhaps it does not return
  use(*Fourth);
}

asio::awaitable<void> gives() {
  std::optional<int> N = co_await next();
  if (!N)
    N = 1;
  use(*N);
  std::optional<int> Other = co_await next();
  if (!Other)
    Other.emplace(1);
  use(*Other);
  std::optional<int> Third = co_await next();
  if (!Third)
    fill(Third);
  use(*Third);
  Session *S = nullptr;
  if (!S)
    open(&S);
  S->send(1);
  Session *T = nullptr;
  if (!T)
    T = make();
  T->send(1);
}

asio::awaitable<void> loops() {
  std::optional<int> N;
  while (!N)
    N = co_await next();
  use(*N);
  for (;;) {
    std::optional<int> Each = co_await next();
    if (!Each)
      continue;
    use(*Each);
    if (*Each > 3)
      break;
  }
}

// Another condition knows of it.
cppcoro::task<> correlated(Log &L) {
  Session *S = co_await find();
  bool Found = true;
  if (!S) {
    L.debug("none");
    Found = false;
  }
  if (Found)
    S->send(1);
  use(S ? S->Id : 0);
  if (S && S->Id)
    S->send(2);
}

class Client {
  cppcoro::task<> send(int N) {
    if (!Current)
      co_await connect();
    Current->send(N);
    if (!Current)
      reconnect();
    Current->send(N);
  }
  cppcoro::task<> connect();
  void reconnect();
  cppcoro::task<> look_up(int Id) {
    auto It = All.find(Id);
    if (It == All.end())
      It = All.emplace(Id, nullptr).first;
    It->second->send(1);
    co_await connect();
  }

  std::shared_ptr<Session> Current;
  std::map<int, std::shared_ptr<Session>> All;
};

#define ENSURE(C)                                                              \
  if (!(C))                                                                    \
  L.debug(#C)
cppcoro::task<> macro(Log &L) {
  Session *S = co_await find();
  ENSURE(S);
  S->send(1);
}
