// RUN: %check %s async-iterator-across-suspend

// Templates are reported once, and macros where they are used.

#include "task.h"
#include <map>

app::Task<> step();

template <class T> class Cache {
public:
  app::Task<> refresh(int key) {
    auto it = entries_.find(key);
    co_await step();
    it->second = T();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'it' refers into 'entries_', and is used after a suspension in which 'Cache::drop' may have removed elements
  }
  void drop(int key) { entries_.erase(key); }

private:
  std::map<int, T> entries_;
};

app::Task<> run(Cache<int> &a, Cache<long> &b) {
  co_await a.refresh(1);
  co_await b.refresh(1);
}
void close(Cache<int> &a, Cache<long> &b) {
  a.drop(1);
  b.drop(1);
}

// All callers are in this file, and there is only one.
class Local {
public:
  app::Task<> refresh(int key) {
    auto it = entries_.find(key);
    co_await step();
    ++it->second;
  }
  void drop(int key) { entries_.erase(key); }

private:
  std::map<int, int> entries_;
};

app::Task<> run(Local &local) {
  co_await local.refresh(1);
  local.drop(1);
}

#define AWAIT(x) co_await x
class Plain {
public:
  app::Task<> touch(int key) {
    auto it = entries_.find(key);
    AWAIT(step());
    ++it->second;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'it' refers into 'entries_'
  }
  void drop(int key) { entries_.erase(key); }

private:
  std::map<int, int> entries_;
};
