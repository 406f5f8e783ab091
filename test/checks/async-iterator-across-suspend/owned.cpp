// RUN: %check %s async-iterator-across-suspend

// Objects that one function has as its own, and uses one call after the other.

#include <cppcoro/task.hpp>
#include <seastar/core/coroutine.hh>
#include <functional>
#include <map>

seastar::future<> ping(int id);
void later(std::function<void()> f);

class Plan {
public:
  void drop(int id) { steps_.erase(id); }
  seastar::future<> run() {
    for (auto &[id, name] : steps_)
      co_await ping(id);
  }

private:
  std::map<int, int> steps_;
};
seastar::future<> one_after_the_other() {
  Plan plan;
  while (true) {
    plan.drop(1);
    co_await plan.run();
  }
}

// Another function gets it.
class Shared {
public:
  void drop(int id) { steps_.erase(id); }
  cppcoro::task<> run() {
    for (auto &[id, name] : steps_)
      // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'steps_' is suspended in its body
      co_await one(id);
  }

private:
  cppcoro::task<> one(int);
  std::map<int, int> steps_;
};
void show(Shared &);
cppcoro::task<> shown() {
  Shared plan;
  show(plan);
  co_await plan.run();
}

// A callback has it.
class Called {
public:
  void drop(int id) { steps_.erase(id); }
  cppcoro::task<> run() {
    for (auto &[id, name] : steps_)
      // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'steps_' is suspended in its body
      co_await one(id);
  }

private:
  cppcoro::task<> one(int);
  std::map<int, int> steps_;
};
cppcoro::task<> called() {
  Called plan;
  later([&plan] { plan.drop(2); });
  co_await plan.run();
}

// It is a member of something.
class Part {
public:
  void drop(int id) { steps_.erase(id); }
  cppcoro::task<> run() {
    for (auto &[id, name] : steps_)
      // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'steps_' is suspended in its body
      co_await one(id);
  }

private:
  cppcoro::task<> one(int);
  std::map<int, int> steps_;
};
struct Whole {
  Part part;
  cppcoro::task<> run() { co_await part.run(); }
  void drop() { part.drop(1); }
};
cppcoro::task<> local_too() {
  Part plan;
  co_await plan.run();
}
