// RUN: %check %s async-use-after-resume

#include "task.h"
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <coroutine>
#include <list>
#include <map>
#include <utility>
#include <vector>

struct Event {
  void fire() {
    for (std::coroutine_handle<> H : Waiters)
      // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: this loop over 'Waiters' resumes coroutines in its body, and 'Event::Awaiter::await_suspend' may add elements meanwhile; take the elements out first, and loop over these [async-use-after-resume]
      // CHECK-MESSAGES: :[[@LINE+2]]:9: note: resumed here
      // CHECK-MESSAGES: :[[@LINE+8]]:18: note: elements are added here
      H.resume();
    Waiters.clear();
  }
  struct Awaiter {
    Event &Of;
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> H) {
      Of.Waiters.push_back(H);
    }
    void await_resume() {}
  };
  Awaiter operator co_await() { return {*this}; }
  std::vector<std::coroutine_handle<>> Waiters;
};

struct Sessions {
  struct Session {
    std::coroutine_handle<> Reader;
    int Bytes = 0;
  };
  void received(int Id, int N) {
    auto It = All.find(Id);
    if (It == All.end())
      return;
    It->second.Reader();
    It->second.Bytes += N;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'It' refers into 'All', and is used when a coroutine has been resumed: 'Sessions::close' may have removed elements meanwhile; do this before [async-use-after-resume]
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: resumed here
    // CHECK-MESSAGES: :[[@LINE+2]]:{{[0-9]+}}: note: elements are removed here
  }
  void close(int Id) { All.erase(Id); }
  std::map<int, Session> All;
};

// Of a library whose events resume who waits for them.
struct Queue {
  struct Job {
    int Runs = 0;
  };
  cppcoro::task<> done(int Id, cppcoro::async_mutex &Mutex) {
    Job &J = Jobs.at(Id);
    Mutex.unlock();
    ++J.Runs;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'J' refers into 'Jobs', and is used when a coroutine has been resumed: 'Queue::cancel' may have removed elements meanwhile; do this before [async-use-after-resume]
    // CHECK-MESSAGES: :[[@LINE-3]]:11: note: resumed here
    // CHECK-MESSAGES: :[[@LINE+3]]:{{[0-9]+}}: note: elements are removed here
    co_return;
  }
  void cancel(int Id) { Jobs.erase(Id); }
  std::map<int, Job> Jobs;
};

//===-- Right -------------------------------------------------------------===//

struct TakenOut {
  void fire() {
    auto Ready = std::exchange(Waiters, {});
    for (std::coroutine_handle<> H : Ready)
      H.resume();
  }
  void wait(std::coroutine_handle<> H) { Waiters.push_back(H); }
  void forget() { Waiters.pop_back(); }
  std::vector<std::coroutine_handle<>> Waiters;
};

struct UsedBefore {
  void received(int Id, int N) {
    auto It = All.find(Id);
    if (It == All.end())
      return;
    It->second.Bytes += N;
    It->second.Reader.resume();
  }
  void found_again(int Id, int N) {
    auto It = All.find(Id);
    It->second.Reader.resume();
    It = All.find(Id);
    if (It != All.end())
      It->second.Bytes += N;
  }
  void close(int Id) { All.erase(Id); }
  std::map<int, Sessions::Session> All;
};

struct NobodyRemoves {
  void received(int Id, int N) {
    auto It = All.find(Id);
    It->second.Reader.resume();
    It->second.Bytes += N;
  }
  void add(int Id) { All.emplace(Id, Sessions::Session()); }
  std::map<int, Sessions::Session> All;
};

struct OnPool {
  void received(int Id, app::Pool &P) {
    auto It = All.find(Id);
    P.post(It->second.Reader);
    ++It->second.Bytes;
  }
  void close(int Id) { All.erase(Id); }
  std::map<int, Sessions::Session> All;
};
