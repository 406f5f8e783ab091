// RUN: %check %s async-cancellation-not-forwarded

#include <boost/asio.hpp>

namespace asio = boost::asio;

asio::awaitable<void> work();

asio::awaitable<void> run() {
  co_await work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: FIXME: what is wrong; what to do instead [async-cancellation-not-forwarded]
}
