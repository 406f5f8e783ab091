// RUN: %check %s async-blocking-sleep

// A lambda's body is judged by how the lambda runs.

#include "asio.hpp"
#include <algorithm>
#include <functional>
#include <thread>
#include <unistd.h>
#include <vector>

using asio::awaitable;

void given_to_an_unknown_function(std::function<void()> callable);
template <class F> void kept_by_a_template(F callable) { static F kept = callable; }

// Coroutines themselves, wherever they stand.
auto global = []() -> awaitable<void> {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  co_return;
};
static auto generic_global = [](auto x) -> awaitable<void> {
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_await x.async_wait(asio::use_awaitable);
};
struct HasMember {
  std::function<awaitable<void>()> run = []() -> awaitable<void> {
    sleep(3);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(3)).async_wait(asio::use_awaitable);
    co_return;
  };
};

void plain_function(asio::io_context &loop, asio::steady_timer &timer) {
  sleep(4);
  auto coroutine = [&]() -> awaitable<void> {
    sleep(5);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(5)).async_wait(asio::use_awaitable);
    co_return;
  };
  asio::co_spawn(loop, [&]() -> awaitable<void> {
    auto inner = []() -> awaitable<void> {
      sleep(6);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
      // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(6)).async_wait(asio::use_awaitable);
      co_return;
    };
    co_await inner();
    sleep(7);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(7)).async_wait(asio::use_awaitable);
  }, asio::detached);
  auto generic = [](auto &t, auto) -> awaitable<void> {
    sleep(8);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_await t.async_wait(asio::use_awaitable);
  };
  asio::co_spawn(loop, generic(timer, 1), asio::detached);
  asio::co_spawn(loop, generic(timer, 'c'), asio::detached);
}

// Plain lambdas in a coroutine.
awaitable<void> called() {
  [] { sleep(1); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:8: note: 'lambda at lambdas.cpp:[[@LINE-3]]' calls 'sleep' here, which blocks: it sleeps
  auto stored = [] { sleep(2); };
  stored();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:22: note: 'lambda at lambdas.cpp:[[@LINE-4]]' calls 'sleep' here, which blocks: it sleeps
  auto twice = [&] { stored(); };
  twice();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:22: note: 'lambda at lambdas.cpp:[[@LINE-4]]' calls 'lambda at lambdas.cpp:[[@LINE-9]]' here
  // CHECK-NOTES-NEXT: :[[@LINE-10]]:22: note: 'lambda at lambdas.cpp:[[@LINE-10]]' calls 'sleep' here, which blocks: it sleeps
  auto generic = [](auto x) { sleep(x); };
  generic(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:31: note: 'lambda at lambdas.cpp:[[@LINE-4]]' calls 'sleep' here, which blocks: it sleeps
  generic(4L);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-6]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-7]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:31: note: 'lambda at lambdas.cpp:[[@LINE-8]]' calls 'sleep' here, which blocks: it sleeps
  std::invoke(stored);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-21]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-22]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-23]]:22: note: 'lambda at lambdas.cpp:[[@LINE-23]]' calls 'sleep' here, which blocks: it sleeps
  int value = [] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'lambda at lambdas.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:15: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE+1]]:5: note: 'lambda at lambdas.cpp:[[@LINE-3]]' calls 'usleep' here, which blocks: it sleeps
    usleep(5);
    return 1;
  }();
  co_return;
}

awaitable<void> never_called() {
  auto stored = [] { sleep(1); };
  auto copy = stored;
  std::function<void()> wrapped = [] { sleep(2); };
  std::vector<std::function<void()>> list{[] { sleep(3); }};
  co_return;
}

awaitable<void> algorithms(std::vector<int> &values) {
  std::for_each(values.begin(), values.end(), [](int x) { sleep(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:59: note: 'lambda at lambdas.cpp:[[@LINE-3]]' calls 'sleep' here, which blocks: it sleeps
  std::ranges::for_each(values, [](int x) { usleep(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:45: note: 'lambda at lambdas.cpp:[[@LINE-3]]' calls 'usleep' here, which blocks: it sleeps
  std::sort(values.begin(), values.end(), [](auto a, auto b) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE+1]]:5: note: 'lambda at lambdas.cpp:[[@LINE-3]]' calls 'usleep' here, which blocks: it sleeps
    usleep(1);
    return a < b;
  });
  auto nap = [](int) { sleep(1); };
  std::for_each(values.begin(), values.end(), nap);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:24: note: 'lambda at lambdas.cpp:[[@LINE-4]]' calls 'sleep' here, which blocks: it sleeps
  std::for_each(values.begin(), values.end(), std::move(nap));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-6]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at lambdas.cpp:[[@LINE-7]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:24: note: 'lambda at lambdas.cpp:[[@LINE-8]]' calls 'sleep' here, which blocks: it sleeps
  std::for_each(values.begin(), values.end(), [](int) {});
  co_return;
}

// On a thread of its own it may sleep.
awaitable<void> threads(asio::thread_pool &pool, asio::io_context &loop) {
  std::thread([] { sleep(1); }).detach();
  std::thread thread([] { sleep(2); });
  thread.detach();
  std::jthread joining([](std::stop_token) { sleep(3); });
  auto future = std::async(std::launch::async, [] { sleep(4); });
  asio::post(pool, [] { sleep(5); });
  asio::dispatch(pool, [] { sleep(6); });
  auto stored = [] { sleep(7); };
  std::thread(stored).detach();
  asio::post(pool, stored);
  co_return;
}

// Nobody knows who calls it, where, and whether at all.
awaitable<void> unknown_functions() {
  given_to_an_unknown_function([] { sleep(1); });
  kept_by_a_template([] { sleep(2); });
  co_return;
}

// What a lambda captures is computed where the lambda stands.
static int slow() {
  sleep(1);
  return 1;
}
awaitable<void> captures() {
  auto lambda = [x = slow()] { return x; };
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'slow' blocks
  // CHECK-NOTES: :[[@LINE-2]]:22: warning: 'slow' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-7]]:3: note: 'slow' calls 'sleep' here, which blocks: it sleeps
  asio::thread_pool pool;
  asio::post(pool, [x = slow()] {});
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'slow' blocks
  // CHECK-NOTES: :[[@LINE-2]]:25: warning: 'slow' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-12]]:3: note: 'slow' calls 'sleep' here, which blocks: it sleeps
  co_return;
}
