// RUN: %check %s async-task-removes-itself

#include "task.h"
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

class Sessions {
public:
  void start(int Id) { All.emplace(Id, serve(Id)); }
  void watch(int Id) { Watched[Id] = guard(Id); }
  void stop(int Id) { All.erase(Id); }

private:
  cppcoro::task<> serve(int Id) {
    co_await work();
    All.erase(Id);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this destroys the coroutine that does it: its own task is in 'All'; let somebody else remove the task when it has ended [async-task-removes-itself]
    // CHECK-MESSAGES: :[[@LINE-9]]:40: note: its task is kept here
    ++Served;
  }
  app::Task<> guard(int Id) {
    co_await work();
    forget(Id);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this destroys the coroutine that calls it: its own task is in 'Watched'; let somebody else remove the task when it has ended [async-task-removes-itself]
    // CHECK-MESSAGES: :[[@LINE+3]]:{{[0-9]+}}: note: removed here
    // CHECK-MESSAGES: :[[@LINE-16]]:38: note: its task is kept here
  }
  void forget(int Id) { Watched.erase(Id); }
  cppcoro::task<> work();

  std::map<int, cppcoro::task<>> All;
  std::unordered_map<int, app::Task<>> Watched;
  int Served = 0;
};

class Timer {
public:
  void start() { Running = run(); }

private:
  app::Task<> run() {
    co_await wait();
    Running.reset();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this destroys the coroutine that does it: its own task is in 'Running'; let somebody else drop the task when it has ended [async-task-removes-itself]
    // CHECK-MESSAGES: :[[@LINE-7]]:28: note: its task is kept here
  }
  app::Task<> wait();

  std::optional<app::Task<>> Running;
};

// Another thread looks at the list of what has ended.
class Container {
public:
  void start(coro::task<void> Work) {
    std::scoped_lock Lock(Mutex);
    for (auto Which : Ended)
      Tasks.erase(Which);
    Ended.clear();
    auto It = Tasks.emplace(Tasks.end());
    *It = run(std::move(Work), It);
  }

private:
  using List = std::list<coro::task<void>>;
  coro::task<void> run(coro::task<void> Work, List::iterator It) {
    co_await Work;
    std::scoped_lock Lock(Mutex);
    Ended.push_back(It);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: another thread may destroy this coroutine before it has ended: who looks at 'Ended' removes its task from 'Tasks'; let a task of its own, or one that destroys itself, tell others of the end [async-task-removes-itself]
    // CHECK-MESSAGES: :[[@LINE-10]]:11: note: its task is kept here
  }

  std::mutex Mutex;
  List Tasks;
  std::vector<List::iterator> Ended;
};

//===-- Right -------------------------------------------------------------===//

class OnOneThread {
public:
  void start(int Id) {
    for (int Which : Ended)
      Tasks.erase(Which);
    Tasks.emplace(Id, run(Id));
  }

private:
  cppcoro::task<> run(int Id) {
    co_await work();
    Ended.push_back(Id);
  }
  cppcoro::task<> work();
  std::map<int, cppcoro::task<>> Tasks;
  std::vector<int> Ended;
};

class OtherKey {
public:
  void start(int Id) { Tasks.emplace(Id, run(Id)); }

private:
  cppcoro::task<> run(int Id) {
    co_await work();
    int Next = Id + 1;
    Tasks.erase(Next);
  }
  cppcoro::task<> work();
  std::map<int, cppcoro::task<>> Tasks;
};

class GoesOn {
public:
  void start(int Id) { Tasks.emplace(Id, run(Id)); }

private:
  seastar::future<> run(int Id) {
    co_await seastar::sleep(std::chrono::seconds(1));
    Tasks.erase(Id);
  }
  std::map<int, seastar::future<>> Tasks;
};

class MovedOut {
public:
  void start(int Id) { Tasks.emplace(Id, run(Id)); }
  folly::coro::Task<void> join(int Id) { co_await std::move(Tasks.at(Id)); }

private:
  folly::coro::Task<void> run(int Id) {
    co_await work();
    Tasks.erase(Id);
  }
  folly::coro::Task<void> work();
  std::map<int, folly::coro::Task<void>> Tasks;
};

class Connections {
public:
  void start(int Id) {
    Open.emplace(Id, 1);
    Tasks.push_back(run(Id));
  }

private:
  cppcoro::task<> run(int Id) {
    co_await work();
    Open.erase(Id);
  }
  cppcoro::task<> work();
  std::map<int, int> Open;
  std::vector<cppcoro::task<>> Tasks;
};
