// RUN: %check %s async-incomplete-cancellation-test

// Functions that say which exceptions are no failure.

#include <chrono>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>

using namespace seastar;

bool is_shutdown(const std::exception_ptr &error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return true;
  } catch (const abort_requested_exception &) {
    return true;
  } catch (...) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'is_shutdown' tells cancellation from failures, and takes 'seastar::broken_semaphore', 'seastar::broken_condition_variable' for a failure: that says that something was stopped, too; add a handler for it [async-incomplete-cancellation-test]
    return false;
  }
}

bool is_failure(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return false;
  } catch (const sleep_aborted &) {
    return false;
  } catch (const broken_semaphore &) {
    return false;
  } catch (const std::exception &) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'is_failure' tells cancellation from failures, and takes 'seastar::broken_condition_variable' for a failure
    return true;
  } catch (...) {
    return true;
  }
}

bool knows_all(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return true;
  } catch (const abort_requested_exception &) {
    return true;
  } catch (const broken_semaphore &) {
    return true;
  } catch (const broken_condition_variable &) {
    return true;
  } catch (...) {
    return false;
  }
}
// One of them is no list.
bool is_closed(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return true;
  } catch (...) {
    return false;
  }
}
int code(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return 1;
  } catch (const abort_requested_exception &) {
    return 2;
  } catch (...) {
    return 0;
  }
}
bool tells_them_apart(std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const gate_closed_exception &) {
    return true;
  } catch (const abort_requested_exception &) {
    return false;
  } catch (...) {
    return false;
  }
}

class queue {
  semaphore limit{1};
  condition_variable changed;

public:
  void stop() {
    limit.broken();
    changed.broken();
  }
};
