// RUN: %check %s async-incomplete-cancellation-test

// A channel says in words of its own that it was cancelled.

#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/channel_error.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>

namespace asio = boost::asio;
using boost::system::error_code;
using boost::system::system_error;
using Channel = asio::experimental::channel<void(error_code, int)>;
using Shared = asio::experimental::concurrent_channel<void(error_code, int)>;

void log(const char *);

asio::awaitable<int> receive(Channel &channel) {
  try {
    co_return co_await channel.async_receive(asio::use_awaitable);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: when it is cancelled, 'Channel::async_receive' fails with 'boost::asio::experimental::error::channel_cancelled', which the code that asks for 'boost::asio::error::operation_aborted' takes for a failure; ask for both, or turn one into the other [async-incomplete-cancellation-test]
  } catch (const system_error &error) {
    if (error.code() == asio::error::operation_aborted)
      throw;
    log(error.what());
  }
  co_return 0;
}
asio::awaitable<int> inner(Shared &channel) {
  co_return co_await channel.async_receive(asio::use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: when it is cancelled, 'Shared::async_receive' fails with
}
asio::awaitable<int> outer(Shared &channel) {
  try {
    co_return co_await inner(channel);
  } catch (const system_error &error) {
    if (error.code() != asio::error::operation_aborted)
      log(error.what());
  }
  co_return 0;
}

asio::awaitable<int> both(Channel &channel) {
  try {
    co_return co_await channel.async_receive(asio::use_awaitable);
  } catch (const system_error &error) {
    if (error.code() == asio::error::operation_aborted ||
        error.code() == asio::experimental::error::channel_cancelled)
      throw;
    log(error.what());
  }
  co_return 0;
}
asio::awaitable<int> translated(Channel &channel) {
  try {
    co_return co_await channel.async_receive(asio::use_awaitable);
  } catch (const system_error &error) {
    if (error.code() == asio::experimental::error::channel_cancelled)
      throw system_error(asio::error::operation_aborted);
    throw;
  }
}
asio::awaitable<int> translates(Channel &channel) {
  try {
    co_return co_await translated(channel);
  } catch (const system_error &error) {
    if (error.code() == asio::error::operation_aborted)
      throw;
    log(error.what());
  }
  co_return 0;
}
asio::awaitable<int> does_not_ask(Channel &channel) {
  try {
    co_return co_await channel.async_receive(asio::use_awaitable);
  } catch (const system_error &error) {
    log(error.what());
  }
  co_return 0;
}
// Of a timer it is the right question.
asio::awaitable<void> timer(asio::steady_timer &timer) {
  try {
    co_await timer.async_wait(asio::use_awaitable);
  } catch (const system_error &error) {
    if (error.code() != asio::error::operation_aborted)
      throw;
  }
}
template <class C> asio::awaitable<int> generic(C &channel) {
  try {
    co_return co_await channel.async_receive(asio::use_awaitable);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: when it is cancelled
  } catch (const system_error &error) {
    if (error.code() == asio::error::operation_aborted)
      throw;
  }
  co_return 0;
}
template asio::awaitable<int> generic(Channel &);
template asio::awaitable<int> generic(Shared &);
