// RUN: %check %s async-incomplete-cancellation-test

// Nothing here breaks a semaphore: nobody has to know the exception.

#include <cppcoro/cancellation_token.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>

bool is_shutdown(const std::exception_ptr &error) {
  try {
    std::rethrow_exception(error);
  } catch (const seastar::gate_closed_exception &) {
    return true;
  } catch (const seastar::abort_requested_exception &) {
    return true;
  } catch (...) {
    return false;
  }
}
// These have one exception each.
bool is_cancelled(const std::exception_ptr &error) {
  try {
    std::rethrow_exception(error);
  } catch (const cppcoro::operation_cancelled &) {
    return true;
  } catch (const folly::OperationCancelled &) {
    return true;
  } catch (...) {
    return false;
  }
}
