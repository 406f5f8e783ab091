// RUN: %check %s async-iterator-across-suspend

// Loops over members in Seastar's and cppcoro's coroutines, whose hidden
// iterators go on after an await.

#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <functional>
#include <map>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <unordered_map>
#include <vector>

seastar::future<> ping(int id);

class Cluster {
public:
  seastar::future<> ping_all() {
    for (auto &[id, name] : nodes_) {
      // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'nodes_' is suspended in its body, and 'Cluster::leave' may remove elements meanwhile; loop over a copy, or look each element up again [async-iterator-across-suspend]
      // CHECK-NOTES: :[[@LINE-2]]:29: warning: this loop over 'nodes_' is suspended
      // CHECK-NOTES-NEXT: :[[@LINE+2]]:7: note: suspended here
      // CHECK-NOTES-NEXT: :[[@LINE+48]]:31: note: elements are removed here
      co_await ping(id);
    }
  }
  seastar::future<> by_accessor() {
    for (const auto &node : nodes()) {
      // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'nodes_' is suspended in its body
      co_await ping(node.first);
    }
  }
  seastar::future<> by_hand() {
    for (auto it = nodes_.begin(); it != nodes_.end(); ++it) {
      // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'it' refers into 'nodes_', and is used after a suspension in which 'Cluster::leave' may have removed elements; look it up again
      co_await ping(it->first);
    }
  }
  seastar::future<> copied() {
    auto nodes = nodes_;
    for (auto &[id, name] : nodes)
      co_await ping(id);
  }
  seastar::future<> taken(std::map<int, std::string> nodes) {
    for (auto &[id, name] : nodes)
      co_await ping(id);
  }
  seastar::future<> one() {
    for (auto &[id, name] : nodes_)
      if (!name.empty()) {
        co_await ping(id);
        co_return;
      }
  }
  seastar::future<> before() {
    co_await ping(0);
    for (auto &[id, name] : nodes_)
      (void)id;
  }
  seastar::future<> collected() {
    std::vector<int> ids;
    for (auto &[id, name] : nodes_)
      ids.push_back(id);
    for (int id : ids)
      co_await ping(id);
  }
  seastar::future<> never_suspends() {
    for (auto &[id, name] : nodes_)
      co_await std::suspend_never();
  }
  void leave(int id) { nodes_.erase(id); }

private:
  std::map<int, std::string> &nodes() { return nodes_; }
  std::map<int, std::string> nodes_;
};

// Taken away before the loop.
class Taken {
public:
  seastar::future<> moved() {
    auto nodes = std::move(nodes_);
    for (auto &[id, name] : nodes)
      co_await ping(id);
  }

private:
  std::map<int, std::string> nodes_;
};

// What adding does depends on the container.
class Growing {
public:
  void add(int id) {
    ordered_[id] = id;
    hashed_[id] = id;
    list_.push_back(id);
  }
  cppcoro::task<> ordered() {
    for (auto &[key, value] : ordered_)
      co_await step(value);
  }
  cppcoro::task<> hashed() {
    for (auto &[key, value] : hashed_)
      // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: this loop over 'hashed_' is suspended in its body, and 'Growing::add' may add elements meanwhile
      co_await step(value);
  }
  cppcoro::task<> set_up() {
    for (int id : list_)
      co_await step(id);
  }
  cppcoro::task<> hashed_element(int id) {
    auto &value = hashed_.at(id);
    co_await step(value);
    ++value;
  }

private:
  cppcoro::task<> step(int value);
  std::map<int, int> ordered_;
  std::unordered_map<int, int> hashed_;
  std::vector<int> list_;
};

// Nobody changes it while the loop runs.
class Fixed {
public:
  Fixed() { steps_.push_back(1); }
  ~Fixed() { steps_.pop_back(); }
  Fixed &operator=(const Fixed &other) {
    steps_ = other.steps_;
    return *this;
  }
  cppcoro::task<> run() {
    for (int step : steps_)
      co_await make(step);
  }

private:
  cppcoro::task<> make(int step);
  std::vector<int> steps_;
};

