// RUN: %check %s async-expired-pointer

// Weak pointers that are followed as they are, whose owner dies with its block.

#include "task.h"
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/weak_ptr.hh>

// A weak pointer of a project's own.
template <class T> class WeakPtr {
public:
  WeakPtr();
  ~WeakPtr();
  WeakPtr(const WeakPtr &);
  WeakPtr &operator=(const WeakPtr &);
  T *operator->() const;
  T &operator*() const;
  explicit operator bool() const;
};

struct Query : seastar::weakly_referencable<Query> {
  int runs = 0;
  seastar::future<> run();
};
struct Page {
  int lines = 0;
  WeakPtr<Page> GetWeakPtr();
  void touch();
};

seastar::weak_ptr<Query> cached(int key);
seastar::future<std::shared_ptr<Query>> prepare(int key);
seastar::future<> rest_seastar();
app::Task<std::unique_ptr<Page>> open_page();
app::Task<> rest();
folly::coro::Task<std::shared_ptr<Page>> open_folly();
folly::coro::Task<void> rest_folly();
cppcoro::task<std::shared_ptr<Page>> open_cppcoro();
cppcoro::task<void> rest_cppcoro();
void keep(std::shared_ptr<Page>);
std::shared_ptr<Page> current();

seastar::future<> on_a_miss(int key) {
  auto query = cached(key);
  if (!query) {
    auto prepared = co_await prepare(key);
    query = prepared->weak_from_this();
  }
  co_await rest_seastar();
  co_await query->run();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the object of 'query' may be gone: 'prepared', which owned it, was destroyed before the coroutine was suspended; declare the owner outside of the block, or test the weak pointer [async-expired-pointer]
}
app::Task<int> in_a_block() {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_page();
    owner->touch();
    page = owner->GetWeakPtr();
  }
  co_await rest();
  co_return (*page).lines;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the object of 'page' may be gone: 'owner', which
}
folly::coro::Task<void> in_a_loop() {
  WeakPtr<Page> page;
  for (int round = 0; round < 3; ++round) {
    co_await rest_folly();
    if (round)
      page->touch();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the object of 'page' may be gone
    std::shared_ptr<Page> owner = co_await open_folly();
    page = owner->GetWeakPtr();
  }
}
auto in_a_lambda = []() -> cppcoro::task<void> {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_cppcoro();
    page = owner->GetWeakPtr();
  }
  co_await rest_cppcoro();
  page->touch();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the object of 'page' may be gone
};
template <class T> app::Task<> of_a_template(T) {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_page();
    page = owner->GetWeakPtr();
  }
  co_await rest();
  page->touch();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the object of 'page' may be gone
}
template app::Task<> of_a_template(int);
template app::Task<> of_a_template(long);

// The owner lives long enough.
seastar::future<> owner_outside(int key) {
  std::shared_ptr<Query> prepared;
  auto query = cached(key);
  if (!query) {
    prepared = co_await prepare(key);
    query = prepared->weak_from_this();
  }
  co_await rest_seastar();
  co_await query->run();
}
// Not suspended in between: whoever else owns it has not given it up.
seastar::future<> at_once(int key) {
  auto query = cached(key);
  if (!query) {
    auto prepared = co_await prepare(key);
    co_await rest_seastar();
    query = prepared->weak_from_this();
    co_await rest_seastar();
    co_await query->run();
  }
  co_await query->run();
}
#define CHECKED(pointer)                                                       \
  if (!pointer)                                                                \
  co_return
app::Task<> tested() {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_page();
    page = owner->GetWeakPtr();
  }
  co_await rest();
  if (page)
    page->touch();
  {
    auto owner = co_await open_page();
    page = owner->GetWeakPtr();
  }
  co_await rest();
  CHECKED(page);
  page->touch();
}
folly::coro::Task<void> kept_by_others() {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_folly();
    page = owner->GetWeakPtr();
    keep(owner);
  }
  co_await rest_folly();
  page->touch();
  {
    auto owner = current();
    page = owner->GetWeakPtr();
  }
  co_await rest_folly();
  page->touch();
}
folly::coro::Task<void> set_again(WeakPtr<Page> other) {
  WeakPtr<Page> page;
  {
    auto owner = co_await open_folly();
    page = owner->GetWeakPtr();
  }
  page = other;
  co_await rest_folly();
  page->touch();
}
