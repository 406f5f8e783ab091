// RUN: %check %s async-serial-await

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

struct Segment {
  seastar::future<> stop();
};
struct Connection {
  cppcoro::task<> stop();
  cppcoro::task<> send(int);
  cppcoro::task<> copy_to(Connection &);
  cppcoro::task<bool> is_open();
};
cppcoro::task<int> load(int);
folly::coro::Task<int> fetch(int);
app::Task<> own();

class Segments {
  seastar::future<> stop() {
    for (auto &Each : All)
      co_await Each->stop();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: each round of this loop waits for the one before, which it does not depend on; await all of it with 'seastar::{{.*}}' [async-serial-await]
    for (auto &[Name, Each] : ByName) {
      co_await Each.stop();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: each round of this loop waits for the one before
    }
  }
  std::vector<std::unique_ptr<Segment>> All;
  std::map<int, Segment> ByName;
};

cppcoro::task<> broadcast(std::vector<Connection *> To, int N) {
  for (Connection *Each : To)
    co_await Each->send(N);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: each round of this loop waits for the one before, which it does not depend on; await all of it with 'cppcoro::when_all' [async-serial-await]
}

cppcoro::task<int> sum() {
  auto A = load(1);
  auto B = load(2);
  int Sum = co_await std::move(A);
  Sum += co_await std::move(B);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'B' starts here, when what was awaited before has ended: making the task has not started it; await all of it with 'cppcoro::when_all' [async-serial-await]
  // CHECK-MESSAGES: :[[@LINE-4]]:8: note: made here
  co_return Sum;
}
folly::coro::Task<void> both() {
  auto A = fetch(1);
  auto B = fetch(2);
  co_await std::move(A);
  co_await std::move(B);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'B' starts here, when what was awaited before has ended: making the task has not started it; await all of it with 'folly::coro::collectAll' [async-serial-await]
  // CHECK-MESSAGES: :[[@LINE-4]]:8: note: made here
}

//===-- Right -------------------------------------------------------------===//

cppcoro::task<> depends(std::vector<Connection *> All, Connection &To) {
  for (Connection *Each : All)
    co_await Each->copy_to(To); // in the order of the connections
  for (Connection *Each : All)
    if (co_await Each->is_open())
      break;
  int Open = 0;
  for (Connection *Each : All)
    Open += co_await Each->is_open();
  for (int N : {1, 2, 3})
    co_await To.send(N); // one connection
  for (Connection *Each : All) {
    co_await Each->send(1);
    co_await Each->send(2);
  }
}
cppcoro::task<> functions(std::vector<std::function<cppcoro::task<>()>> All) {
  for (auto &Each : All)
    co_await Each();
}
cppcoro::task<int> in_order() {
  int A = co_await load(1);
  int B = co_await load(A);
  auto C = load(A);
  int D = co_await std::move(C);
  co_return B + D;
}
cppcoro::task<> one_between() {
  auto A = load(1);
  auto B = load(2);
  co_await std::move(A);
  co_await load(3);
  co_await std::move(B);
}
seastar::future<> running(Segment &A, Segment &B) {
  auto First = A.stop();
  auto Second = B.stop();
  co_await std::move(First);
  co_await std::move(Second);
}
