// RUN: %check %s async-wrong-timeout-error

// Which of two functions it is decides what they throw.

#include <folly/coro/Task.h>
#include <folly/coro/Timeout.h>
#include <folly/coro/UnboundedQueue.h>

namespace coro = folly::coro;
using namespace std::chrono_literals;

struct Item {};
void log(const char *text);

class Worker {
  coro::UnboundedQueue<Item> Queue;

  coro::Task<void> no_discard() {
    try {
      co_await coro::timeoutNoDiscard(Queue.dequeue(), 1s);
    } catch (const folly::FutureTimeout &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'folly::FutureTimeout': when it takes too long, 'folly::coro::timeoutNoDiscard' throws 'folly::OperationCancelled', which this handler does not catch; catch that [async-wrong-timeout-error]
    // CHECK-MESSAGES: :[[@LINE-3]]:7: note: thrown here
      log("nothing to do");
    }
  }
  coro::Task<void> queue() {
    try {
      auto Next = co_await Queue.co_try_dequeue_for(1s);
    } catch (const folly::FutureTimeout &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'folly::FutureTimeout': when it takes too long, 'folly::coro::UnboundedQueue::co_try_dequeue_for' throws 'folly::OperationCancelled'
    }
  }
  coro::Task<void> right() {
    try {
      auto Next = co_await coro::timeout(Queue.dequeue(), 1s);
    } catch (const folly::FutureTimeout &) {
    }
    try {
      auto Next = co_await Queue.co_try_dequeue_for(1s);
    } catch (const folly::OperationCancelled &) {
    }
  }
};

class LateError : public std::exception {};
class TimeoutError : public std::exception {};
folly::SemiFuture<folly::Unit> start();
coro::Task<void> own_exception() {
  // It throws what it is given; and what starts it may throw anything.
  try {
    co_await folly::futures::sleep(1s).within(2s, TimeoutError());
  } catch (const TimeoutError &) {
  }
  try {
    co_await start().within(2s);
  } catch (const TimeoutError &) {
  }
  try {
    co_await folly::futures::sleep(1s).within(2s);
  } catch (const TimeoutError &) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing here throws 'TimeoutError': when it takes too long, 'folly::SemiFuture::within' throws 'folly::FutureTimeout'
  }
}
