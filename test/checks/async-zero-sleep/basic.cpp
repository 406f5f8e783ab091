// RUN: %check %s async-zero-sleep

#include <QCoroCore>
#include <async_simple/coro/Sleep.h>
#include <chrono>
#include <coro/coro.hpp>
#include <cppcoro/io_service.hpp>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <kj/timer.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

bool has_more();
void work();

seastar::future<> in_turns() {
  while (has_more()) {
    work();
    co_await seastar::sleep(0ms);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'seastar::sleep' sets a timer that has run out already, only to let others run; co_await seastar::yield [async-zero-sleep]
  }
}

folly::coro::Task<void> folly_turn() {
  co_await folly::coro::sleep(std::chrono::milliseconds(0));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'folly::coro::sleep' sets a timer that has run out already, only to let others run; co_await folly::coro::co_reschedule_on_current_executor
}

cppcoro::task<> cppcoro_turn(cppcoro::io_service &io) {
  co_await io.schedule_after(std::chrono::seconds{0});
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'cppcoro::io_service::schedule_after' sets a timer that has run out already, only to let others run; co_await schedule() of the same object
}

coro::task<void> coro_turn(coro::scheduler &s) {
  co_await s.yield_for(0ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'coro::scheduler::yield_for' sets a timer that has run out already
}

kj::Promise<void> kj_turn(kj::Timer &timer) {
  co_await timer.afterDelay(0 * kj::SECONDS);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'kj::Timer::afterDelay' sets a timer that has run out already, only to let others run; co_await kj::yield
}

async_simple::coro::Lazy<void> lazy_turn() {
  co_await async_simple::coro::sleep(0s);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'async_simple::coro::sleep' sets a timer that has run out already, only to let others run; co_await async_simple::coro::Yield{}
}

auto in_lambda = []() -> seastar::future<> { co_await seastar::sleep(0us); };
// CHECK-MESSAGES: :[[@LINE-1]]:55: warning: 'seastar::sleep' sets a timer

//===-- Right -------------------------------------------------------------===//

seastar::future<> for_a_while(std::chrono::milliseconds pause) {
  co_await seastar::sleep(1ms);
  co_await seastar::sleep(pause);
}

// What has a name is a setting.
constexpr auto pause_between = 0ms;
seastar::future<> by_setting() { co_await seastar::sleep(pause_between); }
template <int Pause> seastar::future<> by_parameter() {
  co_await seastar::sleep(std::chrono::milliseconds(Pause));
}
seastar::future<> instance() { co_await by_parameter<0>(); }
#define PAUSE 0ms
seastar::future<> by_macro() { co_await seastar::sleep(PAUSE); }

// The token says nothing of the time.
cppcoro::task<> with_token(cppcoro::io_service &io) {
  co_await io.schedule_after(std::chrono::seconds{1}, {});
}

// This is how one lets the event loop of Qt run.
QCoro::Task<void> qt_turn() { co_await QCoro::sleepFor(0ms); }
