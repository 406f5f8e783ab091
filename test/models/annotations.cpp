// RUN: %check %s async-blocking-*,async-unawaited-task --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// What the code says of its own functions counts for more than any model.

#include "green.h"
#include <fstream>
#include <thread>

using namespace std::chrono_literals;

// Nobody can see into these.
[[clang::annotate("async::blocking")]] int query(int);
void flush() [[clang::blocking]];
void compute() noexcept [[clang::nonblocking]];
struct Database {
  [[clang::annotate("async::blocking")]] void commit();
  virtual void save() [[clang::blocking]];
};

green::Job<> declared(Database &database) {
  query(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'query' blocks the thread that runs this coroutine, and every task on it: it is declared to block; co_await it after green::to_background [async-blocking-call]
  flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'flush' blocks the thread
  database.commit();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Database::commit' blocks the thread
  database.save();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Database::save' blocks the thread
  compute();
  co_await green::to_background();
  query(2);
}

// Through other functions, too.
int twice(int n) { return query(n) * 2; }
green::Job<> through() {
  twice(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'twice' blocks the thread that runs this coroutine, and every task on it: it is declared to block
  // CHECK-MESSAGES: :[[@LINE-4]]:27: note: 'twice' calls 'query' here
  co_await green::write();
}

// Whoever says that a function does not block is believed, whatever is in it.
[[clang::annotate("async::nonblocking")]] void quick() {
  std::this_thread::sleep_for(1us);
}
void lock_free() noexcept [[clang::nonblocking]] {
  std::this_thread::sleep_for(0us);
}
[[clang::annotate("async::offload")]] void elsewhere(void (*)());

green::Job<> trusted() {
  quick();
  lock_free();
  elsewhere([] { std::this_thread::sleep_for(1s); });
  co_await green::write();
}

// A declaration of one's own says more of a library's function than its model.
namespace green {
[[clang::annotate("async::nonblocking")]] void hash_password(const char *);
}
green::Job<> overridden() {
  green::hash_password("fast in tests");
  co_await green::write();
}

// No coroutine, no loop.
int main() {
  query(1);
  flush();
  return twice(2);
}
