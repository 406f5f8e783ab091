// RUN: %check %s async-idle-cancel-source

#include <boost/asio.hpp>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/task.hpp>
#include <folly/CancellationToken.h>
#include <folly/coro/Task.h>
#include <folly/coro/WithCancellation.h>

namespace asio = boost::asio;
namespace coro = folly::coro;

coro::Task<void> serve();
cppcoro::task<> count(cppcoro::cancellation_token token);
void keep(folly::CancellationSource source);
void done(boost::system::error_code error);

coro::Task<void> shared() {
  folly::CancellationSource source;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: nobody tells 'source' to cancel anything, and nobody else can: what listens to it is never cancelled; tell it when it is time to stop, or leave it out [async-idle-cancel-source]
  // CHECK-MESSAGES: :[[@LINE+1]]:45: note: listened to here
  co_await coro::co_withCancellation(source.getToken(), serve());
}
cppcoro::task<> counting() {
  cppcoro::cancellation_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: nobody tells 'source' to cancel anything
  // CHECK-MESSAGES: :[[@LINE+1]]:25: note: listened to here
  co_await count(source.token());
}
asio::awaitable<void> waiting(asio::steady_timer &timer) {
  asio::cancellation_signal stop;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: nobody tells 'stop' to cancel anything
  // CHECK-MESSAGES: :[[@LINE+2]]:41: note: listened to here
  co_await timer.async_wait(
      asio::bind_cancellation_slot(stop.slot(), asio::use_awaitable));
}

//===-- Right -------------------------------------------------------------===//

coro::Task<void> given() {
  folly::CancellationSource source;
  keep(source);
  co_await coro::co_withCancellation(source.getToken(), serve());
}
coro::Task<void> captured() {
  folly::CancellationSource source;
  auto stop = [&] { source.requestCancellation(); };
  co_await coro::co_withCancellation(source.getToken(), serve());
  stop();
}
coro::Task<void> copied(const folly::CancellationSource &other) {
  folly::CancellationSource source = other;
  co_await coro::co_withCancellation(source.getToken(), serve());
}
coro::Task<void> told() {
  folly::CancellationSource source;
  source.requestCancellation();
  co_await coro::co_withCancellation(source.getToken(), serve());
}
coro::Task<void> unheard() {
  folly::CancellationSource source;
  co_await serve();
}
template <class T> coro::Task<void> generic() {
  T source;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody tells 'source' to cancel anything
  co_await coro::co_withCancellation(source.getToken(), serve());
}
template coro::Task<void> generic<folly::CancellationSource>();
