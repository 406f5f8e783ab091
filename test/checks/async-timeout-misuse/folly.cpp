// RUN: %check %s async-timeout-misuse

// A timeout that ends when its work has.

#include <folly/coro/Baton.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/Mutex.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/Timeout.h>
#include <folly/coro/UnboundedQueue.h>

namespace coro = folly::coro;
using namespace std::chrono_literals;

struct Item {};
void sort(Item *first, Item *last);
coro::Task<Item> fetch();

class Worker {
  coro::UnboundedQueue<Item> Queue;
  coro::Baton Ready;
  coro::Mutex Lock;

  coro::Task<void> until_ready() { co_await Ready; }
  coro::Task<void> both() {
    co_await Ready;
    co_await fetch();
  }
  coro::Task<void> deaf() {
    co_await coro::timeout(until_ready(), 1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'folly::coro::timeout' tells its work to stop, and waits until it has: 'folly::coro::Baton' does not listen, so this waits for it, however long that takes; let it wait for something that can be cancelled [async-timeout-misuse]
    // CHECK-MESSAGES: :[[@LINE-8]]:45: note: awaited here
    co_await coro::timeoutNoDiscard(Lock.co_lock(), 1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'folly::coro::timeoutNoDiscard' tells its work to stop, and waits until it has: 'folly::coro::Mutex::co_lock' does not listen
    co_await coro::timeout(both(), 1s);
  }
  coro::Task<void> late() {
    Item next = co_await coro::timeout(Queue.dequeue(), 1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: when 'folly::coro::UnboundedQueue::dequeue' succeeds too late, 'folly::coro::timeout' drops what it has taken, and nobody gets that any more; use folly::coro::timeoutNoDiscard
    next = co_await coro::timeoutNoDiscard(Queue.dequeue(), 1s);
    next = co_await Queue.co_try_dequeue_for(1s);
  }
  coro::Task<void> right() {
    co_await coro::timeout(fetch(), 1s);
    co_await coro::timeout(coro::sleep(2s), 1s);
    co_await coro::timeout(folly::futures::sleep(2s), 1s);
  }
};

coro::Task<void> arrange(Item *items, int count) {
  for (int i = 0; i < count; ++i)
    sort(items, items + i);
  co_return;
}
template <class Limit> coro::Task<void> busy(Item *items, Limit limit) {
  co_await coro::timeout(arrange(items, 100), limit);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'folly::coro::timeout' can't end 'arrange', which never suspends
}
template coro::Task<void> busy(Item *, std::chrono::seconds);
template coro::Task<void> busy(Item *, std::chrono::milliseconds);
