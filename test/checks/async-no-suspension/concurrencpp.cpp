// RUN: %check %s async-no-suspension

#include "concurrencpp/concurrencpp.h"
#include <memory>

concurrencpp::result<int> called(int n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'called' awaits nothing, and needs no coroutine for that
  co_return n + 1;
}
concurrencpp::lazy_result<int> awaited(int n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'awaited' awaits nothing
  co_return n + 1;
}
// It is a coroutine in order to run on another thread.
concurrencpp::result<int>
elsewhere(concurrencpp::executor_tag,
          std::shared_ptr<concurrencpp::thread_pool_executor> executor, int n) {
  co_return n + 1;
}
