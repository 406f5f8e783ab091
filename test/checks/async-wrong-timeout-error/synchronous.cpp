// RUN: %check %s async-wrong-timeout-error

#include <boost/asio.hpp>
#include <chrono>
#include <folly/coro/Timeout.h>
#include <seastar/core/condition-variable.hh>

using namespace std::chrono_literals;
class TimeoutError : public std::exception {};
bool wait(std::chrono::seconds limit);

bool plain() {
  try {
    return wait(1s);
  } catch (const TimeoutError &) {
    return false;
  }
}
seastar::future<> no_coroutine(seastar::condition_variable &changed) {
  try {
    return changed.wait(1s);
  } catch (const seastar::timed_out_error &) {
    return changed.wait();
  }
}
bool asked(boost::system::error_code error) {
  return error == boost::asio::error::timed_out;
}
