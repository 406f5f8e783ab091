// RUN: %check %s async-expired-pointer

// Weak pointers, before and after a suspension, in several libraries.

#include "asio.hpp"
#include "task.h"
#include <folly/coro/Task.h>
#include <memory>
#include <mutex>
#include <seastar/core/coroutine.hh>

struct Session {
  int state = 0;
  void go();
};

app::Task<> rest();
asio::awaitable<void> rest_asio();
folly::coro::Task<void> rest_folly();
seastar::future<> rest_seastar();
void check(bool);

app::Task<> after(std::weak_ptr<Session> weak) {
  co_await rest();
  auto self = weak.lock();
  self->go();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'self' is null when the object has gone while the coroutine was suspended; test it [async-expired-pointer]
}
asio::awaitable<void> again(std::weak_ptr<Session> weak) {
  auto self = weak.lock();
  if (!self)
    co_return;
  self->go();
  self.reset();
  co_await rest_asio();
  self = weak.lock();
  if ((*self).state)
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'self' is null when
    self->go();
}
folly::coro::Task<void> in_a_loop(std::weak_ptr<Session> weak) {
  for (;;) {
    auto self = weak.lock();
    self->go();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'self' is null when
    co_await rest_folly();
  }
}
auto in_a_lambda(std::weak_ptr<Session> weak) {
  return [](std::weak_ptr<Session> weak) -> seastar::future<> {
    co_await rest_seastar();
    auto self = weak.lock();
    self->go();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'self' is null when
  };
}
template <class T> app::Task<> of_a_template(std::weak_ptr<T> weak) {
  co_await rest();
  auto self = weak.lock();
  self->go();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'self' is null when
}
template app::Task<> of_a_template(std::weak_ptr<Session>);

// A value behind a mutex is always there.
template <class T> struct LockedPtr {
  explicit operator bool() const;
  T *operator->() const;
};
template <class T> struct Synchronized {
  LockedPtr<T> lock() const;
};
app::Task<> of_a_mutex(Synchronized<Session> &session) {
  co_await rest();
  auto locked = session.lock();
  locked->go();
}

#define CHECKED(pointer) check(static_cast<bool>(pointer))
app::Task<> right(std::weak_ptr<Session> weak, std::shared_ptr<Session> strong, std::mutex &mutex) {
  // Whoever called has just made sure.
  auto first = weak.lock();
  first->go();
  co_await rest();
  first->go();
  strong->go();
  if (auto self = weak.lock())
    self->go();
  while (auto self = weak.lock())
    self->go();
  auto self = weak.lock();
  if (!self)
    co_return;
  self->go();
  auto other = weak.lock();
  if (other == nullptr)
    co_return;
  other->go();
  while (true) {
    co_await rest();
    if ((other = weak.lock()) == nullptr)
      break;
    other->go();
  }
  auto checked = weak.lock();
  CHECKED(checked);
  checked->go();
  auto given = weak.lock();
  given = strong;
  given->go();
  auto both = weak.lock();
  if (both && both->state)
    both->go();
  mutex.lock();
}