// The function that changes it waits for the loop.
class Sequence {
public:
  cppcoro::task<> stop() {
    co_await close_all();
    open_.pop_back();
  }
  cppcoro::task<> drain() {
    for (int id : forgotten_)
      co_await close(id);
    forget();
  }

private:
  cppcoro::task<> close_all() {
    for (int id : open_)
      co_await close(id);
  }
  cppcoro::task<> close(int id);
  void forget() { forgotten_.pop_back(); }
  std::vector<int> open_, forgotten_;
};

// Both take the same lock.
class Locked {
public:
  cppcoro::task<> visit() {
    co_await mutex_.lock_async();
    for (auto &[key, value] : entries_)
      co_await step(value);
    mutex_.unlock();
  }
  cppcoro::task<> drop(int key) {
    co_await mutex_.lock_async();
    entries_.erase(key);
    mutex_.unlock();
  }

private:
  cppcoro::task<> step(int value);
  cppcoro::async_mutex mutex_;
  std::map<int, int> entries_;
};

// Only one of them does.
class HalfLocked {
public:
  cppcoro::task<> visit() {
    co_await mutex_.lock_async();
    for (auto &[key, value] : entries_)
      // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: this loop over 'entries_' is suspended in its body, and 'HalfLocked::drop' may remove elements meanwhile
      co_await step(value);
    mutex_.unlock();
  }
  void drop(int key) { entries_.erase(key); }

private:
  cppcoro::task<> step(int value);
  cppcoro::async_mutex mutex_;
  std::map<int, int> entries_;
};

// A lock of the project's own, and one that only its guard tells.
namespace app {
struct units {
  ~units();
};
class fair_mutex {
public:
  seastar::future<units> get_units();
};
class turnstile {
public:
  seastar::future<units> enter();
};
} // namespace app

class Guarded {
public:
  seastar::future<> visit() {
    auto units = co_await mutex_.get_units();
    for (auto &[key, value] : entries_)
      co_await ping(value);
  }
  seastar::future<> drop(int key) {
    auto units = co_await mutex_.get_units();
    entries_.erase(key);
  }
  seastar::future<> visit_others() {
    auto turn = co_await door_.enter();
    for (auto &[key, value] : others_)
      co_await ping(value);
  }
  seastar::future<> drop_other(int key) {
    auto turn = co_await door_.enter();
    drop_locked(key);
  }

  seastar::future<> work() {
    auto units = co_await mutex_.get_units();
    co_await work_locked();
  }

private:
  seastar::future<> work_locked() {
    for_each_done([this](int key) { entries_.erase(key); });
    co_await ping(0);
  }
  void for_each_done(std::function<void(int)> f);
  void drop_locked(int key) { others_.erase(key); }
  app::fair_mutex mutex_;
  app::turnstile door_;
  std::map<int, int> entries_, others_;
};

// All elements are replaced at once, where the work begins.
class Reloaded {
public:
  void load(std::map<int, int> entries) { entries_ = std::move(entries); }
  void stop() { entries_.clear(); }
  seastar::future<> visit() {
    for (auto &[key, value] : entries_)
      co_await ping(value);
  }

private:
  std::map<int, int> entries_;
};

// A snapshot that is replaced and never changed.
struct Routes {
  std::vector<int> list;
};
class Table {
public:
  cppcoro::task<> visit() {
    auto now = routes_;
    for (int route : now->list)
      co_await step(route);
  }
  void add(int route) {
    auto changed = std::make_shared<Routes>(*routes_);
    changed->list.push_back(route);
    routes_ = changed;
  }

private:
  cppcoro::task<> step(int value);
  std::shared_ptr<Routes> routes_;
};

// A global variable, and a change in a lambda.
std::map<int, int> counters;
void at_exit(std::function<void()> f);
cppcoro::task<> count(int by);

cppcoro::task<> count_all() {
  for (auto &[key, value] : counters)
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this loop over 'counters' is suspended in its body
    co_await count(value);
}
void setup() {
  at_exit([] { counters.erase(1); });
}
