// RUN: %check %s async-*

// Event loops in C: libuv and libevent. Their callbacks must not wait, and they
// must not be run inside a coroutine of another loop.

#include "asio.hpp"
#include "event2/event.h"
#include "uv.h"

using asio::awaitable;

awaitable<void> loops(asio::steady_timer &timer, event_base *base) {
  uv_run(uv_default_loop(), UV_RUN_DEFAULT);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_run' blocks the thread that runs this coroutine, and every task on it: it runs an event loop; co_spawn the work on the loop that is running [async-blocking-wait]
  event_base_dispatch(base);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'event_base_dispatch' blocks the thread that runs this coroutine, and every task on it: it runs an event loop; co_spawn the work on the loop that is running [async-blocking-wait]
  uv_run(uv_default_loop(), UV_RUN_NOWAIT);
  event_base_loop(base, EVLOOP_NONBLOCK);
  co_await timer.async_wait(asio::use_awaitable);
}

awaitable<void> without_callbacks(uv_loop_t *loop, uv_fs_t *file, uv_getaddrinfo_t *request) {
  uv_fs_read(loop, file, 0, nullptr, 0, 0, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_fs_read' blocks the thread that runs this coroutine, and every task on it: it reads a file, for it has no callback; give it a callback [async-blocking-call]
  uv_getaddrinfo(loop, request, nullptr, "example.org", "http", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_getaddrinfo' blocks the thread that runs this coroutine, and every task on it: it waits for the name server, for it has no callback; give it a callback [async-blocking-call]
  uv_sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::milliseconds(100)).async_wait(asio::use_awaitable);
  co_return;
}

void on_address(uv_getaddrinfo_t *, int, addrinfo *) {}

void on_file(uv_fs_t *) {
  uv_getaddrinfo(uv_default_loop(), nullptr, nullptr, "example.org", "http", nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_getaddrinfo' blocks the thread that runs this callback, and every task on it: it waits for the name server, for it has no callback; give it a callback [async-blocking-call]
  uv_getaddrinfo(uv_default_loop(), nullptr, on_address, "example.org", "http", nullptr);
}

void on_timer(uv_timer_t *) {
  uv_sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_sleep' blocks the thread that runs this callback, and every task on it: it sleeps; use a timer [async-blocking-sleep]
}

void work(uv_work_t *) { uv_sleep(100); }

void after_work(uv_work_t *, int) {
  uv_sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_sleep' blocks the thread that runs this callback, and every task on it: it sleeps; use a timer [async-blocking-sleep]
}

void on_event(int, short, void *) {
  uv_sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'uv_sleep' blocks the thread that runs this callback, and every task on it: it sleeps; use a timer [async-blocking-sleep]
}

void start(uv_loop_t *loop, uv_timer_t *timer, uv_fs_t *file, event_base *base) {
  uv_timer_start(timer, on_timer, 0, 100);
  uv_fs_read(loop, file, 0, nullptr, 0, 0, on_file);
  uv_queue_work(loop, nullptr, work, after_work);
  event_new(base, 0, 0, on_event, nullptr);
  event_new(base, 0, 0, [](int, short, void *) {
    uv_sleep(100);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'uv_sleep' blocks the thread that runs this callback, and every task on it: it sleeps; use a timer [async-blocking-sleep]
  }, nullptr);
  uv_sleep(100);
  uv_run(loop, UV_RUN_DEFAULT);
}
